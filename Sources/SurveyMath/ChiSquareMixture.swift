internal import Glibc

/// The distribution of Q = Σ λ·χ²(d), a sum of independent chi-squares with weights of either sign.
///
/// Large values of Q are what tests of categories see when a sample is not simple random.
public struct ChiSquareMixture: Sendable {
    /// Weights other than 0, divided by the greatest absolute one.
    private let weights: [Double]
    private let degrees: [Double]
    private let scale: Double
    private let isValid: Bool

    /// Takes the weights λ, and the degrees of freedom of each chi-square (1 if not given).
    public init(weights: [Double], degreesOfFreedom: [Double]? = nil) {
        let degrees = degreesOfFreedom ?? [Double](repeating: 1, count: weights.count)
        precondition(weights.count == degrees.count, "degrees of freedom for each weight")
        isValid = weights.allSatisfy(\.isFinite) && degrees.allSatisfy { $0 > 0 && $0.isFinite }
        let used = weights.indices.filter { weights[$0] != 0 }
        scale = used.map { abs(weights[$0]) }.max() ?? 1
        let greatest = scale
        self.weights = used.map { weights[$0] / greatest }
        self.degrees = used.map { degrees[$0] }
    }

    /// The difference Σ λ·χ²₁ − x·χ²(a)/a, whose probability to be above 0 is that of Q/(χ²(a)/a) > x.
    ///
    /// With infinitely many degrees of freedom below there is no such difference; use `upperTail(x)` of the weights.
    public static func ratio(weights: [Double], exceeding x: Double, denominator a: Double) -> ChiSquareMixture {
        ChiSquareMixture(
            weights: weights + [-x / a], degreesOfFreedom: [Double](repeating: 1, count: weights.count) + [a])
    }

    /// Returns P(Q > x), also where it is very small; nil if a weight is not a number.
    ///
    ///     P = 1/2πi ∫ e^f(s) ds,   f(s) = K(s) − s·x − ln s,   K(s) = −½ Σ d·ln(1 − 2λs)
    ///
    /// The path crosses the real axis where f is least, so nothing cancels, and is bent so that the integrand falls off
    /// fast on both sides; the trapezoidal rule then doubles its digits with each halving of the step.
    ///
    /// - Source: Rice (1980), SIAM J. Sci. Stat. Comput. 1, 438–448; the same integral as Imhof (1961) on another path.
    ///   Checked: Imhof's integral by mpmath 1.3.0, Tests/Reference/upper-tails.json.
    public func upperTail(_ x: Double) -> Double? {
        guard isValid, !x.isNaN else { return nil }
        if x.isInfinite { return x > 0 ? 0 : 1 }
        let x = x / scale
        let greatest = weights.max() ?? 0
        guard greatest > 0 else {
            if x >= 0 { return 0 }
            return weights.isEmpty ? 1 : negated.upperTail(-x).map { 1 - $0 }
        }
        if x <= 0, weights.allSatisfy({ $0 > 0 }) { return 1 }
        let path = Path(self, x: x, end: 1 / (2 * greatest))
        return path.integral().map { min(1, max(0, $0)) }
    }

    private var negated: ChiSquareMixture {
        ChiSquareMixture(weights: weights.map { -$0 }, degreesOfFreedom: degrees)
    }

    /// Returns P(Q > x) by the saddlepoint approximation, good to a few percent of P; nil if it is not defined.
    ///
    ///     P ≈ 1 − Φ(w + ln(v/w)/w),   w² = 2(ζx − K(ζ)),   v² = ζ²K''(ζ),   K'(ζ) = x
    ///
    /// - Source: Kuonen (1999), Biometrika 86, 929–935. Checked: R survey 4.1-1 `svychisq`, Tests/Reference/tests.json.
    public func saddlepointUpperTail(_ x: Double) -> Double? {
        guard isValid, x.isFinite, !weights.isEmpty else { return nil }
        let x = x / scale
        let (greatest, least) = (weights.max() ?? 0, weights.min() ?? 0)
        if least > 0, x <= 0 { return 1 }
        if greatest < 0, x >= 0 { return 0 }
        let total = degrees.reduce(0, +)
        let high = greatest > 0 ? 1 / (2 * greatest) * (1 - 0x1p-52) : -total / (2 * x)
        let low = least < 0 ? 1 / (2 * least) * (1 - 0x1p-52) : -total / (2 * x)
        func slope(_ zeta: Double) -> Double {
            var sum = -x
            for (weight, degree) in zip(weights, degrees) { sum += degree * weight / (1 - 2 * weight * zeta) }
            return sum
        }
        guard let zeta = Root.between(low, high, of: slope) else { return nil }
        return StandardNormal.upperTail(corrected(zeta))
    }

