import SurveyEstimation
import SurveyIndicators
import SurveySchema
import SurveyStudy
import SurveyWeighting

@testable import SurveyReport

/// An analytical report that uses every part: all its figures are invented, none is computed from a survey.
extension DemoReport {
    private static let contact = definition(
        "bribe_1651",
        text(
            "Лауазымды тұлғамен байланысып, пара бергендер не олардан сұралғандар",
            "Дали взятку или с них её требовали при контакте с должностным лицом",
            "Paid a bribe or were asked for one at a contact with an official"), base: .asked("con"),
        breakdowns: [["region"], ["sex"]])
    private static let trust = definition(
        "trust",
        text("Қызметке сенетіндер", "Доверяют службе", "Trust the service"), base: .asked("trust"), direction: .up)
    private static let ready = definition(
        "ready", text("Хабарлауға дайындар", "Готовы сообщить", "Ready to report"), direction: .up)

    private static func member(
        _ id: String, _ kind: IndicatorDefinition.Family.Kind, _ family: LocalizedText, _ name: LocalizedText,
        _ place: String
    ) -> IndicatorDefinition {
        var made = definition(
            "\(id)[\(place)]",
            text(
                "\(family[.kazakh] ?? ""): \(name[.kazakh] ?? "")",
                "\(family[.russian] ?? ""): \(name[.russian] ?? "")",
                "\(family[.english] ?? ""): \(name[.english] ?? "")"),
            formula: kind == .answers ? .share(expression("\(id)s has \(place)")) : nil, breakdowns: [["sex"]])
        made.family = IndicatorDefinition.Family(id: id, kind: kind, name: family, member: name)
        return made
    }

    static var formRegister: [RegisterEntry] {
        func number(_ value: Double, _ decimals: Int) -> RegisterEntry.Number {
            .init(value: value, decimals: decimals)
        }
        var cpi = RegisterEntry(
            id: "cpi",
            name: text(
                "Сыбайлас жемқорлықты қабылдау индексі", "Индекс восприятия коррупции", "Corruption Perceptions Index"),
            year: "2023", unit: .known(.points), source: .ngoInternational)
        cpi.direction = .up
        cpi.date = "2024-01-30"
        cpi.reference = text("Жылдық есеп", "Годовой отчёт", "Annual report")
        cpi.plan = .init(least: number(42, 0), greatest: number(42, 0))
        cpi.fact = number(39, 0)
        cpi.printedStatus = "Не исполнено"
        cpi.vintage = "2024-04-01"
        cpi.responsible = [text("А органы", "Орган А", "Body A"), text("Б органы", "Орган Б", "Body B")]
        var effectiveness = RegisterEntry(
            id: "wgi",
            name: text("Басқару тиімділігі", "Эффективность управления", "Government effectiveness"),
            year: "2023", unit: .known(.percentile), source: .ngoInternational)
        effectiveness.direction = .up
        effectiveness.plan = .init(least: number(65, 0), greatest: number(68, 0))
        effectiveness.mark = .blank
        effectiveness.note = text(
            "төртінші тоқсанда жарияланады", "публикуется в четвёртом квартале", "published in the fourth quarter")
        var convicted = RegisterEntry(
            id: "convicted", name: text("Сотталғандар саны", "Число осужденных", "Convicted"), year: "2023",
            unit: .known(.count),
            source: .legalStatistics)
        convicted.fact = number(1916, 0)
        var detection = RegisterEntry(
            id: "law", name: text("Заң үстемдігі", "Верховенство закона", "Rule of law"),
            year: "2023", unit: .text(text("ұпай, 0–1", "очки, 0–1", "points, 0–1")), source: .other)
        detection.direction = .up
        detection.plan = .init(least: number(0.54, 2), greatest: number(0.54, 2))
        detection.mark = .dash
        detection.printedStatus = "Исполнено"
        return [cpi, effectiveness, convicted, detection]
    }

