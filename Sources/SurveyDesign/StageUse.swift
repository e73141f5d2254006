/// Which stages of sampling make a variance.
public enum StageUse: String, Sendable, CaseIterable {
    /// Every stage that has population sizes, and the one below.
    case all
    /// The first stage alone: ultimate clusters.
    case first
}
