public import SurveyYAML

/// Which texts of a file of people's words are there in which language, complete or not.
///
/// It is made of the YAML alone, so that files with missing translations, which no reader accepts, have one too.
public struct TranslationMatrix: Sendable {
    /// One text: a title, the words of a question, the label of an answer.
    public struct Text: Sendable {
        /// The question, indicator, answer list or other entry that it belongs to.
        public let group: String
        /// The keys that lead to it, joined by points: `questions.gave.text`.
        public let path: String
        public let mark: YAMLMark
        public let present: [Language]
    }

    public let file: String
    /// The languages that every text should have, in the order of the file.
    public let languages: [Language]
    /// Languages whose texts no native speaker has read, by the file's own word.
    public let unreviewed: [Language]
    /// In the order of the file.
    public let texts: [Text]

    /// The languages in which a text is not there.
    public func missing(of text: Text) -> [Language] { languages.filter { !text.present.contains($0) } }

    public var isComplete: Bool { texts.allSatisfy { missing(of: $0).isEmpty } }

    /// How many of some texts are there in a language.
    public func count(of language: Language, in group: String? = nil) -> Int {
        texts.count { (group == nil || $0.group == group) && $0.present.contains(language) }
    }

    /// The groups in the order of the file.
    public var groups: [String] {
        var seen: Set<String> = []
        return texts.map(\.group).filter { seen.insert($0).inserted }
    }

    /// Looks a document through.
    ///
    /// `others` are the languages of a file that declares none (indicators are in those of their questionnaires); if it is
    /// empty, those in which any of its texts is written.
    public init(of document: YAMLDocument, others: [Language] = []) {
        file = document.file
        let declared = TranslationMatrix.languages(document.root["languages"])
        var walk = Walk(
            known: Set(declared + others + Language.spoken), languages: declared.isEmpty ? others : declared)
        walk.take(document.root, path: [])
        texts = walk.texts
        unreviewed = TranslationMatrix.languages(document.root["unreviewed"])
        if walk.languages.isEmpty {
            let used = walk.texts.flatMap(\.present)
            let order = Language.spoken + used.filter { !Language.spoken.contains($0) }
            var seen: Set<Language> = []
            languages = order.filter { used.contains($0) && seen.insert($0).inserted }
        } else {
            languages = walk.languages
        }
    }

    /// The language codes of a list, or of a single word.
    private static func languages(_ node: YAMLNode?) -> [Language] {
        guard let node else { return [] }
        return (node.list ?? [node]).compactMap(\.scalar).map(Language.init(rawValue:))
    }
}

/// Finds the texts of a document: maps whose keys are languages, and plain words where a text must stand.
private struct Walk {
    let known: Set<Language>
    let languages: [Language]
    private(set) var texts: [TranslationMatrix.Text] = []

    /// Keys under which a text stands, and how deep at most (indicators have names of columns under such keys below).
    private static let textKeys: Set<String> = ["title", "text", "label", "name", "attribution"]
    private static let neverTexts: Set<String> = ["renamed", "recoded", "expected findings", "design", "weighting"]

    mutating func take(_ node: YAMLNode, path: [String]) {
        if let entries = node.map {
            let keys = entries.map { Language(rawValue: $0.key) }
            if !entries.isEmpty, keys.allSatisfy(known.contains), entries.allSatisfy({ $0.value.scalar != nil }) {
                let present = entries.filter { !$0.value.isNull && $0.value.scalar != "" }
                add(path, node.mark, present.map { Language(rawValue: $0.key) })
                return
            }
            for entry in entries where !Walk.neverTexts.contains(entry.key) {
                take(entry.value, path: path + [entry.key])
            }
            for (key, needed) in [("questions", "text"), ("indicators", "name")] where path.first == key {
                guard path.count == 2, !entries.contains(where: { $0.key == needed }) else { continue }
                add(path + [needed], node.mark, [])
            }
        } else if let items = node.list {
            for (position, item) in items.enumerated() {
                let name = item["id"]?.scalar ?? item["version"]?.scalar ?? String(position + 1)
                take(item, path: path + [name])
            }
        } else if isText(path), !node.isNull, let text = node.scalar, !text.isEmpty {
            // Plain words are in the one language of the file; in a file of several they are in none.
            add(path, node.mark, languages.count == 1 ? languages : [])
        } else if isText(path) {
            add(path, node.mark, [])
        }
    }

    private func isText(_ path: [String]) -> Bool {
        guard let last = path.last, path.first != "waves" else { return false }
        if Walk.textKeys.contains(last) { return path.count <= (path.first == "indicators" ? 3 : 6) }
        // Labels of answers, and reasons: {1: Yes, 2: No}.
        let before = path.dropLast()
        return (path.first == "answers" && path.count == 3) || (before.last == "answers" && path.count == 4)
            || (before.last == "not comparable") || (before.last == "labels")
    }

    private mutating func add(_ path: [String], _ mark: YAMLMark, _ present: [Language]) {
        let group =
            switch path.first {
            case "questions", "derived", "indicators", "checks": path.count > 1 ? path[1] : path[0]
            case "answers", "versions": path.prefix(2).joined(separator: " ")
            default: path.first ?? ""
            }
        texts.append(
            TranslationMatrix.Text(group: group, path: path.joined(separator: "."), mark: mark, present: present))
    }
}
