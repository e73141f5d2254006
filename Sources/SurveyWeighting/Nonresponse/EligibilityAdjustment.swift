internal import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Lets cases of known eligibility stand for those of unknown eligibility in their cell, and nothing more.
///
///     d ← d · Σ all d / Σ known d     on known cases, the unknown get 0
///
/// With a step of its own, eligibility may have other cells than response. The unweighted rate has counts in place of sums.
///
/// - Shapes: one weight a row in and out.
/// - Missing: a row in use without an outcome or without a cell is an error.
/// - Source: Valliant, Dever and Kreuter (2018), §13.3; Documentation/Methods.md, "Weighting".
public struct EligibilityAdjustment: Sendable, Equatable {
    /// The variables whose crossing makes the cells; none means one cell.
    public var cells: [String]
    public var outcome: String
    public var classes: OutcomeMap
    public var rate: NonresponseAdjustment.Rate

    public init(
        cells: [String], outcome: String, classes: OutcomeMap, rate: NonresponseAdjustment.Rate = .weighted
    ) {
        self.cells = cells
        self.outcome = outcome
        self.classes = classes
        self.rate = rate
    }

    /// The columns that the step needs.
    public var columns: [String] { cells + [outcome] }

    /// Adjusts the weights of issued cases; the record lets replicates do the step again.
    public func adjusted(
        _ weights: [Double], variables: [WeightingVariable]
    ) -> Checked<(weights: [Double], outcomes: [OutcomeClass?], record: AdjustmentRecord)> {
        let own = cells.compactMap { name in variables.first { $0.name == name } }
        guard own.count == cells.count, let status = variables.first(where: { $0.name == outcome }) else {
            preconditionFailure("one variable for each column of the step")
        }
        let (outcomes, unmapped) = NonresponseAdjustment(cells: cells, outcome: outcome, classes: classes).outcomes(
            status, weights)
        let grouping = RowGroups(own, weights: weights)
        var problems = unmapped + grouping.problems
        guard problems.isEmpty else { return Checked(value: nil, problems: problems) }
        var all = [CompensatedSum](repeating: CompensatedSum(), count: grouping.count)
        var known = all
        for row in weights.indices where weights[row] != 0 {
            let value = rate == .weighted ? weights[row] : 1
            all[Int(grouping.groupOfRow[row])].add(value)
            if outcomes[row] != .unknown { known[Int(grouping.groupOfRow[row])].add(value) }
        }
        for group in all.indices where !(known[group].value > 0) {
            var problem = Problem.nothingKnown(grouping.labels[group]).placed(variable: cells.joined(separator: "*"))
            problem.place.detail = "\(cells.joined(separator: "*"))=\(grouping.labels[group])"
            problems.append(problem)
        }
        guard problems.isEmpty, !all.isEmpty else {
            return Checked(value: nil, problems: problems.isEmpty ? [.noWeights()] : problems)
        }
        var result = weights
        for row in weights.indices where weights[row] != 0 {
            let group = Int(grouping.groupOfRow[row])
            result[row] = outcomes[row] == .unknown ? 0 : weights[row] * (all[group].value / known[group].value)
        }
        let record = AdjustmentRecord(
            .eligibility, grouping.groupOfRow, cellCount: grouping.count, outcomes: outcomes, rate: rate,
            before: weights)
        return Checked(value: (result, outcomes, record), problems: [])
    }
}

extension Problem {
    /// A cell with cases of unknown eligibility alone.
    static func nothingKnown(_ cell: String) -> Problem {
        Problem(
            "weighting.nothing-known", .computation, what: "Cell \"\(cell)\" has no case of known eligibility",
            why: "known cases stand for the unknown ones of their cell; \"\(cell)\" has unknown ones alone",
            fix: "collapse the cell with a neighbour, or take fewer variables")
    }
}
