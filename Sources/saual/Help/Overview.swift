internal import SurveySchema

/// The page that `saual` and `saual --help` show: every command in one line.
enum Overview {
    static func text(in language: Language) -> String {
        let head: Phrase = Phrase(
            "Saual processes sociological surveys: from raw interviews to a report whose every figure can be defended.",
            ru: "Saual обрабатывает социологические опросы: от интервью до отчёта, где обоснована каждая цифра.",
            kk: "Saual әлеуметтанушылық сұрастыруларды өңдейді: сұхбаттан бастап әр саны негізделген есепке дейін.")
        let commands: Phrase = Phrase("Commands", ru: "Команды", kk: "Пәрмендер")
        let topics = HelpTopics.all.map(\.name).joined(separator: ", ")
        let more: Phrase = Phrase(
            "More: saual COMMAND --help, saual help TOPIC (\(topics))",
            ru: "Подробнее: saual КОМАНДА --help, saual help ТЕМА (\(topics))",
            kk: "Толығырақ: saual ПӘРМЕН --help, saual help ТАҚЫРЫП (\(topics))")
        var text = head.text(in: language) + "\n\n  saual COMMAND [--help]\n\n" + commands.text(in: language) + "\n"
        for command in CommandList.all {
            let padding = String(repeating: " ", count: max(1, 14 - command.name.count))
            text += "  \(command.name)\(padding)\(command.summary.text(in: language))\n"
        }
        return text + "\n" + HelpPage.wrapped(more.text(in: language), to: 100).joined(separator: "\n") + "\n"
    }
}
