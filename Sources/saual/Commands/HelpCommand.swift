internal import SurveyProblems

/// `saual help`: topics, and the help of commands.
enum HelpCommand: Command {
    static let name = "help"
    static let summary = Phrase(
        "Explains a topic or a command", ru: "Объясняет тему или команду", kk: "Тақырыпты не пәрменді түсіндіреді")
    static let operands = "[TOPIC]"
    static let operandCount: (least: Int, most: Int?) = (0, 1)
    static let options: [Option] = [
        .flag(
            "man",
            Phrase(
                "write the manual page (roff)", ru: "вывести страницу руководства (roff)",
                kk: "нұсқаулық бетін шығару (roff)"))
    ]
    static let examples = ["saual help expressions", "saual help estimate"]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        if call.has("man") { return Outcome(ManualPage.text(in: call.language)) }
        guard let topic = call.operands.first else { return Outcome(Overview.text(in: call.language)) }
        if let page = HelpTopics.all.first(where: { $0.name == topic }) {
            return Outcome(page.page.text(in: call.language))
        }
        if let command = CommandList.all.first(where: { $0.name == topic }) {
            return Outcome(HelpPage.text(of: command, in: call.language, width: call.terminal.width))
        }
        throw .unknownTopic(topic)
    }
}

extension Problem {
    static func unknownTopic(_ topic: String) -> Problem {
        let known = HelpTopics.all.map(\.name) + CommandList.all.map { $0.name }
        let near = NearestNames.of(topic, among: known)
        return Problem(
            "command.unknown-topic", .usage, what: "There is no help on \"\(topic)\"",
            why: "the topics are \(known.joined(separator: ", "))",
            fix: "use \(near.isEmpty ? "saual help" : near.map { "saual help \($0)" }.joined(separator: ", "))")
    }
}
