import Foundation
import SurveyData
import SurveyFormats
import SurveyImport
import SurveyProblems
import SurveySchema

/// Writes a text to a file and imports it into memory.
struct ImportCase {
    let report: ImportReport
    let table: Table
    let quarantined: [QuarantinedRow]

    /// Imports with the plan that `plan` makes of the columns of the file.
    init(
        _ text: String, window: Int = 1 << 18, options: ImportOptions = ImportOptions(),
        plan: ([String]) throws -> ImportPlan
    ) throws {
        try self.init(bytes: Array(text.utf8), window: window, options: options, plan: plan)
    }

    init(
        bytes: [UInt8], window: Int = 1 << 18, options: ImportOptions = ImportOptions(),
        exportOf questionnaire: Questionnaire? = nil, plan: ([String]) throws -> ImportPlan
    ) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("import-\(UUID().uuidString).csv").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        var reader = try FormatCatalog.open(path, options: FormatOptions(window: window))
        if let match = questionnaire.flatMap({ ExportColumns($0, columns: reader.columns) }) {
            reader = ExportReader(reader, match)
        }
        try self.init(reader, options: options, plan: plan)
    }

    /// Imports a workbook that is there.
    init(workbook path: String, plan: ([String]) throws -> ImportPlan) throws {
        try self.init(try FormatCatalog.open(path), options: ImportOptions(), plan: plan)
    }

    private init(
        _ reader: any FormatReader, options: ImportOptions, plan: ([String]) throws -> ImportPlan
    ) throws {
        var sink = InMemorySink()
        report = try Importer(try plan(reader.columns), options: options).run(reader, into: &sink)
        table = sink.takeTable(of: report)
        quarantined = sink.quarantined
    }

    /// The values of a column as text; missing ones as `<kind>`.
    func shown(_ name: String) throws -> [String] {
        let column = try table.column(name)
        return (0..<column.rowCount).map { row in
            if let kind = column.missing(at: row) { return "<\(kind.name)>" }
            switch column.values {
            case .bytes(let bytes):
                return column.kind == .item || column.kind == .set
                    ? String(bytes[row]) : column.dictionary[Int(bytes[row])]
            case .words(let words): return column.dictionary[Int(words[row])]
            case .indexes(let indexes): return column.dictionary[Int(indexes[row])]
            case .numbers(let numbers, _):
                return column.kind == .date
                    ? CalendarDate(days: Int(numbers[row])).description : JSONText.shortest(numbers[row])
            }
        }
    }

    /// Each finding as code, rows and column.
    var findings: [String] {
        report.findings.map { finding in
            let rows = finding.place.rows.map(String.init).joined(separator: ",")
            let total = finding.place.rowsTotal.map { " of \($0)" } ?? ""
            return "\(finding.code) \(finding.place.column ?? "-") \(rows)\(total)"
        }
    }
}

extension Questionnaire {
    /// A questionnaire from its questions, written as YAML without the head.
    init(yaml: String) throws {
        let head = """
            saual: questionnaire/1
            id: test
            version: "1"
            title: {en: Test}
            languages: [en]

            """
        try self.init(source: Array((head + yaml).utf8), file: "test.yaml")
    }
}
