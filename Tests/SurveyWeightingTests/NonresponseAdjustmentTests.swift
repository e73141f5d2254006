import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct NonresponseAdjustmentTests {
    private func adjusted(
        _ cells: [String], _ outcomes: [String], _ weights: [Double], classes: OutcomeMap = .aapor,
        rate: NonresponseAdjustment.Rate = .weighted
    ) throws -> Checked<NonresponseAdjustment.Result> {
        let step = NonresponseAdjustment(cells: ["c"], outcome: "o", classes: classes, rate: rate)
        return step.adjusted(
            weights,
            variables: [try WeightingVariable(Column("c", cells)), try WeightingVariable(Column("o", outcomes))])
    }

    @Test func `unknown eligibility comes first, then non-response, and ineligible cases keep their weight`() throws {
        // Weights 1 2 3 4 of one cell: Σ all = 10, known 6, so × 10/6; eligible 3 of which the respondent has 1, so × 3.
        let found = try adjusted(["a", "a", "a", "a"], ["110", "210", "410", "310"], [1, 2, 3, 4])
        let weights = try #require(found.value).weights
        let expected: [Double] = [5, 0, 5, 0]
        #expect(zip(weights, expected).allSatisfy { isClose($0, $1) })
        #expect(isClose(weights.reduce(0, +), 10))
        #expect(found.problems.map(\.code) == ["weighting.weak-adjustment"])
        #expect(found.problems.first?.severity == .caution)
    }

    @Test func `the unweighted rate counts cases`() throws {
        let found = try adjusted(["a", "a", "a"], ["110", "210", "120"], [1, 5, 3], rate: .unweighted)
        #expect(try #require(found.value).weights == [1.5, 0, 4.5])
    }

    @Test func `a cell without a respondent is refused with a cell to collapse it with`() throws {
        let found = try adjusted(["1", "1", "2", "3", "3"], ["110", "210", "220", "110", "110"], [1, 1, 1, 1, 1])
        let problem = try #require(found.problems.first { $0.severity == .error })
        #expect(problem.code == "weighting.empty-cell")
        #expect(problem.fix.values == ["2", "1"])
        #expect(found.value == nil)
        let mended = try adjusted(["1", "1", "1", "3", "3"], ["110", "210", "220", "110", "110"], [1, 1, 1, 1, 1])
        #expect(mended.value != nil)
    }

    @Test func `codes without a class are told with their rows, all of them`() throws {
        let found = try adjusted(["1", "1", "1", "1", "1"], ["110", "999", "", "2.1", "999"], [1, 1, 1, 1, 1])
        #expect(found.problems.map(\.code) == Array(repeating: "weighting.unmapped-outcome", count: 3))
        #expect(found.problems.first { $0.what.values[0] == "999" }?.place.rows == [2, 5])
        #expect(found.value == nil)
    }

    @Test func `issued cases need a cell, rows of weight 0 need nothing`() throws {
        let found = try adjusted(["1", "", "1"], ["110", "110", ""], [1, 1, 0])
        #expect(found.problems.map(\.code) == ["weighting.no-cell"])
        #expect(found.problems.first?.place.rows == [2])
    }

    @Test func `a cell of ineligible cases alone stands as it is`() throws {
        let found = try adjusted(["1", "2"], ["110", "410"], [2, 3])
        #expect(try #require(found.value).weights == [2, 3])
    }

    @Test func `status codes of the command line`() throws {
        let found = try adjusted(["1", "1", "1", "1"], ["1", "2", "3", "4"], [1, 2, 3, 4], classes: .status)
        #expect(isClose(try #require(found.value).weights[0], 5))
    }
}
