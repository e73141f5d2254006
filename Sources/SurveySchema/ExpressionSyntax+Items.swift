/// Rosters in an expression as it was written: which names run over items, and how one item takes their place.
extension ExpressionSyntax {
    /// The names outside `any(…)` and `count(…)`, in the order of writing, with the characters that they take.
    var freeNames: [(name: String, range: Range<Int>)] {
        switch kind {
        case .truth, .number, .text, .call("any", _), .call("count", _): []
        case .name(let name): [(name, range)]
        case .negative(let inner), .not(let inner): inner.freeNames
        case .and(let parts), .or(let parts), .call(_, let parts): parts.flatMap(\.freeNames)
        case .compare(_, let left, let right), .arithmetic(_, let left, let right): left.freeNames + right.freeNames
        case .member(let subject, let items, _), .has(let subject, let items):
            subject.freeNames + items.flatMap(\.freeNames)
        }
    }

    /// Returns the expression with an item in the place of each free name that `rosters` holds.
    func bound(to code: String, _ rosters: Set<String>) -> ExpressionSyntax {
        func bound(_ syntax: ExpressionSyntax) -> ExpressionSyntax { syntax.bound(to: code, rosters) }
        let bound: Kind =
            switch kind {
            case .truth, .number, .text, .call("any", _), .call("count", _): kind
            case .name(let name): rosters.contains(name) ? .name("\(name)[\(code)]") : kind
            case .negative(let inner): .negative(bound(inner))
            case .not(let inner): .not(bound(inner))
            case .and(let parts): .and(parts.map(bound))
            case .or(let parts): .or(parts.map(bound))
            case .call(let name, let parts): .call(name, parts.map(bound))
            case .compare(let comparison, let left, let right): .compare(comparison, bound(left), bound(right))
            case .arithmetic(let arithmetic, let left, let right): .arithmetic(arithmetic, bound(left), bound(right))
            case .member(let subject, let items, let negated): .member(bound(subject), of: items, negated: negated)
            case .has(let subject, let items): .has(bound(subject), items)
            }
        return ExpressionSyntax(kind: bound, range: range, height: height)
    }

    /// The text with the same change, so that it can be read again without knowing the item.
    func text(_ text: String, boundTo code: String, _ rosters: Set<String>) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var written = 0
        for (name, range) in freeNames.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where rosters.contains(name) && range.lowerBound >= written && range.upperBound <= scalars.count {
            result.append(contentsOf: scalars[written..<range.lowerBound])
            result.append(contentsOf: Expression.written("\(name)[\(code)]").unicodeScalars)
            written = range.upperBound
        }
        result.append(contentsOf: scalars[written...])
        return String(result)
    }
}
