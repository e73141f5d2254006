public import SurveyProblems
internal import SurveyDesign
internal import SurveyIndicators
internal import SurveySchema
public import SurveyYAML

/// Reads `study.yaml` (`saual: study/1`), reporting everything wrong at once with its line and character.
///
/// What cannot be seen in the file itself is checked apart: files by ``StudySpecification/missingFiles(relativeTo:in:)``,
/// the names of the design by ``StudySpecification/check(against:in:)``.
public enum StudyReader {
    static let keys = [
        "saual", "id", "title", "attribution", "synthetic", "languages", "study file", "output", "waves", "design",
        "indicators", "publication", "expected findings", "complete", "weighting", "change", "quality", "report",
        "unreviewed",
    ]

    /// Returns the study, nil when something in it is wrong.
    public static func read(_ document: YAMLDocument) -> Checked<StudySpecification> {
        let (study, problems) = readable(document)
        return Checked(value: problems.contains { $0.severity == .error } ? nil : study, problems: problems)
    }

    /// Returns what can be read of a study also where something is wrong, and everything that is wrong.
    ///
    /// With it the files that a study names are checked in the same run as the study itself; it is no study to compute with.
    /// Nil for a file that is no study at all.
    public static func readable(_ document: YAMLDocument) -> (study: StudySpecification?, problems: [Problem]) {
        let reader = YAMLReader(document)
        guard let map = reader.map(document.root, keys: keys),
            reader.kind(map, expected: "study", newest: 1) != nil || map.node("saual") == nil
        else { return (nil, reader.problems.inFileOrder(of: [document.file])) }
        let id = reader.identifier(map, "id")
        let languages = reader.languages(map)
        let title = map.node("title", required: true).flatMap { reader.localizedText($0, languages: languages) }
        let attribution = map.node("attribution").flatMap { reader.localizedText($0, languages: languages) }
        _ = reader.unreviewedLanguages(map, declared: languages)
        let waves = reader.waves(map)
        let design = reader.design(map)
        reader.checkJoint(map, waves: waves, design: design)
        let indicators = reader.names(map.node("indicators", required: true))
        let publication = reader.publication(map)
        let findings = reader.expectedFindings(map)
        let studyFile = map.node("study file").flatMap(reader.pathInside)
        let output = map.node("output").flatMap(reader.pathInside)
        let isSynthetic = map.bool("synthetic") ?? false
        let change = reader.change(map, waves: waves, design: design)
        let quality = reader.quality(map)
        let report = reader.reportForm(map, languages: languages, waves: waves)
        let complete = map.text("complete")
        let weighting = reader.weighting(map, waves: waves.map(\.id), design: design)
        var known = design ?? DesignSpecification()
        // The weight that a weighting makes is no question; one that could not be read makes it all the same.
        if weighting == nil, map.node("weighting") != nil { known.weight = nil }
        var study = StudySpecification(
            id: id ?? "", title: title ?? .empty, attribution: attribution ?? .empty, isSynthetic: isSynthetic,
            waves: waves, design: known, indicatorFiles: indicators, publication: publication, languages: languages,
            studyFile: studyFile ?? (id ?? "") + ".saual", output: output ?? "results", expectedFindings: findings)
        study.change = change
        study.report = report
        study.complete = complete
        study.weighting = weighting
        study.quality = quality
        return (study, reader.problems.inFileOrder(of: [document.file]))
    }
}

extension YAMLReader {
    /// Takes an id that becomes part of a file name and of `study.saual:wave`.
    func identifier(_ map: YAMLMap, _ key: String) -> String? {
        guard let node = map.node(key, required: true), let id = text(node) else { return nil }
        guard IndicatorReader.isIdentifier(id) else {
            report(.badIdentifier(id), at: node.mark)
            return nil
        }
        return id
    }

    /// Takes the languages; none if one is unknown, so that its texts are not taken for undeclared ones.
    fileprivate func languages(_ map: YAMLMap) -> [Language] {
        guard let node = map.node("languages", required: true) else { return [] }
        var languages: [Language] = []
        var areKnown = true
        for item in list(node) {
            guard let text = text(item) else { continue }
            let language = Language(rawValue: text)
            if !Language.spoken.contains(language) {
                report(.unknownWord(text, known: Language.spoken.map(\.rawValue)), at: item.mark)
                areKnown = false
            } else if languages.contains(language) {
                report(.listedTwice(text), at: item.mark)
            } else {
                languages.append(language)
            }
        }
        if list(node).isEmpty { report(.emptyList(), at: node.mark) }
        return areKnown ? languages : []
    }

    /// Takes a name or a list of names, each once.
    func names(_ node: YAMLNode?) -> [String] {
        guard let node else { return [] }
        var names: [String] = []
        for item in list(node) {
            guard let name = text(item) else { continue }
            if item.isNull || name.isEmpty {
                report(.emptyList(), at: item.mark)
            } else if names.contains(name) {
                report(.listedTwice(name), at: item.mark)
            } else {
                names.append(name)
            }
        }
        if list(node).isEmpty { report(.emptyList(), at: node.mark) }
        return names
    }

