/// Solves symmetric systems that may be singular: redundant rows are dropped, and their unknowns are 0.
///
///     P S A S P' = L L'        S scales the diagonal of A to 1
///
/// - Source: Higham (2002), Accuracy and Stability of Numerical Algorithms, §10.3.
public struct PivotedCholesky: Sendable {
    public let size: Int
    /// Independent rows.
    public let rank: Int
    /// The order of rows; those from `rank` on are redundant.
    private let order: [Int]
    private let scale: [Double]
    /// The lower factor in the order of rows, row after row.
    private let factor: [Double]

    /// A remaining diagonal up to this part of the original one is rounding.
    public static let tolerance = 1e-11

    /// Factors a symmetric matrix that has no negative directions, row after row.
    public init(_ matrix: [Double], size: Int) {
        precondition(matrix.count == size * size, "a square matrix")
        self.size = size
        let scale = (0..<size).map { row -> Double in
            let diagonal = matrix[row * size + row]
            return diagonal > 0 ? 1 / diagonal.squareRoot() : 0
        }
        var order = Array(0..<size)
        var diagonal = scale.map { $0 > 0 ? 1.0 : 0 }
        var factor = [Double](repeating: 0, count: size * size)
        var rank = 0
        factor.withUnsafeMutableBufferPointer { factor in
            while rank < size {
                var pivot = rank
                for row in rank..<size where diagonal[order[row]] > diagonal[order[pivot]] { pivot = row }
                guard diagonal[order[pivot]] > PivotedCholesky.tolerance else { break }
                if pivot != rank {
                    order.swapAt(pivot, rank)
                    for column in 0..<rank { factor.swapAt(pivot * size + column, rank * size + column) }
                }
                let root = diagonal[order[rank]].squareRoot()
                factor[rank * size + rank] = root
                for row in (rank + 1)..<max(size, rank + 1) {
                    var sum = matrix[order[row] * size + order[rank]] * scale[order[row]] * scale[order[rank]]
                    for column in 0..<rank { sum -= factor[row * size + column] * factor[rank * size + column] }
                    let value = sum / root
                    factor[row * size + rank] = value
                    diagonal[order[row]] -= value * value
                }
                rank += 1
            }
        }
        self.rank = rank
        self.order = order
        self.scale = scale
        self.factor = factor
    }

    /// The independent rows, in the order in which they were taken.
    public var independent: [Int] { Array(order[..<rank]) }

    /// Returns x with A x = b on the independent rows, 0 on the others.
    public func solve(_ right: [Double]) -> [Double] {
        precondition(right.count == size, "one number a row")
        var values = [Double](repeating: 0, count: rank)
        for row in 0..<rank {
            var sum = right[order[row]] * scale[order[row]]
            for column in 0..<row { sum -= factor[row * size + column] * values[column] }
            values[row] = sum / factor[row * size + row]
        }
        for row in (0..<rank).reversed() {
            var sum = values[row]
            for below in (row + 1)..<max(rank, row + 1) { sum -= factor[below * size + row] * values[below] }
            values[row] = sum / factor[row * size + row]
        }
        var solution = [Double](repeating: 0, count: size)
        for row in 0..<rank { solution[order[row]] = values[row] * scale[order[row]] }
        return solution
    }
}
