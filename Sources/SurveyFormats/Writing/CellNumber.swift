/// Reads the text of a cell as the number that it is.
enum CellNumber {
    /// The number of a cell, nil for anything else: a sign, digits, a point, an exponent.
    static func read(_ cell: UnsafePointer<UInt8>, _ count: Int) -> Double? {
        guard count > 0, count <= 400 else { return nil }
        let isNegative = cell[0] == 0x2D
        let start = isNegative ? 1 : 0
        if count - start <= 15, count > start {
            var value: Int64 = 0
            var position = start
            while position < count {
                let digit = cell[position] &- 0x30
                if digit > 9 { break }
                value = value * 10 + Int64(digit)
                position += 1
            }
            if position == count { return Double(isNegative ? -value : value) }
        }
        let buffer = UnsafeBufferPointer(start: cell, count: count)
        let isPlain = buffer.allSatisfy { byte in
            (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2D || byte == 0x2B || byte | 0x20 == 0x65
        }
        guard isPlain, let value = Double(String(decoding: buffer, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    static func read(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { bytes in bytes.baseAddress.flatMap { read($0, bytes.count) } }
    }

    /// The value of a cell in the units of a format, by the content of its column; nil for a text that is none.
    static func value(_ text: String, as content: FileVariable.Content) -> (value: Double, isMoment: Bool)? {
        switch content {
        case .date, .dateTime:
            if let seconds = TimeCell.seconds(ofMoment: text) { return (seconds, true) }
        case .time:
            if let seconds = TimeCell.seconds(ofDuration: text) { return (seconds, true) }
        case .number, .text: break
        }
        return read(text).map { ($0, false) }
    }
}
