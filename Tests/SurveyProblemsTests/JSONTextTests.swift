import Foundation
import SurveyProblems
import Testing

struct JSONTextTests {
    @Test func `values are written in one line in their order`() {
        let value = JSONText.object([
            ("b", .integer(1)), ("a", .array([.null, .bool(true), .number(0.1), .string("x")])), ("c", .object([])),
        ])
        #expect(value.line == #"{"b":1,"a":[null,true,0.1,"x"],"c":{}}"#)
    }

    @Test func `numbers read back as the same bits, and not-finite ones are null`() throws {
        for number in [0.1, 1e300, -0.0, .leastNonzeroMagnitude, 1 / 3.0, 123_456_789.125, 1e16, 2.0] {
            let text = JSONText.number(number).line
            #expect(Double(text)?.bitPattern == number.bitPattern || number == 0, "\(text)")
        }
        #expect(JSONText.number(2).line == "2")
        #expect(JSONText.number(.nan).line == "null")
        #expect(JSONText.optional(nil) == .null)
        #expect(JSONText.optional(.infinity) == .null)
    }

    @Test func `every control character and script end is escaped, and Foundation reads the text back`() throws {
        let text = String(String.UnicodeScalarView((0...0x2100).compactMap { Unicode.Scalar($0) })) + "</script>🏔️"
        let line = JSONText.array([.string(text)]).line
        #expect(!line.contains("<") && !line.contains("\n") && !line.unicodeScalars.contains("\u{2028}"))
        let read = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String]
        #expect(read?.first.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }

    @Test func `a problem as JSON leaves absent fields out and lists ten rows`() {
        let problem = Problem(
            "problems.sample", .finding, severity: .caution, what: "What \(1)",
            place: Place(file: "a.csv", line: 2, position: 3, rows: Array(1...12), column: "c"), why: "why", fix: "fix")
        #expect(
            problem.json().line
                == #"{"code":"problems.sample","severity":"caution","what":"What 1","file":"a.csv","line":2,"position":3,"#
                + #""rows":[1,2,3,4,5,6,7,8,9,10],"rows_total":12,"column":"c","why":"why","fix":"fix"}"#)
    }
}
