import SurveyYAML
import Testing

struct YAMLTextTests {
    @Test func `a quoted text reads back as the same characters`() throws {
        var texts = ["", "a", " a ", "a: b # c", "\"\\'", "\n\r\t", "null", "~", "- x", "{a}", "қазақ", "😀"]
        for value in [
            0x1, 0x7, 0x1B, 0x7F, 0x85, 0xA0, 0x200B, 0x2028, 0x202E, 0xD7FF, 0xE000, 0xFEFF, 0xFFFE, 0x10_FFFF,
        ] {
            texts.append("a" + String(try #require(Unicode.Scalar(UInt32(value)))) + "b")
        }
        for text in texts {
            let document = try YAMLDocument(parsing: Array("x: \(YAMLText.quoted(text))\n".utf8), file: "t.yaml")
            let read = try #require(document.root["x"]?.scalar)
            #expect(Array(read.unicodeScalars) == Array(text.unicodeScalars), "\(text.debugDescription)")
        }
    }

    @Test func `whole numbers stand bare as codes, everything else in quotes`() {
        #expect(["0", "1", "98", "-1"].map(YAMLText.code) == ["0", "1", "98", "-1"])
        let others = ["", "01", "+1", "1.0", "-", "--1", "1e5", "no", "1234567890123456"]
        #expect(others.map(YAMLText.code) == others.map { "\"\($0)\"" })
    }
}
