/// What the rows of a form say of a name that expressions use.
struct FormVariable {
    enum Kind {
        case single, multiple, number, date, text
        /// A calculation that is a derived variable; its answers are in `codes`, none for numbers.
        case derived
    }

    /// The id in the questionnaire.
    let id: String
    let kind: Kind
    var codes: [String] = []
    /// The repeat that it stands in.
    var group: String?
}
