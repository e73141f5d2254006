import SurveyMath
import Testing

struct CompensatedSumTests {
    @Test func `a small term survives between large ones`() {
        #expect(CompensatedSum.of([1e16, 1, -1e16]) == 1)
        #expect(CompensatedSum.of([1, 1e100, 1, -1e100]) == 2)
    }

    @Test func `a tenth added a million times is a hundred thousand`() {
        #expect(CompensatedSum.of([Double](repeating: 0.1, count: 1_000_000)) == 100_000)
    }

    @Test func `the sum of nothing is 0`() {
        #expect(CompensatedSum.of([]) == 0)
        #expect(CompensatedSum(2.5).value == 2.5)
    }
}
