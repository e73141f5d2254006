import Foundation
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyFormats

/// One table of hard files and all formats: each comes back as it was, or the format's limit is named.
struct HardFileTests {
    @Test(arguments: HardFile.allCases, HardFile.formats)
    func `a file comes back as it was, or the limit of the format is named`(
        file: HardFile, ending: String
    ) throws {
        let codebook = file.codebook
        var rows = file.rows
        let target = try TemporaryFile([], name: "out.\(ending)")
        if let code = file.refusal(ending) {
            let problem = #expect(throws: Problem.self) { try WrittenFile.write(codebook, rows, to: target.path) }
            #expect(problem?.code == code)
            return
        }
        let report = try WrittenFile.write(codebook, rows, to: target.path)
        let found = DescribedFile(path: target.path)
        #expect(found.problem == nil)
        #expect(report.rowCount == rows.count)
        let names = Dictionary(uniqueKeysWithValues: report.renamed.map { ($0.name, $0.written) })
        #expect(found.columns == codebook.variables.map { names[$0.name] ?? $0.name })
        let losses = report.losses.compactMap { $0.what.values.last }
        for loss in file.losses(ending) { #expect(losses.contains(loss), "\(loss) of \(losses)") }
        if losses.contains("empty rows: 1") { rows.removeAll { $0.allSatisfy(\.isEmpty) } }
        #expect(found.cells.count == rows.count)
        // A number of a workbook may lose its last digit, which is told; all other cells are what they were.
        if losses.contains("17th digit") {
            for (before, after) in zip(rows, found.cells) {
                let (old, new) = (try #require(Double(before[0])), try #require(Double(after[0])))
                #expect(abs(new - old) <= abs(old) * 1e-15)
            }
        } else {
            #expect(found.cells == rows)
        }
        guard HardFile.describing.contains(ending) else { return }
        for (before, after) in zip(codebook.variables, found.codebook?.variables ?? []) {
            #expect(after.label == before.label)
            // Stata keeps no empty label, and labels of whole numbers alone.
            let kept = before.labels.filter {
                ending != "dta" || (!$0.label.isEmpty && !file.losses(ending).contains($0.code))
            }
            #expect(after.labels.map(\.code) == kept.map(\.code))
            #expect(after.labels.map(\.label) == kept.map(\.label))
            let isTold = ending == "sss" && [.dateTime, .time].contains(before.content)
            #expect(after.content == (isTold ? .text : before.content))
        }
    }

    @Test(arguments: [("xlsx", 16_385, "formats.sheet-full"), ("dta", 32_768, "formats.cannot-hold")])
    func `a column more than a format has is refused`(ending: String, count: Int, code: String) throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.variables = (0..<count).map { FileVariable(name: "v\($0)", content: .number) }
        let problem = #expect(throws: Problem.self) { try WrittenFile.written(codebook, [], as: ending) }
        #expect(problem?.code == code)
    }

    @Test(arguments: [("xlsx", "1.7e308"), ("sav", "-1.7976931348623157e308")])
    func `a number beyond those of a format is refused`(ending: String, number: String) throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.variables = [FileVariable(name: "x", content: .number)]
        let problem = #expect(throws: Problem.self) { try WrittenFile.written(codebook, [[number]], as: ending) }
        #expect(problem?.code == "formats.cannot-hold")
    }

    @Test(arguments: ["csv", "tsv", "sss"])
    func `a text that a spreadsheet would run gets an apostrophe`(ending: String) throws {
        var codebook = FileCodebook(format: "", encoding: "utf-8")
        codebook.variables = [FileVariable(name: "t", content: .text)]
        let (file, _) = try WrittenFile.written(codebook, [["=1+1"], ["@x"], ["a=b"]], as: ending)
        #expect(file.cells == [["'=1+1"], ["'@x"], ["a=b"]])
    }

    @Test func `binary values of Stata are left out and counted`() throws {
        var bytes = try DescribedFile.bytes("long-117.dta")
        let mark = Array("GSO".utf8)
        let starts = bytes.indices.filter { bytes[$0...].starts(with: mark) }
        // Behind the mark stand variable and row, four bytes each in version 117, then the type.
        for start in starts.prefix(2) { bytes[start + 11] = 129 }
        let file = try DescribedFile(bytes, name: "x.dta")
        #expect(file.problem == nil)
        #expect(file.codebook?.cautions.map(\.code) == ["formats.binary-texts"])
        #expect(file.codebook?.cautions.first?.what.values.last == "2")
        let whole = DescribedFile(reference: "long-117.dta")
        #expect(zip(file.cells, whole.cells).filter { $0 != $1 }.count == 2)
        #expect(file.cells.filter { $0[3].isEmpty }.count == whole.cells.filter { $0[3].isEmpty }.count + 2)
    }

    @Test(arguments: ["%tw", "%tm", "%tq", "%th", "%ty", "%tbnyse"])
    func `periods of Stata stay numbers with their format, and that is told`(format: String) throws {
        var codebook = FileCodebook(format: "Stata 118", encoding: "utf-8")
        var period = FileVariable(name: "period", content: .number)
        period.format = format
        codebook.variables = [period, FileVariable(name: "x", content: .number)]
        let (file, _) = try WrittenFile.written(codebook, [["-7", "1"], ["756", "2"]], as: "dta")
        #expect(file.cells == [["-7", "1"], ["756", "2"]])
        #expect(file.variable("period")?.format == format)
        #expect(file.codebook?.cautions.map(\.code) == ["formats.period-numbers"])
        #expect(file.codebook?.cautions.first?.place.column == "period")
    }
}
