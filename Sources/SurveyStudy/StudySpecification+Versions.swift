public import SurveyData
internal import SurveyDesign
public import SurveyProblems
internal import SurveySchema
internal import SurveyWeighting
public import SurveyYAML

/// The design of waves that were asked with an older version of the questionnaire.
extension StudySpecification {
    /// Reports each question of the design that such a wave did not ask; `document` gives the lines.
    public func check(views: [(wave: String, view: VersionView)], in document: YAMLDocument? = nil) -> [Problem] {
        var problems: [Problem] = []
        let named: [(section: String, key: String, names: [String])] = [
            ("design", "strata", design.strata), ("design", "psu", design.psu),
            ("design", "weight", design.weight.map { [$0] } ?? []), ("design", "fpc", design.fpc.map { [$0] } ?? []),
            (
                "design", "later stages",
                design.laterStages.flatMap { $0.strata + $0.units + [$0.fpc].compactMap { $0 } }
            ),
            ("design", "probability", design.probabilities),
            ("design", "collapse by", design.collapseBy.map { [$0] } ?? []),
            ("design", "second phase", design.twoPhase.map { [$0.subset] + $0.strata + $0.units } ?? []),
            ("weighting", "base", weighting?.base.map { [$0] } ?? []),
        ]
        for (wave, view) in views {
            for (section, key, names) in named {
                for name in names where view.reference.question(name) != nil && view.source(ofQuestion: name) == nil {
                    let node = document?.root[section]?[key].flatMap { node in
                        (node.list ?? [node]).first { $0.scalar == name } ?? node
                    }
                    problems.append(
                        Problem.designNotAsked(name, wave: wave, version: view.asked.version).placed(
                            file: document?.file, line: node?.mark.line, position: node?.mark.position))
                }
            }
        }
        return problems
    }
}

extension Problem {
    /// A question of the design that the version of a wave did not have.
    static func designNotAsked(_ name: String, wave: String, version: String) -> Problem {
        Problem(
            "study.design-not-asked", .input,
            what: "The design names \"\(name)\", which version \"\(version)\" of the questionnaire did not have",
            why:
                "strata, PSUs, weight and fpc must be there in every wave; wave \"\(wave)\" was asked with that version",
            fix: "say under \"renamed\" of the questionnaire which question it was, or make the design of others")
    }
}
