/// The probabilities of pairs of Brewer's method, from every path that its draws can take.
///
/// A draw depends on the set drawn before it alone, so sets are gone through by their sizes:
///
///     P(S ∪ {k}) += P(S) · chance of k after S,      π_kl = Σ P(S) over the sets of n units with k and l
///
/// which is exact up to rounding, and no approximation. Source: Brewer (1975); Tillé (2006), algorithm 6.10.
public struct BrewerDesign: Sendable {
    /// 2²⁰ sets are gone through in a moment.
    public static let mostUnits = 20

    private let probabilities: [Double]
    private let count: Int

    /// - Parameters:
    ///   - probabilities: Those of the units, each below 1, with a sum of `count`; at most ``mostUnits``.
    ///   - count: Units that are drawn.
    public init(_ probabilities: [Double], count: Int) {
        precondition(probabilities.count <= BrewerDesign.mostUnits && (0...probabilities.count).contains(count))
        precondition(probabilities.allSatisfy { $0 > 0 && $0 < 1 }, "certain units are not drawn")
        (self.probabilities, self.count) = (probabilities, count)
    }

    /// The probabilities that both of two units are drawn, for the units named: a square in their order, the
    /// probabilities of single units on its diagonal.
    public func pairs(of units: [Int]) -> [[Double]] {
        var chance = [Double](repeating: 0, count: 1 << probabilities.count)
        chance[0] = 1
        var square = [[Double]](repeating: [Double](repeating: 0, count: units.count), count: units.count)
        // A set comes after all sets from which a draw leads to it, for it is the greater number.
        for set in chance.indices where chance[set] > 0 {
            let drawn = set.nonzeroBitCount
            if drawn == count {
                for (row, one) in units.enumerated() where set >> one & 1 == 1 {
                    for (column, two) in units.enumerated() where set >> two & 1 == 1 {
                        square[row][column] += chance[set]
                    }
                }
                continue
            }
            let isOpen = probabilities.indices.map { set >> $0 & 1 == 0 }
            let chances = UnitDraw.brewerChances(probabilities, isOpen: isOpen, left: count - drawn)
            let sum = chances.reduce(0, +)
            for unit in chances.indices where chances[unit] > 0 {
                chance[set | 1 << unit] += chance[set] * chances[unit] / sum
            }
        }
        for (row, unit) in units.enumerated() { square[row][row] = probabilities[unit] }
        return square
    }
}
