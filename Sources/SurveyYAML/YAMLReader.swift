public import SurveyProblems

/// Takes YAML maps apart and collects every problem on the way, each with its line and character.
///
///     let reader = YAMLReader(document)
///     let map = reader.map(document.root, keys: ["id", "text"])
///     let id = map?.text("id", required: true)
///     …
///     return Checked(value: …, problems: reader.problems)
public final class YAMLReader {
    public let file: String
    public private(set) var problems: [Problem]
    private let document: YAMLDocument
    private lazy var source = YAMLSource(document.bytes)

    public init(_ document: YAMLDocument) {
        file = document.file
        problems = document.problems
        self.document = document
    }

    /// Records a problem at a mark of this file.
    public func report(_ problem: Problem, at mark: YAMLMark) {
        problems.append(problem.placed(file: file, line: mark.line, position: mark.position))
    }

    /// Records a problem about a character inside the text of a scalar: the problem's position, from 1, counts in that text.
    ///
    /// Quotes, escapes and folded lines are followed, so that the place is where the author typed the character.
    public func report(_ problem: Problem, within node: YAMLNode) {
        var placed = problem
        let mark = problem.place.position.map { source.mark(of: node, character: $0 - 1) } ?? node.mark
        placed.place.file = file
        placed.place.line = mark.line
        placed.place.position = mark.position
        problems.append(placed)
    }

    /// True when nothing of severity error was found.
    public var isClean: Bool { !problems.contains { $0.severity == .error } }

    /// Takes a map and reports every key that is not in `keys`, with the nearest that is.
    public func map(_ node: YAMLNode, keys: [String]) -> YAMLMap? {
        guard let map = openMap(node) else { return nil }
        for entry in map.entries where !keys.contains(entry.key) {
            report(.unknownKey(entry.key, known: keys), at: entry.keyMark)
        }
        return map
    }

    /// Takes a map whose keys are names given by the author.
    public func openMap(_ node: YAMLNode) -> YAMLMap? {
        guard let entries = node.map else {
            report(.wrongShape(expected: "{key: …}", found: node), at: node.mark)
            return nil
        }
        return YAMLMap(entries: entries, mark: node.mark, reader: self)
    }

    /// Takes a list, or one single node as a list of one.
    public func list(_ node: YAMLNode) -> [YAMLNode] { node.list ?? [node] }

    /// Takes a text; a map or list in its place is reported.
    public func text(_ node: YAMLNode) -> String? {
        guard let text = node.scalar else {
            report(.wrongShape(expected: "\"…\"", found: node), at: node.mark)
            return nil
        }
        return text
    }

    /// Takes a finite decimal number.
    public func number(_ node: YAMLNode) -> Double? {
        guard let text = text(node) else { return nil }
        guard let value = Double(text), value.isFinite, !text.lowercased().contains("x") else {
            report(.notANumber(text), at: node.mark)
            return nil
        }
        return value
    }

    /// Takes a whole number.
    public func integer(_ node: YAMLNode) -> Int? {
        guard let text = text(node) else { return nil }
        guard let value = Int(text) else {
            report(.notWhole(text), at: node.mark)
            return nil
        }
        return value
    }

    /// Takes `true` or `false`.
    public func bool(_ node: YAMLNode) -> Bool? {
        guard let text = text(node) else { return nil }
        guard let value = Bool(text) else {
            report(.unknownWord(text, known: ["true", "false"]), at: node.mark)
            return nil
        }
        return value
    }

    /// Takes one of several words.
    public func choice<Choice: RawRepresentable & CaseIterable>(_ node: YAMLNode, of type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = text(node) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        report(.unknownWord(text, known: Choice.allCases.map(\.rawValue)), at: node.mark)
        return nil
    }

    /// Checks the first line of a file, `saual: KIND/1`, and returns its version.
    public func kind(_ map: YAMLMap, expected: String, newest: Int) -> Int? {
        guard let node = map.node("saual", required: true), let text = text(node) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, parts[0] == expected, let version = Int(parts[1]), version >= 1, version <= newest {
            return version
        }
        report(.wrongKind(text, expected: "\(expected)/\(newest)"), at: node.mark)
        return nil
    }
}

