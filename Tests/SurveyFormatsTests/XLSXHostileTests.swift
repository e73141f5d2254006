import Foundation
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyFormats

struct XLSXHostileTests {
    private let small = WorkbookBytes(
        rows: row(1, "s:0", "i:b") + row(2, "1", "s:1") + row(3, "1:40000", "e:#DIV/0!"),
        texts: ["<t>a</t>", "<t>x</t>"],
        styles: "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>")

    private func code(_ zip: ZipBytes) throws -> String? {
        try ReadResult(zip.bytes, name: "x.xlsx").problem?.code
    }

    /// The workbook with one part's content changed.
    private func changed(_ name: String, _ change: (inout ZipBytes.Part) -> Void) throws -> ZipBytes {
        var zip = small.zip
        let position = try #require(zip.parts.firstIndex { $0.name == name })
        change(&zip.parts[position])
        return zip
    }

    @Test func `a workbook cut off anywhere is read to a clear end`() throws {
        let bytes = small.bytes
        for length in 0..<bytes.count {
            let problem = try #require(try ReadResult(Array(bytes.prefix(length)), name: "x.xlsx").problem)
            #expect(problem.kind == .input, "\(length) \(problem.code)")
        }
        #expect(try ReadResult(bytes, name: "x.xlsx").problem == nil)
    }

    @Test func `a changed byte never traps`() throws {
        let bytes = small.bytes
        var random = SeededGenerator(seed: 3)
        for position in bytes.indices {
            var changed = bytes
            changed[position] = UInt8.random(in: 0...255, using: &random)
            _ = try ReadResult(changed, name: "x.xlsx")
        }
    }

    @Test func `a sheet cut off anywhere is told with its part and offset`() throws {
        let name = "xl/worksheets/sheet0.xml"
        let whole = try #require(small.zip.parts.first { $0.name == name }).content
        for length in 0..<whole.count {
            let zip = try changed(name) { $0.content = Array(whole.prefix(length)) }
            let problem = try #require(try ReadResult(zip.bytes, name: "x.xlsx").problem)
            #expect(problem.place.detail == name, "\(length)")
            #expect(problem.code == "formats.wrong-xml" && problem.why.description.contains("byte offset"))
        }
    }

    @Test func `random XML in a sheet never traps, and no window changes the result`() throws {
        var random = SeededGenerator(seed: 11)
        let tokens = [
            "<row>", "</row>", "<c>", "</c>", "<v>", "</v>", "<c t=\"s\">", "<c r=\"B2\" s=\"1\">", "<is><t>",
            "</t></is>",
            "1", "0", "9999999999", "a", "<c t=\"inlineStr\">", "<row r=\"7\">", "<c r=\"XFE1\">", "<c r=\"A1\">",
            "&amp;",
            "<mergeCell ref=\"A1:B1\"/>", "<rPh>", "</rPh>", " ",
        ]
        for round in 0..<300 {
            var xml = round % 3 == 0 ? "" : row(1, "i:a", "i:b")
            for _ in 0..<Int.random(in: 0..<40, using: &random) {
                xml += tokens[Int.random(in: 0..<tokens.count, using: &random)]
            }
            let file = try TemporaryFile(
                WorkbookBytes(rows: xml, texts: ["<t>x</t>"], styles: small.styles).bytes, name: "x.xlsx")
            let whole = ReadResult(path: file.path)
            for window in [1, 5, 64] {
                #expect(ReadResult(path: file.path, FormatOptions(window: window)).cells == whole.cells, "\(round)")
            }
        }
    }

