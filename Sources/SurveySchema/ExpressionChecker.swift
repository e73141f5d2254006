public import SurveyProblems

/// Looks up the names of a parsed expression, checks types and answer codes, and makes the tree that is evaluated.
///
/// Every check goes on after a problem, so that one run reports all of them; a node with a problem is nil.
struct ExpressionChecker<Scope: ExpressionScope> {
    var problems: [Problem] = []
    let scope: Scope
    private let text: [Unicode.Scalar]
    private var unknown: Set<String> = []
    /// Nodes that may still be checked: a few words over long rosters make very many.
    private(set) var steps: Int

    init(text: String, scope: Scope, steps: Int) {
        self.scope = scope
        self.text = Array(text.unicodeScalars)
        self.steps = steps
    }

    /// Checks a whole expression.
    mutating func root(_ syntax: ExpressionSyntax, expecting expectation: Expression.Expectation) -> ExpressionNode? {
        switch expectation {
        case .truth: truth(syntax)
        case .number: number(syntax, allowsDate: false)
        case .either: isNumeric(syntax) ? number(syntax, allowsDate: false) : truth(syntax)
        }
    }

    private func isNumeric(_ syntax: ExpressionSyntax) -> Bool {
        switch syntax.kind {
        case .number, .negative, .arithmetic: true
        case .call(let name, _): name == "count"
        case .name(let name):
            switch scope.type(of: name) {
            case .number, .scale, .date: true
            default: false
            }
        default: false
        }
    }

    // MARK: Conditions

    mutating func truth(_ syntax: ExpressionSyntax) -> ExpressionNode? {
        guard takeStep() else { return nil }
        switch syntax.kind {
        case .truth(let value): return .truth(value)
        case .name(let name):
            guard let type = type(of: name, at: syntax) else { return nil }
            if type == .truth { return .name(name, .truth) }
            return refuse(.notACondition(source(syntax), at: syntax.range.lowerBound))
        case .not(let inner): return truth(inner).map { .not($0) }
        case .and(let parts): return truths(parts).map { .and($0) }
        case .or(let parts): return truths(parts).map { .or($0) }
        case .compare(let comparison, let left, let right): return compare(comparison, left, right, whole: syntax)
        case .member(let subject, let items, let negated):
            return member(subject, items, negated: negated, whole: syntax)
        case .has(let subject, let items): return has(subject, items)
        case .call("any", let parts): return conditions(parts).map { .any($0) }
        case .call(let function, let arguments) where function != "count":
            return presence(function, arguments, at: syntax)
        default: return refuse(.notACondition(source(syntax), at: syntax.range.lowerBound))
        }
    }

    private mutating func truths(_ parts: [ExpressionSyntax]) -> [ExpressionNode]? {
        var nodes: [ExpressionNode] = []
        for part in parts {
            if let node = truth(part) { nodes.append(node) }
        }
        return nodes.count == parts.count ? nodes : nil
    }

    /// `missing(x)`, `asked(x)` and `answered(x)`.
    private mutating func presence(
        _ function: String, _ arguments: [ExpressionSyntax], at syntax: ExpressionSyntax
    ) -> ExpressionNode? {
        guard arguments.count == 1, case .name(let name) = arguments[0].kind else {
            return refuse(.needsOneName(function, at: syntax.range.lowerBound))
        }
        guard type(of: name, at: arguments[0]) != nil else { return nil }
        switch function {
        case "asked": return .asked(name)
        case "answered": return .answered(name)
        default: return .missing(name)
        }
    }

    private mutating func compare(
        _ comparison: ExpressionNode.Comparison, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
        whole: ExpressionSyntax
    ) -> ExpressionNode? {
        // A constant on the left is moved to the right: `18 <= age` is `age >= 18`.
        if left.isConstant, !right.isConstant { return compare(comparison.turned, right, left, whole: whole) }
        let isEquality = comparison == .equal || comparison == .notEqual
        if case .name(let name) = left.kind {
            guard let type = type(of: name, at: left) else {
                for other in right.names { _ = self.type(of: other, at: right) }
                return nil
            }
            switch type {
            case .set(let codes): return refuse(.setNeedsHas(name, codes: codes, at: left.range.lowerBound))
            case .truth:
                if isEquality, let wanted = right.truthValue {
                    return wanted == (comparison == .equal) ? .name(name, .truth) : .not(.name(name, .truth))
                }
                return refuse(.notComparable(source(left), source(right), at: whole.range.lowerBound))
            case .answer(let codes), .scale(let codes):
                if case .scale = type, !isEquality || right.codeText == nil { break }
                guard isEquality else {
                    return refuse(.noOrder(name, sign: comparison.rawValue, at: left.range.lowerBound))
                }
                if let code = right.codeText {
                    guard known(code, of: name, codes: codes, at: right) else { return nil }
                    return .member(of: name, codes: [code], negated: comparison == .notEqual)
                }
                return compareTexts(comparison, name, type, right, codes: codes, whole: whole)
            case .text:
                guard isEquality else {
                    return refuse(.noOrder(name, sign: comparison.rawValue, at: left.range.lowerBound))
                }
                if case .text(let text) = right.kind {
                    return .member(of: name, codes: [text], negated: comparison == .notEqual)
                }
                return compareTexts(comparison, name, type, right, codes: [], whole: whole)
            case .date:
                if case .text(let text) = right.kind {
                    guard let date = date(text, at: right) else { return nil }
                    return .compare(comparison, .name(name, .date), .number(Double(date.days)))
                }
            case .number: break
            }
        }
        return compareNumbers(comparison, left, right, whole: whole)
    }

