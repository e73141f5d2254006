internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// `saual check --changes OLD NEW [INDICATORS…]`: what differs between two versions, whether the map of the newer one covers
/// it, and what it does to the indicators.
enum CheckChanges {
    static func outcome(_ call: Call) throws(Problem) -> Outcome {
        var problems: [Problem] = []
        var read: [Questionnaire] = []
        var indicators: [YAMLDocument] = []
        var count = 0
        for path in call.operands {
            do throws(Problem) {
                let document = try YAMLDocument(reading: path)
                let kind = try CheckCommand.kind(of: document)
                if kind == .indicators {
                    indicators.append(document)
                    continue
                }
                count += 1
                guard kind == .questionnaire else { throw .notAQuestionnaire(path) }
                let checked = QuestionnaireReader.read(document)
                problems += checked.problems
                if let questionnaire = checked.value { read.append(questionnaire) }
            } catch {
                if error.code != "command.not-a-questionnaire" { count += 1 }
                problems.append(error)
            }
        }
        guard count == 2 else { throw .changesOfTwo(count) }
        guard read.count == 2 else {
            return Outcome(problems: problems, exitCode: Problem.Kind.input.exitCode)
        }
        let (older, newer) = (read[0], read[1])
        guard older.id == newer.id else { throw .otherQuestionnaire(older.id, newer.id) }
        let changes = newer.changes(since: older)
        problems += newer.problems(reading: older, file: call.operands[1])
        var comparability: [IndicatorComparability] = []
        if !indicators.isEmpty {
            let checked = IndicatorReader.read(indicators, waves: [(id: newer.id, questionnaire: newer)])
            problems += checked.problems
            comparability = IndicatorComparability.of(
                checked.value?.first ?? [], changes: changes, newer: newer)
        }
        let isCovered = changes.allSatisfy { $0.coverage != .notCovered }
        let hasErrors = problems.contains { $0.severity == .error }
        let text =
            call.format == "json"
            ? json(changes, comparability, from: older, to: newer, files: call.operands).line + "\n"
            : table(changes, from: older, to: newer, in: call.language) + table(comparability, in: call.language)
        return Outcome(text, problems: problems, exitCode: isCovered && !hasErrors ? 0 : 1)
    }

    private static func json(
        _ changes: [QuestionnaireChange], _ comparability: [IndicatorComparability], from older: Questionnaire,
        to newer: Questionnaire, files: [String]
    ) -> JSONText {
        func side(_ questionnaire: Questionnaire, _ file: String) -> JSONText {
            .object([
                ("file", .string(file)), ("id", .string(questionnaire.id)), ("version", .string(questionnaire.version)),
            ])
        }
        let rows = changes.map { change in
            var fields: [(String, JSONText)] = [
                ("change", .string(change.kind.rawValue)), ("variable", .string(change.variable)),
            ]
            let texts = [
                ("code", change.code), ("language", change.language?.rawValue), ("from", change.from),
                ("to", change.to),
            ]
            for case (let name, let text?) in texts { fields.append((name, .string(text))) }
            fields.append(("coverage", .string(change.coverage.rawValue)))
            fields.append(("meaning", .string(change.meaning.rawValue)))
            return JSONText.object(fields)
        }
        let indicators = comparability.map { entry in
            JSONText.object([
                ("indicator", .string(entry.indicator)), ("verdict", .string(entry.verdict.rawValue)),
                (
                    "causes",
                    .array(
                        entry.causes.map {
                            .object([("variable", .string($0.variable)), ("meaning", .string($0.meaning.rawValue))])
                        })
                ),
            ])
        }
        return .object(
            [
                ("saual", .string("changes/1")), ("from", side(older, files[0])), ("to", side(newer, files[1])),
                ("not_covered", .integer(changes.count { $0.coverage == .notCovered })), ("rows", .array(rows)),
            ] + (indicators.isEmpty ? [] : [("indicators", .array(indicators))]))
    }

    private static func table(_ comparability: [IndicatorComparability], in language: Language) -> String {
        guard !comparability.isEmpty else { return "" }
        let words = VersionDifferenceWords(language)
        var table = TextTable(words.indicatorHeadings.map { ($0, .left) })
        for entry in comparability {
            var causes: [String] = []
            for cause in entry.causes { causes.append("\(cause.variable): \(words.meaning(cause.meaning))") }
            let shown = causes.prefix(3).joined(separator: "; ") + (causes.count > 3 ? "; … +\(causes.count - 3)" : "")
            table.append([entry.indicator, words.verdict(entry.verdict), shown.isEmpty ? "–" : shown])
        }
        return "\n" + table.text
    }

    private static func table(
        _ changes: [QuestionnaireChange], from older: Questionnaire, to newer: Questionnaire, in language: Language
    ) -> String {
        let words = VersionDifferenceWords(language)
        guard !changes.isEmpty else { return words.none + "\n" }
        var table = TextTable(words.headings.map { ($0, .left) })
        for change in changes {
            let place = [change.variable, change.code.map { "[\($0)]" } ?? "", change.language.map { " \($0)" } ?? ""]
            table.append([
                place.joined(), words.kind(change.kind), change.from ?? "–", change.to ?? "–",
                words.coverage(change.coverage), words.meaning(change.meaning),
            ])
        }
        let uncovered = changes.count { $0.coverage == .notCovered }
        return "\(older.id): \(older.version) → \(newer.version)\n\n" + table.text + "\n"
            + words.total(changes.count, uncovered) + "\n"
    }
}

extension Problem {
    static func changesOfTwo(_ count: Int) -> Problem {
        Problem(
            "command.changes-of-two", .usage, what: "--changes compares two files",
            why: "the older version of a questionnaire and the newer one must stand; found \(count) files",
            fix: "write saual check --changes OLD.yaml NEW.yaml")
    }

    static func notAQuestionnaire(_ file: String) -> Problem {
        Problem(
            "command.not-a-questionnaire", .input, what: "\"\(file)\" is not a questionnaire", place: Place(file: file),
            why: "only two versions of a questionnaire can be compared", fix: "name two questionnaires")
    }

    static func otherQuestionnaire(_ older: String, _ newer: String) -> Problem {
        Problem(
            "command.other-questionnaire", .input, what: "The files are not two versions of one questionnaire",
            why: "versions of one questionnaire have the same id; found \"\(older)\" and \"\(newer)\"",
            fix: "name two files with the same id")
    }

    static func oneMatrix() -> Problem {
        Problem(
            "command.one-matrix", .usage, what: "--changes and --translations do not go together",
            why: "each prints a table of its own", fix: "drop one of the two")
    }
}
