internal import SurveySchema

/// The manual page in roff, made from the same tables as the help.
enum ManualPage {
    static func text(in language: Language) -> String {
        var page = ".TH SAUAL 1 \"\" \"saual \(Versions.saual)\"\n.SH NAME\nsaual \\- "
        page += escaped(CommandList.all.map { $0.name }.joined(separator: ", ")) + "\n"
        page += ".SH SYNOPSIS\n.B saual\n.I COMMAND\n[options]\n"
        for command in CommandList.all {
            page += ".SH \"SAUAL \(command.name.uppercased())\"\n\(escaped(command.summary.text(in: language)))\n"
            page += ".PP\n.B saual \(command.name)\n[options] \(escaped(command.operands))\n"
            for option in command.options {
                page += ".TP\n.B \(escaped(option.usage))\n\(escaped(option.help.text(in: language)))\n"
            }
        }
        for topic in HelpTopics.all {
            page += ".SH \"\(topic.name.uppercased())\"\n.nf\n\(escaped(topic.page.text(in: language))).fi\n"
        }
        return page
    }

    /// Text that roff prints as it is: backslashes doubled, dashes kept, no line that begins like a request.
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&" + $0 : String($0) }
            .joined(separator: "\n")
    }
}