    static func reportForm(isFilled: Bool) -> ReportForm {
        var form = ReportForm(kind: .comprehensive, maker: .territorialDepartment)
        form.spheres = [
            text("Денсаулық сақтау", "Здравоохранение", "Health care"),
            text("Жер қатынастары", "Земельные отношения", "Land relations"),
        ]
        form.bodies = [text("А органы", "Орган А", "Body A")]
        form.started = "2024-01-15"
        form.passport.population = text(
            "18 жастан асқан тұрғындар", "Жители 18 лет и старше", "Residents aged 18 and over")
        form.passport.mode = text("Үйде жүргізілген сұхбат", "Личное интервью дома", "Interview at home")
        form.tileMap = ReportForm.TileMap(variable: "region", file: "tiles.csv")
        form.register = formRegister
        form.conductor = ReportForm.Conductor(
            name: text("Ойдан шығарылған Сәуле Ахметова", "Вымышленная Сауле Ахметова", "Invented Saule Akhmetova"),
            email: "saule@example.kz", phone: "+7 700 000 00 01", isNaturalPerson: true, isContactPublished: false)
        form.comparison = comparison
        guard isFilled else { return form }
        form.finished = "2024-06-28"
        form.assessment = text(
            "Шаралардың әсері бар.", "Эффект мер есть.", "The measures have an effect.")
        form.riskAnalysis = .recommended(
            text("А органында талдау жүргізу.", "Провести анализ в органе А.", "Analyse body A."))
        form.conclusions = [
            text("Оқыту жалғасуы тиіс.", "Обучение следует продолжить.", "Training should go on.")
        ]
        return form
    }

    static let formTiles = TileLayout(tiles: [
        .init(code: "1", column: 2, row: 1), .init(code: "2", column: 1, row: 2), .init(code: "3", column: 2, row: 2),
        .init(code: "4", column: 3, row: 2), .init(code: "5", column: 2, row: 3), .init(code: "9", column: 4, row: 3),
    ])

    /// Every part of the analytical form with the marks and the refusals that it must show.
    static func analytical(isFilled: Bool = false, isInternal: Bool = false) -> ReportInput {
        var study = study(waves: ["2022", "2023"], isSynthetic: true, expected: [("import.unknown-code", 3)])
        study.report = reportForm(isFilled: isFilled)
        var waves = [wave("2022", [("import.unknown-code", 3)]), wave("2023")]
        waves[1].weighting = weighting
        waves[1].interviews = 2_391
        waves[1].outcomes = outcomes
        var input = ReportInput(
            study: study, waves: waves,
            results: bribes() + trusts() + readiness() + funnel() + causes() + composites()
                + perceptions(),
            programs: programs, isInternal: isInternal)
        input.changes = changes()
        input.tiles = formTiles
        input.questionnaire = questionnaire
        return input
    }

    private static let weighting = WeightingSummary(
        steps: [
            .init(
                name: "base", rows: 2409, sum: 1_398_207, least: 112.5, greatest: 2210.75, kishEffect: 1.284,
                effectiveN: 1876.2),
            .init(
                name: "nonresponse", rows: 2409, sum: 1_453_871, least: 118.25, greatest: 2490.5, kishEffect: 1.322,
                effectiveN: 1822.2),
            .init(
                name: "trim", rows: 2409, sum: 1_453_871, least: 118.25, greatest: 2120.125, kishEffect: 1.301,
                effectiveN: 1851.7, iterations: 2, movedShare: 0.0123, rowsCut: 14),
            .init(
                name: "rake", rows: 2409, sum: 1_453_871, least: 101.375, greatest: 2333.625, kishEffect: 1.345,
                effectiveN: 1791.1, iterations: 7, largestError: 0.0000012),
        ],
        margins: [
            .init(variable: "sex", category: "1", target: 698_410, before: 671_204, after: 698_410),
            .init(variable: "sex", category: "2", target: 755_461, before: 782_667, after: 755_461),
        ])

