internal import SurveyData
internal import SurveyMath
internal import SurveyProblems

/// The cells that occur when variables are crossed: for each its codes, its rows and its weight.
///
/// Rows are looked at to find their cell, and never again; everything else works on cells. Cells are numbered by their
/// codes, so that the order of the rows changes nothing.
struct CrossedCells {
    /// The cell of each row; `count` for a row of weight 0.
    let cellOfRow: [UInt32]
    /// For each variable the code of each cell as an index of its dictionary; the number of codes where it is missing.
    let codes: [[UInt32]]
    /// Rows of weight other than 0, and the sum of their weights.
    let rows: [Int]
    let weights: [Double]

    var count: Int { rows.count }

    /// Keys up to this many have a table of all that could occur.
    private static let mostTabled = 1 << 22

    init(_ columns: [Column], weights: [Double]) {
        var keys = [UInt32](repeating: 0, count: weights.count)
        var space = 1
        for column in columns {
            let size = column.dictionary.count + 1
            if space > 1, space * size > CrossedCells.mostTabled {
                space = max(1, CrossedCells.compact(&keys, of: space, weights))
            }
            if space * size > CrossedCells.mostTabled {
                space = CrossedCells.hashed(&keys, column, size: size, weights)
            } else {
                CrossedCells.add(column, to: &keys, size: size)
                space *= size
            }
        }
        let count = CrossedCells.compact(&keys, of: space, weights)
        var rows = [Int](repeating: 0, count: count)
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
        var firstRow = [Int](repeating: 0, count: count)
        keys.withUnsafeMutableBufferPointer { keys in
            weights.withUnsafeBufferPointer { weights in
                for row in 0..<weights.count {
                    guard weights[row] != 0 else {
                        keys[row] = UInt32(truncatingIfNeeded: count)
                        continue
                    }
                    let cell = Int(keys[row])
                    rows[cell] &+= 1
                    sums[cell].add(weights[row])
                    firstRow[cell] = row
                }
            }
        }
        cellOfRow = keys
        self.rows = rows
        self.weights = sums.map(\.value)
        codes = columns.map { column in firstRow.map { CrossedCells.code(of: column, at: $0) } }
    }

    /// Multiplies each key by the number of codes and adds the row's code.
    private static func add(_ column: Column, to keys: inout [UInt32], size: Int) {
        let factor = UInt32(truncatingIfNeeded: size)
        let missing = factor &- 1
        keys.withUnsafeMutableBufferPointer { keys in
            switch column.values {
            case .bytes(let raw):
                raw.withUnsafeBufferPointer { raw in
                    for row in 0..<keys.count { keys[row] = keys[row] &* factor &+ min(UInt32(raw[row]), missing) }
                }
            case .words(let raw):
                raw.withUnsafeBufferPointer { raw in
                    for row in 0..<keys.count { keys[row] = keys[row] &* factor &+ min(UInt32(raw[row]), missing) }
                }
            case .indexes, .numbers:
                preconditionFailure("coded answers are bytes or words")
            }
        }
    }

    /// Numbers the keys of rows in use from 0 without gaps, in their order; returns how many there are.
    private static func compact(_ keys: inout [UInt32], of space: Int, _ weights: [Double]) -> Int {
        var numbers = [UInt32](repeating: 0, count: space)
        var count: UInt32 = 0
        keys.withUnsafeMutableBufferPointer { keys in
            weights.withUnsafeBufferPointer { weights in
                numbers.withUnsafeMutableBufferPointer { numbers in
                    for row in 0..<weights.count where weights[row] != 0 { numbers[Int(keys[row])] = 1 }
                    for key in 0..<numbers.count {
                        let isUsed = numbers[key]
                        numbers[key] = count
                        count &+= isUsed
                    }
                    // A row of weight 0 may have a key that no number was kept for.
                    for row in 0..<keys.count { keys[row] = weights[row] != 0 ? numbers[Int(keys[row])] : 0 }
                }
            }
        }
        return Int(count)
    }

    /// Crosses with a column of very many codes, by a table of the pairs that occur.
    private static func hashed(_ keys: inout [UInt32], _ column: Column, size: Int, _ weights: [Double]) -> Int {
        func pair(_ row: Int) -> UInt64 { UInt64(keys[row]) << 32 | UInt64(code(of: column, at: row)) }
        var numbers: [UInt64: UInt32] = [:]
        for row in keys.indices where weights[row] != 0 { numbers[pair(row)] = 0 }
        for (number, key) in numbers.keys.sorted().enumerated() { numbers[key] = UInt32(truncatingIfNeeded: number) }
        for row in keys.indices { keys[row] = weights[row] == 0 ? 0 : numbers[pair(row)] ?? 0 }
        return max(1, numbers.count)
    }

    /// The code of a row; the number of codes where it has none.
    private static func code(of column: Column, at row: Int) -> UInt32 {
        let missing = UInt32(truncatingIfNeeded: column.dictionary.count)
        return switch column.values {
        case .bytes(let raw): min(UInt32(raw[row]), missing)
        case .words(let raw): min(UInt32(raw[row]), missing)
        case .indexes, .numbers: missing
        }
    }
}
