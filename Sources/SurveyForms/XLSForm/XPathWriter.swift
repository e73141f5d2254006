internal import SurveyProblems
internal import SurveySchema

/// Writes expressions as XPath of forms, true in exactly the rows in which the expression is true.
///
/// Forms know two values where Saual knows three: an answer that is missing leaves an expression unknown. So what
/// must be true and what must be false are written apart, each with the answers that it needs:
///
///     true(a = 1)     ${a} = '1'
///     false(a = 1)    ${a} != '' and ${a} != '98' and ${a} != '1'        98 being a missing code
struct XPathWriter {
    let questionnaire: Questionnaire
    /// The name in the form of each question and derived variable.
    let names: [String: String]

    /// XPath that is true where the expression is.
    func condition(_ node: ExpressionNode) -> String? { text(node, isTrue: true) }

    private func text(_ node: ExpressionNode, isTrue: Bool) -> String? {
        switch node {
        case .truth(let value): return value == isTrue ? "true()" : "false()"
        case .number: return nil
        case .name(let name, let type):
            guard type == .truth, let (question, code) = questionnaire.item(name) else { return nil }
            return set(question, [code], isTrue: isTrue)
        case .not(let inner): return text(inner, isTrue: !isTrue)
        case .and(let parts): return joined(parts, isTrue ? "and" : "or", isTrue)
        case .or(let parts), .any(let parts): return joined(parts, isTrue ? "or" : "and", isTrue)
        case .compare(let comparison, let left, let right):
            return compare(isTrue ? comparison : opposite(comparison), left, right)
        case .member(let name, let codes, let negated):
            if let (question, code) = questionnaire.item(name) {
                guard let wanted = codes.first else { return nil }
                return set(question, [code], isTrue: ((wanted == "1") != negated) == isTrue)
            }
            guard let reference = reference(name) else { return nil }
            if negated != isTrue {
                return bracketed(codes.compactMap { literal($0) }.map { "\(reference) = \($0)" }, "or")
            }
            guard let answered = answered(name) else { return nil }
            return bracketed([answered] + codes.compactMap { literal($0) }.map { "\(reference) != \($0)" }, "and")
        case .has(let name, let codes):
            return questionnaire.question(name).flatMap { set($0, codes, isTrue: isTrue) }
        case .missing(let name): return isTrue ? unanswered(name) : answered(name)
        case .answered(let name): return isTrue ? answered(name) : unanswered(name)
        case .asked(let name):
            guard let question = questionnaire.question(name) else { return nil }
            guard let when = question.when else { return isTrue ? "true()" : "false()" }
            return text(when.root, isTrue: isTrue)
        case .arithmetic, .count: return nil
        }
    }

    /// A number in XPath, with the names whose answers it needs.
    func number(_ node: ExpressionNode) -> (text: String, names: [String])? {
        switch node {
        case .number(let value): return (JSONText.shortest(value), [])
        case .name(let name, let type):
            guard let reference = reference(name) else { return nil }
            switch type {
            case .number, .date: return (reference, [name])
            case .scale: return ("number(\(reference))", [name])
            default: return nil
            }
        case .arithmetic(let sign, let left, let right):
            guard let left = number(left), let right = number(right) else { return nil }
            return ("(\(left.text) \(sign == .divide ? "div" : sign.rawValue) \(right.text))", left.names + right.names)
        case .count(let parts):
            let terms = parts.compactMap { condition($0) }
            guard terms.count == parts.count, !terms.isEmpty else { return nil }
            return ("(" + terms.map { "if(\($0), 1, 0)" }.joined(separator: " + ") + ")", [])
        default: return nil
        }
    }

