internal import SurveyProblems

/// Rosters in `any(…)` and `count(…)`: a condition with a roster in it stands for one condition an item.
extension ExpressionChecker {
    /// The conditions in the brackets; rosters run over their items together, item by item.
    mutating func conditions(_ parts: [ExpressionSyntax]) -> [ExpressionNode]? {
        var nodes: [ExpressionNode] = []
        var isSound = true
        var first: Roster?
        for part in parts {
            let rosters = part.freeNames.compactMap { name, range in
                scope.roster(name).map { (roster: $0, range: range) }
            }
            for (roster, range) in rosters {
                if let first, first.list != roster.list {
                    problems.append(.rostersOfTwoLists(first, roster, at: range.lowerBound))
                    isSound = false
                }
                first = first ?? roster
            }
            guard let items = rosters.first?.roster.items, isSound else {
                if rosters.isEmpty, let node = truth(part) { nodes.append(node) } else { isSound = false }
                continue
            }
            let names = Set(rosters.map(\.roster.id))
            for item in items {
                // What is wrong with one item is wrong with all.
                guard let node = truth(part.bound(to: item.code, names)) else {
                    isSound = false
                    break
                }
                nodes.append(node)
            }
        }
        return isSound ? nodes : nil
    }
}

extension Problem {
    /// A roster by its bare name where no item is meant.
    static func rosterWithoutItem(_ roster: Roster, at offset: Int? = nil) -> Problem {
        Problem(
            "schema.roster-without-item", .input, what: "\"\(roster.id)\" is a roster and has an answer for each item",
            place: Place(position: offset.map { $0 + 1 }, variable: roster.id),
            why:
                "a bare roster name stands in any(…) or count(…), or where one item of \"\(roster.list)\" is meant; the items are \(list: roster.items.map(\.code))",
            fix: "write \(Expression.written(roster.name(of: roster.items.first?.code ?? "1"))) or any(\(roster.id) …)")
    }

    /// A code that is no item of a roster.
    static func unknownItem(_ code: String, of roster: String, codes: [String], at offset: Int? = nil) -> Problem {
        let near = NearestNames.of(code, among: codes)
        return Problem(
            "schema.unknown-item", .input, what: "\"\(roster)\" has no item \"\(code)\"",
            place: Place(position: offset.map { $0 + 1 }, variable: roster),
            why: "its items are \(list: codes), compared as text; found \(code)",
            fix: "write \(list: near.isEmpty ? codes : near)")
    }

    /// Rosters of different lists in one `any(…)` or `count(…)`.
    static func rostersOfTwoLists(_ first: Roster, _ second: Roster, at offset: Int) -> Problem {
        Problem(
            "schema.rosters-of-two-lists", .input,
            what: "\"\(first.id)\" and \"\(second.id)\" do not run over the same items",
            place: Place(position: offset + 1, variable: second.id),
            why:
                "rosters in one any(…) or count(…) are taken item by item, so they must have one list; found \(first.list) and \(second.list)",
            fix: "write an any(…) or count(…) for each list, and join them with or, and, +")
    }

    /// An expression that becomes too large once its rosters are written out.
    static func expressionExpands(most: Int) -> Problem {
        Problem(
            "schema.expression-expands", .input, what: "The expression becomes too large", place: Place(position: 1),
            why: "any(…) and count(…) stand for one condition an item; at most \(most) parts may come out",
            fix: "take rosters of fewer items, or do not put one any(…) or count(…) into another")
    }
}
