internal import SurveyDesign
internal import SurveyProblems

extension EstimationRun {
    /// The spreads of estimates that are computed from the rows of each group, by group and estimate; nil without
    /// replicates.
    ///
    /// `values` are those of the full sample; `estimates` gives those at other weights of a group's rows, in the order of
    /// `rows`.
    func spreads(
        of values: [[Double]?], rows: RowsByGroup,
        estimates: @Sendable (_ group: Int, _ weights: [Double]) -> [Double]?
    ) -> [[ReplicateEngine.Spread]]? {
        guard let engine = replicates else { return nil }
        let found = try? Workers.map(engine.replicates.count, threads: threadsOfPart) {
            (replicate, _) throws(Problem) in
            guard !engine.isFailed(replicate) else { return [[Double]](repeating: [], count: values.count) }
            let weights = engine.weights(replicate: replicate)
            return values.indices.map { group in
                guard values[group] != nil else { return [] }
                return estimates(group, rows.rows(of: group).map { weights[Int($0)] }) ?? []
            }
        }
        return values.indices.map { group in
            (values[group] ?? []).indices.map { position in
                engine.spread(
                    of: (found ?? []).map { replicate in
                        let own = replicate[group]
                        return own.indices.contains(position)
                            ? own[position] - (values[group]?[position] ?? .nan) : .nan
                    })
            }
        }
    }

    /// What must be said of the replicates of some measures.
    var replicateCautions: [Problem] {
        switch replicates?.replicates.plan.method {
        case .jk1, .jkn, .jk2: break
        default: return []
        }
        let hasQuantiles = measures.contains {
            if case .quantiles = $0.content { return true }
            return false
        }
        return hasQuantiles && options.quantileInterval == .replicate ? [.jackknifeOfQuantiles()] : []
    }
}

extension Estimate {
    /// The same with the standard error of its replicates, and a design effect that fits it.
    func with(_ spread: ReplicateEngine.Spread) -> Estimate {
        var parts = EstimateParts(self)
        parts.error = spread.variance?.squareRoot()
        if let old = standardError, old > 0, let error = parts.error, let effect = designEffect {
            parts.effect = effect * (error / old) * (error / old)
            parts.effectiveN = parts.effect.flatMap { $0 > 0 ? Double(nBase) / $0 : nil }
        } else {
            (parts.effect, parts.effectiveN) = (nil, nil)
        }
        parts.flags.removeAll { $0 == .droppedReplicates }
        if spread.dropped > 0 { parts.add(.droppedReplicates) }
        return parts.estimate(like: self)
    }
}

extension EstimateMaker.Block {
    /// Keeps the deviations of the replicates of a group's only estimate.
    mutating func keep(_ spread: ReplicateEngine.Spread, of group: Int) {
        if unitSums != nil { unitSums?.sums[group] = spread.deviations }
        if unitSums?.changes.isEmpty == false { unitSums?.changes[group] = spread.changes }
    }
}

extension Problem {
    /// Quantiles of replicates that each leave out one PSU.
    static func jackknifeOfQuantiles() -> Problem {
        Problem(
            "estimation.jackknife-of-quantiles", .finding, severity: .caution,
            what: "A jackknife does not give valid standard errors of quantiles",
            why: "leaving out one PSU moves a quantile by single steps, whatever the size of the sample",
            fix: "use bootstrap, or --quantile-ci mean")
    }
}
