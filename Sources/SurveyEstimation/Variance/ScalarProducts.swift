internal import SurveyMath

/// Scalar products of long vectors: plain in blocks, side by side in eight lanes, compensated between blocks.
///
/// Many vectors are multiplied block by block, a tile of them at a time, so that a block comes from memory once for all
/// its products. Each product is the same to the last bit, however many others are made with it.
enum ScalarProducts {
    /// Entries of a block.
    private static let block = 512
    private static let lanes = 8
    /// Vectors of a tile: the blocks of two tiles lie in the second cache of a processor.
    private static let tile = 64

    /// Σ left·right.
    static func product(_ left: [Double], _ right: [Double]) -> Double {
        var found = 0.0
        ofPairs([left], [right]) { _, _, product in found = product }
        return found
    }

    /// Calls `body` with every product of a left vector and a right one that does not come behind it.
    static func ofPairs(
        _ lefts: [[Double]], _ rights: [[Double]], _ body: (_ left: Int, _ right: Int, _ product: Double) -> Void
    ) {
        precondition(lefts.count == rights.count, "as many left vectors as right ones")
        let length = lefts.first?.count ?? 0
        precondition((lefts + rights).allSatisfy { $0.count == length }, "vectors of one length")
        let room = min(tile, lefts.count) * block
        let left = UnsafeMutablePointer<Double>.allocate(capacity: room)
        let right = UnsafeMutablePointer<Double>.allocate(capacity: room)
        defer {
            left.deallocate()
            right.deallocate()
        }
        for first in stride(from: 0, to: lefts.count, by: tile) {
            let rows = first..<min(first + tile, lefts.count)
            for other in stride(from: 0, through: first, by: tile) {
                let columns = other..<min(other + tile, lefts.count)
                var sums = [CompensatedSum](repeating: CompensatedSum(), count: rows.count * columns.count)
                for start in stride(from: 0, to: length, by: block) {
                    let part = start..<min(start + block, length)
                    take(part, of: lefts[rows], into: left)
                    take(part, of: rights[columns], into: right)
                    for row in rows {
                        let ends = min(row + 1, columns.upperBound) - other
                        let line = (row - first) * columns.count
                        multiply(left + (row - first) * block, right, vectors: ends, entries: part.count) { at, added in
                            sums[line + at].add(added)
                        }
                    }
                }
                for row in rows {
                    for column in columns where column <= row {
                        body(row, column, sums[(row - first) * columns.count + column - other].value)
                    }
                }
            }
        }
    }

    /// Copies a part of each vector, one behind the other.
    private static func take(
        _ part: Range<Int>, of vectors: ArraySlice<[Double]>, into blocks: UnsafeMutablePointer<Double>
    ) {
        for (position, vector) in vectors.enumerated() {
            vector.withUnsafeBufferPointer { vector in
                guard let entries = vector.baseAddress else { return }
                (blocks + position * block).update(from: entries + part.lowerBound, count: part.count)
            }
        }
    }

    /// The products of one block with the blocks of other vectors, two of them at a time.
    @inline(__always)
    private static func multiply(
        _ one: UnsafePointer<Double>, _ others: UnsafePointer<Double>, vectors: Int, entries: Int,
        _ body: (_ vector: Int, _ added: Double) -> Void
    ) {
        let full = entries & ~(lanes - 1)
        var vector = 0
        while vector < vectors {
            let a = others + vector &* block
            let b = vector &+ 1 < vectors ? a + block : a
            var (ofA, ofB) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
            var entry = 0
            while entry < full {
                let x = eight(one + entry)
                ofA += x * eight(a + entry)
                ofB += x * eight(b + entry)
                entry &+= lanes
            }
            var (restOfA, restOfB) = (0.0, 0.0)
            while entry < entries {
                restOfA += one[entry] * a[entry]
                restOfB += one[entry] * b[entry]
                entry &+= 1
            }
            body(vector, ofA.sum() + restOfA)
            if vector &+ 1 < vectors { body(vector &+ 1, ofB.sum() + restOfB) }
            vector &+= 2
        }
    }

    @inline(__always)
    private static func eight(_ entries: UnsafePointer<Double>) -> SIMD8<Double> {
        UnsafeRawPointer(entries).loadUnaligned(as: SIMD8<Double>.self)
    }
}
