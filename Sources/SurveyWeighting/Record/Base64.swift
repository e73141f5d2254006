/// Bytes as text of RFC 4648, and a checksum of them: what a JSON file holds of arrays.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// The value of each letter; 255 for what is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    static func text(_ bytes: [UInt8]) -> String {
        var letters: [UInt8] = []
        letters.reserveCapacity((bytes.count + 2) / 3 * 4)
        var position = 0
        while position < bytes.count {
            let left = bytes.count - position
            let first = UInt32(bytes[position])
            let second = left > 1 ? UInt32(bytes[position + 1]) : 0
            let third = left > 2 ? UInt32(bytes[position + 2]) : 0
            let word = first << 16 | second << 8 | third
            letters.append(alphabet[Int(word >> 18)])
            letters.append(alphabet[Int(word >> 12 & 63)])
            letters.append(left > 1 ? alphabet[Int(word >> 6 & 63)] : 0x3D)
            letters.append(left > 2 ? alphabet[Int(word & 63)] : 0x3D)
            position += 3
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// The bytes of a text; nil if it is not Base64 from the first letter to the last.
    static func bytes(_ text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count.isMultiple(of: 4) else { return nil }
        guard !letters.isEmpty else { return [] }
        let padding = letters.suffix(2).count { $0 == 0x3D }
        guard padding < 2 || letters[letters.count - 2] == 0x3D, padding == 0 || letters.last == 0x3D else {
            return nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 4 * 3)
        let used = letters.count - padding
        for start in stride(from: 0, to: letters.count, by: 4) {
            var word: UInt32 = 0
            for position in start..<start + 4 {
                let value = position < used ? values[Int(letters[position])] : 0
                guard value != 255 else { return nil }
                word = word << 6 | UInt32(value)
            }
            bytes.append(UInt8(truncatingIfNeeded: word >> 16))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
            bytes.append(UInt8(truncatingIfNeeded: word))
        }
        bytes.removeLast(padding)
        return bytes
    }

    private static let remainders: [UInt32] = (0..<256).map { number in
        (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }

    /// The checksum CRC-32 of ISO 3309.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in remainders[Int((sum ^ UInt32(byte)) & 255)] ^ sum >> 8 }
    }
}
