internal import CByteScan
internal import SurveyProblems

/// Finds bytes that are no text: NUL, and what is not UTF-8 (RFC 3629: no surrogates, no overlong forms).
enum TextCheck {
    enum Fault { case nul, invalid }

    /// Checks `bytes[start..<end]`; returns how far they are good, and what is wrong there.
    ///
    /// A character that is cut off at `end` is no fault unless the text is complete; `checked` then stops before it.
    static func check(
        _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isComplete: Bool
    ) -> (checked: Int, fault: Fault?) {
        var position = start
        while position < end {
            position += bytescan_plain_run(bytes + position, end - position)
            while position < end, bytes[position] >= 0x80 {
                let length = sequenceLength(bytes + position, available: end - position)
                if length > 0 {
                    position += length
                } else if length == 0, !isComplete {
                    return (position, nil)
                } else {
                    return (position, .invalid)
                }
            }
            if position < end, bytes[position] == 0 { return (position, .nul) }
        }
        return (end, nil)
    }

    /// The length of the character that begins here; 0 if it is cut off, −1 if it is wrong.
    private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, available: Int) -> Int {
        let first = bytes[0]
        let (length, least, greatest): (Int, UInt8, UInt8) =
            switch first {
            case 0xC2...0xDF: (2, 0x80, 0xBF)
            case 0xE0: (3, 0xA0, 0xBF)
            case 0xED: (3, 0x80, 0x9F)
            case 0xE1...0xEF: (3, 0x80, 0xBF)
            case 0xF0: (4, 0x90, 0xBF)
            case 0xF1...0xF3: (4, 0x80, 0xBF)
            case 0xF4: (4, 0x80, 0x8F)
            default: (0, 0, 0)
            }
        if length == 0 { return -1 }
        if available < 2 { return 0 }
        guard bytes[1] >= least, bytes[1] <= greatest else { return -1 }
        var position = 2
        while position < length {
            if position >= available { return 0 }
            guard bytes[position] & 0xC0 == 0x80 else { return -1 }
            position += 1
        }
        return length
    }
}

extension Problem {
    /// Bytes that the encoding does not have.
    static func invalidText(
        in encoding: TextEncoding, isCertain: Bool, offset: Int, row: Int?, line: Int?, file: String
    ) -> Problem {
        let place = Place(file: file, line: line, rows: row.map { [$0] } ?? [])
        if isCertain {
            return Problem(
                "formats.invalid-text", .input, what: "\"\(file)\" is not \(encoding.name) text", place: place,
                why: "every byte must belong to a character; the one at byte offset \(offset) does not",
                fix: "name the encoding that the file has with --encoding, or have the file sent again")
        }
        return Problem(
            "formats.encoding-not-found", .input, what: "\"\(file)\" is not UTF-8 text", place: place,
            why: "text without a byte order mark must be UTF-8; the byte at offset \(offset) is not",
            fix: "name the encoding; for Russian and Kazakh Windows files: --encoding cp1251")
    }

    /// A NUL byte, which no text has.
    static func nulByte(offset: Int, row: Int?, line: Int?, file: String) -> Problem {
        Problem(
            "formats.nul-byte", .input, what: "\"\(file)\" has a NUL byte",
            place: Place(file: file, line: line, rows: row.map { [$0] } ?? []),
            why: "a text file has none; found one at byte offset \(offset)",
            fix: "check that the file is complete and is CSV; for UTF-16 text add --encoding utf-16le")
    }
}
