import SurveyMath
import SurveyTestSupport
import Testing

struct PivotedCholeskyTests {
    @Test func `a regular system has its solution`() {
        // Hand arithmetic: [4 2 0; 2 3 1; 0 1 2] · [1 −2 3] = [0 −1 4].
        let factored = PivotedCholesky([4, 2, 0, 2, 3, 1, 0, 1, 2], size: 3)
        #expect(factored.rank == 3)
        for (found, expected) in zip(factored.solve([0, -1, 4]), [1.0, -2, 3]) {
            #expect(isClose(found, expected, tolerance: 1e-14))
        }
    }

    @Test func `redundant rows are dropped and the system still holds`() {
        // Two margins of a 2 × 2 table: the categories of each sum to the same whole, so one of four is redundant.
        let cells = [3.0, 5, 2, 7]
        var matrix = [Double](repeating: 0, count: 16)
        for (cell, weight) in cells.enumerated() {
            let members = [cell / 2, 2 + cell % 2]
            for row in members { for column in members { matrix[row * 4 + column] += weight } }
        }
        let factored = PivotedCholesky(matrix, size: 4)
        #expect(factored.rank == 3)
        // Sums by category of 1, 4, 6, 9 in the cells.
        let right: [Double] = [5, 15, 7, 13]
        let solution = factored.solve(right)
        for row in 0..<4 {
            let product = (0..<4).map { matrix[row * 4 + $0] * solution[$0] }.reduce(0, +)
            #expect(isClose(product, right[row], tolerance: 1e-13))
        }
    }

    @Test func `a matrix of zeros has the solution 0`() {
        let factored = PivotedCholesky([0, 0, 0, 0], size: 2)
        #expect(factored.rank == 0)
        #expect(factored.solve([1, 2]) == [0, 0])
        #expect(PivotedCholesky([], size: 0).solve([]) == [])
    }

    @Test func `scales far apart do not matter`() {
        let factored = PivotedCholesky([1e-20, 0, 0, 1e20], size: 2)
        #expect(factored.rank == 2)
        #expect(factored.solve([3e-20, 4e20]).enumerated().allSatisfy { isClose($1, [3, 4][$0], tolerance: 1e-14) })
    }
}
