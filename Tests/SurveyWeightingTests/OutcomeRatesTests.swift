import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct OutcomeRatesTests {
    /// 90 interviews, 10 partial, 50 refusals, 30 without contact, 20 other, 40 + 20 unknown, 40 not eligible.
    private let rates = OutcomeRates(
        complete: 90, partial: 10, refusal: 50, nonContact: 30, other: 20, unknownHousehold: 40, unknownOther: 20,
        notEligible: 40)

    @Test func `each rate follows its definition`() throws {
        // By hand: N = 200, U = 60, e = 200/240, N + eU = 250.
        let expected: [(String, Double)] = [
            ("RR1", 90.0 / 260), ("RR2", 100.0 / 260), ("RR3", 90.0 / 250), ("RR4", 100.0 / 250), ("RR5", 90.0 / 200),
            ("RR6", 100.0 / 200), ("COOP1", 90.0 / 170), ("COOP2", 100.0 / 170), ("COOP3", 90.0 / 150),
            ("COOP4", 100.0 / 150), ("REF1", 50.0 / 260), ("REF2", 50.0 / 250), ("REF3", 50.0 / 200),
            ("CON1", 170.0 / 260), ("CON2", 170.0 / 250), ("CON3", 170.0 / 200),
        ]
        #expect(rates.all.map(\.name) == expected.map(\.0))
        for (found, wanted) in zip(rates.all, expected) {
            let value = try #require(found.value)
            #expect(isClose(value, wanted.1))
        }
        let (lower, middle, upper) = (try #require(rates.rr1), try #require(rates.rr3), try #require(rates.rr5))
        #expect(lower <= middle && middle <= upper)
    }

    @Test func `codes count as their disposition`() throws {
        let codes: [String] = [
            ("110", 90), ("120", 10), ("212", 50), ("220", 30), ("231", 20), ("310", 40), ("390", 20), ("450", 40),
        ]
        .flatMap { Array(repeating: $0, count: $1) }
        #expect(try OutcomeRates(codes: codes) == rates)
        #expect(try OutcomeRates(codes: ["110", "220"], weights: [2, 6]).rr1 == 0.25)
        let problem = #expect(throws: Problem.self) { try OutcomeRates(codes: ["110", "x", "x"]) }
        #expect(problem?.code == "weighting.unmapped-outcome")
        #expect(problem?.place.rows == [2, 3])
    }

    @Test func `e can be given, and nothing known gives no rate`() {
        var given = rates
        given.eligibleShare = 0.5
        #expect(given.rr3 == 90.0 / 230)
        #expect(OutcomeRates(unknownHousehold: 5).rr3 == nil)
        #expect(OutcomeRates().rr1 == nil)
    }
}
