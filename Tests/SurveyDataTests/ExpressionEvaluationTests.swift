import SurveyData
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

/// A text, and what it gives for the eight rows of the sample.
struct EvaluationCase: CustomTestStringConvertible, Sendable {
    let text: String
    let result: String

    init(_ text: String, _ result: String) {
        self.text = text
        self.result = result
    }

    var testDescription: String { text }
}

struct ExpressionEvaluationTests {
    private func truth(_ text: String) throws -> String {
        try Expression(parsing: text, in: try SampleTable.questionnaire(), expecting: .truth)
            .truth(in: SampleTable.table()).shown
    }

    // q      1  2  x  1  dk na 1  2
    // p      1  2  2  2  1  2  rf 2
    // level  5  3  1  rf 5  3  1  5
    // age    17 18 29 30 31 rf 40 0
    static let conditions: [EvaluationCase] = [
        .init("q = 1", "ynny??yn"),
        .init("q != 1", "nyyn??ny"),
        .init("q in [1, \"x\"]", "ynyy??yn"),
        .init("q not in [1, \"x\"]", "nynn??ny"),
        .init("not q = 1", "nyyn??ny"),
        .init("q = p", "yynn???y"),
        .init("q != p", "nnyy???n"),
        .init("q = region", "nnnn??nn"),
        .init("p = region", "nnnn?n?n"),
        .init("level >= 3", "yyn?yyny"),
        .init("level = 5", "ynn?ynny"),
        .init("level in [5, 1]", "yny?ynyy"),
        .init("level * 2 - 1 = 5", "nyn?nynn"),
        .init("age >= 18", "nyyyy?yn"),
        .init("18 > age", "ynnnn?ny"),
        .init("age in [17, 40]", "ynnnn?yn"),
        .init("age not in [17, 40]", "nyyyy?ny"),
        .init("age = income", "ynnnn?nn"),
        .init("income / age < 1", "nynyy?y?"),
        .init("-age < -30", "nnnny?yn"),
        .init("met >= \"1970-01-02\"", "nyyyy?nn"),
        .init("met = \"2023-05-01\"", "nnnny?nn"),
        .init("met - met = 0", "yyyyy?yy"),
        .init("region = \"07\"", "ynny?nny"),
        .init("region in [\"7\", \"Көкшетау\"]", "nyyn?nyn"),
        .init("region != \"07\"", "nyyn?yyn"),
        .init("region = \"nowhere\"", "nnnn?nnn"),
        .init("channel has 1", "ynny?y??"),
        .init("channel has \"x\"", "nynyn???"),
        .init("channel has [1, \"x\"]", "yyny?y??"),
        .init("channel[1]", "ynny?y??"),
        .init("channel[1] = 0", "nyyn?n??"),
        .init("missing(q)", "nnnnyynn"),
        .init("asked(q)", "yyyyynyy"),
        .init("answered(q)", "yyyynnyy"),
        .init("missing(channel)", "nnnnnnyy"),
        .init("asked(channel)", "yyyyyyny"),
        .init("answered(age)", "yyyyynyy"),
        .init("missing(income)", "nnnnnnnn"),
        .init("missing(region)", "nnnnynnn"),
        .init("q = 1 and age >= 18", "nnny??yn"),
        .init("q = 1 or age >= 18", "yyyyy?yn"),
        .init("q = 1 or missing(q)", "ynnyyyyn"),
        .init("any(q = 1, p = 1)", "ynnyy?yn"),
        .init("count(q = 1, p = 1, level = 5) >= 2", "ynnnynnn"),
        .init("true", "yyyyyyyy"),
        .init("false or q = 1", "ynny??yn"),
        .init("1 < 2", "yyyyyyyy"),
        .init("1 / 0 = 1", "????????"),
    ]

    @Test(arguments: conditions) func `a condition gives the result made by hand`(_ sample: EvaluationCase) throws {
        #expect(try truth(sample.text) == sample.result)
    }

