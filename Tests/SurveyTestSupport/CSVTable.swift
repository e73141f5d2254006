/// A small table of texts, read from CSV with quotes; for reference data only.
public struct CSVTable: Sendable {
    public let header: [String]
    public let rows: [[String]]

    public init(_ text: String) {
        var records: [[String]] = [[]]
        var cell = ""
        var isQuoted = false
        var previous: Character?
        for character in text {
            if isQuoted {
                if character == "\"" { isQuoted = false } else { cell.append(character) }
            } else if character == "\"" {
                // A quote right after a closing one is a quote inside the cell.
                if previous == "\"" { cell.append(character) }
                isQuoted = true
            } else if character == "," {
                records[records.count - 1].append(cell)
                cell = ""
            } else if character.isNewline {
                records[records.count - 1].append(cell)
                cell = ""
                records.append([])
            } else {
                cell.append(character)
            }
            previous = character
        }
        if !cell.isEmpty { records[records.count - 1].append(cell) }
        header = records.first ?? []
        rows = records.dropFirst().filter { !$0.isEmpty }
    }

    /// The cells of a column, nil if there is none of this name.
    public func column(_ name: String) -> [String]? {
        header.firstIndex(of: name).map { position in rows.map { position < $0.count ? $0[position] : "" } }
    }
}
