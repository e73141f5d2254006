/// What a question asks for; decides how its cells are read and stored.
public enum QuestionType: String, Sendable, CaseIterable {
    /// One answer of a list.
    case single
    /// Any number of answers of a list: one 0/1 column an item.
    case multiple
    /// One answer of an ordered list that may also be averaged; its codes are whole numbers.
    case scale
    case number
    case money
    case date
    case text
    /// One region; codes compare as text (`"07"`).
    case region

    /// True for types stored as indexes into an answer list.
    public var isCoded: Bool { self == .single || self == .scale || self == .region }
}
