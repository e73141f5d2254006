internal import CXML
internal import Glibc
internal import SurveyProblems

/// What the callbacks of a sheet's XML do: cells become text in one row, and whole rows go to the batch.
///
/// It lives behind a pointer that the parser hands to each callback, and never allocates by cell.
struct SheetScan: ~Copyable {
    typealias Name = UnsafePointer<xmlChar>?

    /// What stops the reading.
    enum Fault {
        case documentType
        case wrongCell(String)
        case cellTooLarge, rowTooLarge, batchTooLarge
        case mergedHeader(String)
    }

    private enum CellType { case number, shared, text, error, boolean }

    struct Names {
        var row, c, v, t, rPh, sheetData, mergeCell, r, s, ref: Name
    }

    /// The most columns of a sheet, A to XFD.
    static let columnLimit = 16_384
    /// The most bytes of the rows that one piece of XML gives.
    static let batchLimit = 32 << 20

    var names: Names
    let texts: SharedTexts
    let styles: [SerialDate.Style]
    let is1904: Bool
    /// Where rows go; nil while the header is looked for.
    var batch: RawBatch?
    private(set) var header: [String]?
    /// All rows as they stand, with the line of each, where no header is asked for.
    var plainRows: [(line: Int, cells: [String])]?
    private var plainBytes = 0
    private(set) var headerLine = 0
    var columnCount = 0
    private(set) var fault: Fault?
    private(set) var hasSheetData = false
    /// Bytes of the batch that are taken.
    var used = 0
    private(set) var rowNumber = 0
    var line = 0
    private(set) var merged: (count: Int, first: String) = (0, "")

    private var row = ByteBuffer(capacity: 1 << 14)
    /// Where each cell stands in the row.
    private let fields: UnsafeMutablePointer<UInt64>
    /// Columns of the row that have their place, the next cell's least column.
    private var nextColumn = 0
    private var hasText = false
    private var findings: [RawBatch.Finding] = []

    private var value = ByteBuffer(capacity: 1 << 10)
    private var column = 0
    private var style = 0
    private var type = CellType.number
    private(set) var isInRow = false
    /// Rows that have ended so far, empty ones included.
    private(set) var rowsEnded = 0
    private var isInCell = false
    private var isCapturing = false
    private var isPhonetic = false

    init(names: Names, texts: SharedTexts, styles: [SerialDate.Style], is1904: Bool) {
        self.names = names
        self.texts = texts
        self.styles = styles
        self.is1904 = is1904
        fields = .allocate(capacity: SheetScan.columnLimit)
    }

    deinit { fields.deallocate() }

    // MARK: Callbacks

    mutating func start(
        _ name: Name, _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard fault == nil else { return }
        if name == names.c {
            if isInRow { startCell(count, attributes) }
        } else if name == names.v {
            isCapturing = isInCell
        } else if name == names.row {
            startRow(count, attributes)
        } else if name == names.t {
            isCapturing = isInCell && !isPhonetic
        } else if name == names.rPh {
            isPhonetic = true
        } else if name == names.sheetData {
            hasSheetData = true
        } else if name == names.mergeCell {
            for position in 0..<count where attributes?[position * 5] == names.ref {
                guard let begin = attributes?[position * 5 + 3], let end = attributes?[position * 5 + 4] else {
                    continue
                }
                addMerged(String(decoding: UnsafeBufferPointer(start: begin, count: end - begin), as: UTF8.self))
            }
        }
    }

    mutating func end(_ name: Name) {
        guard fault == nil else { return }
        if name == names.c {
            if isInCell { endCell() }
        } else if name == names.v || name == names.t {
            isCapturing = false
        } else if name == names.row {
            if isInRow { endRow() }
        } else if name == names.rPh {
            isPhonetic = false
        }
    }

