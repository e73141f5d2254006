internal import SurveyForms
internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// `saual form`: a questionnaire as a form of the field, and a form as a questionnaire.
enum FormCommand: Command {
    static let name = "form"
    static let summary = Phrase(
        "Writes a questionnaire as an XLSForm, DDI codebook or triple-S, or reads one",
        ru: "Записывает вопросник как форму XLSForm, кодовую книгу DDI или triple-S или читает их",
        kk: "Сауалнаманы XLSForm пішініне, DDI кодтар кітабына не triple-S файлына жазады немесе оларды оқиды")
    static let operands = "QUESTIONNAIRE.yaml|FORM.xlsx|DDI.xml|SURVEY.sss"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] = CommonOptions.output
    static let examples = [
        "saual form Datasets/envipe-morelos/questionnaire.yaml -o form.xlsx",
        "saual form Datasets/envipe-morelos/questionnaire.yaml -o codebook.xml",
        "saual form Datasets/envipe-morelos/questionnaire.yaml -o survey.sss",
    ]
    /// What is no YAML.
    private static let endings = ["xlsx", "xml", "sss"]
    /// The most bytes of an XML file.
    private static let limit = 64 << 20

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let source = call.operands[0]
        if endings.contains(ending(of: source)) { return try questionnaire(source, call) }
        guard let target = call.value("output") else { throw .missingOption("output", command: name) }
        guard endings.contains(ending(of: target)) else { throw .unknownForm(target) }
        let document = try YAMLDocument(reading: source)
        guard try CheckCommand.kind(of: document) == .questionnaire else { throw .notAQuestionnaire(source) }
        let checked = QuestionnaireReader.read(document)
        guard let questionnaire = checked.value else {
            return Outcome(problems: checked.problems, exitCode: Problem.Kind.input.exitCode)
        }
        switch ending(of: target) {
        case "xml":
            let (xml, problems) = DDICodebook.codebook(of: questionnaire)
            return Outcome(xml, problems: checked.problems + problems)
        case "sss":
            let (xml, problems) = TripleSForm.metadata(of: questionnaire)
            return Outcome(xml, problems: checked.problems + problems)
        default: break
        }
        let (form, problems) = XLSForm.form(of: questionnaire, document)
        try form.write(to: target, replacing: call.has("force"))
        var outcome = Outcome(problems: checked.problems + problems)
        outcome.hasWrittenFile = true
        return outcome
    }

    /// The YAML of a form, and what is wrong with it.
    private static func questionnaire(_ source: String, _ call: Call) throws(Problem) -> Outcome {
        let target = call.value("output") ?? "-"
        if endings.contains(ending(of: target)) { throw .unknownForm(target) }
        let (yaml, problems) =
            ending(of: source) == "xlsx"
            ? XLSForm.questionnaire(of: try FormBook(reading: source)) : try described(source)
        let document = try YAMLDocument(parsing: Array(yaml.utf8), file: target)
        return Outcome(yaml, problems: problems + QuestionnaireReader.read(document).problems)
    }

    /// The questionnaire of an XML file; metadata of triple-S have either ending.
    private static func described(_ source: String) throws(Problem) -> (yaml: String, problems: [Problem]) {
        let bytes = try InputFile.bytes(of: source, limit: limit)
        return ending(of: source) == "sss" || TripleSForm.isMetadata(bytes)
            ? try TripleSForm.questionnaire(of: bytes, file: source)
            : try DDICodebook.questionnaire(of: bytes, file: source)
    }

    private static func ending(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return name.contains(".") ? name.split(separator: ".").last.map { $0.lowercased() } ?? "" : ""
    }
}

extension Problem {
    /// A file of a kind that forms are not written as.
    static func unknownForm(_ file: String) -> Problem {
        Problem(
            "command.unknown-form", .usage, what: "\"\(file)\" cannot be written by \"saual form\"",
            place: Place(file: file),
            why:
                "a questionnaire (.yaml) becomes a form (.xlsx), a codebook (.xml) or triple-S (.sss), and those become a questionnaire",
            fix: "give the output the ending of the other kind")
    }
}
