import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import SurveyYAML
import Testing

struct IndicatorReaderTests {
    static let good = """
        saual: indicators/1
        indicators:
          - id: gift_any
            version: 2
            name: {en: Gave a gift, ru: Дарили подарок, kk: Сыйлық бергендер}
            share: gave = 1
            base: asked gave
            where: age >= 30
            direction: down
            source: {en: Law 7, ru: Закон 7, kk: 7-заң}
            by: [sex, age_group, [sex, age_group]]
          - id: age_mean
            version: 2024-b
            name: {en: Mean age, ru: Средний возраст, kk: Орташа жас}
            mean: age
            base: everyone
            unit: years
          - id: spent
            version: "1"
            name: {en: Spent of income, ru: Доля дохода, kk: Табыс үлесі}
            ratio: {of: spend, to: income}
            base: answered income
            unit: percent
            by: region
        """

    @Test func `definitions are read as written`() throws {
        let questionnaire = try ExampleQuestionnaire.questionnaire()
        let checked = IndicatorReader.read(try ExampleQuestionnaire.document(Self.good), questionnaire: questionnaire)
        #expect(checked.problems.isEmpty)
        let definitions = try #require(checked.value)
        #expect(definitions.map(\.id) == ["gift_any", "age_mean", "spent"])
        #expect(definitions.map(\.version) == ["2", "2024-b", "1"])
        #expect(definitions.map(\.base) == [.asked("gave"), .everyone, .answered("income")])
        #expect(definitions.map(\.unit) == ["percent", "years", "percent"])
        #expect(definitions.map(\.direction) == [.down, nil, nil])
        #expect(definitions.map(\.domain?.source) == ["age >= 30", nil, nil])
        #expect(definitions.map(\.breakdowns) == [[["sex"], ["age_group"], ["sex", "age_group"]], [], [["region"]]])
        #expect(definitions.first?.name[.kazakh] == "Сыйлық бергендер")
        #expect(definitions.first?.source[.russian] == "Закон 7")
        guard case .share(let share) = definitions[0].formula, case .mean(let mean) = definitions[1].formula,
            case .ratio(let of, let to) = definitions[2].formula
        else {
            Issue.record("formulas of other kinds")
            return
        }
        #expect([share.source, mean.source, of.source, to.source] == ["gave = 1", "age", "spend", "income"])
        #expect(definitions[0].variables == ["gave", "age", "sex", "age_group"])
    }

    @Test func `a derived variable may stand after answered`() throws {
        let text = Self.good.replacing("base: answered income", with: "base: answered age_group")
        let definitions = try IndicatorReader.read(
            try ExampleQuestionnaire.document(text), questionnaire: try ExampleQuestionnaire.questionnaire()
        ).get()
        #expect(definitions.last?.base == .answered("age_group"))
        #expect(definitions.last?.variables == ["spend", "income", "age_group", "region"])
        #expect(definitions.last?.baseExpression == "answered(age_group)")
    }

    @Test func `a citation may stand as one text for every language`() throws {
        let text = Self.good.replacing("{en: Law 7, ru: Закон 7, kk: 7-заң}", with: "UN-CTS 2015, table 3")
        let definitions = try IndicatorReader.read(
            try ExampleQuestionnaire.document(text), questionnaire: try ExampleQuestionnaire.questionnaire()
        ).get()
        #expect(definitions.first?.source[.kazakh] == "UN-CTS 2015, table 3")
    }

