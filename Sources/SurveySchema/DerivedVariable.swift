/// A variable computed from answers.
public struct DerivedVariable: Sendable {
    /// How a derived variable is made.
    public enum Definition: Sendable {
        /// Classes of a number: `at` holds ascending limits; class i is [at[i−1], at[i]), the first and the last are open.
        case cut(of: String, at: [Double])
        /// The first rule whose condition is true gives the answer; none true: no answer.
        case cases([(answer: String, condition: Expression)])
        /// A number.
        case number(Expression)
    }

    public let id: String
    public let text: LocalizedText
    public let definition: Definition
    /// The answers it can take (`cut`: m18-29…; `cases`: as listed); empty for numbers.
    public let answers: [Answer]
    public let line: Int

    public init(id: String, text: LocalizedText, definition: Definition, answers: [Answer], line: Int) {
        self.id = id
        self.text = text
        self.definition = definition
        self.answers = answers
        self.line = line
    }
}
