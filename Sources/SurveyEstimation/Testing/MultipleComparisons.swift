/// How p-values are raised when several tests are made at once.
///
/// Source: Holm (1979); Benjamini and Hochberg (1995). Checked: R 4.2.2 `p.adjust`.
public enum MultipleComparisons: String, Sendable, CaseIterable {
    /// The chance of any false finding stays below the level.
    case holm
    /// The expected part of false findings among all stays below the level.
    case benjaminiHochberg = "bh"
    /// Each p times their number.
    case bonferroni
    case none

    /// Returns the adjusted p-values, in the same order.
    public func adjusted(_ p: [Double]) -> [Double] {
        let count = Double(p.count)
        var result = p
        switch self {
        case .none: break
        case .bonferroni: result = p.map { min(1, $0 * count) }
        case .holm:
            var greatest = 0.0
            for (rank, position) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
                greatest = max(greatest, min(1, (count - Double(rank)) * p[position]))
                result[position] = greatest
            }
        case .benjaminiHochberg:
            var least = 1.0
            for (rank, position) in p.indices.sorted(by: { p[$0] > p[$1] }).enumerated() {
                least = min(least, count / (count - Double(rank)) * p[position])
                result[position] = least
            }
        }
        return result
    }
}
