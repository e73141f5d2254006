/// What was asked: a questionnaire as read from its YAML file and found free of errors.
public struct Questionnaire: Sendable {
    public let id: String
    public let version: String
    public let title: LocalizedText
    public let languages: [Language]
    /// All questions in the order of the file.
    public let questions: [Question]
    public let derived: [DerivedVariable]
    /// The questionnaire's own missing kinds: name of each byte from 249.
    public let ownMissingKinds: [String]
    /// Columns that identify an interview within a wave; empty when none is declared.
    public let key: [String]
    /// The YAML text it was read from, kept with every wave imported under it.
    public let source: [UInt8]

    public init(
        id: String, version: String, title: LocalizedText, languages: [Language], questions: [Question],
        derived: [DerivedVariable], ownMissingKinds: [String], key: [String], source: [UInt8]
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.languages = languages
        self.questions = questions
        self.derived = derived
        self.ownMissingKinds = ownMissingKinds
        self.key = key
        self.source = source
    }

    public func question(_ id: String) -> Question? { questions.first { $0.id == id } }

    public func derivedVariable(_ id: String) -> DerivedVariable? { derived.first { $0.id == id } }

    /// The name of a missing kind, own kinds by the name that the questionnaire gave them.
    public func name(of kind: MissingKind) -> String {
        let own = Int(kind.rawValue) - Int(MissingKind.firstOwn)
        return ownMissingKinds.indices.contains(own) ? ownMissingKinds[own] : kind.name
    }
}

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

/// One question.
public struct Question: Sendable {
    public let id: String
    public let text: LocalizedText
    public let type: QuestionType
    /// The answers in schema order; empty for number, money, date and text.
    public let answers: [Answer]
    public let missing: [MissingCode]
    /// Who is asked; nil means everyone. This is also the base `asked`.
    public let when: Expression?
    /// Private columns stay in the study file and never leave it.
    public let isPrivate: Bool
    /// The column of the data file; for a multiple question the columns of its items, in the order of `answers`.
    public let columns: [String]
    /// Least and greatest number that may be answered.
    public let range: (least: Double?, greatest: Double?)
    /// Where the question stands in its file.
    public let line: Int

    public init(
        id: String, text: LocalizedText, type: QuestionType, answers: [Answer], missing: [MissingCode], when: Expression?,
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

/// One answer of a list: its code as it stands in files, and its label.
public struct Answer: Sendable, Equatable {
    public let code: String
    public let label: LocalizedText

    public init(code: String, label: LocalizedText) {
        self.code = code
        self.label = label
    }
}

/// A code that means a kind of missing answer.
public struct MissingCode: Sendable, Equatable {
    public let code: String
    public let kind: MissingKind
    public let label: LocalizedText

    public init(code: String, kind: MissingKind, label: LocalizedText) {
        self.code = code
        self.kind = kind
        self.label = label
    }
}

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
