/// Reads decimal numbers from the bytes of cells.
enum NumberText {
    /// Reads a number as people and programs write it: sign, digits, decimal sign, exponent; nil for anything else.
    ///
    /// The result is the double nearest to the text. Words such as `nan` and `inf`, spaces and thousands separators are
    /// no numbers here, and neither is what overflows.
    static func number(_ cell: UnsafePointer<UInt8>, _ count: Int, decimalSign: UInt8) -> Double? {
        var position = 0
        var isNegative = false
        if position < count, cell[0] == 0x2D || cell[0] == 0x2B {
            isNegative = cell[0] == 0x2D
            position = 1
        }
        var mantissa: UInt64 = 0
        var digits = 0
        var significant = 0
        var scale = 0
        var hasSign = false
        while position < count {
            let byte = cell[position]
            if byte == decimalSign, !hasSign {
                hasSign = true
            } else {
                let digit = byte &- 0x30
                guard digit <= 9 else { break }
                digits += 1
                if significant > 0 || digit != 0 { significant += 1 }
                if significant <= 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
                if hasSign { scale -= 1 }
            }
            position += 1
        }
        guard digits > 0 else { return nil }
        var isExact = significant <= 19
        if position < count {
            guard cell[position] | 0x20 == 0x65, position + 1 < count else { return nil }
            position += 1
            let isExponentNegative = cell[position] == 0x2D
            if cell[position] == 0x2D || cell[position] == 0x2B { position += 1 }
            guard position < count else { return nil }
            var exponent = 0
            while position < count {
                let digit = cell[position] &- 0x30
                guard digit <= 9 else { return nil }
                exponent = min(exponent * 10 + Int(digit), 100_000)
                position += 1
            }
            scale += isExponentNegative ? -exponent : exponent
        }
        if mantissa > 1 << 53 || scale < -22 || scale > 22 { isExact = false }
        if isExact {
            // Both are exact doubles, so one correctly rounded operation gives the nearest (Clinger 1990, fast path).
            let value = scale < 0 ? Double(mantissa) / powers[-scale] : Double(mantissa) * powers[scale]
            return isNegative ? -value : value
        }
        var text = String(decoding: UnsafeBufferPointer(start: cell, count: count), as: UTF8.self)
        if decimalSign == 0x2C { text = text.replacing(",", with: ".") }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// How a column writes its numbers, as far as its cells have shown; one style must be left for all of them.
    struct Style: Equatable {
        /// No needless zero: `5`, `5.25`.
        var isShortest = true
        /// Shortest, and whole numbers with one zero after the sign, as Python writes floats: `5.0`, `5.25`.
        var isFloat = true
        /// Always this many digits after the sign, as in `5.00`; nil before the first cell, −1 if they differ.
        var decimals: Int?

        /// True if text follows from value.
        var isPossible: Bool { isShortest || isFloat || (decimals ?? 0) >= 0 }

        /// Adds a cell with this many digits after the sign.
        mutating func add(decimals count: Int, endsInZero: Bool) {
            if endsInZero { isShortest = false }
            if count == 0 || (endsInZero && count > 1) { isFloat = false }
            if decimals != count { decimals = decimals == nil ? count : -1 }
        }
    }

    /// Reads a number that a style can write: no plus, no leading zero, no negative zero, at most 15 digits; adds its style.
    ///
    /// Fifteen digits survive the way to a double and back, so two texts of one style never have one value.
    static func styledNumber(_ cell: UnsafePointer<UInt8>, _ count: Int, decimalSign: UInt8, style: inout Style)
        -> Double?
    {
        let isNegative = count > 0 && cell[0] == 0x2D
        let start = isNegative ? 1 : 0
        guard count > start, count - start <= 24 else { return nil }
        var mantissa: UInt64 = 0
        var significant = 0
        var whole = 0
        var fraction = 0
        var hasSign = false
        for position in start..<count {
            let byte = cell[position]
            if byte == decimalSign, !hasSign {
                hasSign = true
                continue
            }
            let digit = byte &- 0x30
            guard digit <= 9 else { return nil }
            if significant > 0 || digit != 0 { significant += 1 }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            if hasSign { fraction += 1 } else { whole += 1 }
        }
        guard whole > 0, significant <= 15, fraction <= 22 else { return nil }
        if cell[start] == 0x30, whole > 1 { return nil }
        if hasSign, fraction == 0 { return nil }
        if isNegative, mantissa == 0 { return nil }
        style.add(decimals: fraction, endsInZero: hasSign && cell[count - 1] == 0x30)
        let value = Double(mantissa) / powers[fraction]
        return isNegative ? -value : value
    }

    /// The text of a value that was read in a style.
    static func text(of value: Double, decimalSign: UInt8, style: Style) -> [UInt8] {
        let (shortest, decimals) = shortestText(of: value, decimalSign: decimalSign)
        if style.isShortest { return shortest }
        var text = shortest
        let wanted = style.isFloat ? max(1, decimals) : max(decimals, style.decimals ?? 0)
        if wanted > 0, decimals == 0 { text.append(decimalSign) }
        text.append(contentsOf: repeatElement(0x30, count: wanted - decimals))
        return text
    }

    private static func shortestText(of value: Double, decimalSign: UInt8) -> (text: [UInt8], decimals: Int) {
        if value.magnitude < 1e15, value == value.rounded(.towardZero) { return (Array(String(Int(value)).utf8), 0) }
        let parts = value.magnitude.description.split(separator: "e")
        var digits = Array(parts[0].utf8)
        let sign = digits.firstIndex(of: 0x2E) ?? digits.count
        if sign < digits.count { digits.remove(at: sign) }
        if digits.last == 0x30, digits.count == sign + 1 { digits.removeLast() }
        var point = sign + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        if point <= 0 {
            digits.insert(contentsOf: repeatElement(0x30, count: 1 - point), at: 0)
            point = 1
        } else if point >= digits.count {
            digits.append(contentsOf: repeatElement(0x30, count: point - digits.count))
        }
        let decimals = digits.count - point
        if decimals > 0 { digits.insert(decimalSign, at: point) }
        return ((value < 0 ? [0x2D] : []) + digits, decimals)
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]
}
