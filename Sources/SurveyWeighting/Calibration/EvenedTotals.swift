internal import SurveyMath
internal import SurveyProblems

/// The totals of targets made fit for use: shares become totals, and all margins the same population.
struct EvenedTotals {
    /// By margin and category.
    private(set) var totals: [[Double]]
    /// Their standard errors, scaled as they are.
    private(set) var errors: [[Double]]
    private(set) var problems: [Problem] = []
    /// True if the first margin adds up to nothing.
    var isEmpty: Bool { !(totals.first.map { CompensatedSum.of($0) } ?? 0 > 0) }

    /// Sums that differ by less than this, relatively, are the same population rounded in two ways.
    private static let tolerance = 1e-6

    /// `sumOfWeights` is what shares are scaled to where the file names no size of the population.
    ///
    /// `isLenient` leaves contradictions as they are, for weights that are to come near to all of them.
    init(_ targets: WeightingTargets, sumOfWeights: Double, rescales: Bool, isLenient: Bool = false) {
        totals = targets.margins.map { $0.categories.map(\.total) }
        errors = targets.margins.map { $0.categories.map(\.standardError) }
        var sums = totals.map { CompensatedSum.of($0) }
        let named = targets.margins.indices.filter { !targets.margins[$0].variables.isEmpty }
        let size = targets.margins.firstIndex { $0.variables.isEmpty }
        if !named.isEmpty, named.allSatisfy({ abs(sums[$0] - 1) <= Self.tolerance }),
            size.map({ sums[$0] != 1 }) ?? true
        {
            let population = size.map { sums[$0] } ?? sumOfWeights
            for number in named { scale(number, from: sums[number], to: population) }
            for number in named { sums[number] = population }
            problems.append(Problem.shares(population: population).placed(file: targets.file))
        }
        guard let first = sums.first, first > 0 else {
            problems.append(Problem.noPopulation().placed(file: targets.file, line: targets.margins.first?.line))
            return
        }
        for (number, margin) in targets.margins.enumerated().dropFirst() {
            let gap = abs(sums[number] - first) / first
            guard gap > 0 else { continue }
            let problem: Problem
            if gap <= Self.tolerance || rescales {
                if gap <= 1e-9 {
                    scale(number, from: sums[number], to: first)
                    continue
                }
                guard sums[number] > 0 else { continue }
                scale(number, from: sums[number], to: first)
                problem = .rescaled(
                    margin.written, sum: sums[number], first: targets.margins[0].written, total: first)
            } else if isLenient {
                continue
            } else {
                problem = .contradictingSums(
                    margin.written, sum: sums[number], first: targets.margins[0].written, total: first)
            }
            var placed = problem.placed(file: targets.file, line: margin.line, variable: margin.label)
            placed.place.detail = margin.label
            problems.append(placed)
        }
        if !isLenient, !problems.contains(where: { $0.severity == .error }) { checkNested(targets) }
    }

    private mutating func scale(_ margin: Int, from sum: Double, to wanted: Double) {
        guard sum > 0 else { return }
        totals[margin] = totals[margin].map { $0 * (wanted / sum) }
        errors[margin] = errors[margin].map { $0 * (wanted / sum) }
    }

    /// A margin whose variables are among those of another says the same of them, category by category.
    private mutating func checkNested(_ targets: WeightingTargets) {
        for (coarse, margin) in targets.margins.enumerated() where !margin.variables.isEmpty {
            for (fine, other) in targets.margins.enumerated() where fine != coarse {
                let places = margin.variables.compactMap { other.variables.firstIndex(of: $0) }
                guard places.count == margin.variables.count, other.variables.count > places.count else { continue }
                var sums: [[String]: Double] = [:]
                for (category, total) in zip(other.categories, totals[fine]) {
                    sums[places.map { category.codes[$0] }, default: 0] += total
                }
                for (category, total) in zip(margin.categories, totals[coarse]) {
                    let sum = sums[category.codes] ?? 0
                    guard abs(sum - total) > Self.tolerance * max(total, sum) else { continue }
                    var problem = Problem.contradictingCategory(
                        category.label, of: margin.label, total: total, in: other.label, sum: sum
                    ).placed(
                        file: targets.file, line: category.line, position: category.position, variable: margin.label)
                    problem.place.detail = "\(margin.label)=\(category.label)"
                    problems.append(problem)
                }
            }
        }
    }
}

extension Problem {
    /// Targets that are shares.
    static func shares(population: Double) -> Problem {
        Problem(
            "weighting.shares", .finding, severity: .caution, what: "The targets are shares",
            why: "every margin adds up to 1; the weights will add up to \(population.brief)",
            fix: "add a line such as ,,19765004 if the size of the population is known")
    }

    /// Targets that add up to nothing.
    static func noPopulation() -> Problem {
        Problem(
            "weighting.no-population", .computation, what: "The targets add up to 0",
            why: "the first margin is the size of the population; found 0", fix: "correct the totals")
    }

    /// A margin that was scaled to the first one.
    static func rescaled(_ margin: String, sum: Double, first: String, total: Double) -> Problem {
        Problem(
            "weighting.rescaled", .finding, severity: .caution,
            what: "The targets of margin \"\(margin)\" were scaled to those of \"\(first)\"",
            why: "\"\(margin)\" adds up to \(sum.brief), \"\(first)\" to \(total.brief)",
            fix: "take both from one source if that is possible")
    }

    /// Margins of two populations.
    static func contradictingSums(_ margin: String, sum: Double, first: String, total: Double) -> Problem {
        Problem(
            "weighting.contradicting-sums", .computation,
            what: "Margins \"\(first)\" and \"\(margin)\" contradict each other",
            why:
                "all margins add up to the same population; \"\(first)\" to \(total.brief(beside: sum)), \"\(margin)\" to \(sum.brief(beside: total))",
            fix: "correct the totals, or scale all margins to the first with --rescale-margins first")
    }

    /// Two margins that give one category different totals.
    static func contradictingCategory(
        _ category: String, of margin: String, total: Double, in other: String, sum: Double
    ) -> Problem {
        Problem(
            "weighting.contradicting-category", .computation,
            what: "Margins \"\(margin)\" and \"\(other)\" contradict each other about \"\(category)\"",
            why: "\"\(margin)\" gives it \(total.brief), the categories of \"\(other)\" add up to \(sum.brief)",
            fix: "correct the totals; if the crossed margin says all that is known, delete the other")
    }
}
