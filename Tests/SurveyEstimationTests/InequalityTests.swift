import SurveyData
import SurveyDesign
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyEstimation

struct InequalityTests {
    private static func statistic(_ name: String, _ y: Column, _ x: Column) -> any GroupStatistic {
        switch name {
        case "standard-deviation": StandardDeviation(of: y)
        case "correlation": Correlation(of: y, and: x)
        case "gini": Gini(of: x)
        default: PovertyRate(of: x)
        }
    }

    /// Tests/Reference/inequality.R, R 4.2.2, survey 4.1-1, 2026-11-21.
    @Test func `estimates and errors equal R`() throws {
        let cases = try ReferenceFolder.json("inequality.json")["cases"].array
            .filter { $0["kind"].string == "estimate" }
        #expect(cases.count == 32)
        for dataset in ["apistrat", "apiclus1"] {
            let data = try ReferenceData(dataset, file: "data/\(dataset).csv", folder: ReferenceFolder.url)
            let isStrat = dataset == "apistrat"
            let design = try SampleDesign(
                DesignSpecification(
                    strata: isStrat ? ["stype"] : [], psu: isStrat ? [] : ["dnum"], fpc: "fpc", weight: "pw"),
                table: data.table)
            let (y, x) = (try data.table.column("api00"), try data.table.column("enroll"))
            for entry in cases where entry["dataset"].string == dataset {
                let name = try #require(entry["statistic"].string)
                let group = entry["group"].string ?? ""
                let kind = try #require(StatisticKind(rawValue: name))
                let rows = try Estimation(design: design).rows(
                    [Measure(kind, of: name, InequalityTests.statistic(name, y, x))],
                    by: [group.isEmpty ? Breakdown() : Breakdown(by: [try data.table.column("stype")])])
                let row = try #require(rows.first { $0.by.first?.category ?? "" == group })
                var compare = Comparison(tolerance: 1e-9)
                compare(row.value, entry["estimate"], "estimate")
                // The derivatives of the Gini index are numerical in R: eight digits.
                var error = Comparison(tolerance: name == "gini" ? 1e-7 : 1e-9)
                error(row.standardError, entry["se"], "se")
                #expect((compare.mismatches + error.mismatches).isEmpty, "\(entry)")
            }
        }
    }

    /// Leaves one PSU out at a time, with zero weights.
    private func jackknife(_ statistic: StatisticOfGroup, _ design: SampleDesign) throws -> Double {
        var variance = 0.0
        let whole = try statistic.values(weights: design.weights)[0]
        for stratum in design.strata {
            let n = Double(stratum.psuCount)
            for psu in stratum.psus {
                var weights = design.weights
                for other in stratum.psus {
                    for row in design.psuStarts[other]..<design.psuStarts[other + 1] {
                        weights[row] *= other == psu ? 0 : n / (n - 1)
                    }
                }
                let difference = try statistic.values(weights: weights)[0] - whole
                variance += (n - 1) / n * difference * difference
            }
        }
        return variance.squareRoot()
    }

