@testable import SurveyEstimation
import SurveyProblems
import Testing
import SurveyTestSupport

/// The words of the problems of changes and of variances after calibration, as a user sees them.
struct ChangeProblemsTests {
    static let all = [
        ProblemWords(
            problem: .influencesTooLarge(rows: 9000, psus: 20_000), code: "estimation.influences-too-large",
            what: "9000 estimates are too many to compare",
            why: "rows × PSUs may be at most 67108864; found 9000 × 20000",
            fix: "ask for fewer variables or breakdowns at once", exit: 2),
        ProblemWords(
            problem: .noPSULabels(), code: "estimation.no-psu-labels", what: "The samples cannot be matched",
            why: "shared PSUs are found by their labels; a sample without PSU columns has none",
            fix: "name the PSUs with --psu, or compare the samples as independent", exit: 2),
        ProblemWords(
            problem: .satterthwaiteOverlap(.exact), code: "estimation.satterthwaite-overlap",
            what: "--df satterthwaite goes with independent samples only",
            why: "the rule takes two variances without covariance; found --overlap exact",
            fix: "drop --df, or compare the samples as independent", exit: 2),
        ProblemWords(
            problem: .wrongPrecision(-1), code: "estimation.wrong-precision", what: "--precision cannot be -1",
            why: "a precision is above 0; found -1",
            fix: "write for example --precision 0.05 for 5 percentage points", exit: 2),
        ProblemWords(
            problem: .tooManyCategories(5000), code: "estimation.too-many-categories",
            what: "The margins of the raking have too many categories",
            why: "the variance after raking takes at most 3000; found 5000",
            fix: "join small categories of the targets, or take the weights as fixed with --record ignore", exit: 2),
        ProblemWords(
            problem: .listwiseCalibrated(), code: "estimation.listwise-calibrated",
            what: "--missing listwise does not go with the record of a calibration",
            why: "weights were fitted to totals with the rows that listwise deletes",
            fix: "use --missing domain, or take the weights as fixed with --record ignore", exit: 2),
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
