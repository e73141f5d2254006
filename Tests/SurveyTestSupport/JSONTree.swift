/// JSON as a tree; what is absent reads as null.
public enum JSONTree: Decodable, Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    public subscript(key: String) -> JSONTree {
        guard case .object(let fields) = self else { return .null }
        return fields[key] ?? .null
    }

    public subscript(position: Int) -> JSONTree {
        guard case .array(let items) = self, items.indices.contains(position) else { return .null }
        return items[position]
    }

    public var array: [JSONTree] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    public var object: [String: JSONTree] {
        guard case .object(let fields) = self else { return [:] }
        return fields
    }

    public var double: Double? {
        switch self {
        case .number(let value): value
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        default: nil
        }
    }

    public var int: Int? { double.map { Int($0) } }

    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    public var strings: [String] { array.compactMap(\.string) }

    /// The text that a CSV file would hold.
    public var text: String {
        switch self {
        case .string(let value): value
        case .number(let value): value == value.rounded() ? String(Int(value)) : String(value)
        case .bool(let value): value ? "TRUE" : "FALSE"
        default: ""
        }
    }
}
