import SurveyData
@testable import SurveyDesign
import SurveyTestSupport
import Testing

struct KeyCodesTests {
    @Test func `bytes order keys, not the locale`() {
        let keys = KeyCodes(Column("k", ["б", "a", "Z", "10", "9", "a\u{301}"]), in: .bytes)
        #expect(keys.labels == ["10", "9", "Z", "a", "a\u{301}", "б"])
        #expect(keys.codes == [5, 3, 2, 0, 1, 4])
    }

    @Test func `long keys with one beginning are told apart`() {
        let keys = KeyCodes(Column("k", ["segment-0010", "segment-0009", "segment-", "segment-0009b"]), in: .bytes)
        #expect(keys.labels == ["segment-", "segment-0009", "segment-0009b", "segment-0010"])
    }

    @Test func `numbers in texts order groups by value`() {
        #expect(KeyCodes(Column("k", ["10", "9", "-1", "9.5"]), in: .natural).labels == ["-1", "9", "9.5", "10"])
        #expect(KeyCodes(Column("k", ["10", "9", "x"]), in: .natural).labels == ["10", "9", "x"])
        #expect(KeyCodes(Column("k", ["01", "1"]), in: .natural).labels == ["01", "1"])
    }

    @Test func `answers keep the order of the questionnaire, and only those that occur are keys`() {
        let column = Column(
            name: "q", kind: .answers, dictionary: ["yes", "no", "maybe"], values: .bytes([2, 0, 245, 2, 77]))
        let keys = KeyCodes(column, in: .natural)
        #expect(keys.labels == ["yes", "maybe"])
        // The byte 77 is no answer of this question.
        #expect(keys.codes == [1, 0, 2, 1, 2])
        #expect(keys.rowsWithoutKey == [3, 5])
    }

    @Test func `numbers, items and dates are keys`() {
        #expect(KeyCodes(Column("n", [2.5, -0.0, 0, nil, 10]), in: .natural).labels == ["0", "2.5", "10"])
        #expect(KeyCodes(Column("n", [2.5, -0.0, 0, nil, 10]), in: .bytes).labels == ["0", "10", "2.5"])
        let dates = Column(name: "d", kind: .date, values: .numbers([0, 19_000, -1], kinds: []))
        #expect(KeyCodes(dates, in: .natural).labels == ["1969-12-31", "1970-01-01", "2022-01-08"])
        let item = Column(name: "i", kind: .item, values: .bytes([1, 0, 241]))
        #expect(KeyCodes(item, in: .natural).labels == ["0", "1"])
    }

    @Test func `a sparse crossing equals a tabled one`() {
        var generator = SeededGenerator(seed: 5)
        let first = (0..<500).map { _ in UInt32(generator.below(21)) }
        let second = (0..<500).map { _ in UInt32(generator.below(31)) }
        let tabled = KeyCodes.crossing(first, of: 20, with: second, of: 30)
        let sparse = KeyCodes.crossing(
            first.map { $0 == 20 ? 50_000 : $0 * 2_000 }, of: 50_000,
            with: second.map { $0 == 30 ? 40_000 : $0 * 1_000 },
            of: 40_000)
        #expect(tabled.codes == sparse.codes)
        #expect(tabled.pairs.map { $0.first * 2_000 } == sparse.pairs.map(\.first))
        #expect(tabled.pairs.map { $0.second * 1_000 } == sparse.pairs.map(\.second))
    }
}