    /// Two answer or text variables, by the texts of their codes.
    private mutating func compareTexts(
        _ comparison: ExpressionNode.Comparison, _ name: String, _ type: ValueType, _ right: ExpressionSyntax,
        codes: [String], whole: ExpressionSyntax
    ) -> ExpressionNode? {
        guard case .name(let other) = right.kind else {
            return refuse(.notComparable(name, source(right), at: whole.range.lowerBound))
        }
        if scope.type(of: other) == nil, codes.contains(other) {
            return refuse(.unquotedCode(other, of: name, at: right.range.lowerBound))
        }
        guard let otherType = self.type(of: other, at: right) else { return nil }
        switch otherType {
        case .answer, .scale, .text: return .compare(comparison, .name(name, type), .name(other, otherType))
        default: return refuse(.notComparable(name, other, at: whole.range.lowerBound))
        }
    }

    private mutating func compareNumbers(
        _ comparison: ExpressionNode.Comparison, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
        whole: ExpressionSyntax
    ) -> ExpressionNode? {
        let found = problems.count
        guard !left.isText, !right.isText else {
            return refuse(.notComparable(source(left), source(right), at: whole.range.lowerBound))
        }
        let leftNode = number(left, allowsDate: true)
        let rightNode = number(right, allowsDate: true)
        guard let leftNode, let rightNode, problems.count == found else { return nil }
        guard isDate(leftNode) == isDate(rightNode) else {
            return refuse(.notComparable(source(left), source(right), at: whole.range.lowerBound))
        }
        return .compare(comparison, leftNode, rightNode)
    }

    private mutating func member(
        _ subject: ExpressionSyntax, _ items: [ExpressionSyntax], negated: Bool, whole: ExpressionSyntax
    ) -> ExpressionNode? {
        if case .name(let name) = subject.kind {
            guard let type = type(of: name, at: subject) else { return nil }
            switch type {
            case .answer(let codes), .scale(let codes):
                let wanted = items.compactMap { item -> String? in self.code(item, of: name, codes: codes) }
                return wanted.count == items.count ? .member(of: name, codes: wanted, negated: negated) : nil
            case .text:
                var wanted: [String] = []
                for item in items {
                    if case .text(let text) = item.kind {
                        wanted.append(text)
                    } else {
                        problems.append(.notComparable(name, source(item), at: item.range.lowerBound))
                    }
                }
                return wanted.count == items.count ? .member(of: name, codes: wanted, negated: negated) : nil
            case .set(let codes): return refuse(.setNeedsHas(name, codes: codes, at: subject.range.lowerBound))
            case .truth: return refuse(.notComparable(name, source(items[0]), at: whole.range.lowerBound))
            case .number, .date: break
            }
        }
        let equalities = items.compactMap { item -> ExpressionNode? in
            guard item.isConstant else { return refuse(.notAConstant(source(item), at: item.range.lowerBound)) }
            return compare(.equal, subject, item, whole: item)
        }
        guard equalities.count == items.count else { return nil }
        return negated ? .not(.or(equalities)) : .or(equalities)
    }

    private mutating func has(_ subject: ExpressionSyntax, _ items: [ExpressionSyntax]) -> ExpressionNode? {
        guard case .name(let name) = subject.kind else {
            return refuse(.notASet(source(subject), at: subject.range.lowerBound))
        }
        guard let type = type(of: name, at: subject) else { return nil }
        guard case .set(let codes) = type else { return refuse(.notASet(name, at: subject.range.lowerBound)) }
        let wanted = items.compactMap { item -> String? in self.code(item, of: name, codes: codes) }
        return wanted.count == items.count ? .has(set: name, codes: wanted) : nil
    }

