internal import SurveyProblems
internal import SurveySchema

/// One parsed command line.
struct Call {
    let operands: [String]
    /// Options in the order given: name without dashes, and the value as written (empty for flags).
    let given: [(name: String, value: String)]
    let language: Language
    let terminal: Terminal

    func has(_ name: String) -> Bool { given.contains { $0.name == name } }

    func value(_ name: String) -> String? { given.last { $0.name == name }?.value }

    func values(_ name: String) -> [String] { given.filter { $0.name == name }.map(\.value) }

    /// All names of a list option, over its repetitions.
    func list(_ name: String) throws(Problem) -> [String] {
        var names: [String] = []
        for value in values(name) { names += try NameList.split(value, option: name) }
        return names
    }

    /// A finite number, or the problem that it is none.
    func number(_ name: String) throws(Problem) -> Double? {
        guard let text = value(name) else { return nil }
        guard let number = Double(text), number.isFinite else { throw .notANumber(text, option: name) }
        return number
    }

    /// A word of an enum whose raw values are the option's choices.
    func choice<Word: RawRepresentable & CaseIterable>(_ name: String, of type: Word.Type) throws(Problem) -> Word?
    where Word.RawValue == String {
        guard let text = value(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .unknownChoice(text, option: name, allowed: Word.allCases.map(\.rawValue))
        }
        return word
    }

    /// The languages named by `--languages`, each once and one that Saual speaks; nil without the option.
    func languages() throws(Problem) -> [Language]? {
        guard has("languages") else { return nil }
        var languages: [Language] = []
        for name in try list("languages") {
            guard let language = Language.spoken.first(where: { $0.rawValue == name }) else {
                throw .unknownChoice(name, option: "languages", allowed: Language.spoken.map(\.rawValue))
            }
            guard !languages.contains(language) else { throw .languageTwice(name) }
            languages.append(language)
        }
        return languages
    }

    /// The format of the output; machine formats are the same in every language.
    var format: String { value("format") ?? "table" }
}

/// Takes lists of names apart; backquotes hold a name together and are removed.
enum NameList {
    /// Splits `a,b,`c d`` at commas, or other separators, outside backquotes.
    static func split(
        _ text: String, at separators: Set<Character> = [","], option: String
    ) throws(Problem) -> [String] {
        var names: [String] = []
        var name = ""
        var isQuoted = false
        for character in text {
            switch character {
            case "`": isQuoted.toggle()
            case let separator where !isQuoted && separators.contains(separator):
                names.append(name)
                name = ""
            default: name.append(character)
            }
        }
        names.append(name)
        guard !isQuoted else { throw .openBackquote(text, option: option) }
        guard !names.contains("") else { throw .emptyName(text, option: option) }
        return names
    }

    /// The one name that an option takes.
    static func one(_ value: String, option: String) throws(Problem) -> String {
        let names = try split(value, option: option)
        guard names.count == 1 else { throw .oneNameOnly(value, option: option) }
        return names[0]
    }

    /// The variables that `A,B` or `A*B` crosses, each once.
    static func crossing(_ value: String, option: String) throws(Problem) -> [String] {
        let names = try split(value, at: [",", "*"], option: option)
        if let twice = names.first(where: { name in names.count(where: { $0 == name }) > 1 }) {
            throw .crossedWithItself(twice)
        }
        return names
    }
}

extension Problem {
    static func notANumber(_ text: String, option: String) -> Problem {
        Problem(
            "command.not-a-number", .usage, what: "\"\(text)\" is not a number for --\(option)",
            why: "--\(option) takes a decimal number; found \"\(text)\"", fix: "write a number, such as 0.95")
    }

    static func openBackquote(_ text: String, option: String) -> Problem {
        Problem(
            "command.open-backquote", .usage, what: "A backquote of --\(option) is not closed",
            why: "a name with a comma or space stands between two backquotes; found \"\(text)\"",
            fix: "add the second backquote, and put the value in single quotes so that the shell leaves it alone")
    }

    static func emptyName(_ text: String, option: String) -> Problem {
        Problem(
            "command.empty-name", .usage, what: "A name of --\(option) is empty",
            why: "names are separated by single commas; found \"\(text)\"", fix: "delete the comma that is too many")
    }

    static func oneNameOnly(_ value: String, option: String) -> Problem {
        Problem(
            "command.one-name-only", .usage, what: "--\(option) takes one column",
            why: "one column is needed; found \"\(value)\"", fix: "name one; a name with a comma stands in backquotes")
    }

    static func languageTwice(_ name: String) -> Problem {
        Problem(
            "command.language-twice", .usage, what: "--languages names \"\(name)\" twice",
            why: "each language stands once", fix: "drop one of the two")
    }

    static func crossedWithItself(_ name: String) -> Problem {
        Problem(
            "command.crossed-with-itself", .usage, what: "\"\(name)\" is crossed with itself",
            why: "each variable of a breakdown may stand once", fix: "delete it once, or write it in a --by of its own")
    }

    static func unknownChoice(_ text: String, option: String, allowed: [String]) -> Problem {
        let near = NearestNames.of(text, among: allowed)
        return Problem(
            "command.unknown-choice", .usage, what: "--\(option) does not know \"\(text)\"",
            why: "allowed: \(allowed.joined(separator: ", ")); found \"\(text)\"",
            fix: "use \((near.isEmpty ? allowed : near).map { "--\(option) \($0)" }.joined(separator: ", "))")
    }
}
