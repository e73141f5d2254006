internal import Glibc

/// A distribution function at a point, what is left of 1, and two derivatives.
struct CumulativePoint {
    var below: Double
    var above: Double
    var density: Double
    var slope: Double
}

extension ModelLink {
    /// The distribution of a cumulative link: P(y ≤ j) = F(ζ_j − x'β).
    @inline(__always)
    func distribution(_ point: Double) -> CumulativePoint {
        if point == .infinity { return CumulativePoint(below: 1, above: 0, density: 0, slope: 0) }
        if point == -.infinity { return CumulativePoint(below: 0, above: 1, density: 0, slope: 0) }
        switch self {
        case .probit:
            let density = exp(-0.5 * point * point) * 0.3989422804014326779
            return CumulativePoint(
                below: 0.5 * erfc(-point * 0.5.squareRoot()), above: 0.5 * erfc(point * 0.5.squareRoot()),
                density: density, slope: -point * density)
        case .cloglog:
            let rate = exp(min(point, 700))
            let above = exp(-rate)
            return CumulativePoint(
                below: -expm1(-rate), above: above, density: rate * above, slope: rate * above * (1 - rate))
        default:
            let small = exp(-abs(point))
            let great = 1 / (1 + small)
            let rest = small * great
            let density = great * rest
            return point >= 0
                ? CumulativePoint(below: great, above: rest, density: density, slope: density * (rest - great))
                : CumulativePoint(below: rest, above: great, density: density, slope: density * (great - rest))
        }
    }
}
