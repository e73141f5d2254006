/// How units are drawn, always without replacement and with a size that is fixed.
public enum SelectionMethod: String, Sendable, CaseIterable {
    /// Simple random sampling.
    case random = "srs"
    /// Every so many units in their order, from a random start.
    case systematic
    /// By size: every so much of the cumulated size, from a random start (Madow 1949).
    case proportionalSystematic = "pps-systematic"
    /// By size, with pairs whose probabilities are known (Sampford 1967).
    case sampford
    /// By size, unit by unit (Brewer 1975).
    case brewer

    /// True if probabilities follow a size.
    public var isProportional: Bool { self != .random && self != .systematic }
}
