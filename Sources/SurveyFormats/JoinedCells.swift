/// Cells in which a row has several words at once: joined in one cell (`a; b`), or a word in each of several columns.
///
/// A row is empty if all its cells are; else it has the answers among its words; without one it has the first missing
/// code among them; and if none of its words is known it is unreadable, for nobody can say what was chosen.
public struct JoinedCells: Sendable {
    /// What a text means.
    public enum Word: Sendable, Equatable {
        /// An answer, by its code.
        case answer([UInt8])
        /// A missing answer, by its code.
        case missing([UInt8])
        /// As if the cell were empty.
        case nothing
    }

    /// How the words of one cell stand apart.
    public enum Separation: Sendable, Equatable {
        /// A cell is one word.
        case none
        /// By semicolons, else by spaces; with labels a cell is split at spaces only if each part is a known code.
        case found(hasLabels: Bool)
        /// By a text of its own.
        case by([UInt8])
    }

    /// Columns of the file with their names.
    public let columns: [(position: Int, name: String)]
    /// What each text means, without spaces around it.
    public let words: [[UInt8]: Word]
    public let separation: Separation

    public init(columns: [(position: Int, name: String)], words: [[UInt8]: Word], separation: Separation) {
        self.columns = columns
        self.words = words
        self.separation = separation
    }

    /// What a row has.
    enum Row {
        case empty
        case missing([UInt8])
        case answers([[UInt8]])
        case unreadable
    }

    /// Reads a row; `unknown` gets each word that means nothing, with its column.
    func read(_ row: Int, of batch: RawBatch, unknown: (String, ArraySlice<UInt8>) -> Void) -> Row {
        var answers: [[UInt8]] = []
        var missing: [UInt8]?
        var hasUnknown = false
        for (position, name) in columns {
            for part in parts(of: Array(batch.cell(row, position))) {
                switch words[Array(part)] {
                case .answer(let code): answers.append(code)
                case .missing(let code): missing = missing ?? code
                case .nothing: break
                case nil:
                    hasUnknown = true
                    unknown(name, part)
                }
            }
        }
        if !answers.isEmpty { return .answers(answers) }
        if let missing { return .missing(missing) }
        return hasUnknown ? .unreadable : .empty
    }

    /// The words of a cell, none of them empty and without spaces around them.
    private func parts(of cell: [UInt8]) -> [ArraySlice<UInt8>] {
        let whole = JoinedCells.trimmed(cell[...])
        if whole.isEmpty { return [] }
        if words[Array(whole)] != nil { return [whole] }
        switch separation {
        case .none: return [whole]
        case .by(let separator): return JoinedCells.split(whole, at: separator)
        case .found(let hasLabels):
            if whole.contains(0x3B) { return JoinedCells.split(whole, at: [0x3B]) }
            let parts = JoinedCells.split(whole, at: [0x20])
            return hasLabels && parts.contains { words[Array($0)] == nil } ? [whole] : parts
        }
    }

    private static func split(_ text: ArraySlice<UInt8>, at separator: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var rest = text
        while let cut = rest.firstRange(of: separator), !cut.isEmpty {
            parts.append(trimmed(rest[..<cut.lowerBound]))
            rest = rest[cut.upperBound...]
        }
        parts.append(trimmed(rest))
        return parts.filter { !$0.isEmpty }
    }

    /// A text without the spaces, tabs and line ends around it, no-break spaces too.
    public static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while true {
            if let first = text.first, isSpace(first) {
                text = text.dropFirst()
            } else if let last = text.last, isSpace(last) {
                text = text.dropLast()
            } else if text.starts(with: noBreakSpace) {
                text = text.dropFirst(noBreakSpace.count)
            } else if text.count >= noBreakSpace.count, text.suffix(noBreakSpace.count).elementsEqual(noBreakSpace) {
                text = text.dropLast(noBreakSpace.count)
            } else {
                return text
            }
        }
    }

    private static let noBreakSpace: [UInt8] = [0xC2, 0xA0]

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