    private static func bribes() -> [IndicatorResult] {
        var definition = contact
        definition.hasBounds = true
        definition.plans = [
            ("2022", .init(least: 0.31, greatest: 0.31)), ("2023", .init(least: 0.296, greatest: 0.296)),
        ]
        let source = text("Платформа", "Платформа", "Platform")
        definition.published = [
            .init(wave: "2021", value: 0.137, printed: "13,7", status: nil, source: source, vintage: "2024-10-24"),
            .init(
                wave: "2023", value: 0.282, printed: "28,2", status: "Исполнено", source: source, vintage: "2024-10-24"),
        ]
        let asked = text(
            "лауазымды тұлғамен байланысқандар", "имевшие контакт с должностным лицом",
            "those in contact with an official")
        var results: [IndicatorResult] = []
        for (place, wave) in ["2022", "2023"].enumerated() {
            var whole = result(
                definition, wave: wave, estimate(0.3005 - 0.0175 * Double(place), error: 0.011, n: 512, nBase: 1704),
                base: asked, expression: "asked con")
            whole.bounds = (
                estimate(0.271 - 0.0175 * Double(place), error: 0.01, n: 490, nBase: 1809),
                estimate(0.334 - 0.0175 * Double(place), error: 0.012, n: 617, nBase: 1809)
            )
            whole.plan = definition.plans[place].plan
            whole.status = .reached
            whole.evidence = place == 0 ? .shown : .notDistinguishable
            whole.published = definition.published.first { $0.wave == wave }
            results.append(whole)
            let groups: [(String, LocalizedText, Double, IndicatorResult.Display)] = [
                ("1", north, 0.412, .shown), ("2", south, 0.251, .bracketed), ("3", east, 0.61803, .hidden),
                ("4", west, 0.41421, .complementary), ("5", capital, 0.198, .shown), ("6", valley, 0.263, .shown),
            ]
            for (code, label, value, display) in groups {
                let isWithheld = display.isWithheld
                results.append(
                    result(
                        definition, wave: wave,
                        estimate(
                            value, error: isWithheld ? 0.0909 : code == "2" ? 0.07 : 0.012, n: isWithheld ? 17711 : 90,
                            nBase: isWithheld ? 28657 : code == "2" ? 44 : 341, by: [("region", code)]),
                        labels: [(regions, label)], base: asked, expression: "asked con", display: display))
            }
        }
        return results
    }

    private static func trusts() -> [IndicatorResult] {
        var definition = trust
        definition.plans = [("2023", .init(least: 0.645, greatest: 0.68))]
        let reason = text("сұрақтың мәтіні өзгерген", "изменена формулировка вопроса", "the wording was changed")
        definition.breaks = [("2023", reason)]
        var latest = result(definition, wave: "2023", estimate(0.6125, error: 0.012, n: 1475, nBase: 2409))
        latest.plan = definition.plans.first?.plan
        latest.status = .notReached
        latest.evidence = .shown
        latest.breakReason = reason
        return [result(definition, wave: "2022", estimate(0.598, error: 0.012, n: 1440, nBase: 2409)), latest]
    }

    private static func readiness() -> [IndicatorResult] {
        [("2022", 0.741), ("2023", 0.787)].map { wave, value in
            result(ready, wave: wave, estimate(value, error: 0.009, n: 1890, nBase: 2409))
        }
    }

    private static func funnel() -> [IndicatorResult] {
        let family = text("Байланыстан параға дейін", "От контакта до взятки", "From contact to bribe")
        let stages: [(String, LocalizedText, Double)] = [
            ("contact", text("Байланысқан", "Имели контакт", "Had a contact"), 1),
            ("asked", text("Пара сұралған", "С них требовали", "Were asked"), 0.244),
            ("paid", text("Пара берген", "Заплатили", "Paid"), 0.171),
        ]
        var results: [IndicatorResult] = []
        for (id, name, share) in stages {
            for (wave, factor) in [("2022", 1.0), ("2023", 0.94)] {
                let value = share == 1 ? 1 : share * factor
                let made = member("experience", .funnel, family, name, id)
                let error = share == 1 ? 0.0 : 0.01
                results.append(
                    result(
                        made, wave: wave,
                        estimate(
                            value, error: error, n: Int(1704 * value), nBase: 1704, flags: share == 1 ? [.edge] : [])))
                for (code, label) in [
                    ("1", text("Ерлер", "Мужчины", "Men")), ("2", text("Әйелдер", "Женщины", "Women")),
                ] {
                    let part = share == 1 ? 1 : value * (code == "1" ? 1.1 : 0.9)
                    results.append(
                        result(
                            made, wave: wave,
                            estimate(part, error: error * 1.4, n: Int(852 * part), nBase: 852, by: [("sex", code)]),
                            labels: [(text("Жынысы", "Пол", "Sex"), label)]))
                }
            }
        }
        return results
    }

    private static func causes() -> [IndicatorResult] {
        let family = text("Сыбайлас жемқорлықтың себептері", "Причины коррупции", "Causes of corruption")
        let answers: [(String, LocalizedText, Double)] = [
            ("1", text("Жалақының төмендігі", "Низкая зарплата", "Low pay"), 0.532),
            ("2", text("Дәстүр", "Традиции", "Traditions"), 0.525),
            ("3", text("Бақылаудың жеткіліксіздігі", "Недостаточный контроль", "Too little control"), 0.419),
        ]
        return answers.flatMap { code, name, value in
            ["2022", "2023"].map { wave in
                result(
                    member("cause", .answers, family, name, code), wave: wave,
                    estimate(value, error: 0.012, n: Int(2409 * value), nBase: 2409),
                    display: code == "3" && wave == "2022" ? .hidden : .shown)
            }
        }
    }

