internal import Glibc
public import SurveyProblems

/// Shares a sample out among strata: between a least and a greatest size, in whole numbers that sum exactly.
///
/// n_h = λ·a_h held between the limits, with λ such that Σ n_h = n: for `neyman` that is the least variance under the limits.
/// Whole numbers are those nearest by largest remainder; for `neyman` those of least variance among all whole ones.
///
/// Source: Cochran (1977), 5.5 and 5.8; Bankier (1988), The American Statistician 42, 174–177; Wright (2012), The American
/// Statistician 66, 217–224, for whole numbers.
public struct StratumAllocation: Sendable, Equatable {
    public var rule: AllocationRule
    /// The least size of a stratum, or the whole stratum where it is smaller; two are the fewest that show an error.
    public var least = 2
    /// The greatest size of a stratum; nil takes its population.
    public var greatest: Int?
    /// The power of `power`.
    public var exponent = 0.5

    public init(_ rule: AllocationRule) { self.rule = rule }

    /// The size of each stratum, in the order given.
    ///
    /// - Throws: ``Problem`` `sampling.no-strata`, `sampling.out-of-range`, `sampling.stratum-number`, `sampling.least-too-great`,
    ///   `sampling.greatest-too-small`, `sampling.nothing-to-share-by`.
    public func sizes(total: Int, of strata: [SamplingStratum]) throws(Problem) -> [Int] {
        guard !strata.isEmpty else { throw .noStrata() }
        try SamplingRange.counting.check(Double(total), "n")
        try SamplingRange.notNegative.check(Double(least), "minimum")
        if let greatest { try SamplingRange.counting.check(Double(greatest), "maximum") }
        try SamplingRange.fraction.check(exponent, "exponent")
        let measures = try measures(strata)
        let upper = strata.map { min($0.population, greatest ?? $0.population) }
        let lower = upper.map { min($0, least) }
        let (bottom, top) = (sum(lower), sum(upper))
        guard bottom <= total else { throw .leastTooGreat(bottom, total: total) }
        guard total <= top else { throw .greatestTooSmall(top, total: total) }
        let open = sum(zip(measures, zip(lower, upper)).map { $0 > 0 ? $1.1 : $1.0 })
        guard total <= open else { throw .nothingToShareBy(open, total: total) }
        if rule == .neyman { return wholeOfLeastVariance(total, measures, lower, upper) }
        let real = limited(Double(total), measures, lower.map(Double.init), upper.map(Double.init))
        return whole(total, real, measures, lower, upper)
    }

    private func sum(_ numbers: [Int]) -> Int {
        numbers.reduce(0) { $0.addingReportingOverflow($1).overflow ? Int.max : $0 + $1 }
    }

    /// a_h of each stratum.
    private func measures(_ strata: [SamplingStratum]) throws(Problem) -> [Double] {
        var measures: [Double] = []
        for stratum in strata {
            func positive(_ value: Double?, _ name: String, orZero: Bool = false) throws(Problem) -> Double {
                guard let value, value.isFinite, value > 0 || (orZero && value == 0) else {
                    throw .stratumNumber(stratum.name, name, found: value)
                }
                return value
            }
            let units = try positive(Double(stratum.population), "population")
            switch rule {
            case .equal: measures.append(1)
            case .proportional: measures.append(units)
            case .neyman: measures.append(units * (try positive(stratum.deviation, "deviation", orZero: true)))
            case .optimal:
                let deviation = try positive(stratum.deviation, "deviation", orZero: true)
                measures.append(units * deviation / (try positive(stratum.cost, "cost")).squareRoot())
            case .power:
                let size = try positive(stratum.size ?? units, "size")
                var variation = 1.0
                if stratum.deviation != nil || stratum.mean != nil {
                    let deviation = try positive(stratum.deviation, "deviation", orZero: true)
                    guard let mean = stratum.mean, mean.isFinite, mean != 0 else {
                        throw .stratumNumber(stratum.name, "mean", found: stratum.mean)
                    }
                    variation = deviation / abs(mean)
                }
                measures.append(pow(size, exponent) * variation)
            }
        }
        // Only their ratios count; a greatest of 1 keeps their squares in range.
        let scale = measures.max() ?? 0
        return scale > 0 ? measures.map { $0 / scale } : measures
    }

    /// λ·a held between the limits, with the sum asked for.
    private func limited(_ total: Double, _ a: [Double], _ lower: [Double], _ upper: [Double]) -> [Double] {
        func sizes(_ factor: Double) -> [Double] {
            a.indices.map { min(upper[$0], max(lower[$0], factor * a[$0])) }
        }
        // The sum is linear between the factors at which a stratum meets a limit.
        let corners = a.indices.filter { a[$0] > 0 }.flatMap { [lower[$0] / a[$0], upper[$0] / a[$0]] }.sorted()
        guard let last = corners.last else { return sizes(0) }
        var (low, high) = (0, corners.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if sizes(corners[middle]).reduce(0, +) >= total { high = middle } else { low = middle + 1 }
        }
        let (left, right) = (low > 0 ? corners[low - 1] : 0, low < corners.count ? corners[low] : last)
        let (below, above) = (sizes(left).reduce(0, +), sizes(right).reduce(0, +))
        guard above > below else { return sizes(right) }
        return sizes(left + (right - left) * (total - below) / (above - below))
    }

