internal import SurveyData
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema
internal import SurveyStudy
internal import SurveyWeighting

/// What the report says of the fieldwork of a wave.
extension StudyFigures {
    /// Counts the interviews among the rows, and what became of the issued cases, where the study says how to tell.
    func fill(_ summary: inout ReportInput.Wave, of wave: StudyWave) throws(Problem) {
        if let complete = specification.complete {
            let condition = try wave.condition(complete)
            let truth = try condition.truth(in: try wave.table(of: condition.names.uniqued))
            summary.interviews = truth.values.count { $0 == Truth.yes }
        }
        guard specification.report != nil, let outcome = specification.outcome,
            let question = wave.questionnaire?.question(outcome.column), !question.isPrivate
        else { return }
        let column = try wave.table(of: [outcome.column]).column(outcome.column).asCodes()
        let places: [Int] =
            switch column.values {
            case .bytes(let bytes): bytes.map { Int($0) }
            case .words(let words): words.map { Int($0) }
            case .indexes(let indexes): indexes.map { Int($0) }
            case .numbers: []
            }
        // A case without an outcome would be in none of the rates.
        guard places.allSatisfy(column.dictionary.indices.contains), !places.isEmpty else { return }
        let codes = places.map { column.dictionary[$0] }
        var counts: [String: Int] = [:]
        for code in codes { counts[code, default: 0] += 1 }
        summary.outcomes = FieldOutcomes(
            codes: question.answers.compactMap { answer in
                counts[answer.code].map { (answer.code, answer.label, $0) }
            }, rates: outcome.isAAPOR ? try OutcomeRates(codes: codes) : nil)
    }
}

extension StudySpecification {
    /// The column with the outcome of each case, and whether its codes are AAPOR's: that of the non-response step.
    fileprivate var outcome: (column: String, isAAPOR: Bool)? {
        for case .nonresponse(let step) in weighting?.steps ?? [] { return (step.outcome, step.classes == .aapor) }
        return nil
    }
}
