internal import SurveyDesign
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyReport
internal import SurveyStore
internal import SurveyStudy
internal import SurveyVerification
internal import SurveyWeighting

extension StudyFigures {
    /// The waves as a second program needs them: answers as stored, and the definitions.
    func verificationWaves() throws(Problem) -> [VerificationWave] {
        guard specification.design.replicates == nil else { throw .replicatesNotVerified() }
        var waves: [VerificationWave] = []
        try specification.design.checkVerifiable()
        for (wave, definitions) in indicators {
            guard let questionnaire = wave.questionnaire else { continue }
            let design = wave.design(specification.design)
            let complete = try specification.complete.map { (text) throws(Problem) in try wave.condition(text) }
            let weighting = try design.weight.flatMap { (name) throws(Problem) in try wave.weighting(name) }
            let record = try wave.calibration(of: design)
            let columns = VerificationWave.columns(
                for: definitions, of: questionnaire, design: design, complete: complete,
                calibration: record)
            var made = VerificationWave(
                id: wave.record.name, table: try wave.table(of: columns), questionnaire: questionnaire,
                design: design, definitions: definitions)
            made.complete = complete
            made.calibration = record
            made.weighting = weighting?.summary
            waves.append(made)
        }
        return waves
    }

    /// Every figure and change of the study's report, the withheld ones with their numbers, which nobody may print; and
    /// which changes a second program must compute.
    func verifiedFigures() throws(Problem) -> (figures: [VerifiedFigure], changes: [VerificationScript.Changes]) {
        let all = try input(rules: nil).input
        let published = try input(rules: specification.publication).input
        var withheld = Set(published.results.filter(\.display.isWithheld).map(\.id))
        withheld.formUnion(published.changes.filter(\.display.isWithheld).map(\.id))
        var figures = all.results.flatMap { VerifiedFigure.all(of: $0, isWithheld: withheld.contains($0.id)) }
        figures += all.changes.compactMap { VerifiedFigure($0, isWithheld: withheld.contains($0.id)) }
        guard let plan = specification.change else { return (figures, []) }
        let changes = plan.pairs.map { from, to in
            let compared = all.changes.filter { $0.fromWave == from && $0.toWave == to && $0.change != nil }
            return VerificationScript.Changes(
                from: from, to: to, indicators: compared.map(\.definition.id).uniqued, overlap: plan.overlap)
        }
        return (figures, changes.filter { !$0.indicators.isEmpty })
    }
}

extension DesignSpecification {
    /// Refuses a design that the script does not know.
    fileprivate func checkVerifiable() throws(Problem) {
        var names = details.map(\.0)
        if lonelyPSU == .collapse { names.append(lonelyPSU.rawValue) }
        if !names.isEmpty { throw .verifyDesign(names) }
    }
}

extension Problem {
    /// A design of several stages or phases.
    static func verifyDesign(_ names: [String]) -> Problem {
        Problem(
            "command.verify-design", .usage, what: "R does not check this design",
            why: "the script knows strata and PSUs of one stage; the design also names \(list: names)",
            fix: "verify a study whose design has one stage")
    }

    static func replicatesNotVerified() -> Problem {
        Problem(
            "command.replicates-not-verified", .usage, what: "The R script cannot check variances by replicates",
            why: "it computes linearised ones; the design of the study has replicates",
            fix: "verify the study without \"replicates\" in its design")
    }
}