    /// Takes a path that Saual will write to: relative, and never out of the study's folder.
    fileprivate func pathInside(_ node: YAMLNode) -> String? {
        guard let path = text(node) else { return nil }
        let parts = path.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
        let isInside = !path.hasPrefix("/") && !path.hasPrefix("~") && !parts.contains("..") && !parts.isEmpty
        guard isInside, path.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
            report(.outsideFolder(path), at: node.mark)
            return nil
        }
        return parts.joined(separator: "/")
    }

    fileprivate func publication(_ map: YAMLMap) -> PublicationRules {
        var rules = PublicationRules()
        guard let node = map.node("publication") else { return rules }
        guard let map = self.map(node, keys: ["minimum base", "low base", "minimum psus", "share standard"]) else {
            return rules
        }
        func number(_ key: String, least: Int, default standard: Int) -> Int {
            guard let node = map.node(key), let value = integer(node) else { return standard }
            if value < least {
                report(key == "minimum base" && value >= 1 ? .leastBase(value) : .notPositive(value), at: node.mark)
                return standard
            }
            return value
        }
        rules.minimumBase = number("minimum base", least: PublicationRules.leastMinimumBase, default: rules.minimumBase)
        if let word = map.node("share standard") {
            rules.shareStandard = choice(word, of: PublicationRules.ShareStandardName.self) ?? rules.shareStandard
        }
        rules.minimumPSUs = number("minimum psus", least: 1, default: rules.minimumPSUs)
        // Whoever raises the minimum base above the standard low base and says nothing of brackets wants none.
        rules.lowBase = number("low base", least: 1, default: max(rules.lowBase, rules.minimumBase))
        if rules.lowBase < rules.minimumBase, let low = map.node("low base") {
            report(.lowBaseBelowMinimum(rules.lowBase, minimum: rules.minimumBase), at: low.mark)
        }
        return rules
    }

    fileprivate func expectedFindings(_ map: YAMLMap) -> [(code: String, count: Int)] {
        guard let node = map.node("expected findings"), let map = openMap(node) else { return [] }
        var findings: [(code: String, count: Int)] = []
        for entry in map.entries {
            let parts = entry.key.split(separator: ".", omittingEmptySubsequences: false)
            let isCode =
                parts.count == 2
                && parts.allSatisfy { part in
                    !part.isEmpty
                        && part.utf8.allSatisfy {
                            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
                        }
                }
            if !isCode { report(.badFindingCode(entry.key), at: entry.keyMark) }
            guard let count = integer(entry.value) else { continue }
            if count < 1 { report(.notPositive(count), at: entry.value.mark) }
            findings.append((entry.key, count))
        }
        return findings
    }
}

extension Problem {
    static func badIdentifier(_ id: String) -> Problem {
        Problem(
            "study.bad-id", .input, what: "\"\(id)\" cannot be an id",
            why:
                "an id becomes part of file names and must match \(IndicatorReader.identifierPattern); found \"\(id)\"",
            fix: "choose an id such as \"household-2024\"")
    }

    static func listedTwice(_ name: String) -> Problem {
        Problem(
            "study.listed-twice", .input, what: "\"\(name)\" is listed twice",
            why: "each entry of this list may stand once",
            fix: "delete one of the two")
    }

    static func emptyList() -> Problem {
        Problem(
            "study.empty-list", .input, what: "Nothing is listed here",
            why: "at least one entry must stand here; found none",
            fix: "name at least one, or delete the key if it may be left out")
    }

    static func outsideFolder(_ path: String) -> Problem {
        Problem(
            "study.outside-folder", .input, what: "\"\(path)\" is not inside the study's folder",
            why: "what a study writes stays below the folder of study.yaml, so that a stranger's study can be run",
            fix: "give a relative path without \"..\", such as \"results\"")
    }

    static func notPositive(_ value: Int) -> Problem {
        Problem(
            "study.not-positive", .input, what: "\(value) is too small",
            why: "this number must be at least 1; found \(value)",
            fix: "give a whole number from 1")
    }

    static func leastBase(_ value: Int) -> Problem {
        Problem(
            "study.least-base", .input, what: "A minimum base of \(value) is not allowed",
            why: "below \(PublicationRules.leastMinimumBase) people a reader could recognise a person; found \(value)",
            fix: "give at least \(PublicationRules.leastMinimumBase), or leave the line out for the standard")
    }

    static func lowBaseBelowMinimum(_ low: Int, minimum: Int) -> Problem {
        Problem(
            "study.low-base", .input, what: "The low base \(low) is below the minimum base \(minimum)",
            why: "bases from the minimum up to the low base stand in brackets; none lies from \(minimum) to \(low)",
            fix: "raise the low base to at least the minimum base")
    }

    static func badFindingCode(_ code: String) -> Problem {
        Problem(
            "study.bad-finding-code", .input, what: "\"\(code)\" is not the code of a finding",
            why: "codes are written as saual prints them, room and short name; found \"\(code)\"",
            fix: "copy the code from the messages of saual, such as \"import.skipped-answered\"")
    }
}