    @Test(arguments: ["standard-deviation", "correlation", "gini"])
    func `linearised errors agree with the jackknife`(name: String) throws {
        let sample = TestSample(seed: 77, strata: 6, perStratum: 30)
        let design = try sample.design()
        let positions = design.rows.indices.filter {
            sample.y[Int(design.rows[$0])] != nil && sample.x[Int(design.rows[$0])] != nil
        }
        let own = InequalityTests.statistic(name, sample.yColumn, sample.xColumn)
        let numbers = own.columns.map { column in
            positions.map { (column.name == "y" ? sample.y : sample.x)[Int(design.rows[$0])] ?? .nan }
        }
        let statistic = StatisticOfGroup(
            try own.prepared(numbers), positions: positions, rowCount: design.rows.count)
        let inference = try Estimation(design: design).inference(of: statistic)
        let error = try #require(inference.covariance[0, 0]?.squareRoot())
        // Both are right to the first order; 180 PSUs leave a difference of a few percent.
        #expect(isClose(try jackknife(statistic, design), error, tolerance: 0.05))
        // The way of all estimates, by tallied influences, gives the same.
        let both = Truth(sample.y.indices.map { sample.y[$0] != nil && sample.x[$0] != nil })
        let row = try #require(
            try Estimation(design: design).rows([Measure(.gini, of: name, own, base: both)]).first)
        #expect(isClose(row.standardError ?? .nan, error, tolerance: 1e-9))
        #expect(isClose(row.value ?? .nan, inference.values[0], tolerance: 1e-12))
    }

    /// The poverty rate is no smooth function, so the jackknife does not know its error; samples drawn again do.
    @Test func `the error of a poverty rate is that of samples drawn again`() throws {
        var generator = SeededGenerator(seed: 5)
        var rates: [Double] = []
        var errors: [Double] = []
        for _ in 0..<300 {
            // Uniform amounts squared: a skewed distribution, median 0.25, rate 0.387 below 0.15.
            let y = (0..<400).map { _ in
                let root = generator.uniform()
                return root * root
            }
            let sample = TestSample(
                strata: y.map { _ in "a" }, psus: y.indices.map { "\($0)" }, weights: y.map { _ in 1 }, y: y)
            let row = try #require(
                try Estimation(design: try sample.design()).rows([
                    Measure(.poverty, of: "y", PovertyRate(of: sample.yColumn))
                ]).first)
            rates.append(row.value ?? .nan)
            errors.append(row.standardError ?? .nan)
        }
        let mean = rates.reduce(0, +) / 300
        let spread = (rates.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 299).squareRoot()
        let error = errors.reduce(0, +) / 300
        #expect(isClose(mean, 0.15.squareRoot(), tolerance: 0.01))
        // 300 samples know a standard deviation to 4 %; three times that, and what the kernel smooths.
        #expect(isClose(error, spread, tolerance: 0.15), "\(error) \(spread)")
    }

    @Test func `equal shares have no inequality, one owner has nearly all`() throws {
        let equal = try Gini(of: Column(name: "y", numbers: [2, 2, 2])).prepared([[2, 2, 2]])
        #expect(isClose(try equal.values(weights: [1, 5, 2])[0], 0, tolerance: 0, scale: 1e-15))
        let one = try Gini(of: Column(name: "y", numbers: [0, 0, 0, 8])).prepared([[0, 0, 0, 8]])
        #expect(try one.values(weights: [1, 1, 1, 1]) == [0.75])
        let order = try Gini(of: Column(name: "y", numbers: [1])).prepared([[3, 1, 3, 2]])
        let other = try Gini(of: Column(name: "y", numbers: [1])).prepared([[3, 2, 3, 1]])
        #expect(try order.values(weights: [1, 2, 5, 3]) == other.values(weights: [5, 3, 1, 2]))
    }

    @Test func `negative amounts and a line of 0 are refused`() throws {
        var sample = TestSample(seed: 3)
        sample.y[4] = -1
        let estimation = Estimation(design: try sample.design())
        for statistic in [Gini(of: sample.yColumn), PovertyRate(of: sample.yColumn)] as [any GroupStatistic] {
            let problem = #expect(throws: Problem.self) {
                try estimation.rows([Measure(.gini, of: "y", statistic)])
            }
            #expect(problem?.code == "estimation.negative-amount")
        }
        for fraction in [0, -1, .nan, .infinity] {
            let problem = #expect(throws: Problem.self) {
                try estimation.rows([Measure(.poverty, of: "x", PovertyRate(of: sample.xColumn, fraction: fraction))])
            }
            #expect(problem?.code == "estimation.wrong-fraction")
        }
    }

    @Test func `a constant has variance 0 and no correlation`() throws {
        var sample = TestSample(seed: 3)
        sample.y = sample.y.map { $0.map { _ in 0.1 } }
        let estimation = Estimation(design: try sample.design())
        let rows = try estimation.rows([
            Measure(.variance, of: "y", Covariance(of: sample.yColumn)),
            Measure(.standardDeviation, of: "y", StandardDeviation(of: sample.yColumn)),
            Measure(.correlation, of: "y*x", Correlation(of: sample.yColumn, and: sample.xColumn)),
            Measure(.gini, of: "y", Gini(of: Column(name: "y", numbers: sample.weights.map { _ in 0 }))),
        ])
        for row in rows[..<2] { #expect(row.value == 0 && row.standardError == 0 && row.low == 0 && row.high == 0) }
        for row in rows[2...] {
            #expect(row.value == nil && row.standardError == nil && row.flags.contains(.undefined))
        }
    }

    @Test func `one row has no variance`() throws {
        let sample = TestSample(
            strata: ["a", "a", "a"], psus: ["1", "2", "3"], weights: [1, 1, 1e9], y: [nil, nil, 4])
        let row = try #require(
            try Estimation(design: try sample.design()).rows([
                Measure(.variance, of: "y", Covariance(of: sample.yColumn))
            ]).first)
        #expect(row.value == nil && row.nBase == 1 && row.flags.contains(.undefined))
    }

    @Test func `a correlation's interval stays between −1 and 1`() throws {
        var sample = TestSample(seed: 9, strata: 2, perStratum: 4, largest: 3)
        sample.x = sample.y.enumerated().map { row, value in value.map { $0 + Double(row % 3) } }
        let measure = Measure(.correlation, of: "y*x", Correlation(of: sample.yColumn, and: sample.xColumn))
        let row = try #require(try Estimation(design: try sample.design()).rows([measure]).first)
        #expect(row.intervalMethod == "fisher")
        #expect(row.low ?? -2 > -1 && row.high ?? 2 < 1 && row.value ?? 0 > 0.8)
        var options = EstimationOptions()
        options.correlationInterval = .mean
        let plain = try #require(try Estimation(design: try sample.design(), options: options).rows([measure]).first)
        #expect(plain.intervalMethod == "mean" && plain.standardError == row.standardError)
        sample.x = sample.y.map { $0.map { 3 - 2 * $0 } }
        let exact = try #require(
            try Estimation(design: try sample.design()).rows([
                Measure(.correlation, of: "y*x", Correlation(of: sample.yColumn, and: sample.xColumn))
            ]).first)
        #expect(isClose(exact.value ?? 0, -1, tolerance: 1e-12))
    }

    @Test func `covariances of unlike statistics follow from their influences`() throws {
        let sample = TestSample(seed: 13)
        var options = EstimationOptions()
        options.keepsCovariance = true
        let result = try Estimation(design: try sample.design(), options: options).estimates(
            of: [sample.mean, Measure(.gini, of: "x", Gini(of: sample.xColumn))],
            by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
        let matrix = try #require(result.covariance)
        for (position, row) in result.rows.enumerated() {
            let error = try #require(row.standardError)
            #expect(isClose(matrix[position, position] ?? .nan, error * error, tolerance: 1e-9))
        }
    }

    @Test func `nobody below the line is a share of 0 with an interval`() throws {
        var sample = TestSample(seed: 13)
        sample.y = sample.y.indices.map { 10 + Double($0 % 3) }
        let row = try #require(
            try Estimation(design: try sample.design()).rows([
                Measure(.poverty, of: "y", PovertyRate(of: sample.yColumn))
            ]).first)
        #expect(row.value == 0 && row.standardError == 0 && row.flags.contains(.edge))
        #expect(row.low == 0 && row.high ?? 0 > 0 && row.intervalMethod == "korn-graubard")
    }
}
