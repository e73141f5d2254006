internal import SurveyProblems

/// Where the long texts of a Stata file stand: behind the rows, each found by the variable and the row that first had it.
struct DTALongTexts {
    private var keys: [UInt64] = []
    private var offsets: [UInt64] = []
    /// Bytes of the longest text.
    private(set) var longest = 0
    /// How many of the texts are no texts but bytes, such as pictures.
    private(set) var binaryCount = 0
    private static let binaryType: UInt8 = 129
    private let parts: FileParts
    private let isBigEndian: Bool
    private let headLength: Int

    private static let countLimit = 8 << 20
    private static let textLimit = 16 << 20

    init(_ dictionary: DTADictionary, _ parts: FileParts, isBigEndian: Bool) throws(Problem) {
        self.parts = parts
        self.isBigEndian = isBigEndian
        let isWide = dictionary.layout.version >= 118
        headLength = 3 + 4 + (isWide ? 8 : 4) + 1 + 4
        var offset = dictionary.longOffset
        let tag = Array("<strls>".utf8)
        guard try parts.bytes(tag.count, at: offset) == tag else {
            throw .damaged(parts.file, offset: offset, part: "map", found: "?", allowed: "<strls>")
        }
        offset += tag.count
        var isSorted = true
        while true {
            let mark = try parts.bytes(3, at: offset)
            if mark != Array("GSO".utf8) {
                guard mark == Array("</s".utf8) else {
                    throw .damaged(
                        parts.file, offset: offset, part: "strls", found: BinaryInput.shown(mark), allowed: "GSO")
                }
                break
            }
            guard keys.count < DTALongTexts.countLimit else {
                throw .descriptionTooLarge(parts.file, limit: DTALongTexts.countLimit)
            }
            let head = try head(at: offset)
            guard head.length <= DTALongTexts.textLimit, head.length <= parts.size - offset else {
                throw .damaged(
                    parts.file, offset: offset, part: "len", found: String(head.length),
                    allowed: "0–\(DTALongTexts.textLimit)")
            }
            if head.isBinary { binaryCount += 1 } else { longest = max(longest, head.length) }
            if let last = keys.last, head.key <= last { isSorted = false }
            keys.append(head.key)
            offsets.append(UInt64(offset))
            offset += headLength + head.length
        }
        if !isSorted {
            let order = keys.indices.sorted { keys[$0] < keys[$1] }
            keys = order.map { keys[$0] }
            offsets = order.map { offsets[$0] }
        }
    }

    private func head(at offset: Int) throws(Problem) -> (key: UInt64, length: Int, isBinary: Bool) {
        var reading = RecordParts(
            try parts.bytes(headLength, at: offset), offset: offset, isBigEndian: isBigEndian, file: parts.file)
        _ = try reading.take(3)
        let variable = UInt64(UInt32(truncatingIfNeeded: try reading.int32()))
        var row: UInt64
        if headLength == 20 {
            let words = (
                UInt64(UInt32(truncatingIfNeeded: try reading.int32())),
                UInt64(UInt32(truncatingIfNeeded: try reading.int32()))
            )
            row = isBigEndian ? words.0 << 32 | words.1 : words.1 << 32 | words.0
        } else {
            row = UInt64(UInt32(truncatingIfNeeded: try reading.int32()))
        }
        let type = try reading.take(1).first
        let length = Int(UInt32(truncatingIfNeeded: try reading.int32()))
        return (DTALongTexts.key(variable, row), length, type == DTALongTexts.binaryType)
    }

    private static func key(_ variable: UInt64, _ row: UInt64) -> UInt64 { row &<< 20 | variable & 0xF_FFFF }

    /// The bytes of a text by the eight bytes of its cell, without the zero at its end, none for one that is binary; nil if
    /// there is none.
    func bytes(of cell: UInt64, version: Int) throws(Problem) -> (bytes: [UInt8], offset: Int)? {
        // The bits of the variable stand first: 32 of 64 in version 117, 16 in 118, 24 in 119.
        let width: UInt64 = version == 117 ? 32 : version == 118 ? 16 : 24
        let (variable, row): (UInt64, UInt64) =
            isBigEndian
            ? (cell >> (64 - width), cell & (UInt64.max >> width))
            : (cell & (1 << width - 1), cell >> width)
        if variable == 0, row == 0 { return ([], 0) }
        let wanted = DTALongTexts.key(variable, row)
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        guard low < keys.count, keys[low] == wanted else { return nil }
        let offset = Int(offsets[low])
        let head = try head(at: offset)
        if head.isBinary { return ([], offset) }
        var bytes = try parts.bytes(head.length, at: offset + headLength)
        if bytes.last == 0 { bytes.removeLast() }
        return (bytes, offset + headLength)
    }
}

extension Problem {
    /// Values of Stata that are bytes and no texts.
    static func binaryTexts(_ count: Int, file: String) -> Problem {
        Problem(
            "formats.binary-texts", .finding, severity: .caution,
            what: "\"\(file)\" has binary values, which are left out: \(count)", place: Place(file: file),
            why: "such values (strL of the type binary) are pictures or other files and no text; their cells are empty",
            fix: "keep the source file, or write the values into files of their own with Stata")
    }
}
