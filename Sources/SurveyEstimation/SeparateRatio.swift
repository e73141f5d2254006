public import SurveyData
internal import SurveyDesign
public import SurveyProblems

/// A total estimated by a ratio of its own in each stratum.
///
///     Ŷ = Σh R_h X_h        V = Σh Σk X_h X_k cov(R_h, R_k)
///
/// Source: Cochran (1977), Sampling Techniques, §6.10; Documentation/Methods.md, "Separate ratio".
/// Checked: R survey 4.1-1 `svyratio(separate = TRUE)` with `predict`, Tests/Reference/ratios.json.
public struct SeparateRatio: Sendable {
    /// The ratio of each stratum, in the order of its categories.
    public let ratios: [Estimate]
    public let total: Estimate
    public let cautions: [Problem]
}

extension Estimation {
    /// Estimates ratios by stratum and the total that they make with known totals of the denominator.
    ///
    /// - Shapes: columns have one entry for each row of the design's table; `totals` names every stratum that has rows.
    /// - Missing: as of ``Measure/Content/ratio(_:_:)``; the total is not computable where a ratio is not.
    /// - Throws: ``Problem`` `estimation.separate-totals` and those of ``estimates(of:by:where:)``.
    public func separateRatio(
        of numerator: Column, to denominator: Column, in strata: Column, totals: [String: Double],
        where domain: Truth? = nil
    ) throws(Problem) -> SeparateRatio {
        var options = options
        options.keepsInfluences = true
        let measure = Measure(
            statistic: .ratio, variable: numerator.name + "/" + denominator.name,
            content: .ratio(numerator, denominator))
        let engine = Estimation(design: design, options: options)
        let result = try engine.estimates(of: [measure], by: [Breakdown(by: [strata])], where: domain)
        let labels = result.rows.map { $0.by.last?.category ?? "" }
        let missing = labels.filter { totals[$0]?.isFinite != true }
        let unknown = totals.keys.filter { !labels.contains($0) }.sorted()
        guard missing.isEmpty, unknown.isEmpty else { throw .separateTotals(missing + unknown) }
        let terms = labels.enumerated().map { (row: $0, coefficient: totals[$1] ?? .nan) }
        let total = engine.combination(
            of: result, terms: terms, statistic: .total, variable: numerator.name, by: [])
        return SeparateRatio(ratios: result.rows, total: total, cautions: result.cautions)
    }
}

extension Problem {
    /// Strata without a known total, or totals without a stratum.
    static func separateTotals(_ strata: [String]) -> Problem {
        Problem(
            "estimation.separate-totals", .usage, what: "The totals of a separate ratio do not fit its strata",
            why: "each stratum with rows has one finite total of the denominator; see \(list: strata)",
            fix: "give a total for every stratum, and none for others")
    }
}
