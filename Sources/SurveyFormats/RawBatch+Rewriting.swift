/// How a cell is made from the cells of a file.
public enum RewrittenCell: Sendable {
    /// The cell of a column as it is.
    case column(Int)
    /// One choice of joined cells, which begin in a column and stand in a place of their list: 1 or 0, or what is missing.
    case choice(column: Int, list: Int, code: [UInt8])
    /// A ticked choice in words or digits, as 1 or 0; where another column of `missing` is ticked, the code of that.
    case flag(column: Int, missing: [(column: Int, code: [UInt8])])
    /// A choice that is ticked by a value of its own, as 1 or 0.
    case counted(CountedCell)
    /// Texts that stand for others, such as labels for codes; what is not known stays as it is.
    case translated(column: Int, texts: [[UInt8]: [UInt8]])

    /// The column of the file that it is mainly made of.
    public var source: Int {
        switch self {
        case .column(let column), .choice(let column, _, _), .flag(let column, _), .translated(let column, _): column
        case .counted(let cell): cell.column
        }
    }
}

/// A cell of a set in which one value means that the answer was chosen.
public struct CountedCell: Sendable {
    public var column: Int
    /// The text that means chosen.
    public var counted: [UInt8]
    /// The texts that mean not chosen; nil for all others but those of `missing`.
    public var denied: Set<[UInt8]>?
    /// Texts that stay, for they say why there is no answer.
    public var missing: [[UInt8]]
    /// Columns in which the counted text means a missing answer, and its code.
    public var kinds: [(column: Int, code: [UInt8])]

    public init(
        column: Int, counted: [UInt8], denied: Set<[UInt8]>?, missing: [[UInt8]], kinds: [(column: Int, code: [UInt8])]
    ) {
        self.column = column
        self.counted = counted
        self.denied = denied
        self.missing = missing
        self.kinds = kinds
    }
}

extension RawBatch {
    /// Stands for joined cells of which no word is known, which were found already; no text of a file is like it, for it is
    /// no UTF-8.
    public static let unreadable: [UInt8] = [0xFF, 0xFF]

    /// Puts other columns in the place of those of the file; rows and records stay.
    ///
    /// `joined` are the lists that choices are looked up in; each word there that means nothing is a finding.
    public func rewrite(_ cells: [RewrittenCell], joined: [JoinedCells] = []) {
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
            let lists = joined.map { list in
                list.read(row, of: self) { column, word in
                    let text = String(decoding: word.prefix(60), as: UTF8.self)
                    findings.append(.choice(column: column, row: rowNumbers[row], text: text))
                }
            }
            for source in cells {
                switch source {
                case .column(let column): fields.append(field(row, column))
                case .choice(_, let list, let code):
                    switch lists[list] {
                    case .empty: fields.append(place([]))
                    case .missing(let missing): fields.append(place(missing))
                    case .answers(let answers): fields.append(answers.contains(code) ? yes : no)
                    case .unreadable: fields.append(place(RawBatch.unreadable))
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
                case .counted(let set):
                    let text = cell(row, set.column)
                    if let kind = set.kinds.first(where: { cell(row, $0.column).elementsEqual(set.counted) }) {
                        fields.append(place(kind.code))
                    } else if text.elementsEqual(set.counted) {
                        fields.append(yes)
                    } else if text.isEmpty || set.missing.contains(where: { text.elementsEqual($0) }) {
                        fields.append(field(row, set.column))
                    } else {
                        fields.append(set.denied?.contains(Array(text)) ?? true ? no : field(row, set.column))
                    }
                case .translated(let column, let texts):
                    let text = Array(cell(row, column))
                    let known = texts[text] ?? texts[Array(JoinedCells.trimmed(text[...]))]
                    fields.append(known.map(place) ?? field(row, column))
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
