/// How much of the variance of one question lies between interviewers of one stratum.
public struct InterviewerEffect: Sendable {
    /// The question, or the item of a multiple question.
    public let variable: String
    /// The intraclass correlation; below 0 where interviewers differ less than chance would have it.
    public let rho: Double
    public let interviews: Int
    public let interviewers: Int
}