    private static func composites() -> [IndicatorResult] {
        let mean = definition(
            "contribution", text("Жеке үлес", "Личный вклад", "Personal contribution"),
            formula: .composite([
                .init(indicator: "trust", coefficient: 1 / 3), .init(indicator: "ready", coefficient: 1 / 3),
                .init(indicator: "bribe_1651", coefficient: 1 / 3),
            ]), direction: .up)
        let difference = definition(
            "balance", text("Айырма", "Баланс", "Balance"),
            formula: .composite([
                .init(indicator: "ready", coefficient: 1), .init(indicator: "trust", coefficient: -1),
            ]), direction: nil)
        let weighted = definition(
            "sum", text("Салмақталған көрсеткіш", "Взвешенный показатель", "Weighted indicator"),
            formula: .composite([
                .init(indicator: "ready", coefficient: 2), .init(indicator: "elsewhere", coefficient: 0.25),
            ]), direction: .up, unit: "points")
        let score = definition(
            "score", text("Балдар", "Баллы", "Points"),
            formula: .score(of: "ready", ScoreScale(full: 2, steps: 10, between: .floor, belowHalf: .continue)),
            direction: .up, unit: "points")
        return [
            result(mean, wave: "2023", estimate(0.5575, error: 0.009, n: 2409, nBase: 2409)),
            result(difference, wave: "2023", estimate(0.1745, error: 0.014, n: 2409, nBase: 2409)),
            result(
                weighted, wave: "2023",
                estimate(1.655, error: 0.02, n: 2409, nBase: 2409, statistic: .mean, method: "mean")),
            result(
                score, wave: "2023", estimate(1.4, error: 0, n: 2409, nBase: 2409, statistic: .mean, hasInterval: false)
            ),
        ]
    }

    static func change(
        _ definition: IndicatorDefinition, _ from: Double, _ to: Double, error: Double?, verdict: Change.Verdict,
        by: Estimate.By = [], labels: [(variable: LocalizedText, category: LocalizedText)] = [],
        display: IndicatorResult.Display = .shown, breakReason: LocalizedText? = nil,
        overlap: Change.Overlap = .independent
    ) -> IndicatorChange {
        let found = Change(
            from: estimate(from, error: 0.01, n: 100, nBase: 300), to: estimate(to, error: 0.01, n: 100, nBase: 300),
            difference: to - from, standardError: error, low: error.map { to - from - 1.96 * $0 },
            high: error.map { to - from + 1.96 * $0 }, level: 0.95, degreesOfFreedom: 374, correlation: 0, p: 0.04,
            sharedPSUs: overlap == .independent ? 0 : 37, overlap: overlap, verdict: verdict)
        let key = "\(definition.id) \(by)".utf8.reduce(UInt64(99)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return IndicatorChange(
            id: String(String(key | 1 << 60, radix: 16).prefix(12)), definition: definition, fromWave: "2022",
            toWave: "2023", by: by, labels: labels, base: everyone, change: found, display: display,
            breakReason: breakReason)
    }

    /// 74.1 and 78.7 were printed as 74 and 79: +5, while the change is +4.6.
    private static var readyPrinted: IndicatorDefinition {
        var definition = ready
        definition.publishedChanges = [
            .init(
                wave: "2023", since: "2022", value: 0.05, printed: "5,0",
                source: text("Жылдық есеп", "Годовой отчёт", "Annual report"), vintage: "2024-10-24")
        ]
        return definition
    }

    private static func changes() -> [IndicatorChange] {
        let reason = text("сұрақтың мәтіні өзгерген", "изменена формулировка вопроса", "the wording was changed")
        return [
            change(contact, 0.3005, 0.283, error: 0.0155, verdict: .noChangeShown),
            change(
                contact, 0.412, 0.398, error: 0.04, verdict: .tooImprecise, by: [("region", "1")],
                labels: [(regions, north)]),
            change(
                contact, 0.61803, 0.41421, error: 0.0707, verdict: .decrease, by: [("region", "3")],
                labels: [(regions, east)], display: .hidden),
            change(trust, 0.598, 0.6125, error: 0.017, verdict: .noChangeShown, breakReason: reason),
            change(readyPrinted, 0.741, 0.787, error: 0.0125, verdict: .increase, overlap: .exact),
        ]
    }
}
