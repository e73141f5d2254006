internal import SurveyMath

/// The weighted distribution of some numbers, and the rules by which quantiles are read off it.
///
/// x_1 ≤ x_2 ≤ … are the numbers with a weight other than 0, C_j the running sum of their weights, W the last of them.
/// A tie is |C_j − pW| ≤ 1e-9·W: it is never decided by how sums were rounded. Negative weights make the running sum
/// fall in places; the first row that reaches pW is taken there.
///
/// - Source: Hyndman and Fan (1996); Shah and Vaish (2006) for `shahvaish`; Documentation/Methods.md, "Quantiles".
struct WeightedDistribution {
    let values: [Double]
    let weights: [Double]
    /// C_j.
    let running: [Double]
    /// A weight is negative.
    private let falls: Bool

    static let tie = 1e-9

    /// Takes numbers in ascending order with their weights; rows of weight 0 are left out.
    init(ascending values: [Double], weights: [Double]) {
        precondition(values.count == weights.count, "one weight a number")
        if weights.contains(0) {
            let kept = weights.indices.filter { weights[$0] != 0 }
            self.values = kept.map { values[$0] }
            self.weights = kept.map { weights[$0] }
        } else {
            self.values = values
            self.weights = weights
        }
        var sum = CompensatedSum()
        var falls = false
        running = self.weights.map { weight in
            sum.add(weight)
            if weight < 0 { falls = true }
            return sum.value
        }
        self.falls = falls
    }

    /// W.
    var total: Double { running.last ?? 0 }

    /// The quantile at p, nil where the weights sum to nothing.
    ///
    /// p outside 0…1 gives the extreme number, as every rule is flat there.
    func quantile(
        _ p: Double, by rule: EstimationOptions.QuantileRule,
        belowFirst: EstimationOptions.BelowFirst = .firstValue
    ) -> Double? {
        guard let first = values.first, total > 0, total.isFinite, !p.isNaN else { return nil }
        if belowFirst == .secondRow, p * total < running[0] - WeightedDistribution.tie * total, values.count > 1 {
            switch rule {
            case .math, .school, .hf1, .hf2: return values[1]
            case .hf3: return values.first { $0 > first } ?? first
            case .hf4:
                let slope = (p * total - running[0]) / (running[1] - running[0])
                return first + (values[1] - first) * slope
            default: break
            }
        }
        let last = values.count - 1
        switch rule {
        case .math, .hf1: return values[reaching(p)]
        case .school, .hf2:
            let (at, end, isTie) = step(p)
            return isTie && end < last ? values[at] + (values[end + 1] - values[at]) / 2 : values[at]
        case .hf3:
            let (at, end, isTie) = step(p)
            guard isTie, end < last else { return values[at] }
            // Rank among distinct values, from 1.
            let rank = 1 + (1..<max(1, at + 1)).count { values[$0] != values[$0 - 1] }
            return rank.isMultiple(of: 2) ? values[at] : values[end + 1]
        case .hf4, .interpolated: return interpolated(p) { running[$0] / total }
        case .hf5: return interpolated(p) { (running[$0] - weights[$0] / 2) / total }
        case .hf6: return interpolated(p) { running[$0] / (total + weights[last]) }
        case .hf7:
            let scale = total - weights[last]
            return scale > 0 ? interpolated(p) { (running[$0] - weights[$0]) / scale } : values[0]
        case .hf8:
            return interpolated(p) { (running[$0] - weights[$0] / 3) / (total + weights[last] / 3) }
        case .hf9:
            return interpolated(p) { (running[$0] - weights[$0] * 3 / 8) / (total + weights[last] / 4) }
        case .shahvaish:
            let n = Double(values.count)
            let at = values.indices.last { row in
                (running[row] * n / total + 0.5 - weights[row] / 2) / (n + 1) <= p + WeightedDistribution.tie
            }
            return values[at ?? 0]
        case .interpolatedDistinct: return distinct.quantile(p, by: .hf4)
        }
    }

    /// One entry for each distinct value.
    private var distinct: WeightedDistribution {
        var (values, weights): ([Double], [Double]) = ([], [])
        for (value, weight) in zip(self.values, self.weights) {
            if value == values.last {
                weights[weights.count - 1] += weight
            } else {
                values.append(value)
                weights.append(weight)
            }
        }
        return WeightedDistribution(ascending: values, weights: weights)
    }

    /// The first row with C ≥ pW, up to a tie.
    private func reaching(_ p: Double) -> Int {
        let target = p * total - WeightedDistribution.tie * total
        let last = values.count - 1
        guard !falls else { return running.firstIndex { $0 >= target } ?? last }
        var (low, high) = (0, last)
        while low < high {
            let middle = (low + high) / 2
            if running[middle] >= target { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The row that reaches p, the last row of the same value, and if its running sum is a tie with pW.
    private func step(_ p: Double) -> (at: Int, end: Int, isTie: Bool) {
        let at = reaching(p)
        let end = values[at...].firstIndex { $0 != values[at] }.map { $0 - 1 } ?? values.count - 1
        return (at, end, abs(running[end] - p * total) <= WeightedDistribution.tie * total)
    }

    /// Linear between the points (P_j, x_j), flat outside; a p that meets a point takes its value exactly.
    private func interpolated(_ p: Double, point: (Int) -> Double) -> Double {
        let last = values.count - 1
        if p <= point(0) + WeightedDistribution.tie { return values[0] }
        if p >= point(last) - WeightedDistribution.tie { return values[last] }
        var (low, high) = (0, last)
        while high - low > 1 {
            let middle = (low + high) / 2
            if point(middle) <= p { low = middle } else { high = middle }
        }
        let (below, above) = (point(low), point(high))
        if p - below <= WeightedDistribution.tie { return values[low] }
        if above - p <= WeightedDistribution.tie { return values[high] }
        return values[low] + (values[high] - values[low]) * ((p - below) / (above - below))
    }
}
