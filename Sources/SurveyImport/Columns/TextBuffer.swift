internal import SurveyData
internal import SurveySchema

/// Texts of one chunk as numbers of a dictionary that all chunks share.
struct TextBuffer {
    var dictionary = TextDictionary()
    private var buffer = ChunkBuffer()
    private(set) var rowCount = 0
    /// The last one-byte text of each byte, so that flags and short codes need no hash.
    private var short = [UInt32](repeating: .max, count: 256)

    /// Adds cells; an empty one has no answer, and so has one that `missing` holds, with the kind given there.
    mutating func append(_ cells: Cells, missing: CodeTable?) {
        buffer.reserve((rowCount + cells.count) * 4, keeping: rowCount * 4)
        let target = buffer.base.assumingMemoryBound(to: UInt32.self) + rowCount
        for row in 0..<cells.count {
            let cell = cells[row]
            if cell.count == 0 {
                target[row] = Column.missingIndex | UInt32(MissingKind.noAnswer.rawValue)
            } else if let missing, missing.holds(cell.start, cell.count) {
                target[row] = Column.missingIndex | UInt32(missing.entry(cell.start, cell.count))
            } else if cell.count == 1 {
                let byte = Int(cell.start[0])
                if short[byte] == .max { short[byte] = dictionary.number(of: cell.start, 1) }
                target[row] = short[byte]
            } else {
                target[row] = dictionary.number(of: cell.start, cell.count)
            }
        }
        rowCount += cells.count
    }

    /// Adds one text; sixteen bytes must be readable from its start.
    mutating func append(_ text: UnsafePointer<UInt8>, _ count: Int) { append(word: dictionary.number(of: text, count)) }

    /// Adds one missing row.
    mutating func append(_ kind: MissingKind) { append(word: Column.missingIndex | UInt32(kind.rawValue)) }

    /// Ends the chunk in the least width that holds it and begins the next.
    mutating func finish() -> ColumnChunk {
        let words = UnsafeBufferPointer(start: UnsafePointer(buffer.base.assumingMemoryBound(to: UInt32.self)), count: rowCount)
        defer { rowCount = 0 }
        var greatest: UInt32 = 0
        for word in words where word < Column.missingIndex { greatest = max(greatest, word) }
        if greatest < UInt32(Column.mostByteAnswers) {
            // The lowest byte of a missing word is its kind.
            return ColumnChunk(rowCount: rowCount, encoding: .uint8, bytes: words.map { UInt8(truncatingIfNeeded: $0) })
        }
        if greatest < UInt32(Column.missingWord) {
            var bytes = [UInt8](repeating: 0, count: rowCount * 2)
            bytes.withUnsafeMutableBytes { target in
                for (row, word) in words.enumerated() {
                    // The lower half of a missing word is 0xFF00 + kind, as a missing word of two bytes is.
                    target.storeBytes(of: UInt16(truncatingIfNeeded: word), toByteOffset: row * 2, as: UInt16.self)
                }
            }
            return ColumnChunk(rowCount: rowCount, encoding: .uint16, bytes: bytes)
        }
        return ColumnChunk(rowCount: rowCount, encoding: .uint32, bytes: buffer.array(rowCount * 4))
    }

    /// Numbers the texts of this chunk after those of `earlier`, whose dictionary grows and becomes this one's.
    mutating func renumber(after earlier: inout TextBuffer) {
        var numbers: [UInt32] = []
        dictionary.forEachText { text, count in numbers.append(earlier.dictionary.number(of: text, count)) }
        let words = buffer.base.assumingMemoryBound(to: UInt32.self)
        for row in 0..<rowCount where words[row] < Column.missingIndex { words[row] = numbers[Int(words[row])] }
        dictionary = earlier.dictionary
        short = [UInt32](repeating: .max, count: 256)
        earlier.deallocate()
    }

    func deallocate() { buffer.deallocate() }

    private mutating func append(word: UInt32) {
        buffer.reserve((rowCount + 1) * 4, keeping: rowCount * 4)
        buffer.base.storeBytes(of: word, toByteOffset: rowCount * 4, as: UInt32.self)
        rowCount += 1
    }
}
