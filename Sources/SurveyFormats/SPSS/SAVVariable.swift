internal import SurveyProblems

/// A variable of an SPSS file: what the dictionary says of it, and where its values stand in a row.
struct SAVVariable {
    /// The name of eight bytes that other records use, without spaces at the end.
    var shortName: [UInt8]
    /// The place of its first record, from 0.
    var record: Int
    /// Bytes of a string, 0 for a number.
    var width: Int
    /// The widths of the strings that a very long string is made of; one for others.
    var segments: [Int]
    /// Records that it takes, each eight bytes of a row.
    var elements: Int

    /// Groups the records of a dictionary into variables.
    static func all(_ dictionary: SAVDictionary, file: String) throws(Problem) -> [SAVVariable] {
        let lengths = veryLongStrings(dictionary)
        var variables: [SAVVariable] = []
        var position = 0
        while position < dictionary.records.count {
            let record = dictionary.records[position]
            guard record.width >= 0 else {
                throw .damaged(
                    file, offset: 176, part: "variable record \(position + 1)", found: "-1", allowed: "≥ 0")
            }
            let name = trimmed(record.name)
            var variable = SAVVariable(
                shortName: name, record: position, width: record.width, segments: [record.width], elements: 0)
            if let width = lengths[upper(name)], width > 255, record.width == 255 {
                let count = (width + 251) / 252
                variable.width = width
                variable.segments = Array(repeating: 255, count: count - 1) + [width - (count - 1) * 252]
            }
            for (number, segment) in variable.segments.enumerated() {
                // The last segment may be a little wider than it need be.
                let needed = max(1, (segment + 7) / 8)
                let place = position + variable.elements
                guard place + needed <= dictionary.records.count,
                    number == 0 || (dictionary.records[place].width + 7) / 8 == needed,
                    (1..<needed).allSatisfy({ dictionary.records[place + $0].width == -1 })
                else {
                    throw .damaged(
                        file, offset: 176, part: "variable record \(place + 1)", found: String(segment), allowed: "-1")
                }
                variable.elements += needed
            }
            variables.append(variable)
            position += variable.elements
        }
        return variables
    }

    /// The widths of very long strings by short name: `NAME=00300`, a zero byte, a tab.
    private static func veryLongStrings(_ dictionary: SAVDictionary) -> [[UInt8]: Int] {
        var lengths: [[UInt8]: Int] = [:]
        for entry in (dictionary.extensions[14]?.bytes ?? []).split(separator: 0x09) {
            let parts = entry.split(separator: 0x3D, maxSplits: 1)
            guard parts.count == 2 else { continue }
            let digits = parts[1].filter { $0 != 0 && $0 != 0x20 }
            if let width = Int(String(decoding: digits, as: UTF8.self)), (256...32_767).contains(width) {
                lengths[upper(Array(parts[0]))] = width
            }
        }
        return lengths
    }

    static func trimmed(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var bytes = Array(bytes)
        while let last = bytes.last, last == 0x20 || last == 0 { bytes.removeLast() }
        return bytes
    }

    /// Letters of ASCII in upper case: short names are written in both.
    static func upper(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
    }
}
