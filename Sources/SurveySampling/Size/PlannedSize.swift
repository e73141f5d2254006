internal import SurveyProblems

/// How many interviews a goal needs, and what that means for the field.
public struct PlannedSize: Sendable, Equatable {
    /// The size as the formula gives it.
    public let exact: Double
    /// Interviews that are needed: the exact size rounded up.
    public let interviews: Int
    /// Persons to be asked, so that so many answer at the expected rate: rounded up.
    public let issued: Int
    /// Clusters that hold the interviews, where the interviews of one are given: rounded up.
    public let clusters: Int?

    /// Rounds a size up to whole interviews; a size a rounding error above a whole number is that number.
    init(exact: Double, responseRate: Double, effect: PlannedDesignEffect) throws(Problem) {
        self.exact = exact
        let interviews = try PlannedSize.roundedUp(exact)
        self.interviews = interviews
        issued = try PlannedSize.roundedUp(Double(interviews) / responseRate)
        clusters = try effect.interviewsPerCluster.map { (take) throws(Problem) in
            try PlannedSize.roundedUp(Double(interviews) / take)
        }
    }

    private static func roundedUp(_ size: Double) throws(Problem) -> Int {
        guard size.isFinite, size < 1e12 else { throw .sizeTooLarge(size) }
        return max(1, Int((size * (1 - 1e-12)).rounded(.up)))
    }
}

extension Problem {
    /// A goal that no sample reaches.
    static func sizeTooLarge(_ size: Double) -> Problem {
        Problem(
            "sampling.size-too-large", .computation, what: "The sample would be larger than any population",
            why: "sizes up to 1e12 are planned; found \(JSONText.shortest(size))",
            fix: "allow a greater margin of error, or a greater change")
    }
}
