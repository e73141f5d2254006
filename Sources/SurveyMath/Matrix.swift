/// A rectangle of numbers, row after row.
public struct Matrix: Sendable, Equatable {
    public let rows: Int
    public let columns: Int
    public private(set) var values: [Double]

    /// Zeros.
    public init(rows: Int, columns: Int) {
        self.init(rows: rows, columns: columns, values: [Double](repeating: 0, count: rows * columns))
    }

    public init(rows: Int, columns: Int, values: [Double]) {
        precondition(values.count == rows * columns, "one number for each row and column")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    public subscript(row: Int, column: Int) -> Double {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
        return result
    }

    public static func * (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.columns == right.rows, "as many columns as rows")
        var result = Matrix(rows: left.rows, columns: right.columns)
        for row in 0..<left.rows {
            for inner in 0..<left.columns {
                let factor = left[row, inner]
                if factor == 0 { continue }
                for column in 0..<right.columns { result[row, column] += factor * right[inner, column] }
            }
        }
        return result
    }

    public static func * (left: Matrix, right: [Double]) -> [Double] {
        precondition(left.columns == right.count, "as many columns as numbers")
        return (0..<left.rows).map { row in
            var sum = 0.0
            for column in 0..<left.columns { sum += left[row, column] * right[column] }
            return sum
        }
    }
}
