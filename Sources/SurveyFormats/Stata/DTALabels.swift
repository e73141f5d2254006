internal import SurveyProblems

/// The sets of value labels of a Stata file, which stand behind its rows.
struct DTALabels {
    struct Label {
        var value: Int32
        var text: [UInt8]
        var offset: Int
    }

    private(set) var sets: [[UInt8]: [Label]] = [:]

    /// Bytes that all sets may have.
    private static let limit = 64 << 20

    init(_ dictionary: DTADictionary, _ parts: FileParts, isBigEndian: Bool) throws(Problem) {
        var offset = dictionary.labelsOffset
        let layout = dictionary.layout
        let start = offset
        if layout.isTagged {
            let tag = Array("<value_labels>".utf8)
            guard try parts.bytes(tag.count, at: offset) == tag else {
                throw .damaged(
                    parts.file, offset: offset, part: "map", found: "?", allowed: "<value_labels>")
            }
            offset += tag.count
        }
        while true {
            if layout.isTagged {
                let tag = try parts.bytes(5, at: offset)
                if tag != Array("<lbl>".utf8) {
                    try DTALabels.checkEnd(parts, offset)
                    break
                }
                offset += 5
            } else if offset >= parts.size {
                break
            }
            guard offset - start < DTALabels.limit else {
                throw .descriptionTooLarge(parts.file, limit: DTALabels.limit)
            }
            offset =
                try layout.version < 105 ? old(parts, offset, isBigEndian) : set(parts, offset, layout, isBigEndian)
            if layout.isTagged { offset += 6 }
        }
    }

    /// The last tags of a file: whoever reads them has all of it.
    private static func checkEnd(_ parts: FileParts, _ offset: Int) throws(Problem) {
        let wanted = Array("</value_labels></stata_dta>".utf8)
        let found = try parts.bytes(wanted.count, at: offset)
        guard found == wanted else {
            throw .damaged(
                parts.file, offset: offset, part: "tag", found: BinaryInput.shown(Array(found.prefix(5))),
                allowed: "<lbl>, </value_labels>")
        }
    }

    /// A set of versions from 105 on: length, name, numbers of labels, offsets, values, texts.
    private mutating func set(
        _ parts: FileParts, _ start: Int, _ layout: DTALayout, _ isBigEndian: Bool
    ) throws(Problem) -> Int {
        // A name of nine bytes stands in 33 from version 105 to 109 as well.
        let nameLength = layout.version < 118 ? 33 : 129
        let head = try parts.bytes(4 + nameLength + 3, at: start)
        var reading = RecordParts(head, offset: start, isBigEndian: isBigEndian, file: parts.file)
        let length = try reading.int32()
        let name = DTADictionary.text(try reading.take(nameLength))
        let tableStart = start + head.count
        guard length >= 8, length <= DTALabels.limit else {
            throw .damaged(
                parts.file, offset: start, part: "value label length", found: String(length),
                allowed: "8–\(DTALabels.limit)")
        }
        var table = RecordParts(
            try parts.bytes(length, at: tableStart), offset: tableStart, isBigEndian: isBigEndian, file: parts.file)
        let count = try table.int32()
        let textLength = try table.int32()
        guard count >= 0, count <= length / 8, textLength >= 0, textLength <= length - 8 - count * 8 else {
            throw .damaged(
                parts.file, offset: tableStart, part: "value label count", found: "\(count), \(textLength)",
                allowed: "0–\(length / 8)")
        }
        var places: [Int] = []
        for _ in 0..<count { places.append(try table.int32()) }
        var values: [Int32] = []
        for _ in 0..<count { values.append(Int32(truncatingIfNeeded: try table.int32())) }
        let textOffset = table.offset
        let texts = Array(try table.take(textLength))
        var labels: [Label] = []
        var size = 0
        for (place, value) in zip(places, values) {
            guard place >= 0, place < max(1, textLength) else {
                throw .damaged(
                    parts.file, offset: tableStart + 8, part: "off", found: String(place), allowed: "0–\(textLength)")
            }
            let text = place < texts.count ? DTADictionary.text(texts[place...]) : []
            // Labels that overlap could be many times the file.
            size += text.count
            guard size <= textLength else {
                throw .damaged(
                    parts.file, offset: tableStart, part: "txt", found: String(size), allowed: "0–\(textLength)")
            }
            labels.append(Label(value: value, text: text, offset: textOffset + place))
        }
        sets[name] = labels
        return tableStart + length
    }

    /// A set of version 104: a number of labels, a name, 16-bit values, texts of eight bytes.
    private mutating func old(_ parts: FileParts, _ start: Int, _ isBigEndian: Bool) throws(Problem) -> Int {
        let head = try parts.bytes(16, at: start)
        let count = isBigEndian ? Int(head[0]) << 8 | Int(head[1]) : Int(head[1]) << 8 | Int(head[0])
        let name = DTADictionary.text(head[2..<14])
        let bytes = try parts.bytes(count * 10, at: start + 16)
        sets[name] = (0..<count).map { index in
            let (a, b) = (UInt16(bytes[index * 2]), UInt16(bytes[index * 2 + 1]))
            let value = Int16(bitPattern: isBigEndian ? a << 8 | b : b << 8 | a)
            let place = count * 2 + index * 8
            return Label(
                value: Int32(value), text: DTADictionary.text(bytes[place..<place + 8]), offset: start + 16 + place)
        }
        return start + 16 + count * 10
    }
}
