/// An item of a list over which rosters run.
public struct ListItem: Sendable, Equatable {
    /// What names the items, as in ``Roster/list``.
    public let list: String
    public let code: String

    public init(list: String, code: String) {
        self.list = list
        self.code = code
    }
}
