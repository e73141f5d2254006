/// A questionnaire's questions, the items of its multiple questions (`channel[2]`) and rosters (`gave[01]`), and its
/// derived variables.
extension Questionnaire: ExpressionScope {
    public func type(of name: String) -> ValueType? {
        if let question = question(name) { return question.valueType }
        if let derived = derivedVariable(name) { return derived.valueType }
        return item(name) == nil ? nil : .truth
    }

    /// Questions, rosters by their own names, and derived variables.
    public var names: [String] {
        questions.compactMap { question in
            guard let item = question.item else { return question.id }
            return roster(item.roster)?.items.first?.code == item.code ? item.roster : nil
        } + derived.map(\.id)
    }

    /// The items of a list that rosters run over, and what names them; nil if no roster does.
    ///
    /// `list` is a shared answer list, or the multiple question whose chosen answers a roster asks about.
    public func items(of list: String) -> (list: String, items: [Answer])? {
        rosters.first { $0.list == list || $0.chosenIn == list }.map { ($0.list, $0.items) }
    }

    /// The multiple question and the answer code of an item's name, such as `channel[2]`.
    public func item(_ name: String) -> (question: Question, code: String)? {
        guard name.hasSuffix("]"), let open = name.firstIndex(of: "[") else { return nil }
        let code = name[name.index(after: open)...].dropLast()
        guard let question = question(String(name[..<open])), question.type == .multiple,
            question.answers.contains(where: { $0.code == code })
        else { return nil }
        return (question, String(code))
    }

    /// Routing by question: those to whom it was put; questions asked of everyone are not in it.
    public var bases: [String: Expression] {
        Dictionary(
            questions.compactMap { question in question.when.map { (question.id, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// The columns of a wave that are needed to use these names, each once, in the order of need.
    ///
    /// Derived variables are followed down to questions, a multiple question brings the columns of its items, a roster is
    /// its items, and a name that the questionnaire does not have stands for itself.
    public func requiredColumns(for names: [String]) -> [String] {
        var columns: [String] = []
        var seen: Set<String> = []
        var waiting = Array(names.reversed())
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted else { continue }
            if let derived = derivedVariable(name) {
                waiting += derived.names.reversed()
                continue
            }
            if let roster = roster(name) {
                waiting += roster.items.map { roster.name(of: $0.code) }.reversed()
                continue
            }
            columns.append(name)
            if let question = question(name), question.type == .multiple {
                waiting += question.answers.map { question.itemColumn($0.code) }.reversed()
            }
        }
        return columns
    }

    /// The derived variables that these names need, themselves included, each after those that it uses.
    ///
    /// Cycles cannot occur in a questionnaire that was read without errors; where one is built by hand, it is cut.
    public func derivedVariables(for names: [String]) -> [DerivedVariable] {
        var order: [DerivedVariable] = []
        var done: Set<String> = []
        var opened: Set<String> = []
        var waiting = Array(names.reversed())
        while let name = waiting.last {
            guard let variable = derivedVariable(name), !done.contains(name) else {
                waiting.removeLast()
                continue
            }
            if opened.insert(name).inserted {
                waiting += variable.names.filter { !opened.contains($0) }.reversed()
            } else {
                waiting.removeLast()
                done.insert(name)
                order.append(variable)
            }
        }
        return order
    }
}

extension Question {
    /// The type that the question has in expressions.
    public var valueType: ValueType {
        switch type {
        case .single, .region: .answer(codes: answers.map(\.code))
        case .scale: .scale(codes: answers.map(\.code))
        case .multiple: .set(codes: answers.map(\.code))
        case .number, .money: .number
        case .date: .date
        case .text: .text
        }
    }

    /// The name of the 0/1 column of an item of a multiple question: `channel[2]`.
    public func itemColumn(_ code: String) -> String { "\(id)[\(code)]" }
}

extension DerivedVariable {
    /// The type that the variable has in expressions.
    public var valueType: ValueType {
        switch definition {
        case .cut, .cases: .answer(codes: answers.map(\.code))
        case .number: .number
        }
    }

    /// The variables that it is made from, each once, in the order of first use.
    public var names: [String] {
        switch definition {
        case .cut(let name, _): return [name]
        case .number(let expression): return expression.names
        case .cases(let rules):
            var seen: Set<String> = []
            return rules.flatMap(\.condition.names).filter { seen.insert($0).inserted }
        }
    }
}
