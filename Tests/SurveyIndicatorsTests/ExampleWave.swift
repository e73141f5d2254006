import SurveyData
import SurveyDesign
import SurveyIndicators
import SurveyProblems
import SurveySchema

/// Tables under the questionnaire of ``ExampleQuestionnaire``, from values written out by row.
enum ExampleWave {
    /// A coded column from positions in the answer list and missing kinds.
    static func coded(_ name: String, _ codes: [String], _ values: [Answered]) -> Column {
        Column(
            name: name, kind: .answers, dictionary: codes,
            values: .bytes(
                values.map { value in
                    switch value {
                    case .code(let code): UInt8(codes.firstIndex(of: code) ?? 0)
                    case .missing(let kind): kind.rawValue
                    }
                }))
    }

    static func number(_ name: String, _ values: [Double?]) -> Column {
        let kinds = values.contains { $0 == nil } ? values.map { $0 == nil ? MissingKind.noAnswer.rawValue : 0 } : []
        return Column(name: name, kind: .number, values: .numbers(values.map { $0 ?? 0 }, kinds: kinds))
    }

    enum Answered {
        case code(String)
        case missing(MissingKind)
    }

    /// Seven people in three PSUs; the last one's answer to `gave` should have been skipped.
    static var small: Table {
        let gave: [Answered] = [
            .code("1"), .code("2"), .missing(.dontKnow), .missing(.notAsked), .missing(.notAsked), .missing(.refused),
            .code("1"),
        ]
        return Table(
            rowCount: 7,
            columns: [
                coded("sex", ["1", "2"], ["1", "2", "1", "2", "1", "2", "1"].map { .code($0) }),
                coded("contact", ["1", "2"], ["1", "1", "1", "2", "2", "1", "2"].map { .code($0) }),
                coded("gave", ["1", "2"], gave),
                coded("psu", ["a", "b", "c"], ["a", "a", "b", "b", "c", "c", "c"].map { .code($0) }),
                number("age", [20, 40, 35, 50, nil, 65, 30]), number("weight", [2, 1, 1, 3, 1, 2, 4]),
                number("income", [10, nil, 40, 30, 20, 0, 50]), number("spend", [5, 1, 20, nil, 10, 0, 50]),
            ])
    }

    /// 600 people in 30 PSUs of 3 strata, by formulas that another program can repeat.
    static var large: Table {
        let rows = Array(0..<600)
        let gave = rows.map { i -> Answered in
            guard (i * 17) % 10 < 6 else { return .missing(.notAsked) }
            let r = (i * 29) % 11
            return r < 3 ? .code("1") : r < 8 ? .code("2") : .missing(r == 10 ? .refused : .dontKnow)
        }
        let psus = (0..<30).map(String.init)
        return Table(
            rowCount: 600,
            columns: [
                coded("stratum", ["0", "1", "2"], rows.map { .code(String($0 % 3)) }),
                coded("psu", psus, rows.map { .code(String(($0 % 3) * 10 + ($0 / 3) % 10)) }),
                coded("sex", ["1", "2"], rows.map { .code(String(1 + (($0 * $0) % 5) % 2)) }),
                coded("contact", ["1", "2"], rows.map { .code(($0 * 17) % 10 < 6 ? "1" : "2") }),
                coded("gave", ["1", "2"], gave),
                number("weight", rows.map { 1 + Double(($0 * 13) % 7) / 2 }),
                number("age", rows.map { $0 % 41 == 0 ? nil : Double(18 + ($0 * 37) % 63) }),
                number("income", rows.map { $0 % 23 == 0 ? nil : Double(100 + ($0 * 53) % 400) }),
                number("spend", rows.map { $0 % 29 == 0 ? nil : Double(50 + ($0 * 31) % 200) }),
            ])
    }

    /// A hash that tells which text was hashed.
    static let identify: @Sendable (String) -> String = { text in
        let hash = text.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Reads definitions from the lines of their entries and computes them.
    static func results(
        _ indicators: String, _ table: Table, design: DesignSpecification, rules: PublicationRules? = nil
    ) throws -> (results: [IndicatorResult], cautions: [Problem]) {
        let questionnaire = try ExampleQuestionnaire.questionnaire()
        let document = try ExampleQuestionnaire.document("saual: indicators/1\nindicators:\n" + indicators)
        let definitions = try IndicatorReader.read(document, questionnaire: questionnaire).get()
        let computation = IndicatorComputation(
            wave: "2021", table: table, questionnaire: questionnaire,
            design: try SampleDesign(design, table: table), rules: rules, identify: identify)
        return try computation.results(of: definitions)
    }

    /// One entry of an indicator file in one line; `rest` holds formula, base and what else there is.
    static func entry(_ id: String, _ rest: String) -> String {
        "  - {id: \(id), version: 1, name: {en: \(id), ru: \(id), kk: \(id)}, \(rest)}\n"
    }
}
