import SurveyProblems
import SurveyYAML
import Testing

struct YAMLDocumentTests {
    private func read(_ text: String) throws -> YAMLDocument {
        try YAMLDocument(parsing: Array(text.utf8), file: "t.yaml")
    }

    private func refusal(_ bytes: [UInt8]) -> Problem? {
        #expect(throws: Problem.self) { try YAMLDocument(parsing: bytes, file: "t.yaml") }
    }

    @Test func `scalars stay as typed, with a mark whether they stood in quotes`() throws {
        let list = try #require(try read("[no, 007, 1e3, '1', \"a\\tb\", ~, null, '']").root.list)
        #expect(list.map(\.scalar) == ["no", "007", "1e3", "1", "a\tb", "~", "null", ""])
        #expect(list.map(\.isNull) == [false, false, false, false, false, true, true, false])
    }

    @Test func `lines and characters count from one, Kazakh letters as one each`() throws {
        let root = try read("сұрақ: жауап\nтізім:\n  - {әө: үү, қ: ң}\n").root
        let entries = try #require(root.map)
        #expect(entries[0].keyMark == YAMLMark(line: 1, position: 1))
        #expect(entries[0].value.mark == YAMLMark(line: 1, position: 8))
        let inner = try #require(root["тізім"]?.list?.first?.map)
        #expect(inner[1].keyMark == YAMLMark(line: 3, position: 14))
        #expect(inner[1].value.mark == YAMLMark(line: 3, position: 17))
    }

    @Test func `a byte order mark changes no position and is not kept`() throws {
        let document = try YAMLDocument(parsing: [0xEF, 0xBB, 0xBF] + Array("a: b".utf8), file: "t.yaml")
        #expect(document.root.map?.first?.keyMark == YAMLMark(line: 1, position: 1))
        #expect(document.root["a"]?.mark == YAMLMark(line: 1, position: 4))
        #expect(document.bytes == Array("a: b".utf8))
    }

    @Test func `a key that stands twice is reported at its second place, and the first value counts`() throws {
        let document = try read("a: 1\nb: {x: 1, x: 2}\na: 3\n")
        #expect(document.problems.map(\.code) == ["yaml.duplicate-key", "yaml.duplicate-key"])
        #expect(document.problems.map(\.place.line) == [2, 3])
        #expect(document.problems.map(\.place.position) == [11, 1])
        #expect(document.problems.last?.why.values == ["1"])
        #expect(document.root["a"]?.scalar == "1")
    }

    @Test func `every refusal has its code and its place`() throws {
        let cases: [(text: String, code: String, line: Int?, position: Int?)] = [
            ("", "yaml.empty", 1, 1),
            ("# only a comment\n", "yaml.empty", 1, 1),
            ("a: [1, 2\nb: 3\n", "yaml.syntax", 2, 2),
            ("a: 'x\n", "yaml.syntax", 2, 1),
            ("a: b: c\n", "yaml.syntax", 1, 5),
            ("\ta: 1\n", "yaml.syntax", 1, 1),
            ("a: &x 1\nb: *x\n", "yaml.alias", 2, 4),
            ("a: &x 1\n*x : 2\n", "yaml.alias", 2, 1),
            ("a: 1\n---\nb: 2\n", "yaml.several-documents", 2, 1),
            ("[1, 2]: 3\n", "yaml.key-not-text", 1, 1),
            ("a: \u{7}\n", "yaml.not-text", nil, nil),
        ]
        for one in cases {
            let problem = try #require(refusal(Array(one.text.utf8)))
            #expect(problem.code == one.code, "\(one.text)")
            #expect(problem.place.line == one.line, "\(one.text)")
            #expect(problem.place.position == one.position, "\(one.text)")
            #expect(problem.place.file == "t.yaml")
        }
    }

    @Test func `bytes that are not UTF-8 are refused with their offset`() throws {
        #expect(refusal([0x61, 0x3A, 0x20, 0xD0])?.code == "yaml.not-text")
        let windows = try #require(refusal(Array("a: ".utf8) + [0xC4, 0xE0]))
        #expect(windows.code == "yaml.not-text")
        // The letter begins at offset 3; the byte that cannot follow stands at 4.
        #expect(windows.why.values == ["4"])
        #expect(refusal(Array("a: \u{0}".utf8))?.why.values == ["3"])
        #expect(refusal([0xFF, 0xFE, 0x61, 0x00])?.code == "yaml.not-text")
    }

    @Test func `depth and number of nodes are bounded`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try YAMLDocument(parsing: nested(64), file: "t.yaml")
        #expect(refusal(nested(65))?.code == "yaml.too-large")
        #expect(refusal(nested(100_000))?.code == "yaml.too-large")
        #expect(refusal(Array(repeating: UInt8(ascii: "["), count: 1_000_000))?.code == "yaml.too-large")
        let map = (0..<100).map { String(repeating: " ", count: $0) + "k:\n" }.joined()
        #expect(refusal(Array(map.utf8))?.code == "yaml.too-large")
        let many = Array("[".utf8) + Array(repeatElement(Array("1,".utf8), count: 1_000_001).joined()) + Array("]".utf8)
        #expect(refusal(many)?.code == "yaml.too-large")
    }

    @Test func `an alias bomb is refused at its first alias`() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            let below = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(below)]\n"
        }
        let problem = refusal(Array(bomb.utf8))
        #expect(problem?.code == "yaml.alias")
        #expect(problem?.place.line == 2)
    }

    @Test func `a file that cannot be read is a problem, not a trap`() {
        let missing = #expect(throws: Problem.self) { try YAMLDocument(reading: "/nonexistent/x.yaml") }
        #expect(missing?.code == "problems.unreadable-file")
        #expect(throws: Problem.self) { try YAMLDocument(reading: "/") }
    }
}
