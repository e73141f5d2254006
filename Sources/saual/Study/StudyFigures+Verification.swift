internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyReport
internal import SurveyStore
internal import SurveyStudy
internal import SurveyVerification

extension StudyFigures {
    /// The waves as a second program needs them: answers as stored, and the definitions.
    func verificationWaves() throws(Problem) -> [VerificationWave] {
        var waves: [VerificationWave] = []
        for (wave, definitions) in indicators {
            guard let questionnaire = wave.questionnaire else { continue }
            let columns = VerificationWave.columns(
                for: definitions, of: questionnaire, design: specification.design)
            waves.append(
                VerificationWave(
                    id: wave.record.name, table: try wave.table(of: columns), questionnaire: questionnaire,
                    design: specification.design, definitions: definitions))
        }
        return waves
    }

    /// Every figure of the study's report, the withheld ones with their numbers, which nobody may print.
    func verifiedFigures() throws(Problem) -> [VerifiedFigure] {
        let all = try input(rules: nil).input
        let published = try input(rules: specification.publication).input
        let withheld = Set(published.results.filter(\.display.isWithheld).map(\.id))
        return all.results.map { VerifiedFigure($0, isWithheld: withheld.contains($0.id)) }
    }
}
