internal import SurveyData
internal import SurveyProblems

/// Weights for targets that cannot be met: as near to all of them as the price of missing them says.
extension GeneralCalibration {
    /// What keeps targets from being met, as opposed to mistakes in them or in the rows.
    private static let infeasible: Set<String> = [
        "weighting.empty-category", "weighting.zero-target", "weighting.contradicting-sums",
        "weighting.contradicting-category", "weighting.structural-zeros", "weighting.left-empty", "weighting.stalled",
        "weighting.not-converged", "weighting.margins-apart", "weighting.controls-not-met", "weighting.tight-bounds",
        "weighting.out-of-reach", "weighting.beyond-bounds", "weighting.contradicting-control",
        "weighting.empty-control", "weighting.far-totals",
    ]

    /// Fits with this rule after a fit that failed.
    ///
    /// The reasons become cautions; where they are others, nothing is fitted.
    func nearest(
        _ weights: [Double], to targets: WeightingTargets, clusterTargets: WeightingTargets? = nil,
        variables: [WeightingVariable], columns: [Column], after reasons: [Problem]
    ) -> Checked<Calibration.Fit> {
        let errors = reasons.filter { $0.severity == .error }
        guard errors.allSatisfy({ GeneralCalibration.infeasible.contains($0.code) }) else {
            return Checked(value: nil, problems: reasons)
        }
        let found = exactlyFitted(
            weights, to: targets, clusterTargets: clusterTargets, variables: variables, columns: columns)
        guard let fit = found.value else { return Checked(value: nil, problems: reasons + found.problems) }
        let missed = fit.margins.filter { $0.distance > 1e-3 }
        let worst = fit.margins.max { $0.distance < $1.distance }
        let caution = Problem.nearestWeights(
            missed: missed.count, name: worst?.name ?? "", target: worst?.target ?? 0, reached: worst?.after ?? 0
        ).placed(file: targets.file)
        let told = reasons.map { reason in
            Problem(
                reason.code, .finding, severity: .caution, what: reason.what, place: reason.place, why: reason.why,
                fix: reason.fix)
        }
        let known = Set(reasons.map(\.code))
        return Checked(
            value: fit, problems: told + found.problems.filter { !known.contains($0.code) } + [caution])
    }
}

extension WeightingSummary.Margin {
    /// Relative distance from the target after the step.
    fileprivate var distance: Double { target == 0 ? abs(after) : abs(after - target) / abs(target) }

    fileprivate var name: String {
        variable.isEmpty || category.isEmpty ? variable : "\(variable)=\(category)"
    }
}

extension Problem {
    /// Weights that miss targets which cannot be met.
    static func nearestWeights(missed: Int, name: String, target: Double, reached: Double) -> Problem {
        Problem(
            "weighting.nearest-weights", .finding, severity: .caution,
            what: "The targets cannot be met; these are the weights nearest to them",
            why:
                "\(missed) targets are missed by more than a thousandth, most of all \"\(name)\": \(target.brief) wanted, \(reached.brief) reached",
            fix: "say so wherever results are shown, or change the targets as the other cautions propose")
    }
}
