internal import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Direct standardisation: inside each domain, classes get the shares that they have in a standard population.
///
/// Weights are post-stratified to the cells class × domain with the total share of the class × Σw of the domain, so that
/// the variance of a standardised mean or rate is that of a post-stratified one. A class that a domain lacks is left out
/// there with a caution, and the shares of its other classes grow.
///
/// - Source: Documentation/Methods.md, "Standardised means and rates".
///   Checked: R survey 4.1-1 `svystandardize`, standardize.json.
public struct Standardization: Sendable, Equatable {
    /// The standard population: the classes of one variable, or of crossed ones, with their sizes or shares.
    public let standard: WeightingTargets.Margin
    /// The file that it comes from, for problems.
    public let file: String

    public init(_ standard: WeightingTargets.Margin, file: String = "") {
        self.standard = standard
        self.file = file
    }

    /// Fits the weights of rows; rows of weight 0 take no part.
    ///
    /// - Shapes: one weight a row in and out; `classes` are the variables of the standard, `domains` those whose
    ///   combinations are the domains, none for the whole.
    /// - Missing: rows in use without a class are an error; rows without a domain get weight 0.
    /// - Throws: nothing; the problems hold everything that is wrong at once (`weighting.…`).
    public func fitted(
        _ weights: [Double], classes: [WeightingVariable], domains: [WeightingVariable]
    ) -> Checked<Calibration.Fit> {
        precondition(classes.map(\.name) == standard.variables, "the variables of the standard")
        let sum = standard.total
        guard sum > 0, sum.isFinite else {
            return Checked(
                value: nil, problems: [Problem.noPopulation().placed(file: file, line: standard.line)])
        }
        var own = weights
        for row in own.indices where domains.contains(where: { $0.column.missing(at: row) != nil }) { own[row] = 0 }
        let cells = CrossedCells(domains.map(\.column), weights: own)
        var categories: [WeightingTargets.Category] = []
        for domain in 0..<cells.count {
            let codes = domains.indices.map { domains[$0].codes[Int(cells.codes[$0][domain])] }
            for entry in standard.categories where entry.total > 0 {
                categories.append(
                    WeightingTargets.Category(
                        codes: codes + entry.codes, total: entry.total / sum * cells.weights[domain], line: entry.line,
                        position: entry.position))
            }
        }
        let targets = WeightingTargets(
            file: file,
            margins: [
                WeightingTargets.Margin(
                    variables: domains.map(\.name) + standard.variables, categories: categories, line: standard.line)
            ])
        return Calibration(method: .poststratify, isPartial: true).fitted(
            own, to: targets, variables: domains + classes)
    }
}
