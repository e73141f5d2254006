internal import SurveyImport
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// `saual check`: every problem of questionnaires, indicators and studies at once.
enum CheckCommand: Command {
    static let name = "check"
    static let summary = Phrase(
        "Checks questionnaires, indicators, studies and maps; reports everything at once",
        ru: "Проверяет вопросники, показатели, исследования и карты; сообщает обо всём сразу",
        kk: "Сауалнамаларды, көрсеткіштерді, зерттеулерді, карталарды тексеріп, бәрін бірден хабарлайды")
    static let operands = "FILE.yaml…"
    static let operandCount: (least: Int, most: Int?) = (1, nil)
    static let options: [Option] = [
        .value(
            "questionnaire", "Q.yaml",
            Phrase(
                "questionnaire against which indicators and maps of columns are checked",
                ru: "вопросник, по которому проверяются показатели и карты столбцов",
                kk: "көрсеткіштер мен бағандар карталары тексерілетін сауалнама")),
        .flag(
            "translations",
            Phrase(
                "print which texts are there in which language", ru: "показать, какие тексты есть на каких языках",
                kk: "қай мәтін қай тілде бар екенін көрсету")),
        .flag(
            "changes",
            Phrase(
                "compare two versions of a questionnaire, OLD.yaml NEW.yaml [INDICATORS.yaml]",
                ru: "сравнить две версии вопросника, OLD.yaml NEW.yaml [INDICATORS.yaml]",
                kk: "сауалнаманың екі нұсқасын салыстыру, OLD.yaml NEW.yaml [INDICATORS.yaml]")),
        CommonOptions.format(["table", "json"]),
    ]
    static let examples = [
        "saual check Datasets/envipe-morelos/study.yaml",
        "saual check Datasets/envipe-morelos/indicators.yaml "
            + "--questionnaire Datasets/envipe-morelos/questionnaire.yaml",
        "saual check Datasets/envipe-morelos/study.yaml --translations",
        "saual check --changes Datasets/envipe-morelos/questionnaire.yaml Datasets/envipe-morelos/questionnaire.yaml",
    ]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        if call.has("changes"), call.has("translations") { throw .oneMatrix() }
        if call.has("changes"), call.has("questionnaire") { throw .changesOfTwo(call.operands.count + 1) }
        if call.has("translations") { return try CheckTranslations.outcome(call) }
        if call.has("changes") { return try CheckChanges.outcome(call) }
        var problems: [Problem] = []
        var wereQuestionnairesRead = true
        var documents: [(document: YAMLDocument, kind: Kind)] = []
        // Set where something could not be checked at all; what is found wrong in a file is a finding.
        var refusal: Problem.Kind?
        for path in call.operands + call.values("questionnaire") {
            do throws(Problem) {
                let document = try YAMLDocument(reading: path)
                documents.append((document, try kind(of: document)))
            } catch {
                if error.code.hasPrefix("problems.") { refusal = error.kind }
                // It may have been the questionnaire.
                wereQuestionnairesRead = false
                problems.append(error)
            }
        }
        var questionnaires: [Questionnaire] = []
        var questionnaireFiles: [String] = []
        for (document, kind) in documents where kind == .questionnaire {
            let checked = QuestionnaireReader.read(document)
            problems += checked.problems
            if let questionnaire = checked.value {
                questionnaires.append(questionnaire)
                questionnaireFiles.append(document.file)
                let folder = LoadedStudy.folder(of: document.file)
                problems +=
                    RegionLookup.read(for: questionnaire, folder: folder, file: document.file, fieldwork: nil).problems
            } else {
                wereQuestionnairesRead = false
            }
        }
        for (newer, file) in zip(questionnaires, questionnaireFiles) {
            problems += questionnaires.flatMap { newer.problems(reading: $0, file: file) }
        }
        for (document, kind) in documents where kind == .study { problems += LoadedStudy.load(document.file).problems }
        let indicators = documents.filter { $0.kind == .indicators }.map(\.document)
        if !indicators.isEmpty, questionnaires.isEmpty {
            problems +=
                wereQuestionnairesRead ? indicators.map { .indicatorsAlone($0.file) } : indicators.flatMap(\.problems)
            if wereQuestionnairesRead { refusal = refusal ?? .usage }
        } else if !indicators.isEmpty {
            problems +=
                IndicatorReader.read(
                    indicators, waves: current(questionnaires).map { (id: $0.id, questionnaire: $0) }
                ).problems
        }
        problems += mapProblems(of: documents, questionnaires, wereRead: wereQuestionnairesRead)
        let errors = problems.count { $0.severity == .error }
        let exitCode = errors == 0 ? 0 : (refusal ?? .finding).exitCode
        let files = call.operands.count
        if call.format == "json" {
            var codes: [(String, JSONText)] = []
            for problem in problems where !codes.contains(where: { $0.0 == problem.code }) {
                codes.append((problem.code, .integer(problems.count { $0.code == problem.code })))
            }
            let summary = JSONText.object([
                ("saual", .string("check/1")), ("files", .integer(files)), ("findings", .object(codes)),
            ])
            return Outcome(summary.line + "\n", problems: problems, exitCode: exitCode)
        }
        return Outcome(
            words(files: files, errors: errors, in: call.language) + "\n", problems: problems, exitCode: exitCode)
    }

    /// The questionnaires without those that another one reads in its own terms.
    private static func current(_ all: [Questionnaire]) -> [Questionnaire] {
        all.filter { older in !all.contains { $0.id == older.id && $0.map(from: older.version) != nil } }
    }

    enum Kind: String, CaseIterable { case questionnaire, indicators, study, map }

    /// What a file says of itself in its first line.
    static func kind(of document: YAMLDocument) throws(Problem) -> Kind {
        let text = document.root["saual"]?.scalar ?? ""
        guard let kind = Kind(rawValue: String(text.prefix { $0 != "/" })) else {
            let mark = document.root["saual"]?.mark ?? document.root.mark
            throw .unknownFileKind(text, file: document.file, line: mark.line, position: mark.position)
        }
        return kind
    }

    private static func words(files: Int, errors: Int, in language: Language) -> String {
        switch language {
        case .russian: "Проверено файлов: \(files), ошибок: \(errors)"
        case .kazakh: "Тексерілген файлдар: \(files), қателер: \(errors)"
        default: "Files checked: \(files), problems: \(errors)"
        }
    }
}

extension Problem {
    static func unknownFileKind(_ text: String, file: String, line: Int, position: Int) -> Problem {
        Problem(
            "command.unknown-file-kind", .input, what: "The file does not say what it is",
            place: Place(file: file, line: line, position: position),
            why: "the key \"saual\" must be questionnaire/1, indicators/1, study/1 or map/1; found \"\(text)\"",
            fix: "write, for example, \"saual: questionnaire/1\" in the first line")
    }

    static func indicatorsAlone(_ file: String) -> Problem {
        Problem(
            "command.indicators-alone", .usage, what: "Indicators cannot be checked without their questionnaire",
            place: Place(file: file),
            why: "names and types in their expressions come from the questionnaire; none is given",
            fix: "add --questionnaire Q.yaml, or check the study that names both")
    }
}
