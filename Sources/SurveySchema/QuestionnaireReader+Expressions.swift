internal import SurveyProblems
internal import SurveyYAML

/// The second pass: routing and rules, checked against everything that the first pass found.
extension QuestionnaireReader {
    /// The variables of the first pass as names of expressions.
    struct DraftScope: ExpressionScope {
        var types: [String: ValueType] = [:]
        /// Names that exist and whose type could not be found.
        var unsound: Set<String> = []
        var names: [String] = []
        /// Rosters with the type of their items.
        var rosters: [String: (roster: Roster, type: ValueType)] = [:]

        func type(of name: String) -> ValueType? {
            if let type = types[name] { return type }
            guard let whole = QuestionnaireReader.setName(ofItem: name) else { return nil }
            let code = String(name[name.index(name.startIndex, offsetBy: whole.count + 1)...].dropLast())
            if let (roster, type) = rosters[whole] { return roster.hasItem(code) ? type : nil }
            guard case .set(let codes) = types[whole], codes.contains(code) else { return nil }
            return .truth
        }

        func roster(_ name: String) -> Roster? { rosters[name]?.roster }
    }

    /// What the expressions of a questionnaire use, and how much they may still become.
    struct ExpressionUses {
        /// The names that a variable uses, by its own.
        var names: [String: [String]] = [:]
        /// Parts that rosters may still be written out to, in all expressions together.
        var steps = 1_000_000
    }

    /// The part before the bracket of `channel[2]`.
    private static func setName(ofItem name: String) -> String? {
        guard name.hasSuffix("]"), let open = name.firstIndex(of: "[") else { return nil }
        return String(name[..<open])
    }

    /// Checks all expressions and references and returns what could be made.
    func checkedVariables(_ checks: YAMLNode?) -> (
        questions: [Question], derived: [DerivedVariable], checks: [ConsistencyCheck]
    ) {
        let scope = draftScope()
        var uses = ExpressionUses()
        let madeQuestions = questions.flatMap { draft -> [Question] in
            if let roster = draft.roster { return items(of: draft, roster, in: scope, uses: &uses) }
            let when = draft.when.flatMap { expression($0, of: draft.id, in: scope, expecting: .truth, uses: &uses) }
            return [draft.question(id: draft.id, text: draft.text, when: when, columns: draft.columns.map(\.name))]
                .compactMap(\.self)
        }
        let madeDerived = derived.compactMap { draft -> DerivedVariable? in
            guard let definition = definition(of: draft, in: scope, uses: &uses), let text = draft.text else {
                return nil
            }
            return DerivedVariable(
                id: draft.id, text: text, definition: definition, answers: draft.answers, line: draft.mark.line)
        }
        let madeChecks = checks.map { readChecks($0, in: scope, uses: &uses) } ?? []
        reportCircles(uses.names)
        return (madeQuestions, madeDerived, madeChecks)
    }

    private func draftScope() -> DraftScope {
        var scope = DraftScope()
        for draft in questions
        where !draft.id.isEmpty && scope.types[draft.id] == nil && scope.rosters[draft.id] == nil {
            scope.names.append(draft.id)
            let question = draft.question(id: draft.id, text: .empty, when: nil, columns: [])
            if let type = question?.valueType, draft.isSound {
                if let roster = draft.roster {
                    scope.rosters[draft.id] = (roster, type)
                } else {
                    scope.types[draft.id] = type
                }
            } else {
                scope.unsound.insert(draft.id)
            }
        }
        for draft in derived
        where scope.types[draft.id] == nil && scope.rosters[draft.id] == nil && !scope.unsound.contains(draft.id) {
            scope.names.append(draft.id)
            switch draft.shape {
            case nil: scope.unsound.insert(draft.id)
            case .number: scope.types[draft.id] = .number
            case .cut, .cases: scope.types[draft.id] = .answer(codes: draft.answers.map(\.code))
            }
        }
        return scope
    }

    private func definition(
        of draft: DerivedDraft, in scope: DraftScope, uses: inout ExpressionUses
    ) -> DerivedVariable.Definition? {
        switch draft.shape {
        case nil: return nil
        case .number(let node):
            return expression(node, of: draft.id, in: scope, expecting: .number, uses: &uses).map { .number($0) }
        case .cases(let rules):
            var made: [(answer: String, condition: Expression)] = []
            for rule in rules {
                if let condition = expression(rule.condition, of: draft.id, in: scope, expecting: .truth, uses: &uses) {
                    made.append((rule.answer, condition))
                }
            }
            return made.count == rules.count ? .cases(made) : nil
        case .cut(let node, let limits):
            guard let name = node.scalar else { return nil }
            guard !scope.unsound.contains(name) else { return nil }
            switch scope.type(of: name) {
            case .number, .scale:
                uses.names[draft.id, default: []].append(name)
                return .cut(of: name, at: limits)
            case nil: reader.report(unknownName(name, in: scope), at: node.mark)
            default: reader.report(.notANumber(name), at: node.mark)
            }
            return nil
        }
    }

