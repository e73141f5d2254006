internal import SurveyProblems

/// What a sample is planned for: a share or a mean, with its expected value.
public enum PlannedMeasure: Sendable, Equatable {
    /// A share p, between 0 and 1.
    case share(Double)
    /// A mean with the standard deviation of the answers; the mean itself is needed for relative margins and changes.
    case mean(Double?, deviation: Double)

    /// The variance of one answer: p(1 − p), or the square of the deviation.
    var variance: Double {
        switch self {
        case .share(let p): p * (1 - p)
        case .mean(_, let deviation): deviation * deviation
        }
    }

    /// The variance with divisor N − 1 in a finite population.
    func finiteVariance(population: Double?) -> Double {
        guard case .share = self, let population, population > 1 else { return variance }
        return variance * population / (population - 1)
    }

    var value: Double? {
        switch self {
        case .share(let p): p
        case .mean(let mean, _): mean
        }
    }

    func check() throws(Problem) {
        switch self {
        case .share(let p): try SamplingRange.share.check(p, "share")
        case .mean(let mean, let deviation):
            try SamplingRange.positive.check(deviation, "deviation")
            if let mean { try SamplingRange(text: "|x| < ∞") { $0.isFinite }.check(mean, "mean") }
        }
    }
}
