import SurveyMath
import SurveyTestSupport
import Testing

struct TallFactorTests {
    /// Columns of a matrix as one block of rows, filled up with zeros.
    private func factor(_ columns: [[Double]]) -> TallFactor {
        let height = (columns[0].count + 3) / 4 * 4
        var block = columns.flatMap { $0 + [Double](repeating: 0, count: height - $0.count) }
        var factor = TallFactor(columns: columns.count)
        block.withUnsafeMutableBufferPointer { factor.add(&$0, height: height) }
        return factor
    }

    private func product(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).map { $0 * $1 }.reduce(0, +)
    }

    @Test func `columns times the inverse are orthonormal`() {
        let columns = [[1.0, 1, 1, 1, 1], [2020, 2021, 2022, 2023, 2025], [1e6, 3e6, 2e6, 9e6, 4e6]]
        let (kept, inverse) = factor(columns).independent()
        #expect(kept == [0, 1, 2])
        let made = (0..<3).map { column in
            (0..<5).map { row in (0..<3).map { columns[$0][row] * inverse[$0, column] }.reduce(0, +) }
        }
        for first in 0..<3 {
            for second in 0..<3 {
                // The years lose three digits to the intercept.
                #expect(
                    isClose(product(made[first], made[second]), first == second ? 1 : 0, tolerance: 1e-11, scale: 1))
            }
        }
    }

    @Test func `a column that depends on those before it is left out, one that is nearly so is kept`() {
        let ones = [1.0, 1, 1, 1]
        let x = [1.0, 2, 4, 7]
        let near = zip(ones, x).map { 3 * $0 + $1 }.enumerated().map { $1 + ($0 == 2 ? 1e-8 : 0) }
        #expect(factor([ones, x, zip(ones, x).map { 3 * $0 + $1 }]).independent().kept == [0, 1])
        #expect(factor([ones, x, near]).independent().kept == [0, 1, 2])
        #expect(factor([ones, [0, 0, 0, 0], x]).independent().kept == [0, 2])
    }

    @Test func `factors of parts make the factor of the whole`() {
        let columns = [[1.0, 1, 1, 1, 1, 1], [1, 2, 4, 7, 3, 9], [5, 1, 0, 2, 8, 3]]
        var parts = factor(columns.map { Array($0[..<3]) })
        parts.add(factor(columns.map { Array($0[3...]) }))
        let (whole, joined) = (factor(columns).independent(), parts.independent())
        for row in 0..<3 {
            for column in 0..<3 {
                #expect(
                    isClose(
                        abs(joined.inverse[row, column]), abs(whole.inverse[row, column]), tolerance: 1e-13, scale: 1))
            }
        }
    }

    @Test func `a symmetric inverse undoes its matrix, a singular matrix has none`() throws {
        // Hand arithmetic: the inverse of [4 2; 2 3] is [3 −2; −2 4]/8.
        let inverse = try #require(Matrix(rows: 2, columns: 2, values: [4, 2, 2, 3]).symmetricInverse())
        for (found, expected) in zip(inverse.values, [0.375, -0.25, -0.25, 0.5]) {
            #expect(isClose(found, expected, tolerance: 1e-14))
        }
        #expect(Matrix(rows: 2, columns: 2, values: [1, 1, 1, 1]).symmetricInverse() == nil)
        #expect(Matrix(rows: 1, columns: 1, values: [.nan]).symmetricInverse() == nil)
    }
}
