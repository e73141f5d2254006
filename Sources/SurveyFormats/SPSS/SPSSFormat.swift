/// How SPSS shows the values of a variable: kind, width and decimals.
struct SPSSFormat: Equatable {
    var kind: UInt8
    var width: Int
    var decimals: Int

    /// From the word of a dictionary: kind in the third byte, width in the second, decimals in the lowest.
    init(word: Int) {
        kind = UInt8(truncatingIfNeeded: word >> 16)
        width = word >> 8 & 0xFF
        decimals = word & 0xFF
    }

    init(kind: UInt8, width: Int, decimals: Int) {
        self.kind = kind
        self.width = width
        self.decimals = decimals
    }

    /// From its name, such as `F8.2`; nil for one that SPSS does not have.
    init?(name: String) {
        let letters = name.prefix { $0.isASCII && $0.isLetter }
        guard let found = SPSSFormat.names.first(where: { $0.value == letters.uppercased() }) else { return nil }
        let parts = name.dropFirst(letters.count).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let width = parts.first.flatMap({ Int($0) }), (1...32_767).contains(width) else { return nil }
        let decimals = parts.count == 2 ? Int(parts[1]) : 0
        guard let decimals, (0...40).contains(decimals) else { return nil }
        self.init(kind: found.key, width: width, decimals: decimals)
    }

    var word: Int { Int(kind) << 16 | min(width, 255) << 8 | min(decimals, 255) }

    var name: String {
        let letters = SPSSFormat.names[kind] ?? "F"
        return "\(letters)\(width)" + (decimals > 0 ? ".\(decimals)" : "")
    }

    /// What the cells of a number are.
    var content: FileVariable.Content {
        switch kind {
        case 20, 23, 24, 28...30, 38, 39: .date
        case 22, 41: .dateTime
        case 21, 25, 40: .time
        default: .number
        }
    }

    static let names: [UInt8: String] = [
        1: "A", 2: "AHEX", 3: "COMMA", 4: "DOLLAR", 5: "F", 6: "IB", 7: "PIBHEX", 8: "P", 9: "PIB", 10: "PK", 11: "RB",
        12: "RBHEX", 15: "Z", 16: "N", 17: "E", 20: "DATE", 21: "TIME", 22: "DATETIME", 23: "ADATE", 24: "JDATE",
        25: "DTIME", 26: "WKDAY", 27: "MONTH", 28: "MOYR", 29: "QYR", 30: "WKYR", 31: "PCT", 32: "DOT", 33: "CCA",
        34: "CCB", 35: "CCC", 36: "CCD", 37: "CCE", 38: "EDATE", 39: "SDATE", 40: "MTIME", 41: "YMDHMS",
    ]
}

/// The calendar of SPSS: seconds since 1582-10-14, the day before the Gregorian calendar.
enum SPSSTime {
    /// Seconds from the first moment of SPSS to 1970-01-01.
    static let epoch = 141_428.0 * 86_400

    /// Writes a value as the text of a cell of its kind; what is no moment of a calendar stays a number.
    static func write(
        _ value: Double, as content: FileVariable.Content, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var length = 0
        switch content {
        case .date: length = TimeCell.writeMoment(value - epoch, withTime: false, to: target)
        case .dateTime: length = TimeCell.writeMoment(value - epoch, withTime: true, to: target)
        case .time: length = TimeCell.writeDuration(value, to: target)
        case .number, .text: break
        }
        return length > 0 ? length : NumberCell.write(value, to: target)
    }

    /// The text of a cell.
    static func text(_ value: Double, as content: FileVariable.Content) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberCell.longest) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            let length = write(value, as: content, to: base)
            return String(decoding: UnsafeBufferPointer(start: base, count: length), as: UTF8.self)
        }
    }
}
