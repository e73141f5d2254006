import SurveyMath
import Testing

struct HadamardMatrixTests {
    /// Multiples of 4 that neither Paley's constructions over p and p² nor doubling give.
    private static let unknown = [92, 116, 156, 172, 184, 188, 232, 236, 260, 268, 292, 324, 344, 356, 372, 376]

    @Test func `rows of every order up to 400 are orthogonal and the first is all 1`() throws {
        for order in [1, 2] + Array(stride(from: 4, through: 400, by: 4)) {
            guard let matrix = HadamardMatrix(order: order) else {
                #expect(HadamardMatrixTests.unknown.contains(order), "order \(order)")
                continue
            }
            #expect(!HadamardMatrixTests.unknown.contains(order), "order \(order) is there")
            let rows = (0..<order).map { row in (0..<order).map { matrix[row, $0] } }
            #expect(rows[0].allSatisfy { $0 == 1 })
            #expect(rows.joined().allSatisfy { abs($0) == 1 })
            for row in 0..<order {
                for other in 0..<row {
                    var product = 0
                    for column in 0..<order { product += rows[row][column] * rows[other][column] }
                    if product != 0 { Issue.record("order \(order): rows \(row) and \(other): \(product)") }
                }
            }
        }
    }

    @Test func `an order that is no multiple of 4 has no matrix`() {
        #expect([0, 3, 5, 6, 10, 14, -4].allSatisfy { HadamardMatrix(order: $0) == nil })
        #expect(HadamardMatrix(order: HadamardMatrix.greatestOrder + 4) == nil)
    }

    @Test(arguments: [(0, 1), (1, 2), (2, 4), (15, 16), (16, 20), (91, 96), (3_000, 3_008)])
    func `the smallest matrix above a number is found`(number: Int, order: Int) {
        #expect((HadamardMatrix(above: number)?.order).map { $0 > number } == true)
        if number < 100 { #expect(HadamardMatrix(above: number)?.order == order) }
    }

    @Test func `nothing is found above the greatest order`() {
        #expect(HadamardMatrix(above: HadamardMatrix.greatestOrder) == nil)
    }
}
