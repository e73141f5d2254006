// Workbooks of Excel and what writes like it: .xlsx and .xlsm. Goals, in order:
//   1. Cells are text: numbers in their shortest form, dates in ISO 8601 by the style of the cell, booleans 1 and 0.
//   2. Whatever a file claims, memory stays bounded: sizes, ratios, numbers of parts and texts have limits, document types
//      are refused, and a part is unpacked to its declared size and no further.
//   3. The sheet is never whole in memory: bytes are unpacked, parsed and handed on in pieces.
// Traps: cells and rows without content are absent; the header's merged cells come behind the last row; a cell's date is
// a number like any other, told by its style alone.
internal import CXML
internal import Glibc
public import SurveyProblems

/// Reads one sheet of a workbook, whose first row that is not empty has the names of the columns.
public final class XLSXReader: FileReader {
    public static let fileExtensions = ["xlsx", "xlsm"]

    public let file: String
    public let columns: [String]
    public var byteCount: Int? { workbook.archive.byteCount }
    /// As many bytes of the file as the part of the sheet that has been unpacked.
    public var bytesRead: Int {
        part.size == 0 ? 0 : Int(Double(workbook.archive.byteCount) * Double(part.offset) / Double(part.size))
    }
    /// The sheet that is read.
    public let sheetName: String

    private let workbook: Workbook
    private let part: ZipPart
    private let scan: UnsafeMutablePointer<SheetScan>
    private var parser: XMLPush
    private let window: UnsafeMutablePointer<UInt8>
    private let windowSize: Int
    private var position = 0
    private var filled = 0
    private var hasEnded = false
    /// The next bytes stand between two rows, or before the end of all rows.
    private var mayBePlain: Bool
    private var isFinished = false
    private var failure: Problem?
    private var notes: [Problem]

    /// Bytes of XML between two looks at what the callbacks found.
    private static let piece = 1 << 14

    public init(path: String, options: FormatOptions, onBytes: ByteObserver?) throws(Problem) {
        if options.encoding != nil { throw .optionOfOtherFormat("encoding", file: path) }
        if options.delimiter != nil { throw .optionOfOtherFormat("delimiter", file: path) }
        let workbook = try Workbook(path, onBytes: onBytes)
        let sheet = try workbook.sheet(options.sheet)
        let part = try workbook.part(of: sheet)
        let texts = try workbook.sharedTexts()
        let styles = try workbook.dateStyles()
        let scan = UnsafeMutablePointer<SheetScan>.allocate(capacity: 1)
        var parser: XMLPush
        do throws(Problem) {
            parser = try XMLPush(XLSXReader.handlers, state: scan, part: part.name, file: path)
        } catch {
            scan.deallocate()
            throw error
        }
        scan.initialize(
            to: SheetScan(
                names: XLSXReader.names(parser), texts: texts, styles: styles, is1904: workbook.is1904))
        let windowSize = min(1 << 20, options.window)
        // What looks at many bytes at once may look a little beyond.
        let window = UnsafeMutablePointer<UInt8>.allocate(capacity: windowSize + RawBatch.padding)
        var head = Head(part: part, window: window, windowSize: windowSize)
        do throws(Problem) {
            columns = try head.names(&parser, scan, file: path)
        } catch {
            scan.deinitialize(count: 1)
            scan.deallocate()
            window.deallocate()
            throw error
        }
        position = head.position
        filled = head.filled
        mayBePlain = parser.isUTF8
        self.workbook = workbook
        self.part = part
        self.scan = scan
        self.parser = parser
        self.window = window
        self.windowSize = windowSize
        file = path
        sheetName = sheet.name
        let others = workbook.sheets.filter { !$0.isHidden && $0.name != sheet.name }.map(\.name)
        notes = options.sheet == nil && !others.isEmpty ? [.otherSheets(others, read: sheet.name)] : []
    }

