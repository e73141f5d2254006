import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveySchema
import SurveyTestSupport

/// A small invented survey: strata a…, PSUs numbered in them, weights, a number, a question and a group.
struct TestSample {
    var strata: [String] = []
    var psus: [String] = []
    var weights: [Double] = []
    /// nil is missing.
    var y: [Double?] = []
    var x: [Double?] = []
    /// Answers 0…2, or the byte of a missing kind.
    var q: [UInt8] = []
    var groups: [String] = []

    /// Random interviews: up to `largest` in each of `perStratum` PSUs.
    init(seed: UInt64, strata count: Int = 4, perStratum: Int = 5, largest: Int = 9) {
        var generator = SeededGenerator(seed: seed)
        for stratum in 0..<count {
            for psu in 0..<perStratum {
                let level = generator.uniform()
                for _ in 0...generator.below(largest) {
                    strata.append("s\(stratum)")
                    psus.append("p\(stratum)-\(psu)")
                    weights.append(0.5 + 3 * generator.uniform())
                    y.append(generator.uniform() < 0.1 ? nil : 10 * level + generator.uniform())
                    x.append(generator.uniform() < 0.05 ? nil : 1 + generator.uniform())
                    q.append(generator.uniform() < 0.1 ? MissingKind.dontKnow.rawValue : UInt8(generator.below(3)))
                    groups.append(generator.uniform() < 0.05 ? "" : ["north", "south", "west"][generator.below(3)])
                }
            }
        }
    }

    init(strata: [String], psus: [String], weights: [Double], y: [Double?]) {
        self.strata = strata
        self.psus = psus
        self.weights = weights
        self.y = y
        x = y.map { _ in 1 }
        q = y.map { _ in 0 }
        groups = y.map { _ in "all" }
    }

    var rowCount: Int { weights.count }

    /// The same rows in another order.
    func ordered(_ order: [Int]) -> TestSample {
        var copy = self
        copy.strata = order.map { strata[$0] }
        copy.psus = order.map { psus[$0] }
        copy.weights = order.map { weights[$0] }
        copy.y = order.map { y[$0] }
        copy.x = order.map { x[$0] }
        copy.q = order.map { q[$0] }
        copy.groups = order.map { groups[$0] }
        return copy
    }

    var yColumn: Column { TestSample.number("y", y) }
    var xColumn: Column { TestSample.number("x", x) }
    var qColumn: Column { Column(name: "q", codes: ["yes", "no", "maybe"], answers: q) }
    var groupColumn: Column { Column(name: "group", texts: groups) }

    static func number(_ name: String, _ values: [Double?]) -> Column {
        let kinds = values.map { $0 == nil ? MissingKind.noAnswer.rawValue : 0 }
        return Column(name: name, kind: .number, values: .numbers(values.map { $0 ?? 0 }, kinds: kinds))
    }

    func design(
        _ lonely: LonelyPSU = .fail, fpc: [Double]? = nil, hasWeights: Bool = true, hasPSUs: Bool = true
    ) throws -> SampleDesign {
        var columns = [Column(name: "stratum", texts: strata), Column(name: "psu", texts: psus)]
        columns.append(Column(name: "w", numbers: weights))
        if let fpc { columns.append(Column(name: "fpc", numbers: fpc)) }
        return try SampleDesign(
            DesignSpecification(
                strata: ["stratum"], psu: hasPSUs ? ["psu"] : [], fpc: fpc == nil ? nil : "fpc",
                weight: hasWeights ? "w" : nil,
                lonelyPSU: lonely),
            table: Table(rowCount: rowCount, columns: columns))
    }

    var mean: Measure { Measure(statistic: .mean, variable: "y", content: .mean(yColumn)) }
    var total: Measure { Measure(statistic: .total, variable: "y", content: .total(yColumn)) }
    var ratio: Measure { Measure(statistic: .ratio, variable: "y/x", content: .ratio(yColumn, xColumn)) }
    var shares: Measure { Measure(statistic: .share, variable: "q", content: .shares(of: qColumn, only: nil)) }
    var count: Measure { Measure(statistic: .count, variable: "count", content: .rows) }
    var every: [Measure] { [mean, total, ratio, shares, count] }

    /// Weighted PSU sums of a value by row, in the order of PSU keys, with their strata.
    func psuSums(_ z: (Int) -> Double) -> [(stratum: String, sum: Double)] {
        var sums: [String: (String, Double)] = [:]
        for row in 0..<rowCount { sums[psus[row], default: (strata[row], 0)].1 += z(row) }
        return sums.sorted { $0.key < $1.key }.map { ($0.value.0, $0.value.1) }
    }

    /// The variance of a total of z by the textbook formula, written out.
    func variance(_ z: (Int) -> Double, fraction: Double = 0) -> Double {
        var variance = 0.0
        for (_, psus) in Dictionary(grouping: psuSums(z), by: \.stratum) {
            let n = Double(psus.count)
            let mean = psus.map(\.sum).reduce(0, +) / n
            variance += (1 - fraction) * n / (n - 1) * psus.map { ($0.sum - mean) * ($0.sum - mean) }.reduce(0, +)
        }
        return variance
    }
}

extension Estimation {
    func rows(_ measures: [Measure], by breakdowns: [Breakdown] = [Breakdown()], where domain: Truth? = nil) throws
        -> [Estimate]
    {
        try estimates(of: measures, by: breakdowns, where: domain).rows
    }
}

extension Truth {
    init(_ rows: [Bool]) { self.init(values: rows.map { $0 ? Truth.yes : Truth.no }) }
}
