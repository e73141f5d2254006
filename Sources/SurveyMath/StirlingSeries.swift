internal import Glibc

/// The parts of gamma and beta densities that keep their digits far from the mean.
///
///     ln Γ(z) = (z − ½) ln z − z + ½ ln 2π + δ(z)        D(x, m) = x ln(x/m) + m − x
///
/// Powers and factorials cancel to many digits when they are taken one by one; δ and D are what is left of them.
/// Source: Loader (2000), Fast and Accurate Computation of Binomial Probabilities.
enum StirlingSeries {
    /// δ(z) for z > 0: the series 1/12z − 1/360z³ + 1/1260z⁵ − …, from 10 on.
    static func correction(_ z: Double) -> Double {
        var sum = 0.0
        var z = z
        while z < 10 {
            sum += (z + 0.5) * log1p(1 / z) - 1
            z += 1
        }
        let coefficients: [Double] = [
            0.083333333333333333, -0.0027777777777777778, 0.00079365079365079365, -0.00059523809523809524,
            0.00084175084175084175, -0.0019175269175269175, 0.0064102564102564103, -0.029550653594771242,
        ]
        let square = 1 / (z * z)
        var series = 0.0
        for coefficient in coefficients.reversed() { series = series * square + coefficient }
        return sum + series / z
    }

    /// D(x, m) for x > 0 and m ≥ 0; infinite for m = 0.
    static func deviance(_ x: Double, _ mean: Double) -> Double {
        guard mean > 0 else { return .infinity }
        let difference = x - mean
        guard abs(difference) < 0.1 * (x + mean) else { return x * log(x / mean) - difference }
        let v = difference / (x + mean)
        var sum = difference * v
        var power = 2 * x * v
        var odd = 3.0
        while true {
            power *= v * v
            let next = sum + power / odd
            if next == sum { return sum }
            (sum, odd) = (next, odd + 2)
        }
    }
}
