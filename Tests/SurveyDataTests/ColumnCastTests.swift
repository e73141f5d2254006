import SurveyData
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

struct ColumnCastTests {
    private let refused = SampleTable.refused

    private func text(_ dictionary: [String], _ indexes: [UInt32]) -> Column {
        Column(name: "t", kind: .text, dictionary: dictionary, values: .indexes(indexes))
    }

    private func numbers(_ values: [Double], _ kinds: [UInt8] = []) -> Column {
        Column(name: "n", kind: .number, values: .numbers(values, kinds: kinds))
    }

    // MARK: Numbers

    @Test func `codes that are decimal numbers become those numbers`() throws {
        let answers = Column(
            name: "a", kind: .answers, dictionary: ["5", "-1.5", "1e2"], values: .bytes([0, 1, 2, refused]))
        #expect(try answers.asNumbers().shown == ["5.0", "-1.5", "100.0", "(refused)"])
        let words = Column(
            name: "a", kind: .answers, dictionary: ["5", "7"], values: .words([1, Column.missingWord | 246, 9]))
        #expect(try words.asNumbers().shown == ["7.0", "(refused)", "(unreadable)"])
        #expect(try text(["1", "02"], [1, 0]).asNumbers().shown == ["2.0", "1.0"])
        #expect(
            try Column(name: "i", kind: .item, values: .bytes([1, 0, refused])).asNumbers().shown == [
                "1.0", "0.0", "(refused)",
            ])
    }

    @Test func `numbers and dates stay as they are`() throws {
        let date = Column(name: "d", kind: .date, values: .numbers([1, 2], kinds: [0, refused]))
        #expect(try date.asNumbers().kind == .date)
        #expect(try numbers([1.5]).asNumbers().shown == ["1.5"])
    }

    @Test func `codes that are no numbers are named, sets refused`() {
        let problem = #expect(throws: Problem.self) {
            try text(["1", "x", "0x10", "nan", "inf", " 2", ""], [0]).asNumbers()
        }
        #expect(problem?.code == "data.not-numbers")
        #expect(problem?.why.values == ["x, 0x10, nan, inf,  2, "])
        #expect(problem?.place.column == "t")
        #expect(throws: Problem.self) { try Column(name: "s", kind: .set, values: .bytes([0])).asNumbers() }
    }

    // MARK: Codes

    @Test func `texts become codes as written, sorted as numbers if all are`() throws {
        let regions = try text(["10", "9", "01", "1"], [0, 1, 2, 3, Column.missingIndex | 246, 0]).asCodes()
        #expect(regions.kind == .answers)
        #expect(regions.dictionary == ["01", "1", "9", "10"])
        #expect(regions.shown == ["10", "9", "01", "1", "(refused)", "10"])
        #expect(try text(["10", "9", "б", "a"], [0, 1, 2, 3]).asCodes().dictionary == ["10", "9", "a", "б"])
    }

    @Test func `texts that do not occur are no codes`() throws {
        #expect(try text(["a", "b", "c"], [2, 0]).asCodes().dictionary == ["a", "c"])
    }

    @Test func `whole numbers and dates become codes in their order`() throws {
        let codes = try numbers([10, 9, -1, 9, 0], [0, 0, 0, 0, refused]).asCodes()
        #expect(codes.dictionary == ["-1", "9", "10"])
        #expect(codes.shown == ["10", "9", "-1", "9", "(refused)"])
        let dates = Column(name: "d", kind: .date, values: .numbers([1, 0], kinds: []))
        #expect(try dates.asCodes().dictionary == ["1970-01-01", "1970-01-02"])
        #expect(try numbers([-0.0, 0]).asCodes().dictionary == ["0"])
    }

    @Test func `answers stay, items are 0 and 1`() throws {
        let answers = Column(name: "a", kind: .answers, dictionary: ["2", "1"], values: .bytes([0, 1]))
        #expect(try answers.asCodes().dictionary == ["2", "1"])
        #expect(try Column(name: "i", kind: .item, values: .bytes([1, 0])).asCodes().shown == ["1", "0"])
    }

    @Test func `fractions, sets and too many values are refused`() {
        func code(_ column: Column, limit: Int? = 255) -> String? {
            #expect(throws: Problem.self) { try column.asCodes(limit: limit) }?.code
        }
        #expect(code(numbers([1, 1.5])) == "data.not-codes")
        #expect(code(numbers([1e300])) == "data.not-codes")
        #expect(code(numbers([.nan])) == "data.not-codes")
        #expect(code(Column(name: "s", kind: .set, values: .bytes([0]))) == "data.not-codes")
        #expect(code(numbers((0..<256).map { Double($0) })) == "data.too-many-codes")
        #expect(code(numbers((0..<65_001).map { Double($0) }), limit: nil) == "data.too-many-codes")
        #expect(code(text((0..<256).map(String.init), (0..<256).map { UInt32($0) })) == "data.too-many-codes")
        #expect(code(text(["a", "b"], [0, 1]), limit: 1) == "data.too-many-codes")
    }

    @Test func `more than 240 codes take two bytes a row`() throws {
        let codes = try numbers(
            (0..<250).reversed().map { Double($0) } + [0], [UInt8](repeating: 0, count: 250) + [refused]
        ).asCodes()
        guard case .words(let words) = codes.values else { throw Problem.unexpectedStorage }
        #expect(words.first == 249 && words[249] == 0 && words[250] == Column.missingWord | 246)
        #expect(codes.missing(at: 250) == .refused)
    }
}

extension Problem {
    fileprivate static var unexpectedStorage: Problem {
        Problem("test.storage", .defect, what: "not two bytes a row", why: "", fix: "")
    }
}
