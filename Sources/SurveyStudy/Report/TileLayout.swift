public import SurveyProblems

/// Where each category stands on a tile map: a cell of a grid by column and row, from 1.
///
/// The layout is data, not code: borders of regions change, and other countries have other regions.
public struct TileLayout: Sendable, Equatable {
    public struct Tile: Sendable, Equatable {
        public let code: String
        public let column: Int
        public let row: Int

        public init(code: String, column: Int, row: Int) {
            self.code = code
            self.column = column
            self.row = row
        }
    }

    /// The largest column and row that a page can show.
    public static let mostCells = 30

    public let tiles: [Tile]

    public init(tiles: [Tile]) { self.tiles = tiles }

    public var columns: Int { tiles.map(\.column).max() ?? 0 }
    public var rows: Int { tiles.map(\.row).max() ?? 0 }

    /// Reads a file with the head `code,column,row`; lines that begin with # are comments.
    ///
    /// Returns every problem with its line; no layout if there is one.
    public static func read(_ bytes: [UInt8], file: String) -> Checked<TileLayout> {
        var problems: [Problem] = []
        var tiles: [Tile] = []
        var hasHead = false
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let lines = String(decoding: content, as: UTF8.self).split(omittingEmptySubsequences: false) { $0.isNewline }
        for (place, line) in lines.enumerated() {
            func report(_ problem: Problem) {
                problems.append(problem.placed(file: file, line: place + 1, position: 1))
            }
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
            guard !line.hasPrefix("#"), !cells.joined().isEmpty else { continue }
            guard hasHead else {
                hasHead = true
                if cells != ["code", "column", "row"] { report(.tileHead(String(line.prefix(80)))) }
                continue
            }
            guard cells.count == 3, !cells[0].isEmpty, let column = Int(cells[1]), let row = Int(cells[2]),
                (1...mostCells).contains(column), (1...mostCells).contains(row)
            else {
                report(.badTile(String(line.prefix(80))))
                continue
            }
            if tiles.contains(where: { $0.code == cells[0] }) { report(.tileTwice(cells[0])) }
            if let other = tiles.first(where: { $0.column == column && $0.row == row }) {
                report(.tilesMeet(cells[0], other.code))
            }
            tiles.append(Tile(code: cells[0], column: column, row: row))
        }
        if tiles.isEmpty, problems.isEmpty {
            problems.append(Problem.tileHead("").placed(file: file, line: 1, position: 1))
        }
        return Checked(value: problems.isEmpty ? TileLayout(tiles: tiles) : nil, problems: problems)
    }

    private static func trimmed(_ cell: Substring) -> String {
        var text = cell.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.count >= 2, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
        return String(text)
    }
}

extension Problem {
    static func tileHead(_ found: String) -> Problem {
        Problem(
            "study.tile-head", .input, what: "The file of tiles does not begin with its columns",
            why: "the first line must be \("code,column,row") and tiles must follow; found \"\(found)\"",
            fix: "write \("code,column,row") in the first line and one tile in each line after it")
    }

    static func badTile(_ found: String) -> Problem {
        Problem(
            "study.bad-tile", .input, what: "A line is not a tile",
            why: "a tile is a code, a column and a row from 1 to \(TileLayout.mostCells); found \"\(found)\"",
            fix: "write a line such as \("71,4,2")")
    }

    static func tileTwice(_ code: String) -> Problem {
        Problem(
            "study.tile-twice", .input, what: "Code \"\(code)\" has two tiles", why: "each code has one tile",
            fix: "delete one of the two lines")
    }

    static func tilesMeet(_ code: String, _ other: String) -> Problem {
        Problem(
            "study.tiles-meet", .input, what: "Codes \"\(code)\" and \"\(other)\" stand on one cell",
            why: "each cell of the map holds one tile", fix: "give one of the two another column or row")
    }
}
