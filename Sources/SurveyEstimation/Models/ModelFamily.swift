/// How the mean of a response depends on the linear predictor, and its variance on the mean.
///
/// The variance of the response itself is never assumed to be right: standard errors come from the design.
public enum ModelFamily: String, Sendable, CaseIterable {
    case gaussian, binomial, poisson, gamma

    /// The link without another word.
    public var defaultLink: ModelLink {
        switch self {
        case .gaussian: .identity
        case .binomial: .logit
        case .poisson, .gamma: .log
        }
    }

    /// The links that a family takes.
    public var links: [ModelLink] {
        switch self {
        case .gaussian: [.identity]
        case .binomial: [.logit, .probit, .cloglog]
        case .poisson, .gamma: [.log]
        }
    }
}

/// How a linear predictor becomes a mean.
public enum ModelLink: String, Sendable, CaseIterable {
    case identity, log, logit, probit, cloglog
}
