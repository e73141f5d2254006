internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// What `saual convert` tells: how many rows, and what has another name or code in the new file.
struct ConversionOutput {
    let report: WritingReport
    let target: String

    var json: JSONText {
        .object([
            ("saual", .string("convert/1")), ("file", .string(target)), ("rows", .integer(report.rowCount)),
            (
                "renamed",
                .array(
                    report.renamed.map { .object([("name", .string($0.name)), ("written", .string($0.written))]) })
            ),
            (
                "recoded",
                .array(
                    report.recoded.map {
                        var fields: [(String, JSONText)] = [
                            ("code", .string($0.code)), ("written", .string($0.written)),
                        ]
                        if !$0.column.isEmpty { fields.insert(("variable", .string($0.column)), at: 0) }
                        return .object(fields)
                    })
            ),
        ])
    }

    func text(in language: Language) -> String {
        let words = ConversionOutput.words(in: language)
        var text = "\(Terminal.harmless(target)): \(words.rows) \(report.rowCount)\n"
        if !report.renamed.isEmpty {
            var table = TextTable([(words.name, .left), (words.written, .left)])
            for entry in report.renamed { table.append([entry.name, entry.written]) }
            text += "\n" + table.text
        }
        if !report.recoded.isEmpty {
            var table = TextTable([(words.name, .left), (words.code, .left), (words.written, .left)])
            for entry in report.recoded {
                table.append([entry.column.isEmpty ? words.all : entry.column, entry.code, entry.written])
            }
            text += "\n" + table.text
        }
        return text
    }

    private static func words(
        in language: Language
    ) -> (rows: String, name: String, written: String, code: String, all: String) {
        switch language {
        case .russian: ("строк", "переменная", "записана как", "код", "все")
        case .kazakh: ("жолдар", "айнымалы", "жазылуы", "код", "барлығы")
        default: ("rows", "variable", "written as", "code", "all")
        }
    }
}
