internal import SurveyProblems

/// `saual completion`: shell completion, made from the tables of options.
enum CompletionCommand: Command {
    static let name = "completion"
    static let summary = Phrase(
        "Prints shell completion for bash, zsh or fish", ru: "Выводит автодополнение для bash, zsh или fish",
        kk: "bash, zsh не fish үшін автотолықтыруды шығарады")
    static let operands = "bash|zsh|fish"
    static let operandCount: (least: Int, most: Int?) = (1, 1)
    static let options: [Option] = []
    static let examples = ["saual completion bash"]

    static func run(_ call: Call) throws(Problem) -> Outcome {
        switch call.operands[0] {
        case "bash": return Outcome(bash)
        case "zsh": return Outcome("#compdef saual\nautoload -U +X bashcompinit && bashcompinit\n" + bash)
        case "fish": return Outcome(fish)
        case let shell: throw .unknownShell(shell)
        }
    }

    private static var bash: String {
        var cases = ""
        for command in CommandList.all {
            let options = (command.options + CommonOptions.all).map { "--\($0.name)" }.joined(separator: " ")
            cases += "    \(command.name)) words=\"\(options)\" ;;\n"
        }
        // An option of the same name may have other choices in another command.
        var values = ""
        for command in CommandList.all {
            for option in command.options + CommonOptions.all {
                guard case .choice(let words) = option.kind else { continue }
                values += "    \"\(command.name) --\(option.name)\") "
                values += "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$current\")); return ;;\n"
            }
        }
        return """
            _saual() {
              local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""
              case "${COMP_WORDS[1]} $previous" in
            \(values)  esac
              if [ "$COMP_CWORD" -eq 1 ]; then
                COMPREPLY=($(compgen -W "\(CommandList.all.map { $0.name }.joined(separator: " "))" -- "$current"))
                return
              fi
              case "${COMP_WORDS[1]}" in
            \(cases)  esac
              case "$current" in
                -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
                *) COMPREPLY=($(compgen -f -- "$current")) ;;
              esac
            }
            complete -o filenames -F _saual saual

            """
    }

    private static var fish: String {
        var lines = [
            "complete -c saual -n __fish_use_subcommand -a '\(CommandList.all.map { $0.name }.joined(separator: " "))'"
        ]
        for command in CommandList.all {
            for option in command.options + CommonOptions.all {
                var line = "complete -c saual -n '__fish_seen_subcommand_from \(command.name)' -l \(option.name)"
                if let letter = option.letter { line += " -s \(letter)" }
                switch option.kind {
                case .flag: break
                case .choice(let words): line += " -x -a '\(words.joined(separator: " "))'"
                case .value, .list: line += " -r"
                }
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Problem {
    static func unknownShell(_ shell: String) -> Problem {
        Problem(
            "command.unknown-shell", .usage, what: "No completion for \"\(shell)\"",
            why: "there is completion for bash, zsh and fish; found \"\(shell)\"", fix: "use saual completion bash")
    }
}
