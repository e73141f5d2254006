internal import Glibc
internal import SurveyMath
internal import SurveyProblems

/// Looks for the narrowest bounds, wider than those given, between which a calibration meets its totals.
///
/// Factors: L and U move away from 1 in one proportion, L not below 0. Weights: L and U are divided and multiplied by one number.
struct BoundsSearch {
    /// The bounds as the command line takes them; nil where none were given or none do.
    let text: String?

    private static let mostDoublings = 12
    private static let halvings = 12

    /// `base` has by cell the bounds of the weight itself as limits of the factor 1; nil for bounds of the factor.
    init(_ controls: CalibrationControls, weights: [Double], base: [Double]?) {
        guard let bounds = controls.bounds, case .controls = controls.rule else {
            text = nil
            return
        }
        func isMet(_ bounds: CalibrationBounds) -> Bool {
            let limits: [(low: Double, high: Double)] =
                base.map { own in own.map { $0 > 0 ? (bounds.low / $0, bounds.high / $0) : (0, 2) } }
                ?? [(low: Double, high: Double)](repeating: (bounds.low, bounds.high), count: weights.count)
            if controls.distance == .logit, limits.contains(where: { $0.low >= 1 || $0.high <= 1 }) { return false }
            let fitting = ControlFitting(controls, weights: weights, bounds: limits)
            return fitting.isMet && fitting.factors.allSatisfy(\.isFinite)
        }
        var (low, high) = (1.0, 2.0)
        var doublings = 0
        while !isMet(bounds.widened(by: high)) {
            doublings += 1
            guard doublings < BoundsSearch.mostDoublings else {
                text = nil
                return
            }
            (low, high) = (high, high * 2)
        }
        for _ in 0..<BoundsSearch.halvings {
            let middle = (low + high) / 2
            if isMet(bounds.widened(by: middle)) { high = middle } else { low = middle }
        }
        let rounded = bounds.widened(by: high).outwards
        text = isMet(rounded) ? rounded.text : bounds.widened(by: 2 * high).outwards.text
    }
}

extension CalibrationBounds {
    fileprivate func widened(by factor: Double) -> CalibrationBounds {
        switch scale {
        case .factor:
            CalibrationBounds(low: lowered(by: factor), high: 1 + (high - 1) * factor, on: scale)
        case .weight: CalibrationBounds(low: low / factor, high: high * factor, on: scale)
        }
    }

    /// The lower bound away from 1, not below 0 if it was not.
    private func lowered(by factor: Double) -> Double {
        guard low.isFinite, low >= 0 else { return low.isFinite ? 1 - (1 - low) * factor : low }
        let lowered = 1 - (1 - low) * factor
        return lowered > 1e-9 ? lowered : 0
    }

    /// Rounded away from each other, to two digits after the first of the difference from 1.
    fileprivate var outwards: CalibrationBounds {
        func rounded(_ value: Double, _ rule: FloatingPointRoundingRule) -> Double {
            guard value.isFinite, value != 0 else { return value }
            let unit = pow(10, 1 - floor(log10(abs(value))))
            return (value * unit).rounded(rule) / unit
        }
        return CalibrationBounds(low: rounded(low, .down), high: rounded(high, .up), on: scale)
    }

    /// As `--bounds` takes them.
    var text: String {
        [low, high].map { $0.isFinite ? JSONText.shortest($0) : "" }.joined(separator: ",")
    }
}
