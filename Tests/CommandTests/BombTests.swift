import Foundation
import Glibc
import SurveyTestSupport
import Testing

/// Small files that unpack to very much: refused or read, in little memory and time.
///
/// What they unpack to is made by gzip, whose stream is that of zip and zlib without their frames.
struct BombTests {
    /// Peak of memory that any file may cost, in megabytes.
    private static let memoryLimit = 256
    /// What a release may take, and what a build without optimization may take beside other tests.
    private static let timeLimit: Duration = Saual.otherPrograms == nil ? .seconds(60) : .seconds(2)

    @Test func `a sheet of a thousand times its size is refused by its header`() throws {
        let folder = try TemporaryFolder()
        let part = try Deflated("head -c 268435456 /dev/zero", in: folder)
        #expect(part.size / part.stream.count > 900)
        try folder.write(Data(Self.workbook(sheet: part)), to: "bomb.xlsx")
        let result = try Self.describe("bomb.xlsx", in: folder)
        #expect(result.status == 3 && result.errors.contains("formats.zip-bomb"), "\(result.errors)")
    }

    @Test func `a sheet that is larger than its header says is refused where it goes on`() throws {
        let folder = try TemporaryFolder()
        var part = try Deflated("yes '<row/>' | head -c 268435456", in: folder)
        part.size = 8 << 20
        try folder.write(Data(Self.workbook(sheet: part)), to: "liar.xlsx")
        let result = try Self.describe("liar.xlsx", in: folder)
        #expect(result.status == 3 && result.errors.contains("\"code\":\"formats."), "\(result.errors)")
    }

    @Test(arguments: [
        ("<row/>", ""), ("<c/>", "<row>"), ("<row>", ""), ("<row><c><v>1</v></c></row>", ""), ("x", "<row><c><v>"),
        ("x", "<row a=\""),
        ("<mergeCell ref=\"A1:XFD1048576\"/>", "<row><c><v>1</v></c></row></sheetData><mergeCells>"),
    ])
    func `whatever sixteen megabytes of a sheet repeat, memory stays small`(repeated: String, head: String) throws {
        let folder = try TemporaryFolder()
        let space = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        try folder.write(space + "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>" + head, to: "head")
        let part = try Deflated("(cat head; yes '\(repeated)' | tr -d '\\n' | head -c 15000000)", in: folder)
        try folder.write(Data(Self.workbook(sheet: part)), to: "sheet.xlsx")
        let result = try Self.describe("sheet.xlsx", in: folder)
        #expect([0, 1, 3].contains(result.status), "\(result.status) \(result.errors.prefix(300))")
    }

    @Test(arguments: ["<si/>", "<si><t>x</t></si>", "<si><r><t>x</t></r>"])
    func `whatever a list of texts repeats, memory stays small`(repeated: String) throws {
        let folder = try TemporaryFolder()
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        try folder.write("<sst xmlns=\"\(main)\">", to: "head")
        let texts = try Deflated(
            "(cat head; yes '\(repeated)' | tr -d '\\n' | head -c 14999990; echo '</sst>')", in: folder)
        try folder.write(
            "<worksheet xmlns=\"\(main)\"><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>",
            to: "sheet")
        let sheet = try Deflated("cat sheet", in: folder)
        try folder.write(Data(Self.workbook(sheet: sheet, texts: texts)), to: "texts.xlsx")
        let result = try Self.describe("texts.xlsx", in: folder)
        #expect([0, 1, 3].contains(result.status), "\(result.status) \(result.errors.prefix(300))")
    }

    @Test func `entities that name each other are refused before one is unfolded`() throws {
        let folder = try TemporaryFolder()
        let entities = (1..<20).map { "<!ENTITY a\($0) \"\(String(repeating: "&a\($0 - 1);", count: 10))\">" }.joined()
        let bomb = "<!DOCTYPE x [<!ENTITY a0 \"aaaaaaaaaa\">\(entities)]>"
        try folder.write(
            bomb + "<worksheet><sheetData><row><c><v>&a19;</v></c></row></sheetData></worksheet>", to: "part")
        try folder.write(Data(Self.workbook(sheet: Deflated("cat part", in: folder))), to: "laughs.xlsx")
        let result = try Self.describe("laughs.xlsx", in: folder)
        #expect(result.status == 3 && result.errors.contains("formats.document-type"), "\(result.errors)")
        try folder.write(bomb + "<codeBook>&a19;</codeBook>", to: "laughs.xml")
        let form = try Self.measured(["form", "laughs.xml", "-o", "q.yaml", "--format", "json"], in: folder)
        #expect(form.status != 0 && !folder.has("q.yaml"))
    }

