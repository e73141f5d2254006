/// What the audit says of one interviewer.
public struct AuditedInterviewer: Sendable {
    public let code: String
    public let interviews: Int
    /// Interviews that match another one of the same interviewer in at least the rule's share of answers.
    public var nearDuplicates = 0
    /// The median over interviews of the greatest match with another one of the same interviewer; nil for a single interview.
    public var medianMatch: Double?
    /// Minutes; nil where no interview has a readable start and end.
    public var medianMinutes: Double?
    /// Interviews that are short by the rule.
    public var short = 0
    /// Interviews that are near duplicates and short, or near duplicates alone where no times are known.
    public var suspects = 0
    /// Interviews that began before an earlier one of the same interviewer had ended.
    public var overlapping = 0
    /// Interviews with equal answers throughout at least one grid, and interviews that were asked a grid.
    public var straightLines = 0
    public var withGrids = 0
    /// The share of questions put that have no answer, of all kinds (don't know, refused, empty).
    public var unanswered: Double = 0
    /// The share of issued rows that became interviews; nil where only interviews are known.
    public var interviewShare: Double?
    /// True if the rule says that interviews look invented.
    public var isFlagged = false
    /// True if the share of straight-lining or of unanswered questions lies far above that of the others.
    public var hasManyStraightLines = false
    public var hasManyUnanswered = false

    public init(code: String, interviews: Int) {
        self.code = code
        self.interviews = interviews
    }
}