    @Test func `sizes that lie are found`() throws {
        let name = "xl/worksheets/sheet0.xml"
        let cases: [(ZipBytes, String)] = [
            (try changed(name) { $0.claimedSize = 1 << 30 }, "formats.zip-bomb"),
            (
                try changed(name) { $0.claimedSize = 40 },
                "formats.damaged-part formats.lying-length formats.damaged-archive"
            ),
            (
                try changed(name) { $0.claimedSize = 4000 },
                "formats.damaged-part formats.lying-length formats.damaged-archive"
            ),
            (
                try changed(name) { $0.claimedPackedSize = 1 << 29 },
                "formats.damaged-part formats.lying-length formats.damaged-archive"
            ),
            (try changed(name) { $0.method = 99 }, "formats.damaged-part formats.damaged-archive"),
            (try changed(name) { $0.method = 8 }, "formats.damaged-part formats.damaged-archive formats.lying-length"),
        ]
        for (zip, codes) in cases {
            let found = try code(zip) ?? ""
            #expect(codes.split(separator: " ").contains(Substring(found)), "\(found) not in \(codes)")
        }
        var many = small.zip
        many.claimedCount = 60_000
        #expect(try code(many) == "formats.too-many-parts")
    }

    @Test func `entities and document types are refused in every part`() throws {
        let bomb =
            "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
        for part in small.zip.parts.map(\.name) where !part.contains(".rels") {
            let zip = try changed(part) {
                let text = String(decoding: $0.content, as: UTF8.self).replacing("<?xml version=\"1.0\"?>", with: "")
                $0.content = Array((bomb + text).utf8)
            }
            #expect(try code(zip) == "formats.document-type", "\(part)")
        }
        let undeclared = try changed("xl/worksheets/sheet0.xml") {
            let text = String(decoding: $0.content, as: UTF8.self).replacing("<v>1</v>", with: "<v>&nbsp;</v>")
            $0.content = Array(text.utf8)
        }
        #expect(try code(undeclared) == "formats.wrong-xml")
    }

    @Test func `relations that lead in a circle or nowhere end`() throws {
        let links = "xl/_rels/workbook.xml.rels"
        for (target, expected) in [
            ("workbook.xml", "formats.missing-part"), ("../xl/_rels/workbook.xml.rels", "formats.missing-part"),
            ("nowhere.xml", "formats.missing-part"), ("../../../etc/passwd", "formats.missing-part"),
        ] {
            let zip = try changed(links) {
                let text = String(decoding: $0.content, as: UTF8.self)
                    .replacing("worksheets/sheet0.xml", with: target)
                $0.content = Array(text.utf8)
            }
            #expect(try code(zip) == expected, "\(target)")
        }
    }

    @Test func `other files are told apart`() throws {
        let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].map(UInt8.init) + [UInt8](repeating: 0, count: 600)
        #expect(try ReadResult(old, name: "x.xlsx").problem?.code == "formats.old-workbook")
        #expect(try ReadResult(Array("a,b\n".utf8), name: "x.xlsx").problem?.code == "formats.damaged-archive")
        #expect(try ReadResult([], name: "x.xlsx").problem?.code == "formats.empty-file")
        #expect(try code(ZipBytes(parts: [ZipBytes.Part("a.txt", "x")])) == "formats.missing-part")
        #expect(ReadResult(path: "/nowhere/x.xlsx").problem?.code == "problems.unreadable-file")
        #expect(ReadResult(path: "/tmp").problem?.code == "formats.unknown-extension")
    }

    @Test func `texts and cells that do not exist, and cells too large, are refused`() throws {
        for (rows, expected) in [
            (row(1, "i:a") + row(2, "s:7"), "formats.wrong-cell"),
            (row(1, "i:a") + row(2, "s:x"), "formats.wrong-cell"),
            ("<row><c r=\"ZZZZ1\"><v>1</v></c></row>", "formats.wrong-cell"),
            (
                row(1, "i:a", "i:b") + "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>",
                "formats.wrong-cell"
            ),
            (row(1, "i:a") + row(2, "i:" + String(repeating: "x", count: 1 << 20 + 1)), "formats.cell-too-large"),
        ] {
            let result = try ReadResult(WorkbookBytes(rows: rows).bytes, name: "x.xlsx")
            #expect(result.problem?.code == expected, "\(rows.prefix(80))")
        }
    }
}
