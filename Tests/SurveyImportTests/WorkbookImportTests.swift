import Foundation
import SurveyData
import SurveyFormats
import SurveyImport
import SurveyProblems
import SurveySchema
import Testing

struct WorkbookImportTests {
    @Test func `a wave in a workbook is the same as in CSV`() throws {
        let questionnaire = try Questionnaire(
            yaml: """
                missing: {-1: {kind: refused, label: {en: Refused}}}
                questions:
                  - {id: region, text: {en: Region}, type: region, answers: {"07": {en: West}, "71": {en: Astana}}}
                  - {id: age, text: {en: Age}, type: number, range: [18, 110], missing: [-1]}
                  - {id: spend, text: {en: Spend}, type: money}
                  - {id: day, text: {en: Day}, type: date}
                  - {id: note, text: {en: Note}, type: text}
                  - {id: chan, text: {en: Channels}, type: multiple, answers: {1: {en: Phone}, 2: {en: Web}}}

                """)
        let header = ["region", "age", "spend", "day", "note", "chan_1", "chan_2"]
        let rows: [[WorkbookWriter.Cell]] = [
            [.text("07"), .number(34), .number(12.5), .date(20_000), .text("ә, \"x\""), .number(1), .number(0)],
            [.number(71), .number(-1), .number(0.1), .date(10), .text("=1+1"), .number(0), .number(0)],
            [.text("99"), .empty, .empty, .empty, .empty, .empty, .empty],
        ]
        let csv =
            header.joined(separator: ",")
            + "\n07,34,12.5,2024-10-04,\"ә, \"\"x\"\"\",1,0\n71,-1,0.1,1970-01-11,=1+1,0,0\n99,,,,,,\n"
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("w-\(UUID().uuidString).xlsx").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let writer = try WorkbookWriter(path, replacing: false)
        try writer.beginSheet("Data")
        try writer.append(header.map { .heading($0) })
        for row in rows { try writer.append(row) }
        try writer.finish()
        let one = try ImportCase(csv) { try ImportPlan(questionnaire, columns: $0) }
        let other = try ImportCase(workbook: path) { try ImportPlan(questionnaire, columns: $0) }
        #expect(other.findings == one.findings)
        for column in ["region", "age", "spend", "day", "note", "chan", "chan[1]", "chan[2]"] {
            #expect(try other.shown(column) == one.shown(column), "\(column)")
        }
        #expect(other.findings.count == 1 && other.findings[0].hasPrefix("import.unknown-code region 3"))
    }
}
