/// The form of a variance that is a sum over pairs of PSUs.
public enum PPSVariance: String, Sendable, CaseIterable {
    /// Σ Σ Δ ž ž, unbiased whatever the size of the sample; can be negative.
    case horvitzThompson = "horvitz-thompson"
    /// −½ Σ Σ Δ (ž − ž)², for samples of fixed size.
    case yatesGrundy = "yates-grundy"
}
