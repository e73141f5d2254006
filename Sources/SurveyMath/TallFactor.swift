/// The triangular factor R of a tall matrix X from its rows, block by block: R'R = X'X without forming X'X.
///
/// X'X would lose half of the digits; here a column that depends on others is told from one that is nearly so.
///
/// - Source: Golub and Van Loan (2013), Matrix Computations, §5.2.2 and §6.5.3 (Householder reflections by blocks of
///   rows); the rule of columns is that of LINPACK's dqrdc2 in R.
public struct TallFactor: Sendable {
    public let columns: Int
    /// Column after column, `columns` numbers each; what is below the diagonal is 0.
    private var factor: [Double]

    /// A column of which only this part is left beside the columns before it depends on them.
    public static let tolerance = 1e-11

    public init(columns: Int) {
        self.columns = columns
        factor = [Double](repeating: 0, count: columns * columns)
    }

    /// The factor of no rows but those of another factor.
    public mutating func add(_ other: TallFactor) {
        precondition(other.columns == columns, "factors of one matrix have as many columns")
        let height = (columns + 3) / 4 * 4
        var block = [Double](repeating: 0, count: columns * height)
        for column in 0..<columns {
            for row in 0...column { block[column * height + row] = other.factor[column * columns + row] }
        }
        block.withUnsafeMutableBufferPointer { add(&$0, height: height) }
    }

    /// Adds rows, column after column with `height` numbers each, a multiple of 4; the block is overwritten.
    public mutating func add(_ block: inout UnsafeMutableBufferPointer<Double>, height: Int) {
        precondition(height.isMultiple(of: 4) && block.count >= columns * height, "columns of whole quadruples")
        guard let start = block.baseAddress else { return }
        let (quads, columns) = (height / 4, columns)
        start.withMemoryRebound(to: SIMD4<Double>.self, capacity: columns * quads) { block in
            factor.withUnsafeMutableBufferPointer { factor in
                for column in 0..<columns {
                    let own = block + column * quads
                    let norm = TallFactor.product(own, own, quads)
                    if norm == 0 { continue }
                    let top = factor[column * columns + column]
                    let length = (top * top + norm).squareRoot()
                    // The reflection sends (top, own) to (−sign(top)·length, 0); its vector is (top + sign·length, own).
                    let sign = top < 0 ? -1.0 : 1
                    let head = top + sign * length
                    let scale = 1 / (sign * length * head)
                    factor[column * columns + column] = -sign * length
                    for other in (column + 1)..<max(columns, column + 1) {
                        let target = block + other * quads
                        let above = factor[other * columns + column]
                        let share = (head * above + TallFactor.product(own, target, quads)) * scale
                        factor[other * columns + column] = above - share * head
                        for quad in 0..<quads { target[quad] -= share * own[quad] }
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func product(
        _ left: UnsafeMutablePointer<SIMD4<Double>>, _ right: UnsafeMutablePointer<SIMD4<Double>>, _ quads: Int
    ) -> Double {
        var sum = SIMD4<Double>.zero
        for quad in 0..<quads { sum += left[quad] * right[quad] }
        return sum.sum()
    }

    /// The independent columns in their order, and the inverse of their factor: X[kept] · inverse has orthonormal columns.
    ///
    /// A column that depends on columns before it is left out.
    public func independent() -> (kept: [Int], inverse: Matrix) {
        var work = factor
        var kept: [Int] = []
        var triangle = Matrix(rows: columns, columns: columns)
        for column in 0..<columns {
            let own = (0..<columns).map { work[column * columns + $0] }
            let whole = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let rank = kept.count
            let rest = own[rank...].reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard whole > 0, rest > TallFactor.tolerance * whole else { continue }
            let sign = own[rank] < 0 ? -1.0 : 1
            var vector = Array(own[rank...])
            vector[0] += sign * rest
            let scale = 1 / (sign * rest * vector[0])
            for row in 0..<rank { triangle[row, rank] = own[row] }
            triangle[rank, rank] = -sign * rest
            for other in (column + 1)..<max(columns, column + 1) {
                var share = 0.0
                for row in rank..<columns { share += vector[row - rank] * work[other * columns + row] }
                share *= scale
                for row in rank..<columns { work[other * columns + row] -= share * vector[row - rank] }
            }
            kept.append(column)
        }
        let rank = kept.count
        var inverse = Matrix(rows: rank, columns: rank)
        for column in 0..<rank {
            inverse[column, column] = 1 / triangle[column, column]
            for row in (0..<column).reversed() {
                var sum = 0.0
                for inner in (row + 1)...column { sum += triangle[row, inner] * inverse[inner, column] }
                inverse[row, column] = -sum / triangle[row, row]
            }
        }
        return (kept, inverse)
    }
}