    @Test(arguments: [UInt8(0), 0x65, 0xFC, 0xFD, 0xFE, 0xFF])
    func `blocks of an SPSS file that unpack to one byte for ever end with a problem`(byte: UInt8) throws {
        let folder = try TemporaryFolder()
        let source = ReferenceFolder.url.appendingPathComponent("files/blocks.zsav")
        var file = try Array(Data(contentsOf: source))
        // The blocks begin behind the record 999, whose place the first of three words repeats.
        let end = try #require(Self.endOfDictionary(file))
        let size = 1 << 28
        let octal = String(byte, radix: 8)
        let block = try Deflated("head -c \(size) /dev/zero | tr '\\000' '\\\(octal)'", in: folder)
        // Adler-32 of many equal bytes.
        let (n, modulus) = (size, 65_521)
        let a = (1 + n % modulus * Int(byte)) % modulus
        let b = (n % modulus + (n * (n + 1) / 2) % modulus * Int(byte)) % modulus
        let adler = [b >> 8, b & 255, a >> 8, a & 255].map(UInt8.init)
        let stream: [UInt8] = [0x78, 0xDA] + block.stream + adler
        let start = end + 8
        file.removeSubrange(start...)
        file += Self.eight(start) + Self.eight(start + 24 + stream.count) + Self.eight(48) + stream
        file += Self.eight(-100) + Self.eight(0) + Self.four(size) + Self.four(1)
        file += Self.eight(start) + Self.eight(start + 24) + Self.four(size) + Self.four(stream.count)
        try folder.write(Data(file), to: "bomb.zsav")
        let result = try Self.describe("bomb.zsav", in: folder)
        #expect(result.status == 3 && result.errors.contains("\"code\":\"formats."), "\(result.errors)")
    }

    /// Where the record 999 stands that ends the dictionary of a `.zsav`.
    private static func endOfDictionary(_ file: [UInt8]) -> Int? {
        for place in 0..<file.count - 32 {
            let record = Array(file[place..<place + 8])
            if record == [0xE7, 3, 0, 0, 0, 0, 0, 0], Array(file[place + 8..<place + 16]) == eight(place + 8) {
                return place
            }
        }
        return nil
    }

    // MARK: Measuring

    private static func describe(_ file: String, in folder: TemporaryFolder) throws -> Saual.Result {
        try measured(["describe", file, "--format", "json"], in: folder)
    }

    /// Runs a command and holds its memory and time to the limits.
    private static func measured(_ arguments: [String], in folder: TemporaryFolder) throws -> Saual.Result {
        let clock = ContinuousClock()
        let start = clock.now
        let running = try Saual.start(arguments, in: folder.path)
        var peak = 0
        // A process that has ended has no memory any more, and its line is gone.
        while let now = Self.peakMegabytes(of: running.process) {
            peak = max(peak, now)
            if peak > 1024 { running.send(SIGKILL) }
            usleep(2_000)
        }
        let result = try running.wait()
        #expect(peak < memoryLimit, "\(arguments): \(peak) MB")
        #expect(clock.now - start < timeLimit, "\(arguments)")
        return result
    }

    private static func peakMegabytes(of process: pid_t) -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return nil }
        return Int(line.filter(\.isNumber)).map { $0 / 1024 }
    }

    // MARK: Bytes

    /// What a line of bash prints, deflated.
    private struct Deflated {
        let stream: [UInt8]
        /// The size that a header tells.
        var size: Int
        let crc: [UInt8]

        init(_ line: String, in folder: TemporaryFolder) throws {
            let made = try Saual.bash("\(line) | gzip -9n > stream.gz", in: folder.path)
            #expect(made.status == 0, "\(made.errors)")
            let bytes = Array(try folder.bytes(of: "stream.gz"))
            stream = Array(bytes.dropFirst(10).dropLast(8))
            crc = Array(bytes.suffix(8).prefix(4))
            size = bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        }
    }

    private static func eight(_ number: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private static func four(_ number: Int) -> [UInt8] { Array(eight(number).prefix(4)) }

    private static func two(_ number: Int) -> [UInt8] { Array(eight(number).prefix(2)) }

    /// A workbook of one sheet, and a list of texts if there is one.
    private static func workbook(sheet: Deflated, texts: Deflated? = nil) throws -> [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
        func link(_ id: String, _ type: String, _ target: String) -> String {
            "<Relationship Id=\"\(id)\" Type=\"\(office)/\(type)\" Target=\"\(target)\"/>"
        }
        let folder = try TemporaryFolder()
        func part(_ text: String) throws -> Deflated {
            try folder.write(text, to: "part")
            return try Deflated("cat part", in: folder)
        }
        var parts = [
            (
                "_rels/.rels",
                try part(
                    "<Relationships xmlns=\"\(relations)\">\(link("r", "officeDocument", "xl/workbook.xml"))</Relationships>"
                )
            ),
            (
                "xl/workbook.xml",
                try part(
                    "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>"
                        + "<sheet name=\"S\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>")
            ),
            (
                "xl/_rels/workbook.xml.rels",
                try part(
                    "<Relationships xmlns=\"\(relations)\">\(link("s", "worksheet", "sheet.xml"))"
                        + "\(texts == nil ? "" : link("t", "sharedStrings", "texts.xml"))</Relationships>")
            ),
            ("xl/sheet.xml", sheet),
        ]
        if let texts { parts.append(("xl/texts.xml", texts)) }
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for (name, part) in parts {
            let common =
                two(20) + two(0) + two(8) + two(0) + two(0x21) + part.crc + four(part.stream.count) + four(part.size)
                + two(name.utf8.count) + two(0)
            directory += [0x50, 0x4B, 1, 2] + two(20) + common + two(0) + two(0) + two(0) + four(0) + four(file.count)
            directory += Array(name.utf8)
            file += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + part.stream
        }
        let end = two(0) + two(0) + two(parts.count) + two(parts.count) + four(directory.count) + four(file.count)
        return file + directory + [0x50, 0x4B, 5, 6] + end + two(0)
    }
}
