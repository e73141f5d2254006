import Foundation
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyFormats

struct PORReaderTests {
    @Test func `a file of PSPP gives cells, labels, missing values, weight and notes`() throws {
        let file = DescribedFile(reference: "sets.por")
        #expect(file.problem == nil)
        #expect(file.columns == ["ID", "M1", "M2", "W", "X", "S", "D", "T", "G", "E"])
        #expect(
            file.cells.map { Array($0.prefix(9)) } == [
                ["1", "1", "0", "0.5", "1", "hello", "2020-01-01", "10:20:30", "a"],
                ["2", "0", "9", "1.5", "-2", "bye", "1960-02-05", "26:00:00", "bc"],
                ["3", "", "1", "-2.1", "7", "", "", "", ""],
            ])
        #expect(file.cells.map { $0[9] }.suffix(2) == ["123456789012.25", "0.1"])
        let codebook = try #require(file.codebook)
        #expect(codebook.format == "SPSS Portable")
        #expect(codebook.weight == "W")
        #expect(codebook.notes == ["DOCUMENT one line", " two lines.", "   (Entered 21 Nov 2026)"])
        #expect(file.variable("M1")?.label.text(in: .english) == "Radio")
        #expect(file.variable("M2")?.label.text(in: .english) == "TV < 2")
        #expect(file.variable("M2")?.labels.map(\.code) == ["0", "1", "9"])
        #expect(file.variable("X")?.labels.map(\.code) == ["-2", "1.5"])
        #expect(file.variable("G")?.labels.map(\.code) == ["a", "bc"])
        #expect(file.variable("M2")?.missing == [.code("9")])
        #expect(file.variable("W")?.missing == [.range(least: nil, greatest: -1), .code("99")])
        // PSPP 1.6.2 writes HIGHEST in the place of the 7 in "7 THRU HI": nothing can be told but that.
        #expect(file.variable("X")?.missing == [])
        #expect(codebook.cautions.map(\.code) == ["formats.range-lost"])
        #expect(codebook.cautions.first?.place.column == "X")
        #expect(file.variable("E")?.missing == [.range(least: 1, greatest: 2)])
        #expect(file.variable("G")?.missing == [.code("bc")])
        #expect(file.variable("S")?.width == 200)
        #expect(file.variable("D")?.format == "DATE11")
        #expect(file.variable("E")?.format == "E12.4")
        #expect(file.seen == (try DescribedFile.bytes("sets.por").count))
    }

    @Test func `a file of ReadStat gives its cells and its title`() throws {
        let file = DescribedFile(reference: "plain.por")
        #expect(file.problem == nil)
        #expect(file.codebook?.label.text(in: .english) == "Test")
        #expect(file.columns == ["ID", "AGE", "Q1", "NAME", "BORN", "AT", "SMALL", "NEG"])
        #expect(file.cells[0] == ["1", "18", "1", "Asel", "1950-02-28", "2023-05-01T12:30:15", "a", "-1.5"])
        #expect(file.cells[1].prefix(7) == ["2", "35.5", "2", "Ivan", "2000-01-01", "1899-01-01T00:00:00", "bc"])
        #expect(file.cells[2] == ["3", "", "8", "", "", "", "", "123456789012.25"])
        #expect(file.cells[3][3] == String(repeating: "x", count: 240))
        #expect(file.cells[3][7] == "0.1")
        #expect(file.variable("Q1")?.label.text(in: .english) == "Trust")
    }

    /// The bytes of a file of PSPP in other line ends or characters.
    private static func changed(_ change: ([UInt8]) -> [UInt8]) throws -> DescribedFile {
        try DescribedFile(change(try DescribedFile.bytes("sets.por")), name: "x.por")
    }

    @Test func `line ends of every system are read, and lines without the spaces at their end`() throws {
        let cells = DescribedFile(reference: "sets.por").cells
        #expect(try Self.changed { $0.filter { $0 != 0x0D } }.cells == cells)
        #expect(try Self.changed { $0.filter { $0 != 0x0D && $0 != 0x0A } }.cells == cells)
        let trimmed = try Self.changed { bytes in
            let text = String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                String(line.reversed().drop { $0 == " " }.reversed())
            }
            return Array(lines.joined(separator: "\n").utf8)
        }
        #expect(trimmed.problem == nil)
        #expect(trimmed.cells == cells)
    }

    @Test func `a file in the characters of another machine is read by its table`() throws {
        // A machine whose letters are those of ASCII with the highest bit set, as on Prime computers.
        let moved = try Self.changed { $0.filter { $0 != 0x0D && $0 != 0x0A }.map { $0 | 0x80 } }
        #expect(moved.problem == nil)
        #expect(moved.cells == DescribedFile(reference: "sets.por").cells)
        #expect(moved.variable("M2")?.label.text(in: .english) == "TV < 2")
    }

    @Test func `letters of a code page need its name`() throws {
        // "hello" with letters of windows-1251: Сәлем has none there, Привет does.
        let place = Array("hello".utf8)
        func bytes() throws -> [UInt8] {
            var bytes = try DescribedFile.bytes("sets.por")
            let start = try #require(bytes.indices.first { bytes[$0...].starts(with: place) })
            bytes.replaceSubrange(start..<start + 5, with: [0xCF, 0xF0, 0xE8, 0xE2, 0xE5])
            return bytes
        }
        #expect(try DescribedFile(bytes(), name: "x.por").problem?.code == "formats.encoding-not-found")
        let file = try DescribedFile(bytes(), name: "x.por", FormatOptions(encoding: "cp1251"))
        #expect(file.problem == nil)
        #expect(file.cells.first?[5] == "Приве")
    }

    @Test func `what a file says of itself is held against what it has`() throws {
        func problem(_ old: String, _ new: String) throws -> String? {
            let text = String(
                decoding: try DescribedFile.bytes("sets.por").filter { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
            let changed = text.replacingOccurrences(of: old, with: new)
            #expect(changed != text)
            return try DescribedFile(Array(changed.utf8), name: "x.por").problem?.code
        }
        #expect(try problem("4A/", "4B/") == "formats.damaged")
        #expect(try problem("4A/", "49/") == "formats.damaged")
        #expect(try problem("SPSSPORTA", "SPSSPORTB") == "formats.unsupported-variant")
        #expect(try problem("SPSSPORTA", "SPSSPARTA") == "formats.not-of-format")
        #expect(try problem("61/W", "61/S") == "formats.damaged")
        #expect(try problem("61/W", "61/Q") == "formats.damaged")
        #expect(try problem("D1/2/M2", "D1/2/M9") == "formats.damaged")
        #expect(try problem("6K/hello", "TTTT/hello") == "formats.damaged")
        #expect(try problem("6K/hello", "6L/hello") == "formats.damaged")
        #expect(try problem("F1/1/0/", "F" + String(repeating: "1", count: 5000) + "/1/0/") == "formats.damaged")
        #expect(try problem("F1/1/0/", "FU/1/0/") == "formats.damaged")
        #expect(try problem("E3/", "EZ/") == "formats.damaged")
        #expect(try problem("E3/", "ETTTTTTTT/") == "formats.damaged")
    }

    @Test func `options of other formats are refused`() {
        let semicolon = DescribedFile(reference: "sets.por", FormatOptions(delimiter: ";"))
        #expect(semicolon.problem?.code == "formats.option-not-for-format")
        let wide = DescribedFile(reference: "sets.por", FormatOptions(encoding: "utf-16"))
        #expect(wide.problem?.code == "formats.unknown-encoding")
    }
}
