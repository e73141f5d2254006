extension Matrix {
    public static func identity(_ size: Int) -> Matrix {
        var result = Matrix(rows: size, columns: size)
        for row in 0..<size { result[row, row] = 1 }
        return result
    }

    /// The rows and columns at some positions, in their order.
    public func block(rows positions: [Int], columns others: [Int]) -> Matrix {
        var result = Matrix(rows: positions.count, columns: others.count)
        for (row, at) in positions.enumerated() {
            for (column, other) in others.enumerated() { result[row, column] = self[at, other] }
        }
        return result
    }

    /// The inverse of a symmetric matrix without negative or empty directions; nil if it has one.
    public func symmetricInverse() -> Matrix? {
        precondition(rows == columns, "a square matrix")
        guard values.allSatisfy(\.isFinite) else { return nil }
        let factored = PivotedCholesky(values, size: rows)
        guard factored.rank == rows else { return nil }
        var result = Matrix(rows: rows, columns: rows)
        var unit = [Double](repeating: 0, count: rows)
        for column in 0..<rows {
            unit[column] = 1
            let solution = factored.solve(unit)
            unit[column] = 0
            for row in 0..<rows { result[row, column] = solution[row] }
        }
        for row in 0..<rows {
            for column in 0..<row {
                let mean = 0.5 * (result[row, column] + result[column, row])
                result[row, column] = mean
                result[column, row] = mean
            }
        }
        return result
    }
}
