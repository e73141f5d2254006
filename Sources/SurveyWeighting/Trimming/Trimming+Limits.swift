internal import SurveyMath
internal import SurveyProblems

/// The limits of a trimming in the unit of the weights.
extension Trimming {
    /// The limits for the rows in use; from a design effect the greatest limit that reaches it.
    func limits(_ weights: [Double], _ used: [Int]) throws(Problem) -> (low: Double, high: Double) {
        let own = used.map { weights[$0] }
        let sum = CompensatedSum.of(own)
        guard !used.isEmpty, sum > 0, sum.isFinite else { throw .noWeights() }
        // Without a lower limit a negative weight, as a linear calibration can give, stays.
        var (low, high) = (-Double.infinity, Double.infinity)
        if scale == .quantile {
            let sorted = own.sorted()
            for share in [least, greatest].compactMap({ $0 }) where !(share >= 0 && share <= 1) {
                throw .trimShare(share)
            }
            if let least { low = Trimming.quantile(least, of: sorted) }
            if let greatest { high = Trimming.quantile(greatest, of: sorted) }
        } else {
            let unit = unit(own, mean: sum / Double(used.count))
            if let least { low = least * unit }
            if let greatest { high = greatest * unit }
        }
        let isGiven = greatest != nil || least != nil || designEffect != nil
        guard least.map({ $0 >= 0 && $0.isFinite }) ?? true, high > 0, low < high, greatest?.isFinite ?? true, isGiven
        else { throw .trimLimits(least: least, greatest: greatest) }
        guard let designEffect else { return (low, high) }
        guard designEffect > 1, designEffect.isFinite, greatest == nil else { throw .trimEffect(designEffect) }
        return (low, try limit(reaching: designEffect, weights, used, low: low))
    }

    private func unit(_ weights: [Double], mean: Double) -> Double {
        switch scale {
        case .absolute, .quantile: 1
        case .mean: mean
        case .median: Trimming.quantile(0.5, of: weights.sorted())
        }
    }

    /// The quantile of sorted weights as R's `quantile` takes it (type 7): linear between neighbours.
    static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        guard let last = sorted.last else { return 0 }
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        guard below + 1 < sorted.count else { return last }
        return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }

    /// The limit at which trimmed weights have a design effect: between the mean, where all are equal, and the greatest.
    private func limit(
        reaching wanted: Double, _ weights: [Double], _ used: [Int], low: Double
    ) throws(Problem) -> Double {
        func effect(_ high: Double) throws(Problem) -> Double {
            let result = try trimmed(weights, used, to: (low, high)).weights
            return Trimming.kishEffect(used.map { result[$0] })
        }
        let greatest = used.reduce(0) { max($0, weights[$1]) }
        guard try effect(greatest) > wanted else { return greatest }
        let mean = CompensatedSum.of(used.map { weights[$0] }) / Double(used.count)
        // A limit at the mean leaves nothing to spread.
        var below = (limit: mean, gap: 1 - wanted)
        var above = (limit: greatest, gap: try effect(greatest) - wanted)
        var lastSide = 0
        for _ in 0..<Trimming.mostTrials {
            // Regula falsi with the gap of an end that stays halved (Illinois).
            let next = (below.limit * above.gap - above.limit * below.gap) / (above.gap - below.gap)
            guard next > below.limit, next < above.limit else { break }
            let gap = try effect(next) - wanted
            if abs(gap) <= 1e-12 * wanted { return next }
            if gap < 0 {
                below = (next, gap)
                if lastSide < 0 { above.gap /= 2 }
                lastSide = -1
            } else {
                above = (next, gap)
                if lastSide > 0 { below.gap /= 2 }
                lastSide = 1
            }
        }
        return below.limit
    }

    /// Trials of a limit for a design effect.
    private static let mostTrials = 200

    /// Kish's design effect n Σw² / (Σw)² of weights, those of 0 left out.
    static func kishEffect(_ weights: [Double]) -> Double {
        let used = weights.filter { $0 != 0 }
        let greatest = used.max() ?? 0
        guard greatest > 0 else { return 0 }
        let scaled = used.map { $0 / greatest }
        let sum = CompensatedSum.of(scaled)
        return Double(used.count) * CompensatedSum.of(scaled.map { $0 * $0 }) / (sum * sum)
    }

    /// Trims each group by itself: `groupOfRow` has the group of each row, those of rows of weight 0 at or above `count`.
    ///
    /// - Throws: as ``trimmed(_:)``; the problem of a group names it.
    func trimmed(_ weights: [Double], by groupOfRow: [UInt32], labels: [String]) throws(Problem) -> Result {
        var rows = [[Int]](repeating: [], count: labels.count)
        for row in weights.indices where weights[row] != 0 && Int(groupOfRow[row]) < labels.count {
            rows[Int(groupOfRow[row])].append(row)
        }
        var merged = weights
        var (cut, passes, outside, moved) = (0, 0, 0, 0.0)
        let sum = CompensatedSum.of(weights)
        for (group, used) in rows.enumerated() where !used.isEmpty {
            do throws(Problem) {
                let result = try trimmed(weights, used, to: try limits(weights, used))
                for row in used { merged[row] = result.weights[row] }
                cut += result.rowsCut
                outside += result.rowsOutside
                passes = max(passes, result.passes)
                moved += result.movedShare * CompensatedSum.of(used.map { weights[$0] })
            } catch {
                var problem = error
                problem.place.detail = problem.place.detail ?? "\(groups.joined(separator: "*"))=\(labels[group])"
                throw problem
            }
        }
        guard sum > 0 else { throw .noWeights() }
        return Result(
            weights: merged, rowsCut: cut, passes: passes, movedShare: moved / sum, rowsOutside: outside)
    }
}

extension Problem {
    /// A share of rows that is none.
    static func trimShare(_ share: Double) -> Problem {
        Problem(
            "weighting.trim-share", .usage, what: "\(share.brief) is no share of the rows",
            why: "limits by quantile are shares from 0 to 1; found \(share.brief)",
            fix: "give a share such as 0.95")
    }

    /// A design effect that no weights have, or a limit beside it.
    static func trimEffect(_ effect: Double) -> Problem {
        Problem(
            "weighting.trim-effect", .usage, what: "Weights cannot be trimmed to a design effect of \(effect.brief)",
            why: "the limit is searched for a design effect above 1, and no other upper limit goes with it",
            fix: "give a design effect such as 1.5, and no upper limit")
    }
}
