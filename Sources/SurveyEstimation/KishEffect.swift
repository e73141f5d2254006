internal import SurveyMath

/// What unequal weights alone do to precision; not "the" design effect, since it does not see clusters or strata.
///
///     deff = n Σw² / (Σw)² = 1 + cv²(w)        n_eff = (Σw)² / Σw²
///
/// - Source: Kish (1965), §11.7; Documentation/Methods.md, "Design effect".
///   Checked: Tests/Reference/kish.json.
public struct KishEffect: Sendable, Equatable {
    /// Weights that are not 0.
    public let n: Int
    public let designEffect: Double
    public let effectiveN: Double

    /// The coefficient of variation of the weights, with divisor n.
    public var coefficientOfVariation: Double { max(0, designEffect - 1).squareRoot() }

    /// Takes weights; nil if they sum to nothing.
    public init?(weights: [Double]) {
        let used = weights.filter { $0 != 0 }
        let sum = CompensatedSum.of(used)
        let squares = CompensatedSum.of(used.map { $0 * $0 })
        guard sum > 0, squares > 0, squares.isFinite else { return nil }
        n = used.count
        designEffect = Double(used.count) * squares / (sum * sum)
        effectiveN = sum * sum / squares
    }
}
