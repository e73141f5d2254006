import Foundation
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyFormats

struct CSVColumnCopyTests {
    private func copied(_ text: String, options: FormatOptions = FormatOptions(), name: String = "w") throws -> String {
        try copied(Data(text.utf8), options: options, name: name)
    }

    private func copied(_ bytes: Data, options: FormatOptions = FormatOptions(), name: String = "w") throws -> String {
        let folder = try TemporaryFolder()
        try folder.write(bytes, to: "a.csv")
        var copy: [UInt8] = []
        let rows = try CSVColumnCopy(folder.file("a.csv"), options: options).write(
            adding: name, value: { String($0 + 1) }, to: { copy.append(contentsOf: $0) })
        #expect(rows >= 0)
        return String(decoding: copy, as: UTF8.self)
    }

    @Test func `cells stay as they are written`() throws {
        #expect(try copied("a,b\n01,\"x, \"\n=1+1,\n") == "a,b,w\n01,\"x, \",1\n=1+1,,2\n")
        #expect(
            try copied("a;b\r\n1;\"say \"\"no\"\"\"\r\n2;\"x\ny\"") == "a;b;w\n1;\"say \"\"no\"\"\";1\n2;\"x\ny\";2\n")
        #expect(try copied("a,\"b,c\"\n1,2\n", name: "my \"w\"") == "a,\"b,c\",\"my \"\"w\"\"\"\n1,2,1\n")
    }

    @Test func `rows that are no rows are left out`() throws {
        #expect(try copied("a,b\n1,2\n1\n\n3,4\n") == "a,b,w\n1,2,1\n3,4,2\n")
    }

    @Test func `other encodings become UTF-8 and small windows change nothing`() throws {
        let cyrillic = Data([0x61, 0x2C, 0x62, 0x0A, 0xC4, 0xE0, 0x2C, 0x31, 0x0A])
        #expect(try copied(cyrillic, options: FormatOptions(encoding: "cp1251")) == "a,b,w\nДа,1,1\n")
        #expect(try copied("\u{FEFF}a,b\n1,\"2\"\"\"\n", options: FormatOptions(window: 1)) == "a,b,w\n1,\"2\"\"\",1\n")
    }

    @Test func `a long text with quotes is copied whole`() throws {
        let long = String(repeating: "a\"\"b", count: 60_000)
        #expect(try copied("a,b\n1,\"\(long)\"\n") == "a,b,w\n1,\"\(long)\",1\n")
    }
}
