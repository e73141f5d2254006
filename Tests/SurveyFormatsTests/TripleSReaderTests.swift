import Foundation
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyFormats

struct TripleSReaderTests {
    /// A survey with a variable of each type, after the rules of the standard (version 2.0.002).
    static func metadata(_ format: String = "fixed", _ record: String = "", type: String = "") -> String {
        func position(_ start: Int, _ finish: Int, field: Int) -> String {
            format == "csv" ? "<position start=\"\(field)\"/>" : "<position start=\"\(start)\" finish=\"\(finish)\"/>"
        }
        return """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            \(type)
            <sss version="2.0" languages="en kk" modes="interview analysis">
              <date>21 November 2026</date>
              <survey><name>MUSEUM</name><title>Museum<br/>second wave</title>
              <record ident="M" format="\(format)" \(record)>
                <variable ident="1" type="quantity" use="serial"><name>ID</name><label>Number</label>\(position(1, 4, field: 1))
                  <values><range from="0001" to="9999"/></values></variable>
                <variable ident="2" type="date"><name>day</name><label>Day</label>\(position(5, 12, field: 2))</variable>
                <variable ident="3" type="time"><name>hour</name><label>Time</label>\(position(13, 18, field: 3))</variable>
                <variable ident="4" type="single"><name>Q1</name>
                  <label>Was here before
                    <text xml:lang="kk">Kelgen be é</text><text mode="interview">Have you been here?</text></label>
                  \(position(19, 20, field: 4))
                  <values><value code="0">No</value><value code="01" score="2.5">Yes</value></values></variable>
                <variable ident="5" type="multiple"><name>Q2</name><label>Seen</label>\(position(21, 25, field: 5))
                  <values><value code="1">Hall</value><value code="2">Tower</value><value code="5">Other</value></values></variable>
                <variable ident="6" type="multiple"><name>Q3</name><label>Liked</label>\(position(26, 29, field: 6))
                  <spread subfields="2" width="2"/>
                  <values><value code="1">Hall</value><value code="12">Tower</value></values></variable>
                <variable ident="7" type="character"><name>Q4</name><label>Words</label>\(position(30, 39, field: 7))<size>8</size></variable>
                <variable ident="8" type="logical"><name>Q5</name><label>Again</label>\(position(40, 40, field: 8))</variable>
                <variable ident="9" type="single" format="literal"><name>Q6</name><label>When</label>\(position(41, 41, field: 9))
                  <filter>Q5</filter><values><value code="A">Soon</value><value code="B">Later</value></values></variable>
                <variable ident="10" type="quantity" use="weight"><name>WT</name><label>Weight</label>\(position(42, 48, field: 10))
                  <values><range from="0.0000" to="99.9999"/></values></variable>
              </record></survey>
            </sss>
            """
    }

    private static let fixed = """
        000120230504112000 11100101 2Caf\u{E9} x    1A 1.2500
        000220230505      01000000000          0         
        00031899123123595900
        0004202302301234560710001 112\u{22}q\u{22},r     9C-0.5
        """

    private static let csv = """
        ID,day,hour,Q1,Q2,Q3,Q4,Q5,Q6,WT
        0001,20230504,112000,1,"11001","01 2",  Caf\u{E9} x ,1,A,1.2500
        2, 20230505 ,,01,"00000",0000,,0,,
        3,18991231,235959,00,,,,,,
        4,20230230,123456,07,10001,112,"\"\"q\"\",r",9,C,-0.5
        """

    static let cells = [
        ["1", "2023-05-04", "11:20:00", "1", "1", "1", "1", "1", "2", "Café x", "1", "A", "1.25"],
        ["2", "2023-05-05", "", "1", "0", "0", "0", "", "", "", "0", "", ""],
        ["3", "1899-12-31", "23:59:59", "0", "", "", "", "", "", "", "", "", ""],
        ["4", "20230230", "12:34:56", "7", "1", "0", "1", "1", "12", "\"q\",r", "9", "C", "-0.5"],
    ]

