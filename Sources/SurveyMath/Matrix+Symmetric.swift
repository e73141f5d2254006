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

    /// The eigenvalues of a symmetric matrix, the greatest first; nil if a number is not finite.
    ///
    /// - Source: Golub and Van Loan (2013), Matrix Computations, §8.5 (Jacobi's rotations, row by row).
    public func symmetricEigenvalues() -> [Double]? {
        precondition(rows == columns, "a square matrix")
        guard values.allSatisfy(\.isFinite) else { return nil }
        var work = self
        let whole = values.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<100 {
            var outside = 0.0
            for row in 0..<rows { for column in 0..<row { outside += work[row, column] * work[row, column] } }
            if outside <= 1e-32 * whole { break }
            for row in 0..<rows { for column in (row + 1)..<max(rows, row + 1) { work.rotate(row, column) } }
        }
        return (0..<rows).map { work[$0, $0] }.sorted(by: >)
    }

    /// Turns two axes so that their product vanishes.
    private mutating func rotate(_ first: Int, _ second: Int) {
        let product = self[first, second]
        guard product != 0 else { return }
        let ratio = (self[second, second] - self[first, first]) / (2 * product)
        let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        let sine = tangent * cosine
        for other in 0..<rows {
            let (left, right) = (self[other, first], self[other, second])
            self[other, first] = cosine * left - sine * right
            self[other, second] = sine * left + cosine * right
        }
        for other in 0..<rows {
            let (left, right) = (self[first, other], self[second, other])
            self[first, other] = cosine * left - sine * right
            self[second, other] = sine * left + cosine * right
        }
        self[first, second] = 0
        self[second, first] = 0
    }

    /// The eigenvalues of A⁻¹B for symmetric A and B, A without negative or empty directions, the greatest first.
    ///
    /// They are those of L⁻¹ B L⁻ᵀ with A = L L'; nil if A is singular.
    public static func eigenvalues(of b: Matrix, relativeTo a: Matrix) -> [Double]? {
        precondition(a.rows == a.columns && b.rows == a.rows && b.columns == a.rows, "square matrices of one size")
        let size = a.rows
        guard a.values.allSatisfy(\.isFinite), PivotedCholesky(a.values, size: size).rank == size else { return nil }
        var lower = Matrix(rows: size, columns: size)
        for row in 0..<size {
            for column in 0...row {
                var sum = a[row, column]
                for inner in 0..<column { sum -= lower[row, inner] * lower[column, inner] }
                if row == column {
                    guard sum > 0 else { return nil }
                    lower[row, row] = sum.squareRoot()
                } else {
                    lower[row, column] = sum / lower[column, column]
                }
            }
        }
        func solved(_ right: Matrix) -> Matrix {
            var result = right
            for column in 0..<size {
                for row in 0..<size {
                    var sum = result[row, column]
                    for inner in 0..<row { sum -= lower[row, inner] * result[inner, column] }
                    result[row, column] = sum / lower[row, row]
                }
            }
            return result
        }
        var whole = solved(solved(b).transposed)
        for row in 0..<size {
            for column in 0..<row {
                let mean = 0.5 * (whole[row, column] + whole[column, row])
                whole[row, column] = mean
                whole[column, row] = mean
            }
        }
        return whole.symmetricEigenvalues()
    }
}
