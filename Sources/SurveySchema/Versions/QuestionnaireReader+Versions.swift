internal import SurveyProblems
internal import SurveyYAML

/// How older versions map onto the questionnaire.
extension QuestionnaireReader {
    func versionMaps(_ map: YAMLMap, own: String?) -> [VersionMap] {
        guard let node = map.node("versions") else { return [] }
        let items = reader.list(node)
        if items.isEmpty { reader.report(.emptyList("versions"), at: node.mark) }
        var maps: [VersionMap] = []
        for item in items {
            let keys = ["version", "renamed", "recoded", "absent", "not comparable"]
            guard let fields = reader.map(item, keys: keys) else { continue }
            guard let versionNode = fields.node("version", required: true), let version = reader.text(versionNode)
            else { continue }
            if version == own { reader.report(.ownVersion(version), at: versionNode.mark) }
            if maps.contains(where: { $0.version == version }) {
                reader.report(.repeatedEntry(version), at: versionNode.mark)
            }
            let absent = absentQuestions(fields)
            let made = VersionMap(
                version: version, mark: versionNode.mark, renamed: renamings(fields, version: version),
                recoded: recodings(fields), absent: absent, notComparable: breaks(fields))
            reportContradictions(made)
            reportSharedSources(made)
            maps.append(made)
        }
        return maps
    }

    /// Reports a name that is no question; a derived variable is computed anew and needs no entry.
    private func isQuestion(_ name: String, at mark: YAMLMark) -> Bool {
        if questions.contains(where: { $0.id == name }) { return true }
        if derived.contains(where: { $0.id == name }) {
            reader.report(.derivedNotMapped(name), at: mark)
        } else {
            reader.report(.unknownName(name, known: questions.map(\.id)), at: mark)
        }
        return false
    }

    private func renamings(_ map: YAMLMap, version: String) -> [VersionMap.Renaming] {
        guard let node = map.node("renamed"), let entries = reader.openMap(node)?.entries else { return [] }
        var renamings: [VersionMap.Renaming] = []
        for entry in entries {
            let isKnown = isQuestion(entry.key, at: entry.keyMark)
            guard let there = reader.text(entry.value) else { continue }
            if there == entry.key {
                reader.report(.renamedToItself(there), at: entry.value.mark)
            } else {
                checkIdentifier(there, pattern: .variable, at: entry.value.mark)
            }
            if isKnown {
                renamings.append(VersionMap.Renaming(here: entry.key, there: there, mark: entry.value.mark))
            }
        }
        return renamings
    }

    private func recodings(_ map: YAMLMap) -> [VersionMap.Recoding] {
        guard let node = map.node("recoded"), let entries = reader.openMap(node)?.entries else { return [] }
        var recodings: [VersionMap.Recoding] = []
        for entry in entries {
            guard isQuestion(entry.key, at: entry.keyMark), let codes = reader.openMap(entry.value),
                let question = questions.first(where: { $0.id == entry.key }), let type = question.type
            else { continue }
            guard type.needsAnswers else {
                reader.report(.nothingToRecode(question.id, type: type), at: entry.keyMark)
                continue
            }
            if codes.entries.isEmpty { reader.report(.emptyList(entry.key), at: entry.value.mark) }
            let missing = type == .multiple ? [] : question.missing.map(\.code)
            var made: [VersionMap.Recoding.Code] = []
            for code in codes.entries {
                guard let here = reader.text(code.value) else { continue }
                let known = question.answers.map(\.code) + missing
                if question.isSound, !known.contains(here) {
                    reader.report(.unknownAnswer(here, of: question.id, codes: known), at: code.value.mark)
                }
                made.append(VersionMap.Recoding.Code(there: code.key, here: here, mark: code.keyMark))
            }
            recodings.append(VersionMap.Recoding(question: entry.key, codes: made, mark: entry.keyMark))
        }
        return recodings
    }

