internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyQuality
internal import SurveyStore
internal import SurveyStudy

/// The audit of the field, for the reports of a study that asks for one.
extension StudyFigures {
    /// Audits a wave; nil where the study does not say who asked, or where the audit could not be done.
    ///
    /// A report is not lost for its audit: what went wrong, and how many interviewers were flagged, are cautions.
    func audit(
        of wave: StudyWave, _ definitions: [IndicatorDefinition], _ results: [IndicatorResult],
        into cautions: inout [Problem]
    ) throws(Problem) -> FieldAudit? {
        guard let plan = specification.quality else { return nil }
        var rule = plan.rule
        // The rule judges pairs of one interviewer; every other pair is for `saual quality`.
        rule.comparesWithinOnly = true
        let work = WaveAudit(
            wave: wave, plan: QualityPlan(columns: plan.columns, rule: rule), study: specification)
        do throws(Problem) {
            var audit = try work.audit()
            if !audit.flagged.isEmpty {
                cautions.append(
                    .flaggedInterviewers(
                        audit.flagged.count, interviews: audit.flaggedRows.count, wave: wave.record.name,
                        source: "\(wave.file.path):\(wave.record.name)"))
            }
            try work.addEffects(to: &audit, results: results, definitions: definitions)
            return audit
        } catch {
            var place = error.place
            place.detail = place.detail ?? wave.record.name
            cautions.append(
                Problem(
                    error.code, error.kind, severity: .caution, what: error.what, place: place, why: error.why,
                    fix: error.fix))
            return nil
        }
    }
}

extension Problem {
    static func flaggedInterviewers(_ count: Int, interviews: Int, wave: String, source: String) -> Problem {
        Problem(
            "command.flagged-interviewers", .finding, severity: .caution,
            what: "The field audit of wave \"\(wave)\" flags interviewers: \(count)",
            why: "\(interviews) interviews of theirs are in the figures",
            fix: "look at saual quality \(source)")
    }
}
