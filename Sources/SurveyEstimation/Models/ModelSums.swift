/// What one pass over the rows of a chunk adds up: X'u, X'ΩX, and a number beside.
struct ModelSums: Sendable {
    let rank: Int
    /// Σ u x.
    var gradient: [Double]
    /// Σ ω x x', the lower triangle row after row.
    var information: [Double]
    var deviance = 0.0
    /// The least of a probability and of 1 − a probability.
    var closest = 1.0
    private var scaled: [SIMD4<Double>]

    private static let quads = ModelMatrix.blockRows / 4

    init(rank: Int) {
        self.rank = rank
        gradient = [Double](repeating: 0, count: rank)
        information = [Double](repeating: 0, count: rank * rank)
        scaled = [SIMD4<Double>](repeating: .zero, count: rank * ModelSums.quads)
    }

    /// Adds the rows of a block: their columns, `u` and `ω`.
    @inline(__always)
    mutating func add(
        _ block: UnsafePointer<Double>, gradient own: UnsafePointer<Double>?, weights: UnsafePointer<Double>?
    ) {
        let (rank, quads) = (rank, ModelSums.quads)
        block.withMemoryRebound(to: SIMD4<Double>.self, capacity: rank * quads) { x in
            if let own {
                own.withMemoryRebound(to: SIMD4<Double>.self, capacity: quads) { u in
                    for column in 0..<rank {
                        var sum = SIMD4<Double>.zero
                        for quad in 0..<quads { sum += u[quad] * x[column * quads + quad] }
                        gradient[column] += sum.sum()
                    }
                }
            }
            guard let weights else { return }
            weights.withMemoryRebound(to: SIMD4<Double>.self, capacity: quads) { omega in
                scaled.withUnsafeMutableBufferPointer { scaled in
                    information.withUnsafeMutableBufferPointer { information in
                        guard let scaled = scaled.baseAddress, let sums = information.baseAddress else { return }
                        for column in 0..<rank {
                            for quad in 0..<quads {
                                scaled[column * quads + quad] = omega[quad] * x[column * quads + quad]
                            }
                        }
                        ModelSums.products(scaled, x, rank: rank, into: sums)
                    }
                }
            }
        }
    }

    /// Adds the products of each column with the columns up to it, two by two so that each number is read half as often.
    @inline(__always)
    private static func products(
        _ left: UnsafePointer<SIMD4<Double>>, _ right: UnsafePointer<SIMD4<Double>>, rank: Int,
        into sums: UnsafeMutablePointer<Double>
    ) {
        var row = 0
        while row < rank {
            let hasNext = row + 1 < rank
            let (first, second) = (left + row * quads, left + (hasNext ? row + 1 : row) * quads)
            var column = 0
            while column <= row + (hasNext ? 1 : 0) {
                let hasOther = column + 1 <= row + (hasNext ? 1 : 0)
                let (third, fourth) = (right + column * quads, right + (hasOther ? column + 1 : column) * quads)
                var (a, b) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
                var (c, d) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
                for quad in 0..<quads {
                    let (x, y) = (third[quad], fourth[quad])
                    a += first[quad] * x
                    b += first[quad] * y
                    c += second[quad] * x
                    d += second[quad] * y
                }
                sums[row * rank + column] += a.sum()
                if hasOther { sums[row * rank + column + 1] += b.sum() }
                if hasNext {
                    sums[(row + 1) * rank + column] += c.sum()
                    if hasOther { sums[(row + 1) * rank + column + 1] += d.sum() }
                }
                column += 2
            }
            row += 2
        }
    }

    /// Joins sums of chunks in their order.
    static func joined(_ chunks: [ModelSums], rank: Int) -> ModelSums {
        var whole = ModelSums(rank: rank)
        for chunk in chunks {
            for place in whole.gradient.indices { whole.gradient[place] += chunk.gradient[place] }
            for place in whole.information.indices { whole.information[place] += chunk.information[place] }
            whole.deviance += chunk.deviance
            whole.closest = min(whole.closest, chunk.closest)
        }
        for row in 0..<rank {
            for column in 0..<row {
                whole.information[column * rank + row] = whole.information[row * rank + column]
            }
        }
        return whole
    }
}
