/// Comma-separated output.
///
/// Text that a spreadsheet would run as a formula gets a leading apostrophe.
enum CSVText {
    static func line(_ cells: [String]) -> String { cells.joined(separator: ",") + "\n" }

    /// A cell of text: quoted where needed, neutralised where a spreadsheet would take it for a formula.
    static func cell(_ text: String) -> String {
        let safe = isFormula(text) ? "'" + text : text
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    /// True for a text that begins as a formula does and is not just a number.
    static func isFormula(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return false }
        return Double(text) == nil
    }
}