    /// One planted mistake, or several: `»` stands before the character at which each must be reported, in order.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let name: String
        let right: String
        let wrong: String
        let codes: [String]
        var testDescription: String { name }
    }

    static let mistakes: [Mistake] = [
        Mistake(name: "kind", right: "indicators/1", wrong: "»questionnaire/1", codes: ["yaml.wrong-kind"]),
        Mistake(name: "misspelt key", right: "direction: down", wrong: "»derection: down", codes: ["yaml.unknown-key"]),
        Mistake(
            name: "key twice", right: "version: 2\n", wrong: "version: 2\n    »version: 3\n",
            codes: ["yaml.duplicate-key"]),
        Mistake(
            name: "no version", right: "- id: gift_any\n    version: 2", wrong: "- »id: gift_any",
            codes: ["yaml.missing-key"]),
        Mistake(
            name: "version as a list", right: "version: 2\n", wrong: "version: »[2]\n", codes: ["yaml.wrong-shape"]),
        Mistake(
            name: "no id", right: "- id: gift_any\n    version: 2", wrong: "- »version: 2", codes: ["yaml.missing-key"]),
        Mistake(name: "id with an at sign", right: "id: gift_any", wrong: "id: »gift@2", codes: ["indicators.bad-id"]),
        Mistake(
            name: "duplicate id", right: "id: age_mean", wrong: "id: »gift_any", codes: ["indicators.duplicate-id"]),
        Mistake(
            name: "missing translation", right: "{en: Mean age, ru: Средний возраст, kk: Орташа жас}",
            wrong: "»{en: Mean age, kk: Орташа жас}", codes: ["schema.missing-translation"]),
        Mistake(
            name: "source in two of three languages", right: "{en: Law 7, ru: Закон 7, kk: 7-заң}",
            wrong: "»{en: Law 7, ru: Закон 7}", codes: ["schema.missing-translation"]),
        Mistake(
            name: "another language", right: "kk: Орташа жас}", wrong: "kk: Орташа жас, »es: Edad}",
            codes: ["schema.undeclared-language"]),
        Mistake(
            name: "no base",
            right:
                "- id: age_mean\n    version: 2024-b\n    name: {en: Mean age, ru: Средний возраст, kk: Орташа жас}\n    mean: age\n    base: everyone\n",
            wrong:
                "- »id: age_mean\n    version: 2024-b\n    name: {en: Mean age, ru: Средний возраст, kk: Орташа жас}\n    mean: age\n",
            codes: ["indicators.missing-base"]),
        Mistake(name: "empty base", right: "base: everyone", wrong: "»base:", codes: ["indicators.missing-base"]),
        Mistake(
            name: "base in other words", right: "base: everyone", wrong: "base: »all adults",
            codes: ["indicators.bad-base"]),
        Mistake(
            name: "base without question", right: "base: asked gave", wrong: "base: »asked",
            codes: ["indicators.bad-base"]),
        Mistake(
            name: "unknown question of the base", right: "base: asked gave", wrong: "base: asked »gav",
            codes: ["indicators.unknown-base-variable"]),
        Mistake(
            name: "unknown question after blanks and quotes", right: "base: asked gave",
            wrong: "base: \"asked   »gav\"", codes: ["indicators.unknown-base-variable"]),
        Mistake(
            name: "derived variable that nobody was asked", right: "base: asked gave", wrong: "base: asked »age_group",
            codes: ["indicators.asked-derived"]),
        Mistake(
            name: "no formula",
            right:
                "- id: gift_any\n    version: 2\n    name: {en: Gave a gift, ru: Дарили подарок, kk: Сыйлық бергендер}\n    share: gave = 1\n",
            wrong:
                "- »id: gift_any\n    version: 2\n    name: {en: Gave a gift, ru: Дарили подарок, kk: Сыйлық бергендер}\n",
            codes: ["indicators.no-formula"]),
        Mistake(
            name: "two formulas", right: "mean: age", wrong: "mean: age\n    »share: age > 40",
            codes: ["indicators.several-formulas"]),
        Mistake(
            name: "unknown name in a share", right: "share: gave = 1", wrong: "share: contact = 1 and »gaev = 1",
            codes: ["schema.unknown-name"]),
        Mistake(
            name: "unknown code in a share", right: "share: gave = 1", wrong: "share: gave = »3",
            codes: ["schema.unknown-answer"]),
        Mistake(
            name: "two equal signs", right: "share: gave = 1", wrong: "share: gave »== 1",
            codes: ["schema.expression-sign"]),
        Mistake(
            name: "share of a number", right: "share: gave = 1", wrong: "share: »age + 1",
            codes: ["schema.not-a-condition"]),
        Mistake(
            name: "mean of a condition", right: "mean: age", wrong: "mean: »age > 40", codes: ["schema.not-numeric"]
        ),
        Mistake(
            name: "mean of an answer list", right: "mean: age", wrong: "mean: »sex", codes: ["schema.not-numeric"]),
        Mistake(name: "mean of a text", right: "mean: age", wrong: "mean: »remark", codes: ["schema.not-numeric"]),
        Mistake(
            name: "ratio without denominator", right: "{of: spend, to: income}", wrong: "»{of: spend}",
            codes: ["yaml.missing-key"]),
        Mistake(
            name: "ratio as text", right: "{of: spend, to: income}", wrong: "»spend / income",
            codes: ["yaml.wrong-shape"]),
        Mistake(
            name: "ratio of a condition and of nothing", right: "{of: spend, to: income}",
            wrong: "{of: »spend > 1, to: »incom}", codes: ["schema.not-numeric", "schema.unknown-name"]),
        Mistake(
            name: "where with a number", right: "where: age >= 30", wrong: "where: »age",
            codes: ["schema.not-a-condition"]),
        Mistake(
            name: "where breaks off", right: "where: age >= 30", wrong: "where: age >=»",
            codes: ["schema.expression-operand"]),
        Mistake(name: "direction", right: "direction: down", wrong: "direction: »lower", codes: ["yaml.unknown-word"]),
        Mistake(
            name: "mean without unit", right: "- id: age_mean", wrong: "- »id: age_mean", codes: ["yaml.missing-key"]),
        Mistake(name: "empty unit", right: "unit: years", wrong: "unit: »\"\"", codes: ["indicators.not-one-line"]),
        Mistake(
            name: "unit in two lines", right: "unit: years", wrong: "unit: »\"ye\\nars\"",
            codes: ["indicators.not-one-line"]),
        Mistake(
            name: "unknown breakdown", right: "by: region", wrong: "by: »regoin",
            codes: ["indicators.unknown-breakdown"]),
        Mistake(
            name: "breakdown by a number", right: "by: region", wrong: "by: [sex, »age]",
            codes: ["indicators.breakdown-type"]),
        Mistake(
            name: "breakdown by a derived number", right: "by: region", wrong: "by: »share_spent",
            codes: ["indicators.breakdown-type"]),
        Mistake(
            name: "breakdown by a text and a set", right: "by: region", wrong: "by: [»remark, [sex, »channels]]",
            codes: ["indicators.breakdown-type", "indicators.breakdown-type"]),
        Mistake(
            name: "breakdown by a private question", right: "by: region", wrong: "by: [[sex, »village]]",
            codes: ["indicators.private-breakdown"]),
        Mistake(
            name: "breakdown twice", right: "by: region", wrong: "by: [sex, »sex]",
            codes: ["indicators.repeated-breakdown"]),
        Mistake(
            name: "crossing twice", right: "by: region", wrong: "by: [[sex, region], »[region, sex]]",
            codes: ["indicators.repeated-breakdown"]),
        Mistake(
            name: "variable twice in a crossing", right: "by: region", wrong: "by: [[sex, »sex]]",
            codes: ["indicators.repeated-breakdown"]),
    ]

    @Test(arguments: mistakes)
    func `each planted mistake is reported at its line and character, and nothing else`(_ mistake: Mistake) throws {
        #expect(Self.good.contains(mistake.right))
        var wrong = Self.good.replacing(mistake.right, with: mistake.wrong, maxReplacements: 1)
        if mistake.name == "mean without unit" { wrong = wrong.replacing("    unit: years\n", with: "") }
        let marked = MarkedText(wrong)
        #expect(marked.marks.count == mistake.codes.count)
        let checked = IndicatorReader.read(
            try ExampleQuestionnaire.document(marked.text), questionnaire: try ExampleQuestionnaire.questionnaire())
        #expect(MarkedText.summary(checked.problems) == marked.expected(mistake.codes))
        #expect(checked.value == nil)
        #expect(checked.problems.allSatisfy { $0.place.file == "indicators.yaml" && $0.place.detail == nil })
    }

    @Test func `all mistakes of a file are reported at once, in its order`() throws {
        let marked = MarkedText(
            """
            saual: indicators/1
            »indicater: []
            indicators:
              - id: a
                version: 1
                name: »{en: A, ru: А}
                share: »gav = 1
                base: »everybody
                by: »village
              - »id: »a
                name: {en: B, ru: Б, kk: Б}
                mean: income
                unit: tenge
                »direktion: up
                base: answered »incom
            """)
        let checked = IndicatorReader.read(
            try ExampleQuestionnaire.document(marked.text), questionnaire: try ExampleQuestionnaire.questionnaire())
        let codes = [
            "yaml.unknown-key", "schema.missing-translation", "schema.unknown-name", "indicators.bad-base",
            "indicators.private-breakdown", "yaml.missing-key", "indicators.duplicate-id", "yaml.unknown-key",
            "indicators.unknown-base-variable",
        ]
        #expect(MarkedText.summary(checked.problems) == marked.expected(codes))
        #expect(checked.problems.compactMap(\.place.line) == checked.problems.compactMap(\.place.line).sorted())
    }

    @Test func `a missing base is answered with the three forms`() throws {
        let text = Self.good.replacing("    base: everyone\n", with: "")
        let problem = try #require(
            IndicatorReader.read(
                try ExampleQuestionnaire.document(text), questionnaire: try ExampleQuestionnaire.questionnaire()
            ).problems.first)
        #expect(problem.what.description == "The indicator does not say its base")
        #expect(
            problem.fix.description
                == #"add "base: everyone", "base: asked QUESTION" or "base: answered QUESTION""#)
    }

    @Test func `misspelt names are answered with the nearest`() throws {
        let text = Self.good.replacing("by: region", with: "by: regoin").replacing("asked gave", with: "asked gav")
        let problems = IndicatorReader.read(
            try ExampleQuestionnaire.document(text), questionnaire: try ExampleQuestionnaire.questionnaire()
        ).problems
        #expect(problems.map(\.fix.description) == ["use gave", "use region"])
    }

    @Test func `a question that one wave did not ask is reported with that wave's questionnaire`() throws {
        let second = try ExampleQuestionnaire.questionnaire(replacing: "income", with: "salary")
        let third = try ExampleQuestionnaire.questionnaire(replacing: "example", with: "third")
        let marked = MarkedText(
            Self.good.replacing("to: income", with: "to: »income").replacing(
                "answered income", with: "answered »income"))
        let checked = IndicatorReader.read(
            [try ExampleQuestionnaire.document(marked.text)],
            waves: [("2021", try ExampleQuestionnaire.questionnaire()), ("2022", second), ("2023", third)])
        #expect(checked.value == nil)
        let codes = ["schema.unknown-name", "indicators.unknown-base-variable"]
        #expect(MarkedText.summary(checked.problems) == marked.expected(codes))
        #expect(checked.problems.map(\.place.detail) == ["2022 (example 1)", "2022 (example 1)"])
    }

    @Test func `a mistake that every wave shows is reported once`() throws {
        let text = Self.good.replacing("gave = 1", with: "gav = 1")
        let questionnaire = try ExampleQuestionnaire.questionnaire()
        let checked = IndicatorReader.read(
            [try ExampleQuestionnaire.document(text)], waves: [("2021", questionnaire), ("2022", questionnaire)])
        #expect(checked.problems.count == 1)
        #expect(checked.problems.first?.place.detail == nil)
    }

    @Test func `every wave gets its own definitions`() throws {
        let questionnaire = try ExampleQuestionnaire.questionnaire()
        let values = try IndicatorReader.read(
            [try ExampleQuestionnaire.document(Self.good)], waves: [("2021", questionnaire), ("2022", questionnaire)]
        ).get()
        #expect(values.map(\.count) == [3, 3])
    }

    @Test func `ids must differ between the files of a study`() throws {
        let checked = IndicatorReader.read(
            [
                try ExampleQuestionnaire.document(Self.good, file: "a.yaml"),
                try ExampleQuestionnaire.document(Self.good, file: "b.yaml"),
            ], waves: [("2021", try ExampleQuestionnaire.questionnaire())])
        #expect(
            checked.problems.map(\.code) == [
                "indicators.duplicate-id", "indicators.duplicate-id", "indicators.duplicate-id",
            ])
        #expect(checked.problems.allSatisfy { $0.place.file == "b.yaml" })
        #expect(checked.problems.first?.why.description.hasSuffix("the first stands in a.yaml, line 3") == true)
    }

    @Test(arguments: ["[]", "text", "saual: indicators/1", "{saual: indicators/1, indicators: [[], 3, {}]}"])
    func `files of another shape are refused with a reason`(_ text: String) throws {
        let checked = IndicatorReader.read(
            try ExampleQuestionnaire.document(text), questionnaire: try ExampleQuestionnaire.questionnaire())
        #expect(checked.value == nil && !checked.problems.isEmpty)
    }
}
