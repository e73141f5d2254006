internal import SurveyProblems
internal import SurveySchema

/// What may stand at one place of a YAML file, from which its JSON Schema (draft-07) is written.
///
/// Readers take every scalar as text, so `version: 1` and `version: "1"` are the same to them; an editor sees a number and a
/// text. Where a text stands, the schema therefore allows both.
indirect enum SchemaPart: Sendable {
    /// A map with these keys and no others, at least one of `needing` among them.
    case keys([SchemaKey], needing: [String] = [])
    /// A map whose keys the author chooses, from `least` entries on.
    case names(pattern: String? = nil, of: SchemaPart, least: Int = 0)
    case list(of: SchemaPart, least: Int = 0, most: Int? = nil)
    /// One of several shapes.
    case either([SchemaPart])
    /// A text, also one that looks like a number or a truth.
    case text
    /// A text that matches a pattern.
    case pattern(String)
    case number
    case whole(least: Int)
    case truth
    case words([String])
    /// Nothing: a key that stands without a value.
    case nothing
    /// What `definitions` have under a name.
    case shared(String)

    /// One part, or a list of them.
    static func oneOrList(_ part: SchemaPart) -> SchemaPart { .either([part, .list(of: part, least: 1)]) }

    /// The part as JSON Schema, with its descriptions in a language.
    func json(in language: Language) -> JSONText { .object(fields(in: language)) }

    fileprivate func fields(in language: Language) -> [(String, JSONText)] {
        switch self {
        case .keys(let keys, let needed):
            let required = keys.filter(\.isRequired)
            var fields: [(String, JSONText)] = [("type", .string("object"))]
            if !required.isEmpty { fields.append(("required", .array(required.map { .string($0.name) }))) }
            if !needed.isEmpty {
                fields.append(("anyOf", .array(needed.map { .object([("required", .array([.string($0)]))]) })))
            }
            return fields + [
                ("additionalProperties", .bool(false)),
                ("properties", .object(keys.map { ($0.name, $0.json(in: language)) })),
            ]
        case .names(let pattern, let part, let least):
            var fields: [(String, JSONText)] = [("type", .string("object"))]
            if least > 0 { fields.append(("minProperties", .integer(least))) }
            if let pattern { fields.append(("propertyNames", .object([("pattern", .string("^(\(pattern))$"))]))) }
            return fields + [("additionalProperties", part.json(in: language))]
        case .list(let part, let least, let most):
            var fields: [(String, JSONText)] = [("type", .string("array"))]
            if least > 0 { fields.append(("minItems", .integer(least))) }
            if let most { fields.append(("maxItems", .integer(most))) }
            return fields + [("items", part.json(in: language))]
        case .either(let parts): return [("anyOf", .array(parts.map { $0.json(in: language) }))]
        case .text: return [("type", .array(["string", "number", "boolean"].map { .string($0) }))]
        case .pattern(let pattern):
            return [
                ("type", .array(["string", "number"].map { .string($0) })), ("pattern", .string("^(\(pattern))$")),
            ]
        case .number: return [("type", .string("number"))]
        case .whole(let least): return [("type", .string("integer")), ("minimum", .integer(least))]
        case .truth: return [("type", .string("boolean"))]
        case .words(let words): return [("enum", .array(words.map { .string($0) }))]
        case .nothing: return [("type", .string("null"))]
        case .shared(let name): return [("$ref", .string("#/definitions/\(name)"))]
        }
    }
}

/// One key of a map, with what it means.
struct SchemaKey: Sendable {
    let name: String
    let isRequired: Bool
    let part: SchemaPart
    let about: Phrase

    static func required(_ name: String, _ part: SchemaPart, _ about: Phrase) -> SchemaKey {
        SchemaKey(name: name, isRequired: true, part: part, about: about)
    }

    static func optional(_ name: String, _ part: SchemaPart, _ about: Phrase) -> SchemaKey {
        SchemaKey(name: name, isRequired: false, part: part, about: about)
    }

    fileprivate func json(in language: Language) -> JSONText {
        let about = ("description", JSONText.string(self.about.text(in: language)))
        // Beside a reference draft-07 reads nothing else.
        if case .shared = part { return .object([about, ("allOf", .array([part.json(in: language)]))]) }
        return .object([about] + part.fields(in: language))
    }
}

/// The schema of one kind of file.
struct FileSchema: Sendable {
    /// What stands in the first line, without the version: `questionnaire`, `indicators`, `study`.
    let kind: String
    let about: Phrase
    let root: SchemaPart
    /// Parts that stand at several places.
    let shared: [(name: String, part: SchemaPart)]

    /// The name of the file in `Schemas/` and in the folder that `saual new` makes.
    var fileName: String { "\(kind)-1.json" }

    /// The whole schema as a text of many lines.
    func text(in language: Language) -> String {
        let head: [(String, JSONText)] = [
            ("$schema", .string("http://json-schema.org/draft-07/schema#")),
            ("title", .string("saual: \(kind)/1")), ("description", .string(about.text(in: language))),
        ]
        let definitions = shared.map { ($0.name, $0.part.json(in: language)) }
        return JSONText.object(head + root.fields(in: language) + [("definitions", .object(definitions))]).indented
            + "\n"
    }

    /// The key of the first line of a file.
    static func kindKey(_ kind: String) -> SchemaKey {
        .required(
            "saual", .words(["\(kind)/1"]),
            Phrase(
                "Kind of the file and version of its grammar", ru: "Вид файла и версия его грамматики",
                kk: "Файлдың түрі және грамматикасының нұсқасы"))
    }
}

extension JSONText {
    /// JSON over several lines, two spaces a level; what fits in a line of 100 characters stays on one.
    var indented: String { indented(depth: 0) }

    private func indented(depth: Int) -> String {
        let short = spaced
        if short.utf8.count + 2 * depth <= 100 { return short }
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch self {
        case .array(let values):
            let lines = values.map { inner + $0.indented(depth: depth + 1) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(outer)]"
        case .object(let fields):
            let lines = fields.map { "\(inner)\(JSONText.string($0.0).line): \($0.1.indented(depth: depth + 1))" }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
        default: return short
        }
    }

    /// One line with a space after each colon and comma.
    private var spaced: String {
        switch self {
        case .array(let values): "[" + values.map(\.spaced).joined(separator: ", ") + "]"
        case .object(let fields):
            "{" + fields.map { "\(JSONText.string($0.0).line): \($0.1.spaced)" }.joined(separator: ", ") + "}"
        default: line
        }
    }
}
