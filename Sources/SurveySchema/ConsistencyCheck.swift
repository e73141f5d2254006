/// A rule that the answers of an interview must obey.
public struct ConsistencyCheck: Sendable {
    /// What becomes of a row that breaks the rule.
    public enum Severity: String, Sendable, CaseIterable {
        /// It is imported, and found.
        case finding
        /// It is set aside, and found.
        case quarantine
    }

    public let id: String
    /// Must hold: false breaks the check, unknown does not.
    public let rule: Expression
    /// What is wrong where the rule does not hold, for people.
    public let text: LocalizedText
    public let severity: Severity
    public let line: Int

    public init(id: String, rule: Expression, text: LocalizedText, severity: Severity, line: Int) {
        self.id = id
        self.rule = rule
        self.text = text
        self.severity = severity
        self.line = line
    }
}
