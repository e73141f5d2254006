import SurveyProblems
import SurveyYAML
import Testing

struct YAMLReaderTests {
    private func reader(_ text: String) throws -> (reader: YAMLReader, root: YAMLNode) {
        let document = try YAMLDocument(parsing: Array(text.utf8), file: "t.yaml")
        return (YAMLReader(document), document.root)
    }

    private func places(_ reader: YAMLReader) -> [String] {
        reader.problems.map { "\($0.place.line ?? 0):\($0.place.position ?? 0) \($0.code)" }
    }

    @Test func `unknown and missing keys are reported with the nearest names`() throws {
        let (reader, root) = try reader("id: a\nlabell: b\n")
        let map = try #require(reader.map(root, keys: ["id", "label", "type"]))
        #expect(map.text("id", required: true) == "a")
        #expect(map.text("type", required: true) == nil)
        #expect(places(reader) == ["2:1 yaml.unknown-key", "1:1 yaml.missing-key"])
        #expect(reader.problems.first?.fix.values == ["label"])
        #expect(reader.isClean == false)
    }

    @Test func `numbers, whole numbers, truth values and words are read strictly`() throws {
        let (reader, root) = try reader("[1.5, 1e3, '2', x, nan, inf, 0x10, 1, 1.0, true, yes, Refused, [1], {a: 1}]")
        let items = try #require(root.list)
        #expect(items[..<3].map { reader.number($0) } == [1.5, 1000, 2])
        for item in items[3..<7] { #expect(reader.number(item) == nil) }
        #expect(reader.integer(items[7]) == 1)
        #expect(reader.integer(items[8]) == nil)
        #expect(reader.bool(items[9]) == true)
        #expect(reader.bool(items[10]) == nil)
        #expect(reader.choice(items[11], of: Problem.Severity.AllWords.self) == nil)
        #expect(reader.text(items[12]) == nil)
        #expect(reader.text(items[13]) == nil)
        #expect(
            reader.problems.map(\.code) == [
                "yaml.not-a-number", "yaml.not-a-number", "yaml.not-a-number", "yaml.not-a-number", "yaml.not-whole",
                "yaml.unknown-word", "yaml.unknown-word", "yaml.wrong-shape", "yaml.wrong-shape",
            ])
    }

    @Test func `the first line must name kind and version`() throws {
        for (text, version) in [
            ("kind/1", 1), ("kind/2", 2), ("kind/3", nil), ("kind/0", nil), ("other/1", nil), ("kind", nil),
            ("kind/1/1", nil),
        ] {
            let (reader, root) = try reader("saual: \(text)\n")
            let map = try #require(reader.map(root, keys: ["saual"]))
            #expect(reader.kind(map, expected: "kind", newest: 2) == version)
            #expect(places(reader) == (version == nil ? ["1:8 yaml.wrong-kind"] : []))
        }
    }

    @Test func `an explicit null counts as missing, quotes do not`() throws {
        let (reader, root) = try reader("{a: ~, b: null, c: , d: '', e: 'null'}")
        let map = try #require(reader.openMap(root))
        #expect(["a", "b", "c", "d", "e"].map { map.node($0) != nil } == [false, false, false, true, true])
    }

    @Test func `one node stands for a list of one`() throws {
        let (reader, root) = try reader("{a: x, b: [x, y]}")
        #expect(reader.list(try #require(root["a"])).compactMap(\.scalar) == ["x"])
        #expect(reader.list(try #require(root["b"])).compactMap(\.scalar) == ["x", "y"])
    }

    /// `»` stands before the character asked for.
    @Test(arguments: [
        ("plain", "k: ab»cd"), ("plain at its first character", "k: »abcd"), ("single quotes", "k: 'a»b'"),
        ("doubled single quotes", "k: 'it''s »b'"), ("double quotes", "k: \"ab »c\""),
        ("escapes", "k: \"\\\"\\t\\x41\\u0416\\U0001F600 »c\""), ("an escape itself", "k: \"ab »\\\"c\""),
        ("Kazakh letters", "кілт: 'Сұ»рақ'"), ("a folded plain scalar", "k: ab\n   cd\n\n   e»f"),
        ("a folded block", "k: >-\n  ab\n  cd\n\n  »ef"), ("a literal block", "k: |\n  ab\n   cd\n  »ef"),
        ("a block with Windows line ends", "k: |\r\n  ab\r\n  »ef\r\n"), ("a continued line", "k: \"ab \\\n   »cd\""),
        ("a flow map", "{a: 1, k: 'x »y', b: 2}"),
        ("a key with comments above", "# жоғары\n\nk: >+ # fold\n  a\n  »b\n"),
    ])
    func `a character of a scalar is found where its author typed it`(_ style: String, _ marked: String) throws {
        let mark = try #require(marked.firstIndex(of: "»"))
        let rest = marked[marked.index(after: mark)...]
        let text = String(marked[..<mark] + rest)
        let (reader, root) = try reader(text)
        let node = try #require(root["k"] ?? root["кілт"])
        let scalars = try #require(node.scalar).unicodeScalars
        let lines = marked[..<mark].split(omittingEmptySubsequences: false) { $0.isNewline }
        let wanted = YAMLMark(line: lines.count, position: (lines.last?.unicodeScalars.count ?? 0) + 1)
        let found = (0..<scalars.count).map { offset -> YAMLMark in
            let one = reader.problems.count
            reader.report(
                Problem("yaml.test", .input, what: "", place: Place(position: offset + 1), why: "", fix: ""),
                within: node)
            let place = reader.problems[one].place
            return YAMLMark(line: place.line ?? 0, position: place.position ?? 0)
        }
        let letter = try #require(rest.unicodeScalars.first)
        let position = try #require(found.firstIndex(of: wanted), "\(style): \(found)")
        let read = scalars[scalars.index(scalars.startIndex, offsetBy: position)]
        #expect(read == letter || letter == "\\")
        #expect(found == found.sorted(), "\(style)")
    }

    @Test func `a problem without a position stands at the scalar, one past the end right behind it`() throws {
        let (reader, root) = try reader("k: 'abc'")
        let node = try #require(root["k"])
        for position in [nil, 4, 5, -7, 400] as [Int?] {
            reader.report(
                Problem("yaml.test", .input, what: "", place: Place(position: position), why: "", fix: ""), within: node
            )
        }
        #expect(reader.problems.map(\.place.position) == [4, 8, 8, 8, 8])
    }
}

extension Problem.Severity {
    fileprivate enum AllWords: String, CaseIterable { case refused, asked }
}
