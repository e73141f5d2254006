/// A language of texts that people read, by its code (`kk`, `ru`, `en`, `es`…).
public struct Language: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let kazakh = Language(rawValue: "kk")
    public static let russian = Language(rawValue: "ru")
    public static let english = Language(rawValue: "en")

    /// The languages in which Saual itself speaks.
    public static let spoken: [Language] = [.kazakh, .russian, .english]

    public var description: String { rawValue }
}
