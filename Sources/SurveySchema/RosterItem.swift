/// Which item of which roster a question is.
public struct RosterItem: Sendable, Equatable {
    /// The id of the roster, such as `gave`.
    public let roster: String
    /// What names the items, as in ``Roster/list``.
    public let list: String
    /// The code of the item, such as `01`.
    public let code: String
    public let label: LocalizedText

    public init(roster: String, list: String, code: String, label: LocalizedText) {
        self.roster = roster
        self.list = list
        self.code = code
        self.label = label
    }
}
