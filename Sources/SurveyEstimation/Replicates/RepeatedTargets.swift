internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems
internal import SurveyWeighting

/// Targets that are estimates, drawn anew for each replicate.
///
///     t_b = t + A z_b,   A A' = V_t,   Σ_b z_b = 0,   s Σ_b r_b z_b z_b' = 1
///
/// so that the variance by replicates of a figure which the targets settle is exactly what their errors say. The numbers z
/// are drawn from the normal distribution by the seed of the replicates, and made orthogonal.
///
/// - Source: Opsomer and Erciulescu (2021), Survey Methodology 47(2), with drawn replicates of the targets in place of those
///   of another survey; Fuller (1998), Statistica Sinica 8, 1153–1164; Documentation/Methods.md, "Replicates".
struct RepeatedTargets: Sendable {
    /// By fit and replicate, what each target is moved by; empty for a fit to known targets.
    let changes: [[[Double]]]

    /// - Throws: ``Problem`` `estimation.replicates-with-errors` without a seed, `estimation.replicates-below-errors`.
    init(_ steps: [CalibrationRecord.Step], replicates: ReplicateWeights) throws(Problem) {
        // A fit that is done again after trimming has the targets of the first one, and their draws.
        var source: [Int?] = []
        var count = 0
        var starts: [Int] = []
        for (number, step) in steps.enumerated() {
            starts.append(count)
            guard let errors = step.targetErrors else {
                source.append(nil)
                continue
            }
            let earlier = steps[..<number].firstIndex {
                $0.targetErrors == errors && $0.targets == step.targets
                    && $0.controls?.controls == step.controls?.controls && $0.margins == step.margins
            }
            source.append(earlier ?? number)
            if earlier == nil { count += errors.drawCount }
        }
        guard count > 0 else {
            changes = steps.map { _ in [] }
            return
        }
        guard let seed = replicates.plan.seed else { throw .replicatesWithErrors() }
        let used = (0..<replicates.count).filter { replicates.scales[$0] > 0 }
        guard used.count > count else { throw .replicatesBelowErrors(replicates: used.count, errors: count) }
        let numbers = RepeatedTargets.numbers(count, of: used, seed: seed, replicates: replicates)
        changes = steps.indices.map { number in
            guard let from = source[number], let errors = steps[from].targetErrors else { return [] }
            return (0..<replicates.count).map { replicate in
                errors.changes(of: (0..<errors.drawCount).map { numbers[starts[from] + $0][replicate] })
            }
        }
    }

    /// So many numbers for each replicate, with the moments that the variance asks for.
    private static func numbers(
        _ count: Int, of used: [Int], seed: UInt64, replicates: ReplicateWeights
    ) -> [[Double]] {
        let roots = used.map { (replicates.scale * replicates.scales[$0]).squareRoot() }
        var streams = used.map { RandomStream(seed: seed, for: .targets, number: $0) }
        // The first vector is that of the centre.
        var vectors = [roots.map { 1 / $0 }]
        for _ in 0..<count { vectors.append(streams.indices.map { streams[$0].normal() }) }
        for own in vectors.indices {
            // Twice, since the first time leaves rounding along the others.
            for _ in 0..<2 {
                for other in 0..<own {
                    let along = zip(vectors[own], vectors[other]).reduce(0) { $0 + $1.0 * $1.1 }
                    for place in used.indices { vectors[own][place] -= along * vectors[other][place] }
                }
                let length = vectors[own].reduce(0) { $0 + $1 * $1 }.squareRoot()
                for place in used.indices { vectors[own][place] /= length }
            }
        }
        return vectors.dropFirst().map { vector in
            var numbers = [Double](repeating: 0, count: replicates.count)
            for (place, replicate) in used.enumerated() { numbers[replicate] = vector[place] / roots[place] }
            return numbers
        }
    }
}

extension Problem {
    /// Replicates of weights whose targets have errors, where nothing is drawn.
    static func replicatesWithErrors() -> Problem {
        Problem(
            "estimation.replicates-with-errors", .usage,
            what: "Targets with standard errors need replicates that are drawn at random",
            why: "the targets of each replicate are drawn by the seed of the replicates; there is none",
            fix: "use --replicates bootstrap with --seed, or linearised errors")
    }

    /// Too few replicates to show every error.
    static func replicatesBelowErrors(replicates: Int, errors: Int) -> Problem {
        Problem(
            "estimation.replicates-below-errors", .usage,
            what: "There are too few replicates for the errors of the targets",
            why: "each of \(errors) errors needs a replicate, and one more; found \(replicates) replicates",
            fix: "ask for more replicates")
    }
}
