internal import SurveyMath
internal import SurveyProblems

/// Trims weights and fits them again in turn, until no weight is outside the limits and every total is met.
///
/// The limits are those of the weights at the beginning. With a design effect the limit is searched at which the weights at
/// the end have it.
/// Source: Documentation/Methods.md, "Weighting".
struct CalibratedTrimming {
    struct Result {
        let fit: Calibration.Fit
        let passes: Int
        let rowsCut: Int
        let movedShare: Double
    }

    private let step: Trimming
    private let groups: RowGroups
    private let fitted: (_ weights: [Double]) -> Checked<Calibration.Fit>

    private static let mostPasses = 2_000
    private static let tolerance = 1e-9
    /// No progress is an excess over the limit that is above this part of what it was so many turns before.
    private static let slowest = 0.95
    private static let patience = 50

    init(_ step: Trimming, groups: RowGroups, fitted: @escaping ([Double]) -> Checked<Calibration.Fit>) {
        self.step = step
        self.groups = groups
        self.fitted = fitted
    }

    func trimmed(_ weights: [Double]) -> Checked<Result> {
        var rows = [[Int]](repeating: [], count: groups.count)
        for row in weights.indices where weights[row] != 0 { rows[Int(groups.groupOfRow[row])].append(row) }
        guard !rows.isEmpty else { return Checked(value: nil, problems: [.noWeights()]) }
        do throws(Problem) {
            guard let effect = step.designEffect else {
                var limits: [(low: Double, high: Double)] = []
                for used in rows { limits.append(try step.limits(weights, used)) }
                return try alternated(weights, rows, limits)
            }
            guard step.groups.isEmpty else { throw .effectByGroups() }
            _ = try step.limits(weights, rows[0])
            return try search(effect, weights, rows)
        } catch { return Checked(value: nil, problems: [error]) }
    }

    private func alternated(
        _ start: [Double], _ rows: [[Int]], _ limits: [(low: Double, high: Double)]
    ) throws(Problem) -> Checked<Result> {
        var strict = step
        strict.isOnce = false
        var weights = start
        var isCut = [Bool](repeating: false, count: start.count)
        var greatest = 0.0
        var turns = 0
        var excesses: [Double] = []
        for pass in 1...CalibratedTrimming.mostPasses {
            for (group, used) in rows.enumerated() {
                for row in used where weights[row] < limits[group].low || weights[row] > limits[group].high {
                    isCut[row] = true
                }
                weights = try strict.trimmed(weights, used, to: limits[group]).weights
            }
            let checked = fitted(weights)
            guard let fit = checked.value else { return Checked(value: nil, problems: checked.problems) }
            weights = fit.weights
            turns = pass
            var excess = 0.0
            greatest = 0
            for (group, used) in rows.enumerated() {
                let (low, high) = limits[group]
                for row in used {
                    greatest = max(greatest, weights[row])
                    if weights[row] > high { excess = max(excess, weights[row] / high - 1) }
                    if weights[row] < low { excess = max(excess, 1 - weights[row] / low) }
                }
            }
            if excess <= CalibratedTrimming.tolerance {
                let sum = CompensatedSum.of(start)
                let moved = CompensatedSum.of(start.indices.map { abs(weights[$0] - start[$0]) }) / 2
                return Checked(
                    value: Result(
                        fit: fit, passes: pass, rowsCut: isCut.count { $0 }, movedShare: sum > 0 ? moved / sum : 0),
                    problems: checked.problems)
            }
            excesses.append(excess)
            let earlier = excesses.count - 1 - CalibratedTrimming.patience
            if earlier >= 0, excess > excesses[earlier] * CalibratedTrimming.slowest { break }
        }
        // The last weights meet the totals, so a limit at the greatest of them does.
        let wanted = limits.reduce(0) { max($0, $1.high) }
        throw .limitsAgainstMargins(greatest: greatest, limit: wanted, turns: turns)
    }

    /// The limit at which the weights at the end have the design effect, by halving.
    private func search(
        _ effect: Double, _ weights: [Double], _ rows: [[Int]]
    ) throws(Problem) -> Checked<Result> {
        let own = rows[0].map { weights[$0] }
        guard Trimming.kishEffect(own) > effect else {
            return try alternated(weights, rows, [(-.infinity, own.max() ?? 0)])
        }
        let least = step.least ?? -.infinity
        var (below, above) = (CompensatedSum.of(own) / Double(own.count), own.max() ?? 0)
        var best: Checked<Result>?
        for _ in 0..<60 {
            let middle = (below + above) / 2
            let made: Checked<Result>
            do throws(Problem) { made = try alternated(weights, rows, [(least, middle)]) } catch {
                below = middle
                continue
            }
            guard let result = made.value else { return made }
            let reached = Trimming.kishEffect(rows[0].map { result.fit.weights[$0] })
            if reached <= effect {
                best = made
                below = middle
                if reached >= effect * (1 - 1e-9) { break }
            } else {
                above = middle
            }
            if above - below <= 1e-12 * above { break }
        }
        guard let best else { throw .effectAgainstMargins(effect) }
        return best
    }
}

extension Problem {
    /// Limits and totals that exclude each other.
    static func limitsAgainstMargins(greatest: Double, limit: Double, turns: Int) -> Problem {
        Problem(
            "weighting.limits-against-margins", .computation,
            what: "The limits of trimming and the margins do not hold together",
            why:
                "weights that meet the margins still go up to \(greatest.brief) after \(turns) turns; the limit is \(limit.brief)",
            fix: "raise the limit to \(greatest.upwards)")
    }

    /// A design effect that calibrated weights do not have.
    static func effectAgainstMargins(_ effect: Double) -> Problem {
        Problem(
            "weighting.effect-against-margins", .computation,
            what: "Weights that meet the margins do not come down to a design effect of \(effect.brief)",
            why: "no limit was found at which the margins hold with a design effect of \(effect.brief)",
            fix: "ask for a greater design effect, or collapse categories")
    }

    /// A design effect for groups that margins tie together.
    static func effectByGroups() -> Problem {
        Problem(
            "weighting.effect-by-groups", .usage, what: "A design effect with margins kept takes no groups",
            why: "one limit is searched for all rows; found groups",
            fix: "give the limit as a multiple of the median, or leave the groups out")
    }
}

extension Double {
    /// The number rounded up at the third digit, for a proposal that must do.
    fileprivate var upwards: String {
        guard self > 0, isFinite else { return brief }
        var unit = 1.0
        while self / unit >= 1_000 { unit *= 10 }
        while self / unit < 100 { unit /= 10 }
        return JSONText.shortest((self / unit).rounded(.up) * unit)
    }
}