    @Test func `numbers keep the kind of the first missing operand`() throws {
        let questionnaire = try SampleTable.questionnaire()
        func numbers(_ text: String) throws -> [String] {
            try Expression(parsing: text, in: questionnaire, expecting: .number).numbers(in: SampleTable.table()).shown
        }
        #expect(
            try numbers("age + level") == ["22.0", "21.0", "30.0", "(refused)", "36.0", "(refused)", "41.0", "5.0"])
        #expect(try numbers("income / age")[5...] == ["(refused)", "0.5", "(not-applicable)"])
        #expect(try numbers("met - met + age")[5] == "(dont-know)")
        #expect(try numbers("age + (met - met)")[5] == "(refused)")
        #expect(try numbers("level") == ["5.0", "3.0", "1.0", "(refused)", "5.0", "3.0", "1.0", "5.0"])
        #expect(try numbers("count(q = 1, channel has 1)") == ["2.0", "0.0", "0.0", "2.0", "0.0", "1.0", "1.0", "0.0"])
        #expect(try numbers("2 * 3") == Array(repeating: "6.0", count: 8))
        #expect(try numbers("1e308 * 10")[0] == "(unreadable)")
    }

    @Test func `an expression on a column that the table lacks names it, with the nearest`() throws {
        let expression = try Expression(parsing: "age > 1", in: try SampleTable.questionnaire())
        let table = Table(rowCount: 1, columns: [Column(name: "agee", kind: .number, values: .numbers([1], kinds: []))])
        let problem = #expect(throws: Problem.self) { try expression.truth(in: table) }
        #expect(problem?.code == "data.unknown-column")
        #expect(problem?.fix.values == ["\"agee\""])
    }

    @Test func `a column of another kind than the questionnaire says is refused`() throws {
        let expression = try Expression(parsing: "q = 1 or age > 3", in: try SampleTable.questionnaire())
        for column in [
            Column(name: "q", kind: .number, values: .numbers([1], kinds: [])),
            Column(name: "q", kind: .set, values: .bytes([0])),
        ] {
            let table = Table(rowCount: 1, columns: [column])
            #expect(#expect(throws: Problem.self) { try expression.truth(in: table) }?.code == "data.wrong-kind")
        }
    }

    @Test func `a number is not evaluated as a condition, nor the reverse`() throws {
        let questionnaire = try SampleTable.questionnaire()
        let table = SampleTable.table()
        let number = try Expression(parsing: "age + 1", in: questionnaire)
        #expect(#expect(throws: Problem.self) { try number.truth(in: table) }?.code == "data.not-a-condition")
        let condition = try Expression(parsing: "age > 1", in: questionnaire)
        #expect(#expect(throws: Problem.self) { try condition.numbers(in: table) }?.code == "data.not-numbers")
    }

    @Test func `an index that the dictionary does not have is unknown, never an answer`() throws {
        let damaged = Column(name: "q", kind: .answers, dictionary: ["1", "2", "x"], values: .bytes([0, 200, 240, 3]))
        let table = Table(rowCount: 4, columns: [damaged])
        let questionnaire = try SampleTable.questionnaire()
        #expect(try Expression(parsing: "q != 2", in: questionnaire).truth(in: table).shown == "y???")
        #expect(try Expression(parsing: "missing(q)", in: questionnaire).truth(in: table).shown == "nyyy")
    }

    @Test func `more than 240 answers are compared as well as few`() throws {
        let codes = (0..<1_000).map(String.init)
        let scope = TableScope(
            Table(rowCount: 0, columns: [Column(name: "q", kind: .answers, dictionary: codes, values: .words([]))]))
        let words: [UInt16] = [0, 999, 500, Column.missingWord | 245, 1_000, 0xFF05]
        let table = Table(
            rowCount: 6, columns: [Column(name: "q", kind: .answers, dictionary: codes, values: .words(words))])
        #expect(try Expression(parsing: "q in [999, 0]", in: scope).truth(in: table).shown == "yyn???")
        #expect(try Expression(parsing: "q > 499", in: scope).truth(in: table).shown == "nyy???")
        #expect(try Expression(parsing: "asked(q)", in: scope).truth(in: table).shown == "yyyyyy")
    }

    @Test func `texts are compared by bytes, so look-alikes differ`() throws {
        let composed = "Алматы\u{439}"
        let decomposed = "Алматы\u{438}\u{306}"
        let table = Table(
            rowCount: 2,
            columns: [Column(name: "r", kind: .text, dictionary: [composed, decomposed], values: .indexes([0, 1]))])
        let scope = TableScope(table)
        #expect(try Expression(parsing: "r = \"\(composed)\"", in: scope).truth(in: table).shown == "yn")
        #expect(try Expression(parsing: "r = \"\(decomposed)\"", in: scope).truth(in: table).shown == "ny")
    }

    @Test func `a table without rows gives no rows`() throws {
        let table = Table(
            rowCount: 0,
            columns: SampleTable.table().columns.map { column in
                switch column.values {
                case .bytes:
                    Column(name: column.name, kind: column.kind, dictionary: column.dictionary, values: .bytes([]))
                case .words:
                    Column(name: column.name, kind: column.kind, dictionary: column.dictionary, values: .words([]))
                case .indexes:
                    Column(name: column.name, kind: column.kind, dictionary: column.dictionary, values: .indexes([]))
                case .numbers: Column(name: column.name, kind: column.kind, values: .numbers([], kinds: []))
                }
            })
        for sample in ExpressionEvaluationTests.conditions {
            let expression = try Expression(parsing: sample.text, in: try SampleTable.questionnaire())
            #expect(try expression.truth(in: table).rowCount == 0)
        }
    }

    /// Another route to the same result: one row at a time, in Swift's optionals.
    @Test func `seeded random trees agree with a walk row by row`() throws {
        let parts = [
            "q = 1", "q in [2, \"x\"]", "age > 20", "level >= 3", "missing(age)", "channel has 1", "true",
            "region = \"7\"",
        ]
        let questionnaire = try SampleTable.questionnaire()
        let table = SampleTable.table()
        var known: [String: [Bool?]] = [:]
        for part in parts {
            known[part] = try Expression(parsing: part, in: questionnaire).truth(in: table).values
                .map { $0 == Truth.unknown ? nil : $0 == Truth.yes }
        }
        var random = SeededGenerator(seed: 5)
        func tree(_ depth: Int) -> (text: String, rows: [Bool?]) {
            if depth == 0 {
                let part = parts[random.below(parts.count)]
                return (part, known[part] ?? [])
            }
            let left = tree(depth - 1)
            if random.below(3) == 0 { return ("not (\(left.text))", left.rows.map { $0.map { !$0 } }) }
            let right = tree(depth - 1)
            let isAnd = random.below(2) == 0
            let rows = zip(left.rows, right.rows).map { a, b -> Bool? in
                if isAnd { return a == false || b == false ? false : a == nil || b == nil ? nil : true }
                return a == true || b == true ? true : a == nil || b == nil ? nil : false
            }
            return ("(\(left.text)) \(isAnd ? "and" : "or") (\(right.text))", rows)
        }
        for _ in 0..<300 {
            let (text, rows) = tree(1 + random.below(4))
            let wanted = rows.map { $0.map { $0 ? "y" : "n" } ?? "?" }.joined()
            #expect(try Expression(parsing: text, in: questionnaire).truth(in: table).shown == wanted)
        }
    }
}