/// A map that is being read.
public struct YAMLMap {
    public let entries: [YAMLEntry]
    public let mark: YAMLMark
    public let reader: YAMLReader

    /// The node under a key; a missing one is reported when `required`, and an explicit null counts as missing.
    public func node(_ key: String, required: Bool = false) -> YAMLNode? {
        if let node = entries.first(where: { $0.key == key })?.value, !node.isNull { return node }
        if required { reader.report(.missingKey(key), at: mark) }
        return nil
    }

    /// The mark of a key, for problems about the key itself.
    public func keyMark(_ key: String) -> YAMLMark? { entries.first { $0.key == key }?.keyMark }

    public func text(_ key: String, required: Bool = false) -> String? {
        node(key, required: required).flatMap(reader.text)
    }

    public func number(_ key: String) -> Double? { node(key).flatMap(reader.number) }

    public func integer(_ key: String) -> Int? { node(key).flatMap(reader.integer) }

    public func bool(_ key: String) -> Bool? { node(key).flatMap(reader.bool) }
}

extension Problem {
    /// A key that may not stand in this map.
    static func unknownKey(_ key: String, known: [String]) -> Problem {
        let near = NearestNames.of(key, among: known)
        return Problem(
            "yaml.unknown-key", .input, what: "Key \"\(key)\" is not known here",
            why: "the keys that may stand here are \(known.sorted().joined(separator: ", "))",
            fix: "write \((near.isEmpty ? known.sorted() : near).joined(separator: ", ")), or delete the line")
    }

    /// A key that this map must have.
    static func missingKey(_ key: String) -> Problem {
        Problem(
            "yaml.missing-key", .input, what: "Key \"\(key)\" is missing", why: "this map must have the key \"\(key)\"",
            fix: "add a line \"\(key): …\"")
    }

    /// A text, list or map where another shape must stand; shapes are shown as YAML, which needs no translation.
    public static func wrongShape(expected: String, found: YAMLNode) -> Problem {
        let shape = found.scalar != nil ? "\"…\"" : found.list != nil ? "[…]" : "{key: …}"
        return Problem(
            "yaml.wrong-shape", .input, what: "The value has the wrong shape",
            why: "expected \(expected); found \(shape)",
            fix: "look at the indentation and at the brackets of this line")
    }

    /// A text where a decimal number must stand.
    static func notANumber(_ text: String) -> Problem {
        Problem(
            "yaml.not-a-number", .input, what: "\"\(text)\" is not a number",
            why: "a finite decimal number must stand here; found \"\(text)\"", fix: "write a number such as 12.5")
    }

    /// A text where a whole number must stand.
    static func notWhole(_ text: String) -> Problem {
        Problem(
            "yaml.not-whole", .input, what: "\"\(text)\" is not a whole number",
            why: "a whole number must stand here; found \"\(text)\"", fix: "write a number such as 12")
    }

    /// A word that is none of those allowed, with the nearest that is.
    public static func unknownWord(_ text: String, known: [String]) -> Problem {
        let near = NearestNames.of(text, among: known)
        return Problem(
            "yaml.unknown-word", .input, what: "\"\(text)\" is not one of the words that may stand here",
            why: "allowed: \(known.joined(separator: ", ")); found: \"\(text)\"",
            fix: "write \((near.isEmpty ? known : near).map { "\"\($0)\"" }.joined(separator: ", "))")
    }

    /// A first line that names another kind of file, or a version from the future.
    static func wrongKind(_ text: String, expected: String) -> Problem {
        Problem(
            "yaml.wrong-kind", .input, what: "The file is not of the kind expected here",
            why: "the first line must be \"saual: \(expected)\"; found \"\(text)\"",
            fix: "name a file of this kind, or correct its first line")
    }
}
