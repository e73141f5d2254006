import Foundation
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

/// Runs over every estimator of the catalog.
struct EstimatorCatalogTests {
    @Test func `each file of the folder has an entry`() throws {
        let folder = ReferenceFolder.url.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Sources/SurveyEstimation/Estimators")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .map { $0.replacingOccurrences(of: ".swift", with: "").lowercased() }.filter { $0 != "estimator" }
        let names = EstimatorCatalog.all.map(\.statistic.rawValue)
        #expect(Set(files) == Set(names), "add the estimator to EstimatorCatalog.swift")
        #expect(Set(names).count == names.count)
    }

    @Test func `gradients are the derivatives of values`() throws {
        for (statistic, estimator) in EstimatorCatalog.all {
            let totals = [7.25, 3.5, 11.0].prefix(estimator.sums.count).map { $0 }
            let gradient = try estimator.gradient(at: totals)
            #expect(gradient.count == estimator.sums.count)
            for term in gradient.indices {
                let step = 1e-6
                var (up, down) = (totals, totals)
                up[term] += step
                down[term] -= step
                let slope = (try estimator.value(at: up) - estimator.value(at: down)) / (2 * step)
                // Central differences with this step hold about ten digits.
                #expect(isClose(gradient[term], slope, tolerance: 1e-7, scale: 1e-2), "\(statistic) \(term)")
            }
        }
    }

    @Test func `estimators scale with the weights as totals or not at all`() throws {
        for (statistic, estimator) in EstimatorCatalog.all {
            let totals = [7.25, 3.5, 11.0].prefix(estimator.sums.count).map { $0 }
            let value = try estimator.value(at: totals)
            let scaled = try estimator.value(at: totals.map { $0 * 8 })
            #expect(scaled == value * (statistic == .total || statistic == .count ? 8 : 1))
        }
    }

    @Test func `a mean of no answers is refused`() {
        for estimator in [Mean(), Share(of: 0)] as [any Estimator] {
            let problem = #expect(throws: Problem.self) { try estimator.value(at: [0, 0]) }
            #expect(problem?.code == "estimation.empty-domain")
            #expect(throws: Problem.self) { try estimator.gradient(at: [0, 0]) }
        }
        let problem = #expect(throws: Problem.self) { try Ratio().value(at: [0, 1, 1]) }
        #expect(problem?.code == "estimation.zero-denominator")
    }
}
