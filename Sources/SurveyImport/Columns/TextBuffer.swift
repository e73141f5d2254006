internal import SurveyData
internal import SurveySchema

/// Texts of one chunk as numbers of a dictionary that all chunks share.
struct TextBuffer {
    var dictionary = TextDictionary()
    private var buffer = ChunkBuffer()
    private(set) var rowCount = 0
    /// True if the last cells were short, so that the next may be.
    private var hasOnlyShortTexts = true
    /// Numbers of one-byte texts and the kind of the empty cell, as `CodeTable` has them, so that short codes need no hash.
    private var short = TextBuffer.noShortTexts

    private static let unknown: UInt8 = 0xFF
    private static let noShortTexts =
        [UInt8](repeating: MissingKind.noAnswer.rawValue, count: 256) + [UInt8](repeating: unknown, count: 512)

    /// Adds cells; an empty one has no answer, and so has one that `missing` holds, with the kind given there.
    mutating func append(_ cells: Cells, missing: CodeTable?, scratch: UnsafeMutablePointer<UInt8>) {
        if hasOnlyShortTexts, appendShort(cells, scratch) { return }
        hasOnlyShortTexts = true
        buffer.reserve((rowCount + cells.count) * 4, keeping: rowCount * 4)
        let target = buffer.base.assumingMemoryBound(to: UInt32.self) + rowCount
        for row in 0..<cells.count {
            let cell = cells[row]
            if cell.count == 0 {
                target[row] = Column.missingIndex | UInt32(MissingKind.noAnswer.rawValue)
            } else if let missing, missing.holds(cell.start, cell.count) {
                target[row] = Column.missingIndex | UInt32(missing.entry(cell.start, cell.count))
            } else if cell.count == 1 {
                let number = dictionary.number(of: cell.start, 1)
                // Bytes from the lowest missing kind on are kinds.
                if number < UInt32(MissingKind.lowest) {
                    short[256 + Int(cell.start[0])] = UInt8(truncatingIfNeeded: number)
                }
                target[row] = number
            } else {
                hasOnlyShortTexts = false
                target[row] = dictionary.number(of: cell.start, cell.count)
            }
        }
        rowCount += cells.count
    }

    /// Adds cells that are all empty or known texts of one byte; false if one is not.
    private mutating func appendShort(_ cells: Cells, _ scratch: UnsafeMutablePointer<UInt8>) -> Bool {
        let isKnown = short.withUnsafeBufferPointer { table in
            guard let table = table.baseAddress else { return false }
            var found: UInt8 = 0
            for row in 0..<cells.count {
                let cell = cells[row]
                let entry = table[min(cell.count, 2) &* 256 &+ Int(cell.start[0])]
                scratch[row] = entry
                found |= entry == TextBuffer.unknown ? 1 : 0
            }
            return found == 0
        }
        guard isKnown else { return false }
        buffer.reserve((rowCount + cells.count) * 4, keeping: rowCount * 4)
        let target = buffer.base.assumingMemoryBound(to: UInt32.self) + rowCount
        for row in 0..<cells.count {
            target[row] = UInt32(scratch[row]) | (scratch[row] >= MissingKind.lowest ? Column.missingIndex : 0)
        }
        rowCount += cells.count
        return true
    }

    /// Adds one text; sixteen bytes must be readable from its start.
    mutating func append(_ text: UnsafePointer<UInt8>, _ count: Int) {
        append(word: dictionary.number(of: text, count))
    }

    /// Adds one missing row.
    mutating func append(_ kind: MissingKind) { append(word: Column.missingIndex | UInt32(kind.rawValue)) }

    /// Ends the chunk in the least width that holds the texts met so far and begins the next.
    mutating func finish() -> ColumnChunk {
        defer { rowCount = 0 }
        // The lowest byte of a missing word is its kind, and in two bytes 0xFF00 + kind, whatever the width.
        if dictionary.count <= Column.mostByteAnswers {
            return ColumnChunk(rowCount: rowCount, encoding: .uint8, bytes: narrowed(to: UInt8.self))
        }
        if dictionary.count <= Int(Column.missingWord) {
            return ColumnChunk(rowCount: rowCount, encoding: .uint16, bytes: narrowed(to: UInt16.self))
        }
        return ColumnChunk(rowCount: rowCount, encoding: .uint32, bytes: buffer.array(rowCount * 4))
    }

    private func narrowed<Word: FixedWidthInteger>(to: Word.Type) -> [UInt8] {
        let words = UnsafePointer(buffer.base.assumingMemoryBound(to: UInt32.self))
        let count = rowCount
        let size = count * MemoryLayout<Word>.size
        return [UInt8](unsafeUninitializedCapacity: size) { target, filled in
            if let base = target.baseAddress {
                base.withMemoryRebound(to: Word.self, capacity: count) { narrow in
                    for row in 0..<count { narrow[row] = Word(truncatingIfNeeded: words[row]) }
                }
            }
            filled = size
        }
    }

    /// Numbers the texts of this chunk after those of `earlier`, whose dictionary grows and becomes this one's.
    mutating func renumber(after earlier: inout TextBuffer) {
        var numbers: [UInt32] = []
        dictionary.forEachText { text, count in numbers.append(earlier.dictionary.number(of: text, count)) }
        let words = buffer.base.assumingMemoryBound(to: UInt32.self)
        for row in 0..<rowCount where words[row] < Column.missingIndex { words[row] = numbers[Int(words[row])] }
        dictionary = earlier.dictionary
        short = TextBuffer.noShortTexts
        earlier.deallocate()
    }

    func deallocate() { buffer.deallocate() }

    private mutating func append(word: UInt32) {
        buffer.reserve((rowCount + 1) * 4, keeping: rowCount * 4)
        buffer.base.storeBytes(of: word, toByteOffset: rowCount * 4, as: UInt32.self)
        rowCount += 1
    }
}
