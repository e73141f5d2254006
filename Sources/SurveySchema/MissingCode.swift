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
