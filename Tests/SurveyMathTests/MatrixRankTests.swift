import SurveyMath
import SurveyTestSupport
import Testing

struct MatrixRankTests {
    @Test func `a column that is the sum of two others does not count`() {
        let columns: [Double] = [1, 0, 2, 0, 1, 5, 1, 1, 7]
        #expect(MatrixRank.ofColumns(columns, rows: 3) == 2)
    }

    @Test func `columns of 0 do not count`() {
        #expect(MatrixRank.ofColumns([0, 0, 0, 0], rows: 2) == 0)
        #expect(MatrixRank.ofColumns([0, 0, 1, 2, 0, 0], rows: 2) == 1)
    }

    @Test func `more columns than rows have at most the rank of the rows`() {
        #expect(MatrixRank.ofColumns([1, 0, 0, 1, 1, 1, 2, 3], rows: 2) == 2)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a product of matrices has the rank of its smaller one`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let (rows, count, rank) = (30, 20, 3 + Int(seed))
        let left = (0..<rows * rank).map { _ in generator.uniform() - 0.5 }
        let right = (0..<rank * count).map { _ in generator.uniform() - 0.5 }
        var columns = [Double](repeating: 0, count: rows * count)
        for column in 0..<count {
            for row in 0..<rows {
                for inner in 0..<rank {
                    columns[column * rows + row] += left[row * rank + inner] * right[inner * count + column]
                }
            }
        }
        #expect(MatrixRank.ofColumns(columns, rows: rows) == rank)
    }

    @Test func `a difference below the tolerance is none`() {
        let near: [Double] = [1, 1, 1, 1 + 1e-7]
        #expect(MatrixRank.ofColumns(near, rows: 2) == 1)
        #expect(MatrixRank.ofColumns(near, rows: 2, tolerance: 1e-9) == 2)
    }
}
