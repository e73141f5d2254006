import Foundation
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyFormats

struct DTAReaderTests {
    @Test func `a file of Stata 15 gives its cells and labels`() throws {
        let file = DescribedFile(reference: "stata15.dta")
        #expect(file.problem == nil)
        #expect(file.cells[0] == ["1", "18", "1", "Әсел", "1950-02-28", "2023-05-01T12:30:15", "a", "-1.5"])
        #expect(file.cells[2] == ["3", "", "8", "", "", "", "", "123456789012.25"])
        #expect(file.variable("q1")?.labels.map { $0.label.text(in: .english) } == ["Yes", "No"])
        #expect(file.variable("q1")?.label.text(in: .english) == "Trust")
        #expect(file.codebook?.format == "Stata 119")
        #expect(file.seen == (try DescribedFile.bytes("stata15.dta").count))
    }

    @Test func `a file of Stata 8 has fields at fixed places`() {
        let file = DescribedFile(reference: "stata8.dta")
        #expect(file.problem == nil)
        #expect(file.codebook?.format == "Stata 113")
        #expect(
            file.cells[1] == ["2", "35.5", "2", "Ivan", "2000-01-01", "1899-01-01T00:00:00", "bc", "1e-07"])
    }

    @Test(arguments: ["long-117.dta", "long-118-big.dta"])
    func `long texts behind the rows are found, in both byte orders`(name: String) {
        let file = DescribedFile(reference: name)
        #expect(file.problem == nil)
        #expect(file.cells.map { $0[3].prefix(4) }.suffix(2) == ["", "xxxx"])
        #expect(file.cells[2][5] == "123456789012.25")
    }

    @Test func `numbers from the first missing one on are missing values`() {
        #expect(DTAMissing.letter(int8: 100, extended: true) == nil)
        #expect(DTAMissing.letter(int8: 101, extended: true) == 0)
        #expect(DTAMissing.letter(int8: 127, extended: true) == 26)
        #expect(DTAMissing.letter(int16: 32_742, extended: true) == 1)
        #expect(DTAMissing.letter(int32: 2_147_483_647, extended: true) == 26)
        #expect(DTAMissing.letter(int8: 126, extended: false) == nil)
        #expect(DTAMissing.letter(int8: 127, extended: false) == 0)
        #expect(DTAMissing.letter(float: 0x1p127) == 0)
        #expect(DTAMissing.letter(float: Float(bitPattern: 0x7F00_0800)) == 1)
        #expect(DTAMissing.letter(double: DTAMissing.double(letter: 26)) == 26)
        #expect(DTAMissing.letter(double: 1e300) == nil)
    }

    @Test func `a file in two languages keeps the labels of both`() throws {
        // LAPOP Lab's own file, where it is at hand: labels in Spanish, English and Portuguese, texts in windows-1252.
        guard let path = ProcessInfo.processInfo.environment["SAUAL_LAPOP_FILE"] else { return }
        #expect(DescribedFile(path: path).problem?.code == "formats.encoding-unknown")
        let file = DescribedFile(path: path, FormatOptions(encoding: "cp1252"))
        #expect(file.problem == nil)
        #expect(file.cells.count == 1526)
        #expect(file.variable("ing4")?.label[Language(rawValue: "pt")] == "Apoio à democracia")
        #expect(file.variable("ing4")?.label[.english] == "Support for democracy")
    }
}