    mutating func add(_ text: UnsafePointer<xmlChar>?, _ count: Int) {
        guard isCapturing, fault == nil, let text else { return }
        value.append(text, count)
        if value.count > CSVScanner.cellLimit { fault = .cellTooLarge }
    }

    mutating func refuseType() { fault = fault ?? .documentType }

    // MARK: Cells

    private mutating func startRow(_ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        var number = line + 1
        for position in 0..<count where attributes?[position * 5] == names.r {
            guard let begin = attributes?[position * 5 + 3], let end = attributes?[position * 5 + 4] else { continue }
            var found = 0
            for byte in UnsafeBufferPointer(start: begin, count: min(12, end - begin)) {
                guard byte &- 0x30 <= 9 else { continue }
                found = found * 10 + Int(byte &- 0x30)
            }
            if found > 0 { number = found }
        }
        isInRow = true
        beginRow(number)
    }

    mutating func beginRow(_ number: Int) {
        line = number
        row.removeAll()
        nextColumn = 0
        hasText = false
        if !findings.isEmpty { findings.removeAll(keepingCapacity: true) }
    }

    private mutating func startCell(_ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        beginCell()
        value.removeAll()
        isInCell = true
        isPhonetic = false
        guard let attributes else { return }
        for position in 0..<count {
            let field = attributes + position * 5
            guard let begin = field[3], let end = field[4] else { continue }
            let length = end - begin
            if field[0] == names.r {
                setPlace(begin, length)
            } else if field[0] == names.t {
                setType(begin, length)
            } else if field[0] == names.s {
                setStyle(begin, length)
            }
        }
        checkPlace()
    }

    @inline(__always)
    mutating func beginCell() {
        column = nextColumn
        style = 0
        type = .number
    }

    @inline(__always)
    mutating func setPlace(_ text: UnsafePointer<UInt8>, _ count: Int) {
        var number = 0
        var letters = 0
        while letters < count, letters < 4 {
            let letter = text[letters] | 0x20
            guard letter >= 0x61, letter <= 0x7A else { break }
            number = number * 26 + Int(letter) - 0x60
            letters += 1
        }
        if letters > 0 { column = number - 1 }
    }

    @inline(__always)
    mutating func setType(_ text: UnsafePointer<UInt8>, _ count: Int) {
        guard count == 1 else {
            type = .text
            return
        }
        switch text[0] {
        case 0x73: type = .shared
        case 0x6E: type = .number
        case 0x62: type = .boolean
        case 0x65: type = .error
        default: type = .text
        }
    }

    @inline(__always)
    mutating func setStyle(_ text: UnsafePointer<UInt8>, _ count: Int) {
        var number = 0
        for position in 0..<min(count, 9) where text[position] &- 0x30 <= 9 {
            number = number * 10 + Int(text[position] &- 0x30)
        }
        style = number
    }

    /// Refuses a cell that stands before the last one or beyond the sheet.
    @inline(__always)
    mutating func checkPlace() {
        if column < nextColumn || column >= SheetScan.columnLimit {
            fault = .wrongCell("\(SheetScan.letters(column))\(line)")
        }
    }

    private mutating func endCell() {
        isInCell = false
        isCapturing = false
        finishCell(value.start, value.count)
    }

