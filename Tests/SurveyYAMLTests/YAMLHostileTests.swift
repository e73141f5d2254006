import SurveyProblems
import SurveyTestSupport
import SurveyYAML
import Testing

/// Whatever the bytes, reading gives a document or a problem.
struct YAMLHostileTests {
    private static let valid = """
        saual: questionnaire/1
        # түсініктеме
        title: {kk: "Сұрақ", ru: 'Во''прос', en: Question}
        list:
          - a: |
              text
              more
          - >-
            folded
            text
          - [1, 2, {x: y}]
          - "escaped \\u0416 \\x41 \\
             continued"
        ? key
        : value
        """

    private func survives(_ bytes: [UInt8]) {
        do {
            let document = try YAMLDocument(parsing: bytes, file: "h.yaml")
            let reader = YAMLReader(document)
            visit(document.root, reader)
        } catch {
            #expect(!error.code.isEmpty)
        }
    }

    /// Asks for the place of the first, a middle and the last character of every scalar.
    private func visit(_ node: YAMLNode, _ reader: YAMLReader) {
        switch node.content {
        case .scalar(let text, _):
            let count = text.unicodeScalars.count
            for position in [1, count / 2 + 1, count + 1] {
                reader.report(
                    Problem("yaml.test", .input, what: "", place: Place(position: position), why: "", fix: ""),
                    within: node)
            }
        case .list(let items): for item in items { visit(item, reader) }
        case .map(let entries): for entry in entries { visit(entry.value, reader) }
        }
    }

    @Test func `a valid document cut anywhere`() {
        let bytes = Array(YAMLHostileTests.valid.utf8)
        for length in 0...bytes.count { survives(Array(bytes[..<length])) }
        for start in 0...bytes.count { survives(Array(bytes[start...])) }
    }

    @Test func `a valid document with bytes changed, inserted and doubled`() {
        let bytes = Array(YAMLHostileTests.valid.utf8)
        var random = SeededGenerator(seed: 11)
        for _ in 0..<4_000 {
            var damaged = bytes
            for _ in 0...random.below(4) {
                let position = random.below(damaged.count)
                switch random.below(4) {
                case 0: damaged[position] = UInt8(truncatingIfNeeded: random.next())
                case 1: damaged.insert(UInt8(truncatingIfNeeded: random.next()), at: position)
                case 2: damaged.remove(at: position)
                default: damaged.insert(contentsOf: damaged[position..<min(damaged.count, position + 9)], at: position)
                }
            }
            survives(damaged)
        }
    }

    @Test func `random bytes`() {
        var random = SeededGenerator(seed: 12)
        for _ in 0..<4_000 { survives((0..<random.below(200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }) }
    }

    @Test func `random signs of YAML`() {
        let signs = [
            "a", "ә", ":", ": ", "- ", "-", "\n", "\n  ", " ", "\t", "[", "]", "{", "}", ",", "'", "\"", "|", ">",
            "&x ", "*x",
            "!!str ", "!", "#", "? ", "%YAML 1.1", "---", "...", "\\", "\r\n", "\u{85}", "\u{2028}", "\u{FEFF}", "<<",
            "~", "@", "`",
        ]
        var random = SeededGenerator(seed: 13)
        for _ in 0..<20_000 {
            let text = (0..<random.below(30)).map { _ in signs[random.below(signs.count)] }.joined()
            survives(Array(text.utf8))
        }
    }
}
