internal import SurveyProblems
internal import SurveySchema
internal import SurveyStudy
internal import SurveyWeighting
internal import SurveyYAML

extension LoadedStudy {
    /// Reads the targets files of a study and checks its weighting against what each wave is read as.
    static func targets(
        of specification: StudySpecification, _ waves: [(id: String, questionnaire: Questionnaire)],
        _ document: YAMLDocument, folder: String, into problems: inout [Problem]
    ) -> [String: WeightingTargets] {
        var targets: [String: WeightingTargets] = [:]
        for file in specification.targetFiles {
            let read = TargetsReader.read(StudySpecification.path(file, relativeTo: folder))
            // A file that is not there was reported already.
            problems += read.problems.filter { $0.code != "problems.unreadable-file" }
            targets[file] = read.value
        }
        problems += specification.checkWeighting(
            against: waves.map { (wave: $0.id, questionnaire: $0.questionnaire) }, targets: targets, in: document)
        return targets
    }
}
