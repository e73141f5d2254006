import Foundation

/// Holds JSON against a JSON Schema (draft-07), as far as the project's schemas need it; any other keyword is an error.
public struct JSONSchemaValidator {
    public struct UnknownKeyword: Error { public let keyword: String, place: String }

    public let schema: JSONTree

    /// Takes a schema after looking for keywords that the validator does not know.
    public init(_ schema: JSONTree) throws {
        self.schema = schema
        try JSONSchemaValidator.look(through: schema, at: "#")
    }

    /// What is wrong with a value, as `place: reason`; empty if nothing is.
    public func problems(with value: JSONTree) -> [String] { problems(value, schema, at: "") }

    /// What is wrong with a value that stands where a part of the schema applies.
    public func problems(with value: JSONTree, under part: JSONTree) -> [String] { problems(value, part, at: "") }

    /// The schema that a reference or an `allOf` of one stands for.
    public func resolved(_ part: JSONTree) -> JSONTree {
        if let reference = part["$ref"].string {
            return resolved(schema["definitions"][String(reference.dropFirst("#/definitions/".count))])
        }
        if part["allOf"].array.count == 1 { return resolved(part["allOf"][0]) }
        return part
    }

    private static let annotations: Set = ["$schema", "title", "description", "definitions"]
    private static let assertions: Set = [
        "$ref", "allOf", "anyOf", "type", "enum", "pattern", "minimum", "properties", "required",
        "additionalProperties",
        "propertyNames", "minProperties", "items", "minItems", "maxItems",
    ]

    private static func look(through schema: JSONTree, at place: String) throws {
        for (key, value) in schema.object {
            guard annotations.contains(key) || assertions.contains(key) else {
                throw UnknownKeyword(keyword: key, place: place)
            }
            switch key {
            case "properties", "definitions":
                for (name, part) in value.object { try look(through: part, at: "\(place)/\(key)/\(name)") }
            case "allOf", "anyOf":
                for part in value.array { try look(through: part, at: "\(place)/\(key)") }
            case "items", "additionalProperties", "propertyNames": try look(through: value, at: "\(place)/\(key)")
            default: break
            }
        }
    }

    private func problems(_ value: JSONTree, _ schema: JSONTree, at place: String) -> [String] {
        if let reference = schema["$ref"].string {
            let name = String(reference.dropFirst("#/definitions/".count))
            guard case .object = self.schema["definitions"][name] else { return ["\(place): no definition \(name)"] }
            return problems(value, self.schema["definitions"][name], at: place)
        }
        var found: [String] = []
        for part in schema["allOf"].array { found += problems(value, part, at: place) }
        if case .array(let parts) = schema["anyOf"] {
            let tried = parts.map { problems(value, $0, at: place) }
            if !tried.contains(where: \.isEmpty) {
                found.append("\(place): fits nothing of \(tried.map { $0.joined(separator: "; ") })")
            }
        }
        let types = schema["type"].string.map { [$0] } ?? schema["type"].strings
        if !types.isEmpty, !types.contains(where: { isOf($0, value) }) { found.append("\(place): no \(types)") }
        if case .array(let values) = schema["enum"], !values.contains(value) {
            found.append("\(place): not in the list")
        }
        if let pattern = schema["pattern"].string, let text = value.string,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            found.append("\(place): does not match \(pattern)")
        }
        if let least = schema["minimum"].double, let number = value.double, number < least {
            found.append("\(place): below \(least)")
        }
        if case .object(let fields) = value { found += problems(ofFields: fields, schema, at: place) }
        if case .array(let items) = value { found += problems(ofItems: items, schema, at: place) }
        return found
    }

    private func problems(ofFields fields: [String: JSONTree], _ schema: JSONTree, at place: String) -> [String] {
        var found: [String] = []
        for key in schema["required"].strings where fields[key] == nil { found.append("\(place): \(key) is missing") }
        if let least = schema["minProperties"].int, fields.count < least { found.append("\(place): too few keys") }
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            found += problems(.string(key), schema["propertyNames"], at: "\(place)/\(key)")
            if let own = schema["properties"].object[key] {
                found += problems(value, own, at: "\(place)/\(key)")
            } else if schema["additionalProperties"] == .bool(false) {
                found.append("\(place): \(key) is unknown")
            } else {
                found += problems(value, schema["additionalProperties"], at: "\(place)/\(key)")
            }
        }
        return found
    }

    private func problems(ofItems items: [JSONTree], _ schema: JSONTree, at place: String) -> [String] {
        var found: [String] = []
        if let least = schema["minItems"].int, items.count < least { found.append("\(place): too few") }
        if let most = schema["maxItems"].int, items.count > most { found.append("\(place): too many") }
        for (position, item) in items.enumerated() {
            found += problems(item, schema["items"], at: "\(place)/\(position)")
        }
        return found
    }

    private func isOf(_ type: String, _ value: JSONTree) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("boolean", .bool),
            ("null", .null):
            true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }
}
