internal import SurveyMath

/// The distribution of Σ λχ²₁ over χ²(a)/a; with infinite a of the sum alone.
struct MixtureRatio {
    let weights: [Double]
    let denominator: Double
    /// R survey 4.1-1 cuts a to a whole number in its saddlepoint approximation.
    var cutsDenominator = false

    func upperTail(_ x: Double) -> Double? {
        if denominator.isInfinite { return ChiSquareMixture(weights: weights).upperTail(x) }
        return ChiSquareMixture.ratio(weights: weights, exceeding: x, denominator: denominator).upperTail(0)
    }

    func saddlepointUpperTail(_ x: Double) -> Double? {
        if denominator.isInfinite { return ChiSquareMixture(weights: weights).saddlepointUpperTail(x) }
        let whole = cutsDenominator ? max(1, denominator.rounded(.down)) : denominator
        return ChiSquareMixture(
            weights: weights + [-x / denominator],
            degreesOfFreedom: [Double](repeating: 1, count: weights.count) + [whole]
        ).saddlepointUpperTail(0)
    }
}
