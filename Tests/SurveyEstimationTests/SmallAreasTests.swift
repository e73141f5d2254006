import SurveyData
@testable import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

struct SmallAreasTests {
    private func share(_ name: String?, _ value: Double, error: Double, n: Int, deff: Double = 1) -> Estimate {
        Estimate(
            statistic: .share, variable: "q", answer: "1", by: name.map { [("area", $0)] } ?? [], value: value,
            standardError: error, low: nil, high: nil, intervalMethod: nil, level: 0.95, degreesOfFreedom: 10, n: n,
            nBase: n, psus: 5, sumWeights: Double(n) * 100, effectiveN: nil, designEffect: deff, designEffectKind: "wr",
            flags: [])
    }

    private let names = ["a", "b", "c", "d", "e"]
    private let values = [0.2, 0.35, 0.28, 0.5, 0.1]

    private func areas(extra: [SmallAreas.Area] = []) -> [SmallAreas.Area] {
        names.map { SmallAreas.Area(name: $0, covariates: [1], population: nil) } + extra
    }

    private func found(
        smoothing: SmallAreas.Smoothing = .none, benchmark: SmallAreas.Benchmark = .none,
        extra: [SmallAreas.Area] = []
    ) throws -> SmallAreas {
        try SmallAreas(
            direct: zip(names, values).map { share($0, $1, error: 0.03, n: 100) },
            whole: share(nil, 0.286, error: 0.02, n: 500), areas: areas(extra: extra), method: .reml,
            smoothing: smoothing, benchmark: benchmark)
    }

    @Test func `areas of equal variance are drawn equally far to their mean`() throws {
        // With one D and an intercept alone REML is the moment equation: A = s² − D, here 0.02303 − 0.0009 = 0.02213.
        let areas = try found()
        let mean = values.reduce(0, +) / 5
        let spread = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 4
        #expect(isClose(areas.fit.variance, spread - 0.0009))
        let shrinkage = (spread - 0.0009) / spread
        for (row, value) in zip(areas.rows, values) {
            #expect(isClose(row.value, mean + shrinkage * (value - mean)))
        }
    }

    @Test(arguments: [SmallAreas.Benchmark.ratio, .difference])
    func `benchmarked areas add up to the whole`(benchmark: SmallAreas.Benchmark) throws {
        let areas = try found(benchmark: benchmark)
        // All areas have the same population, so their plain mean is the whole.
        #expect(isClose(areas.rows.map(\.value).reduce(0, +) / 5, 0.286))
        #expect(areas.rows.contains { $0.value != $0.model.value })
    }

    @Test func `an area without a sample gets the synthetic estimate and the error of the model`() throws {
        let areas = try found(extra: [SmallAreas.Area(name: "z", covariates: [1], population: 1000)])
        let row = try #require(areas.rows.last)
        #expect(row.direct == nil && row.variance == nil && row.model.shrinkage == 0)
        #expect(isClose(row.value, areas.fit.coefficients[0]))
        #expect(isClose(row.model.meanSquaredError, areas.fit.variance + areas.fit.covariance[0]))
    }

    @Test func `smoothed variances follow the pooled design effect and the synthetic share`() throws {
        let areas = try found(smoothing: .designEffect)
        #expect(areas.pooledDesignEffect == 1)
        // An intercept alone gives every area one synthetic share, so one D.
        let variances = areas.rows.compactMap(\.variance)
        #expect(Set(variances).count == 1)
        let share = try #require(areas.rows.first).model.synthetic
        // Two passes: the last D is of the synthetic share one pass earlier, which equal variances do not move.
        #expect(isClose(variances[0], share * (1 - share) / 100))
    }

    @Test func `a share of 0 in an area enters with a smoothed variance, never with none`() throws {
        var direct = zip(names, values).map { share($0, $1, error: 0.03, n: 100) }
        direct[4] = share("e", 0, error: 0, n: 100)
        let whole = share(nil, 0.27, error: 0.02, n: 500)
        let smoothed = try SmallAreas(
            direct: direct, whole: whole, areas: areas(), method: .reml, smoothing: .designEffect, benchmark: .none)
        #expect(try #require(smoothed.rows[4].variance) > 0)
        let plain = try SmallAreas(
            direct: direct, whole: whole, areas: areas(), method: .reml, smoothing: .none, benchmark: .none)
        #expect(plain.rows[4].variance == nil)
    }

    @Test func `an area of the sample without covariates is refused`() throws {
        let problem = #expect(throws: Problem.self) {
            _ = try SmallAreas(
                direct: [share("x", 0.2, error: 0.03, n: 100)], whole: share(nil, 0.2, error: 0.02, n: 100),
                areas: areas(), method: .reml, smoothing: .none, benchmark: .none)
        }
        #expect(problem?.code == "estimation.area-without-covariates")
    }

    @Test func `too few areas, covariates that repeat one another and variances of 0 are refused`() throws {
        func code(_ areas: [FayHerriot.Area]) -> String? {
            do { _ = try FayHerriot(areas) } catch { return error.code }
            return nil
        }
        func area(_ value: Double, _ variance: Double, _ x: [Double]) -> FayHerriot.Area {
            FayHerriot.Area(name: "\(value)", direct: (value, variance), covariates: x)
        }
        #expect(code([area(1, 1, [1]), area(2, 1, [1])]) == "estimation.few-areas")
        #expect(code((0..<5).map { area(Double($0), 1, [1, 2]) }) == "estimation.areas-dependent")
        #expect(code((0..<5).map { area(Double($0), $0 == 3 ? 0 : 1, [1]) }) == "estimation.area-variance")
        #expect(code((0..<5).map { area(Double($0), 1, [1, $0 == 2 ? .nan : 1]) }) == "estimation.area-covariate")
    }

    @Test func `areas that differ no more than chance get their synthetic estimates`() throws {
        let areas = try SmallAreas(
            direct: zip(names, [0.28, 0.285, 0.29, 0.286, 0.284]).map { share($0, $1, error: 0.05, n: 100) },
            whole: share(nil, 0.286, error: 0.02, n: 500), areas: areas(), method: .reml, smoothing: .none,
            benchmark: .none)
        #expect(areas.fit.variance == 0)
        #expect(areas.rows.allSatisfy { $0.model.shrinkage == 0 })
    }
}
