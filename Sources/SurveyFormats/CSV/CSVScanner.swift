internal import CByteScan
internal import Glibc
internal import SurveyProblems

/// Finds the cells of whole records in a window of text.
///
/// Goals, in order: the cells are those of RFC 4180 whatever the size of the window; a record that is no row of the table
/// is set aside with its bytes; separators are found 64 bytes at a time. A quote opens only at the start of a cell;
/// elsewhere it is a character like any other. Blank lines are no rows, unless the table has one column.
struct CSVScanner {
    let delimiter: UInt8
    /// Line feed, also where a carriage return stands before it; or carriage return alone.
    let terminator: UInt8
    let columnCount: Int
    let file: String

    /// Rows met so far, those set aside included.
    var rowNumber = 0
    /// The line of the file on which the next record begins, from 1.
    var line = 1

    /// The most bytes of one cell, quotes included.
    static let cellLimit = 1 << 20
    /// The most bytes of one record.
    static let recordLimit = 16 << 20
    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(delimiter: UInt8, terminator: UInt8, columnCount: Int, file: String, line: Int) {
        self.delimiter = delimiter
        self.terminator = terminator
        self.columnCount = columnCount
        self.file = file
        self.line = line
    }

    /// The end of a scan: everything before `consumed` is whole records.
    struct End {
        var consumed = 0
        /// Where the last, incomplete cell begins, and whether its quotes are still open.
        var cellStart = 0
        var isInQuotes = false
        /// The line on which the last cell begins.
        var cellLine = 1
        /// The first cell or record above its limit, after the rows that are good.
        var failure: Problem?
    }

    /// Adds the whole records of `bytes[0..<length]` to the batch.
    ///
    /// `offset` gives the place in the file of a position in the window; it is asked only when something is wrong.
    mutating func scan(_ batch: RawBatch, length: Int, offset: (Int) -> Int) -> End {
        let hasQuotes = length > 0 && memchr(batch.bytes, Int32(CSVScanner.quote), length) != nil
        var end =
            hasQuotes
            ? scanQuoted(batch, length: length, offset: offset) : scanPlain(batch, length: length, offset: offset)
        if end.failure != nil { return end }
        if length - end.cellStart > CSVScanner.cellLimit + 1 {
            end.failure = .cellTooLarge(
                row: rowNumber + 1, line: end.cellLine, offset: offset(end.cellStart),
                isQuoted: batch.bytes[end.cellStart] == CSVScanner.quote, file: file)
        } else if length - end.consumed > CSVScanner.recordLimit + 1 {
            end.failure = .recordTooLarge(row: rowNumber + 1, line: line, offset: offset(end.consumed), file: file)
        }
        return end
    }

    // MARK: No quotes

    private mutating func scanPlain(_ batch: RawBatch, length: Int, offset: (Int) -> Int) -> End {
        let bytes = UnsafePointer(batch.bytes)
        let fields = batch.fields
        let terminator = terminator
        var write = 0
        var rowStart = 0
        var dropped = 0
        var cellStart = 0
        var fault: CellFault?
        var end = End()
        var block = 0
        while block < length {
            var mask = bytescan_mask2(bytes + block, delimiter, terminator)
            if length - block < 64 { mask &= (1 &<< UInt64(length - block)) &- 1 }
            while mask != 0 {
                let position = block &+ mask.trailingZeroBitCount
                mask &= mask &- 1
                fields[write] = UInt64(truncatingIfNeeded: cellStart) | UInt64(truncatingIfNeeded: position) &<< 32
                write &+= 1
                cellStart = position &+ 1
                if bytes[position] == terminator {
                    finish(
                        batch, from: rowStart, to: &write, dropped: dropped, record: (end.consumed, position),
                        mayHoldLargeCell: length > CSVScanner.cellLimit, fault: fault, lines: 1, offset: offset,
                        end: &end)
                    if end.failure != nil { return end }
                    rowStart = write
                    dropped = 0
                    fault = nil
                    end.consumed = cellStart
                }
            }
            // Cells beyond the table's are only counted, so that a hostile record cannot fill memory with cells.
            if write &- rowStart > columnCount &+ 1 {
                if fault == nil, let start = largeCell(in: rowStart..<write, of: fields) {
                    fault = .tooLarge(start: start, isQuoted: false, line: line)
                }
                dropped += write - rowStart - columnCount - 1
                write = rowStart + columnCount + 1
            }
            block &+= 64
        }
        end.cellStart = cellStart
        end.cellLine = line
        return end
    }

    // MARK: Quotes

