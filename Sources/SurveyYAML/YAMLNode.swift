/// One node of a YAML text: a scalar, a list or a map, with the place where it stands.
public struct YAMLNode: Sendable {
    /// What stands at the node.
    public enum Content: Sendable {
        case scalar(String, isQuoted: Bool)
        case list([YAMLNode])
        case map([YAMLEntry])
    }

    public let content: Content
    public let mark: YAMLMark

    public init(content: Content, mark: YAMLMark) {
        self.content = content
        self.mark = mark
    }

    /// The text of a scalar, nil for lists and maps.
    public var scalar: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// True for a scalar written without quotes that stands for "nothing": empty, `~` or `null`.
    public var isNull: Bool {
        if case .scalar(let text, isQuoted: false) = content {
            text.isEmpty || text == "~" || text == "null"
        } else {
            false
        }
    }

    public var list: [YAMLNode]? {
        if case .list(let nodes) = content { nodes } else { nil }
    }

    public var map: [YAMLEntry]? {
        if case .map(let entries) = content { entries } else { nil }
    }

    /// The value under a key of a map; the first one where a key stands twice.
    public subscript(key: String) -> YAMLNode? { map?.first { $0.key == key }?.value }
}

/// One `key: value` of a map.
public struct YAMLEntry: Sendable {
    public let key: String
    public let keyMark: YAMLMark
    public let value: YAMLNode

    public init(key: String, keyMark: YAMLMark, value: YAMLNode) {
        self.key = key
        self.keyMark = keyMark
        self.value = value
    }
}

/// A place in a text: line and character, both from 1.
public struct YAMLMark: Sendable, Hashable, Comparable {
    public let line: Int
    public let position: Int

    public init(line: Int, position: Int) {
        self.line = line
        self.position = position
    }

    public static func < (left: YAMLMark, right: YAMLMark) -> Bool {
        (left.line, left.position) < (right.line, right.position)
    }
}
