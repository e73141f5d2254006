import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

struct IndicatorFamilyTests {
    private func definitions(_ entries: String) throws -> [IndicatorDefinition] {
        try ContactsQuestionnaire.read(entries).get()
    }

    private func share(_ definition: IndicatorDefinition) -> String? {
        if case .share(let expression) = definition.formula { expression.source } else { nil }
    }

    @Test func `for each item of a list there is an indicator whose rosters mean the item`() throws {
        let all = try definitions(
            """
              - {id: bribe_at, version: 2, for each: offices, name: {en: Bribery}, share: gave = 1 or any(con = 2),
                 base: asked gave, where: con = 1, by: sex}
            """)
        #expect(all.map(\.id) == ["bribe_at[01]", "bribe_at[02]"])
        #expect(all.map { $0.name[.english] } == ["Bribery: Clinic", "Bribery: School"])
        #expect(all.map(share) == ["gave[01] = 1 or any(con = 2)", "gave[02] = 1 or any(con = 2)"])
        #expect(all.map(\.base) == [.asked("gave[01]"), .asked("gave[02]")])
        #expect(
            all.map(\.baseExpression) == ["asked(gave[01]) and (con[01] = 1)", "asked(gave[02]) and (con[02] = 1)"])
        #expect(all.allSatisfy { $0.family?.id == "bribe_at" && $0.family?.kind == .items && $0.version == "2" })
        #expect(all.last?.family?.member[.english] == "School" && all.last?.family?.name[.english] == "Bribery")
    }

    @Test func `each answer of a set is chosen and each answer of a list is given`() throws {
        let all = try definitions(
            """
              - {id: cause, version: 1, each answer of: causes, name: {en: Cause}, base: asked causes}
              - {id: group, version: 1, each answer of: age_group, name: {en: Group}, base: everyone}
            """)
        #expect(all.map(\.id) == ["cause[1]", "cause[b-2]", "group[m29]", "group[30+]"])
        #expect(
            all.map(share) == ["causes has 1", "causes has \"b-2\"", "age_group = \"m29\"", "age_group = \"30+\""])
        let questionnaire = try ContactsQuestionnaire.questionnaire()
        for source in all.compactMap(share) {
            #expect(throws: Never.self) { try Expression(parsing: source, in: questionnaire, expecting: .truth) }
        }
        #expect(all.allSatisfy { $0.family?.kind == .answers })
    }

    @Test func `a stage of a funnel is reached by those who reached all before it`() throws {
        let stages =
            "stages: {contact: {name: {en: contact}, when: any(con = 1)}, paid: {name: {en: paid}, when: any(gave = 1)}, old: {name: {en: old}, when: age > 60}}"
        func funnel(_ of: String) throws -> [IndicatorDefinition] {
            try definitions(
                "  - {id: way, version: 1, name: {en: Way}, funnel: {\(of)\(stages)}, base: everyone, where: sex = 1}\n"
            )
        }
        let first = try funnel("")
        #expect(first.map(\.id) == ["way[contact]", "way[paid]", "way[old]"])
        #expect(
            first.map(share) == [
                "any(con = 1)", "(any(con = 1)) and (any(gave = 1))",
                "(any(con = 1)) and (any(gave = 1)) and (age > 60)",
            ])
        #expect(
            first.map(\.baseExpression) == ["sex = 1", "(sex = 1) and (any(con = 1))", "(sex = 1) and (any(con = 1))"])
        let previous = try funnel("of: previous, ").map(\.baseExpression)
        #expect(
            previous == [
                "sex = 1", "(sex = 1) and (any(con = 1))", "(sex = 1) and ((any(con = 1)) and (any(gave = 1)))",
            ])
        let base = try funnel("of: base, ").map(\.baseExpression)
        #expect(base == ["sex = 1", "sex = 1", "sex = 1"])
    }

    @Test func `a funnel over a list is a ratio of contacts`() throws {
        let all = try definitions(
            """
              - id: per_contact
                version: 1
                name: {en: Per contact}
                funnel: {over: offices, stages: {contact: {name: {en: contact}, when: con = 1}, paid: {name: {en: paid}, when: gave = 1}}}
                base: everyone
            """)
        let ratios = all.map { definition -> [String] in
            if case .ratio(let top, let bottom) = definition.formula {
                [top.source, bottom.source]
            } else {
                [String]()
            }
        }
        #expect(ratios == [["count((con = 1))", "2"], ["count((con = 1) and (gave = 1))", "count((con = 1))"]])
        #expect(all.allSatisfy { $0.unit == "percent" && $0.isFraction })
    }

    @Test func `plans of shares are written in percent and kept digit by digit`() throws {
        let all = try definitions(
            """
              - {id: a, version: 1, name: {en: A}, share: sex = 1, base: everyone, direction: up, plan: {"2023": 29.6, "2024": [25, 28], "2025": null}}
              - {id: b, version: 1, name: {en: B}, mean: age, base: everyone, unit: years, direction: up, plan: {"2023": 29.6}}
              - {id: c, version: 1, name: {en: C}, each answer of: causes, base: everyone, published: {1: {"2023": 53.2}, b-2: {"2022": {value: 23.7, printed: "23,70", status: ok, source: X, vintage: 2024-10-24}}}}
            """)
        #expect(all[0].plans.map(\.wave) == ["2023", "2024"])
        #expect(all[0].plan(for: "2023") == IndicatorDefinition.Plan(least: 0.296, greatest: 0.296))
        #expect(all[0].plan(for: "2024") == IndicatorDefinition.Plan(least: 0.25, greatest: 0.28))
        #expect(all[1].plan(for: "2023")?.least == 29.6)
        #expect(all[2].published(for: "2023")?.value == 0.532 && all[2].published(for: "2023")?.printed == "53.2")
        let second = try #require(all[3].published(for: "2022"))
        #expect(second.value == 0.237 && second.printed == "23,70" && second.status == "ok")
        #expect(second.vintage == "2024-10-24" && second.source[.english] == "X")
    }

    @Test func `a composite has the unit of its parts, and a plain mean equal coefficients`() throws {
        let all = try definitions(
            """
              - {id: m, version: 1, name: {en: M}, mean of: [a, b]}
              - {id: w, version: 1, name: {en: W}, weighted mean of: {a: 3, m: 1}}
              - {id: d, version: 1, name: {en: D}, difference of: [m, "cause[1]"]}
              - {id: s, version: 1, name: {en: S}, score of: m, scale: {full: 2, steps: 10}}
              - {id: a, version: 1, name: {en: A}, share: sex = 1, base: everyone}
              - {id: b, version: 1, name: {en: B}, share: age > 30, base: everyone}
              - {id: cause, version: 1, each answer of: causes, name: {en: Cause}, base: asked causes}
            """)
        let made = Array(all.prefix(4))
        #expect(made.map { $0.parts.map(\.coefficient) } == [[0.5, 0.5], [0.75, 0.25], [1, -1], [1]])
        #expect(made.map(\.unit) == ["percent", "percent", "percent", "points"])
        #expect(made.map(\.isFraction) == [true, true, true, false])
        #expect(all[0].baseExpression == "")
    }

    @Test func `a break lies between two waves if it is after the first and not after the second`() throws {
        let definition = try #require(
            try definitions(
                """
                  - {id: a, version: 1, name: {en: A}, share: sex = 1, base: everyone, breaks: {"2021": {en: x}, "2023": {en: y}}}
                """
            ).first)
        let waves = ["2020", "2022", "2023", "2024"]
        func reason(_ from: String, _ to: String) -> String? {
            definition.breakReason(from: from, to: to, among: waves)?[.english]
        }
        #expect(reason("2020", "2022") == "x" && reason("2022", "2023") == "y" && reason("2023", "2024") == nil)
        #expect(reason("2020", "2024") == "x" && reason("2024", "2022") == "y" && reason("2022", "2022") == nil)
        #expect(waves.map { definition.breakReason(at: $0, among: waves)?[.english] } == [nil, "x", "y", nil])
    }

    /// Planted mistakes: `»` stands before the character at which each must be reported, in order.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let name: String
        let entry: String
        let codes: [String]
        var testDescription: String { name }
    }

    private static func entry(_ rest: String) -> String { "id: a, version: 1, name: {en: A}, \(rest)" }

    static let mistakes: [Mistake] = [
        Mistake(
            name: "unknown list", entry: entry("for each: »offces, share: con = 1, base: everyone"),
            codes: ["indicators.unknown-items"]),
        Mistake(
            name: "one report for all items", entry: entry("for each: offices, share: »gaev = 1, base: everyone"),
            codes: ["schema.unknown-name"]),
        Mistake(
            name: "roster as a base", entry: entry("share: any(gave = 1), base: asked »gave"),
            codes: ["indicators.roster-base"]),
        Mistake(
            name: "unknown answers", entry: entry("each answer of: »causs, base: everyone"),
            codes: ["indicators.unknown-answers"]),
        Mistake(
            name: "answers of a number", entry: entry("each answer of: »age, base: everyone"),
            codes: ["indicators.no-answers"]),
        Mistake(
            name: "answers of a private question", entry: entry("each answer of: »village, base: everyone"),
            codes: ["indicators.private-answers"]),
        Mistake(
            name: "for each with answers", entry: entry("each answer of: causes, »for each: offices, base: everyone"),
            codes: ["indicators.does-not-go"]),
        Mistake(
            name: "two formulas", entry: entry("each answer of: causes, »share: sex = 1, base: everyone"),
            codes: ["indicators.several-formulas"]),
        Mistake(
            name: "scale without score", entry: entry("share: sex = 1, base: everyone, »scale: {full: 2, steps: 10}"),
            codes: ["indicators.does-not-go"]),
        Mistake(
            name: "one stage",
            entry: entry("funnel: {stages: »{x: {name: {en: X}, when: sex = 1}}}, base: everyone"),
            codes: ["indicators.too-few"]),
        Mistake(
            name: "stages",
            entry: entry(
                "funnel: {of: »last, stages: {»x y: {name: {en: X}, when: sex = »3}, z: »{name: {en: Z}}}}, base: everyone"
            ),
            codes: ["yaml.unknown-word", "indicators.bad-id", "schema.unknown-answer", "yaml.missing-key"]),
        Mistake(
            name: "over no list",
            entry: entry(
                "funnel: {over: »sex, stages: {x: {name: {en: X}, when: sex = 1}, y: {name: {en: Y}, when: sex = 2}}}, base: everyone"
            ),
            codes: ["indicators.unknown-items"]),
        Mistake(
            name: "bounds of a mean", entry: entry("mean: age, unit: years, base: everyone, »bounds: true"),
            codes: ["indicators.bounds-of-no-share"]),
        Mistake(
            name: "bounds of contacts",
            entry: entry(
                "funnel: {over: offices, stages: {x: {name: {en: X}, when: con = 1}, y: {name: {en: Y}, when: gave = 1}}}, base: everyone, »bounds: true"
            ),
            codes: ["indicators.bounds-of-no-share"]),
        Mistake(
            name: "plan without direction", entry: entry("share: sex = 1, base: everyone, »plan: {\"2023\": 5}"),
            codes: ["indicators.plan-without-direction"]),
        Mistake(
            name: "plans",
            entry: entry(
                "share: sex = 1, base: everyone, direction: up, plan: {\"2023\": »[5, 4], \"2024\": »[1, 2, 3], \"2025\": »x, »a b: 3}"
            ),
            codes: ["indicators.plan-reversed", "indicators.plan-shape", "yaml.not-a-number", "indicators.bad-id"]),
        Mistake(
            name: "published changes",
            entry: entry(
                "share: sex = 1, base: everyone, published change: {\"2023\": {since: »\"2023\", value: 1}, \"2024\": »{since: a}, \"2025\": {since: a, value: »x, vintage: »y}}"
            ),
            codes: [
                "indicators.change-since-itself", "yaml.missing-key", "yaml.not-a-number", "indicators.bad-vintage",
            ]),
        Mistake(
            name: "plan of a family",
            entry: entry(
                "each answer of: causes, base: everyone, direction: up, plan: {»\"2023\": 5, 1: {\"2023\": 5}}"),
            codes: ["indicators.unknown-member"]),
        Mistake(
            name: "published",
            entry: entry(
                "share: sex = 1, base: everyone, published: {\"2022\": »x, \"2023\": »{printed: \"5\"}, \"2024\": {value: 5, vintage: »yesterday, »print: 5}}"
            ),
            codes: ["yaml.not-a-number", "yaml.missing-key", "indicators.bad-vintage", "yaml.unknown-key"]),
        Mistake(
            name: "break without text", entry: entry("share: sex = 1, base: everyone, breaks: {\"2022\": »{}}"),
            codes: ["schema.missing-translation"]),
        Mistake(
            name: "composite with a base", entry: entry("mean of: [x, y], »base: everyone, »where: sex = 1"),
            codes: ["indicators.does-not-go", "indicators.does-not-go"]),
        Mistake(name: "unknown part", entry: entry("mean of: [x, »z]"), codes: ["indicators.unknown-part"]),
        Mistake(name: "part of itself", entry: entry("mean of: [x, »a]"), codes: ["indicators.circle"]),
        Mistake(name: "one part", entry: entry("mean of: »[x]"), codes: ["indicators.too-few"]),
        Mistake(name: "part twice", entry: entry("mean of: [x, »x]"), codes: ["indicators.part-twice"]),
        Mistake(name: "difference of three", entry: entry("difference of: »[x, y, t]"), codes: ["indicators.not-two"]),
        Mistake(
            name: "weights", entry: entry("weighted mean of: {x: »0, y: »-1}"),
            codes: ["indicators.part-weight", "indicators.part-weight"]),
        Mistake(name: "units", entry: entry("mean of: [x, »m]"), codes: ["indicators.different-units"]),
        Mistake(
            name: "unit of its own", entry: entry("mean of: [x, y], unit: »points"),
            codes: ["indicators.unit-of-composite"]),
        Mistake(name: "score as a part", entry: entry("mean of: [x, »s]"), codes: ["indicators.score-as-part"]),
        Mistake(
            name: "score of a mean", entry: entry("score of: »m, scale: {full: 2, steps: 10}"),
            codes: ["indicators.score-of-no-share"]),
        Mistake(
            name: "score without scale", entry: "»" + entry("score of: x"), codes: ["yaml.missing-key"]),
        Mistake(
            name: "scale",
            entry: entry("score of: x, scale: {full: »0, steps: »0, between: »step, below half: »nil}"),
            codes: ["indicators.bad-scale", "indicators.bad-scale", "yaml.unknown-word", "yaml.unknown-word"]),
    ]

    static let others = """
          - {id: x, version: 1, name: {en: X}, share: sex = 1, base: everyone}
          - {id: y, version: 1, name: {en: Y}, share: sex = 2, base: everyone}
          - {id: m, version: 1, name: {en: M}, mean: age, unit: years, base: everyone}
          - {id: t, version: 1, name: {en: T}, share: age > 60, base: everyone}
          - {id: s, version: 1, name: {en: S}, score of: x, scale: {full: 2, steps: 10}}

        """

    @Test(arguments: mistakes)
    func `each planted mistake is reported at its line and character, and nothing else`(_ mistake: Mistake) throws {
        // The map itself begins at its bracket.
        let entry = mistake.entry.hasPrefix("»") ? "»{" + mistake.entry.dropFirst() : "{" + mistake.entry
        let marked = MarkedText("saual: indicators/1\nindicators:\n\(Self.others)  - \(entry)}\n")
        #expect(marked.marks.count == mistake.codes.count)
        let checked = IndicatorReader.read(
            try ExampleQuestionnaire.document(marked.text), questionnaire: try ContactsQuestionnaire.questionnaire())
        #expect(MarkedText.summary(checked.problems) == marked.expected(mistake.codes))
        #expect(checked.value == nil)
        for problem in checked.problems where problem.code.hasPrefix("indicators.") {
            #expect(problem.translationFaults == [])
        }
    }

    @Test func `a circle is reported once, at the part that leads into it`() throws {
        let marked = MarkedText(
            """
            saual: indicators/1
            indicators:
            \(Self.others)  - {id: a, version: 1, name: {en: A}, mean of: [x, »b]}
              - {id: b, version: 1, name: {en: B}, mean of: [c, y]}
              - {id: c, version: 1, name: {en: C}, difference of: [x, a]}
              - {id: d, version: 1, name: {en: D}, mean of: [a, x]}

            """)
        let checked = IndicatorReader.read(
            try ExampleQuestionnaire.document(marked.text), questionnaire: try ContactsQuestionnaire.questionnaire())
        #expect(MarkedText.summary(checked.problems) == marked.expected(["indicators.circle"]))
        #expect(checked.problems.first?.why.description.hasSuffix("found a → b → c → a") == true)
    }

    @Test func `parts may stand in another file`() throws {
        let questionnaire = try ContactsQuestionnaire.questionnaire()
        let first = try ExampleQuestionnaire.document(
            "saual: indicators/1\nindicators:\n  - {id: a, version: 1, name: {en: A}, mean of: [x, y]}\n",
            file: "a.yaml")
        let second = try ExampleQuestionnaire.document(
            "saual: indicators/1\nindicators:\n" + Self.others, file: "b.yaml")
        let values = try IndicatorReader.read([first, second], waves: [("1", questionnaire)]).get()
        #expect(values.first?.first?.unit == "percent" && values.first?.count == 6)
    }
}
