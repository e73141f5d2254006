/// At most 65,536 rows of one column in their smallest encoding: what an import makes and a study file stores.
public struct ColumnChunk: Sendable, Equatable {
    /// How the values stand in `bytes`, little-endian.
    public enum Encoding: UInt8, Sendable {
        case uint8 = 1
        case uint16 = 2
        case uint32 = 3
        case int8 = 4
        case int16 = 5
        case int32 = 6
        case float64 = 7
    }

    public let rowCount: Int
    public let encoding: Encoding
    public let bytes: [UInt8]
    /// For numbers and dates empty if no row is missing, else 0 or the byte of a missing kind; empty for coded columns.
    public let kinds: [UInt8]

    public init(rowCount: Int, encoding: Encoding, bytes: [UInt8], kinds: [UInt8] = []) {
        self.rowCount = rowCount
        self.encoding = encoding
        self.bytes = bytes
        self.kinds = kinds
    }

    /// Rows of a full chunk.
    public static let fullRows = 65_536
}

/// What an import says of a column apart from its rows; known in full when the last chunk is written.
public struct ColumnDescription: Sendable, Equatable {
    public var name: String
    public var kind: Column.Kind
    /// Answer codes or distinct texts; grows while texts are read.
    public var dictionary: [String]
    /// Private columns never leave the study file.
    public var isPrivate: Bool

    public init(name: String, kind: Column.Kind, dictionary: [String] = [], isPrivate: Bool = false) {
        self.name = name
        self.kind = kind
        self.dictionary = dictionary
        self.isPrivate = isPrivate
    }
}
