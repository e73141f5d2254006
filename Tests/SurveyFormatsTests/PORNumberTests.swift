import Foundation
import SurveyTestSupport
import Testing

@testable import SurveyFormats

struct PORNumberTests {
    private static func text(_ value: Double) -> String { String(decoding: PORNumber.text(value), as: UTF8.self) }

    /// Reads a number with the reader of files.
    private static func read(_ text: String) throws -> Double? {
        let file = try TemporaryFile(Array((text + "/Z").utf8), name: "x.por")
        return try PORInput(BinaryInput(ByteSource(path: file.path, onBytes: nil))).number()
    }

    @Test func `whole numbers and fractions have the digits that a hand finds`() {
        // 37 = 1·30 + 7; 900 = 30²; 0.5 = 15/30; 0.1 = 3/30; 2.1 = 2 + 3/30; 1/900 = 30⁻².
        for (value, digits) in [
            (0, "0"), (7, "7"), (29, "T"), (30, "10"), (37, "17"), (-37, "-17"), (900, "100"), (0.5, ".F"), (0.1, ".3"),
            (-2.1, "-2.3"), (1.0 / 900, ".01"), (12.75, "C.MF"),
        ] as [(Double, String)] {
            #expect(Self.text(value) == digits)
        }
    }

    @Test func `numbers that PSPP wrote are read`() throws {
        // EXPORT of PSPP 1.6.2 (2026-11-21): 1e-07, 123456789012.25, and the seconds of 2020-01-01 and 1960-02-05.
        #expect(try Self.read("2CR-7") == 1e-7)
        #expect(try Self.read("5JAFNK0C.7F") == 123_456_789_012.25)
        #expect(try Self.read("IRNI+3") == 13_797_216_000)
        #expect(try Self.read("  *.") == nil)
        #expect(try Self.read("  -.F+1") == -15)
    }

    @Test func `every double comes back as it was`() throws {
        var random = SeededGenerator(seed: 30)
        var values = [
            0.1, 1e-7, 1.0 / 3, 123_456_789_012.25, 0x1p53, 0x1p53 + 2, 1e300, -1e-300, .pi, .greatestFiniteMagnitude,
            .leastNormalMagnitude, 1e22, 1e23, 0.3, 299_792.458,
        ]
        for _ in 0..<3000 {
            values.append(Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random)))
            values.append(Double.random(in: -1000...1000, using: &random))
        }
        for value in values where value.isNormal {
            #expect(try Self.read(Self.text(value)) == value, "\(value) as \(Self.text(value))")
            #expect(PORNumber.text(value).count <= 18)
        }
    }

    @Test func `a number is rounded once, however many digits it has`() throws {
        // 2⁵³ + 1 lies between two doubles; a digit far behind decides it.
        let tie = "7FQTCO4NIQ4"
        let base = try #require(try Self.read(tie))
        #expect(try Self.read(tie + "." + String(repeating: "0", count: 40) + "1").map { $0 >= base } == true)
        #expect(try Self.read(String(repeating: "T", count: 200)).map { $0 > 1e290 } == true)
        #expect(throws: (any Error).self) { try Self.read(String(repeating: "T", count: 300)) }
        #expect(throws: (any Error).self) { try Self.read("1+TTTT") }
        #expect(try Self.read("1-TTTT") == 0)
    }

    @Test(arguments: ["/", "-/", ".", "1+/", "U", "1.2.3", "*", "1 "])
    func `what is no number is refused`(text: String) throws {
        #expect(throws: (any Error).self) { try Self.read(text) }
    }
}
