import Testing

@testable import SurveyImport

struct NumberTextTests {
    private func number(_ text: String, sign: UInt8 = 0x2E) -> Double? {
        NumberText.number(of: text, decimalSign: sign)
    }

    @Test func `numbers are the doubles nearest to their text`() {
        let texts = [
            "0", "1", "-1", "+3", "007", "1.5", ".5", "5.", "1e5", "1E-3", "2.5e+2", "0.1", "123456789.123456789",
            "9007199254740993", "1.7976931348623157e308", "5e-324", "123456789012345678901234567890",
            "0.30000000000000004",
            "1e22", "1e23", "8.41e-11", "000000000000000000000000001.5",
        ]
        for text in texts { #expect(number(text) == Double(text), "\(text)") }
        #expect(number("1,5", sign: 0x2C) == 1.5)
        #expect(number("12345678901234567890,5", sign: 0x2C) == 12345678901234567890.5)
    }

    @Test func `everything else is no number`() {
        let texts = [
            "", "-", "+", ".", "e5", "1e", "1e+", "1.5.2", "1,5", " 1", "1 ", "1 000", "1\u{A0}000", "1\u{2009}000",
            "nan", "NaN",
            "inf", "-inf", "0x10", "1e999", "١", "--1", "1-", "1e5.5",
        ]
        for text in texts { #expect(number(text) == nil, "\(text)") }
    }

    @Test func `seeded random numbers are read as the standard library reads them`() {
        var state: UInt64 = 5
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let value =
                Double(Int64(bitPattern: state) >> Int64(state % 60)) / [1, 10, 1000, 1e7][Int(state >> 20 & 3)]
            let text = value.description
            #expect(number(text) == value, "\(text)")
        }
    }

    @Test func `the text of a styled number is rebuilt`() throws {
        let columns = [
            ["0", "7", "-12", "3.25", "0.000001", "123456789012345", "-0.5"], ["0.0", "7.0", "3.25", "-1.5"],
            ["0.00", "7.10", "-3.25", "1000.00"],
        ]
        for texts in columns {
            var style = NumberText.Style()
            var values: [Double] = []
            for text in texts {
                let bytes = Array(text.utf8)
                let value = bytes.withUnsafeBufferPointer { bytes in
                    bytes.baseAddress.flatMap {
                        NumberText.styledNumber($0, bytes.count, decimalSign: 0x2E, style: &style)
                    }
                }
                values.append(try #require(value, "\(text)"))
            }
            #expect(style.isPossible)
            for (text, value) in zip(texts, values) {
                #expect(
                    String(decoding: NumberText.text(of: value, decimalSign: 0x2E, style: style), as: UTF8.self) == text
                )
            }
        }
    }
}
