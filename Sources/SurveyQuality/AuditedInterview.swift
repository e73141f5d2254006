/// What the audit says of one interview.
public struct AuditedInterview: Sendable {
    /// Row number from 0.
    public let row: Int
    public let interviewer: String?
    /// The greatest share of equal answers with another interview of the same interviewer; nil where none was compared.
    public var matchWithin: Double?
    /// The row of that interview.
    public var nearestWithin: Int?
    /// The same over all interviews that were compared.
    public var match: Double?
    public var nearest: Int?
    /// Minutes from start to end; nil where one of them is missing or unreadable, or the end is before the start.
    public var minutes: Double?
    public var isShort = false
    public var isSuspect = false
    public var isStraightLine = false

    public init(row: Int, interviewer: String?) {
        self.row = row
        self.interviewer = interviewer
    }
}
