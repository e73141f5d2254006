import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import Testing

/// The variance of a change, on average over many samples, against the spread of the changes themselves.
struct ChangeSimulationTests {
    /// A stratified population of PSUs; both samples take 8 of 40 a stratum and share 4.
    private static let (strata, population, drawn, shared) = (4, 40, 8, 4)

    @Test func `over many samples with shared PSUs the exact rule estimates the true variance`() throws {
        var generator = SeededGenerator(seed: 2026)
        let (strata, population) = (ChangeSimulationTests.strata, ChangeSimulationTests.population)
        let (drawn, shared) = (ChangeSimulationTests.drawn, ChangeSimulationTests.shared)
        // Values of the second sample go along with those of the first.
        let first = (0..<strata * population).map { _ in 10 * generator.uniform() }
        let second = first.map { 0.8 * $0 + 4 * generator.uniform() + 1 }
        let truth = (second.reduce(0, +) - first.reduce(0, +)) / Double(first.count)
        var options = EstimationOptions()
        options.keepsInfluences = true
        options.threads = 1
        let replicates = 3000
        var squares = 0.0
        var variances: [Change.Overlap: Double] = [:]
        for _ in 0..<replicates {
            var chosen: [[Int]] = [[], []]
            for stratum in 0..<strata {
                let order = (0..<population).shuffled(using: &generator).map { stratum * population + $0 }
                chosen[0] += order[..<drawn]
                chosen[1] += order[(drawn - shared)..<(2 * drawn - shared)]
            }
            let sides = try zip(chosen, [first, second]).map { psus, values in
                let y = Column(name: "y", numbers: psus.map { values[$0] })
                let table = Table(
                    rowCount: psus.count,
                    columns: [
                        Column(name: "stratum", numbers: psus.map { Double($0 / population) }),
                        Column(name: "psu", numbers: psus.map(Double.init)),
                        Column(name: "fpc", numbers: psus.map { _ in Double(population) }),
                    ])
                let design = try SampleDesign(
                    DesignSpecification(strata: ["stratum"], psu: ["psu"], fpc: "fpc"), table: table)
                let mean = Measure(statistic: .mean, variable: "y", content: .mean(y))
                return ChangeSide(
                    try Estimation(design: design, options: options).estimates(of: [mean], by: [Breakdown()]), row: 0)
            }
            for overlap in [Change.Overlap.exact, .independent, .stacked] {
                let change = try Change.between(sides[0], sides[1], overlap: overlap)
                let error = try #require(change.standardError)
                variances[overlap, default: 0] += error * error / Double(replicates)
                if overlap == .exact {
                    let difference = try #require(change.difference)
                    squares += (difference - truth) * (difference - truth) / Double(replicates)
                }
            }
        }
        let exact = try #require(variances[.exact])
        // The mean of 3000 squares has a relative error near √(2/3000) = 2.6 %; three of them.
        #expect(isClose(exact, squares, tolerance: 0.08), "\(exact / squares)")
        // Without the covariance the variance is far too large.
        #expect(try #require(variances[.independent]) > 1.4 * squares)
    }

    @Test func `over many samples with shared PSUs the exact rule estimates the true variance of a change of medians`()
        throws
    {
        var generator = SeededGenerator(seed: 2027)
        // 4 strata of 60 PSUs of 6 rows; both samples take 20 PSUs a stratum and share 12.
        let (strata, population, size, drawn, shared) = (4, 60, 6, 20, 12)
        var first: [[Double]] = []
        for _ in 0..<strata * population {
            let level = 4 * generator.uniform()
            first.append((0..<size).map { _ in level + 4 * generator.uniform() })
        }
        let second = first.map { $0.map { 0.9 * $0 + generator.uniform() } }
        var options = EstimationOptions()
        options.keepsInfluences = true
        options.threads = 1
        let replicates = 1500
        var (sum, squares, independent, exact) = (0.0, 0.0, 0.0, 0.0)
        for _ in 0..<replicates {
            var chosen: [[Int]] = [[], []]
            for stratum in 0..<strata {
                let order = (0..<population).shuffled(using: &generator).map { stratum * population + $0 }
                chosen[0] += order[..<drawn]
                chosen[1] += order[(drawn - shared)..<(2 * drawn - shared)]
            }
            let sides = try zip(chosen, [first, second]).map { psus, values in
                let rows = psus.flatMap { psu in (0..<size).map { (psu, $0) } }
                let y = Column(name: "y", numbers: rows.map { values[$0.0][$0.1] })
                let table = Table(
                    rowCount: rows.count,
                    columns: [
                        Column(name: "stratum", numbers: rows.map { Double($0.0 / population) }),
                        Column(name: "psu", numbers: rows.map { Double($0.0) }),
                        Column(name: "fpc", numbers: rows.map { _ in Double(population) }),
                    ])
                let design = try SampleDesign(
                    DesignSpecification(strata: ["stratum"], psu: ["psu"], fpc: "fpc"), table: table)
                let median = Measure(statistic: .quantile, variable: "y", content: .quantiles(of: y, at: [0.5]))
                return ChangeSide(
                    try Estimation(design: design, options: options).estimates(of: [median], by: [Breakdown()]), row: 0)
            }
            let change = try Change.between(sides[0], sides[1], overlap: .exact)
            let difference = try #require(change.difference)
            sum += difference
            squares += difference * difference
            let error = try #require(change.standardError)
            exact += error * error
            let apart = try #require(try Change.between(sides[0], sides[1], overlap: .independent).standardError)
            independent += apart * apart
        }
        let count = Double(replicates)
        let variance = (squares - sum * sum / count) / (count - 1)
        // The mean of 1500 squares has a relative error near √(2/1500) = 3.7 %, three of them; Woodruff's interval of a
        // sample of 80 PSUs is itself a little wide.
        #expect(isClose(exact / count, variance, tolerance: 0.15), "\(exact / count / variance)")
        #expect(independent / count > 1.5 * variance, "\(independent / count / variance)")
    }
}
