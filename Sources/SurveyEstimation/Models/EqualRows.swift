/// Complete rows that are alike in all that a model reads: they share one row of its matrix, with the sum of their weights.
///
/// A fit and every score are sums over rows, so rows that are alike may be summed first: what is left to do by step grows
/// with the kinds of rows, not with the rows.
///
/// - Source: McCullagh and Nelder (1989), §4.1 (covariate classes).
struct EqualRows: Sendable {
    /// For each kind a row of the table, in the order in which the kinds come first.
    let representatives: [UInt32]
    /// The kind of each complete row.
    let numbers: [UInt32]

    /// Takes rows that are known to be complete; nil where the rows are too different to gain by it.
    ///
    /// Kinds are found by counting cells: of categories, and of whole numbers from the least to the greatest. Numbers that
    /// are not whole, more than two cells a row, and kinds of less than two rows on average are not worth the search.
    ///
    /// - Shapes: contents and `isComplete` by row of the table; `rows` are rows of the table.
    init?(_ contents: [ModelVariable.Content], isComplete: [Bool], rows: [UInt32]) {
        let most = min(2 * rows.count, 1 << 30)
        var digits: [Digit] = []
        var cells = 1
        for content in contents {
            guard let digit = Digit(content, isComplete: isComplete, most: most / cells) else { return nil }
            cells *= digit.count
            digits.append(digit)
        }
        var codes = [UInt32](repeating: 0, count: isComplete.count)
        for (content, digit) in zip(contents, digits) { digit.append(content, to: &codes) }
        var kindOfCell = [UInt32](repeating: .max, count: cells)
        var representatives: [UInt32] = []
        representatives.reserveCapacity(min(cells, rows.count / 2))
        let numbers = [UInt32](unsafeUninitializedCapacity: rows.count) { numbers, filled in
            codes.withUnsafeBufferPointer { codes in
                kindOfCell.withUnsafeMutableBufferPointer { kindOfCell in
                    for row in rows {
                        let cell = Int(codes[Int(row)])
                        var kind = kindOfCell[cell]
                        if kind == .max {
                            kind = UInt32(truncatingIfNeeded: representatives.count)
                            kindOfCell[cell] = kind
                            representatives.append(row)
                        }
                        numbers.initializeElement(at: filled, to: kind)
                        filled += 1
                    }
                }
            }
        }
        guard representatives.count <= rows.count / 2 else { return nil }
        self.representatives = representatives
        self.numbers = numbers
    }

    /// One variable as a digit of a cell's number.
    private struct Digit {
        /// The value of digit 0.
        let least: Double
        let count: Int

        /// Added to a whole number of less than 2^50 and taken off again it changes nothing, but rounds any other number.
        private static let rounder = 0x1.8p52

        /// nil where there are more than `most` values, or numbers that are not whole.
        init?(_ content: ModelVariable.Content, isComplete: [Bool], most: Int) {
            switch content {
            case .categories(_, let labels):
                (least, count) = (0, labels.count)
                guard count <= most else { return nil }
            case .numbers(let numbers):
                var (least, greatest) = (Double.infinity, -Double.infinity)
                var isWhole = true
                for row in 0..<min(isComplete.count, numbers.count) where isComplete[row] {
                    let number = numbers[row]
                    (least, greatest) = (min(least, number), max(greatest, number))
                    isWhole = isWhole && (number + Digit.rounder) - Digit.rounder == number
                    if row & 0xFFF == 0xFFF, !isWhole { return nil }
                }
                guard isWhole, least > -0x1p50, greatest < 0x1p50, greatest - least < Double(most) else { return nil }
                (self.least, count) = (least, Int(greatest - least) + 1)
            }
        }

        /// Makes room for the digit behind those before; rows that are not complete get any code.
        func append(_ content: ModelVariable.Content, to codes: inout [UInt32]) {
            let base = UInt32(truncatingIfNeeded: count)
            codes.withUnsafeMutableBufferPointer { codes in
                switch content {
                case .categories(let own, _):
                    own.withUnsafeBufferPointer { own in
                        for row in 0..<min(codes.count, own.count) {
                            codes[row] = codes[row] &* base &+ UInt32(own[row])
                        }
                    }
                case .numbers(let numbers):
                    // The last bits of a whole number beside 2^52 are the number.
                    numbers.withUnsafeBufferPointer { numbers in
                        for row in 0..<min(codes.count, numbers.count) {
                            let bits = (numbers[row] - least + 0x1p52).bitPattern
                            codes[row] = codes[row] &* base &+ UInt32(truncatingIfNeeded: bits)
                        }
                    }
                }
            }
        }
    }
}