    private func compare(
        _ comparison: ExpressionNode.Comparison, _ left: ExpressionNode, _ right: ExpressionNode
    ) -> String? {
        if let date = date(left, right) { return compare(comparison, date.name, "date('\(date.day)')", date.isLeft) }
        if case .name(let first, let kind) = left, case .name(let second, _) = right, isCoded(kind) {
            guard let one = reference(first), let other = reference(second), let a = answered(first),
                let b = answered(second)
            else { return nil }
            return "(\(a) and \(b) and \(one) \(comparison.rawValue) \(other))"
        }
        guard let left = number(left), let right = number(right) else { return nil }
        let needed = uniqued(left.names + right.names).map { answered($0) }
        guard needed.allSatisfy({ $0 != nil }) else { return nil }
        return bracketed(needed.compactMap { $0 } + ["\(left.text) \(comparison.rawValue) \(right.text)"], "and")
    }

    private func compare(
        _ comparison: ExpressionNode.Comparison, _ name: String, _ value: String, _ isLeft: Bool
    ) -> String? {
        guard let reference = reference(name), let answered = answered(name) else { return nil }
        let words =
            isLeft ? "\(reference) \(comparison.rawValue) \(value)" : "\(value) \(comparison.rawValue) \(reference)"
        return "(\(answered) and \(words))"
    }

    private func date(_ left: ExpressionNode, _ right: ExpressionNode) -> (name: String, day: String, isLeft: Bool)? {
        if case .name(let name, .date) = left, case .number(let days) = right {
            return (name, CalendarDate(days: Int(days)).description, true)
        }
        if case .name(let name, .date) = right, case .number(let days) = left {
            return (name, CalendarDate(days: Int(days)).description, false)
        }
        return nil
    }

    private func isCoded(_ type: ValueType) -> Bool {
        switch type {
        case .answer, .text, .scale: true
        default: false
        }
    }

    private func opposite(_ comparison: ExpressionNode.Comparison) -> ExpressionNode.Comparison {
        switch comparison {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        }
    }

    private func joined(_ parts: [ExpressionNode], _ word: String, _ isTrue: Bool) -> String? {
        let texts = parts.map { text($0, isTrue: isTrue) }
        guard texts.allSatisfy({ $0 != nil }) else { return nil }
        return bracketed(texts.compactMap { $0 }, word)
    }

    private func bracketed(_ parts: [String], _ word: String) -> String? {
        parts.count <= 1 ? parts.first : "(" + parts.joined(separator: " \(word) ") + ")"
    }

    private func set(_ question: Question, _ codes: [String], isTrue: Bool) -> String? {
        guard let reference = reference(question.id) else { return nil }
        let parts = codes.compactMap { literal($0) }.map { "selected(\(reference), \($0))" }
        guard !parts.isEmpty else { return nil }
        if isTrue { return bracketed(parts, "or") }
        guard let answered = answered(question.id) else { return nil }
        return bracketed([answered] + parts.map { "not(\($0))" }, "and")
    }

    /// XPath that is true where a variable has an answer that is none of its missing codes.
    private func answered(_ name: String) -> String? {
        guard let reference = reference(name) else { return nil }
        let question = questionnaire.question(name)
        let codes = (question?.missing ?? []).compactMap { literal($0.code) }
        let isSet = question?.type == .multiple
        return bracketed(
            ["\(reference) != ''"]
                + codes.map { isSet ? "not(selected(\(reference), \($0)))" : "\(reference) != \($0)" },
            "and")
    }

    private func unanswered(_ name: String) -> String? {
        guard let reference = reference(name) else { return nil }
        let question = questionnaire.question(name)
        let codes = (question?.missing ?? []).compactMap { literal($0.code) }
        let isSet = question?.type == .multiple
        return bracketed(
            ["\(reference) = ''"] + codes.map { isSet ? "selected(\(reference), \($0))" : "\(reference) = \($0)" }, "or"
        )
    }

    func reference(_ name: String) -> String? { names[name].map { "${\($0)}" } }

    /// A text in quotes of XPath, which has no escapes: one with both kinds of quotes cannot be written.
    func literal(_ text: String) -> String? {
        text.contains("'") ? text.contains("\"") ? nil : "\"\(text)\"" : "'\(text)'"
    }

    private func uniqued(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
