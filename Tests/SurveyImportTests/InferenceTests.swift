import SurveyData
import SurveyFormats
import SurveyImport
import SurveyProblems
import Testing

struct InferenceTests {
    private static func infer(_ text: String, window: Int = 1 << 18, decimal: ImportOptions.DecimalSign = .point) throws
        -> ImportCase
    {
        try ImportCase(text, window: window, options: ImportOptions(decimalSign: decimal)) { ImportPlan(inferring: $0) }
    }

    /// Cells of one column, and whether they are numbers.
    private static let columns: [(cells: [String], isNumber: Bool)] = [
        (["1", "2", "300", "-4"], true), (["1.5", "2", "-0.25"], true), (["5.0", "5.25", "-1.0"], true),
        (["5.00", "5.25", "100.10"], true), (["", "1", ""], true), (["", "", ""], true),
        (["0", "0.5", "123456789012345"], true),
        (["3000000000", "1"], true), (["0.000001", "0.1"], true), (["12345678", "123456789"], true),
        (["1", "01"], false), (["1", "+1"], false), (["1", "1e5"], false), (["5", "5.0"], false),
        (["5.0", "5.00"], false),
        (["-0", "1"], false), (["1234567890123456"], false), (["1", " 2"], false), ([".5"], false), (["5."], false),
        (["1", "a"], false), (["1,5"], false), (["5.10", "5.1"], false), (["1.50", "7"], false),
        (["2024-01-01"], false),
    ]

    @Test(arguments: [1, 5, 1 << 18]) func `a column is a number where every text follows from its value`(window: Int)
        throws
    {
        for (cells, isNumber) in Self.columns {
            let text = "x;y\n" + cells.map { "\($0);1\n" }.joined()
            let wave = try Self.infer(text, window: window)
            let column = try wave.table.column("x")
            #expect((column.kind == .number) == isNumber, "\(cells)")
            if !isNumber { #expect(try wave.shown("x") == cells, "\(cells)") }
        }
    }

    @Test func `numbers are read exactly`() throws {
        let wave = try Self.infer("x\n0.1\n123456.789\n-17\n99999999\n123456789\n")
        guard case .numbers(let numbers, let kinds) = try wave.table.column("x").values else {
            Issue.record("not numbers")
            return
        }
        #expect(numbers == [0.1, 123456.789, -17, 99_999_999, 123_456_789])
        #expect(kinds.isEmpty)
    }

    @Test func `a decimal comma is read where it is the sign`() throws {
        let wave = try Self.infer("x;y\n1,5;1.5\n2;2\n", decimal: .comma)
        #expect(try wave.shown("x") == ["1.5", "2"])
        #expect(try wave.shown("y") == ["1.5", "2"])
        #expect(try wave.table.column("y").kind == .text)
    }

    @Test(arguments: [false, true]) func `chunks delivered as numbers become texts when a later cell is none`(
        isFloat: Bool
    ) throws {
        let rows = 2 * ColumnChunk.fullRows + 100
        var cells = (0..<rows).map { row -> String in
            if row % 11 == 0 { return "" }
            return isFloat ? "\(row % 1000).\(row % 4 == 0 ? "0" : "25")" : String(row % 3000 - 100)
        }
        cells.append("x y")
        cells.append("7")
        let wave = try Self.infer("x,y\n" + cells.map { "\($0),1\n" }.joined())
        #expect(try wave.shown("x") == cells.map { $0.isEmpty ? "<no-answer>" : $0 })
        let column = try wave.table.column("x")
        #expect(column.kind == .text)
        #expect(column.dictionary.prefix(3) == (isFloat ? ["1.25", "2.25", "3.25"] : ["-99", "-98", "-97"]))
        #expect(Set(column.dictionary).count == column.dictionary.count)
    }

    @Test func `very many different texts are told apart`() throws {
        let cells = (0..<200_000).map { "id-\($0 &* 7919)" }
        let wave = try Self.infer("x\n" + cells.joined(separator: "\n"))
        #expect(try wave.table.column("x").dictionary == cells)
    }

    @Test func `no row and one row are imported`() throws {
        let none = try Self.infer("a,b\n")
        #expect(none.report.imported == 0)
        #expect(none.table.names == ["a", "b"])
        let one = try Self.infer("a,b\n1,x\n")
        #expect(try one.shown("b") == ["x"])
    }

    @Test func `ten thousand columns are imported`() throws {
        let header = (0..<10_000).map { "c\($0)" }.joined(separator: ",")
        let row = (0..<10_000).map { String($0 % 300) }.joined(separator: ",")
        let wave = try Self.infer(([header] + Array(repeating: row, count: 3)).joined(separator: "\n"))
        #expect(wave.table.columns.count == 10_000)
        #expect(try wave.shown("c9999") == ["99", "99", "99"])
    }

    @Test func `texts that other programs would run stay texts`() throws {
        let texts = [
            "=HYPERLINK(\"\"http://x\"\")", "<script>alert(1)</script>", "'; DROP TABLE waves; --", "@SUM(A1)",
        ]
        let wave = try Self.infer("x,y\n" + texts.map { "\"\($0)\",1\n" }.joined())
        #expect(try wave.shown("x") == texts.map { $0.replacing("\"\"", with: "\"") })
    }

    @Test func `random files never trap, and windows and threads change nothing`() throws {
        var state: UInt64 = 42
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        let tokens = [
            ",", ",", "\n", "\n", "1", "2", "07", "-", ".5", "1.0", "x", "\"", "\"\"", "ә", "\r\n", "999999999",
        ]
        for _ in 0..<150 {
            let text = "a,b\n" + (0..<random(400)).map { _ in tokens[random(tokens.count)] }.joined()
            let results = try [(1 << 18, 1), (1, 1), (9, 2)].map { window, threads -> String in
                do {
                    let wave = try ImportCase(text, window: window, options: ImportOptions(threads: threads)) {
                        ImportPlan(inferring: $0)
                    }
                    return try wave.table.names.map { try wave.shown($0).description }.joined() + "\(wave.findings)"
                } catch let problem as Problem {
                    return "\(problem.code) \(problem.place.rows) \(problem.why)"
                }
            }
            #expect(Set(results).count == 1, "\(text.debugDescription)")
        }
    }
}
