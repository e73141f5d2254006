public import SurveyYAML

/// How one older version of a questionnaire maps onto it, as the newer one says under `versions:`.
///
/// A question that is neither renamed nor absent has the id that it has here; an answer that is not recoded has the code
/// that it has here. Waves are stored as they were asked: the map is applied when they are read.
public struct VersionMap: Sendable {
    /// A question that had another id.
    public struct Renaming: Sendable {
        public let here: String
        public let there: String
        /// Where the id there stands in the file.
        public let mark: YAMLMark
    }

    /// Answers of a question that had other codes.
    public struct Recoding: Sendable {
        public struct Code: Sendable {
            public let there: String
            /// An answer of the question here, or one of its missing codes.
            public let here: String
            /// Where the code there stands in the file.
            public let mark: YAMLMark
        }

        public let question: String
        public let codes: [Code]
        public let mark: YAMLMark
    }

    /// A question or derived variable whose figures cannot be compared with that version, and why.
    public struct Break: Sendable {
        public let name: String
        public let reason: LocalizedText
    }

    public let version: String
    /// Where the entry stands in the file.
    public let mark: YAMLMark
    public let renamed: [Renaming]
    public let recoded: [Recoding]
    /// Questions here that were not asked there.
    public let absent: [(question: String, mark: YAMLMark)]
    public let notComparable: [Break]

    /// The id there of a question here; nil if it was not asked.
    ///
    /// An item of a roster, `gave[01]`, is mapped as its roster is.
    public func source(of question: String) -> String? {
        let (question, item) = VersionMap.parts(of: question)
        return source(ofWhole: question).map { $0 + item }
    }

    /// The id of a roster or question, and the rest of an item's name.
    static func parts(of name: String) -> (id: String, item: String) {
        guard let open = name.firstIndex(of: "[") else { return (name, "") }
        return (String(name[..<open]), String(name[open...]))
    }

    private func source(ofWhole question: String) -> String? {
        if let renaming = renamed.first(where: { $0.here == question }) { return renaming.there }
        return absent.contains { $0.question == question } ? nil : question
    }

    /// The codes of a question here that were others there.
    public func recoding(of question: String) -> Recoding? {
        recoded.first { $0.question == VersionMap.parts(of: question).id }
    }
}

extension Questionnaire {
    /// How a version maps onto this one; nil if nothing is said of it.
    public func map(from version: String) -> VersionMap? { versions.first { $0.version == version } }

    /// Of the variables that these names need, those whose figures cannot be compared with a version, and why.
    ///
    /// Derived variables are followed down to questions, an item (`channel[2]`, `gave[01]`) to its question or roster, and
    /// routing is not followed. Each name stands once, in the order of need.
    public func incomparable(
        names: [String], from version: String
    ) -> [(name: String, reason: LocalizedText)] {
        guard let map = map(from: version) else { return [] }
        var found: [(name: String, reason: LocalizedText)] = []
        var seen: Set<String> = []
        var waiting = Array(names.reversed())
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted else { continue }
            if let entry = map.notComparable.first(where: { $0.name == name }) { found.append((name, entry.reason)) }
            if let derived = derivedVariable(name) {
                waiting += derived.names.reversed()
            } else if name.hasSuffix("]") {
                waiting.append(VersionMap.parts(of: name).id)
            }
        }
        return found
    }
}
