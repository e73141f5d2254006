/// Undoes `_xHHHH_`, by which workbooks write characters that XML cannot hold.
enum EscapedText {
    /// Rewrites the bytes from `start` to the end of the buffer; a form that means no character stays as it is.
    static func undo(in buffer: inout ByteBuffer, from start: Int) {
        var target = start
        var position = start
        let end = buffer.count
        let bytes = buffer.start
        while position < end, bytes[position] != 0x5F { position += 1 }
        guard position < end else { return }
        target = position
        while position < end {
            guard bytes[position] == 0x5F, let unit = unit(bytes, position, end) else {
                bytes[target] = bytes[position]
                target += 1
                position += 1
                continue
            }
            var scalar = UInt32(unit)
            var length = 7
            if (0xD800..<0xDC00).contains(unit) {
                if let low = self.unit(bytes, position + 7, end), (0xDC00..<0xE000).contains(low) {
                    scalar = 0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(low - 0xDC00)
                    length = 14
                }
            }
            guard scalar != 0, let character = Unicode.Scalar(scalar) else {
                bytes[target] = bytes[position]
                target += 1
                position += 1
                continue
            }
            for byte in UTF8.encode(character) ?? UTF8.encodedReplacementCharacter {
                bytes[target] = byte
                target += 1
            }
            position += length
        }
        buffer.truncate(to: target)
    }

    private static func unit(_ bytes: UnsafeMutablePointer<UInt8>, _ position: Int, _ end: Int) -> UInt16? {
        guard position + 7 <= end, bytes[position] == 0x5F, bytes[position + 1] == 0x78, bytes[position + 6] == 0x5F
        else { return nil }
        var value: UInt16 = 0
        for offset in 2..<6 {
            let byte = bytes[position + offset]
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x37
            case 0x61...0x66: digit = byte - 0x57
            default: return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
