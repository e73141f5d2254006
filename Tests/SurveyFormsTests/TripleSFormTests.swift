import Foundation
import SurveyProblems
import SurveySchema
import SurveyYAML
import Testing

@testable import SurveyForms

struct TripleSFormTests {
    private func read(
        _ xml: String, isSound: Bool = true
    ) throws -> (questionnaire: Questionnaire?, problems: [Problem], yaml: String) {
        let (yaml, problems) = try TripleSForm.questionnaire(of: Array(xml.utf8), file: "survey.sss")
        let checked = QuestionnaireReader.read(try YAMLDocument(parsing: Array(yaml.utf8), file: "q.yaml"))
        if isSound { #expect(checked.problems.isEmpty, "\(checked.problems.map { "\($0.what) \($0.why)" })\n\(yaml)") }
        return (checked.value, problems, yaml)
    }

    private func questionnaire(_ text: String) throws -> Questionnaire {
        try QuestionnaireReader.read(YAMLDocument(parsing: Array(text.utf8), file: "q.yaml")).get()
    }

    /// What differs beside what triple-S cannot hold: routing, rosters, exclusive answers, wordings, checks.
    private func differences(_ left: Questionnaire, _ right: Questionnaire) -> [String] {
        var differences: [String] = []
        func compare(_ part: String, _ a: String, _ b: String) {
            if a != b { differences.append("\(part): \(a) ≠ \(b)") }
        }
        func text(_ text: LocalizedText) -> String {
            text.texts.map { "\($0.language)=\($0.text)" }.joined(separator: "|")
        }
        func answers(_ list: [Answer]) -> String { list.map { "\($0.code) \(text($0.label))" }.joined(separator: ";") }
        func missing(_ codes: [MissingCode], _ whole: Questionnaire) -> String {
            codes.map { "\($0.code) \(whole.name(of: $0.kind)) \(text($0.label))" }.joined(separator: ";")
        }
        compare("id", left.id, right.id)
        compare("version", left.version, right.version)
        compare("title", text(left.title), text(right.title))
        compare("languages", "\(left.languages)", "\(right.languages)")
        compare("count", "\(left.questions.count)", "\(right.questions.count)")
        for (a, b) in zip(left.questions, right.questions) {
            compare("\(a.id) text", text(a.text), text(b.text))
            compare("\(a.id) type", a.type.rawValue, b.type.rawValue)
            compare("\(a.id) answers", answers(a.answers), answers(b.answers))
            compare("\(a.id) missing", missing(a.missing, left), missing(b.missing, right))
            compare("\(a.id) rest", "\(a.isPrivate) \(a.columns) \(a.range)", "\(b.isPrivate) \(b.columns) \(b.range)")
        }
        return differences
    }

    @Test(arguments: XLSFormTests.files) func `a questionnaire keeps its variables in triple-S`(file: String) throws {
        let original = try questionnaire(String(contentsOfFile: "\(XLSFormTests.root)/\(file)", encoding: .utf8))
        let (xml, losses) = TripleSForm.metadata(of: original)
        let (back, problems, _) = try read(xml)
        #expect(problems.isEmpty, "\(problems.map { "\($0.code) \($0.what) \($0.why)" })")
        let found = differences(original, try #require(back))
        #expect(found.isEmpty, "\(found.prefix(5))")
        #expect(losses.allSatisfy { $0.code == "forms.not-in-triple-s" && $0.severity == .caution })
        // What is read back is written in the same words.
        let again = TripleSForm.metadata(of: try #require(back)).xml
        #expect(again == xml)
    }
}
