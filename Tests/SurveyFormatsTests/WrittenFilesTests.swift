import Foundation
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyFormats

struct WrittenFilesTests {
    /// Rows in memory.
    private final class Rows: RowFeed {
        let cells: [[UInt8]]
        let columns: Int
        var row = 0

        init(_ rows: [[String]]) {
            columns = rows.first?.count ?? 1
            cells = rows.flatMap { $0.map { Array($0.utf8) } }
        }

        func fill(_ batch: RawBatch) throws(Problem) -> Bool {
            let isFirst = row == 0 && !cells.isEmpty
            batch.fill(columns: columns, firstRow: 1, cells: isFirst ? cells : [])
            row += cells.count
            return isFirst
        }
    }

    private static func text(_ text: String) -> LocalizedText { LocalizedText([(.undetermined, text)]) }

    /// A table of what files find hard: scripts, long texts, dates before 1970, negative and fractional codes, labels
    /// that are equal or empty.
    private static func table(_ rows: [[String]]) -> OutgoingTable {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.label = text("Сұрақтар 😀")
        codebook.notes = ["бірінші", "вторая"]
        var number = FileVariable(name: "қабылдау", content: .number)
        number.label = text("Қалай қабылдайсыз?")
        number.labels = [
            Answer(code: "-1", label: text("Жоқ")), Answer(code: "1", label: text("Иә")),
            Answer(code: "2", label: text("Иә")), Answer(code: "98", label: text("Білмеймін")),
        ]
        number.missing = [.code("98"), .code("99")]
        number.measure = .ordinal
        let fraction = FileVariable(name: "share", content: .number)
        let name = FileVariable(name: "name", content: .text)
        let essay = FileVariable(name: "essay", content: .text)
        let born = FileVariable(name: "born", content: .date)
        let at = FileVariable(name: "at", content: .dateTime)
        let lasted = FileVariable(name: "lasted", content: .time)
        codebook.variables = [number, fraction, name, essay, born, at, lasted]
        return OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in Rows(rows) }
    }

    private static let rows = [
        [
            "1", "0.1", "Әсел Ғ.", String(repeating: "ұ", count: 16_383), "1931-01-02", "1899-12-31T23:59:59",
            "00:00:01",
        ],
        ["-1", "-2.5", "Иван 😀", "", "2024-02-29", "2023-05-01T12:30:15.5", "26:05:00"],
        ["", "123456789012.25", "a,\"b\"\nc", "z", "", "", ""],
        ["2", "1e-07", "", "=1+1", "1970-01-01", "1970-01-01T00:00:00", "23:59:59.25"],
    ]

    private static func written(_ table: OutgoingTable, _ ending: String) throws -> (DescribedFile, WritingReport) {
        let file = try TemporaryFile([], name: "out.\(ending)")
        let report = try FormatCatalog.write(table, to: file.path, replacing: true)
        return (DescribedFile(path: file.path), report)
    }

    @Test(arguments: ["sav", "zsav", "dta"])
    func `cells, labels and dates come back as they were written`(ending: String) throws {
        let (file, report) = try Self.written(Self.table(Self.rows), ending)
        #expect(file.problem == nil)
        #expect(file.cells == Self.rows)
        #expect(report.rowCount == 4)
        #expect(file.columns == ["қабылдау", "share", "name", "essay", "born", "at", "lasted"])
        let found = try #require(file.codebook)
        #expect(found.label == Self.text("Сұрақтар 😀"))
        #expect(found.notes == ["бірінші", "вторая"])
        #expect(found.variables.map(\.content) == [.number, .number, .text, .text, .date, .dateTime, .time])
        #expect(found.variables[0].label == Self.text("Қалай қабылдайсыз?"))
        #expect(
            found.variables[0].labels.map { $0.label.texts.map(\.text) } == [["Жоқ"], ["Иә"], ["Иә"], ["Білмеймін"]])
    }

    @Test func `SPSS keeps missing codes and measures`() throws {
        let (file, report) = try Self.written(Self.table(Self.rows), "sav")
        #expect(file.codebook?.variables[0].missing == [.code("98"), .code("99")])
        #expect(file.codebook?.variables[0].measure == .ordinal)
        #expect(report.losses.isEmpty)
    }

    @Test func `Stata turns missing codes into letters and says so`() throws {
        var rows = Self.rows
        rows[0][0] = "98"
        let (file, report) = try Self.written(Self.table(rows), "dta")
        #expect(file.cells[0][0] == ".a")
        #expect(report.recoded.map(\.code) == ["98", "99"])
        #expect(report.recoded.map(\.written) == [".a", ".b"])
        #expect(file.codebook?.variables[0].labels.last?.code == ".a")
        #expect(report.losses.map(\.code) == ["formats.not-held"])
    }

    @Test func `SPSS turns letters into numbers in one range`() throws {
        var codebook = FileCodebook(format: "Stata 118", encoding: "utf-8")
        codebook.hasExtendedMissing = true
        codebook.variables = [FileVariable(name: "x", content: .number)]
        let rows = ["1", ".a", ".b", ".c", ".d", ""].map { [$0] }
        let table = OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in Rows(rows) }
        let (file, report) = try Self.written(table, "sav")
        #expect(file.cells.map { $0[0] } == ["1", "-1001", "-1002", "-1003", "-1004", ""])
        #expect(file.codebook?.variables[0].missing == [.range(least: -1004, greatest: -1001)])
        #expect(report.recoded.count == 4)
    }

    @Test(arguments: ["sav", "zsav", "dta", "csv"])
    func `a table without rows and one of a single row are written`(ending: String) throws {
        for rows in [[], [Self.rows[0]]] {
            let (file, report) = try Self.written(Self.table(rows), ending)
            #expect(file.problem == nil)
            #expect(report.rowCount == rows.count)
            #expect(file.cells.count == rows.count)
        }
    }

    @Test func `names that a format does not allow get others, all different`() throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        let long = String(repeating: "a", count: 70)
        let names = ["q 1", "q_1", "Q_1", "with", "1st", long + "1", long + "2", "$x", "_y"]
        codebook.variables = names.map { FileVariable(name: $0, content: .number) }
        let table = OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in
            Rows([names.map { _ in "1" }])
        }
        for (ending, most) in [("sav", 64), ("dta", 32)] {
            let (file, report) = try Self.written(table, ending)
            #expect(file.problem == nil)
            #expect(Set(file.columns.map { $0.lowercased() }).count == names.count || ending == "dta")
            #expect(file.columns.allSatisfy { $0.utf8.count <= most })
            #expect(file.columns.contains("q_1"))
            for (name, written) in zip(names, file.columns) where name != written {
                #expect(report.renamed.contains { $0.name == name && $0.written == written })
            }
        }
    }

    @Test func `a text longer than SPSS allows is refused`() throws {
        var rows = Self.rows
        rows[0][3] = String(repeating: "x", count: 32_768)
        let problem = #expect(throws: Problem.self) { try Self.written(Self.table(rows), "sav") }
        #expect(problem?.code == "formats.cannot-hold")
        #expect(try Self.written(Self.table(rows), "dta").0.cells[0][3].utf8.count == 32_768)
    }

    @Test func `ten thousand columns are written and read`() throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.variables = (0..<10_000).map { FileVariable(name: "v\($0)", content: .number) }
        let row = (0..<10_000).map { String($0 % 300) }
        let table = OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in Rows([row, row]) }
        for ending in ["sav", "dta"] {
            let (file, _) = try Self.written(table, ending)
            #expect(file.problem == nil)
            #expect(file.cells == [row, row])
        }
    }

    @Test func `a text that a spreadsheet would run gets an apostrophe in CSV`() throws {
        let file = try TemporaryFile([], name: "out.csv")
        _ = try FormatCatalog.write(Self.table(Self.rows), to: file.path, replacing: true)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(text.contains(",'=1+1,"))
        #expect(text.contains("\n-1,-2.5,"))
        #expect(text.contains("\"a,\"\"b\"\"\nc\""))
    }

    @Test func `the same table gives the same bytes`() throws {
        for ending in ["sav", "zsav", "dta", "csv"] {
            let files = [try TemporaryFile([], name: "a.\(ending)"), try TemporaryFile([], name: "b.\(ending)")]
            for file in files { _ = try FormatCatalog.write(Self.table(Self.rows), to: file.path, replacing: true) }
            #expect(
                try Data(contentsOf: URL(fileURLWithPath: files[0].path))
                    == Data(contentsOf: URL(fileURLWithPath: files[1].path)))
        }
    }

    @Test func `sets of answers of all kinds are written for SPSS`() throws {
        let source = DescribedFile(reference: "sets.sav")
        let codebook = try #require(source.codebook)
        let table = OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in Rows(source.cells) }
        let (file, report) = try Self.written(table, "zsav")
        let found = try #require(file.codebook)
        #expect(file.cells == source.cells)
        #expect(found.sets.map(\.variables) == codebook.sets.map(\.variables))
        #expect(found.sets.map(\.labelsAreOfCounted) == [false, false, true])
        #expect(found.weight == "w")
        #expect(found.variables.map(\.format) == codebook.variables.map(\.format))
        #expect(found.variables.map(\.missing) == codebook.variables.map(\.missing))
        #expect(report.losses.isEmpty)
    }
}
