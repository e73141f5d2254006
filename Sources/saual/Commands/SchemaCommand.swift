internal import SurveyProblems
internal import SurveySchema

/// `saual schema`: the JSON Schema of a kind of file, for editors that complete and check while one types.
enum SchemaCommand: Command {
    static let name = "schema"
    static let summary = Phrase(
        "Prints the JSON Schema of questionnaires, indicators, studies or maps, for editors",
        ru: "Выводит JSON Schema вопросников, показателей, исследований или карт столбцов для редакторов",
        kk: "Редакторларға арналған сауалнама, көрсеткіш, зерттеу не баған картасының JSON Schema сызбасын шығарады")
    static let operands = "KIND"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] = CommonOptions.output
    static let examples = ["saual schema questionnaire", "saual schema study --language ru -o study-1.json"]

    /// The kinds of file that have a schema, in the order users meet them.
    static let all: [FileSchema] = [.questionnaire, .indicators, .study, .map]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        let kind = call.operands[0]
        guard let schema = all.first(where: { $0.kind == kind }) else { throw .unknownSchema(kind) }
        return Outcome(schema.text(in: call.language))
    }
}

extension Problem {
    /// A kind of file that has no schema.
    static func unknownSchema(_ kind: String) -> Problem {
        let known = SchemaCommand.all.map(\.kind)
        let near = NearestNames.of(kind, among: known)
        return Problem(
            "command.unknown-schema", .usage, what: "There is no schema \"\(kind)\"",
            why: "there are schemas of \(list: known)",
            fix: "use \((near.isEmpty ? known : near).map { "saual schema \($0)" }.joined(separator: ", "))")
    }
}
