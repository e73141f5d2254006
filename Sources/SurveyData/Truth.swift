/// A condition by row in three-valued logic: false, true, or unknown where an answer it needs is missing.
public struct Truth: Sendable, Equatable {
    public static let no: UInt8 = 0
    public static let yes: UInt8 = 1
    public static let unknown: UInt8 = 2

    public let values: [UInt8]

    public init(values: [UInt8]) { self.values = values }

    public var rowCount: Int { values.count }
}
