internal import SurveyProblems

/// The widths of fields of a Stata file, which grew from version to version.
///
/// Source: "dta" in Stata's own help, versions 113 to 119; older ones as the files themselves show.
struct DTALayout {
    let version: Int

    /// From 117 on parts stand between tags, before at fixed places.
    var isTagged: Bool { version >= 117 }
    var nameLength: Int { version < 110 ? 9 : version < 118 ? 33 : 129 }
    var formatLength: Int { version < 105 ? 7 : version < 114 ? 12 : version < 118 ? 49 : 57 }
    var variableLabelLength: Int { version < 108 ? 32 : version < 118 ? 81 : 321 }
    var fileLabelLength: Int { version < 108 ? 32 : 81 }
    var timestampLength: Int { version < 105 ? 0 : 18 }
    /// Bytes of the length of a characteristic; none before 105.
    var characteristicLength: Int { version < 105 ? 0 : version < 110 ? 2 : 4 }
    /// True if the missing values `.a` to `.z` exist.
    var hasExtendedMissing: Bool { version >= 113 }
    /// True if texts are UTF-8 by definition.
    var isUTF8: Bool { version >= 118 }

    init(version: Int) { self.version = version }
}

/// How the value of a variable stands in a row of a Stata file.
enum DTAType: Equatable {
    case int8, int16, int32, float, double
    case text(Int)
    /// A text that stands behind the rows; the row holds where.
    case long

    var width: Int {
        switch self {
        case .int8: 1
        case .int16: 2
        case .int32, .float: 4
        case .double, .long: 8
        case .text(let width): width
        }
    }

    /// From the code of a version; nil for one that it does not have.
    init?(code: Int, version: Int) {
        if version >= 117 {
            switch code {
            case 1...2045: self = .text(code)
            case 32_768: self = .long
            case 65_526: self = .double
            case 65_527: self = .float
            case 65_528: self = .int32
            case 65_529: self = .int16
            case 65_530: self = .int8
            default: return nil
            }
        } else if version >= 111 {
            switch code {
            case 1...244: self = .text(code)
            case 251: self = .int8
            case 252: self = .int16
            case 253: self = .int32
            case 254: self = .float
            case 255: self = .double
            default: return nil
            }
        } else {
            switch code {
            case 0x62: self = .int8
            case 0x69: self = .int16
            case 0x6C: self = .int32
            case 0x66: self = .float
            case 0x64: self = .double
            case 0x80...0xFF: self = .text(code - 0x7F)
            default: return nil
            }
        }
    }

    /// The code of versions from 117 on.
    var code: Int {
        switch self {
        case .text(let width): width
        case .long: 32_768
        case .double: 65_526
        case .float: 65_527
        case .int32: 65_528
        case .int16: 65_529
        case .int8: 65_530
        }
    }
}

/// Stata's missing values: `.` and, from version 113 on, `.a` to `.z`, the greatest numbers of each type.
enum DTAMissing {
    /// 0 for `.`, 1…26 for `.a` to `.z`; nil for a number.
    static func letter(int8 value: Int8, extended: Bool) -> Int? {
        extended ? (value > 100 ? Int(value) - 101 : nil) : value == 127 ? 0 : nil
    }

    static func letter(int16 value: Int16, extended: Bool) -> Int? {
        extended ? (value > 32_740 ? Int(value) - 32_741 : nil) : value == 32_767 ? 0 : nil
    }

    static func letter(int32 value: Int32, extended: Bool) -> Int? {
        extended ? (value > 2_147_483_620 ? Int(value) - 2_147_483_621 : nil) : value == .max ? 0 : nil
    }

    static func letter(float value: Float) -> Int? {
        guard !(value < 0x1p127) else { return nil }
        let step = Int(value.bitPattern) - 0x7F00_0000
        return step >= 0 && step % 0x800 == 0 ? min(step / 0x800, 26) : 0
    }

    static func letter(double value: Double) -> Int? {
        guard !(value < 0x1p1023) else { return nil }
        let step = Int(bitPattern: UInt(value.bitPattern)) - 0x7FE0_0000_0000_0000
        return step >= 0 && step % 0x100_0000_0000 == 0 ? min(step / 0x100_0000_0000, 26) : 0
    }

    static func double(letter: Int) -> Double {
        Double(bitPattern: 0x7FE0_0000_0000_0000 + UInt64(letter) * 0x100_0000_0000)
    }

    /// 1…26 for the text of a cell that is `.a` to `.z`.
    static func letter(of text: some StringProtocol) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 2, bytes[0] == 0x2E, (0x61...0x7A).contains(bytes[1]) else { return nil }
        return Int(bytes[1]) - 0x60
    }

    static func text(letter: Int) -> String {
        letter == 0 ? "" : "." + String(UnicodeScalar(UInt8(truncatingIfNeeded: 0x60 + letter)))
    }
}

/// What a display format of Stata says of the values.
enum DTAFormat {
    /// The content of a column, and the seconds of a unit of its values; days for months, quarters… are not kept so.
    static func content(_ format: String) -> FileVariable.Content {
        let name = format.drop { $0 == "%" || $0 == "-" || $0 == "," }
        // Times of day are moments of the first day.
        if name.lowercased().hasPrefix("tchh") { return .time }
        if name.hasPrefix("tc") || name.hasPrefix("tC") { return .dateTime }
        if name.hasPrefix("td") || name.hasPrefix("d") { return .date }
        return .number
    }

    /// Days from 1960-01-01 to 1970-01-01.
    static let epochDays = 3653.0

    /// Writes a value as the text of a cell; what is no moment of a calendar stays a number.
    static func write(
        _ value: Double, as content: FileVariable.Content, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var length = 0
        switch content {
        case .date where value == value.rounded():
            length = TimeCell.writeMoment((value - epochDays) * TimeCell.day, withTime: false, to: target)
        case .dateTime:
            length = TimeCell.writeMoment(value / 1000 - epochDays * TimeCell.day, withTime: true, to: target)
        case .time: length = TimeCell.writeDuration(value / 1000, to: target)
        case .date, .number, .text: break
        }
        return length > 0 ? length : NumberCell.write(value, to: target)
    }

    static func text(_ value: Double, as content: FileVariable.Content) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: NumberCell.longest) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            return String(
                decoding: UnsafeBufferPointer(start: base, count: write(value, as: content, to: base)), as: UTF8.self)
        }
    }
}
