/// One question.
public struct Question: Sendable {
    public let id: String
    public let text: LocalizedText
    public let type: QuestionType
    /// The answers in schema order; empty for number, money, date and text.
    public let answers: [Answer]
    public let missing: [MissingCode]
    /// Who is asked, which is also the base `asked`; nil means everyone.
    public let when: Expression?
    /// Private columns stay in the study file and never leave it.
    public let isPrivate: Bool
    /// The column of the data file; for a multiple question the columns of its items, in the order of `answers`.
    public let columns: [String]
    /// Least and greatest number that may be answered.
    public let range: (least: Double?, greatest: Double?)
    /// Where the question stands in its file.
    public let line: Int
    /// The roster and the item that the question is; nil for a question asked once.
    public var item: RosterItem?
    /// Answers of a multiple question that stand alone when chosen.
    public var exclusive: [String] = []
    /// The most answers of a multiple question that may be chosen; nil for any number.
    public var most: Int?
    /// The wordings of which each interview has one; nil for a question of one wording.
    public var variants: QuestionVariants?
    /// How the question hides the single answer; nil for an open question.
    public var sensitive: SensitiveModel?
    /// How cells of a region that are none of its codes are looked up; nil means they are not.
    public var regions: RegionSource? = nil

    public init(
        id: String, text: LocalizedText, type: QuestionType, answers: [Answer], missing: [MissingCode],
        when: Expression?,
        isPrivate: Bool, columns: [String], range: (least: Double?, greatest: Double?), line: Int
    ) {
        self.id = id
        self.text = text
        self.type = type
        self.answers = answers
        self.missing = missing
        self.when = when
        self.isPrivate = isPrivate
        self.columns = columns
        self.range = range
        self.line = line
    }
}
