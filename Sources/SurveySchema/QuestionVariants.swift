/// The wordings of one question of which each interview has one, by the answer to another question: a random arm.
public struct QuestionVariants: Sendable {
    /// One wording.
    public struct Variant: Sendable {
        /// The answer to the question `by` that chooses this wording.
        public let code: String
        public let text: LocalizedText
        /// Least and greatest number that may be answered here.
        public let range: (least: Double?, greatest: Double?)

        public init(code: String, text: LocalizedText, range: (least: Double?, greatest: Double?) = (nil, nil)) {
            self.code = code
            self.text = text
            self.range = range
        }
    }

    /// The coded question whose answer chooses.
    public let by: String
    /// One for each answer of `by`, in the order of its list.
    public let variants: [Variant]

    public init(by: String, variants: [Variant]) {
        self.by = by
        self.variants = variants
    }
}
