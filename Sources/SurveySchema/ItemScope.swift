/// The names of another scope where one item of a list is spoken of: a bare roster of that list means its item.
///
///     let scope = questionnaire.item("01", of: "officials")
///     let share = Expression.checked("gave = 1 or asked = 1", in: scope)   // gave[01] = 1 or asked[01] = 1
///
/// Inside `any(…)` and `count(…)` a roster runs over all of its items here too. The expression that comes out, its
/// `source` included, names the items and needs this scope no more.
public struct ItemScope<Scope: ExpressionScope>: ExpressionScope {
    public let scope: Scope
    public let item: ListItem?

    public init(_ scope: Scope, item: ListItem) {
        self.scope = scope
        self.item = item
    }

    public func type(of name: String) -> ValueType? { scope.type(of: name) }
    public func roster(_ name: String) -> Roster? { scope.roster(name) }
    public var names: [String] { scope.names }
}

extension ExpressionScope {
    /// The same names where a bare roster of `list` means its item of this code.
    public func item(_ code: String, of list: String) -> ItemScope<Self> {
        ItemScope(self, item: ListItem(list: list, code: code))
    }
}
