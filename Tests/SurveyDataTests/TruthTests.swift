import SurveyData
import Testing

struct TruthTests {
    private let left = Truth(values: [0, 0, 0, 1, 1, 1, 2, 2, 2])
    private let right = Truth(values: [0, 1, 2, 0, 1, 2, 0, 1, 2])

    @Test func `and, or and not follow Kleene's tables`() {
        #expect(left.and(right).shown == "nnnny?n??")
        #expect(left.or(right).shown == "ny?yyy?y?")
        #expect(left.not.shown == "yyynnn???")
    }

    @Test func `De Morgan's laws hold for all pairs`() {
        #expect(left.and(right).not == left.not.or(right.not))
        #expect(left.or(right).not == left.not.and(right.not))
    }

    @Test func `no rows give no rows`() {
        #expect(Truth(values: []).and(Truth(values: [])).rowCount == 0)
        #expect(Truth(values: []).not.values.isEmpty)
    }
}
