public import SurveyWeighting

/// What the field audit of one wave found: counts, rates and codes of interviewers, never an answer.
///
/// Codes of interviewers are for those who lead the field; a published report says how many were flagged, and not whom.
public struct FieldAudit: Sendable {
    /// Which pairs of interviews were compared.
    public enum Comparison: String, Sendable {
        /// Every pair of the wave.
        case all
        /// Only pairs of one interviewer, or of one PSU.
        case within
    }

    /// How the interviews of flagged interviewers were left out of the indicators.
    public enum Omission: String, Sendable {
        /// As non-respondents, and the weighting of the study was run again, so that its totals are met again.
        case reweighted
        /// With weight 0, all other weights as they were: totals that the weights met are no longer met.
        case unweighted
    }

    /// The name of the wave; empty for a data file.
    public var wave: String = ""
    /// Rows of the wave, and the interviews among them.
    public let rows: Int
    public let interviews: Int
    /// Columns of substantive answers that were compared.
    public let comparedColumns: Int
    public let comparison: Comparison
    public let rule: AuditRule
    /// Every interviewer in the order of codes; empty where no column says who asked.
    public let interviewers: [AuditedInterviewer]
    /// What was found of each interview, in the order of rows.
    public let audited: [AuditedInterview]
    /// Groups of interviews whose substantive answers are all equal: row numbers from 0, each group ascending.
    public let duplicates: [[Int]]
    /// How long interviews took; nil where no columns say when.
    public let durations: FieldDurations?
    /// How much of the variance of single questions lies between interviewers, greatest first.
    public let interviewerEffects: [InterviewerEffect]
    /// Outcome rates over all issued rows, unweighted; nil where no column has outcomes.
    public let rates: OutcomeRates?
    /// What leaving out the interviews of flagged interviewers does to each indicator; empty where nobody is flagged.
    public var effects: [IndicatorEffect] = []
    /// How they were left out; nil where nobody is flagged.
    public var omission: Omission?

    /// The interviewers whose interviews look invented, by the rule.
    public var flagged: [AuditedInterviewer] { interviewers.filter(\.isFlagged) }

    /// Interviews of flagged interviewers: row numbers from 0.
    public var flaggedRows: [Int] {
        let codes = Set(flagged.map(\.code))
        return audited.filter { $0.interviewer.map(codes.contains) ?? false }.map(\.row)
    }
}
