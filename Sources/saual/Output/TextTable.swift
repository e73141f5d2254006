/// A table for people: columns aligned by the width that text takes on a terminal.
struct TextTable {
    enum Alignment { case left, right }

    let headings: [String]
    let alignments: [Alignment]
    private var rows: [[String]] = []

    init(_ columns: [(heading: String, alignment: Alignment)]) {
        headings = columns.map { Terminal.harmless($0.heading) }
        alignments = columns.map(\.alignment)
    }

    mutating func append(_ row: [String]) { rows.append(row.map(Terminal.harmless)) }

    var isEmpty: Bool { rows.isEmpty }

    /// Aligned with spaces, a line of dashes below the headings.
    var text: String {
        let widths = headings.indices.map { column in
            ([headings[column]] + rows.map { $0[column] }).map(Terminal.width).max() ?? 0
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        return ([headings, rule] + rows).map { line($0, widths: widths) }.joined(separator: "\n") + "\n"
    }

    /// A Markdown table; bars and the brackets that open a tag are escaped inside cells.
    var markdown: String {
        func line(_ cells: [String]) -> String {
            let escaped = cells.map { $0.replacing("|", with: "\\|").replacing("<", with: "&lt;") }
            return "| " + escaped.joined(separator: " | ") + " |"
        }
        let rule = alignments.map { $0 == .left ? "---" : "---:" }
        return ([line(headings), "| " + rule.joined(separator: " | ") + " |"] + rows.map(line)).joined(separator: "\n")
            + "\n"
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        var text = ""
        for (column, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(0, widths[column] - Terminal.width(of: cell)))
            text += (column > 0 ? "  " : "") + (alignments[column] == .left ? cell + padding : padding + cell)
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}
