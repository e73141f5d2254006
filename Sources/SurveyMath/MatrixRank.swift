/// The rank of a matrix as R counts it: Householder's QR, in which a column that is nearly a sum of those before moves to
/// the end.
///
/// - Source: `dqrdc2` of R (LINPACK with limited pivoting), tolerance 1e-5 for replicate weights.
public enum MatrixRank {
    /// Counts independent columns; a column counts as dependent when less than `tolerance` of its length is left.
    ///
    /// - Shapes: `columns` one after the other, each of `rows` numbers.
    public static func ofColumns(_ columns: [Double], rows: Int, tolerance: Double = 1e-5) -> Int {
        precondition(rows > 0 && columns.count.isMultiple(of: rows), "columns of one length")
        var values = columns
        let count = columns.count / rows
        return values.withUnsafeMutableBufferPointer { rank($0, rows: rows, count: count, tolerance: tolerance) }
    }

    private static func rank(
        _ values: UnsafeMutableBufferPointer<Double>, rows: Int, count: Int, tolerance: Double
    ) -> Int {
        var order = Array(0..<count)
        func norm(_ column: Int, from row: Int) -> Double {
            var sum = 0.0
            for at in (column * rows + row)..<((column + 1) * rows) { sum += values[at] * values[at] }
            return sum.squareRoot()
        }
        let first = order.map { norm($0, from: 0) }
        var candidates = count
        var step = 0
        while step < min(rows, candidates) {
            // Columns that have all but vanished go behind the others.
            var length = norm(order[step], from: step)
            var tried = step
            while length < first[order[step]] * tolerance || length == 0 {
                let column = order.remove(at: step)
                order.append(column)
                candidates -= 1
                tried += 1
                guard step < candidates else { return step }
                length = norm(order[step], from: step)
            }
            let pivot = order[step] * rows
            // Householder's vector stands in the column itself.
            let head = values[pivot + step]
            let alpha = head >= 0 ? -length : length
            let scale = 1 / (length * length + abs(head) * length)
            values[pivot + step] = head - alpha
            for next in (step + 1)..<max(step + 1, candidates) {
                let other = order[next] * rows
                var product = 0.0
                for row in step..<rows { product += values[pivot + row] * values[other + row] }
                product *= scale
                for row in step..<rows { values[other + row] -= product * values[pivot + row] }
            }
            step += 1
        }
        return step
    }
}
