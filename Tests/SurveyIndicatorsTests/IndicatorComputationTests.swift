import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyIndicators
import SurveyProblems
import SurveySchema
import Testing

struct IndicatorComputationTests {
    private let small = DesignSpecification(psu: ["psu"], weight: "weight")
    private let large = DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "weight")

    private func figures(_ entries: String, _ table: Table, _ design: DesignSpecification) throws -> [Estimate] {
        try ExampleWave.results(entries, table, design: design).results.map { try #require($0.figure) }
    }

    private func close(_ value: Double?, _ expected: Double) -> Bool {
        guard let value else { return false }
        return abs(value - expected) <= 1e-9 * max(abs(expected), 1e-12)
    }

    /// Weights 2 1 1 3 1 2 4; gave: yes, no, don't know, not asked, not asked, refused, and a yes that routing skips.
    @Test func `the base decides who is in a share`() throws {
        let rows = try figures(
            ExampleWave.entry("everyone", "share: gave = 1, base: everyone")
                + ExampleWave.entry("asked", "share: gave = 1, base: asked gave")
                + ExampleWave.entry("answered", "share: gave = 1, base: answered gave"), ExampleWave.small, small)
        #expect(rows.map(\.nBase) == [7, 4, 2])
        #expect(rows.map(\.n) == [2, 1, 1])
        #expect(rows.map(\.sumWeights) == [14, 6, 3])
        // everyone: (2 + 4)/14; asked: 2/(2 + 1 + 1 + 2); answered: 2/(2 + 1)
        #expect(close(rows[0].value, 6.0 / 14) && close(rows[1].value, 2.0 / 6) && close(rows[2].value, 2.0 / 3))
    }

    @Test func `an unknown condition leaves an answered base and stays in the others`() throws {
        // contact = 1 and gave = 1: true for row 1, unknown for rows 3 and 6, false for the others.
        let rows = try figures(
            ExampleWave.entry("everyone", "share: contact = 1 and gave = 1, base: everyone")
                + ExampleWave.entry("asked", "share: contact = 1 and gave = 1, base: asked contact")
                + ExampleWave.entry("answered", "share: contact = 1 and gave = 1, base: answered contact"),
            ExampleWave.small, small)
        #expect(rows.map(\.nBase) == [7, 7, 5])
        #expect(close(rows[0].value, 2.0 / 14) && close(rows[1].value, 2.0 / 14) && close(rows[2].value, 2.0 / 11))
    }

    @Test func `the base of a derived variable is the rows where it has a value`() throws {
        // age_group has a value wherever age has one: all but row 5, of weight 1. Among them contact = 2 is rows 4 and 7.
        let rows = try figures(
            ExampleWave.entry("classes", "share: contact = 2, base: answered age_group")
                + ExampleWave.entry("older", "share: age_group = '60+', base: answered age_group")
                + ExampleWave.entry("unknown", "share: gave = 1, base: answered age_group")
                + ExampleWave.entry("numbers", "mean: share_spent, base: answered share_spent, unit: points"),
            ExampleWave.small, small)
        // unknown: rows 3, 4 and 6 do not say whether they gave; 1 and 7 did, 2 did not.
        #expect(rows.map(\.nBase) == [6, 6, 3, 4])
        #expect(close(rows[0].value, 7.0 / 13) && close(rows[1].value, 2.0 / 13) && close(rows[2].value, 6.0 / 7))
        #expect(close(rows[3].value, 6.0 / 8))
        let result = try ExampleWave.results(
            ExampleWave.entry("x", "share: contact = 2, base: answered age_group"), ExampleWave.small, design: small
        ).results[0]
        #expect(result.baseExpression == "answered(age_group)")
        #expect(result.base[.english] == "answered: Age group")
        #expect(result.base[.russian] == "о ком известно: Возрастная группа")
    }

    @Test func `where takes the rows where it is true`() throws {
        // age >= 35 among those asked: rows 2 (no), 3 (don't know), 6 (refused); row 5 has no age.
        let rows = try figures(
            ExampleWave.entry("asked", "share: gave = 2, base: asked gave, where: age >= 35")
                + ExampleWave.entry("everyone", "share: contact = 2, base: everyone, where: age >= 35"),
            ExampleWave.small, small)
        #expect(rows.map(\.nBase) == [3, 4])
        #expect(close(rows[0].value, 1.0 / 4) && close(rows[1].value, 3.0 / 7))
    }

    @Test func `means and ratios take the rows of the base where the numbers are there`() throws {
        let rows = try figures(
            ExampleWave.entry("mean", "mean: age, base: everyone, unit: years")
                + ExampleWave.entry("contacts", "mean: age, base: asked gave, unit: years")
                + ExampleWave.entry("ratio", "ratio: {of: spend, to: income}, base: everyone, unit: percent")
                + ExampleWave.entry("formula", "mean: spend / income, base: everyone, unit: points"), ExampleWave.small,
            small)
        #expect(rows.map(\.nBase) == [6, 4, 5, 4])
        // mean: (40 + 40 + 35 + 150 + 130 + 120)/13; asked: (40 + 40 + 35 + 130)/6
        #expect(close(rows[0].value, 515.0 / 13) && close(rows[1].value, 245.0 / 6))
        // rows 1, 3, 5, 6, 7: spend 10 + 20 + 10 + 0 + 200, income 20 + 40 + 20 + 0 + 200
        #expect(close(rows[2].value, 240.0 / 280))
        // the same rows but 6, where 0/0 is missing: (2·0.5 + 0.5 + 0.5 + 4·1)/8
        #expect(close(rows[3].value, 6.0 / 8))
    }

    @Test func `breakdowns follow the answer lists and carry labels in every language`() throws {
        let all = try ExampleWave.results(
            ExampleWave.entry("x", "share: contact = 1, base: everyone, by: [sex, age_group, [sex, age_group]]"),
            ExampleWave.small, design: small)
        let groups = all.results.map { $0.by.map { "\($0.variable)=\($0.category)" }.joined(separator: ",") }
        #expect(
            groups == [
                "", "sex=1", "sex=2", "age_group=m29", "age_group=30-59", "age_group=60+", "sex=1,age_group=m29",
                "sex=1,age_group=30-59", "sex=2,age_group=30-59", "sex=2,age_group=60+",
            ])
        #expect(all.results.map { $0.figure?.nBase } == [7, 4, 3, 1, 4, 1, 1, 2, 2, 1])
        let women = try #require(all.results.first { $0.by.map(\.category) == ["2"] })
        #expect(
            women.labels.first?.variable[.kazakh] == "Жынысы" && women.labels.first?.category[.russian] == "Женщины")
        // Row 5 has no age: it is in the whole and in no age group, and a caution says so.
        #expect(all.cautions.contains { $0.place.variable == "age_group" })
    }

    @Test func `the base is told in words of three languages and as an expression`() throws {
        let results = try ExampleWave.results(
            ExampleWave.entry("a", "share: gave = 1, base: everyone")
                + ExampleWave.entry("b", "share: gave = 1, base: asked gave")
                + ExampleWave.entry("c", "share: gave = 1, base: answered gave, where: age >= 20 or sex = 1")
                + ExampleWave.entry("d", "share: gave = 1, base: everyone, where: sex = 1"), ExampleWave.small,
            design: small
        ).results
        #expect(
            results.map { $0.base[.english] } == [
                "everyone interviewed", "asked: Did you give a gift?",
                "answered: Did you give a gift?; where: age >= 20 or sex = 1", "everyone interviewed; where: sex = 1",
            ])
        #expect(results[1].base[.russian] == "кому задан вопрос: Дарили подарок?")
        #expect(
            results[2].base[.kazakh] == "мына сұраққа жауап бергендер: Сыйлық бердіңіз бе?; шарты: age >= 20 or sex = 1"
        )
        #expect(
            results.map(\.baseExpression) == [
                "true", "asked(gave)", "answered(gave) and (age >= 20 or sex = 1)", "sex = 1",
            ])
        let questionnaire = try ExampleQuestionnaire.questionnaire()
        for result in results {
            _ = try Expression(parsing: result.baseExpression, in: questionnaire, expecting: .truth)
        }
    }

    @Test func `every row has an id of twelve digits of its own, which another wave or version changes`() throws {
        let entry = ExampleWave.entry("x", "share: contact = 1, base: everyone, by: [sex, [sex, age_group]]")
        let ids = try ExampleWave.results(entry, ExampleWave.small, design: small).results.map(\.id)
        #expect(Set(ids).count == ids.count && ids.allSatisfy { $0.count == 12 })
        let again = try ExampleWave.results(entry, ExampleWave.small, design: small, rules: PublicationRules()).results
        #expect(again.map(\.id) == ids)
        let next = try ExampleWave.results(
            entry.replacing("version: 1", with: "version: 2"), ExampleWave.small, design: small
        ).results.map(\.id)
        #expect(Set(ids).isDisjoint(with: next))
        let text = #"["2021","x@1",["share","contact = 1"],"true",[["sex","1"]]]"#
        #expect(ids[1] == String(ExampleWave.identify(text).prefix(12)))
    }

    @Test func `withheld figures carry no number`() throws {
        let results = try ExampleWave.results(
            ExampleWave.entry("x", "share: contact = 1, base: everyone, by: sex"), ExampleWave.small, design: small,
            rules: PublicationRules()
        ).results
        #expect(results.allSatisfy { $0.display == .hidden && $0.figure == nil && $0.notes.isEmpty })
        #expect(results.map { $0.by.count } == [0, 1, 1] && results[1].labels.count == 1)
    }

    @Test func `a whole without a row is there and withheld, its groups are left out`() throws {
        let results = try ExampleWave.results(
            ExampleWave.entry("none", "share: contact = 1, base: everyone, where: age > 100, by: sex")
                + ExampleWave.entry("some", "mean: age, base: everyone, unit: years"), ExampleWave.large, design: large,
            rules: PublicationRules()
        ).results
        #expect(results.map(\.definition.id) == ["none", "some"])
        #expect(results.map(\.display) == [.hidden, .shown])
    }

    @Test func `figures are those of the engine asked directly`() throws {
        let table = ExampleWave.large
        let results = try ExampleWave.results(
            ExampleWave.entry("contact", "share: contact = 1, base: everyone, by: sex")
                + ExampleWave.entry("age", "mean: age, base: everyone, unit: years, by: [[sex, contact]]"), table,
            design: large
        ).results
        let sex = try table.column("sex"), contact = try table.column("contact")
        let age = try table.column("age")
        let direct = try Estimation(design: try SampleDesign(large, table: table)).estimates(
            of: [
                Measure(statistic: .share, variable: "contact", content: .shares(of: contact, only: [0])),
                Measure(statistic: .mean, variable: "age", content: .mean(age)),
            ], by: [Breakdown(), Breakdown(by: [sex]), Breakdown(by: [sex, contact])]
        ).rows
        #expect(results.count == 8)
        for result in results {
            let figure = try #require(result.figure)
            let twin = try #require(
                direct.first { row in
                    row.variable == figure.variable && row.by.elementsEqual(figure.by) { $0 == $1 }
                })
            #expect(figure.value == twin.value && figure.standardError == twin.standardError)
            #expect(figure.low == twin.low && figure.high == twin.high)
            #expect(figure.n == twin.n && figure.nBase == twin.nBase && figure.psus == twin.psus)
            #expect(figure.degreesOfFreedom == twin.degreesOfFreedom)
        }
    }

    struct Reference: Sendable {
        let id: String
        let by: [String]
        let value: Double
        let error: Double
        let low: Double
        let high: Double
        let df: Double
        let nBase: Int
    }

    /// R 4.2.2, survey 4.1-1, 2026-11-21, on the same 600 rows: `svyciprop(~y, des, method = "xlogit", df = degf(des))` with
    /// y = gave is 1 and `des` a subset (`contact == 1`; `!is.na(gave)`; `contact == 1 & age >= 30`); `svymean(~age, na.rm)`
    /// and `svyratio(~spend, ~income)` with `confint(…, df = degf(des))`.
    static let references = [
        Reference(
            id: "everyone", by: [], value: 0.166167166167166175, error: 0.026804351358005827, low: 0.118159421363345243,
            high: 0.228623378531849469, df: 27, nBase: 600),
        Reference(
            id: "asked", by: [], value: 0.276148312119535111, error: 0.010851472023556004, low: 0.253627403791181871,
            high: 0.299865542938807572, df: 15, nBase: 360),
        Reference(
            id: "asked", by: ["1"], value: 0.273105745212323059, error: 0.013684683849451108, low: 0.243265098325106982,
            high: 0.305130885282380859, df: 9, nBase: 240),
        Reference(
            id: "asked", by: ["2"], value: 0.282178217821782151, error: 0.016335570091791055, low: 0.233197999545913359,
            high: 0.336925792417217485, df: 3, nBase: 120),
        Reference(
            id: "answered", by: [], value: 0.376888217522658608, error: 0.013873769082026605, low: 0.347806226555340325,
            high: 0.406884843094002746, df: 15, nBase: 262),
        Reference(
            id: "older", by: [], value: 0.281818181818181801, error: 0.014147897940582011, low: 0.252664280035021949,
            high: 0.312927466674469967, df: 15, nBase: 286),
        Reference(
            id: "age", by: [], value: 49.32719208461276139, error: 0.22792002128503297, low: 48.85953882962329686,
            high: 49.79484533960222592, df: 27, nBase: 585),
        Reference(
            id: "spent", by: [], value: 0.494962771991586725, error: 0.018076723048844192, low: 0.457872400002005686,
            high: 0.532053143981167764, df: 27, nBase: 553),
    ]

    @Test(arguments: references)
    func `figures equal those of R survey`(_ reference: Reference) throws {
        let results = try ExampleWave.results(
            ExampleWave.entry("everyone", "share: gave = 1, base: everyone")
                + ExampleWave.entry("asked", "share: gave = 1, base: asked gave, by: sex")
                + ExampleWave.entry("answered", "share: gave = 1, base: answered gave")
                + ExampleWave.entry("older", "share: gave = 1, base: asked gave, where: age >= 30")
                + ExampleWave.entry("age", "mean: age, base: everyone, unit: years")
                + ExampleWave.entry("spent", "ratio: {of: spend, to: income}, base: everyone, unit: percent"),
            ExampleWave.large, design: large
        ).results
        let figure = try #require(
            results.first { $0.definition.id == reference.id && $0.by.map(\.category) == reference.by }?.figure)
        #expect(close(figure.value, reference.value))
        #expect(close(figure.standardError, reference.error))
        #expect(close(figure.low, reference.low) && close(figure.high, reference.high))
        #expect(figure.degreesOfFreedom == reference.df && figure.nBase == reference.nBase)
    }

    @Test func `the rules are applied within each indicator, its breakdowns linked`() throws {
        let rules = PublicationRules(minimumBase: 60, lowBase: 80, minimumPSUs: 3, shareStandard: .none)
        let results = try ExampleWave.results(
            ExampleWave.entry("x", "share: gave = 1, base: asked gave, by: [sex, age_group, [sex, age_group]]"),
            ExampleWave.large, design: large, rules: rules
        ).results
        let bare = try ExampleWave.results(
            ExampleWave.entry("x", "share: gave = 1, base: asked gave, by: [sex, age_group, [sex, age_group]]"),
            ExampleWave.large, design: large
        ).results
        let cells = try bare.map { result in
            let figure = try #require(result.figure)
            return Publication.Cell(
                by: figure.by, nBase: figure.nBase, psus: figure.psus, sumWeights: figure.sumWeights)
        }
        #expect(results.map(\.display) == Publication(rules: rules).displays(of: cells))
        #expect(results.contains { $0.display.isWithheld } && results.contains { !$0.display.isWithheld })
        #expect(results.allSatisfy { ($0.figure == nil) == $0.display.isWithheld })
    }

    @Test func `only the columns in need are asked for`() throws {
        let questionnaire = try ExampleQuestionnaire.questionnaire()
        let document = try ExampleQuestionnaire.document(
            "saual: indicators/1\nindicators:\n"
                + ExampleWave.entry(
                    "x", "share: channels has 1, base: asked gave, where: age > 20, by: [age_group, sex]"))
        let definitions = try IndicatorReader.read(document, questionnaire: questionnaire).get()
        let columns = IndicatorComputation.columns(for: definitions, of: questionnaire)
        #expect(Set(columns) == ["channels", "channels[1]", "channels[2]", "gave", "contact", "age", "sex"])
    }

    @Test func `a table without a needed column is refused by its name`() throws {
        let table = Table(rowCount: 7, columns: ExampleWave.small.columns.filter { $0.name != "age" })
        let problem = #expect(throws: Problem.self) {
            try ExampleWave.results(
                ExampleWave.entry("x", "mean: age, base: everyone, unit: years"), table, design: small)
        }
        #expect(problem?.code == "data.unknown-column")
    }
}
