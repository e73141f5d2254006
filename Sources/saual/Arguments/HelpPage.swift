internal import SurveySchema

/// The help of one command, made from its table.
enum HelpPage {
    static func text(of command: any Command.Type, in language: Language, width: Int) -> String {
        let words = headings(in: language)
        var text = "saual \(command.name): \(command.summary.text(in: language))\n\n"
        text += "  saual \(command.name) [\(words.options)] \(command.operands)\n"
        if !command.options.isEmpty { text += "\n\(words.own)\n" + table(command.options, in: language, width: width) }
        text += "\n\(words.common)\n" + table(CommonOptions.all, in: language, width: width)
        text += "\n\(words.examples)\n"
        for example in command.examples { text += "  \(example)\n" }
        return text
    }

    private static func table(_ options: [Option], in language: Language, width: Int) -> String {
        let column = 34
        var text = ""
        for option in options {
            let usage = "  " + option.usage
            let lines = wrapped(option.help.text(in: language), to: max(30, min(width, 120) - column))
            if Terminal.width(of: usage) + 2 > column {
                text += usage + "\n" + String(repeating: " ", count: column)
            } else {
                text += usage + String(repeating: " ", count: column - Terminal.width(of: usage))
            }
            text += lines.joined(separator: "\n" + String(repeating: " ", count: column)) + "\n"
        }
        return text
    }

    /// Breaks a text at spaces into lines of at most `width` columns; a longer word stands alone.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, Terminal.width(of: line) + 1 + Terminal.width(of: String(word)) > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return lines + [line]
    }

    private static func headings(in language: Language) -> (
        options: String, own: String, common: String, examples: String
    ) {
        switch language {
        case .russian: ("ключи", "Ключи", "Общие ключи", "Примеры")
        case .kazakh: ("кілттер", "Кілттер", "Ортақ кілттер", "Мысалдар")
        default: ("options", "Options", "Options of every command", "Examples")
        }
    }
}
