internal import SurveyProblems
internal import SurveySchema

/// What the cells of a column need of triple-S, beside what every format needs.
struct TripleSLook {
    /// Characters of the longest text.
    var longest = 0
    /// True if every cell with an answer is a code with a label.
    var isLabelled = true
    /// True if the cells are 0 and 1.
    var areBits = true
    /// True if each is a time of day in whole seconds.
    var isClock = true
    /// True if a text has letters beyond ISO 8859-1.
    var hasOtherLetters = false

    /// Reads all rows; also tells which groups of columns have 0 or 1 in all, or in none, of a row's cells.
    static func look(
        _ table: OutgoingTable, _ columns: [SAVOutgoing], groups: [[Int]]
    ) throws(Problem) -> (columns: [TripleSLook], isWhole: [Bool]) {
        var looks = [TripleSLook](repeating: TripleSLook(), count: columns.count)
        var isWhole = [Bool](repeating: true, count: groups.count)
        let labels = columns.map { Set($0.variable.labels.map { Array($0.code.utf8) }) }
        let feed = try table.rows()
        let batch = RawBatch()
        while try feed.fill(batch) {
            for row in 0..<batch.rowCount {
                for (index, column) in columns.enumerated() {
                    let cell = batch.cell(row, index)
                    if !cell.isEmpty { looks[index].add(cell, column.variable.content, labels[index]) }
                }
                for (group, members) in groups.enumerated() where isWhole[group] {
                    let empty = members.count { batch.cell(row, $0).isEmpty }
                    isWhole[group] = empty == 0 || empty == members.count
                }
            }
        }
        for (group, members) in groups.enumerated() where !members.allSatisfy({ looks[$0].areBits }) {
            isWhole[group] = false
        }
        return (looks, isWhole)
    }

    private mutating func add(
        _ cell: UnsafeBufferPointer<UInt8>, _ content: FileVariable.Content, _ labels: Set<[UInt8]>
    ) {
        if !labels.isEmpty, isLabelled { isLabelled = labels.contains(Array(cell)) }
        switch content {
        case .number: areBits = areBits && cell.count == 1 && (cell[0] == 0x30 || cell[0] == 0x31)
        case .time: isClock = isClock && TripleSLook.clock(cell) != nil
        case .text, .date, .dateTime: break
        }
        if content == .text {
            // Letters up to U+00FF have one or two bytes, the first of two being C2 or C3.
            if cell.contains(where: { $0 > 0xC3 }) { hasOtherLetters = true }
        }
        // An apostrophe before what a spreadsheet would run is a character, too.
        let isFormula = [0x3D, 0x2B, 0x2D, 0x40, 0x09].contains(cell[0])
        longest = max(longest, cell.count { $0 & 0xC0 != 0x80 } + (isFormula ? 1 : 0))
    }

    /// `HHMMSS` of a time of day; nil for longer durations, fractions and all else.
    static func clock(_ cell: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard cell.count == 8, cell[2] == 0x3A, cell[5] == 0x3A else { return nil }
        let digits = [cell[0], cell[1], cell[3], cell[4], cell[6], cell[7]]
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
            digits[0] < 0x32 || digits[0] == 0x32 && digits[1] < 0x34
        else { return nil }
        return digits
    }
}

/// Numbers without exponents.
enum TripleSNumber {
    static func text(_ value: Double) -> String {
        let short = NumberCell.text(value)
        guard let mark = short.firstIndex(where: { $0 == "e" || $0 == "E" }),
            let exponent = Int(short[short.index(after: mark)...])
        else { return short }
        let sign = short.hasPrefix("-") ? "-" : ""
        let halves = short[..<mark].drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        let whole = halves.first ?? ""
        let digits = whole + (halves.count == 2 ? halves[1] : "")
        let point = whole.count + exponent
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }
}
