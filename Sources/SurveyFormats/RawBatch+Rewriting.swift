/// How a cell is made from the cells of a file.
public enum RewrittenCell: Sendable {
    /// The cell of a column as it is.
    case column(Int)
    /// One choice of a cell that joins several with spaces: 1 or 0; a cell that is one of `missing` as a whole stays so.
    case choice(column: Int, code: [UInt8], missing: [[UInt8]])
    /// A ticked choice in words or digits, as 1 or 0; where another column of `missing` is ticked, the code of that.
    case flag(column: Int, missing: [(column: Int, code: [UInt8])])
    /// Texts that stand for others, such as labels for codes; what is not known stays as it is.
    case translated(column: Int, texts: [[UInt8]: [UInt8]])

    /// The column of the file that it is mainly made of.
    public var source: Int {
        switch self {
        case .column(let column), .choice(let column, _, _), .flag(let column, _), .translated(let column, _): column
        }
    }
}

extension RawBatch {
    /// Puts other columns in the place of those of the file; rows and records stay.
    public func rewrite(_ cells: [RewrittenCell]) {
        guard rowCount > 0 else {
            rewritten(columns: cells.count, fields: nil)
            return
        }
        // Texts that no cell of the file has stand behind its bytes.
        var words: [UInt8] = Array("0\t1\t".utf8)
        var places: [[UInt8]: UInt64] = [:]
        let used = byteEnd
        func place(_ text: [UInt8]) -> UInt64 {
            if let known = places[text] { return known }
            let start = used + words.count
            words += text + [0x09]
            let field = UInt64(start) | UInt64(start + text.count) << 32
            places[text] = field
            return field
        }
        let no = UInt64(used) | UInt64(used + 1) << 32
        let yes = UInt64(used + 2) | UInt64(used + 3) << 32
        var fields: [UInt64] = []
        fields.reserveCapacity(rowCount * cells.count)
        for row in 0..<rowCount {
            for source in cells {
                switch source {
                case .column(let column): fields.append(field(row, column))
                case .choice(let column, let code, let missing):
                    let cell = cell(row, column)
                    if cell.isEmpty || missing.contains(where: { cell.elementsEqual($0) }) {
                        fields.append(field(row, column))
                    } else {
                        let isChosen = cell.split(separator: 0x20).contains { $0.elementsEqual(code) }
                        fields.append(isChosen ? yes : no)
                    }
                case .flag(let column, let missing):
                    if let kind = missing.first(where: { RawBatch.isTicked(cell(row, $0.column)) }) {
                        fields.append(place(kind.code))
                    } else if RawBatch.isTicked(cell(row, column)) {
                        fields.append(yes)
                    } else {
                        let isDenied = ["false", "False", "FALSE"].contains { cell(row, column).elementsEqual($0.utf8) }
                        fields.append(isDenied ? no : field(row, column))
                    }
                case .translated(let column, let texts):
                    let text = texts[Array(cell(row, column))]
                    fields.append(text.map(place) ?? field(row, column))
                }
            }
        }
        extend(used + words.count, keeping: used)
        (bytes + used).update(from: words, count: words.count)
        rewritten(columns: cells.count, fields: fields)
    }

    private func field(_ row: Int, _ column: Int) -> UInt64 { fields[row * columnCount + column] }

    private static func isTicked(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
        cell.count == 1 ? cell[0] == 0x31 : ["true", "True", "TRUE"].contains { cell.elementsEqual($0.utf8) }
    }
}