    deinit {
        scan.deinitialize(count: 1)
        scan.deallocate()
        window.deallocate()
    }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        batch.empty(columns: columns.count)
        if let failure { throw failure }
        if isFinished { return false }
        batch.reserve(1 << 18, keeping: 0)
        scan.pointee.batch = batch
        scan.pointee.used = 0
        defer { scan.pointee.batch = nil }
        let wanted = min(1 << 20, windowSize * 16)
        do throws(Problem) {
            while !hasEnded, scan.pointee.used < wanted { try step(wanted) }
        } catch {
            failure = error
        }
        if hasEnded, failure == nil {
            isFinished = true
            let merged = scan.pointee.merged
            if merged.count > 0 { notes.append(.mergedCells(merged.count, first: merged.first)) }
            batch.findings += notes.map { .file($0) }
        }
        batch.bytesRead = bytesRead
        if batch.rowCount > 0 || !batch.findings.isEmpty { return true }
        if let failure { throw failure }
        return false
    }

    /// Reads some rows, or a piece of what is no row.
    private func step(_ wanted: Int) throws(Problem) {
        while mayBePlain {
            if position == filled || SheetScan.isSpace(window[position]) {
                if position == filled, try !refill() { break }
                if SheetScan.isSpace(window[position]) {
                    position += 1
                    continue
                }
            }
            if filled - position < 5, try refill() { continue }
            guard filled - position >= 5, memcmp(window + position, "<row", 4) == 0, window[position + 4] <= 0x3E else {
                mayBePlain = false
                break
            }
            switch scan.pointee.plainRow(window, position, filled) {
            case .read(let next):
                position = next
                if scan.pointee.used >= wanted || scan.pointee.fault != nil { return try check() }
            case .incomplete where try refill(): continue
            case .incomplete, .other:
                try check()
                try feedRow()
            }
        }
        if position == filled, try !refill() { hasEnded = true }
        let count = min(XLSXReader.piece, filled - position)
        try XLSXReader.feed(&parser, scan, window + position, count, isLast: hasEnded, part: part)
        position += count
    }

    /// Gives one row to the parser; afterwards plain rows may come only if the parser has seen its end.
    private func feedRow() throws(Problem) {
        guard let found = find("</row>", from: position, to: filled) else {
            mayBePlain = false
            return
        }
        let count = found + 6 - position
        let before = scan.pointee.rowsEnded
        let isOdd =
            find("<!", from: position, to: found) != nil || find("<?", from: position, to: found) != nil
        var done = 0
        while done < count {
            let piece = min(XLSXReader.piece, count - done)
            try XLSXReader.feed(&parser, scan, window + position, piece, isLast: false, part: part)
            position += piece
            done += piece
        }
        if isOdd || scan.pointee.rowsEnded != before + 1 || scan.pointee.isInRow { mayBePlain = false }
    }

    /// Unpacks more behind what is left in the window; false if there is no more, or no room.
    private func refill() throws(Problem) -> Bool {
        if position > 0 {
            window.update(from: window + position, count: filled - position)
            filled -= position
            position = 0
        }
        guard filled < windowSize else { return false }
        let got = try part.read(into: window + filled, count: windowSize - filled)
        filled += got
        return got > 0
    }

    /// Where a word that begins with `<` stands in the window.
    private func find(_ word: StaticString, from start: Int, to end: Int) -> Int? {
        var position = start
        while position + word.utf8CodeUnitCount <= end, let next = memchr(window + position, 0x3C, end - position) {
            let place = next - UnsafeMutableRawPointer(window)
            guard place + word.utf8CodeUnitCount <= end else { return nil }
            if memcmp(next, word.utf8Start, word.utf8CodeUnitCount) == 0 { return place }
            position = place + 1
        }
        return nil
    }

    private func check() throws(Problem) {
        if let fault = scan.pointee.fault {
            throw XLSXReader.problem(fault, scan, part: part, offset: part.offset - filled + position)
        }
    }

    /// Parses some bytes; what a callback found comes before what the parser says of it.
    private static func feed(
        _ parser: inout XMLPush, _ scan: UnsafeMutablePointer<SheetScan>, _ bytes: UnsafePointer<UInt8>, _ count: Int,
        isLast: Bool, part: ZipPart
    ) throws(Problem) {
        let failure: Problem?
        do throws(Problem) {
            try parser.feed(bytes, count, isLast: isLast)
            failure = nil
        } catch { failure = error }
        if let fault = scan.pointee.fault {
            throw problem(fault, scan, part: part, offset: parser.offset)
        }
        if let failure { throw failure }
        if isLast, !scan.pointee.hasSheetData { throw .missingPart(part.name + ": sheetData", file: part.file) }
    }

    private static func problem(
        _ fault: SheetScan.Fault, _ scan: UnsafeMutablePointer<SheetScan>, part: ZipPart, offset: Int
    ) -> Problem {
        let (row, line, file) = (scan.pointee.rowNumber + 1, scan.pointee.line, part.file)
        switch fault {
        case .documentType: return .documentType(part.name, offset: offset, file: file)
        case .wrongCell(let reference): return .wrongCell(reference, line: line, offset: offset, file: file)
        case .cellTooLarge:
            return .cellTooLarge(row: row, line: line, offset: offset, isQuoted: false, file: file)
        case .rowTooLarge: return .recordTooLarge(row: row, line: line, offset: offset, file: file)
        case .batchTooLarge:
            return .tooMuchText(part.name, limit: SheetScan.batchLimit, offset: offset, file: file)
        case .mergedHeader(let range): return .mergedHeader(range, file: file)
        }
    }

    // MARK: Head

    /// Reads as far as the first row that is not empty.
    private struct Head {
        let part: ZipPart
        let window: UnsafeMutablePointer<UInt8>
        let windowSize: Int
        var position = 0
        var filled = 0

        mutating func names(
            _ parser: inout XMLPush, _ scan: UnsafeMutablePointer<SheetScan>, file: String
        ) throws(Problem) -> [String] {
            // A row behind the header would have no place yet, so pieces end with a tag here.
            while scan.pointee.header == nil {
                if position == filled {
                    filled = try part.read(into: window, count: windowSize)
                    position = 0
                }
                guard filled > 0 else {
                    try XLSXReader.feed(&parser, scan, window, 0, isLast: true, part: part)
                    throw .emptyFile(file)
                }
                var end = position + 1
                while end < filled, window[end - 1] != 0x3E { end += 1 }
                try XLSXReader.feed(&parser, scan, window + position, end - position, isLast: false, part: part)
                position = end
            }
            let names = scan.pointee.header ?? []
            if let unnamed = names.firstIndex(of: "") {
                // A title over several columns is the usual reason; the list of merged cells tells.
                let problem = Problem.unnamedColumn(unnamed + 1, file: file)
                try readOut(&parser, scan)
                throw problem
            }
            var seen: [String: Int] = [:]
            for (position, name) in names.enumerated() {
                if let first = seen.updateValue(position, forKey: name) {
                    throw .duplicateColumn(name, first: first + 1, second: position + 1, file: file)
                }
            }
            return names
        }

        private mutating func readOut(
            _ parser: inout XMLPush, _ scan: UnsafeMutablePointer<SheetScan>
        ) throws(Problem) {
            while true {
                if position == filled {
                    filled = try part.read(into: window, count: windowSize)
                    position = 0
                }
                try XLSXReader.feed(
                    &parser, scan, window + position, min(XLSXReader.piece, filled - position), isLast: filled == 0,
                    part: part)
                position += min(XLSXReader.piece, filled - position)
                if filled == 0 { return }
            }
        }
    }

    // MARK: Small sheets

    /// The names of a workbook's sheets, hidden ones too.
    package static func sheets(of path: String) throws(Problem) -> [String] { try Workbook(path).sheets.map(\.name) }

    /// Every row of a small sheet that has text, without a header; merged cells are as they are.
    package static func rows(of path: String, sheet name: String) throws(Problem) -> [(line: Int, cells: [String])] {
        let workbook = try Workbook(path)
        let part = try workbook.part(of: try workbook.sheet(name))
        let scan = UnsafeMutablePointer<SheetScan>.allocate(capacity: 1)
        var parser: XMLPush
        do throws(Problem) { parser = try XMLPush(handlers, state: scan, part: part.name, file: path) } catch {
            scan.deallocate()
            throw error
        }
        let (texts, styles): (SharedTexts, [SerialDate.Style])
        do throws(Problem) { (texts, styles) = (try workbook.sharedTexts(), try workbook.dateStyles()) } catch {
            scan.deallocate()
            throw error
        }
        scan.initialize(
            to: SheetScan(names: names(parser), texts: texts, styles: styles, is1904: workbook.is1904))
        defer {
            scan.deinitialize(count: 1)
            scan.deallocate()
        }
        scan.pointee.plainRows = []
        try PartFeed.run(part, into: &parser, piece: piece) { (offset) throws(Problem) in
            if let fault = scan.pointee.fault { throw problem(fault, scan, part: part, offset: offset) }
        }
        return scan.pointee.plainRows ?? []
    }

    // MARK: Callbacks

    private static func names(_ parser: borrowing XMLPush) -> SheetScan.Names {
        SheetScan.Names(
            row: parser.name("row"), c: parser.name("c"), v: parser.name("v"), t: parser.name("t"),
            rPh: parser.name("rPh"), sheetData: parser.name("sheetData"), mergeCell: parser.name("mergeCell"),
            r: parser.name("r"), s: parser.name("s"), ref: parser.name("ref"))
    }

    private static var handlers: xmlSAXHandler {
        var handlers = xmlSAXHandler()
        handlers.startElementNs = { state, name, _, _, _, _, count, _, attributes in
            sheet(state).pointee.start(name, Int(count), attributes)
        }
        handlers.endElementNs = { state, name, _, _ in sheet(state).pointee.end(name) }
        handlers.characters = { state, text, count in sheet(state).pointee.add(text, Int(count)) }
        handlers.ignorableWhitespace = handlers.characters
        handlers.cdataBlock = handlers.characters
        handlers.internalSubset = { state, _, _, _ in sheet(state).pointee.refuseType() }
        return handlers
    }
}

/// The state of a callback.
private func sheet(_ state: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<SheetScan> {
    guard let state else { preconditionFailure("a state is given to the parser") }
    return state.assumingMemoryBound(to: SheetScan.self)
}
