/// The statistics that can be asked for.
public enum StatisticKind: String, Sendable, CaseIterable {
    case count, total, mean, share, ratio, quantile, variance
    case standardDeviation = "standard-deviation"
    case correlation, gini, poverty, sensitive
    /// A function of other estimates.
    case contrast

    /// True for what is read as a percentage.
    public var isShare: Bool { self == .share || self == .poverty || self == .sensitive }
}
