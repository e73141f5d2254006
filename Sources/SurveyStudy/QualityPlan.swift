public import SurveyQuality

/// How a study audits its field: which questions hold interviewer, times and outcome, and the limits of the audit.
public struct QualityPlan: Sendable, Equatable {
    public var columns: AuditColumns
    public var rule: AuditRule

    public init(columns: AuditColumns, rule: AuditRule = AuditRule()) {
        self.columns = columns
        self.rule = rule
    }
}
