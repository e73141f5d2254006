import SurveyProblems
import SurveySchema
import SurveyTestSupport
import SurveyYAML
import Testing

/// Whatever the text, reading gives a questionnaire or problems.
struct QuestionnaireHostileTests {
    private func survives(_ bytes: [UInt8]) {
        do {
            let checked = QuestionnaireReader.read(try YAMLDocument(parsing: bytes, file: "h.yaml"))
            #expect((checked.value == nil) == checked.problems.contains { $0.severity == .error })
            guard let questionnaire = checked.value else { return }
            _ = questionnaire.requiredColumns(for: questionnaire.names)
            _ = questionnaire.derivedVariables(for: questionnaire.names)
        } catch {
            #expect(!error.code.isEmpty)
        }
    }

    @Test func `a right questionnaire with words exchanged, lines lost and bytes changed`() {
        let bytes = Array(QuestionnaireReaderTests.whole.utf8)
        let lines = QuestionnaireReaderTests.whole.split(separator: "\n", omittingEmptySubsequences: false)
        let words = [
            "age", "met", "yes_no", "single", "multiple", "1", "[]", "{}", "~", "\"\"", "-1", "channel", "per", "d e",
        ]
        var random = SeededGenerator(seed: 21)
        for round in 0..<1_500 {
            switch round % 3 {
            case 0:
                var damaged = bytes
                for _ in 0...random.below(3) { damaged[random.below(damaged.count)] = UInt8(32 + random.below(95)) }
                survives(damaged)
            case 1:
                var kept = lines
                for _ in 0...random.below(3) { kept.remove(at: random.below(kept.count)) }
                survives(Array(kept.joined(separator: "\n").utf8))
            default:
                let old = words[random.below(7)]
                let new = words[random.below(words.count)]
                let text = lines.map { random.below(4) == 0 ? String($0).replacing(old, with: new) : String($0) }
                survives(Array(text.joined(separator: "\n").utf8))
            }
        }
    }

    @Test func `every wrong questionnaire cut at any of its lines`() {
        for wrong in WrongQuestionnaire.all {
            let lines = wrong.planted.text.split(separator: "\n", omittingEmptySubsequences: false)
            for count in 0...lines.count { survives(Array(lines[..<count].joined(separator: "\n").utf8)) }
        }
    }
}
