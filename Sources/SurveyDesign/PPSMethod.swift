/// How the variance of a sample drawn with unequal probabilities and without replacement is found.
public enum PPSMethod: String, Sendable, CaseIterable {
    /// As if drawn with replacement: needs no joint probabilities, and errs on the safe side.
    case none
    /// n/(n − 1) · Σ (1 − π)(ž − mean)² in each stratum; at every stage.
    case brewer
    /// Joint probabilities approximated from π alone (Overton 1985).
    case overton
    /// Joint probabilities approximated from π and Σ π² over the population (Hartley and Rao 1962).
    case hartleyRao = "hartley-rao"
    /// Joint probabilities as given.
    case joint

    /// True where the variance is a sum over pairs of PSUs.
    public var isPairwise: Bool {
        switch self {
        case .none, .brewer: false
        case .overton, .hartleyRao, .joint: true
        }
    }
}
