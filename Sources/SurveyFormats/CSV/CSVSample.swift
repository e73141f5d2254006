/// The first bytes of a file: line ending, delimiter and header are found here, on the same bytes whatever the window.
struct CSVSample {
    let bytes: [UInt8]
    /// True if the sample is the whole file.
    let isWhole: Bool

    static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

    /// Line feed or carriage return, whichever ends the first line; nil if the sample is too short to tell.
    var terminator: UInt8? {
        var isInQuotes = false
        for (position, byte) in bytes.enumerated() {
            if byte == 0x22 { isInQuotes.toggle() }
            if isInQuotes { continue }
            if byte == 0x0A { return 0x0A }
            if byte == 0x0D {
                if position + 1 < bytes.count { return bytes[position + 1] == 0x0A ? 0x0A : 0x0D }
                return isWhole ? 0x0D : nil
            }
        }
        return isWhole ? 0x0A : nil
    }

    /// What Excel writes before the header to name the delimiter, `sep=;`, with its length up to the header.
    func separatorLine(endingWith terminator: UInt8) -> (delimiter: UInt8, length: Int)? {
        guard bytes.starts(with: [0x73, 0x65, 0x70, 0x3D]), bytes.count > 5, bytes[4] < 0x80 else { return nil }
        var position = 5
        if terminator == 0x0A, bytes[position] == 0x0D { position += 1 }
        guard position < bytes.count, bytes[position] == terminator else { return nil }
        return (bytes[4], position + 1)
    }

    /// The delimiter whose cells are the same number in the most of the first ten rows, then the one with the most cells.
    func guessedDelimiter(from start: Int, terminator: UInt8) -> UInt8 {
        var best: (score: Int, cells: Int, delimiter: UInt8) = (-1, 1, CSVSample.delimiters[0])
        for delimiter in CSVSample.delimiters {
            let counts = records(from: start, delimiter: delimiter, terminator: terminator, limit: 10).map(
                \.cells.count)
            guard let header = counts.first, header > 1 else { continue }
            let score = counts.filter { $0 == header }.count
            if (score, header) > (best.score, best.cells) { best = (score, header, delimiter) }
        }
        return best.delimiter
    }

    /// The first record, if it is whole.
    func header(from start: Int, delimiter: UInt8, terminator: UInt8) -> Record? {
        records(from: start, delimiter: delimiter, terminator: terminator, limit: 1).first { $0.isWhole }
    }

    struct Record {
        var cells: [[UInt8]]
        /// Where the next record begins.
        var next: Int
        var isWhole: Bool
        var lines: Int
    }

    private func records(from start: Int, delimiter: UInt8, terminator: UInt8, limit: Int) -> [Record] {
        var found: [Record] = []
        var position = start
        while found.count < limit, position < bytes.count {
            let record = record(at: position, delimiter: delimiter, terminator: terminator)
            if !record.isWhole, !found.isEmpty { break }
            found.append(record)
            position = record.next
        }
        return found
    }

    private func record(at start: Int, delimiter: UInt8, terminator: UInt8) -> Record {
        var cells: [[UInt8]] = []
        var cell: [UInt8] = []
        var lines = 1
        var isInQuotes = false
        var isAtStart = true
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if isInQuotes {
                if byte == 0x22 {
                    if position < bytes.count, bytes[position] == 0x22 {
                        cell.append(byte)
                        position += 1
                    } else {
                        isInQuotes = false
                    }
                } else {
                    if byte == terminator { lines += 1 }
                    cell.append(byte)
                }
            } else if byte == 0x22, isAtStart {
                isInQuotes = true
            } else if byte == delimiter {
                cells.append(cell)
                cell = []
                isAtStart = true
                continue
            } else if byte == terminator {
                if terminator == 0x0A, cell.last == 0x0D { cell.removeLast() }
                return Record(cells: cells + [cell], next: position, isWhole: true, lines: lines)
            } else {
                cell.append(byte)
            }
            isAtStart = false
        }
        // A header cut off in a quote is not whole even at the end of the file.
        return Record(cells: cells + [cell], next: position, isWhole: isWhole && !isInQuotes, lines: lines)
    }
}
