internal import SurveyMath
internal import SurveyProblems

/// Makes one weight of several samples of one population: waves that are pooled, or frames that overlap.
///
///     w ← λ_s · w,   Σ_s λ_s = 1       for rows of sample s, of frames only where the frames overlap
///     w ← w / m                        for a unit that m frames could have drawn
///
/// λ is given, equal, or proportional to the rows or to the effective rows (Kish) of each sample where they overlap.
///
/// - Source: Hartley (1962); Kish (1999); Mecatti (2007); Documentation/Methods.md, "Weighting".
public struct WeightCombination: Sendable, Equatable {
    public enum Shares: Sendable, Equatable {
        case equal
        case rows
        case effectiveRows
        /// The share of each sample, by its code.
        case given([String: Double])
    }

    /// The variable that tells the samples apart; nil with `multiplicity` alone.
    public var source: String?
    public var shares: Shares
    /// The variable that tells what the frames share, and its codes there; nil: the samples share everything.
    public var overlap: String?
    public var overlapCodes: [String]
    /// The column with the number of frames that could have drawn the row.
    public var multiplicity: String?

    public init(
        source: String?, shares: Shares = .effectiveRows, overlap: String? = nil, overlapCodes: [String] = [],
        multiplicity: String? = nil
    ) {
        self.source = source
        self.shares = shares
        self.overlap = overlap
        self.overlapCodes = overlapCodes
        self.multiplicity = multiplicity
    }

    /// The columns with codes that the step needs.
    public var columns: [String] { [source, overlap].compactMap { $0 } }

    /// Combines weights; `multiplicities` holds the column of that name.
    ///
    /// The record lets replicates do the step again; nil where its factors depend on no weight.
    func combined(
        _ weights: [Double], variables: [WeightingVariable], multiplicities: [Double]?
    ) -> Checked<(weights: [Double], record: AdjustmentRecord?)> {
        var result = weights
        if let multiplicity {
            guard let multiplicities else { preconditionFailure("the column of multiplicities") }
            let wrong = weights.indices.filter { weights[$0] != 0 && !(multiplicities[$0] >= 1) }
            guard wrong.isEmpty else {
                return Checked(value: nil, problems: [.wrongMultiplicity(multiplicity, rows: wrong.map { $0 + 1 })])
            }
            for row in result.indices where result[row] != 0 { result[row] /= multiplicities[row] }
        }
        guard let source else { return Checked(value: (result, nil), problems: []) }
        guard let samples = variables.first(where: { $0.name == source }) else {
            preconditionFailure("one variable for each column of the step")
        }
        var inside = weights
        if let overlap {
            guard let variable = variables.first(where: { $0.name == overlap }) else {
                preconditionFailure("one variable for each column of the step")
            }
            let grouping = RowGroups([variable], weights: weights)
            guard grouping.problems.isEmpty else { return Checked(value: nil, problems: grouping.problems) }
            for row in inside.indices where inside[row] != 0 {
                if !overlapCodes.contains(grouping.labels[Int(grouping.groupOfRow[row])]) { inside[row] = 0 }
            }
        }
        let grouping = RowGroups([samples], weights: inside)
        guard grouping.problems.isEmpty else { return Checked(value: nil, problems: grouping.problems) }
        guard grouping.count > 1 else {
            return Checked(value: nil, problems: [.oneSample(source, found: grouping.labels)])
        }
        let found = shares(of: grouping, inside)
        guard let shares = found.value else { return Checked(value: nil, problems: found.problems) }
        for row in result.indices where inside[row] != 0 { result[row] *= shares[Int(grouping.groupOfRow[row])] }
        let rule: AdjustmentRecord.Rule? =
            switch self.shares {
            case .equal, .given: nil
            case .rows: .rows
            case .effectiveRows: .effectiveRows
            }
        let record = rule.map {
            AdjustmentRecord(
                rule: $0, groupOfRow: grouping.groupOfRow, cellCount: grouping.count, before: inside)
        }
        return Checked(value: (result, record), problems: [])
    }

    private func shares(of grouping: RowGroups, _ weights: [Double]) -> Checked<[Double]> {
        var rows = [[Double]](repeating: [], count: grouping.count)
        for row in weights.indices where weights[row] != 0 { rows[Int(grouping.groupOfRow[row])].append(weights[row]) }
        let sizes: [Double]
        switch shares {
        case .equal: sizes = rows.map { _ in 1 }
        case .rows: sizes = rows.map { Double($0.count) }
        case .effectiveRows: sizes = rows.map { Double($0.count) / Trimming.kishEffect($0) }
        case .given(let given):
            let missing = grouping.labels.filter { given[$0] == nil }
            let sum = grouping.labels.reduce(0) { $0 + (given[$1] ?? 0) }
            guard missing.isEmpty, given.values.allSatisfy({ $0 > 0 && $0 < 1 }), abs(sum - 1) <= 1e-9 else {
                return Checked(value: nil, problems: [.wrongShares(sum: sum, missing: missing)])
            }
            return Checked(value: grouping.labels.map { given[$0] ?? 0 }, problems: [])
        }
        let sum = CompensatedSum.of(sizes)
        return Checked(value: sizes.map { $0 / sum }, problems: [])
    }
}

extension Problem {
    /// Rows that no frame, or less than one, could have drawn.
    static func wrongMultiplicity(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.wrong-multiplicity", .input, what: "\"\(column)\" is below 1 in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "it counts the frames that could have drawn the row, the own one included", fix: "correct the rows")
    }

    /// Nothing to be combined.
    static func oneSample(_ variable: String, found: [String]) -> Problem {
        Problem(
            "weighting.one-sample", .computation, what: "\"\(variable)\" tells no samples apart",
            why: "two samples at least must be there where they overlap; found \(list: found)",
            fix: "correct the variable or the codes of the overlap, or delete the step")
    }

    /// Shares that do not make a whole.
    static func wrongShares(sum: Double, missing: [String]) -> Problem {
        Problem(
            "weighting.wrong-shares", .usage, what: "The shares of the samples are no parts of a whole",
            why:
                "each sample has a share between 0 and 1, together 1; they add up to \(sum.brief), and missing are \(list: missing)",
            fix: "correct the shares")
    }
}
