/// A question that is asked once for each item of a list, with one column an item, written `gave[01]`.
///
/// Its items stand in the questionnaire as questions of their own, so everything that works on a question works on an
/// item; the roster itself has no answers, and its bare name is used by `any(…)` and `count(…)` only.
public struct Roster: Sendable {
    public let id: String
    /// The text as written, with `{item}` where the label of an item stands.
    public let text: LocalizedText
    public let type: QuestionType
    /// What names the items; rosters of one list mean the same item beside each other.
    ///
    /// The name of the shared answer list, also behind a multiple question; the id of the multiple question where its
    /// answers are its own.
    public let list: String
    /// The multiple question whose chosen answers alone are asked about; nil where every item is.
    public let chosenIn: String?
    /// Code and label of each item, in the order of the list.
    public let items: [Answer]
    private let codes: Set<String>

    public init(
        id: String, text: LocalizedText, type: QuestionType, list: String, chosenIn: String?, items: [Answer]
    ) {
        self.id = id
        self.text = text
        self.type = type
        self.list = list
        self.chosenIn = chosenIn
        self.items = items
        codes = Set(items.map(\.code))
    }

    /// The name of an item's question and column: `gave[01]`.
    public func name(of code: String) -> String { "\(id)[\(code)]" }

    /// Whether the list has an item of this code.
    public func hasItem(_ code: String) -> Bool { codes.contains(code) }

    /// The text for one item: its label in the place of `{item}`, or after the text if it has no such place.
    func text(for item: Answer) -> LocalizedText {
        LocalizedText(
            text.texts.map { language, text in
                let label = item.label[language] ?? item.code
                return (
                    language, text.contains("{item}") ? text.replacing("{item}", with: label) : "\(text) — \(label)"
                )
            })
    }
}