    /// The nearest whole sizes by largest remainder; ties go to the greater measure, then to the earlier stratum.
    private func whole(_ total: Int, _ real: [Double], _ a: [Double], _ lower: [Int], _ upper: [Int]) -> [Int] {
        var sizes = real.indices.map { max(lower[$0], min(upper[$0], Int((real[$0] * (1 + 1e-12)).rounded(.down)))) }
        let order = real.indices.sorted { left, right in
            let (one, two) = (real[left] - Double(sizes[left]), real[right] - Double(sizes[right]))
            if abs(one - two) > 1e-9 { return one > two }
            return a[left] != a[right] ? a[left] > a[right] : left < right
        }
        var rest = total - sizes.reduce(0, +)
        while rest != 0 {
            for position in rest > 0 ? order : order.reversed() where rest != 0 {
                if rest > 0, sizes[position] < upper[position] {
                    sizes[position] += 1
                    rest -= 1
                } else if rest < 0, sizes[position] > lower[position] {
                    sizes[position] -= 1
                    rest += 1
                }
            }
        }
        return sizes
    }

    /// The whole sizes with the least Σ a²/n: each next unit goes where a²/(k(k + 1)) is greatest.
    private func wholeOfLeastVariance(_ total: Int, _ a: [Double], _ lower: [Int], _ upper: [Int]) -> [Int] {
        /// The sizes at which every further unit would gain less than `gain`.
        func sizes(_ gain: Double) -> [Int] {
            a.indices.map { position in
                let most = (1 + (1 + 4 * a[position] * a[position] / gain).squareRoot()) / 2
                let whole = most < Double(upper[position]) ? Int(most) : upper[position]
                return max(lower[position], min(upper[position], a[position] > 0 ? whole : 0))
            }
        }
        var (small, great) = (-1400.0, 4.0)
        for _ in 0..<200 {
            let middle = (small + great) / 2
            if sizes(exp(middle / 2)).reduce(0, +) > total { small = middle } else { great = middle }
        }
        var found = sizes(exp(great / 2))
        var rest = total - found.reduce(0, +)
        while rest > 0 {
            func gain(_ position: Int) -> Double {
                guard found[position] < upper[position] else { return -1 }
                let size = Double(found[position])
                return a[position] == 0 ? 0 : a[position] * a[position] / (size * (size + 1))
            }
            guard let best = found.indices.max(by: { (gain($0), -$0) < (gain($1), -$1) }), gain(best) >= 0 else {
                break
            }
            found[best] += 1
            rest -= 1
        }
        return found
    }
}

extension Problem {
    /// A plan without strata.
    static func noStrata() -> Problem {
        Problem(
            "sampling.no-strata", .input, what: "There is no stratum to draw from",
            why: "a plan needs at least one row", fix: "check the file and its header")
    }

    /// A number of a stratum that its rule needs and that is missing or impossible.
    static func stratumNumber(_ stratum: String, _ name: String, found: Double?) -> Problem {
        Problem(
            "sampling.stratum-number", .input, what: "Stratum \"\(stratum)\" has no usable --\(name)",
            why: "the allocation needs a positive number; found \(found.map(JSONText.shortest) ?? "–")",
            fix: "correct the column that --\(name) names, or choose another --allocation")
    }

    /// Least sizes above the whole sample.
    static func leastTooGreat(_ sum: Int, total: Int) -> Problem {
        Problem(
            "sampling.least-too-great", .usage, what: "The least sizes of the strata exceed the sample",
            why: "they sum to \(sum), and --n is \(total)", fix: "raise --n, or lower --minimum")
    }

    /// Greatest sizes below the whole sample.
    static func greatestTooSmall(_ sum: Int, total: Int) -> Problem {
        Problem(
            "sampling.greatest-too-small", .usage, what: "The strata cannot hold the sample",
            why: "their greatest sizes sum to \(sum), and --n is \(total)", fix: "lower --n, or raise --maximum")
    }

    /// Strata of measure 0 that would have to take the rest.
    static func nothingToShareBy(_ sum: Int, total: Int) -> Problem {
        Problem(
            "sampling.nothing-to-share-by", .computation, what: "Nothing tells which stratum takes the rest",
            why:
                "strata with a deviation of 0 take their least size, the others are full: \(sum) of \(total)",
            fix: "use --allocation proportional, or correct the deviations")
    }
}
