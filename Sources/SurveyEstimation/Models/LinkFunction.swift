internal import Glibc
internal import SurveyMath

/// A mean and its slope at a linear predictor; `rest` is 1 − mean without the rounding of the difference.
struct LinkedMean {
    var mean: Double
    var rest: Double
    var slope: Double
}

extension ModelLink {
    /// Nearer than this no probability comes to 0 or 1 where it must divide.
    static let least = Double.ulpOfOne

    @inline(__always)
    func mean(_ predictor: Double) -> LinkedMean {
        switch self {
        case .identity: return LinkedMean(mean: predictor, rest: 1 - predictor, slope: 1)
        case .log:
            let mean = max(exp(predictor), ModelLink.least)
            return LinkedMean(mean: mean, rest: 1 - mean, slope: mean)
        case .logit:
            let small = exp(-abs(predictor))
            let great = 1 / (1 + small)
            let rest = small * great
            return predictor >= 0
                ? LinkedMean(mean: great, rest: rest, slope: rest * great)
                : LinkedMean(mean: rest, rest: great, slope: rest * great)
        case .probit:
            return LinkedMean(
                mean: max(0.5 * erfc(-predictor * 0.5.squareRoot()), ModelLink.least),
                rest: max(0.5 * erfc(predictor * 0.5.squareRoot()), ModelLink.least),
                slope: max(exp(-0.5 * predictor * predictor) * 0.3989422804014326779, ModelLink.least))
        case .cloglog:
            let rate = exp(min(predictor, 700))
            return LinkedMean(
                mean: max(-expm1(-rate), ModelLink.least), rest: max(exp(-rate), ModelLink.least),
                slope: max(rate * exp(-rate), ModelLink.least))
        }
    }

    /// The linear predictor of a mean.
    func predictor(_ mean: Double) -> Double {
        switch self {
        case .identity: mean
        case .log: Glibc.log(mean)
        case .logit: Glibc.log(mean / (1 - mean))
        case .probit: StandardNormal.quantile(mean) ?? 0
        case .cloglog: Glibc.log(-log1p(-mean))
        }
    }
}

extension ModelFamily {
    /// The variance of a response by its mean, apart from a factor.
    @inline(__always)
    func variance(_ at: LinkedMean) -> Double {
        switch self {
        case .gaussian: 1
        case .binomial: max(at.mean * at.rest, ModelLink.least)
        case .poisson: at.mean
        case .gamma: at.mean * at.mean
        }
    }

    /// The response less its mean.
    @inline(__always)
    func residual(_ response: Double, _ at: LinkedMean) -> Double {
        response == 1 && self == .binomial ? at.rest : response - at.mean
    }

    /// Twice the likelihood that the mean lacks, apart from a factor.
    @inline(__always)
    func deviance(_ response: Double, _ at: LinkedMean) -> Double {
        switch self {
        case .gaussian:
            return (response - at.mean) * (response - at.mean)
        case .binomial:
            var sum = 0.0
            if response > 0 { sum += response * (response == 1 ? -log(at.mean) : log(response / at.mean)) }
            if response < 1 {
                sum += (1 - response) * (response == 0 ? -log(at.rest) : log((1 - response) / at.rest))
            }
            return 2 * sum
        case .poisson:
            let term = response > 0 ? response * log(response / at.mean) : 0
            return 2 * (term - (response - at.mean))
        case .gamma:
            return -2 * (log(response / at.mean) - (response - at.mean) / at.mean)
        }
    }

    /// Where the first step starts: a mean near the response that is inside its range; `weight` is on the scale of 1.
    @inline(__always)
    func start(_ response: Double, weight: Double) -> Double {
        switch self {
        case .gaussian, .gamma: response
        case .binomial: (weight * response + 0.5) / (weight + 1)
        case .poisson: response + 0.1
        }
    }
}