    /// w + ln(v/w)/w; sums of powers of y = 2λζ where y is small, so that nothing cancels near the mean of Q.
    private func corrected(_ zeta: Double) -> Double {
        var (square, excess, second, third) = (0.0, 0.0, 0.0, 0.0)
        for (weight, degree) in zip(weights, degrees) {
            let y = 2 * weight * zeta
            second += 2 * degree * weight * weight
            third += 8 * degree * weight * weight * weight
            if abs(y) > 0.1 {
                let own = y / (1 - y) + log1p(-y)
                square += degree * own
                excess += degree * (y * y / (2 * (1 - y) * (1 - y)) - own)
            } else {
                var power = y
                for j in 2...20 {
                    power *= y
                    let share = Double(j - 1) / Double(j)
                    square += degree * power * share
                    excess += degree * power * (Double(j - 1) / 2 - share)
                }
            }
        }
        guard square > 0 else { return third / (6 * second * second.squareRoot()) }
        let w = zeta < 0 ? -square.squareRoot() : square.squareRoot()
        return w + log1p(excess / square) / (2 * w)
    }

    /// Returns P(Q > x) of a multiple of one chi-square with the same mean and variance; for weights ≥ 0.
    ///
    /// - Source: Satterthwaite (1946), Biometrics Bulletin 2, 110–114; Rao and Scott (1981).
    public func satterthwaite() -> (scale: Double, degreesOfFreedom: Double)? {
        let mean = zip(weights, degrees).map { $0 * $1 }.reduce(0, +)
        let squares = zip(weights, degrees).map { $0 * $0 * $1 }.reduce(0, +)
        guard isValid, mean > 0, squares > 0 else { return nil }
        return (squares / mean * scale, mean * mean / squares)
    }

    /// The path of the integral: s(v) = c + r·((cosh v − 1)·bend + i·sinh v).
    private struct Path {
        let mixture: ChiSquareMixture
        let x: Double
        let centre: Double
        let radius: Double
        let bend: Double
        let height: Double

        init(_ mixture: ChiSquareMixture, x: Double, end: Double) {
            self.mixture = mixture
            self.x = x
            func slope(_ s: Double, remaining: Double) -> Double {
                var sum = -x - 1 / s
                for (weight, degree) in zip(mixture.weights, mixture.degrees) {
                    // 1 − 2λs of the greatest weight is the part of the way to `end` that remains.
                    let below = weight == 1 / (2 * end) ? remaining : 1 - 2 * weight * s
                    sum += degree * weight / below
                }
                return sum
            }
            // Halves the interval of u, with s = end·expit(u): near either end s keeps its digits.
            var (low, high) = (-700.0, 40.0)
            for _ in 0..<80 {
                let middle = (low + high) / 2
                if slope(end / (1 + exp(-middle)), remaining: 1 / (1 + exp(middle))) < 0 {
                    low = middle
                } else {
                    high = middle
                }
            }
            let centre = end / (1 + exp(-low))
            self.centre = centre
            var curvature = 1 / (centre * centre)
            var height = -centre * x - log(centre)
            for (weight, degree) in zip(mixture.weights, mixture.degrees) {
                let below = weight == 1 / (2 * end) ? 1 / (1 + exp(low)) : 1 - 2 * weight * centre
                curvature += 2 * degree * weight * weight / (below * below)
                height -= degree / 2 * log(below)
            }
            self.height = height
            radius = 1 / curvature.squareRoot()
            bend = x > 0 ? 0.5 : x < 0 ? -0.5 : 0
        }

        /// Im(e^(f(s) − f(c)) · s'(v)) / r.
        private func integrand(_ v: Double) -> Double {
            let (rise, width) = (sinh(v), cosh(v))
            let sine = sinh(v / 2)
            let real = centre + radius * bend * 2 * sine * sine
            let imaginary = radius * rise
            var size = -(real * x) - 0.5 * log(real * real + imaginary * imaginary) - height
            var angle = -(imaginary * x) - atan2(imaginary, real)
            for (weight, degree) in zip(mixture.weights, mixture.degrees) {
                let (a, b) = (1 - 2 * weight * real, -2 * weight * imaginary)
                size -= degree / 4 * log(a * a + b * b)
                angle -= degree / 2 * atan2(b, a)
            }
            guard size > -745 else { return 0 }
            return exp(size) * (sin(angle) * bend * rise + cos(angle) * width)
        }

        func integral() -> Double? {
            let end = 80.0
            var step = 0.25
            var sum = integrand(0) / 2 + added(from: step, by: step, to: end)
            for _ in 0..<12 {
                let last = sum * step
                sum += added(from: step / 2, by: step, to: end)
                step /= 2
                let next = sum * step
                guard next.isFinite else { return nil }
                if abs(next - last) <= 1e-13 * abs(next) { return exp(height) * radius * next / .pi }
            }
            return nil
        }

        /// The sum of the integrand over a grid, up to where it has died out.
        private func added(from first: Double, by step: Double, to end: Double) -> Double {
            var sum = 0.0
            var small = 0
            var v = first
            while v < end {
                let term = integrand(v)
                sum += term
                small = abs(term) < 1e-19 ? small + 1 : 0
                if small > 8 { break }
                v += step
            }
            return sum
        }
    }
}
