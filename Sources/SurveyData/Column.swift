public import SurveySchema

/// One variable of a wave in memory: values by row, and for each row without a value the reason.
public struct Column: Sendable {
    /// What the values mean.
    public enum Kind: String, Sendable, CaseIterable {
        /// Indexes into `dictionary`, which holds the answer codes in schema order.
        case answers
        /// Numbers.
        case number
        /// Dates as days since 1970-01-01.
        case date
        /// Indexes into `dictionary`, which holds the distinct texts in order of first appearance.
        case text
        /// One item of a multiple-response set: 0 or 1.
        case item
        /// A multiple-response set as a whole: 0 where answered, a missing kind elsewhere.
        case set
    }

    /// The values; a byte or word at or above the least missing kind is that kind.
    public enum Values: Sendable {
        /// Answers (at most 241 codes), items, sets: index, or the byte of a missing kind.
        case bytes([UInt8])
        /// Answers with more codes: index, or 0xFF00 + the byte of a missing kind.
        case words([UInt16])
        /// Texts: index, or 0xFFFF_FF00 + the byte of a missing kind.
        case indexes([UInt32])
        /// Numbers and dates; `kinds` is empty if no row is missing, else 0 for a value or the byte of a missing kind.
        case numbers([Double], kinds: [UInt8])
    }

    public let name: String
    public let kind: Kind
    public let dictionary: [String]
    public let values: Values

    public init(name: String, kind: Kind, dictionary: [String] = [], values: Values) {
        self.name = name
        self.kind = kind
        self.dictionary = dictionary
        self.values = values
    }

    public var rowCount: Int {
        switch values {
        case .bytes(let bytes): bytes.count
        case .words(let words): words.count
        case .indexes(let indexes): indexes.count
        case .numbers(let numbers, _): numbers.count
        }
    }

    /// The reason why a row has no value, nil where it has one.
    public func missing(at row: Int) -> MissingKind? {
        switch values {
        case .bytes(let bytes): MissingKind(rawValue: bytes[row])
        case .words(let words): words[row] >= Column.missingWord ? MissingKind(rawValue: UInt8(words[row] & 0xFF)) : nil
        case .indexes(let indexes):
            indexes[row] >= Column.missingIndex ? MissingKind(rawValue: UInt8(indexes[row] & 0xFF)) : nil
        case .numbers(_, let kinds): kinds.isEmpty ? nil : MissingKind(rawValue: kinds[row])
        }
    }

    /// Words from here on are missing kinds.
    public static let missingWord: UInt16 = 0xFF00
    /// Text indexes from here on are missing kinds.
    public static let missingIndex: UInt32 = 0xFFFF_FF00
    /// The number of answers up to which a coded column has one byte a row.
    public static let mostByteAnswers = 240
}
