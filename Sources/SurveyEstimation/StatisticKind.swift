/// The statistics that can be asked for.
public enum StatisticKind: String, Sendable, CaseIterable {
    case count, total, mean, share, ratio
    /// A function of other estimates.
    case contrast
}
