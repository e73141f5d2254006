import Foundation
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyFormats

struct TripleSWriterTests {
    private static func text(_ text: String) -> LocalizedText { LocalizedText([(.undetermined, text)]) }

    @Test func `a survey is the same after a way through our writer`() throws {
        let source = try TripleSReaderTests.read(
            TripleSReaderTests.metadata("csv", "skip=\"1\""),
            "h\n1,20230504,112000,1,\"11001\",\"0102\",Caf\u{E9},1,A,1.25\n2,,,0,,,,0,B,2.5\n", ending: "csv")
        let codebook = try #require(source.codebook)
        let (file, report) = try WrittenFile.written(codebook, source.cells, as: "sss")
        #expect(file.problem == nil)
        #expect(file.cells == source.cells)
        #expect(file.columns == source.columns)
        #expect(report.renamed.isEmpty)
        // A question whose codes stand one after the other is written column by column.
        #expect(report.losses.map { $0.what.values.last } == ["Q3", "attributes"])
        let found = try #require(file.codebook)
        #expect(found.label == codebook.label)
        #expect(found.weight == "WT")
        #expect(found.encoding == "iso-8859-1")
        #expect(found.sets.map(\.variables) == [["Q2_1", "Q2_2", "Q2_5"]])
        for (before, after) in zip(codebook.variables, found.variables) {
            #expect(after.label == before.label, "\(before.name)")
            #expect(after.content == before.content)
            #expect(after.labels.map(\.code) == before.labels.map(\.code))
        }
        #expect(file.variable("Q1")?.attributes.first { $0.name == "scores" }?.values == ["1=2.5"])
        #expect(file.variable("Q6")?.attributes.first?.values == ["Q5"])
        #expect(file.variable("Q5")?.format == "logical")
    }

    @Test func `numbers, negative and fractional codes, and letters for missing answers are kept`() throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.hasExtendedMissing = true
        var code = FileVariable(name: "code", content: .number)
        code.labels = [
            Answer(code: "-1", label: Self.text("No")), Answer(code: "0.5", label: Self.text("Half")),
            Answer(code: ".a", label: Self.text("Refused")),
        ]
        codebook.variables = [code, FileVariable(name: "number", content: .number)]
        let rows = [["-1", "1e-07"], ["0.5", "123456789012.25"], [".a", "1e+22"], ["", "-2.5e-300"]]
        let (file, report) = try WrittenFile.written(codebook, rows, as: "sss")
        #expect(file.problem == nil)
        #expect(report.recoded.map(\.code) == [".a"])
        #expect(file.cells.map { $0[0] } == ["-1", "0.5", "-1001", ""])
        #expect(file.cells.map { Double($0[1]) } == rows.map { Double($0[1]) })
        #expect(file.variable("code")?.labels.map(\.code) == ["-1", "0.5", "-1001"])
        #expect(file.variable("code")?.format == "quantity")
    }

    @Test func `labels in all languages are written, or one where it is asked for`() throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        var trust = FileVariable(name: "q1", content: .number)
        trust.label = LocalizedText([(.kazakh, "Сенім"), (.english, "Trust")])
        trust.labels = [Answer(code: "1", label: LocalizedText([(.kazakh, "Иә"), (.english, "Yes")]))]
        codebook.variables = [trust]
        let (file, _) = try WrittenFile.written(codebook, [["1"]], as: "sss")
        #expect(file.variable("q1")?.label[.kazakh] == "Сенім")
        #expect(file.variable("q1")?.label[.english] == "Trust")
        #expect(file.variable("q1")?.labels.first?.label[.kazakh] == "Иә")
        var table = WrittenFile.table(codebook, [["1"]])
        table.language = .kazakh
        let path = try TemporaryFile([], name: "kk.sss")
        _ = try FormatCatalog.write(table, to: path.path, replacing: true)
        #expect(try String(contentsOfFile: path.path, encoding: .utf8).contains("<label>Сенім</label>"))
        #expect(try !String(contentsOfFile: path.path, encoding: .utf8).contains("Trust"))
    }

    @Test func `what triple-S has no place for is told, and texts keep their letters`() throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.notes = ["x"]
        var q = FileVariable(name: "q 1", content: .number)
        q.missing = [.code("9")]
        q.measure = .nominal
        let names: [(String, FileVariable.Content)] = [("name", .text), ("at", .dateTime), ("lasted", .time)]
        codebook.variables = [q] + names.map { FileVariable(name: $0.0, content: $0.1) }
        codebook.sets = [
            FileResponseSet(name: "$m", label: .empty, kind: .dichotomies, variables: ["q 1"], counted: "1")
        ]
        let rows = [["9", "Әсел\n😀", "2023-05-01T12:30:15.5", "26:00:00"], ["1", " x ", "", ""]]
        let (file, report) = try WrittenFile.written(codebook, rows, as: "sss")
        #expect(file.problem == nil)
        #expect(file.codebook?.encoding == "utf-8")
        #expect(file.cells == [["9", "Әсел 😀", "2023-05-01T12:30:15.5", "26:00:00"], ["1", " x ", "", ""]])
        #expect(report.renamed.map(\.written) == ["q_1"])
        let losses = report.losses.map { $0.what.values.last ?? "" }
        for loss in ["missing", "measure", "notes", "$m", "date and time", "time", "line break"] {
            #expect(losses.contains(loss), "\(loss)")
        }
        #expect(report.losses.contains { $0.code == "formats.beyond-latin" })
    }

    @Test func `neither of the two files is replaced without being asked`() throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.variables = [FileVariable(name: "x", content: .number)]
        for ending in ["sss", "csv"] {
            let file = try TemporaryFile([0x61], name: "out.\(ending)")
            let target = (file.path as NSString).deletingPathExtension + ".sss"
            let problem = #expect(throws: Problem.self) {
                try FormatCatalog.write(WrittenFile.table(codebook, [["1"]]), to: target, replacing: false)
            }
            #expect(problem?.code == "problems.file-exists")
            #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == Data([0x61]))
        }
    }
}
