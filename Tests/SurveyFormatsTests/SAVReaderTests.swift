import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyFormats

struct SAVReaderTests {
    private static let cells = [
        ["1", "18", "1", "Әсел", "1950-02-28", "2023-05-01T12:30:15", "a", "-1.5"],
        ["2", "35.5", "2", "Иван 😀", "2000-01-01", "1899-01-01T00:00:00", "bc", "1e-07"],
        ["3", "", "8", "", "", "", "", "123456789012.25"],
        ["4", "99", "9", String(repeating: "x", count: 300), "1969-12-31", "2024-02-29T23:59:59", "é", "0.1"],
    ]

    @Test(arguments: ["plain.sav", "rows.sav", "blocks.zsav"])
    func `files of pyreadstat give their cells, in whatever way they are compressed`(name: String) throws {
        let file = DescribedFile(reference: name)
        #expect(file.problem == nil)
        #expect(file.columns == ["ID", "Жасы_long_variable_name", "q1", "name", "born", "at", "small", "neg"])
        #expect(file.cells == Self.cells)
        #expect(file.seen == (try DescribedFile.bytes(name).count))
    }

    @Test func `labels, missing values, measures and formats are kept`() throws {
        let file = DescribedFile(reference: "plain.sav")
        let codebook = try #require(file.codebook)
        #expect(codebook.label.text(in: .kazakh) == "Сынақ файлы")
        #expect(codebook.encoding == "utf-8")
        #expect(codebook.rowCount == 4)
        let trust = try #require(file.variable("q1"))
        #expect(trust.label.text(in: .kazakh) == "Сенім")
        #expect(trust.labels.map(\.code) == ["1", "2", "8", "9"])
        #expect(trust.labels.map { $0.label.text(in: .kazakh) } == ["Иә", "Жоқ", "Hard to say", "Refused"])
        #expect(trust.missing == [.range(least: 8, greatest: 9)])
        #expect(trust.measure == .nominal)
        #expect(trust.format == "F8.2")
        #expect(file.variable("Жасы_long_variable_name")?.missing == [.code("99")])
        #expect(file.variable("name")?.width == 300)
        #expect(file.variable("born")?.content == .date)
        #expect(file.variable("at")?.content == .dateTime)
    }

    @Test(arguments: ["sets.sav", "sets.zsav", "sets-plain.sav"])
    func `files of PSPP give sets of all three kinds, weight, open ranges and attributes`(name: String) throws {
        let file = DescribedFile(reference: name)
        #expect(file.problem == nil)
        #expect(file.cells[1] == ["2", "0", "0", "1", "2", "9", "1.5", "bye", "1960-02-05", "26:00:00"])
        let codebook = try #require(file.codebook)
        #expect(codebook.weight == "w")
        #expect(codebook.label.text(in: .english) == "A title")
        #expect(codebook.sets.map(\.name) == ["$media", "$ch", "$ext"])
        #expect(codebook.sets.map(\.kind) == [.dichotomies, .categories, .dichotomies])
        #expect(codebook.sets.map(\.counted) == ["1", nil, "1"])
        #expect(codebook.sets.map(\.labelsAreOfCounted) == [false, false, true])
        #expect(codebook.sets.map(\.variables) == [["m1", "m2", "m3"], ["c1", "c2"], ["m1", "m2"]])
        #expect(file.variable("w")?.missing == [.range(least: nil, greatest: -1), .code("99")])
        #expect(file.variable("c1")?.measure == .ordinal)
        #expect(file.variable("m1")?.attributes.contains { $0.name == "Source" && $0.values == ["x y"] } == true)
    }

    @Test func `both byte orders give the same`() throws {
        for isBigEndian in [false, true] {
            let file = try DescribedFile(SAVBytes(isBigEndian: isBigEndian, code: 65_001).bytes, name: "x.sav")
            #expect(file.problem == nil)
            #expect(file.cells == [["7.25", "text"]])
            #expect(file.variable("V")?.label.text(in: .english) == "Label")
        }
    }

    // "Вопрос" in windows-1251.
    private static let cyrillic: [UInt8] = [0xC2, 0xEE, 0xEF, 0xF0, 0xEE, 0xF1]

    @Test func `texts in the code page that the file names are read`() throws {
        let label = Self.cyrillic + [0x20] + Self.cyrillic
        for file in [
            SAVBytes(code: 1251, label: label, text: Self.cyrillic),
            SAVBytes(encoding: "windows-1251", label: label, text: Self.cyrillic),
        ] {
            let read = try DescribedFile(file.bytes, name: "x.sav")
            #expect(read.cells == [["7.25", "Вопрос"]])
            #expect(read.variable("V")?.label.text(in: .russian) == "Вопрос Вопрос")
        }
    }

    @Test func `a file that names no encoding must be UTF-8, unless the option says which`() throws {
        let bytes = SAVBytes(label: Self.cyrillic, text: Self.cyrillic).bytes
        #expect(try DescribedFile(bytes, name: "x.sav").problem?.code == "formats.encoding-unknown")
        #expect(
            try DescribedFile(bytes, name: "x.sav", FormatOptions(encoding: "cp1251")).cells == [["7.25", "Вопрос"]])
    }

    @Test func `Cyrillic in a file that says it is western is caught`() throws {
        let label = Self.cyrillic + [0x20] + Self.cyrillic
        let bytes = SAVBytes(code: 1252, label: label).bytes
        let problem = try DescribedFile(bytes, name: "x.sav").problem
        #expect(problem?.code == "formats.doubtful-encoding")
        #expect(problem?.fix.description.contains("windows-1251") == true)
        #expect(try DescribedFile(bytes, name: "x.sav", FormatOptions(encoding: "cp1252")).problem == nil)
    }

    @Test func `UTF-8 in a file that names a code page is caught, and so is Latin-1 in one that says UTF-8`() throws {
        let label = Array("Сұрақтың мәтіні".utf8)
        #expect(
            try DescribedFile(SAVBytes(code: 1252, label: label).bytes, name: "x.sav").problem?.code
                == "formats.doubtful-encoding")
        let latin = SAVBytes(code: 65_001, text: [0x63, 0x61, 0x66, 0xE9, 0x73]).bytes
        let problem = try DescribedFile(latin, name: "x.sav").problem
        #expect(problem?.code == "formats.invalid-text")
        #expect(problem?.why.values == ["\(latin.count - 5)"])
    }

    @Test func `a character that the width of a field cuts off is left out`() throws {
        let file = try DescribedFile(
            SAVBytes(code: 65_001, text: Array("аааа".utf8).dropLast(1) + []).bytes, name: "x.sav")
        #expect(file.cells == [["7.25", "ааа"]])
    }

    @Test func `fewer or more rows than the header says is damage`() throws {
        #expect(try DescribedFile(SAVBytes(rowCount: 2).bytes, name: "x.sav").problem?.code == "formats.truncated")
        #expect(try DescribedFile(SAVBytes(rowCount: 0).bytes, name: "x.sav").problem?.code == "formats.damaged")
        #expect(try DescribedFile(SAVBytes(rowCount: -1).bytes, name: "x.sav").cells.count == 1)
    }

    @Test func `an option for delimited text is refused`() throws {
        let file = try DescribedFile(SAVBytes().bytes, name: "x.sav", FormatOptions(delimiter: ";"))
        #expect(file.problem?.code == "formats.option-not-for-format")
    }

    @Test func `another file under the name is told`() throws {
        let problem = try DescribedFile(Array("a,b\n1,2\n".utf8), name: "x.sav").problem
        #expect(problem?.code == "formats.not-of-format")
    }
}