    private func absentQuestions(_ map: YAMLMap) -> [(question: String, mark: YAMLMark)] {
        guard let node = map.node("absent") else { return [] }
        var absent: [(question: String, mark: YAMLMark)] = []
        for item in reader.list(node) {
            guard let name = reader.text(item), isQuestion(name, at: item.mark) else { continue }
            if absent.contains(where: { $0.question == name }) {
                reader.report(.repeatedEntry(name), at: item.mark)
            } else {
                absent.append((name, item.mark))
            }
        }
        return absent
    }

    private func breaks(_ map: YAMLMap) -> [VersionMap.Break] {
        guard let node = map.node("not comparable"), let entries = reader.openMap(node)?.entries else { return [] }
        return entries.compactMap { entry in
            let known = questions.map(\.id) + derived.map(\.id)
            if !known.contains(entry.key) { reader.report(.unknownName(entry.key, known: known), at: entry.keyMark) }
            return reader.localizedText(entry.value, languages: languages).map {
                VersionMap.Break(name: entry.key, reason: $0)
            }
        }
    }

    /// A question that was not asked there had neither another id nor other codes.
    private func reportContradictions(_ map: VersionMap) {
        for (question, mark) in map.absent {
            for key in ["renamed", "recoded"] {
                let isThere =
                    key == "renamed"
                    ? map.renamed.contains { $0.here == question } : map.recoding(of: question) != nil
                if isThere { reader.report(.absentAndMapped(question, key: key), at: mark) }
            }
        }
    }

    /// Two questions here that would take the answers of one question there.
    private func reportSharedSources(_ map: VersionMap) {
        var first: [String: String] = [:]
        for draft in questions where !map.renamed.contains(where: { $0.here == draft.id }) {
            if let source = map.source(of: draft.id) { first[source] = draft.id }
        }
        for renaming in map.renamed {
            if let other = first[renaming.there] {
                let problem = Problem.sharedSource(renaming.there, first: other, second: renaming.here)
                reader.report(problem, at: renaming.mark)
            } else {
                first[renaming.there] = renaming.here
            }
        }
    }
}

extension Problem {
    /// An entry of `versions` for the version of the file itself.
    static func ownVersion(_ version: String) -> Problem {
        Problem(
            "schema.own-version", .input, what: "\"\(version)\" is the version of this questionnaire itself",
            why: "an entry of \"versions\" says how an older version maps onto this one; both are \"\(version)\"",
            fix: "write the older version, or give this file a new one")
    }

    /// A derived variable where a question must stand.
    static func derivedNotMapped(_ name: String) -> Problem {
        Problem(
            "schema.derived-not-mapped", .input, what: "\"\(name)\" is a derived variable",
            place: Place(variable: name),
            why: "derived variables are computed anew from the mapped answers; only questions are mapped",
            fix: "map the questions that \"\(name)\" is made from")
    }

    /// A renaming to the same id.
    static func renamedToItself(_ id: String) -> Problem {
        Problem(
            "schema.renamed-to-itself", .input, what: "\"\(id)\" has the same id in both versions",
            place: Place(variable: id), why: "a question with the same id needs no entry; found \"\(id): \(id)\"",
            fix: "delete the line, or write the id that it had")
    }

    /// Codes of a question that has none.
    static func nothingToRecode(_ id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.nothing-to-recode", .input, what: "\"\(id)\" has no answers to recode", place: Place(variable: id),
            why: "only answers of a list have codes; the type is \(type.rawValue)", fix: "delete the entry")
    }

    /// A question that was not asked, and yet renamed or recoded.
    static func absentAndMapped(_ id: String, key: String) -> Problem {
        Problem(
            "schema.absent-and-mapped", .input, what: "\"\(id)\" stands under \"absent\" and under \"\(key)\"",
            place: Place(variable: id),
            why: "a question that was not asked has nothing to map; found it in both",
            fix: "delete one of the two")
    }

    /// Two questions that take one question of the older version.
    static func sharedSource(_ there: String, first: String, second: String) -> Problem {
        Problem(
            "schema.shared-source", .input, what: "Two questions take the answers of \"\(there)\"",
            place: Place(variable: second),
            why: "a question of the older version is read as one question here; found \(first) and \(second)",
            fix: "correct one of the two, or list it under \"absent\"")
    }
}
