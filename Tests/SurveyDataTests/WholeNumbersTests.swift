import SurveySchema
import SurveyTestSupport
import Testing

@testable import SurveyData

struct WholeNumbersTests {
    @Test func `entries follow the numbers that occur, in ascending order`() throws {
        let whole = try #require(WholeNumbers([7, -2, 7, 3], kinds: []))
        #expect(whole.distinct == [-2, 3, 7])
        #expect(whole.mapped([10, 11, 12], missing: 99) == [12, 10, 12, 11])
    }

    @Test func `a row without a number takes the entry for missing ones, whatever number lies behind it`() throws {
        let refused = MissingKind.refused.rawValue
        let whole = try #require(WholeNumbers([1, .nan, 2, 1e300], kinds: [0, refused, 0, refused]))
        #expect(whole.distinct == [1, 2])
        #expect(whole.mapped([0, 1], missing: 9) == [0, 9, 1, 9])
    }

    @Test(arguments: [[1, 2.5], [0, 5e6], [1e16, 1e16 + 2], [.infinity], [.nan, 1], [], [-1e300, 1e300]])
    func `fractions, wide ranges, huge and impossible numbers are left to the hash table`(values: [Double]) {
        #expect(WholeNumbers(values, kinds: []) == nil)
    }

    @Test func `minus zero is zero`() throws {
        let whole = try #require(WholeNumbers([-0.0, 0, 1], kinds: []))
        #expect(whole.distinct == [0, 1])
        #expect(whole.mapped([5, 6], missing: 0) == [5, 5, 6])
    }

    @Test func `codes from the table equal codes from the hash table`() throws {
        var random = SeededGenerator(seed: 11)
        let values = (0..<5_000).map { _ in Double(random.below(200)) - 100 }
        let column = Column(name: "q", kind: .number, values: .numbers(values, kinds: []))
        // One far number makes the range too wide for a table.
        let wide = Column(name: "q", kind: .number, values: .numbers(values + [9e6], kinds: []))
        let (codes, others) = (try column.asCodes(), try wide.asCodes())
        #expect(others.dictionary == codes.dictionary + ["9000000"])
        guard case .bytes(let left) = codes.values, case .bytes(let right) = others.values else {
            Issue.record("one byte a row was expected")
            return
        }
        #expect(left == Array(right.dropLast()))
    }
}
