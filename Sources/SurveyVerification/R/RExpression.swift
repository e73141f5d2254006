internal import SurveySchema

/// Translates a checked expression into R, whose logic of NA is that of unknown answers.
///
/// Functions of the prelude stand for what R does not have (`among`, `holds`, `was_asked`). Deep expressions are taken apart
/// into assignments, because R's parser ends at fifty open brackets.
struct RExpression {
    /// Assignments that must stand before the expression.
    private(set) var lines: [String] = []
    private var count = 0

    private static let deepest = 12

    /// A condition: TRUE, FALSE or NA by row, or one value for all rows.
    mutating func condition(_ expression: Expression) -> String { truth(expression.root).text }

    /// A number by row, NA where it is missing, or one value for all rows.
    mutating func number(_ expression: Expression) -> String { finite(expression.root).text }

    /// Why a number is missing, by row, or "" for all rows.
    mutating func reason(_ expression: Expression) -> String { reason(expression.root).text }

    private struct Piece {
        let text: String
        let depth: Int
    }

    /// Makes a piece from parts, or a variable of it where the parts are deep.
    private mutating func piece(_ text: String, over parts: [Piece] = []) -> Piece {
        let depth = 1 + (parts.map(\.depth).max() ?? 0)
        guard depth >= RExpression.deepest else { return Piece(text: text, depth: depth) }
        count += 1
        lines.append("part\(count) <- \(text)")
        return Piece(text: "part\(count)", depth: 1)
    }

    private mutating func call(_ function: String, _ parts: [Piece]) -> Piece {
        piece("\(function)(\(parts.map(\.text).joined(separator: ", ")))", over: parts)
    }

    private mutating func truths(_ nodes: [ExpressionNode]) -> [Piece] {
        var pieces: [Piece] = []
        for node in nodes { pieces.append(truth(node)) }
        return pieces
    }

    private mutating func truth(_ node: ExpressionNode) -> Piece {
        switch node {
        case .truth(let value): return piece(RText.truth(value))
        case .name(let name, _): return piece("yes(\(RText.string(name)))")
        case .not(let inner):
            let part = truth(inner)
            return piece("!\(part.text)", over: [part])
        case .and(let nodes): return call("all_true", truths(nodes))
        case .or(let nodes), .any(let nodes): return call("any_true", truths(nodes))
        case .compare(let comparison, .name(let left, let leftType), .name(let right, let rightType))
        where leftType.isTextual && rightType.isTextual && !(leftType.isScale && rightType.isScale):
            let sign = comparison == .equal ? "==" : "!="
            return piece("(value(\(RText.string(left))) \(sign) value(\(RText.string(right))))")
        case .compare(let comparison, let left, let right):
            let parts = [finite(left), finite(right)]
            let sign = comparison == .equal ? "==" : comparison.rawValue
            return piece("(\(parts[0].text) \(sign) \(parts[1].text))", over: parts)
        case .member(let name, let codes, let negated):
            let text = "among(\(RText.string(name)), \(RText.strings(codes)))"
            return piece(negated ? "!" + text : text)
        case .has(let set, let codes):
            return piece("holds(\(RText.string(set)), \(RText.strings(codes.map { "\(set)[\($0)]" })))")
        case .missing(let name): return piece("!is_answered(\(RText.string(name)))")
        case .asked(let name): return piece("was_asked(\(RText.string(name)))")
        case .answered(let name): return piece("is_answered(\(RText.string(name)))")
        // The checker lets no number stand where a condition must.
        case .number, .arithmetic, .count: return piece("NA")
        }
    }

    /// A number that may still be infinite or not a number.
    private mutating func number(_ node: ExpressionNode) -> Piece {
        switch node {
        case .number(let value): return piece(value < 0 ? "(\(RText.number(value)))" : RText.number(value))
        case .name(let name, _): return piece("number(\(RText.string(name)))")
        case .arithmetic(let arithmetic, let left, let right):
            let parts = [finite(left), finite(right)]
            if arithmetic == .divide { return call("divide", parts) }
            return piece("(\(parts[0].text) \(arithmetic.rawValue) \(parts[1].text))", over: parts)
        case .count(let nodes): return call("count_true", truths(nodes))
        default: return piece("NA")
        }
    }

    /// A number that is NA where a calculation has no result.
    private mutating func finite(_ node: ExpressionNode) -> Piece {
        let part = number(node)
        if case .arithmetic = node { return call("finite", [part]) }
        return part
    }

    private mutating func reason(_ node: ExpressionNode) -> Piece {
        switch node {
        case .name(let name, _): return piece("kind(\(RText.string(name)))")
        case .arithmetic(_, let left, let right):
            return call("first_kind", [reason(left), reason(right), number(node)])
        default: return piece("\"\"")
        }
    }
}

extension ValueType {
    /// True for values that can be compared as texts.
    fileprivate var isTextual: Bool {
        switch self {
        case .answer, .scale, .text: true
        case .truth, .number, .date, .set: false
        }
    }

    fileprivate var isScale: Bool { if case .scale = self { true } else { false } }
}
