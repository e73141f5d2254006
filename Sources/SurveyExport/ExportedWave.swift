public import SurveyData
public import SurveyFormats
public import SurveyProblems
public import SurveySchema

/// A wave as a table that can be written into a file.
///
/// Codes and labels are those of the questionnaire; a missing answer is the code of its kind, and empty where the
/// question has no code for the kind. Items of a multiple question are columns of 0 and 1 with a set over them.
public struct ExportedWave {
    public let table: OutgoingTable
    /// What the cells cannot say, as cautions.
    public let losses: [Problem]

    /// - Parameters:
    ///   - wave: The columns, private ones left out; an item of a multiple question under its own name.
    ///   - questionnaire: Nil for a wave that was imported without one.
    ///   - title: The title of the file.
    public init(_ wave: Table, questionnaire: Questionnaire?, title: LocalizedText) {
        var codebook = FileCodebook(format: "Saual", encoding: "utf-8")
        codebook.label = title
        codebook.hasExtendedMissing = true
        codebook.rowCount = wave.rowCount
        var columns: [ExportedColumn] = []
        var kinds: Set<MissingKind> = []
        for column in wave.columns where column.kind != .set {
            let exported = ExportedColumn(column, questionnaire: questionnaire)
            kinds.formUnion(exported.emptied)
            codebook.variables.append(exported.variable)
            columns.append(exported)
        }
        for question in questionnaire?.questions ?? [] where question.type == .multiple {
            let items = question.answers.map { question.itemColumn($0.code) }
            let names = items.compactMap { item in columns.first { $0.column.name == item }?.variable.name }
            guard names.count == items.count, !names.isEmpty else { continue }
            codebook.sets.append(
                FileResponseSet(
                    name: "$" + question.id, label: question.text, kind: .dichotomies, variables: names, counted: "1"))
        }
        table = OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in
            ExportedRows(columns, rowCount: wave.rowCount)
        }
        let names = kinds.sorted { $0.rawValue < $1.rawValue }.map { questionnaire?.name(of: $0) ?? $0.name }
        losses = names.isEmpty ? [] : [.kindsEmptied(names)]
    }
}

/// One column of a wave and how its rows become cells.
struct ExportedColumn {
    let column: Column
    private(set) var variable: FileVariable
    /// The text of each answer or distinct text, and of each kind of missing answer.
    private let texts: [[UInt8]]
    private var missing: [MissingKind: [UInt8]] = [:]
    /// Kinds that occur and have no code.
    private(set) var emptied: Set<MissingKind> = []

    init(_ column: Column, questionnaire: Questionnaire?) {
        self.column = column
        texts = column.dictionary.map { Array($0.utf8) }
        let question = questionnaire?.question(column.name)
        let derived = questionnaire?.derivedVariable(column.name)
        var variable = FileVariable(name: column.name, content: .text)
        variable.label = question?.text ?? derived?.text ?? .empty
        var codes = question?.missing ?? []
        var answers = question?.answers ?? derived?.answers ?? []
        switch column.kind {
        case .number: variable.content = .number
        case .date: variable.content = .date
        case .answers:
            let all = column.dictionary + codes.map(\.code).filter { !ExportedColumn.isLetter($0) }
            variable.content = all.allSatisfy(ExportedColumn.isNumber) ? .number : .text
            variable.measure = question?.type == .scale ? .ordinal : .nominal
        case .item, .set:
            variable.content = .number
            variable.measure = .nominal
            if let owner = questionnaire?.questions.first(where: { question in
                question.type == .multiple && question.answers.contains { question.itemColumn($0.code) == column.name }
            }), let index = owner.answers.firstIndex(where: { owner.itemColumn($0.code) == column.name }) {
                variable.name = owner.columns.indices.contains(index) ? owner.columns[index] : column.name
                variable.label = owner.answers[index].label
                codes = owner.missing
            }
            answers = []
        case .text: answers = []
        }
        if variable.content != .text {
            codes = codes.filter { ExportedColumn.isNumber($0.code) || ExportedColumn.isLetter($0.code) }
        }
        variable.labels =
            answers.filter { !$0.label.isEmpty }
            + codes.filter { !$0.label.isEmpty }.map { Answer(code: $0.code, label: $0.label) }
        variable.missing = codes.map { .code($0.code) }
        self.variable = variable
        for code in codes where missing[code.kind] == nil { missing[code.kind] = Array(code.code.utf8) }
        for (kind, _) in ColumnSummary(of: column).missing where missing[kind] == nil && kind != .noAnswer {
            emptied.insert(kind)
        }
    }

    private static func isNumber(_ code: String) -> Bool {
        guard let value = Double(code), value.isFinite else { return false }
        return JSONText.shortest(value) == code
    }

    private static func isLetter(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        return bytes.count == 2 && bytes[0] == 0x2E && (0x61...0x7A).contains(bytes[1])
    }

    /// The text of a row.
    func cell(_ row: Int) -> [UInt8] {
        if let kind = column.missing(at: row) { return missing[kind] ?? [] }
        switch column.values {
        case .bytes(let bytes): return texts.isEmpty ? [0x30 + bytes[row]] : texts[Int(bytes[row])]
        case .words(let words): return texts[Int(words[row])]
        case .indexes(let indexes): return texts[Int(indexes[row])]
        case .numbers(let numbers, _):
            let text =
                column.kind == .date
                ? CalendarDate(days: Int(numbers[row])).description : JSONText.shortest(numbers[row])
            return Array(text.utf8)
        }
    }
}

/// The rows of a wave, batch by batch.
private final class ExportedRows: RowFeed {
    private let columns: [ExportedColumn]
    private let rowCount: Int
    private var row = 0

    init(_ columns: [ExportedColumn], rowCount: Int) {
        self.columns = columns
        self.rowCount = rowCount
    }

    func fill(_ batch: RawBatch) throws(Problem) -> Bool {
        let end = min(rowCount, row + 1024)
        guard row < end else {
            batch.fill(columns: columns.count, firstRow: row + 1, cells: [])
            return false
        }
        var cells: [[UInt8]] = []
        for row in row..<end { for column in columns { cells.append(column.cell(row)) } }
        batch.fill(columns: columns.count, firstRow: row + 1, cells: cells)
        row = end
        return true
    }
}

extension Problem {
    /// Kinds of missing answers for which questions have no code.
    static func kindsEmptied(_ kinds: [String]) -> Problem {
        Problem(
            "export.kinds-emptied", .finding, severity: .caution,
            what: "These kinds of missing answers become empty cells: \(list: kinds)",
            why: "a file holds codes, and the questions have none for these kinds",
            fix: "declare a missing code for the kind in the questionnaire, if the difference matters")
    }
}
