/// One answer of a list: its code as it stands in files, and its label.
public struct Answer: Sendable, Equatable {
    public let code: String
    public let label: LocalizedText

    public init(code: String, label: LocalizedText) {
        self.code = code
        self.label = label
    }
}
