public import SurveyFormats
public import SurveyProblems
public import SurveySchema

/// How the columns of a form's export (Kobo, ODK) are those of a questionnaire.
///
/// Exports name columns by the path of groups (`visit/age`, `visit-age`) or by the label of the question; the choices of a
/// multiple question stand in one cell (`a b c`), in a column each (`visit/which/a`), or both. Whatever the questionnaire
/// finds by its own names is left alone.
public struct ExportColumns: Sendable {
    /// The columns under the names of the questionnaire; all others under their own.
    public let columns: [String]
    /// How each is made from the cells of the file.
    let cells: [RewrittenCell]
    /// Cells with several words, for the choices among `cells`.
    let joined: [JoinedCells]
    /// What was matched otherwise than by name.
    public let problem: Problem

    /// Finds columns that the questionnaire does not name as the file does; nil if nothing is to be done.
    public init?(_ questionnaire: Questionnaire, columns file: [String]) {
        let exact = Set(file)
        let search = Search(file, languages: questionnaire.languages)
        var cells: [(name: String, cell: RewrittenCell)] = []
        var replaced: Set<Int> = []
        var joined: [JoinedCells] = []
        var pairs: [String] = []
        for question in questionnaire.questions where !question.columns.allSatisfy(exact.contains) {
            if question.type == .multiple {
                if let source = search.position(of: question.id, orLabel: question.text),
                    search.isJoined(source, question)
                {
                    for (answer, column) in zip(question.answers, question.columns) {
                        cells.append(
                            (column, .choice(column: source, list: joined.count, code: Array(answer.code.utf8))))
                    }
                    // A column with the label of the question has labels in its cells.
                    let isLabelled = search.position(of: question.id) == nil
                    joined.append(
                        JoinedCells(
                            question, columns: [(source, file[source])],
                            texts: isLabelled ? question.labels().texts : [],
                            separation: .found(hasLabels: isLabelled)))
                    replaced.insert(source)
                    pairs.append("\(file[source]) → \(question.id)")
                } else {
                    let sources = question.answers.map { search.choice($0.code, $0.label, of: question) }
                    guard sources.contains(where: { $0 != nil }) else { continue }
                    let kinds = question.missing.compactMap { code in
                        search.choice(code.code, code.label, of: question).map { ($0, Array(code.code.utf8)) }
                    }
                    for (column, source) in zip(question.columns, sources) {
                        guard let source else { continue }
                        cells.append((column, .flag(column: source, missing: kinds)))
                        replaced.insert(source)
                        pairs.append("\(file[source]) → \(column)")
                    }
                }
                continue
            }
            guard let column = question.columns.first else { continue }
            let named = search.position(of: column) ?? search.position(of: question.id)
            guard let source = named ?? search.position(of: "", orLabel: question.text) else { continue }
            if named == nil, question.type.isCoded {
                cells.append((column, .translated(column: source, texts: ExportColumns.labels(of: question))))
            } else {
                cells.append((column, .column(source)))
            }
            replaced.insert(source)
            pairs.append("\(file[source]) → \(column)")
        }
        guard !cells.isEmpty else { return nil }
        let own = file.indices.filter { !replaced.contains($0) }
        columns = cells.map(\.name) + own.map { file[$0] }
        guard Set(columns).count == columns.count else { return nil }
        self.cells = cells.map(\.cell) + own.map { .column($0) }
        self.joined = joined
        problem = .matchedColumns(pairs)
    }

    /// A finding of the file by its place among the columns that come out.
    func moved(_ finding: RawBatch.Finding) -> RawBatch.Finding {
        guard case .error(let column, let row, let text) = finding else { return finding }
        let position = cells.firstIndex { $0.source == column } ?? 0
        return .error(column: position, row: row, text: text)
    }

    /// The labels of a question's answers in every language, each with its code; one that two answers have is none.
    private static func labels(of question: Question) -> [[UInt8]: [UInt8]] {
        let texts = question.labels().texts.map { (Array($0.text.utf8), Array($0.code.utf8)) }
        return Dictionary(texts, uniquingKeysWith: { first, _ in first })
    }

    /// Looks for columns by name, end of path and label; one that two columns answer to is none.
    private struct Search {
        private let file: [String]
        private var byEnd: [String: Int?] = [:]
        private var byName: [String: Int] = [:]
        private let languages: [Language]

        init(_ file: [String], languages: [Language]) {
            self.file = file
            self.languages = languages
            for (position, name) in file.enumerated() {
                byName[name] = byName[name] ?? position
                for mark in ["/", ":", "-", "."] as [Character] {
                    var rest = Substring(name)
                    while let cut = rest.firstIndex(of: mark) {
                        rest = rest[rest.index(after: cut)...]
                        let end = mark == "/" ? String(rest) : String(rest.replacing(String(mark), with: "/"))
                        if end.isEmpty { continue }
                        if let known = byEnd[end] {
                            if known != position { byEnd[end] = .some(nil) }
                        } else {
                            byEnd[end] = position
                        }
                    }
                }
            }
        }

        func position(of name: String, orLabel label: LocalizedText? = nil) -> Int? {
            if !name.isEmpty, let found = byName[name] ?? (byEnd[name] ?? nil) { return found }
            for text in label?.texts ?? [] { if let found = byName[text.text] { return found } }
            return nil
        }

        /// True if the column is no choice of the question that has the name of the question.
        func isJoined(_ position: Int, _ question: Question) -> Bool { !question.columns.contains(file[position]) }

        func choice(_ code: String, _ label: LocalizedText, of question: Question) -> Int? {
            if let found = byName["\(question.id)/\(code)"] ?? (byEnd["\(question.id)/\(code)"] ?? nil) { return found }
            for text in question.text.texts {
                for choice in [code] + label.texts.filter({ $0.language == text.language }).map(\.text) {
                    if let found = byName["\(text.text)/\(choice)"] { return found }
                }
            }
            return nil
        }
    }
}

/// A reader whose columns have the names of a questionnaire.
public final class ExportReader: FormatReader {
    private let reader: any FormatReader
    private let match: ExportColumns

    public init(_ reader: any FormatReader, _ match: ExportColumns) {
        self.reader = reader
        self.match = match
    }

    public var file: String { reader.file }
    public var columns: [String] { match.columns }
    public var bytesRead: Int { reader.bytesRead }
    public var byteCount: Int? { reader.byteCount }

    public func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        guard try reader.fill(batch) else { return false }
        batch.findings = batch.findings.map(match.moved)
        batch.rewrite(match.cells, joined: match.joined)
        return true
    }
}

extension Problem {
    /// Columns that were found by the ways of exports.
    static func matchedColumns(_ pairs: [String]) -> Problem {
        Problem(
            "import.matched-columns", .finding, severity: .caution,
            what: "Columns found by path or label: \(pairs.count)",
            place: Place(detail: pairs.joined(separator: ", ")),
            why: "the file names columns as exports of forms do: \(list: pairs)",
            fix: "check the pairs; name the exact column in the questionnaire (column:) where one is wrong")
    }
}
