import Foundation
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyFormats

struct PORWriterTests {
    @Test func `a file of PSPP is the same after a way through our writer`() throws {
        let source = DescribedFile(reference: "sets.por")
        var codebook = try #require(source.codebook)
        codebook.label = LocalizedText([(.undetermined, "Files of the field")])
        let (file, report) = try WrittenFile.written(codebook, source.cells, as: "por")
        #expect(file.problem == nil)
        #expect(file.cells == source.cells)
        #expect(file.columns == source.columns)
        #expect(report.losses.isEmpty && report.renamed.isEmpty)
        let found = try #require(file.codebook)
        #expect(found.label == codebook.label)
        #expect(found.notes == codebook.notes)
        #expect(found.weight == "W")
        for (before, after) in zip(codebook.variables, found.variables) {
            #expect(after.label == before.label && after.missing == before.missing)
            #expect(after.labels.map(\.code) == before.labels.map(\.code))
            #expect(after.format == before.format && after.width == before.width)
        }
    }

    @Test func `every line has eighty characters and the last ends in Z`() throws {
        let source = DescribedFile(reference: "sets.por")
        let file = try TemporaryFile([], name: "out.por")
        try WrittenFile.write(try #require(source.codebook), source.cells, to: file.path)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.last == "")
        #expect(lines.dropLast().allSatisfy { $0.utf8.count == 80 })
        #expect(lines.dropLast().last?.hasSuffix("Z") == true)
    }

    @Test func `what the format has no place for is told`() throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.label = LocalizedText([(.undetermined, "A title of more than twenty characters")])
        var name = FileVariable(name: "Respondent_name", content: .text)
        name.measure = .nominal
        name.attributes = [("Source", ["x"])]
        var trust = FileVariable(name: "q1", content: .number)
        trust.label = LocalizedText([(.kazakh, "Сенім"), (.english, "Trust\nin courts")])
        codebook.variables = [name, trust]
        codebook.sets = [
            FileResponseSet(name: "$s", label: .empty, kind: .categories, variables: ["q1"])
        ]
        codebook.weight = "Respondent_name"
        let rows = [["Әсел\nҒ.", "1"], ["Asel", "1234567890.0123458"]]
        let (file, report) = try WrittenFile.written(codebook, rows, as: "por")
        #expect(file.columns == ["RESPONDE", "Q1"])
        #expect(report.renamed.map(\.written) == ["RESPONDE", "Q1"])
        #expect(file.cells == [["Әсел Ғ.", "1"], ["Asel", "1234567890.0123458"]])
        let losses = report.losses.map { ($0.code, $0.place.column ?? "", $0.what.values.last ?? "") }
        for (column, property) in [
            ("*", "measure"), ("*", "attributes"), ("$s", "$s"), ("Respondent_name", "weight"),
            ("Respondent_name", "line break"), ("*", "A title of more than twenty characters"), ("q1", "line break"),
        ] {
            #expect(losses.contains { $0 == "formats.not-held" && $1 == column && $2 == property }, "\(property)")
        }
        #expect(losses.contains { code, _, _ in code == "formats.beyond-portable" })
    }

    @Test func `a text of more than 255 bytes is refused`() throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.variables = [FileVariable(name: "essay", content: .text)]
        #expect(try WrittenFile.written(codebook, [[String(repeating: "x", count: 255)]], as: "por").0.problem == nil)
        let problem = #expect(throws: Problem.self) {
            try WrittenFile.written(codebook, [[String(repeating: "x", count: 256)]], as: "por")
        }
        #expect(problem?.code == "formats.cannot-hold")
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pspp")))
    func `PSPP reads what was written`() throws {
        let source = DescribedFile(reference: "sets.por")
        let file = try TemporaryFile([], name: "out.por")
        try WrittenFile.write(try #require(source.codebook), source.cells, to: file.path)
        let back = (file.path as NSString).deletingLastPathComponent + "/back.sav"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/pspp")
        process.arguments = ["-o", "/dev/null", "-"]
        let input = Pipe()
        process.standardInput = input
        process.standardError = FileHandle.nullDevice
        try process.run()
        input.fileHandleForWriting.write(Data("IMPORT FILE='\(file.path)'.\nSAVE OUTFILE='\(back)'.\n".utf8))
        input.fileHandleForWriting.closeFile()
        process.waitUntilExit()
        let read = DescribedFile(path: back)
        #expect(read.problem == nil)
        #expect(read.columns == source.columns)
        #expect(read.cells == source.cells)
        #expect(read.codebook?.weight == "W")
        #expect(read.variable("W")?.missing == source.variable("W")?.missing)
        #expect(read.variable("M2")?.labels.map(\.code) == ["0", "1", "9"])
    }
}