    private mutating func scanQuoted(_ batch: RawBatch, length: Int, offset: (Int) -> Int) -> End {
        let bytes = UnsafePointer(batch.bytes)
        let fields = batch.fields
        let quote = CSVScanner.quote
        var write = 0
        var rowStart = 0
        var dropped = 0
        var cellStart = 0
        var isInQuotes = false
        var isQuoted = false
        var closing = 0
        var skipped = -1
        var hasDoubled = false
        var linesInside = 0
        /// Line breaks of the record before the cell.
        var cellLine = 0
        var fault: CellFault?
        /// Cells of this record that hold doubled quotes.
        var doubled: [Int] = []
        var end = End()
        var block = 0
        while block < length {
            var mask = bytescan_mask3(bytes + block, delimiter, terminator, quote)
            if length - block < 64 { mask &= (1 &<< UInt64(length - block)) &- 1 }
            while mask != 0 {
                let position = block &+ mask.trailingZeroBitCount
                mask &= mask &- 1
                let byte = bytes[position]
                if isInQuotes {
                    if byte != quote {
                        if byte == terminator { linesInside += 1 }
                    } else if position == skipped {
                        continue
                    } else if position &+ 1 < length, bytes[position &+ 1] == quote {
                        hasDoubled = true
                        skipped = position &+ 1
                    } else {
                        isInQuotes = false
                        closing = position
                    }
                    continue
                }
                if byte == quote {
                    if position == cellStart {
                        isInQuotes = true
                        isQuoted = true
                    }
                    continue
                }
                let isLast = byte == terminator
                var cellEnd = position
                if isLast, terminator == 0x0A, position > cellStart, bytes[position - 1] == CSVScanner.carriageReturn {
                    cellEnd -= 1
                }
                if cellEnd - cellStart > CSVScanner.cellLimit, !(fault?.isTooLarge ?? false) {
                    fault = .tooLarge(start: cellStart, isQuoted: isQuoted, line: line + cellLine)
                }
                if isQuoted {
                    if cellEnd != closing + 1, fault == nil { fault = .textAfterQuote }
                    if hasDoubled, write - rowStart < columnCount { doubled.append(write) }
                    fields[write] =
                        UInt64(truncatingIfNeeded: cellStart + 1) | UInt64(truncatingIfNeeded: closing) &<< 32
                } else {
                    fields[write] = UInt64(truncatingIfNeeded: cellStart) | UInt64(truncatingIfNeeded: position) &<< 32
                }
                write &+= 1
                if isLast {
                    let isBlank = isQuoted
                    finish(
                        batch, from: rowStart, to: &write, dropped: dropped, record: (end.consumed, position),
                        mayHoldLargeCell: length > CSVScanner.cellLimit, fault: fault, lines: 1 + linesInside,
                        isQuoted: isBlank, doubled: doubled, offset: offset, end: &end)
                    if end.failure != nil { return end }
                    rowStart = write
                    dropped = 0
                    end.consumed = position &+ 1
                    linesInside = 0
                    fault = nil
                    doubled.removeAll(keepingCapacity: true)
                }
                cellStart = position &+ 1
                cellLine = linesInside
                isQuoted = false
                hasDoubled = false
            }
            if write &- rowStart > columnCount &+ 1 {
                dropped += write - rowStart - columnCount - 1
                write = rowStart + columnCount + 1
            }
            block &+= 64
        }
        end.cellStart = cellStart
        end.isInQuotes = isInQuotes
        end.cellLine = line + cellLine
        return end
    }

    private enum CellFault {
        case textAfterQuote
        case tooLarge(start: Int, isQuoted: Bool, line: Int)

        var isTooLarge: Bool {
            if case .tooLarge = self { return true }
            return false
        }
    }

    /// Where the first cell above the limit begins.
    private func largeCell(in range: Range<Int>, of fields: UnsafePointer<UInt64>) -> Int? {
        for position in range
        where Int(fields[position] >> 32) - Int(fields[position] & 0xFFFF_FFFF) > CSVScanner.cellLimit {
            return Int(fields[position] & 0xFFFF_FFFF)
        }
        return nil
    }

    // MARK: Ends of records

    /// Takes the record whose cells are `fields[start..<write]` as a row, or sets it aside.
    @inline(__always)
    private mutating func finish(
        _ batch: RawBatch, from start: Int, to write: inout Int, dropped: Int, record: (start: Int, end: Int),
        mayHoldLargeCell: Bool, fault: CellFault?, lines: Int, isQuoted: Bool = false, doubled: [Int] = [],
        offset: (Int) -> Int, end: inout End
    ) {
        let fields = batch.fields
        var recordEnd = record.end
        if terminator == 0x0A, recordEnd > record.start, batch.bytes[recordEnd - 1] == CSVScanner.carriageReturn {
            recordEnd -= 1
            if !isQuoted { fields[write - 1] &-= 1 << 32 }
        }
        if write - start == columnCount, dropped == 0, fault == nil, !mayHoldLargeCell, doubled.isEmpty,
            columnCount > 1 || recordEnd > record.start
        {
            rowNumber += 1
            batch.note(record: UInt64(record.start) | UInt64(recordEnd) << 32, number: rowNumber, line: line)
        } else {
            finishSlowly(
                batch, from: start, to: &write, dropped: dropped, record: (record.start, recordEnd), fault: fault,
                doubled: doubled, offset: offset, end: &end)
        }
        line += lines
    }

