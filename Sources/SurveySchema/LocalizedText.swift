/// One text in one or several languages, in the order in which they were written.
public struct LocalizedText: Sendable, Equatable {
    public let texts: [(language: Language, text: String)]

    public init(_ texts: [(language: Language, text: String)]) { self.texts = texts }

    public static let empty = LocalizedText([])

    public var isEmpty: Bool { texts.isEmpty }

    public subscript(language: Language) -> String? { texts.first { $0.language == language }?.text }

    /// The text in a language; else in English, else the first one; nil when there is none at all.
    public func text(in language: Language) -> String? { self[language] ?? self[.english] ?? texts.first?.text }

    public static func == (left: LocalizedText, right: LocalizedText) -> Bool {
        left.texts.elementsEqual(right.texts) { $0.language == $1.language && $0.text == $1.text }
    }
}
