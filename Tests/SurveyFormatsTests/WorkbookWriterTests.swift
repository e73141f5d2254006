import Foundation
import SurveyProblems
import Testing

@testable import SurveyFormats

struct WorkbookWriterTests {
    private func written(_ rows: [[WorkbookWriter.Cell]]) throws -> (path: TemporaryFile, result: ReadResult) {
        let file = try TemporaryFile([], name: "out.xlsx")
        let writer = try WorkbookWriter(file.path, replacing: true)
        try writer.beginSheet("Data")
        for row in rows { try writer.append(row) }
        try writer.finish()
        return (file, ReadResult(path: file.path))
    }

    @Test func `what is written is read back`() throws {
        let texts = [
            "=HYPERLINK(\"http://x\")", "+1", "@x", "қазақша ә 😀", " spaces ", "a\nb", "_x0041_", "<b>&amp;\"", "-5",
            "007",
            "tab\there", "cr\rlf", String(repeating: "я", count: 32_767),
        ]
        let rows: [[WorkbookWriter.Cell]] =
            [[.heading("text"), .heading("number"), .heading("date")]]
            + texts.map { [.text($0), .number(0.1), .date(20_000)] }
        let (file, result) = try written(
            rows + [[.empty, .number(-1.5), .date(-40_000)], [.text(""), .number(1e300)]])
        #expect(result.problem == nil)
        #expect(result.columns == ["text", "number", "date"])
        #expect(result.cells.map { $0[0] } == texts + ["", ""])
        #expect(result.cells.prefix(texts.count).allSatisfy { $0[1] == "0.1" && $0[2] == "2024-10-04" })
        #expect(result.cells.suffix(2) == [["", "-1.5", "1860-06-26"], ["", "1e+300", ""]])
        withExtendedLifetime(file) {}
    }

    @Test func `the same cells give the same bytes`() throws {
        let rows: [[WorkbookWriter.Cell]] = [[.heading("a")], [.number(1)], [.text("x")]]
        let files = [try written(rows).path, try written(rows).path]
        let bytes = try files.map { try Data(contentsOf: URL(fileURLWithPath: $0.path)) }
        #expect(bytes[0] == bytes[1])
        withExtendedLifetime(files) {}
    }

    @Test func `texts beyond a cell, existing files and folders are refused`() throws {
        #expect(throws: Problem.self) { try written([[.text(String(repeating: "x", count: 32_768))]]) }
        let file = try TemporaryFile([1], name: "there.xlsx")
        #expect(throws: Problem.self) { try WorkbookWriter(file.path, replacing: false) }
        #expect(throws: Problem.self) { try WorkbookWriter("/tmp", replacing: true) }
        #expect(throws: Problem.self) { try WorkbookWriter("/nowhere/x.xlsx", replacing: true) }
        let wrong = try WorkbookWriter(file.path, replacing: true)
        #expect(throws: Problem.self) { try wrong.beginSheet("") }
    }
}
