/// Which columns say who asked, when, and what became of the contact.
public struct AuditColumns: Sendable, Equatable {
    public var interviewer: String?
    /// Start and end of the interview: texts such as `2023-09-01T09:42`.
    public var start: String?
    public var end: String?
    /// AAPOR's three-digit outcome of the contact.
    public var outcome: String?

    public init(
        interviewer: String? = nil, start: String? = nil, end: String? = nil, outcome: String? = nil
    ) {
        self.interviewer = interviewer
        self.start = start
        self.end = end
        self.outcome = outcome
    }

    /// The columns that are named.
    public var names: [String] { [interviewer, start, end, outcome].compactMap { $0 } }

    /// True if both ends of an interview are known.
    public var hasTimes: Bool { start != nil && end != nil }
}
