/// Writes the number of a cell as the shortest text that means it: Excel writes 0.1 as `0.10000000000000001`.
enum SheetNumber {
    static func append(_ bytes: UnsafePointer<UInt8>, _ count: Int, to buffer: inout ByteBuffer) {
        // A plain decimal of at most 15 digits is the shortest text of its double but for zeros at its end.
        var position = 0
        if position < count, bytes[0] == 0x2D { position = 1 }
        let first = position
        var digits = 0
        var point = -1
        while position < count {
            let byte = bytes[position]
            if byte &- 0x30 <= 9 {
                digits += 1
            } else if byte == 0x2E, point < 0, digits > 0 {
                point = position
            } else {
                digits = 16
                break
            }
            position += 1
        }
        let hasLeadingZero = first + 1 < count && bytes[first] == 0x30 && bytes[first + 1] != 0x2E
        let isMinusZero = first == 1 && bytes[1] == 0x30
        guard digits > 0, digits <= 15, !hasLeadingZero, !isMinusZero, point != count - 1 else {
            return appendSlowly(bytes, count, to: &buffer)
        }
        var end = count
        if point >= 0 {
            while end > point + 1, bytes[end - 1] == 0x30 { end -= 1 }
            if end == point + 1 { end = point }
        }
        buffer.append(bytes, end)
    }

    /// The number of a cell, nil if it holds none.
    static func value(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Double? {
        guard count > 0, count <= 64 else { return nil }
        let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    private static func appendSlowly(_ bytes: UnsafePointer<UInt8>, _ count: Int, to buffer: inout ByteBuffer) {
        guard let value = value(bytes, count) else {
            buffer.append(bytes, count)
            return
        }
        buffer.append(text(of: value))
    }

    /// The shortest decimal text that gives the same double, without a needless `.0`.
    package static func text(of value: Double) -> String {
        if value == 0 { return "0" }
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
