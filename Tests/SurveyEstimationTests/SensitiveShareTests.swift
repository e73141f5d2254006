import SurveyData
import SurveyDesign
@testable import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

/// Methods that the reference collection lacks; Tests/Reference/sensitive-more.R (R 4.2.2, survey 4.1-1, 2026-11-21).
struct SensitiveShareTests {
    private let data: ReferenceData
    private let sample: SampleDesign
    private let expected: JSONTree

    init() throws {
        data = try ReferenceData("apiclus1_sensitive", file: "data/apiclus1_sensitive.csv")
        sample = try SampleDesign(
            DesignSpecification(psu: ["dnum"], fpc: "fpc", weight: "pw"), table: data.table)
        expected = try ReferenceFolder.json("sensitive-more.json")
    }

    /// The invented answers of the script, by row in use: `number` is the row from 1.
    private func answers(_ value: (_ number: Int, _ arm: Int) -> Double?) -> [Double] {
        sample.rows.map { row in
            let number = Int(row) + 1
            return value(number, number % 2 == 0 ? 2 : 1) ?? .nan
        }
    }

    private func first(_ number: Int, _ arm: Int) -> Double {
        Double((number * 7) % 4 + (arm == 1 && number % 3 == 0 ? 1 : 0))
    }

    private func second(_ number: Int, _ arm: Int) -> Double {
        Double((number * 5) % 4 + (arm == 2 && number % 3 == 0 ? 1 : 0))
    }

    private func compare(_ method: SensitiveMethod, _ answers: [[Double]], _ id: String) throws {
        let share = SensitiveShare(method, answers: answers)
        let found = try Estimation(design: sample).inference(of: share)
        let row = try #require(expected["rows"].array.first { $0["id"].string == id })
        #expect(isClose(found.values[0], try #require(row["estimate"].double)))
        #expect(isClose(try #require(found.covariance[0, 0]).squareRoot(), try #require(row["se"].double)))
    }

    @Test(arguments: ["double", "optimal"])
    func `two lists have the error of a contrast of four means`(id: String) throws {
        let answers = [
            answers { $1 == 1 ? first($0, 1) : nil }, answers { $1 == 2 ? first($0, 2) : nil },
            answers { $1 == 2 ? second($0, 2) : nil }, answers { $1 == 1 ? second($0, 1) : nil },
        ]
        let weight = id == "double" ? 0.5 : try #require(expected["share"].double)
        try compare(.doubleList(first: weight), answers, id)
    }

    @Test func `an anchored crosswise share has the error of the delta method`() throws {
        let answers = [
            answers { number, _ in (number * 11) % 9 < 6 ? 1 : 0 },
            answers { number, _ in (number * 13) % 10 < 7 ? 1 : 0 },
        ]
        try compare(.anchoredCrosswise(prevalence: 0.3, anchor: 0.2), answers, "anchored")
    }

    @Test func `a triangular share is a line of the share that is seen`() throws {
        try compare(
            .triangular(prevalence: 0.25), [answers { number, _ in (number * 11) % 9 < 6 ? 1 : 0 }], "triangular")
    }

    @Test func `the optimal weight of two lists is that of the smallest variance`() throws {
        let answers = [
            answers { $1 == 1 ? first($0, 1) : nil }, answers { $1 == 2 ? first($0, 2) : nil },
            answers { $1 == 2 ? second($0, 2) : nil }, answers { $1 == 1 ? second($0, 1) : nil },
        ]
        let weight = try Estimation(design: sample).optimalFirstList(answers)
        #expect(isClose(weight, try #require(expected["share"].double)))
    }

    @Test func `lots add to the variance what a census of people would hide`() throws {
        // Two people of a census of two, with answers 1 and 0 by Warner's method at p = 0.75: r is 1.5 and -0.5, so
        // r(r - 1) is 0.75 twice, and the sum over W² = 4 is 0.375.
        let share = SensitiveShare(.warner(probability: 0.75), answers: [[1, 0]])
        let variance = try #require(share.randomisationVariance(weights: [1, 1], fractions: [1, 1]))
        #expect(isClose(variance, 0.375))
    }

    @Test(arguments: [
        SensitiveMethod.warner(probability: 0.5), .warner(probability: 1), .crosswise(prevalence: .nan),
        .forced(yes: 0.5, truth: 0.6), .forced(yes: -0.1, truth: 0.5), .unrelated(probability: 0, prevalence: 0.2),
        .unrelated(probability: 0.5, prevalence: 1.2), .triangular(prevalence: 1),
        .anchoredCrosswise(prevalence: 0.3, anchor: 0.5),
    ])
    func `a parameter that hides everything is refused`(method: SensitiveMethod) {
        let problem = #expect(throws: Problem.self) { try method.check() }
        #expect(problem?.code == "estimation.sensitive-parameter")
    }

    @Test func `a list without a control group is refused`() throws {
        let share = SensitiveShare(
            .list, answers: [answers { number, _ in Double(number % 3) }, answers { _, _ in nil }])
        let problem = #expect(throws: Problem.self) { _ = try Estimation(design: sample).inference(of: share) }
        #expect(problem?.code == "estimation.sensitive-group")
    }

    @Test func `an anchor that nobody followed is refused`() throws {
        let answers = [
            answers { number, _ in Double(number % 2) }, answers { number, _ in number % 10 == 0 ? 1 : 0 },
        ]
        let share = SensitiveShare(.anchoredCrosswise(prevalence: 0.3, anchor: 0.2), answers: answers)
        let problem = #expect(throws: Problem.self) { _ = try Estimation(design: sample).inference(of: share) }
        #expect(problem?.code == "estimation.sensitive-attention")
    }

    @Test func `a list in which the sensitive item lowers counts fails the test of Blair and Imai`() throws {
        // Treated people report fewer items than the others: F1(0) - nothing, and F0(0) - F1(0) is far below 0.
        let treatment = answers { $1 == 1 ? 0 : nil }
        let control = answers { number, arm in arm == 2 ? Double(number % 3 + 1) : nil }
        let test = try ListExperimentTest(
            treatment: treatment, control: control, items: 3, estimation: Estimation(design: sample))
        #expect(test.shares.count == 6)
        let lowest = try #require(test.shares.first { $0.hasSensitive && $0.items == 0 })
        #expect(lowest.value == -1)
        #expect(test.floorTreatment == 1)
        #expect(test.floorControl == 0)
    }

    @Test func `a list answered as it should be passes, and its types of people with floor and ceiling add up to 1`()
        throws
    {
        let treatment = answers { number, arm in arm == 1 ? Double((number / 2) % 3 + (number % 3 == 0 ? 1 : 0)) : nil }
        let control = answers { number, arm in arm == 2 ? Double((number / 2) % 3) : nil }
        let test = try ListExperimentTest(
            treatment: treatment, control: control, items: 3, estimation: Estimation(design: sample))
        #expect(isClose(test.shares.map(\.value).reduce(test.floorTreatment + test.ceilingTreatment, +), 1))
        #expect(try #require(test.p) > 0.05)
        let problem = #expect(throws: Problem.self) {
            _ = try ListExperimentTest(
                treatment: treatment, control: control, items: 0, estimation: Estimation(design: sample))
        }
        #expect(problem?.code == "estimation.list-items")
    }
}
