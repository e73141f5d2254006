import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyTestSupport
@testable import SurveyVerification

/// A wave with every kind of column, every kind of missing answer, and names that no language likes.
struct StrangeWave: Sendable {
    /// Quotes, line ends, an R comment, a closing bracket, a percent sign, and letters of three scripts.
    static let strangeName = "a\"c'd\\e\n# f); quit() %41 ғ 名 🙂"
    /// A name that cannot even stand in an expression.
    static let tickName = "`x`; quit()"
    static let strangeCodes = ["1", "01", "\"x\"); system(\"true\")", "ә*ғ,", "=1+1\r\n"]

    let id: String
    let design: DesignSpecification
    let rowCount = 360
    /// Added to the numbers of PSUs, so that two waves share some: 0 to 6 of each stratum.
    var shift = 0

    private let seed: UInt64

    init(_ id: String, design: DesignSpecification, seed: UInt64, shift: Int = 0) {
        self.id = id
        self.design = design
        self.seed = seed
        self.shift = shift
    }

    private static let kinds: [MissingKind] = [
        .notAsked, .notInWave, .noAnswer, .unreadable, .dontKnow, .refused, .notApplicable, .neverDealt,
    ]

    var table: Table {
        var generator = SeededGenerator(seed: seed)
        func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < share }
        func kind() -> UInt8 { StrangeWave.kinds.randomElement(using: &generator)?.rawValue ?? 0 }
        func bytes(_ count: UInt8, missing: Double) -> Column.Values {
            .bytes(
                (0..<rowCount).map { _ in chance(missing) ? kind() : UInt8.random(in: 0..<count, using: &generator) })
        }
        func numbers(missing: Double, _ value: () -> Double) -> Column.Values {
            var kinds = [UInt8](repeating: 0, count: rowCount)
            let values = (0..<rowCount).map { row in
                if chance(missing) { kinds[row] = kind() }
                return kinds[row] == 0 ? value() : 0
            }
            return .numbers(values, kinds: kinds)
        }
        let stratum = (0..<rowCount).map { $0 * 5 / rowCount }
        let psu = (0..<rowCount).map { row in stratum[row] * 10 + (stratum[row] == 4 ? 0 : row % 6 + shift) }
        let texts = ["", "да", "a,b\"c\"", "x\ny", "%41"]
        return Table(
            rowCount: rowCount,
            columns: [
                Column(
                    name: "stratum", kind: .answers, dictionary: ["A", "B", "C", "D", "E"],
                    values: .bytes(stratum.map { UInt8($0) })),
                Column(name: "psu", kind: .number, values: .numbers(psu.map(Double.init), kinds: [])),
                Column(
                    name: "size", kind: .number,
                    values: .numbers(stratum.map { $0 == 3 ? 0.4 : Double(20 + 7 * $0) }, kinds: [])),
                Column(
                    name: "weight", kind: .number,
                    values: .numbers(
                        (0..<rowCount).map { $0 % 29 == 3 ? 0 : Double.random(in: 0.5..<4, using: &generator) },
                        kinds: [])),
                Column(name: "sex", kind: .answers, dictionary: ["1", "2"], values: bytes(2, missing: 0.02)),
                Column(
                    name: StrangeWave.strangeName, kind: .answers, dictionary: StrangeWave.strangeCodes,
                    values: bytes(5, missing: 0.2)),
                Column(
                    name: StrangeWave.tickName, kind: .answers, dictionary: ["a", "b"], values: bytes(2, missing: 0)),
                Column(
                    name: "trust", kind: .answers, dictionary: ["1", "2", "3", "4"], values: bytes(4, missing: 0.3)),
                Column(
                    name: "age", kind: .number,
                    values: numbers(missing: 0.1) { Double.random(in: 18..<90, using: &generator).rounded() }),
                Column(
                    name: "income", kind: .number,
                    values: numbers(missing: 0.2) { Double.random(in: 0..<1000, using: &generator) }),
                Column(
                    name: "members", kind: .number,
                    values: numbers(missing: 0.1) { Double(Int.random(in: 0..<4, using: &generator)) }),
                Column(
                    name: "day", kind: .date,
                    values: numbers(missing: 0.1) { Double(Int.random(in: 20000..<20030, using: &generator)) }),
                Column(
                    name: "open", kind: .text, dictionary: texts,
                    values: .indexes(
                        (0..<rowCount).map { _ in
                            chance(0.2)
                                ? Column.missingIndex | UInt32(kind())
                                : UInt32.random(in: 0..<UInt32(texts.count), using: &generator)
                        })),
                Column(name: "channels", kind: .set, values: bytes(1, missing: 0.2)),
                Column(name: "channels[1]", kind: .item, values: bytes(2, missing: 0.1)),
                Column(name: "channels[x y]", kind: .item, values: bytes(2, missing: 0.1)),
            ])
    }

    // MARK: Questionnaire

    private static func text(_ text: String) -> LocalizedText { LocalizedText([(.english, text)]) }

    private static func question(
        _ id: String, _ type: QuestionType, _ codes: [String] = [], when: Expression? = nil
    ) -> Question {
        Question(
            id: id, text: text("\(id)\"); stop(\"label\n"), type: type,
            answers: codes.map { Answer(code: $0, label: text("`label` \"\($0)\"")) }, missing: [], when: when,
            isPrivate: false, columns: [id], range: (nil, nil), line: 1)
    }

    private static let questions = [
        question("stratum", .single, ["A", "B", "C", "D", "E"]), question("psu", .number), question("size", .number),
        question("weight", .number), question("sex", .single, ["1", "2"]),
        question(strangeName, .single, strangeCodes), question(tickName, .single, ["a", "b"]),
        question("trust", .scale, ["1", "2", "3", "4"]),
        question("age", .number), question("income", .money), question("members", .number), question("day", .date),
        question("open", .text), question("channels", .multiple, ["1", "x y"]),
    ]

    private static func questionnaire(_ questions: [Question], _ derived: [DerivedVariable]) -> Questionnaire {
        Questionnaire(
            id: "strange", version: "1", title: text("Strange"), languages: [.english], questions: questions,
            derived: derived, ownMissingKinds: [], key: [], source: [])
    }

    static func questionnaire() throws -> Questionnaire {
        let plain = questionnaire(questions, [])
        let routed = try questions.map { question in
            question.id == "income"
                ? self.question(
                    "income", .money, when: try Expression(parsing: "trust in [1, 2]", in: plain, expecting: .truth))
                : question
        }
        func codes(_ codes: [String]) -> [Answer] { codes.map { Answer(code: $0, label: text($0)) } }
        let derived = [
            DerivedVariable(
                id: "age_group", text: text("Age"), definition: .cut(of: "age", at: [30, 45, 60]),
                answers: codes(["m29", "30-44", "45-59", "60+"]), line: 1),
            DerivedVariable(
                id: "per_head", text: text("Per head"),
                definition: .number(try Expression(parsing: "income / members", in: plain, expecting: .number)),
                answers: [], line: 1),
            DerivedVariable(
                id: "kind \"of\"", text: text("Kind"),
                definition: .cases([
                    ("rich", try Expression(parsing: "income >= 700 and members < 3", in: plain, expecting: .truth)),
                    ("poor", try Expression(parsing: "income < 300", in: plain, expecting: .truth)),
                    ("trusting", try Expression(parsing: "trust = 1 or trust = 2", in: plain, expecting: .truth)),
                ]), answers: codes(["rich", "poor", "trusting"]), line: 1),
        ]
        return questionnaire(routed, derived)
    }

    // MARK: Indicators

    /// Conditions of every form that the language has.
    static let conditions = [
        "sex = 1", "sex != 1 and trust in [1, 2]", "trust not in [1, 4] or missing(age)", "not (age < 40)",
        "age >= 30 and age <= 60 and not missing(income)", "channels has 1", "channels has [1, \"x y\"]",
        "open = \"да\"", "open in [\"\", \"x\ny\", \"%41\"]", "open != \"a,b\"\"c\"\"\"", "day >= \"2024-10-10\"",
        "`\(strangeName)` = \"ә*ғ,\"", "`\(strangeName)` in [\"01\", \"=1+1\r\n\"]",
        "count(sex = 1, trust >= 3, age > 50) >= 2", "any(sex = 1, trust = 4, income > 900)",
        "asked(income) and answered(trust)", "per_head > 100", "asked(per_head)", "missing(`kind \"of\"`)",
        "asked(`kind \"of\"`)", "`kind \"of\"` = \"rich\"", "(age - 18) * 2 / members > 30 - 5", "trust = members",
        "age_group in [\"m29\", \"60+\"]", "1 / 0 > 1 or sex = 1", "true",
        String(repeating: "not (", count: 30) + "age > 40" + String(repeating: ")", count: 30),
    ]

    static func definition(
        _ id: String, _ formula: IndicatorDefinition.Formula, base: IndicatorDefinition.Base = .everyone,
        where domain: Expression? = nil, by breakdowns: [[String]] = []
    ) -> IndicatorDefinition {
        IndicatorDefinition(
            id: id, version: "1", name: text("\"\n\(id)"), formula: formula, base: base, domain: domain,
            direction: nil, unit: "percent", source: .empty, breakdowns: breakdowns)
    }

    static func definitions(_ questionnaire: Questionnaire) throws -> [IndicatorDefinition] {
        var definitions: [IndicatorDefinition] = []
        func truth(_ text: String) throws -> Expression {
            try Expression(parsing: text, in: questionnaire, expecting: .truth)
        }
        func number(_ text: String) throws -> Expression {
            try Expression(parsing: text, in: questionnaire, expecting: .number)
        }
        let bases: [IndicatorDefinition.Base] = [
            .everyone, .asked("income"), .answered("trust"), .answered("per_head"), .asked("channels"),
        ]
        for (position, condition) in conditions.enumerated() {
            var definition = definition(
                "c\(position)", .share(try truth(condition)), base: bases[position % bases.count],
                by: position % 4 == 0 ? [["sex"], ["age_group"], ["sex", strangeName], [tickName]] : [])
            definition.hasBounds = position % 3 == 0
            definitions.append(definition)
        }
        definitions.append(
            definition(
                "mean", .mean(try number("income")), base: .answered("income"), where: try truth("age > 25"),
                by: [["kind \"of\""], ["stratum"]]))
        definitions.append(definition("scale", .mean(try number("trust + 1")), base: .asked("trust"), by: [["sex"]]))
        definitions.append(
            definition(
                "ratio", .ratio(try number("income"), try number("members + age / 10")), base: .everyone,
                by: [["sex", "age_group"]]))
        definitions.append(
            definition(
                "median", .quantile(try number("income"), p: 0.5), base: .answered("income"),
                by: [["sex"], ["stratum"]]))
        definitions.append(
            definition(
                "upper", .quantile(try number("income / (members + 1)"), p: 0.75), where: try truth("age > 25"),
                by: [["sex"]]))
        let parts = [("c1", 0.25), ("c2", -1.5), ("ratio", 0.001), ("scale", 1.0 / 3)]
        definitions.append(
            definition("sum", .composite(parts.map { .init(indicator: $0, coefficient: $1) }), by: [["sex"]]))
        definitions.append(
            definition(
                "gap", .composite([.init(indicator: "sum", coefficient: 1), .init(indicator: "c1", coefficient: -1)]),
                by: [["sex", "age_group"]]))
        for (position, between) in ScoreScale.Between.allCases.enumerated() {
            let scale = ScoreScale(
                full: 2, steps: 10, between: between, belowHalf: position == 0 ? .continue : .zero)
            definitions.append(definition("points\(position)", .score(of: "c\(position)", scale), by: [["sex"]]))
        }
        definitions.append(definition("nobody", .share(try truth("sex = 1")), where: try truth("age > 1000")))
        return definitions
    }

    // MARK: Both programs

    /// The wave with all its definitions, or with some.
    func wave(_ table: Table? = nil, only ids: [String] = []) throws -> VerificationWave {
        let questionnaire = try StrangeWave.questionnaire()
        return VerificationWave(
            id: id, table: table ?? self.table, questionnaire: questionnaire, design: design,
            definitions: try StrangeWave.definitions(questionnaire).filter { ids.isEmpty || ids.contains($0.id) })
    }

    /// Saual's figures, ready for changes.
    func computed() throws -> WaveFigures {
        let wave = try wave()
        var computation = IndicatorComputation(
            wave: id, table: wave.table, questionnaire: wave.questionnaire,
            design: try SampleDesign(design, table: wave.table), rules: nil, identify: { String($0.utf8.count) })
        computation.keepsInfluences = true
        return try computation.figures(of: wave.definitions)
    }

    /// Saual's figures, all of them; those of men are taken for withheld.
    func figures() throws -> [VerifiedFigure] {
        try computed().results.flatMap { result in
            VerifiedFigure.all(
                of: result, isWithheld: result.by.contains { $0.variable == "sex" && $0.category == "1" })
        }
    }

    /// Saual's changes to a later wave.
    func changes(to later: StrangeWave, overlap: Change.Overlap) throws -> [VerifiedFigure] {
        let comparison = IndicatorChanges(overlap: overlap, waves: [id, later.id], identify: { String($0.utf8.count) })
        return try comparison.between(try computed(), try later.computed()).compactMap {
            VerifiedFigure($0, isWithheld: false)
        }
    }
}
