internal import SurveyProblems

/// Turns the words of a command line into operands and options, by the command's table of options.
enum ArgumentParser {
    struct Parsed {
        var operands: [String] = []
        var given: [(name: String, value: String)] = []
    }

    static func parse(_ words: [String], for command: any Command.Type) throws(Problem) -> Parsed {
        let options = command.options + CommonOptions.all
        var parsed = Parsed()
        var position = 0
        var areOptionsOver = false
        while position < words.count {
            let word = words[position]
            position += 1
            if areOptionsOver || word == "-" || !word.hasPrefix("-") {
                parsed.operands.append(word)
                continue
            }
            if word == "--" {
                areOptionsOver = true
                continue
            }
            let (option, inlineValue) = try find(word, among: options, command: command.name)
            var value = ""
            if option.kind == .flag {
                guard inlineValue == nil else { throw .valueForFlag(option.name) }
            } else if let inlineValue {
                value = inlineValue
            } else {
                guard position < words.count, !isOption(words[position], among: options) else {
                    throw .missingValue(option.name, usage: option.usage)
                }
                value = words[position]
                position += 1
            }
            if value.isEmpty, option.kind != .flag { throw .missingValue(option.name, usage: option.usage) }
            if case .choice(let allowed) = option.kind, !allowed.contains(value) {
                throw .unknownChoice(value, option: option.name, allowed: allowed)
            }
            if !option.isRepeatable, parsed.given.contains(where: { $0.name == option.name }) {
                throw .givenTwice(option.name)
            }
            parsed.given.append((option.name, value))
        }
        return parsed
    }

    /// Checks the number of operands, and options that need another; not needed where help is asked for.
    static func checkOperands(_ parsed: Parsed, for command: any Command.Type) throws(Problem) {
        let (least, most) = command.operandCount
        if parsed.operands.count < least { throw .missingOperand(command.operands, command: command.name) }
        let hasOutput = command.options.contains { $0.name == "output" }
        if hasOutput, parsed.given.contains(where: { $0.name == "force" }),
            !parsed.given.contains(where: { $0.name == "output" })
        {
            throw .forceAlone()
        }
        if let most, parsed.operands.count > most {
            throw .tooManyOperands(parsed.operands[most], command: command.name, most: most)
        }
    }

    private static func find(
        _ word: String, among options: [Option], command: String
    ) throws(Problem) -> (option: Option, value: String?) {
        if word.hasPrefix("--") {
            let body = word.dropFirst(2)
            let name = String(body.prefix { $0 != "=" })
            let value = body.count > name.count ? String(body.dropFirst(name.count + 1)) : nil
            if let option = options.first(where: { $0.name == name }) { return (option, value) }
            throw .unknownOption("--\(name)", command: command, known: options.map { "--\($0.name)" })
        }
        let letters = word.dropFirst()
        if letters.count == 1, let option = options.first(where: { $0.letter == letters.first }) {
            return (option, nil)
        }
        throw .unknownOption(word, command: command, known: options.map { "--\($0.name)" })
    }

    private static func isOption(_ word: String, among options: [Option]) -> Bool {
        guard word.hasPrefix("--") else { return false }
        let name = word.dropFirst(2).prefix { $0 != "=" }
        return options.contains { $0.name == name }
    }
}

extension Problem {
    static func unknownOption(_ option: String, command: String, known: [String]) -> Problem {
        let near = NearestNames.of(option, among: known)
        return Problem(
            "command.unknown-option", .usage, what: "Option \"\(option)\" does not exist in \"saual \(command)\"",
            why: "an option is obeyed or refused, never ignored",
            fix: "use \(near.isEmpty ? "saual \(command) --help" : near.joined(separator: ", "))")
    }

    static func missingValue(_ option: String, usage: String) -> Problem {
        Problem(
            "command.missing-value", .usage, what: "Option \"--\(option)\" has no value",
            why: "the option is written \(usage)", fix: "write the value after the option")
    }

    static func valueForFlag(_ option: String) -> Problem {
        Problem(
            "command.value-for-flag", .usage, what: "Option \"--\(option)\" takes no value",
            why: "the option stands alone; found \"--\(option)=…\"", fix: "delete the equals sign and what follows")
    }

    static func givenTwice(_ option: String) -> Problem {
        Problem(
            "command.given-twice", .usage, what: "Option \"--\(option)\" is given twice",
            why: "this option may stand once, since only one value can be obeyed", fix: "delete one of the two")
    }

    static func forceAlone() -> Problem {
        Problem(
            "command.force-alone", .usage, what: "--force has nothing to replace",
            why: "--force goes with -o FILE; no file is named", fix: "add -o FILE, or drop --force")
    }

    static func missingOperand(_ operands: String, command: String) -> Problem {
        Problem(
            "command.missing-operand", .usage, what: "\"saual \(command)\" needs \(operands)",
            why: "the command is written: saual \(command) [options] \(operands)", fix: "see saual \(command) --help")
    }

    static func tooManyOperands(_ word: String, command: String, most: Int) -> Problem {
        Problem(
            "command.too-many-operands", .usage, what: "\"\(word)\" is one word too many",
            why: "\"saual \(command)\" takes at most \(most) words besides its options",
            fix: "see saual \(command) --help")
    }
}
