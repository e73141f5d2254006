/// An SPSS file made byte by byte: what common writers cannot write.
struct SAVBytes {
    var isBigEndian = false
    /// The code of the encoding; nil leaves the record out.
    var code: Int?
    var encoding: String?
    var label: [UInt8] = Array("Label".utf8)
    var text: [UInt8] = Array("text".utf8)
    var number = 7.25
    /// The rows that the header announces.
    var rowCount = 1

    /// A variable `v` of numbers with a label, `s` of eight bytes, and one row.
    var bytes: [UInt8] {
        var result: [UInt8] = Array("$FL2".utf8) + padded("@(#) SPSS DATA FILE", 60)
        result += int(2) + int(2) + int(0) + int(0) + int(rowCount) + double(100)
        result += padded("01 Jan 70", 9) + padded("00:00:00", 8) + padded("", 64) + [0, 0, 0]
        result += int(2) + int(0) + int(1) + int(0) + int(0x05_0802) + int(0x05_0802) + padded("V", 8)
        result += int(label.count) + label + [UInt8](repeating: 0x20, count: (4 - label.count % 4) % 4)
        result += int(2) + int(8) + int(0) + int(0) + int(0x01_0800) + int(0x01_0800) + padded("S", 8)
        if let code {
            result += int(7) + int(3) + int(4) + int(8)
            for word in [1, 0, 0, -1, 1, 1, isBigEndian ? 1 : 2, code] { result += int(word) }
        }
        if let encoding {
            result += int(7) + int(20) + int(1) + int(encoding.utf8.count) + Array(encoding.utf8)
        }
        result += int(999) + int(0)
        result += double(number) + text + [UInt8](repeating: 0x20, count: 8 - text.count)
        return result
    }

    private func padded(_ text: String, _ width: Int) -> [UInt8] {
        Array(text.utf8) + [UInt8](repeating: 0x20, count: width - text.utf8.count)
    }

    private func int(_ value: Int) -> [UInt8] {
        let word = UInt32(truncatingIfNeeded: value)
        return withUnsafeBytes(of: isBigEndian ? word.bigEndian : word.littleEndian) { Array($0) }
    }

    private func double(_ value: Double) -> [UInt8] {
        withUnsafeBytes(of: isBigEndian ? value.bitPattern.bigEndian : value.bitPattern.littleEndian) { Array($0) }
    }
}