    private func unknownName(_ name: String, in scope: DraftScope) -> Problem {
        scope.roster(name).map { .rosterWithoutItem($0) } ?? .unknownName(name, known: scope.names)
    }

    /// Parses and checks an expression and notes which names its variable uses.
    func expression(
        _ node: YAMLNode, of variable: String, in scope: DraftScope, expecting expectation: Expression.Expectation,
        uses: inout ExpressionUses
    ) -> Expression? {
        guard let (syntax, text) = syntax(node, of: variable, in: scope, uses: &uses) else { return nil }
        let checked = checked(syntax, text, in: scope, expecting: expectation, uses: &uses)
        for problem in checked.problems { reader.report(problem, within: node) }
        return checked.value
    }

    /// Parses an expression and notes which names its variable uses; nil if one of them is broken.
    func syntax(
        _ node: YAMLNode, of variable: String, in scope: DraftScope, uses: inout ExpressionUses
    ) -> (ExpressionSyntax, text: String)? {
        guard let text = reader.text(node) else { return nil }
        let syntax: ExpressionSyntax
        do {
            syntax = try ExpressionParser.syntax(of: text)
        } catch {
            reader.report(error, within: node)
            return nil
        }
        let names = syntax.names.map { QuestionnaireReader.setName(ofItem: $0) ?? $0 }
        uses.names[variable, default: []] += names
        return scope.unsound.isDisjoint(with: names) ? (syntax, text) : nil
    }

    /// Checks an expression with as many parts as are left to all of the questionnaire's; beyond them nothing is checked.
    func checked(
        _ syntax: ExpressionSyntax, _ text: String, in scope: some ExpressionScope,
        expecting expectation: Expression.Expectation, uses: inout ExpressionUses
    ) -> Checked<Expression> {
        guard uses.steps > 0 else { return Checked(value: nil, problems: []) }
        var steps = min(uses.steps, Expression.mostSteps)
        let before = steps
        let checked = Expression.checked(syntax, text: text, in: scope, expecting: expectation, steps: &steps)
        uses.steps -= before - steps
        return checked
    }

    /// Reports each circle of routing and rules once, at the first of its variables in the file.
    ///
    /// Variables that use nothing left are taken away until only circles and what hangs on them remain; a walk along the
    /// uses from any of those ends in a circle, which is reported and cut.
    private func reportCircles(_ uses: [String: [String]]) {
        var marks: [String: YAMLMark] = [:]
        for draft in derived { marks[draft.id] = draft.mark }
        for draft in questions { marks[draft.id] = draft.when?.mark ?? draft.mark }
        var open = uses.mapValues { names in Set(names.filter { uses[$0] != nil }) }
        var users: [String: [String]] = [:]
        for (user, names) in open { for name in names { users[name, default: []].append(user) } }
        var ready = open.filter { $0.value.isEmpty }.map(\.key)
        func settle() {
            while let name = ready.popLast() {
                guard open.removeValue(forKey: name) != nil else { continue }
                for user in users[name] ?? [] where open[user] != nil {
                    open[user]?.remove(name)
                    if open[user]?.isEmpty == true { ready.append(user) }
                }
            }
        }
        settle()
        while let start = open.keys.min() {
            var path: [String] = []
            var positions: [String: Int] = [:]
            var name = start
            while positions[name] == nil {
                positions[name] = path.count
                path.append(name)
                guard let next = open[name]?.min() else { break }
                name = next
            }
            var circle = Array(path[(positions[name] ?? 0)...])
            let placed = circle.indices.compactMap { index in marks[circle[index]].map { (mark: $0, index: index) } }
            if let first = placed.min(by: { $0.mark < $1.mark }) {
                circle = Array(circle[first.index...] + circle[..<first.index])
                reader.report(.circle(circle), at: first.mark)
            }
            ready = circle
            settle()
        }
    }
}

extension Problem {
    /// Variables that are defined or routed by each other.
    static func circle(_ names: [String]) -> Problem {
        let path = (names.prefix(10) + (names.count > 10 ? ["…"] : []) + names.prefix(1)).joined(separator: " → ")
        return Problem(
            "schema.circle", .input, what: "\"\(names.first ?? "")\" depends on itself",
            place: Place(variable: names.first),
            why: "routing and derived variables may not lead back to themselves; found \(path)",
            fix: "take one of these names out of the expression")
    }
}
