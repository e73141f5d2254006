internal import SurveyFormats

/// The different cells of a column of which a list of codes is wanted, gathered in one pass.
struct CodeScan {
    /// Different texts beyond which a column has no list of codes.
    private let limit: Int
    /// One entry for each cell of one or two bytes, as most codes are.
    private var short = [UInt8](repeating: 0, count: 1 << 16)
    private var long = TextDictionary()
    private(set) var hasEmpty = false

    init(limit: Int) { self.limit = limit }

    /// True if there were more different texts than the limit; their list is then not complete.
    var isOverfull: Bool { long.count > limit }

    /// Adds the cells of a column of a batch.
    mutating func add(_ batch: RawBatch, column: Int) {
        let cells = BatchRows(batch, 0..<batch.rowCount).cells(column)
        let isOpen = long.count <= limit
        for row in 0..<cells.count {
            let cell = cells[row]
            switch cell.count {
            case 0: hasEmpty = true
            case 1: short[Int(cell.start[0])] = 1
            case 2: short[Int(cell.start[0]) | Int(cell.start[1]) << 8] = 1
            default:
                if isOpen, long.count <= limit { _ = long.number(of: cell.start, cell.count) }
            }
        }
    }

    /// The texts: numbers by value, others by bytes.
    var codes: [String] {
        var found: [String] = long.texts
        for key in short.indices where short[key] != 0 {
            let bytes = key < 256 ? [UInt8(key)] : [UInt8(key & 0xFF), UInt8(key >> 8)]
            found.append(String(decoding: bytes, as: UTF8.self))
        }
        return CodeScan.sorted(found)
    }

    /// Numbers by value, then other texts by bytes.
    static func sorted(_ codes: [String]) -> [String] {
        let keyed = codes.map { (code: $0, number: NumberText.number(of: $0, decimalSign: 0x2E)) }
        return keyed.sorted { left, right in
            switch (left.number, right.number) {
            case (let a?, let b?) where a != b: return a < b
            case (.some, nil): return true
            case (nil, .some): return false
            default: return left.code.utf8.lexicographicallyPrecedes(right.code.utf8)
            }
        }.map(\.code)
    }
}
