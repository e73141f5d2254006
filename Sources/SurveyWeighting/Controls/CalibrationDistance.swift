internal import Glibc

/// What a calibration keeps small: the distance between base weights and new ones, by the factor F that belongs to it.
///
///     w = d · F(x'λ / q)
///
/// - Source: Deville and Särndal (1992), table 1.
public enum CalibrationDistance: String, Sendable, CaseIterable {
    /// F(a) = 1 + a: always solvable, but weights may become negative; with bounds F is cut at them.
    case linear
    /// F(a) = eᵃ: weights stay above 0; with bounds F is cut at them.
    case raking
    /// F goes smoothly from the lower bound to the upper one; it needs both, with the lower below 1 and the upper above.
    case logit

    /// The factor at `a` between its bounds.
    func factor(_ a: Double, low: Double, high: Double) -> Double {
        switch self {
        case .linear: return min(max(1 + a, low), high)
        case .raking: return min(max(exp(a), low), high)
        case .logit:
            let (above, below) = (high - 1, 1 - low)
            let slope = (high - low) / (above * below)
            // The exponential is taken of a number that is not positive, so that it cannot overflow.
            let power = exp(-abs(slope * a))
            return a < 0
                ? (low * above + high * below * power) / (above + below * power)
                : (low * above * power + high * below) / (above * power + below)
        }
    }

    /// The integral of the factor from 0 to `a`.
    func integral(_ a: Double, low: Double, high: Double) -> Double {
        switch self {
        case .linear:
            let inside = min(max(a, low - 1), high - 1)
            return inside + inside * inside / 2 + beyond(a, inside, low: low, high: high)
        case .raking:
            let inside = min(max(a, low > 0 ? log(low) : -.infinity), log(high))
            return exp(inside) - 1 + beyond(a, inside, low: low, high: high)
        case .logit:
            let (above, below) = (high - 1, 1 - low)
            let slope = (high - low) / (above * below)
            let power = exp(-abs(slope * a))
            let part = log(a < 0 ? above + below * power : above * power + below) + max(0, slope * a)
            return low * a + (high - low) / slope * (part - log(above + below))
        }
    }

    /// The part of the integral over which the factor stands at a bound.
    private func beyond(_ a: Double, _ inside: Double, low: Double, high: Double) -> Double {
        a < inside ? low * (a - inside) : a > inside ? high * (a - inside) : 0
    }

    /// The derivative of the factor; 0 where it is cut.
    func slope(_ a: Double, low: Double, high: Double) -> Double {
        switch self {
        case .linear: return 1 + a > low && 1 + a < high ? 1 : 0
        case .raking:
            let factor = exp(a)
            return factor > low && factor < high ? factor : 0
        case .logit:
            let (above, below) = (high - 1, 1 - low)
            let power = exp(-abs((high - low) / (above * below) * a))
            let root = a < 0 ? above + below * power : above * power + below
            return (high - low) * (high - low) * power / (root * root)
        }
    }
}

/// How far a calibration may move weights.
public struct CalibrationBounds: Sendable, Equatable {
    /// What is bounded: the factor from base weight to weight, or the weight itself.
    public enum Scale: String, Sendable, CaseIterable {
        case factor = "g"
        case weight = "weights"
    }

    /// -infinity and infinity where there is no limit.
    public var low: Double
    public var high: Double
    public var scale: Scale

    public init(low: Double = -.infinity, high: Double = .infinity, on scale: Scale = .factor) {
        self.low = low
        self.high = high
        self.scale = scale
    }
}

/// When a calibration has met its controls.
public enum ControlRule: Sendable, Equatable {
    /// Each control is met to `tolerance` of its total (of a millionth of the sum of base weights where that is more);
    /// not reached in `steps`: an error.
    case controls(tolerance: Double, steps: Int)
    /// R survey's rule: |misfit| / (1 + |total|) below `epsilon`; steps are halved only where a weight is not finite, and
    /// base weights are scaled first if each control is above 20 times its sample value. R's defaults are 1e-7 and 50.
    case rSurvey(epsilon: Double, steps: Int)
    /// The weights nearest to totals that cannot be met: each total may be missed at a price.
    ///
    ///     Σ d q D(w/d) + price/2 · Σ (Σ w x − t)² / max(|t|, N/1000)     is least
    ///
    /// Base weights are scaled to the size N of the first margin first. Source: Rao and Singh (1997).
    case nearest(price: Double, steps: Int)

    /// True for weights that miss totals which cannot be met.
    public var isNearest: Bool { if case .nearest = self { true } else { false } }

    /// The price at which a weight moves by a factor e for each thousandth by which a total is missed.
    public static let nearest = ControlRule.nearest(price: 1_000, steps: 200)

    /// The rule of numbers that must hold: each control is met to a billionth.
    public static let standard = ControlRule.controls(tolerance: 1e-9, steps: 100)
}
