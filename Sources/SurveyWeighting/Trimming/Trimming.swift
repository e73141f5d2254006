internal import SurveyMath
public import SurveyProblems

/// Cuts weights to a range and spreads what was cut over the other rows, so that the sum stays.
///
///     w outside [L, U] ← the limit;    the excess E = Σ cut is spread over the rows inside
///
/// - Shapes: one weight a row in and out; rows of weight 0 take no part.
/// - Source: Potter (1990); Documentation/Methods.md, "Weighting".
///   Checked: R survey 4.1-1 `trimWeights`, cases w-trim, w-trimstrict and w-trimlow of weighting.json.
public struct Trimming: Sendable, Equatable {
    /// What the limits are multiples of; with `quantile` they are shares of rows instead, such as 0.95.
    public enum Scale: String, Sendable, CaseIterable { case absolute, median, mean, quantile }
    /// How the excess is spread: the same amount to each row, or the same factor.
    public enum Spread: String, Sendable, CaseIterable { case equal, proportional }

    public var greatest: Double?
    public var least: Double?
    public var scale: Scale
    public var spread: Spread
    /// One pass, which may push rows over a limit; otherwise passes until no row is outside.
    public var isOnce: Bool
    /// Kish's design effect to be reached: the greatest limit that reaches it is searched.
    ///
    /// `greatest` is nil then.
    public var designEffect: Double?
    /// The variables whose crossing makes groups; each is trimmed by itself and keeps its sum.
    public var groups: [String] = []
    /// Fits the weights again to the totals of the calibration before, and trims again, until both hold.
    public var keepsMargins = false

    /// Passes after which a trimming has failed.
    private static let mostPasses = 10_000

    public init(
        greatest: Double? = nil, least: Double? = nil, of scale: Scale = .absolute, spread: Spread = .equal,
        isOnce: Bool = false
    ) {
        self.greatest = greatest
        self.least = least
        self.scale = scale
        self.spread = spread
        self.isOnce = isOnce
    }

    /// What a trimming made.
    public struct Result: Sendable {
        public let weights: [Double]
        /// Rows that stood at or beyond a limit in some pass.
        public let rowsCut: Int
        public let passes: Int
        /// Half of Σ|after − before| over Σ before: the share of the weight that changed rows.
        public let movedShare: Double
        /// Rows still outside after one pass.
        public let rowsOutside: Int
    }

    /// Trims weights; `groups` of the step are left out of account, see ``trimmed(_:by:)``.
    ///
    /// - Throws: ``Problem`` `weighting.trim-limits` for limits that are none, `weighting.trim-infeasible` if the weights
    ///   do not fit between them, `weighting.trim-effect` for a design effect that is none, `weighting.no-weights`.
    public func trimmed(_ weights: [Double]) throws(Problem) -> Result {
        let used = weights.indices.filter { weights[$0] != 0 }
        let limits = try limits(weights, used)
        return try trimmed(weights, used, to: limits)
    }

    /// Cuts the rows in use to limits in the unit of the weights.
    func trimmed(
        _ weights: [Double], _ used: [Int], to limits: (low: Double, high: Double)
    ) throws(Problem) -> Result {
        let (low, high) = limits
        let sum = CompensatedSum.of(used.map { weights[$0] })
        let mean = sum / Double(used.count)
        if !isOnce {
            // Whatever is spread, the mean stays, so it must lie between the limits.
            guard mean >= low, mean <= high else { throw .trimInfeasible(mean: mean, low: low, high: high) }
        }
        var result = weights
        var isCut = [Bool](repeating: false, count: weights.count)
        var passes = 0
        while true {
            let outside = used.filter { result[$0] < low || result[$0] > high }
            if outside.isEmpty || (isOnce && passes == 1) { break }
            guard passes < Trimming.mostPasses, cut(outside, used, low, high, &result) else {
                throw .trimInfeasible(mean: mean, low: low, high: high)
            }
            for row in outside { isCut[row] = true }
            passes += 1
        }
        let moved = CompensatedSum.of(used.map { abs(result[$0] - weights[$0]) }) / 2
        return Result(
            weights: result, rowsCut: isCut.count { $0 }, passes: passes, movedShare: moved / sum,
            rowsOutside: used.count { result[$0] < low || result[$0] > high })
    }

    /// One pass; false if no row is left to take the excess.
    private func cut(_ outside: [Int], _ used: [Int], _ low: Double, _ high: Double, _ weights: inout [Double]) -> Bool
    {
        var excess = CompensatedSum()
        for row in outside {
            let limit = weights[row] > high ? high : low
            excess.add(weights[row] - limit)
        }
        let insideCount = used.count - outside.count
        guard insideCount > 0 else { return false }
        switch spread {
        case .equal:
            let share = excess.value / Double(insideCount)
            for row in used {
                weights[row] = weights[row] > high ? high : weights[row] < low ? low : weights[row] + share
            }
        case .proportional:
            let inside = CompensatedSum.of(used.map { weights[$0] >= low && weights[$0] <= high ? weights[$0] : 0 })
            let factor = 1 + excess.value / inside
            guard factor > 0, factor.isFinite else { return false }
            for row in used {
                weights[row] = weights[row] > high ? high : weights[row] < low ? low : weights[row] * factor
            }
        }
        return true
    }
}

extension Problem {
    /// Limits that leave no room.
    static func trimLimits(least: Double?, greatest: Double?) -> Problem {
        Problem(
            "weighting.trim-limits", .usage, what: "The limits of trimming are no range",
            why:
                "at least one limit must be given, the lower from 0 and below the upper; found \(least?.brief ?? "–") and \(greatest?.brief ?? "–")",
            fix: "give limits such as max 5 and min 0.2")
    }

    /// Weights that do not fit between the limits.
    static func trimInfeasible(mean: Double, low: Double, high: Double) -> Problem {
        Problem(
            "weighting.trim-infeasible", .computation, what: "The weights do not fit between the limits",
            why:
                "the sum of weights stays, so rows must be left between \(low.brief) and \(high.brief) to take what is cut; the mean weight is \(mean.brief)",
            fix: "widen the limits")
    }

    /// Rows beyond a limit after one pass.
    static func trimLeft(rows: Int) -> Problem {
        Problem(
            "weighting.trim-left", .finding, severity: .caution, what: "\(rows) weights are still outside the limits",
            why: "one pass of trimming spreads what it cuts and may push others over a limit; \(rows) are outside",
            fix: "leave \"once\" out to repeat until none is")
    }
}