    // MARK: Numbers

    private mutating func number(_ syntax: ExpressionSyntax, allowsDate: Bool) -> ExpressionNode? {
        guard takeStep() else { return nil }
        switch syntax.kind {
        case .number(let value, _): return .number(value)
        case .negative(let inner):
            guard let node = number(inner, allowsDate: false) else { return nil }
            if case .number(let value) = node { return .number(-value) }
            return .arithmetic(.subtract, .number(0), node)
        case .name(let name):
            guard let type = type(of: name, at: syntax) else { return nil }
            switch type {
            case .number, .scale: return .name(name, type)
            case .date where allowsDate: return .name(name, type)
            default: return refuse(.notANumber(name, at: syntax.range.lowerBound))
            }
        case .arithmetic(let arithmetic, let left, let right):
            let takesDates = arithmetic == .subtract
            let leftNode = number(left, allowsDate: takesDates)
            let rightNode = number(right, allowsDate: takesDates)
            guard let leftNode, let rightNode else { return nil }
            // Two dates make a number of days; a date and a number make nothing.
            guard isDate(leftNode) == isDate(rightNode) else {
                return refuse(.notANumber(source(isDate(leftNode) ? left : right), at: syntax.range.lowerBound))
            }
            return .arithmetic(arithmetic, leftNode, rightNode)
        case .call("count", let parts): return conditions(parts).map { .count($0) }
        default:
            return refuse(.notANumber(source(syntax), at: syntax.range.lowerBound))
        }
    }

    private func isDate(_ node: ExpressionNode) -> Bool {
        if case .name(_, .date) = node { true } else { false }
    }

    // MARK: Names, codes and dates

    /// The type of a name; an unknown one is reported once.
    private mutating func type(of name: String, at syntax: ExpressionSyntax) -> ValueType? {
        if let type = scope.type(of: name) { return type }
        if unknown.insert(name).inserted {
            problems.append(unknownName(name, at: syntax.range.lowerBound))
        }
        return nil
    }

    private func unknownName(_ name: String, at offset: Int) -> Problem {
        if let roster = scope.roster(name) { return .rosterWithoutItem(roster, at: offset) }
        if let open = name.firstIndex(of: "["), name.hasSuffix("]"), let roster = scope.roster(String(name[..<open])) {
            return .unknownItem(
                String(name[name.index(after: open)...].dropLast()), of: roster.id, codes: roster.items.map(\.code),
                at: offset)
        }
        return .unknownName(name, known: scope.names, at: offset)
    }

    /// Takes one step; false, and a problem once, when there is none left.
    private mutating func takeStep() -> Bool {
        guard steps == 0 else {
            steps -= 1
            return true
        }
        if !problems.contains(where: { $0.code == "schema.expression-expands" }) {
            problems.append(.expressionExpands(most: Expression.mostSteps))
        }
        return false
    }

    /// The text of an answer code in a list; reported if it is none of the variable's.
    private mutating func code(_ item: ExpressionSyntax, of name: String, codes: [String]) -> String? {
        if let code = item.codeText { return known(code, of: name, codes: codes, at: item) ? code : nil }
        if case .name(let word) = item.kind, codes.contains(word) {
            return refuse(.unquotedCode(word, of: name, at: item.range.lowerBound))
        }
        return refuse(.notAConstant(source(item), at: item.range.lowerBound))
    }

    private mutating func known(_ code: String, of name: String, codes: [String], at syntax: ExpressionSyntax) -> Bool {
        if codes.contains(code) { return true }
        problems.append(.unknownAnswer(code, of: name, codes: codes, at: syntax.range.lowerBound))
        return false
    }

    private mutating func date(_ text: String, at syntax: ExpressionSyntax) -> CalendarDate? {
        if let date = CalendarDate(iso: text) { return date }
        return refuse(.notADate(text, at: syntax.range.lowerBound))
    }

    private func source(_ syntax: ExpressionSyntax) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text[syntax.range.clamped(to: text.indices)].prefix(60))
        return String(view)
    }

    private mutating func refuse<Node>(_ problem: Problem) -> Node? {
        problems.append(problem)
        return nil
    }
}

extension ExpressionNode.Comparison {
    /// The comparison with its sides exchanged.
    fileprivate var turned: ExpressionNode.Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }
}

