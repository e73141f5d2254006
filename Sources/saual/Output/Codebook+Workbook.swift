internal import SurveyFormats
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema

/// Writes a codebook as a workbook: the variables, their answers, their missing answers, and what the file says of itself.
///
/// Names, codes and labels are cells of text, whatever they begin with, so that no spreadsheet runs one as a formula;
/// counts and per cent are numbers.
struct CodebookWorkbook {
    let content: CodebookContent
    let words: CodebookWords
    private let languages: [Language]

    init(_ content: CodebookContent, words: CodebookWords) {
        self.content = content
        self.words = words
        var found: [Language] = []
        func add(_ text: LocalizedText) {
            for entry in text.texts where !found.contains(entry.language) { found.append(entry.language) }
        }
        for variable in content.variables {
            add(variable.label)
            for answer in variable.answers { add(answer.label) }
            for gap in variable.gaps { for code in gap.codes { add(code.label) } }
        }
        // The language of the words first, the others as the file has them.
        languages = found.filter { $0 == words.language } + found.filter { $0 != words.language }
    }

    /// Writes the file at once and whole.
    func write(to path: String, replacing: Bool) throws(Problem) {
        let writer = try WorkbookWriter(path, replacing: replacing)
        try writer.beginSheet(words.variables)
        try writeVariables(writer)
        try writer.beginSheet(words.answers)
        try writeAnswers(writer)
        try writer.beginSheet(words.missing)
        try writeMissing(writer)
        if !content.sets.isEmpty {
            try writer.beginSheet(words.sets)
            try writeSets(writer)
        }
        try writer.beginSheet(words.source)
        try writeSource(writer)
        try writer.finish()
    }

    private func head(_ names: [String], _ writer: WorkbookWriter) throws(Problem) {
        try writer.append(names.map { .heading($0) })
        writer.freezeHeader()
    }

    private var labelHeads: [String] {
        languages.isEmpty ? [words.label] : languages.map { "\(words.label) (\($0.rawValue))" }
    }

    private func labels(_ text: LocalizedText) -> [WorkbookWriter.Cell] {
        languages.isEmpty ? [.empty] : languages.map { cell(text[$0] ?? "") }
    }

    /// A text of the data; what is longer than a cell may be ends with three dots.
    private func cell(_ text: String) -> WorkbookWriter.Cell {
        guard text.utf16.count > WorkbookWriter.textLimit else { return .text(text) }
        var short = text
        while short.utf16.count >= WorkbookWriter.textLimit { short = String(short.dropLast(1 + short.count / 64)) }
        return .text(short + "…")
    }

    private func count(_ value: Int?) -> WorkbookWriter.Cell { value.map { .number(Double($0)) } ?? .empty }

    private func percent(_ part: Double?, of whole: Double?) -> WorkbookWriter.Cell {
        guard let part, let whole, whole > 0, (part / whole).isFinite else { return .empty }
        return .number(part / whole * 100)
    }

    private func writeVariables(_ writer: WorkbookWriter) throws(Problem) {
        try head(
            [words.variable] + labelHeads + [
                words.type, words.measure, words.format, words.count, words.missing, words.least, words.greatest,
            ], writer)
        for variable in content.variables {
            let missing = variable.count.map { _ in variable.gaps.reduce(0) { $0 + ($1.count ?? 0) } }
            try writer.append(
                [cell(variable.name)] + labels(variable.label) + [
                    cell(words.type(variable.type)), cell(variable.measure.map(words.measure) ?? ""),
                    cell(variable.format ?? ""), count(variable.count), count(missing),
                    number(variable.range?.least), number(variable.range?.greatest),
                ])
        }
    }

    /// A number of the file as a number, a date as a text.
    private func number(_ text: String?) -> WorkbookWriter.Cell {
        guard let text else { return .empty }
        return Double(text).flatMap { $0.isFinite ? .number($0) : nil } ?? cell(text)
    }

    private func writeAnswers(_ writer: WorkbookWriter) throws(Problem) {
        try head(
            [words.variable, words.code] + labelHeads + [words.count, words.percent]
                + (content.weight == nil ? [] : [words.weightedPercent]), writer)
        for variable in content.variables {
            for answer in variable.answers {
                try writer.append(
                    [cell(variable.name), cell(answer.code)] + labels(answer.label) + [
                        count(answer.count),
                        percent(answer.count.map(Double.init), of: variable.count.map(Double.init)),
                    ] + (content.weight == nil ? [] : [percent(answer.weight, of: variable.weight)]))
            }
        }
    }

    private func writeMissing(_ writer: WorkbookWriter) throws(Problem) {
        try head(
            [words.variable, words.kind, words.code] + labelHeads + [words.count, words.percent]
                + (content.weight == nil ? [] : [words.weightedPercent]), writer)
        for variable in content.variables {
            let rows = Double((variable.count ?? 0) + variable.gaps.reduce(0) { $0 + ($1.count ?? 0) })
            let weights = (variable.weight ?? 0) + variable.gaps.reduce(0) { $0 + ($1.weight ?? 0) }
            for gap in variable.gaps {
                // Rows are counted by kind: their number stands once, beside the first code.
                let codes = gap.codes.isEmpty ? [(code: "", label: LocalizedText.empty)] : gap.codes
                for (position, code) in codes.enumerated() {
                    let isFirst = position == 0
                    try writer.append(
                        [cell(variable.name), cell(words.kind(gap.kind)), cell(code.code)] + labels(code.label) + [
                            count(isFirst ? gap.count : nil),
                            percent(isFirst ? gap.count.map(Double.init) : nil, of: rows),
                        ] + (content.weight == nil ? [] : [percent(isFirst ? gap.weight : nil, of: weights)]))
                }
            }
        }
    }

    private func writeSets(_ writer: WorkbookWriter) throws(Problem) {
        try head([words.sets, words.variable] + labelHeads, writer)
        for set in content.sets {
            for variable in set.variables {
                try writer.append([cell(set.name), cell(variable)] + labels(set.label))
            }
        }
    }

    private func writeSource(_ writer: WorkbookWriter) throws(Problem) {
        try head([words.source, content.source], writer)
        for text in content.title.texts {
            try writer.append([cell("\(words.label) (\(text.language.rawValue))"), cell(text.text)])
        }
        if let rows = content.rowCount { try writer.append([cell(words.rows), count(rows)]) }
        try writer.append([cell(words.variables), count(content.variables.count)])
        if let weight = content.weight { try writer.append([cell(words.weight), cell(weight)]) }
        let base =
            content.weight.map { words.weightedBase.replacing("{1}", with: $0) } ?? words.plainBase
        try writer.append([cell(words.percent), cell(base)])
        for note in content.notes { try writer.append([cell(words.notes), cell(note)]) }
    }
}
