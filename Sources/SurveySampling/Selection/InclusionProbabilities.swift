internal import SurveyMath
public import SurveyProblems

/// The probabilities with which units are drawn in proportion to a size.
///
/// π = n·x/Σx; units for which that is 1 or more are certain, and the rest is shared out anew until none is left.
///
/// Source: Tillé (2006), Sampling Algorithms, 2.10. Checked: `inclusionprobabilities` of R's package sampling 2.9.
public struct InclusionProbabilities: Sendable, Equatable {
    /// By unit, above 0 and up to 1; they sum to the size of the sample.
    public let values: [Double]
    /// The units that are certain, in their order.
    public let certain: [Int]

    /// Shares `count` draws out in proportion to `sizes`.
    ///
    /// - Throws: ``Problem`` `sampling.more-than-units`, `sampling.wrong-size` with the rows whose size is missing, negative or 0.
    public init(sizes: [Double], count: Int) throws(Problem) {
        try SamplingRange.counting.check(Double(count), "n")
        guard count <= sizes.count else { throw .moreThanUnits(count, of: sizes.count, stratum: "") }
        let wrong = sizes.indices.filter { !(sizes[$0] > 0 && sizes[$0].isFinite) }.map { $0 + 1 }
        guard wrong.isEmpty else { throw .wrongSize(rows: wrong) }
        // Only their ratios count; a greatest of 1 keeps their sum in range.
        let scale = sizes.max() ?? 1
        let shares = sizes.map { $0 / scale }
        var values = [Double](repeating: 0, count: sizes.count)
        var open = Array(sizes.indices)
        var rest = count
        while rest > 0 {
            let sum = CompensatedSum.of(open.map { shares[$0] })
            let found = open.filter { Double(rest) * shares[$0] >= sum }
            // Units beside which the others vanish in rounding are as good as certain, but all must have a chance.
            if found.isEmpty || (found.count >= rest && found.count < open.count) {
                for unit in open { values[unit] = min(Double(rest) * shares[unit] / sum, (1.0).nextDown) }
                break
            }
            for unit in found { values[unit] = 1 }
            let taken = Set(found)
            open.removeAll(where: taken.contains)
            rest -= taken.count
        }
        self.values = values
        certain = values.indices.filter { values[$0] == 1 }
    }

    /// The same probability for each of `units` units.
    public init(equal count: Int, of units: Int) {
        precondition(count >= 0 && count <= units, "a sample of its population")
        values = [Double](repeating: units > 0 ? Double(count) / Double(units) : 0, count: units)
        certain = []
    }
}

extension Problem {
    /// A sample with more units than there are.
    static func moreThanUnits(_ count: Int, of units: Int, stratum: String) -> Problem {
        Problem(
            "sampling.more-than-units", .usage, what: "Stratum \"\(stratum)\" has too few units",
            why: "units are drawn without replacement; found \(units) for a sample of \(count)",
            fix: "lower --n, or join strata")
    }

    /// Sizes in proportion to which nothing can be drawn.
    static func wrongSize(rows: [Int]) -> Problem {
        Problem(
            "sampling.wrong-size", .input, what: "The size is missing or not positive in \(rows.count) rows",
            place: Place(rows: rows),
            why: "a unit of size 0 would never be drawn, so that its part of the population is left out",
            fix: "correct the rows, join them with neighbours, or take them out of the frame and say so")
    }
}
