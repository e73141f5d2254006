@testable import SurveyEstimation
import SurveyData
import SurveyDesign
import SurveyMath
import SurveyTestSupport
import Testing

/// Degrees of freedom of replicates: the rank of their weights, counted or solved.
struct ReplicateFreedomTests {
    private static let methods: [ReplicateMethod] = [
        .jkn, .brr, .fay(0.5), .bootstrap, .half, .cantyDavison, .multistage,
    ]

    /// The rank of the factors of some PSUs by elimination, whatever the method.
    private func solved(_ design: SampleDesign, _ psus: [Int]) throws -> Double {
        let replicates = try #require(design.replicates)
        var columns: [Double] = []
        for replicate in 0..<replicates.count {
            for psu in psus { columns.append(replicates.factors.factor(replicate: replicate, unit: psu)) }
        }
        return Double(MatrixRank.ofColumns(columns, rows: psus.count) - 1)
    }

    @Test(arguments: methods)
    func `the rank is that of the factors, in the whole and in parts`(method: ReplicateMethod) throws {
        let sample = TestSample(seed: 21, strata: 6, perStratum: 4)
        let design = try sample.replicated(
            method, count: method.isRandom ? 120 : nil, seed: method.isRandom ? 5 : nil)
        let parts: [[Int]] = [
            Array(0..<24), Array(0..<4), [0, 1], [0, 4, 8, 12], [0, 1, 2, 3, 4, 9, 10], [5], Array(0..<23),
            [0, 1, 2, 3, 12, 13, 14, 15],
        ]
        for part in parts {
            #expect(design.replicateFreedom(ofPSUs: part) == (try solved(design, part)), "\(method) \(part)")
        }
    }

    @Test func `fewer replicates than PSUs are the degrees of freedom`() throws {
        let sample = TestSample(seed: 22, strata: 4, perStratum: 30)
        let design = try sample.replicated(.bootstrap, count: 40, seed: 1)
        #expect(design.replicateFreedom(ofPSUs: Array(0..<120)) == 39)
    }

    @Test func `reps counts replicates`() throws {
        let sample = TestSample(seed: 23)
        var plan = ReplicatePlan(.made(.bootstrap, count: 200, seed: 1))
        plan.degreesOfFreedom = .count
        let design = try sample.replicated(plan)
        #expect(try Estimation(design: design).rows([sample.mean]).first?.degreesOfFreedom == 199)
    }

    @Test func `by default each row has the rank of its domain`() throws {
        let sample = TestSample(seed: 24, strata: 4, perStratum: 5)
        let design = try sample.replicated(.jkn)
        #expect(try Estimation(design: design).rows([sample.mean]).first?.degreesOfFreedom == 16)
        var options = EstimationOptions()
        let domain = Truth(sample.strata.map { $0 == "s1" })
        #expect(
            try Estimation(design: design, options: options).rows([sample.mean], where: domain).first?
                .degreesOfFreedom == 4)
        options.degreesOfFreedom = .full
        #expect(
            try Estimation(design: design, options: options).rows([sample.mean], where: domain).first?
                .degreesOfFreedom == 16)
    }
}
