internal import CYAML
public import SurveyProblems

/// One YAML text as a tree; depth and number of nodes are bounded, aliases are refused.
public struct YAMLDocument: Sendable {
    /// The file as the user named it; every problem carries it.
    public let file: String
    public let root: YAMLNode
    /// The text as it was read, without a byte order mark.
    public let bytes: [UInt8]
    /// Duplicate keys, found while reading.
    public let problems: [Problem]

    static let greatestDepth = 64
    static let mostNodes = 1_000_000

    /// Reads a YAML text given as bytes.
    public init(parsing bytes: [UInt8], file: String) throws(Problem) {
        let hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let bytes = hasByteOrderMark ? Array(bytes.dropFirst(3)) : bytes
        self.file = file
        self.bytes = bytes
        var builder = Builder(file: file)
        root = try builder.document(bytes)
        problems = builder.problems
    }

    /// Reads a YAML file.
    public init(reading path: String) throws(Problem) {
        try self.init(parsing: try InputFile.bytes(of: path), file: path)
    }
}

/// Turns libyaml's events into a tree.
private struct Builder {
    let file: String
    var problems: [Problem] = []
    private var nodes = 0

    init(file: String) { self.file = file }

    mutating func document(_ bytes: [UInt8]) throws(Problem) -> YAMLNode {
        if let zero = bytes.firstIndex(of: 0) { throw .notText(file: file, offset: zero) }
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else { throw .tooLarge(file: file, mark: nil) }
        defer { yaml_parser_delete(parser) }
        // libyaml keeps the pointer it is given, so the bytes live at a fixed address until the parser is gone.
        let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        defer { text.deallocate() }
        _ = text.initialize(from: bytes)
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, bytes.count)

        var root: YAMLNode?
        while true {
            let event = try next(parser)
            switch event.kind {
            case .start: continue
            case .end:
                guard let root else { throw .emptyDocument(file: file) }
                return root
            case .documentStart:
                if root != nil { throw .severalDocuments(file: file, mark: event.mark) }
                root = try node(parser, from: try next(parser), depth: 1)
            case .documentEnd: continue
            default: throw .syntax(file: file, mark: event.mark, reason: "unexpected content")
            }
        }
    }

    private mutating func node(
        _ parser: UnsafeMutablePointer<yaml_parser_t>, from event: Event, depth: Int
    ) throws(Problem) -> YAMLNode {
        nodes += 1
        guard depth <= YAMLDocument.greatestDepth, nodes <= YAMLDocument.mostNodes else {
            throw .tooLarge(file: file, mark: event.mark)
        }
        switch event.kind {
        case .scalar: return YAMLNode(content: .scalar(event.text, isQuoted: event.isQuoted), mark: event.mark)
        case .listStart:
            var items: [YAMLNode] = []
            while true {
                let item = try next(parser)
                if item.kind == .listEnd { return YAMLNode(content: .list(items), mark: event.mark) }
                items.append(try node(parser, from: item, depth: depth + 1))
            }
        case .mapStart:
            var entries: [YAMLEntry] = []
            var seen: [String: YAMLMark] = [:]
            while true {
                let key = try next(parser)
                if key.kind == .mapEnd { return YAMLNode(content: .map(entries), mark: event.mark) }
                if key.kind == .alias { throw .alias(key.text, file: file, mark: key.mark) }
                guard key.kind == .scalar else { throw .keyNotText(file: file, mark: key.mark) }
                let value = try node(parser, from: try next(parser), depth: depth + 1)
                if let first = seen[key.text] {
                    problems.append(.duplicateKey(key.text, file: file, mark: key.mark, first: first))
                } else {
                    seen[key.text] = key.mark
                }
                entries.append(YAMLEntry(key: key.text, keyMark: key.mark, value: value))
            }
        case .alias: throw .alias(event.text, file: file, mark: event.mark)
        default: throw .syntax(file: file, mark: event.mark, reason: "unexpected content")
        }
    }

    private enum Kind {
        case start, end, documentStart, documentEnd, scalar, listStart, listEnd, mapStart, mapEnd, alias, other
    }

    private struct Event {
        var kind: Kind
        var mark: YAMLMark
        var text = ""
        var isQuoted = false
    }

    private func next(_ parser: UnsafeMutablePointer<yaml_parser_t>) throws(Problem) -> Event {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else { throw failure(parser.pointee) }
        defer { yaml_event_delete(&raw) }
        let mark = YAMLMark(line: Int(raw.start_mark.line) + 1, position: Int(raw.start_mark.column) + 1)
        switch raw.type {
        case YAML_STREAM_START_EVENT: return Event(kind: .start, mark: mark)
        case YAML_STREAM_END_EVENT: return Event(kind: .end, mark: mark)
        case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, mark: mark)
        case YAML_DOCUMENT_END_EVENT: return Event(kind: .documentEnd, mark: mark)
        case YAML_SEQUENCE_START_EVENT: return Event(kind: .listStart, mark: mark)
        case YAML_SEQUENCE_END_EVENT: return Event(kind: .listEnd, mark: mark)
        case YAML_MAPPING_START_EVENT: return Event(kind: .mapStart, mark: mark)
        case YAML_MAPPING_END_EVENT: return Event(kind: .mapEnd, mark: mark)
        case YAML_ALIAS_EVENT:
            let name = raw.data.alias.anchor.map { String(cString: $0) } ?? ""
            return Event(kind: .alias, mark: mark, text: name)
        case YAML_SCALAR_EVENT:
            let scalar = raw.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.value == nil ? 0 : scalar.length)
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            return Event(kind: .scalar, mark: mark, text: String(decoding: bytes, as: UTF8.self), isQuoted: !isPlain)
        default: return Event(kind: .other, mark: mark)
        }
    }

    private func failure(_ parser: yaml_parser_t) -> Problem {
        let reason = parser.problem.map { String(cString: $0) } ?? "not readable as YAML"
        if parser.error == YAML_READER_ERROR {
            return .notText(file: file, offset: Int(parser.problem_offset))
        }
        let mark = YAMLMark(line: Int(parser.problem_mark.line) + 1, position: Int(parser.problem_mark.column) + 1)
        guard let context = parser.context else { return .syntax(file: file, mark: mark, reason: reason) }
        let begun = Int(parser.context_mark.line) + 1
        return .syntax(file: file, mark: mark, reason: "\(reason), \(String(cString: context))", begunIn: begun)
    }
}

