/// One difference between two versions of a questionnaire.
public struct QuestionnaireChange: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case questionAdded = "question-added"
        case questionRemoved = "question-removed"
        case questionRenamed = "question-renamed"
        case type
        case answerAdded = "answer-added"
        case answerRemoved = "answer-removed"
        case answerRecoded = "answer-recoded"
        case answerLabel = "answer-label"
        case missingAdded = "missing-added"
        case missingRemoved = "missing-removed"
        case missingKind = "missing-kind"
        case text
        case routing
        case range
        case privacy
        /// Declared under `not comparable`, and nothing else differs.
        case declaredBreak = "break"
        case derivedAdded = "derived-added"
        case derivedRemoved = "derived-removed"
        case derivedChanged = "derived-changed"
    }

    /// Whether the map of the newer version takes care of the difference.
    public enum Coverage: String, Sendable, CaseIterable {
        case mapped
        case noMapNeeded = "no-map-needed"
        case notCovered = "not-covered"
    }

    /// What the difference means for figures of waves of both versions.
    public enum Meaning: String, Sendable, CaseIterable {
        /// The same answers under other names.
        case comparable
        /// Comparable for the joined answers only.
        case joined
        /// Waves of the older version have no figures.
        case gap
        /// Answers of the older version are read by its own waves alone.
        case lost
        /// Another set of people was asked.
        case base
        /// Other words: people must judge whether the answers are the same.
        case wording
        /// Nobody could give this answer in the older version.
        case choices
        /// The figures of older waves are computed by the newer rule.
        case recomputed
        /// The map says that the figures cannot be compared.
        case incomparable = "not-comparable"
        /// Waves of the older version cannot be read.
        case unreadable
    }

    public let kind: Kind
    /// The question or derived variable, by its id in the newer version if it has one there.
    public let variable: String
    /// Of a text.
    public var language: Language? = nil
    /// Of an answer or a missing answer.
    public var code: String? = nil
    public var from: String? = nil
    public var to: String? = nil
    public var coverage: Coverage = .noMapNeeded
    public var meaning: Meaning
}
