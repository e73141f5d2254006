extension SheetScan {
    /// What XML calls white space; other bytes below it are for the parser to refuse.
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    /// What came of a row read without the XML parser.
    enum PlainRow {
        /// Read; the next byte behind it.
        case read(Int)
        /// Its end is not there yet.
        case incomplete
        /// Something in it is for the XML parser.
        case other
    }

    /// Reads a row that has nothing but plain cells, as nearly every row of a survey, straight from the bytes.
    ///
    /// Everything that needs XML (entities, comments, formulas, rich text, line ends of Windows, names with a prefix) is
    /// left to the parser, which gives the same cells more slowly. `position` stands at `<row`; no byte at or beyond
    /// `end` is looked at.
    mutating func plainRow(_ bytes: UnsafePointer<UInt8>, _ position: Int, _ end: Int) -> PlainRow {
        let before = line
        let result = tryPlainRow(bytes, position, end)
        if case .read = result { return result }
        if fault == nil { line = before }
        return result
    }

    private mutating func tryPlainRow(_ bytes: UnsafePointer<UInt8>, _ position: Int, _ end: Int) -> PlainRow {
        var scan = PlainBytes(bytes: bytes, position: position, end: end)
        scan.position += 4
        var number = line + 1
        while true {
            switch scan.attribute() {
            case .value(let name, let start, let count):
                guard name == 0x72 else { continue }
                var found = 0
                for offset in 0..<min(12, count) {
                    let digit = bytes[start + offset] &- 0x30
                    guard digit <= 9 else { return .other }
                    found = found * 10 + Int(digit)
                }
                if found > 0 { number = found }
                continue
            case .close: break
            case .closeEmpty, .other: return scan.result
            }
            break
        }
        beginRow(number)
        while fault == nil {
            if scan.skip("</row>") {
                endRow()
                return .read(scan.position)
            }
            guard scan.skip("<c") else {
                // Space between cells, as some programs write it.
                guard scan.position < end else { return .incomplete }
                guard SheetScan.isSpace(bytes[scan.position]) else { return scan.result }
                scan.position += 1
                continue
            }
            guard cell(&scan) else { return scan.result }
        }
        return .other
    }

    @inline(__always)
    private mutating func cell(_ scan: inout PlainBytes) -> Bool {
        let bytes = scan.bytes
        beginCell()
        var isEmpty = false
        attributes: while true {
            switch scan.attribute() {
            case .value(let name, let start, let count):
                switch name {
                case 0x72: setPlace(bytes + start, count)
                case 0x74: setType(bytes + start, count)
                case 0x73: setStyle(bytes + start, count)
                default: continue
                }
            case .close: break attributes
            case .closeEmpty:
                isEmpty = true
                break attributes
            case .other: return false
            }
        }
        checkPlace()
        guard fault == nil else { return false }
        if isEmpty || scan.skip("</c>") {
            finishCell(bytes, 0)
            return true
        }
        if scan.skip("<v>") {
            guard let (start, count) = scan.text(), scan.skip("</v></c>") else { return false }
            finishCell(bytes + start, count)
            return true
        }
        guard scan.skip("<is><t>") || scan.skip("<is><t xml:space=\"preserve\">") else { return false }
        guard let (start, count) = scan.text(), scan.skip("</t></is></c>") else { return false }
        finishCell(bytes + start, count)
        return true
    }
}

/// A place in bytes from which plain XML is taken, never beyond their end.
private struct PlainBytes {
    let bytes: UnsafePointer<UInt8>
    var position: Int
    let end: Int
    private var isCutOff = false
    /// The attributes of this tag, one bit for the names of one hash.
    private var names: UInt64 = 0

    init(bytes: UnsafePointer<UInt8>, position: Int, end: Int) {
        self.bytes = bytes
        self.position = position
        self.end = end
    }

    /// Why something was not found.
    var result: SheetScan.PlainRow { isCutOff ? .incomplete : .other }

    enum Attribute {
        /// One of a single letter's name, or any other as 0.
        case value(name: UInt8, start: Int, count: Int)
        case close, closeEmpty, other
    }

    /// The next attribute of a tag, or its end.
    @inline(__always)
    mutating func attribute() -> Attribute {
        while position < end, bytes[position] == 0x20 { position += 1 }
        guard position + 1 < end else { return cutOff() }
        if bytes[position] == 0x3E {
            position += 1
            names = 0
            return .close
        }
        if bytes[position] == 0x2F {
            guard bytes[position + 1] == 0x3E else { return .other }
            position += 2
            names = 0
            return .closeEmpty
        }
        // An attribute must be apart from what stands before it.
        guard bytes[position - 1] == 0x20 else { return .other }
        let name = position
        var hash: UInt64 = 0
        while position < end {
            let byte = bytes[position]
            let isLetter = (byte | 0x20) &- 0x61 < 26
            guard isLetter || position > name && (byte &- 0x30 <= 10) else { break }
            hash = hash &* 31 &+ UInt64(byte)
            position += 1
        }
        guard position + 1 < end else { return cutOff() }
        guard bytes[position] == 0x3D, bytes[position + 1] == 0x22 else { return .other }
        let length = position - name
        // A name that comes twice is no XML; two of one hash are for the parser to tell.
        guard length > 0, names & (1 << (hash & 63)) == 0 else { return .other }
        names |= 1 << (hash & 63)
        position += 2
        let start = position
        while position < end, bytes[position] != 0x22 {
            guard bytes[position] >= 0x20, bytes[position] < 0x80, bytes[position] != 0x26, bytes[position] != 0x3C
            else {
                return .other
            }
            position += 1
        }
        guard position < end else { return cutOff() }
        position += 1
        return .value(name: length == 1 ? bytes[name] : 0, start: start, count: position - 1 - start)
    }

    /// Text up to the next tag; nil if it is for the parser.
    @inline(__always)
    mutating func text() -> (start: Int, count: Int)? {
        let start = position
        var high: UInt8 = 0
        while position < end, bytes[position] != 0x3C {
            let byte = bytes[position]
            guard byte >= 0x20 || byte == 0x0A || byte == 0x09, byte != 0x26, byte != 0x3E else { return nil }
            high |= byte
            position += 1
        }
        guard position < end else {
            isCutOff = true
            return nil
        }
        guard position - start <= CSVScanner.cellLimit else { return nil }
        if high >= 0x80 {
            let check = TextCheck.check(bytes, from: start, to: position, isComplete: true)
            guard check.fault == nil, check.checked == position else { return nil }
        }
        return (start, position - start)
    }

    /// Goes over a word if it stands here.
    @inline(__always)
    mutating func skip(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        let text = word.utf8Start
        let there = min(length, end - position)
        var offset = 0
        while offset < there, bytes[position + offset] == text[offset] { offset += 1 }
        guard offset == there else { return false }
        guard there == length else {
            isCutOff = true
            return false
        }
        position += length
        return true
    }

    @inline(__always)
    private mutating func cutOff() -> Attribute {
        isCutOff = true
        return .other
    }
}
