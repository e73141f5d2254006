public import SurveySchema

/// A codebook as a page or a workbook shows it: counts that are already made, never a row.
public struct CodebookContent: Sendable {
    /// An answer of a variable.
    public struct Entry: Sendable {
        public let code: String
        public let label: LocalizedText
        /// Rows with it; nil where nothing is told of the rows.
        public let count: Int?
        /// Its sum of weights; nil where nothing is weighted.
        public let weight: Double?

        public init(code: String, label: LocalizedText, count: Int?, weight: Double? = nil) {
            self.code = code
            self.label = label
            self.count = count
            self.weight = weight
        }
    }

    /// A kind of missing answers: its name, the codes that mean it, and its rows.
    public struct Gap: Sendable {
        public let kind: String
        /// Codes and ranges such as `90 … 99`, each with its label.
        public let codes: [(code: String, label: LocalizedText)]
        /// nil where nothing is told of the rows.
        public let count: Int?
        public let weight: Double?

        public init(
            kind: String, codes: [(code: String, label: LocalizedText)], count: Int?, weight: Double? = nil
        ) {
            self.kind = kind
            self.codes = codes
            self.count = count
            self.weight = weight
        }
    }

    public struct Variable: Sendable {
        public let name: String
        public let label: LocalizedText
        /// `single`, `multiple`, `item`, `number`… as in machine formats.
        public let type: String
        public var measure: String?
        public var format: String?
        public var isPrivate = false
        public var answers: [Entry] = []
        public var gaps: [Gap] = []
        /// Rows with a value and sum of their weights; nil where nothing is told of the rows.
        public var count: Int?
        public var weight: Double?
        /// Least and greatest value as they are written in files.
        public var range: (least: String, greatest: String)?
        /// Further wordings: who has them, and the text.
        public var wordings: [(who: String, text: LocalizedText)] = []

        public init(name: String, label: LocalizedText, type: String) {
            self.name = name
            self.label = label
            self.type = type
        }

        /// True if the variable has missing answers or codes that mean one.
        public var hasGaps: Bool { gaps.contains { !$0.codes.isEmpty || ($0.count ?? 0) > 0 } }

        /// True if an answer has a label.
        public var isLabelled: Bool { answers.contains { !$0.label.isEmpty } }
    }

    /// Variables that are one question.
    public struct ResponseSet: Sendable {
        public let name: String
        public let label: LocalizedText
        public let variables: [String]

        public init(name: String, label: LocalizedText, variables: [String]) {
            self.name = name
            self.label = label
            self.variables = variables
        }
    }

    /// The name of the data file or wave.
    public var source: String
    public var title = LocalizedText.empty
    public var notes: [String] = []
    /// The weight of the weighted figures.
    public var weight: String?
    public var rowCount: Int?
    /// Variables that were left out by a filter.
    public var omitted = 0
    public var variables: [Variable] = []
    public var sets: [ResponseSet] = []

    public init(source: String) { self.source = source }
}
