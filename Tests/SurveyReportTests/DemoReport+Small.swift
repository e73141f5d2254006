import SurveyEstimation
import SurveyIndicators
import SurveyProblems
import SurveySchema

@testable import SurveyReport

extension DemoReport {
    static let regions = text("Өңір", "Регион", "Region")
    static let north = text("Солтүстік", "Север", "North")
    static let south = text("Оңтүстік", "Юг", "South")
    static let east = text("Шығыс", "Восток", "East")
    static let west = text("Батыс", "Запад", "West")
    static let capital = text("Астана", "Астана", "Astana")
    static let valley = text("Алқап", "Долина", "Valley")
    static let steppe = text("Дала", "Степь", "Steppe")

    /// Two waves and two indicators with every mark and every flag.
    static func small(isInternal: Bool = false, isSynthetic: Bool = true) -> ReportInput {
        let share = definition("victim", text("Құрбандар", "Жертвы", "Victims"), breakdowns: [["region"]])
        let mean = definition(
            "age", text("Орташа жас", "Средний возраст", "Mean age"), formula: .mean(expression("age")),
            base: .answered("age"), direction: nil, unit: "mean")
        var results = [
            result(share, wave: "2021", estimate(0.2825, error: 0.011, n: 681, nBase: 2409)),
            result(
                share, wave: "2021", estimate(0.31, error: 0.02, n: 372, nBase: 1200, by: [("region", "1")]),
                labels: [(regions, north)]),
            result(
                share, wave: "2021", estimate(0.5, error: 0.09, n: 22, nBase: 44, by: [("region", "2")]),
                labels: [(regions, south)], display: .bracketed),
            result(
                share, wave: "2021",
                estimate(0, error: 0, n: 0, nBase: 77, by: [("region", "3")], method: "korn-graubard", flags: [.edge]),
                labels: [(regions, east)]),
        ]
        results += [
            result(share, wave: "2022", estimate(0.3005, error: 0.012, n: 724, nBase: 2410)),
            result(
                share, wave: "2022",
                estimate(
                    0.29, error: 0.021, n: 340, nBase: 1201, by: [("region", "1")],
                    flags: [.lonelyPSU, .negativeWeight]),
                labels: [(regions, north)]),
            result(
                share, wave: "2022",
                estimate(0.61803, error: 0.0909, n: 17711, nBase: 28657, by: [("region", "2")]),
                labels: [(regions, south)], display: .hidden),
            result(
                share, wave: "2022",
                estimate(0.41421, error: 0.0707, n: 10946, nBase: 46368, by: [("region", "3")]),
                labels: [(regions, east)], display: .complementary),
            result(
                share, wave: "2022",
                estimate(
                    nil, error: 0, n: 0, nBase: 0, by: [("region", "4")], flags: [.emptyDomain], hasInterval: false),
                labels: [(regions, west)]),
            result(
                share, wave: "2022",
                estimate(
                    0.125, error: 0, n: 9, nBase: 72, by: [("region", "5")], flags: [.noDegreesOfFreedom],
                    hasInterval: false),
                labels: [(regions, steppe)]),
            result(
                share, wave: "2022",
                estimate(
                    nil, error: 0, n: 0, nBase: 60, by: [("region", "6")], flags: [.undefined], hasInterval: false),
                labels: [(regions, capital)]),
            result(
                share, wave: "2022", estimate(0.93, error: 0.02, n: 279, nBase: 300, by: [("region", "7")]),
                labels: [(regions, valley)], notes: [.complementImprecise, .review]),
            result(
                mean, wave: "2021",
                estimate(41.2649, error: 0.4, n: 2400, nBase: 2400, statistic: .mean, method: "mean")),
            result(
                mean, wave: "2022", estimate(41.875, error: 0.5, n: 2401, nBase: 2401, statistic: .mean, method: "mean")
            ),
        ]
        return ReportInput(
            study: study(waves: ["2021", "2022"], isSynthetic: isSynthetic, expected: [("import.unknown-code", 3)]),
            waves: [wave("2021", [("import.unknown-code", 3)]), wave("2022", [("import.skipped-answered", 1)])],
            results: results, programs: programs, isInternal: isInternal)
    }

    /// Every way in which a number of the withheld figures of `small` could be printed.
    static let withheldNumbers = [
        "61.8", "61,8", "0.618", "0,618", "41.4", "41,4", "0.414", "0,414", "17711", "17,711", "17\u{202F}711", "28657",
        "28,657", "28\u{202F}657", "10946", "10,946", "10\u{202F}946", "46368", "46,368", "46\u{202F}368", "0.0909",
        "0.0707",
        "17910", "17,911", "28980",
    ]

    /// Charts that need no gnuplot: one fixed drawing per indicator.
    static func stubbedCharts() throws -> ReportCharts {
        let svg = try CleanSVG(
            "<svg viewBox=\"0 0 10 10\"><path d='M0,0 L10,10' stroke='black'/></svg>", labels: [], name: "–",
            description: "–")
        let panel = ReportCharts.Panel(title: "–", svg: svg)
        return ReportCharts(byIndicator: ["victim": .init(panels: [panel], notes: ["–"])], cautions: [])
    }

    /// A study whose every text is hostile to markup, scripts and gnuplot.
    static func hostile() -> ReportInput {
        let nasty = [
            "<script>alert(1)</script>", "\"; system(\"id > /tmp/saual-was-here\")", "a\\b\\n'c'", "line one\nline two",
            "@0@ & @1@", "`id`", "$(id)", "{/Symbol a}_b^c", "]]>", "<!-- x -->", "\u{0}\u{8}", "' onload='alert(1)",
        ]
        func text(_ place: Int) -> LocalizedText { LocalizedText([(.english, nasty[place % nasty.count])]) }
        let definition = IndicatorDefinition(
            id: nasty[0], version: "\"", name: text(1), formula: .share(expression("a < 1 and b = \"<x>\"")),
            base: .everyone, domain: nil, direction: nil, unit: nasty[11], source: text(2), breakdowns: [["x"]])
        var results: [IndicatorResult] = []
        for wave in ["<2021>", "'2022\\"] {
            results.append(result(definition, wave: wave, estimate(0.3, error: 0.01, n: 30, nBase: 100), base: text(3)))
            for place in nasty.indices {
                results.append(
                    result(
                        definition, wave: wave,
                        estimate(0.3, error: 0.05, n: 30, nBase: 100, by: [(nasty[1], nasty[place])]),
                        labels: [(text(0), text(place))], base: text(3)))
            }
        }
        return ReportInput(
            study: study(waves: ["<2021>", "'2022\\"]), waves: [wave("<2021>", [(nasty[0], 1)]), wave("'2022\\")],
            results: results, programs: [(nasty[0], nasty[1])], isInternal: true)
    }
}