    /// A survey of two files.
    static func read(
        _ metadata: String, _ data: String?, ending: String = "asc", name: String = "survey.sss",
        encoding: String.Encoding = .isoLatin1, options: FormatOptions = FormatOptions()
    ) throws -> DescribedFile {
        let file = try TemporaryFile(Array(try #require(metadata.data(using: .isoLatin1))), name: name)
        if let data {
            let path = (file.path as NSString).deletingPathExtension + "." + ending
            try #require(data.data(using: encoding)).write(to: URL(fileURLWithPath: path))
        }
        return DescribedFile(path: file.path, options)
    }

    @Test func `fields at fixed places become cells`() throws {
        let file = try Self.read(Self.metadata(), Self.fixed)
        #expect(file.problem == nil)
        #expect(
            file.columns == [
                "ID", "day", "hour", "Q1", "Q2_1", "Q2_2", "Q2_5", "Q3_1", "Q3_2", "Q4", "Q5", "Q6", "WT",
            ])
        #expect(file.cells.count == 4)
        for (found, expected) in zip(file.cells, Self.cells) { #expect(found == expected) }
    }

    @Test func `delimited data give the same cells`() throws {
        let file = try Self.read(Self.metadata("csv", "skip=\"1\""), Self.csv, ending: "csv")
        #expect(file.problem == nil)
        #expect(file.cells.count == 4)
        for (found, expected) in zip(file.cells, Self.cells) { #expect(found == expected) }
    }

    @Test func `literal codes one after the other stay as they are`() throws {
        let metadata = { (format: String, position: String) in
            "<sss version=\"2.0\"><survey><record ident=\"A\" format=\"\(format)\"><variable ident=\"1\" type=\"multiple\""
                + " format=\"literal\"><name>q</name><label>L</label>\(position)<spread subfields=\"2\" width=\"2\"/>"
                + "<values><value code=\"01\">a</value><value code=\"b\">b</value><value code=\"00\">c</value></values>"
                + "</variable></record></survey></sss>"
        }
        let cells = [["01", "b"], ["b", ""], ["00", "01"], ["", ""]]
        let fixed = try Self.read(metadata("fixed", "<position start=\"1\" finish=\"4\"/>"), "01b \nb   \n0001\n    \n")
        #expect(fixed.cells == cells)
        #expect(fixed.variable("q_1")?.content == .text)
        #expect(fixed.variable("q_1")?.labels.map(\.code) == ["01", "b", "00"])
        let delimited = try Self.read(
            metadata("csv", "<position start=\"1\"/>"), "01b\nb\n0001\n\"    \"\n", ending: "csv")
        #expect(delimited.cells == cells)
    }

    @Test func `a question with several answers of which none is known stays one text`() throws {
        let metadata =
            "<sss version=\"2.0\"><survey><record ident=\"A\"><variable ident=\"1\" type=\"multiple\"><name>q</name>"
            + "<label>L</label><position start=\"1\" finish=\"4\"/></variable></record></survey></sss>"
        let file = try Self.read(metadata, "0101\n1\n")
        #expect(file.columns == ["q"] && file.cells == [["0101"], ["1"]])
        #expect(file.variable("q")?.content == .text && file.codebook?.sets.isEmpty == true)
    }

    @Test func `line ends of every kind end a record`() throws {
        for end in ["\r\n", "\n\r", "\r"] {
            let data = Self.fixed.replacingOccurrences(of: "\n", with: end) + end
            #expect(try Self.read(Self.metadata(), data).cells == Self.cells)
        }
    }

    @Test func `labels, languages, sets, weight and what no other field has are kept`() throws {
        let file = try Self.read(Self.metadata(), Self.fixed, name: "survey.xml")
        let codebook = try #require(file.codebook)
        #expect(codebook.format == "triple-S 2.0")
        #expect(codebook.encoding == "iso-8859-1")
        #expect(codebook.label.text(in: .english) == "Museum second wave")
        #expect(codebook.weight == "WT")
        let before = try #require(file.variable("Q1"))
        #expect(before.label[.undetermined] == "Was here before")
        #expect(before.label[.kazakh] == "Kelgen be é")
        #expect(before.labels.map(\.code) == ["0", "1"])
        #expect(before.attributes.map(\.name) == ["label interview", "scores"])
        #expect(before.attributes.map(\.values) == [["Have you been here?"], ["1=2.5"]])
        #expect(codebook.sets.map(\.name) == ["Q2", "Q3"])
        #expect(codebook.sets.map(\.kind) == [.dichotomies, .categories])
        #expect(codebook.sets.map(\.variables) == [["Q2_1", "Q2_2", "Q2_5"], ["Q3_1", "Q3_2"]])
        #expect(codebook.sets[0].counted == "1")
        #expect(file.variable("Q2_5")?.label.text(in: .english) == "Other")
        #expect(file.variable("Q3_2")?.labels.map(\.code) == ["1", "12"])
        #expect(file.variable("Q6")?.content == .text)
        #expect(file.variable("Q6")?.attributes.first?.values == ["Q5"])
        #expect(file.variable("ID")?.attributes.first?.values == ["serial"])
    }

    @Test func `data in UTF-8 are read as that, and positions count characters`() throws {
        let line = "000120230504112000 11100101 2Әсел Ғ.   1A 1.2500\n"
        let file = try Self.read(Self.metadata(), line, encoding: .utf8)
        #expect(file.problem == nil)
        #expect(file.cells.first?[9] == "Әсел Ғ.")
        #expect(file.cells.first?[12] == "1.25")
        let named = try Self.read(
            Self.metadata(), "000120230504112000 11100101 2Привет    1A 1.2500\n", encoding: .windowsCP1251,
            options: FormatOptions(encoding: "cp1251"))
        #expect(named.cells.first?[9] == "Привет")
    }

    @Test func `a document type is not fetched, and one with entities is refused`() throws {
        let named =
            "<!DOCTYPE sss PUBLIC \"-//triple-s//DTD Survey Interchange v2.0//EN\" \"http://localhost/sss_v20.dtd\">"
        #expect(try Self.read(Self.metadata(type: named), Self.fixed).cells == Self.cells)
        for bomb in [
            "<!DOCTYPE sss [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;\">]>",
            "<!DOCTYPE sss [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE sss [<!ENTITY % a SYSTEM \"http://localhost/x\"> %a;]>",
        ] {
            #expect(try Self.read(Self.metadata(type: bomb), Self.fixed).problem?.code == "formats.document-type")
        }
        let used = Self.metadata(type: named).replacingOccurrences(of: "Museum", with: "&museum;")
        #expect(try Self.read(used, Self.fixed).problem?.code == "formats.document-type")
    }

    @Test func `what cannot be read is refused by name`() throws {
        let cases: [(String, String, String)] = [
            ("version=\"2.0\"", "version=\"9.0\"", "formats.unsupported-variant"),
            ("<survey>", "<hierarchy/><survey>", "formats.unsupported-variant"),
            ("type=\"date\"", "type=\"grid\"", "formats.wrong-definition"),
            ("start=\"5\"", "start=\"0\"", "formats.wrong-definition"),
            ("finish=\"12\"", "finish=\"4\"", "formats.wrong-definition"),
            ("finish=\"12\"", "finish=\"99999999999\"", "formats.wrong-definition"),
            ("width=\"2\"", "width=\"3\"", "formats.wrong-definition"),
            ("code=\"5\"", "code=\"x\"", "formats.wrong-definition"),
            ("code=\"5\"", "code=\"70000\"", "formats.wrong-definition"),
            ("<name>day", "<name>ID", "formats.duplicate-column"), ("<name>day", "<name>", "formats.unnamed-column"),
            ("format=\"fixed\"", "format=\"odd\"", "formats.wrong-definition"),
            ("ident=\"M\"", "ident=\"M\" href=\"../survey.asc\"", "formats.data-file-elsewhere"),
            ("ident=\"M\"", "ident=\"M\" href=\"/etc/passwd\"", "formats.data-file-elsewhere"),
            ("ident=\"M\"", "ident=\"M\" href=\"other.asc\"", "formats.no-data-file"),
            ("</sss>", "", "formats.wrong-xml"), ("sss", "codeBook", "formats.not-of-format"),
        ]
        for (old, new, code) in cases {
            let metadata = Self.metadata()
            let changed =
                old == "sss" ? metadata.replacingOccurrences(of: "sss", with: new) : metadata.replacingFirst(old, new)
            #expect(try Self.read(changed, Self.fixed).problem?.code == code, "\(old) → \(new)")
        }
        #expect(try Self.read(Self.metadata(), nil).problem?.code == "formats.no-data-file")
        let delimited = try Self.read(Self.metadata(), Self.fixed, options: FormatOptions(delimiter: ";"))
        #expect(delimited.problem?.code == "formats.option-not-for-format")
    }

    @Test func `a record with too few fields is set aside`() throws {
        let data = Self.csv + "\n5,20230505\n6,20230505,,1,\"00000\",,\"a\"b,,,\n7,20230505,,1,\"00000\",,,,,\n"
        let file = try TemporaryFile(
            Array(Self.metadata("csv", "skip=\"1\"").utf8), name: "survey.sss")
        let path = (file.path as NSString).deletingPathExtension + ".csv"
        try #require(data.data(using: .isoLatin1)).write(to: URL(fileURLWithPath: path))
        let read = ReadResult(path: file.path)
        #expect(read.problem == nil)
        #expect(read.rejected.map(\.code) == ["formats.ragged-row", "formats.ragged-row"])
        #expect(read.rejected.map(\.row) == [5, 6])
        #expect(read.rejected.map(\.line) == [6, 7])
        #expect(read.rows.map(\.number) == [1, 2, 3, 4, 7])
        #expect(read.rows.last?.line == 8)
    }

    @Test func `definitions and data that are cut off at any byte end in cells or in a problem`() throws {
        let bytes = Array(try #require(Self.metadata().data(using: .isoLatin1)))
        let file = try TemporaryFile([], name: "survey.sss")
        let data = (file.path as NSString).deletingPathExtension + ".asc"
        try #require(Self.fixed.data(using: .isoLatin1)).write(to: URL(fileURLWithPath: data))
        for length in 0..<bytes.count {
            try Data(bytes[..<length]).write(to: URL(fileURLWithPath: file.path))
            #expect(DescribedFile(path: file.path).problem != nil, "cut at \(length)")
        }
        try Data(bytes).write(to: URL(fileURLWithPath: file.path))
        let rows = Array(try #require(Self.fixed.data(using: .isoLatin1)))
        for length in 0..<rows.count {
            try Data(rows[..<length]).write(to: URL(fileURLWithPath: data))
            #expect(DescribedFile(path: file.path).problem == nil)
        }
    }

    @Test func `a definition that multiplies its data is bounded`() throws {
        let variables = (0..<3000).map {
            "<variable ident=\"\($0 + 1)\" type=\"character\"><name>v\($0)</name><label/><position start=\"1\" finish=\"1000000\"/>"
                + "<size>1000000</size></variable>"
        }
        let metadata =
            "<sss version=\"2.0\"><survey><record ident=\"A\">\(variables.joined())</record></survey></sss>"
        let file = try Self.read(metadata, String(repeating: "x", count: 1_000_000))
        #expect(file.problem?.code == "formats.row-too-large")
    }
}

extension String {
    fileprivate func replacingFirst(_ old: String, _ new: String) -> String {
        guard let range = range(of: old) else { return self }
        return replacingCharacters(in: range, with: new)
    }
}
