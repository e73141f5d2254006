import Foundation
import SurveyFormats
import SurveyProblems
import Testing

struct CSVEncodingTests {
    private static let text = "сұрақ;жауап\nӘлия;«иә»\n😀;№ 5\n"
    private static let russian = "имя;ответ\nЁлка;«да» – №5\n"

    private static func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
        ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit -> [UInt8] in
            let high = UInt8(unit >> 8)
            let low = UInt8(unit & 0xFF)
            return bigEndian ? [high, low] : [low, high]
        }
    }

    @Test(arguments: [1, 2, 3, 5, 7, 1 << 18]) func `a byte order mark names the encoding`(window: Int) throws {
        let options = FormatOptions(window: window)
        let plain = try ReadResult(Self.text, options)
        #expect(plain.columns == ["сұрақ", "жауап"])
        #expect(plain.cells == [["Әлия", "«иә»"], ["😀", "№ 5"]])
        #expect(try ReadResult("\u{FEFF}" + Self.text, options) == plain)
        #expect(try ReadResult(Self.utf16(Self.text, bigEndian: false, mark: true), options) == plain)
        #expect(try ReadResult(Self.utf16(Self.text, bigEndian: true, mark: true), options) == plain)
    }

    @Test(arguments: [1, 3, 1 << 18]) func `a named encoding is converted`(window: Int) throws {
        let windows = try #require(Self.russian.data(using: .windowsCP1251))
        let plain = try ReadResult(Self.russian)
        for name in ["cp1251", "windows-1251", "CP1251"] {
            #expect(try ReadResult(Array(windows), FormatOptions(encoding: name, window: window)) == plain)
        }
        let latin = try #require("é;ß\nñ;1\n".data(using: .isoLatin1))
        #expect(
            try ReadResult(Array(latin), FormatOptions(encoding: "iso-8859-1", window: window)).cells == [["ñ", "1"]])
        let unmarked = Self.utf16(Self.text, bigEndian: false, mark: false)
        #expect(try ReadResult(unmarked, FormatOptions(encoding: "utf-16le", window: window)).cells.count == 2)
        let marked = Self.utf16(Self.text, bigEndian: true, mark: true)
        #expect(try ReadResult(marked, FormatOptions(encoding: "utf-16", window: window)).cells.count == 2)
    }

    @Test(arguments: [1, 7, 1 << 18]) func `the byte after good text that is no UTF-8 has its offset and row`(
        window: Int
    ) throws {
        let bytes = Array("имя\nда\n".utf8) + [0xC4, 0xE0, 0x0A]
        let problem = try #require(try ReadResult(bytes, FormatOptions(window: window)).problem)
        #expect(problem.code == "formats.encoding-not-found")
        #expect(problem.place.rows == [2])
        #expect(problem.place.line == 3)
        #expect(problem.why == "text without a byte order mark must be UTF-8; the byte at offset \(12) is not")
        #expect(problem.fix.description.contains("--encoding cp1251"))
    }

    @Test(arguments: [1, 7, 1 << 18]) func `an encoding that does not fit is told with the offset in the file`(
        window: Int
    ) throws {
        // 0x98 is the one byte that Windows 1251 does not have.
        let bytes = [UInt8](repeating: 0xE4, count: 3) + [0x0A] + [0xE4, 0x0A, 0x31, 0x0A, 0x32, 0x98, 0x0A]
        let problem = try #require(try ReadResult(bytes, FormatOptions(encoding: "cp1251", window: window)).problem)
        #expect(problem.code == "formats.invalid-text")
        #expect(problem.place.rows == [3])
        #expect(problem.why == "every byte must belong to a character; the one at byte offset \(9) does not")
    }

    @Test(arguments: [1, 7, 1 << 18]) func `a lone surrogate in UTF-16 is told with its offset`(window: Int) throws {
        let bytes = Self.utf16("a\n😀", bigEndian: false, mark: true) + [0x00, 0xD8, 0x31, 0x00]
        let problem = try #require(try ReadResult(bytes, FormatOptions(window: window)).problem)
        #expect(problem.code == "formats.invalid-text")
        #expect(problem.why == "every byte must belong to a character; the one at byte offset \(10) does not")
    }

    @Test(arguments: [1, 7, 1 << 18]) func `a NUL byte stops the reading`(window: Int) throws {
        let plain = try #require(
            try ReadResult(Array("a,b\n1,2\n3,".utf8) + [0, 0x0A], FormatOptions(window: window)).problem)
        #expect(plain.code == "formats.nul-byte")
        #expect(plain.place.rows == [2])
        #expect(plain.why == "a text file has none; found one at byte offset \(10)")
        let wide = Self.utf16("a\nёж\n1\u{0}", bigEndian: false, mark: true)
        let converted = try #require(try ReadResult(wide, FormatOptions(window: window)).problem)
        #expect(converted.code == "formats.nul-byte")
        #expect(converted.why == "a text file has none; found one at byte offset \(14)")
    }

    @Test func `forms of UTF-8 that the standard forbids are refused`() throws {
        let forbidden: [[UInt8]] = [
            [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80],
            [0x80], [0xE2, 0x82], [0xFF],
        ]
        for bytes in forbidden {
            let result = try ReadResult([0x61, 0x0A] + bytes + [0x0A])
            #expect(result.problem?.code == "formats.encoding-not-found", "\(bytes)")
        }
    }

    @Test func `an encoding nobody knows is refused with the list`() throws {
        let problem = try #require(try ReadResult("a\n", FormatOptions(encoding: "klingon")).problem)
        #expect(problem.code == "formats.unknown-encoding")
        #expect(problem.why.description.contains("windows-1251"))
    }
}
