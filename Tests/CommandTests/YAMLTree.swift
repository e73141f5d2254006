import SurveyTestSupport
import SurveyYAML

/// YAML as an editor sees it: scalars without quotes have the types of YAML 1.2's core schema.
enum YAMLTree {
    static func read(_ text: String) throws -> JSONTree {
        tree(try YAMLDocument(parsing: Array(text.utf8), file: "test.yaml").root)
    }

    static func tree(_ node: YAMLNode) -> JSONTree {
        switch node.content {
        case .map(let entries):
            .object(Dictionary(entries.map { ($0.key, tree($0.value)) }, uniquingKeysWith: { first, _ in first }))
        case .list(let items): .array(items.map(tree))
        case .scalar(let text, isQuoted: true): .string(text)
        case .scalar(let text, isQuoted: false): plain(text)
        }
    }

    private static func plain(_ text: String) -> JSONTree {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default:
            if text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil {
                .number(Double(text) ?? 0)
            } else {
                .string(text)
            }
        }
    }
}

extension JSONTree {
    /// The tree as JSON, which is YAML too.
    var json: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let value): return value == value.rounded() ? String(Int(value)) : String(value)
        case .string(let value): return YAMLText.quoted(value)
        case .array(let items): return "[" + items.map(\.json).joined(separator: ", ") + "]"
        case .object(let fields):
            let sorted = fields.sorted { $0.key < $1.key }
            return "{" + sorted.map { "\(YAMLText.quoted($0.key)): \($0.value.json)" }.joined(separator: ",\n ") + "}"
        }
    }
}
