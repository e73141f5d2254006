internal import SurveyQuality
public import SurveyProblems
public import SurveySchema
public import SurveyYAML

/// What can be checked of `quality:` only with the questionnaires in hand.
extension StudySpecification {
    /// Checks that every column of the field is a question of every wave; `document` gives the lines of study.yaml.
    public func checkQuality(
        against questionnaires: [(wave: String, questionnaire: Questionnaire)], in document: YAMLDocument? = nil
    ) -> [Problem] {
        guard let columns = quality?.columns else { return [] }
        let named = [
            ("interviewer", columns.interviewer), ("start", columns.start), ("end", columns.end),
            ("outcome", columns.outcome),
        ]
        var problems: [Problem] = []
        for (wave, questionnaire) in questionnaires {
            for (key, name) in named {
                guard let name, questionnaire.question(name) == nil else { continue }
                let mark = document?.root["quality"]?[key]?.mark
                problems.append(
                    Problem.unknownFieldQuestion(name, wave: wave, known: questionnaire.questions.map(\.id)).placed(
                        file: document?.file, line: mark?.line, position: mark?.position))
            }
        }
        return problems
    }
}

extension Problem {
    static func unknownFieldQuestion(_ name: String, wave: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "study.unknown-field-question", .input,
            what: "The audit names \"\(name)\", which wave \"\(wave)\" did not ask",
            why: "interviewer, start, end and outcome must be questions of every wave; there is no \"\(name)\"",
            fix: "use \(list: near.isEmpty ? known : near), or add the question to the questionnaire")
    }
}
