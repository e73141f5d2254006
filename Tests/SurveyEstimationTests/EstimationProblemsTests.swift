import SurveyData
@testable import SurveyEstimation
import SurveyDesign
import SurveyProblems
import Testing
import SurveyTestSupport

/// The words of each problem of this room, as a user sees them.
struct EstimationProblemsTests {
    static let all = [
        ProblemWords(
            problem: .emptyDomain(), code: "estimation.empty-domain", what: "No row is left to compute from",
            why: "the weights of the base must sum to more than 0; the domain has no such row",
            fix: "widen --where or the base, or check the answers", exit: 4),
        ProblemWords(
            problem: .zeroDenominator(), code: "estimation.zero-denominator", what: "The denominator of a ratio is 0",
            why: "a ratio needs a denominator whose weighted total is not 0; found 0",
            fix: "check the denominator, or widen the domain", exit: 4),
        ProblemWords(
            problem: .tooManyGroups("id", count: 100_001), code: "estimation.too-many-groups",
            what: "\"id\" has too many categories", why: "a breakdown or share may have at most 100000; found 100001",
            fix: "name a variable with fewer categories, or group its values", exit: 2),
        ProblemWords(
            problem: .notASet("income"), code: "estimation.not-a-set",
            what: "\"income\" is not a multiple-response set",
            why: "a set and its items are columns of 0 and 1; found other values",
            fix: "name the set, not a single variable", exit: 2),
        ProblemWords(
            problem: .lonelyPSU(strata: ["7", "9"], columns: ["region"]), code: "estimation.lonely-psu",
            what: "2 strata have a single PSU", why: "a variance needs at least 2 PSUs in a stratum; found 1 in 7, 9",
            fix: "choose a rule with --lonely-psu certainty, average, adjust or adjust-zero, or merge the strata",
            exit: 4),
        ProblemWords(
            problem: .singlePSU(), code: "estimation.single-psu", what: "The sample has a single PSU",
            why: "a variance needs at least 2 PSUs; found 1",
            fix: "name other PSUs with --psu, or choose a rule with --lonely-psu", exit: 4),
        ProblemWords(
            problem: .missingAnswers("q01", rows: [3, 5]), code: "estimation.missing-answers",
            what: "\"q01\" has no answer in 2 rows", why: "--missing error allows no row of the base without an answer",
            fix: "use --missing domain, or fill in the rows", exit: 4),
        ProblemWords(
            problem: .wrongOption("--level", value: 95), code: "estimation.wrong-option", what: "--level cannot be 95",
            why: "a level lies between 0 and 1, degrees of freedom are above 0; found 95",
            fix: "write for example --level 0.95 or --df design", exit: 2),
        ProblemWords(
            problem: .missingCategory("region", rows: 12), code: "estimation.missing-category",
            what: "\"region\" has no category in 12 rows", why: "these rows are in the whole and in no group",
            fix: "compare the groups with the whole with care", exit: 1),
        ProblemWords(
            problem: .covarianceTooLarge(rows: 9000, psus: 20_000), code: "estimation.covariance-too-large",
            what: "The covariance matrix of 9000 rows is too large",
            why: "rows × PSUs may be at most 67108864; found 9000 × 20000",
            fix: "ask for fewer variables or breakdowns with --covariance", exit: 2),
    ]

    @Test(arguments: all)
    func `a problem says what, why and how to fix it`(words: ProblemWords) {
        #expect(words.differences == [])
    }

    @Test(arguments: all)
    func `a problem has Russian and Kazakh words with the same values`(words: ProblemWords) {
        #expect(words.problem.translationFaults == [])
    }

    @Test func `levels and degrees of freedom outside their range are refused`() throws {
        let sample = TestSample(seed: 1)
        for level in [0, 1, 95, -0.5, .nan] {
            var options = EstimationOptions()
            options.level = level
            let problem = #expect(throws: Problem.self) {
                try Estimation(design: sample.design(), options: options).rows([sample.mean])
            }
            #expect(problem?.code == "estimation.wrong-option")
        }
        for number in [0, -3, Double.nan] {
            var options = EstimationOptions()
            options.degreesOfFreedom = .number(number)
            let problem = #expect(throws: Problem.self) {
                try Estimation(design: sample.design(), options: options).rows([sample.mean])
            }
            #expect(problem?.code == "estimation.wrong-option")
        }
    }

    @Test func `texts have no mean and identifiers are no breakdown`() throws {
        let sample = TestSample(seed: 1)
        let text = Measure(
            statistic: .mean, variable: "stratum", content: .mean(Column(name: "stratum", texts: sample.strata)))
        let problem = #expect(throws: Problem.self) { try Estimation(design: sample.design()).rows([text]) }
        #expect(problem?.code == "data.not-numbers")
        let set = Measure(
            statistic: .share, variable: "y",
            content: .items(set: sample.yColumn, items: [sample.yColumn], codes: ["1"]))
        let other = #expect(throws: Problem.self) { try Estimation(design: sample.design()).rows([set]) }
        #expect(other?.code == "estimation.not-a-set")
        let ids = (0..<100_001).map(Double.init)
        let large = try SampleDesign(
            DesignSpecification(), table: Table(rowCount: ids.count, columns: [Column(name: "id", numbers: ids)]))
        let many = #expect(throws: Problem.self) {
            try Estimation(design: large).rows(
                [Measure(statistic: .count, variable: "n", content: .rows)],
                by: [Breakdown(by: [Column(name: "id", numbers: ids)])])
        }
        #expect(many?.code == "estimation.too-many-groups")
    }
}
