public import SurveySchema

/// One column as a file describes it.
public struct FileVariable: Sendable {
    /// What the cells are.
    public enum Content: String, Sendable {
        case number
        case text
        /// `YYYY-MM-DD`.
        case date
        /// `YYYY-MM-DDThh:mm:ss`.
        case dateTime = "date-time"
        /// `hh:mm:ss`, a duration or a time of day.
        case time
    }

    /// How a value may be compared, as SPSS keeps it.
    public enum Measure: String, Sendable {
        case nominal, ordinal, scale
    }

    /// A user-missing value.
    public enum Missing: Sendable, Equatable {
        /// One value, by the text of its cells.
        case code(String)
        /// All numbers of a range; nil means that it is open on this side.
        case range(least: Double?, greatest: Double?)
    }

    /// The name of the column.
    public var name: String
    public var content: Content
    public var label: LocalizedText = .empty
    /// Labels of values by code, missing ones too, in the order of the file.
    public var labels: [Answer] = []
    public var missing: [Missing] = []
    public var measure: Measure?
    /// How the program of the file shows values: `F8.2`, `DATE11`, `%9.0g`.
    public var format = ""
    /// Bytes of the longest text that fits; 0 for numbers.
    public var width = 0
    /// Further properties by name.
    public var attributes: [(name: String, values: [String])] = []

    public init(name: String, content: Content) {
        self.name = name
        self.content = content
    }

    /// True if a number lies in a range of missing values.
    public func isMissing(_ value: Double) -> Bool {
        missing.contains {
            guard case .range(let least, let greatest) = $0 else { return false }
            return value >= least ?? -.infinity && value <= greatest ?? .infinity
        }
    }

    /// True if a cell is one of the missing codes.
    public func isMissing(code: String) -> Bool { missing.contains(.code(code)) }
}
