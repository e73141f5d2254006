internal import SurveyDesign
internal import SurveyProblems
internal import SurveyStore

extension StudyWave {
    /// The weight that the study of the file names for this wave, where the wave has it; nil without a study.
    func studyWeight() throws(Problem) -> String? {
        guard let text = try file.documents().first else { return nil }
        let study = try LoadedStudy.specification(in: text)
        guard let weight = try design(of: study).weight, names.contains(weight) else { return nil }
        return weight
    }
}