extension Problem {
    /// Text that libyaml refuses, for its own reason; `begunIn` is the line of the construct it was reading.
    static func syntax(file: String, mark: YAMLMark, reason: String, begunIn line: Int? = nil) -> Problem {
        Problem(
            "yaml.syntax", .input, what: "The text is not valid YAML",
            place: Place(file: file, line: mark.line, position: mark.position),
            why: "the YAML reader says: \(reason) (begun in line \(line ?? mark.line))",
            fix: "look at this line and the one before it: brackets, quotes, colons and indentation")
    }

    /// A map or a list where the key of a map must stand.
    static func keyNotText(file: String, mark: YAMLMark) -> Problem {
        Problem(
            "yaml.key-not-text", .input, what: "A key is not text",
            place: Place(file: file, line: mark.line, position: mark.position),
            why: "a key must be one word or quoted text; found a list or a map", fix: "write a word before the colon")
    }

    /// One key twice in a map.
    static func duplicateKey(_ key: String, file: String, mark: YAMLMark, first: YAMLMark) -> Problem {
        Problem(
            "yaml.duplicate-key", .input, what: "Key \"\(key)\" stands twice",
            place: Place(file: file, line: mark.line, position: mark.position),
            why: "a key may stand once in a map; the first is in line \(first.line)",
            fix: "delete or rename one of the two")
    }

    /// Bytes that are not UTF-8, or control characters.
    static func notText(file: String, offset: Int) -> Problem {
        Problem(
            "yaml.not-text", .input, what: "The file is not UTF-8 text", place: Place(file: file),
            why: "it must be UTF-8 without control characters; the byte at offset \(offset) is not",
            fix: "save the file as UTF-8")
    }

    /// A file without content.
    static func emptyDocument(file: String) -> Problem {
        Problem(
            "yaml.empty", .input, what: "The file is empty", place: Place(file: file, line: 1, position: 1),
            why: "a YAML file must hold a map; found nothing",
            fix: "start with a line such as \"saual: questionnaire/1\"")
    }

    /// More than one document in a file.
    static func severalDocuments(file: String, mark: YAMLMark) -> Problem {
        Problem(
            "yaml.several-documents", .input, what: "The file holds several YAML documents",
            place: Place(file: file, line: mark.line, position: mark.position),
            why: "a file must hold one document; a second one starts here", fix: "put it into a file of its own")
    }

    /// An alias, `*name`.
    static func alias(_ name: String, file: String, mark: YAMLMark) -> Problem {
        Problem(
            "yaml.alias", .input, what: "Alias \"*\(name)\" is not supported",
            place: Place(file: file, line: mark.line, position: mark.position),
            why: "aliases can blow a small file up without bound, so none is read",
            fix: "write the content out, or share an answer list by its name")
    }

    /// More levels or nodes than are read.
    static func tooLarge(file: String, mark: YAMLMark?) -> Problem {
        Problem(
            "yaml.too-large", .input, what: "The YAML text is too large or too deep",
            place: Place(file: file, line: mark?.line, position: mark?.position),
            why: "at most \(YAMLDocument.greatestDepth) levels and \(YAMLDocument.mostNodes) nodes are read",
            fix: "check that this is the file you meant")
    }
}