    /// Adds the cell of `column`, `style` and `type` to the row.
    @inline(__always)
    mutating func finishCell(_ text: UnsafePointer<UInt8>, _ count: Int) {
        if header != nil, column >= columnCount {
            if count > 0 { findings.append(.outside(column: column, row: 0)) }
            return
        }
        while nextColumn < column { skipCell() }
        let start = row.count
        switch type {
        case .number:
            let style = style >= styles.count ? SerialDate.Style.number : styles[style]
            if count == 0 { break }
            if style != .number, let serial = SheetNumber.value(text, count),
                let date = SerialDate.text(serial, style, is1904: is1904)
            {
                row.append(date)
            } else {
                SheetNumber.append(text, count, to: &row)
            }
        case .shared:
            if count == 0 { break }
            var number = count > 9 ? -1 : 0
            for position in 0..<min(9, count) {
                let digit = text[position] &- 0x30
                number = digit <= 9 && number >= 0 ? number * 10 + Int(digit) : -1
            }
            guard let (begin, end) = texts.bounds(number) else {
                fault = .wrongCell("\(SheetScan.letters(column))\(line)")
                return
            }
            row.append(texts.bytes.start + begin, end - begin)
        case .text:
            row.append(text, count)
            EscapedText.undo(in: &row, from: start)
        case .boolean: row.append(text, count)
        case .error:
            row.append(text, count)
            let word = String(decoding: UnsafeBufferPointer(start: text, count: min(40, count)), as: UTF8.self)
            findings.append(.error(column: column, row: 0, text: word))
        }
        if row.count > start { hasText = true }
        fields[nextColumn] = UInt64(UInt32(truncatingIfNeeded: start)) | UInt64(row.count) << 32
        row.append(0x09)
        nextColumn += 1
        if row.count > CSVScanner.recordLimit { fault = .rowTooLarge }
    }

    private mutating func skipCell() {
        fields[nextColumn] = UInt64(row.count) | UInt64(row.count) << 32
        row.append(0x09)
        nextColumn += 1
    }

    /// Closes the row: the first with text is the header, the others go to the batch.
    mutating func endRow() {
        isInRow = false
        rowsEnded += 1
        if plainRows != nil {
            guard hasText else { return }
            plainBytes += row.count
            guard plainBytes <= SheetScan.batchLimit else {
                fault = .batchTooLarge
                return
            }
            let found = (line: line, cells: cells)
            plainRows?.append(found)
            return
        }
        if header == nil {
            guard hasText else { return }
            var names = cells
            while names.last?.isEmpty == true { names.removeLast() }
            header = names
            headerLine = line
            columnCount = names.count
            return
        }
        if !hasText, findings.isEmpty { return }
        guard let batch else { return }
        while nextColumn < columnCount { skipCell() }
        guard used + row.count <= SheetScan.batchLimit else {
            fault = .batchTooLarge
            return
        }
        rowNumber += 1
        batch.extend(used + row.count, keeping: used)
        memcpy(batch.bytes + used, row.start, row.count)
        let shift = UInt64(used) | UInt64(used) << 32
        let target = batch.fields + batch.rowCount * columnCount
        for column in 0..<columnCount { target[column] = fields[column] &+ shift }
        batch.note(
            record: UInt64(used) | UInt64(used + row.count - 1) << 32, number: rowNumber, line: line)
        used += row.count
        for finding in findings { batch.findings.append(finding.moved(to: rowNumber)) }
    }

    /// The cells of the row as texts.
    private var cells: [String] {
        (0..<nextColumn).map { column in
            let (start, end) = (Int(fields[column] & 0xFFFF_FFFF), Int(fields[column] >> 32))
            return String(decoding: UnsafeBufferPointer(start: row.start + start, count: end - start), as: UTF8.self)
        }
    }

    // MARK: Merged cells

    /// They stand behind the rows, so a merged header is found at the end.
    private mutating func addMerged(_ range: String) {
        if plainRows != nil { return }
        let rows = range.split(separator: ":").map { $0.drop { !$0.isNumber } }.compactMap { Int($0) }
        guard let first = rows.first, let last = rows.last else { return }
        let header = header == nil ? Int.max : headerLine
        if first <= header, header <= last {
            fault = .mergedHeader(range)
        } else if last > header {
            merged = (merged.count + 1, merged.count == 0 ? range : merged.first)
        }
    }

    /// The letters of a column, from 0.
    static func letters(_ column: Int) -> String {
        var number = column + 1
        var letters = ""
        while number > 0 {
            letters = String(UnicodeScalar(UInt8(0x41 + (number - 1) % 26))) + letters
            number = (number - 1) / 26
        }
        return letters
    }
}
