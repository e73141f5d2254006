@testable import SurveyDesign
import SurveyData
import SurveyProblems
import Testing
import SurveyTestSupport

/// The words of each problem of this room, as a user sees them.
struct DesignProblemsTests {
    static let all = [
        ProblemWords(
            problem: .rowCount(0), code: "design.row-count", what: "The table has 0 rows",
            why: "a sample has at least 1 row and at most 4294967294", fix: "check the input", exit: 3),
        ProblemWords(
            problem: .missingKey(column: "psu", rows: [4, 9]), code: "design.missing-key",
            what: "Column \"psu\" of the design is empty in 2 rows",
            why: "each row needs a stratum and a PSU; found none",
            fix: "fill in the rows, or take them out of the file", exit: 3),
        ProblemWords(
            problem: .psuInTwoStrata(column: "psu", labels: (1...12).map(String.init)),
            code: "design.psu-in-two-strata",
            what: "12 PSUs stand in more than one stratum",
            why: "a PSU belongs to one stratum; found in several: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, … +2",
            fix: "add --nest if PSU labels are only unique inside strata; otherwise correct the strata", exit: 4),
        ProblemWords(
            problem: .missingWeight(column: "w", rows: [7]), code: "design.missing-weight",
            what: "Weight is missing in 1 rows",
            why: "each row needs a number as its weight; a missing one is not 0",
            fix: "fill in the weights, or take the rows out of the file", exit: 3),
        ProblemWords(
            problem: .negativeWeight(column: "w", rows: [7]), code: "design.negative-weight",
            what: "Weight is negative in 1 rows", why: "shares can leave 0…1 when weights are below 0",
            fix: "calibrate with bounds, or name another column with --weight", exit: 1),
        ProblemWords(
            problem: .noWeight(), code: "design.no-weight", what: "Every row has weight 1",
            why: "neither a weight nor population sizes were named", fix: "name the column of the weight with --weight",
            exit: 1),
        ProblemWords(
            problem: .wrongPopulation(column: "N", rows: [1, 2]), code: "design.wrong-population",
            what: "Population size is missing or not positive in 2 rows",
            why: "an fpc is a count of PSUs above 1, or a sampling fraction up to 1",
            fix: "correct the rows, or leave out --fpc",
            exit: 3),
        ProblemWords(
            problem: .populationVaries(column: "N", stratum: "a", row: 5, first: 20, second: 21),
            code: "design.population-varies", what: "Population size changes inside stratum \"a\"",
            why: "a stratum has one size; found 20 and 21", fix: "correct the column, or name the right one with --fpc",
            exit: 3),
        ProblemWords(
            problem: .populationTooSmall(column: "N", stratum: "a", population: 3, sample: 4),
            code: "design.population-too-small", what: "Stratum \"a\" has more PSUs than its population",
            why: "the population must hold the sample; found 3 against 4",
            fix: "correct the sizes, or name the right column with --fpc", exit: 3),
    ]

    @Test(arguments: all)
    func `a problem says what, why and how to fix it`(words: ProblemWords) {
        #expect(words.differences == [])
    }

    @Test(arguments: all)
    func `a problem has Russian and Kazakh words with the same values`(words: ProblemWords) {
        #expect(words.problem.translationFaults == [])
    }
}
