internal import SurveyDesign
internal import SurveyProblems

/// Reads the file of `--joint`, or of `joint:` in a study: a square of numbers, in rows and columns as the data first names the PSUs.
///
/// Cells are separated by commas, semicolons or tabs; a first line of names is skipped.
enum JointFile {
    /// Bytes that a file may have: 4096 PSUs with 17 digits a number.
    private static let mostBytes = 512 << 20

    static func read(_ path: String) throws(Problem) -> JointProbabilities {
        try parse(try bytes(of: path), file: path)
    }

    static func bytes(of path: String) throws(Problem) -> [UInt8] { try InputFile.bytes(of: path, limit: mostBytes) }

    static func parse(_ bytes: [UInt8], file path: String) throws(Problem) -> JointProbabilities {
        let text = String(decoding: bytes, as: UTF8.self)
        var rows: [[Double]] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let cells = line.split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" || $0 == "\t" }
                .map { String($0).filter { $0 != " " && $0 != "\"" && $0 != "\u{FEFF}" } }
            if cells.allSatisfy(\.isEmpty) { continue }
            let values = cells.map { Double($0) ?? .nan }
            if let wrong = values.firstIndex(where: { !$0.isFinite }) {
                // A line of names before the first row.
                if rows.isEmpty, values.allSatisfy(\.isNaN) { continue }
                throw .jointNotNumber(cells[wrong], file: path, line: number + 1)
            }
            rows.append(values)
        }
        do throws(Problem) { return try JointProbabilities(rows) } catch {
            throw error.placed(file: path, line: nil, position: nil)
        }
    }
}

extension Problem {
    static func jointNotNumber(_ text: String, file: String, line: Int) -> Problem {
        Problem(
            "command.joint-not-number", .input, what: "\"\(text)\" is no probability",
            place: Place(file: file, line: line), why: "the file of --joint holds numbers only",
            fix: "correct the cell; the first line may hold names")
    }
}
