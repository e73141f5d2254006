public import SurveyProblems
public import SurveySchema
public import SurveyYAML

/// Reads indicator files (`saual: indicators/1`) and checks every definition against the questionnaires of a study's waves.
public enum IndicatorReader {
    /// Reads one file against one questionnaire, reporting everything wrong at once with its line and character.
    public static func read(_ document: YAMLDocument, questionnaire: Questionnaire) -> Checked<[IndicatorDefinition]> {
        let checked = read([document], waves: [("", questionnaire)])
        return Checked(value: checked.value?.first, problems: checked.problems)
    }

    /// Reads several files against the questionnaire of each wave.
    ///
    /// The value holds the definitions once for each wave, in the order of `waves`, checked and typed by its questionnaire.
    /// A problem that only some waves have names them, with their questionnaires, in `place.detail`; ids must differ between
    /// all files.
    public static func read(
        _ documents: [YAMLDocument], waves: [(id: String, questionnaire: Questionnaire)]
    ) -> Checked<[[IndicatorDefinition]]> {
        var values: [[IndicatorDefinition]] = []
        var found: [(problem: Problem, waves: [Int])] = []
        var languages: [Language] = []
        for language in waves.flatMap(\.questionnaire.languages) where !languages.contains(language) {
            languages.append(language)
        }
        for (number, wave) in waves.enumerated() {
            var drafts: [IndicatorDraft] = []
            var readers: [YAMLReader] = []
            var seen: [String: (file: String, line: Int)] = [:]
            for document in documents {
                var file = IndicatorFile(document, wave.questionnaire, languages: languages, seen: seen)
                drafts += file.drafts()
                seen = file.seen
                readers.append(file.reader)
            }
            values.append(IndicatorParts.settle(drafts))
            for problem in readers.flatMap(\.problems) {
                if let known = found.firstIndex(where: { $0.problem == problem && !$0.waves.contains(number) }) {
                    found[known].waves.append(number)
                } else {
                    found.append((problem, [number]))
                }
            }
        }
        let order = documents.map(\.file)
        let problems = found.map { problem, numbers in
            guard numbers.count < waves.count else { return problem }
            var placed = problem
            placed.place.detail = numbers.map { number in
                let (id, questionnaire) = waves[number]
                return "\(id) (\(questionnaire.id) \(questionnaire.version))"
            }.joined(separator: ", ")
            return placed
        }.inFileOrder(of: order)
        let isClean = !problems.contains { $0.severity == .error }
        return Checked(value: isClean ? values : nil, problems: problems)
    }
}

extension IndicatorReader {
    /// What ids of indicators, studies and waves look like: they become parts of file names and of `id@version`.
    package static let identifierPattern = "[A-Za-z0-9][A-Za-z0-9_.-]{0,99}"

    /// True for a text that matches `identifierPattern`.
    package static func isIdentifier(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= 100 else { return false }
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: false
            }
        }
        return isLetterOrDigit(first)
            && bytes.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
    }
}

extension [Problem] {
    /// The problems in the order of the files and of the places in them.
    package func inFileOrder(of files: [String]) -> [Problem] {
        func key(_ problem: Problem) -> (Int, Int, Int) {
            let file = files.firstIndex { $0 == problem.place.file } ?? files.count
            return (file, problem.place.line ?? 0, problem.place.position ?? 0)
        }
        return enumerated().sorted { a, b in
            let (left, right) = (key(a.element), key(b.element))
            return left == right ? a.offset < b.offset : left < right
        }.map(\.element)
    }
}
