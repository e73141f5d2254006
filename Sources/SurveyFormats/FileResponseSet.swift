public import SurveySchema

/// Columns that are one question with several answers.
public struct FileResponseSet: Sendable {
    /// How the columns hold the answers.
    public enum Kind: String, Sendable {
        /// Each column holds one of the chosen answers.
        case categories
        /// Each column is an answer; it was chosen where the cell is the counted value.
        case dichotomies
    }

    /// The name as in the file, in SPSS with `$`.
    public var name: String
    public var label: LocalizedText
    public var kind: Kind
    public var variables: [String]
    /// The value that means chosen; nil for sets of categories.
    public var counted: String?
    /// True if answers are named by the label of the counted value and not by that of the column.
    public var labelsAreOfCounted = false

    public init(
        name: String, label: LocalizedText, kind: Kind, variables: [String], counted: String? = nil,
        labelsAreOfCounted: Bool = false
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.variables = variables
        self.counted = counted
        self.labelsAreOfCounted = labelsAreOfCounted
    }
}
