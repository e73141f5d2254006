internal import SurveyProblems

/// Takes a small delimited text apart, keeping for each cell where it stands.
///
/// A targets file is written by people, so that each mistake must be told with line and character; the reader of data
/// files keeps lines only.
struct TargetsText {
    struct Cell {
        let text: String
        let line: Int
        /// The character of the line on which the cell begins, from 1.
        let position: Int
    }

    /// Records in the order of the file; lines without a character are none.
    private(set) var records: [[Cell]] = []
    private(set) var problems: [Problem] = []
    /// The sign between cells: the first of `;`, tab and `,` that the header has outside quotes.
    let delimiter: Unicode.Scalar

    init(_ bytes: [UInt8], file: String) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let text = String(validating: bytes[start...], as: UTF8.self), !text.unicodeScalars.contains("\0") else {
            delimiter = ","
            problems = [TargetsText.fault(in: bytes, file: file)]
            return
        }
        delimiter = TargetsText.delimiter(of: text.unicodeScalars)
        read(text.unicodeScalars, file: file)
    }

    private static func delimiter(of text: String.UnicodeScalarView) -> Unicode.Scalar {
        let header = text.prefix { $0 != "\n" && $0 != "\r" }
        return [";", "\t"].first { header.contains($0) } ?? ","
    }

    private mutating func read(_ text: String.UnicodeScalarView, file: String) {
        var (line, position) = (1, 1)
        var record: [Cell] = []
        var cell = String.UnicodeScalarView()
        var start = (line: 1, position: 1)
        var quote: (line: Int, position: Int)?
        var isClosed = false
        var wasReturn = false
        func report(_ problem: Problem, at place: (line: Int, position: Int)) -> Problem {
            problem.placed(file: file, line: place.line, position: place.position)
        }
        func endCell() {
            // Spaces around a code are never meant; inside quotes they are kept.
            record.append(
                Cell(
                    text: isClosed ? String(cell) : TargetsText.trimmed(cell), line: start.line,
                    position: start.position))
            cell.removeAll(keepingCapacity: true)
            isClosed = false
        }
        func endRecord() {
            endCell()
            if record.count > 1 || record[0].text != "" { records.append(record) }
            record.removeAll(keepingCapacity: true)
        }
        var waiting = text.makeIterator()
        var next = waiting.next()
        while let scalar = next {
            next = waiting.next()
            let isBreak = scalar == "\n" || scalar == "\r"
            if scalar == "\n", wasReturn {
                wasReturn = false
                continue
            }
            wasReturn = scalar == "\r"
            if quote != nil, !(scalar == "\"") {
                cell.append(scalar)
            } else if scalar == "\"", quote != nil {
                if next == "\"" {
                    cell.append(scalar)
                    next = waiting.next()
                    position += 1
                } else {
                    quote = nil
                    isClosed = true
                }
            } else if scalar == "\"", cell.isEmpty, !isClosed {
                quote = (line, position)
            } else if isBreak {
                endRecord()
            } else if scalar == delimiter {
                endCell()
            } else if isClosed {
                if scalar != " " { problems.append(report(.textAfterQuote(), at: (line, position))) }
            } else {
                cell.append(scalar)
            }
            if isBreak { (line, position) = (line + 1, 1) } else { position += 1 }
            if quote == nil, isBreak || scalar == delimiter { start = (line, position) }
        }
        if let quote {
            // Where the cell should have ended nobody knows, so its line is no record.
            problems.append(report(.openQuote(), at: quote))
            return
        }
        if !cell.isEmpty || !record.isEmpty { endRecord() }
    }

    private static func trimmed(_ cell: String.UnicodeScalarView) -> String {
        var rest = cell[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }

    /// The first byte that is no text, by line and character.
    private static func fault(in bytes: [UInt8], file: String) -> Problem {
        var decoder = UTF8()
        var rest = bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0).makeIterator()
        var (line, position) = (1, 1)
        while case .scalarValue(let scalar) = decoder.decode(&rest), scalar != "\0" {
            if scalar == "\n" { (line, position) = (line + 1, 1) } else { position += 1 }
        }
        return Problem.notText().placed(file: file, line: line, position: position)
    }
}

extension Problem {
    /// Bytes that are no UTF-8, or a NUL.
    static func notText() -> Problem {
        Problem(
            "weighting.not-text", .input, what: "The targets file is not UTF-8 text",
            why: "each byte must belong to a character of UTF-8; this one does not",
            fix: "save the file as \"CSV UTF-8\"")
    }

    /// Characters between a closing quote and the next delimiter.
    static func textAfterQuote() -> Problem {
        Problem(
            "weighting.text-after-quote", .input, what: "A cell goes on after its closing quote",
            why: "a quote inside a cell in quotes must be doubled; found another character",
            fix: "double the quotes inside the cell, or delete them")
    }

    /// A quote without its partner.
    static func openQuote() -> Problem {
        Problem(
            "weighting.open-quote", .input, what: "A cell in quotes does not end",
            why: "each quote at the start of a cell must be closed; this one is not",
            fix: "add the closing quote, or delete this one")
    }
}
