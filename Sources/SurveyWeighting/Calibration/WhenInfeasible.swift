/// What becomes of targets that no weights can meet.
public enum WhenInfeasible: String, Sendable, CaseIterable {
    /// They are refused, with everything that keeps them from being met.
    case refuse
    /// The nearest weights by the entropy distance, which stay above 0.
    case nearest
    /// The nearest weights by the linear distance, cut at the bounds: ridge calibration.
    case nearestRidge = "nearest-ridge"

    var distance: CalibrationDistance? {
        switch self {
        case .refuse: nil
        case .nearest: .raking
        case .nearestRidge: .linear
        }
    }
}

extension CalibrationBounds {
    /// The limits of nearest weights where none are given: a tenth and ten times.
    static let nearest = CalibrationBounds(low: 0.1, high: 10)
}
