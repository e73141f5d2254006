/// A margin of the targets, bound to the cells of a sample: only categories with a target above 0.
struct BoundMargin {
    let variables: [String]
    /// The codes of each category, joined by `*`.
    var labels: [String]
    /// By category the ranks of its codes, which gives their order and what is near.
    var codes: [[Int]]
    var targets: [Double]
    /// The category of each cell.
    var categoryOfCell: [UInt32]
    /// The standard errors of the targets; empty where nobody asks for them.
    var errors: [Double] = []

    /// The variables as people write them; the size of the population has none.
    var label: String { variables.joined(separator: "*") }

    var total: Double { targets.reduce(0, +) }

    /// The sum of some values of the cells by category.
    func sums(of values: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: targets.count)
        for cell in values.indices { sums[Int(categoryOfCell[cell])] += values[cell] }
        return sums
    }

    /// The category to collapse one with: the nearest by order among `candidates`; of equally near ones the smallest.
    ///
    /// Crossed categories are near if they differ in one variable, and that by little.
    func nearest(to category: Int, among candidates: [Int]) -> Int? {
        nearest(to: codes[category], among: candidates.filter { $0 != category })
    }

    /// The same for codes that no category has.
    func nearest(to wanted: [Int], among candidates: [Int]) -> Int? {
        func distance(_ other: Int) -> (Int, Int) {
            let steps = zip(wanted, codes[other]).map { abs($0 - $1) }
            return (steps.count { $0 > 0 }, steps.reduce(0, +))
        }
        return candidates.min { left, right in
            (distance(left).0, distance(left).1, targets[left], left)
                < (distance(right).0, distance(right).1, targets[right], right)
        }
    }
}