    /// The rare endings: blank lines, wrong numbers of cells, doubled quotes, cells above the limit.
    @inline(never)
    private mutating func finishSlowly(
        _ batch: RawBatch, from start: Int, to write: inout Int, dropped: Int, record: (start: Int, end: Int),
        fault: CellFault?, doubled: [Int], offset: (Int) -> Int, end: inout End
    ) {
        let fields = batch.fields
        let bounds = UInt64(record.start) | UInt64(record.end) << 32
        let found = write - start + dropped
        if record.start == record.end, columnCount > 1 {
            write = start
            return
        }
        rowNumber += 1
        var large: (start: Int, isQuoted: Bool, line: Int)?
        if case .tooLarge(let start, let isQuoted, let cellLine) = fault {
            large = (start, isQuoted, cellLine)
        } else if let place = largeCell(in: start..<write, of: fields) {
            large = (place, false, line)
        }
        // The limit that is passed first in the file is the one that is reported.
        let isLong = record.end - record.start > CSVScanner.recordLimit
        if let large, !isLong || large.start + CSVScanner.cellLimit <= record.start + CSVScanner.recordLimit {
            end.failure = .cellTooLarge(
                row: rowNumber, line: large.line, offset: offset(large.start), isQuoted: large.isQuoted, file: file)
        } else if isLong {
            end.failure = .recordTooLarge(row: rowNumber, line: line, offset: offset(record.start), file: file)
        }
        if end.failure != nil {
            rowNumber -= 1
            write = start
            return
        }
        if found != columnCount || fault != nil {
            let problem: Problem =
                fault == nil
                ? .raggedRow(rowNumber, line: line, found: found, expected: columnCount, file: file)
                : .textAfterQuote(rowNumber, line: line, file: file)
            batch.rejected.append(
                RawBatch.Rejected(problem: problem, row: rowNumber, line: line, raw: batch.copy(of: bounds)))
            write = start
            return
        }
        if !doubled.isEmpty {
            batch.originals[rowNumber] = batch.copy(of: bounds)
            for field in doubled { fields[field] = CSVScanner.withSingleQuotes(fields[field], in: batch.bytes) }
        }
        batch.note(record: bounds, number: rowNumber, line: line)
    }

    /// Makes doubled quotes of a cell single, in place; returns where the cell now stands.
    private static func withSingleQuotes(_ field: UInt64, in bytes: UnsafeMutablePointer<UInt8>) -> UInt64 {
        let start = Int(field & 0xFFFF_FFFF)
        let end = Int(field >> 32)
        var target = start
        var source = start
        while source < end {
            bytes[target] = bytes[source]
            source += bytes[source] == quote ? 2 : 1
            target += 1
        }
        return UInt64(start) | UInt64(target) << 32
    }
}

extension Problem {
    /// A record with another number of cells than the header.
    static func raggedRow(_ row: Int, line: Int, found: Int, expected: Int, file: String) -> Problem {
        Problem(
            "formats.ragged-row", .finding, what: "A row has \(found) cells instead of \(expected)",
            place: Place(file: file, line: line, rows: [row]),
            why: "each row must have as many cells as the header; the row is in quarantine",
            fix: "correct the row in the file: a text with a delimiter in it must stand in quotes")
    }

    /// Text between a closing quote and the next delimiter.
    static func textAfterQuote(_ row: Int, line: Int, file: String) -> Problem {
        Problem(
            "formats.text-after-quote", .finding, what: "A cell goes on after its closing quote",
            place: Place(file: file, line: line, rows: [row]),
            why: "a quote inside a cell in quotes must be doubled; the row is in quarantine",
            fix: "double the quotes inside the cell")
    }

    /// A cell above the limit, which most often is a quote that is never closed.
    static func cellTooLarge(row: Int, line: Int, offset: Int, isQuoted: Bool, file: String) -> Problem {
        let place = Place(file: file, line: line, rows: [row])
        if isQuoted {
            return Problem(
                "formats.quote-too-long", .input, what: "A cell in quotes does not end", place: place,
                why:
                    "a cell may have at most \(CSVScanner.cellLimit) bytes; the one from byte offset \(offset) has more",
                fix: "close the quote of this cell, or double the quotes inside it")
        }
        return Problem(
            "formats.cell-too-large", .input, what: "A cell is too large", place: place,
            why: "a cell may have at most \(CSVScanner.cellLimit) bytes; the one from byte offset \(offset) has more",
            fix: "check that this is the file you meant and that its delimiter is right")
    }

    /// A record above the limit.
    static func recordTooLarge(row: Int, line: Int, offset: Int, file: String) -> Problem {
        Problem(
            "formats.record-too-large", .input, what: "A row is too large",
            place: Place(file: file, line: line, rows: [row]),
            why: "a row may have at most \(CSVScanner.recordLimit) bytes; the one from byte offset \(offset) has more",
            fix: "check that this is the file you meant and that its rows end with line breaks")
    }
}
