internal import SurveyDesign
internal import SurveyProblems

/// How the variance of a function of estimates is made.
public enum ContrastVariance: String, Sendable, CaseIterable {
    /// J V J' with the covariance matrix of the estimates, whatever made it.
    case linearised
    /// The function is computed from the estimates of each replicate.
    case replicate
}

extension Estimation {
    /// The spread of g over the replicates, from those of its parts.
    func spread(
        of expression: ContrastExpression, value: Double, _ positions: [Int], _ result: EstimationResult
    ) throws(Problem) -> ReplicateEngine.Spread {
        guard let replicates = design.replicates else { throw .contrastWithoutReplicates() }
        for position in positions {
            let isKept =
                result.replicateChanges.indices.contains(position)
                && result.replicateChanges[position].count == replicates.count
            guard isKept || result.rows[position].value == nil else {
                throw .noReplicateValues(result.rows[position].variable)
            }
        }
        let changes = (0..<replicates.count).map { replicate in
            let point = positions.map { position -> Double in
                guard let own = result.rows[position].value, result.replicateChanges[position].count > replicate else {
                    return .nan
                }
                return own + result.replicateChanges[position][replicate]
            }
            return expression.evaluated(at: point).value - value
        }
        return ReplicateEngine.spread(of: changes, replicates: replicates)
    }
}

extension Problem {
    /// Replicates of a function without replicates.
    static func contrastWithoutReplicates() -> Problem {
        Problem(
            "estimation.contrast-without-replicates", .usage,
            what: "--contrast-variance replicate needs replicate weights",
            why: "the function is computed from the estimates of each replicate; the design has none",
            fix: "add --replicates bootstrap, or choose --contrast-variance linearised")
    }

    /// A part of a function whose error does not come from its own replicates.
    static func noReplicateValues(_ variable: String) -> Problem {
        Problem(
            "estimation.no-replicate-values", .usage,
            what: "\"\(variable)\" has no values by replicate", place: Place(variable: variable),
            why: "its standard error is read off an interval, so that no replicate has an estimate of its own",
            fix: "add --quantile-ci replicate, or choose --contrast-variance linearised")
    }
}
