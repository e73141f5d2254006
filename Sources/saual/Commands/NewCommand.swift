internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema

/// `saual new`: a study folder to start from.
enum NewCommand: Command {
    static let name = "new"
    static let summary = Phrase(
        "Makes a study folder to start from, with a made-up example",
        ru: "Создаёт папку исследования с вымышленным примером для начала",
        kk: "Бастау үшін жасанды мысалы бар зерттеу қалтасын жасайды")
    static let operands = "NAME"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] = [
        CommonOptions.languages(
            Phrase(
                "languages of questions and reports (default: kk,ru,en)",
                ru: "языки вопросов и отчётов (по умолчанию kk,ru,en)",
                kk: "сұрақтар мен есептердің тілдері (әдепкісі: kk,ru,en)")),
        CommonOptions.dryRun,
    ]
    static let examples = ["saual new my-study", "saual new my-other-study --languages ru"]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let folder = call.operands[0]
        guard IndicatorReader.isIdentifier(folder) else { throw .wrongStudyName(folder) }
        let study = NewStudy(name: folder, languages: try call.languages() ?? Language.spoken, words: call.language)
        let paths = study.files.map { "\(folder)/\($0.path)" }
        if call.has("dry-run") { return Outcome(DryRun.text(reading: [], writing: paths, for: call)) }
        try NewFolder.write(study.files, to: folder)
        return Outcome(paths.map { $0 + "\n" }.joined() + words(folder, in: call.language))
    }

    private static func words(_ folder: String, in language: Language) -> String {
        let command = "saual run \(folder)/study.yaml"
        return switch language {
        case .russian: "\nПример ВЫМЫШЛЕННЫЙ. Дальше: прочитайте \(folder)/README.md или выполните\n  \(command)\n"
        case .kazakh: "\nМысал ЖАСАНДЫ. Әрі қарай \(folder)/README.md оқыңыз немесе мынаны орындаңыз:\n  \(command)\n"
        default: "\nThe example is SYNTHETIC. Next: read \(folder)/README.md, or run\n  \(command)\n"
        }
    }
}

extension Problem {
    /// A name that cannot be that of a folder and of a study.
    static func wrongStudyName(_ name: String) -> Problem {
        Problem(
            "command.wrong-study-name", .usage, what: "\"\(name)\" cannot be the name of a study",
            why: "it names a folder here and files in it: letters a–z, digits, \".\", \"_\" and \"-\", at most 100",
            fix: "choose a name such as trust-2026, and change the folder first if it belongs elsewhere")
    }
}