extension Problem {
    /// A name that is neither a question nor a derived variable.
    public static func unknownName(_ name: String, known: [String], at offset: Int? = nil) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "schema.unknown-name", .input, what: "Name \"\(name)\" does not exist",
            place: Place(position: offset.map { $0 + 1 }), why: "the names are \(list: known)",
            fix: "write \(list: near.isEmpty ? known : near), or declare the name")
    }

    /// An answer code that is not in the list of its question.
    static func unknownAnswer(_ code: String, of name: String, codes: [String], at offset: Int? = nil) -> Problem {
        Problem(
            "schema.unknown-answer", .input, what: "\"\(name)\" has no answer \"\(code)\"",
            place: Place(position: offset.map { $0 + 1 }, variable: name),
            why: "its answers are \(list: codes); found \(code)",
            fix: "write one of these codes")
    }

    /// An answer code that looks like a name because its quotes are missing.
    static func unquotedCode(_ code: String, of name: String, at offset: Int) -> Problem {
        Problem(
            "schema.unquoted-code", .input, what: "The answer \(code) stands without quotes",
            place: Place(position: offset + 1, variable: name),
            why: "an answer of \"\(name)\" that is no number is written in quotes; found \(code)",
            fix: "write \"\(code)\" with the quotes")
    }

    /// Something that is neither true nor false where a condition must stand.
    static func notACondition(_ source: String, at offset: Int) -> Problem {
        Problem(
            "schema.not-a-condition", .input, what: "\(source) is not a condition", place: Place(position: offset + 1),
            why: "something that is true or false must stand here; found \(source)",
            fix: "compare it, as in age >= 18 or sex = 1")
    }

    /// Something that is not a number where one must stand.
    static func notANumber(_ source: String, at offset: Int? = nil) -> Problem {
        Problem(
            "schema.not-numeric", .input, what: "\(source) is not numeric",
            place: Place(position: offset.map { $0 + 1 }),
            why: "a number, a number or money question, or a scale question must stand here; found \(source)",
            fix: "use a numeric variable, or make the question a scale")
    }

    /// Two sides of different types.
    static func notComparable(_ left: String, _ right: String, at offset: Int) -> Problem {
        Problem(
            "schema.not-comparable", .input, what: "\(left) cannot be compared with \(right)",
            place: Place(position: offset + 1),
            why:
                "texts are compared with texts in quotes, numbers with numbers, dates with dates; found \(left) and \(right)",
            fix: "make both sides of one type, as in region = \"07\", age >= 18, day >= \"2023-05-01\"")
    }

    /// A comparison by size of answers or texts, which have none.
    static func noOrder(_ name: String, sign: String, at offset: Int) -> Problem {
        Problem(
            "schema.no-order", .input, what: "\"\(name)\" cannot be compared with \(sign)",
            place: Place(position: offset + 1, variable: name),
            why: "answers and texts are equal or not; only numbers, dates and scales have an order; found \(sign)",
            fix: "write \(name) in [ … ], or make the question a scale")
    }

    /// A multiple-response set where one answer is compared.
    static func setNeedsHas(_ name: String, codes: [String], at offset: Int) -> Problem {
        Problem(
            "schema.set-needs-has", .input, what: "\"\(name)\" is a set of answers",
            place: Place(position: offset + 1, variable: name),
            why:
                "a multiple question can hold several answers at once, so has asks for one; its answers are \(list: codes)",
            fix: "write \(name) has \(codes.first ?? "1")")
    }

    /// The word `has` after something that is not a set.
    static func notASet(_ source: String, at offset: Int) -> Problem {
        Problem(
            "schema.not-a-set", .input, what: "\(source) is not a set of answers", place: Place(position: offset + 1),
            why: "has stands after a multiple question; found \(source)", fix: "write = or in")
    }

    /// A name or a calculation where a constant must stand.
    static func notAConstant(_ source: String, at offset: Int) -> Problem {
        Problem(
            "schema.not-a-constant", .input, what: "\(source) is not a constant", place: Place(position: offset + 1),
            why: "a number or a text in quotes must stand here; found \(source)",
            fix: "write the code or the number itself; texts in quotes")
    }

    /// A text beside a date that is no date.
    static func notADate(_ text: String, at offset: Int) -> Problem {
        Problem(
            "schema.not-a-date", .input, what: "\"\(text)\" is not a date", place: Place(position: offset + 1),
            why: "a date is written year-month-day, such as \"2023-05-01\"; found \"\(text)\"", fix: "correct the date")
    }

    /// A function that takes one name and was given something else.
    static func needsOneName(_ function: String, at offset: Int) -> Problem {
        Problem(
            "schema.needs-one-name", .input, what: "\(function)(…) takes one name", place: Place(position: offset + 1),
            why: "\(function) asks whether one variable was put or answered; found something else in the brackets",
            fix: "write \(function)(NAME)")
    }
}
