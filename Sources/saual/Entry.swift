internal import Glibc
internal import SurveyProblems
internal import SurveySchema

/// Where a call begins: finds the command, parses, runs, prints, and ends with the exit code.
@main
enum Entry {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        Interruption.watch()
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs one command line and returns its exit code.
    static func run(_ words: [String]) -> Int32 {
        var printer = earlyPrinter(for: words)
        do throws(Problem) {
            guard let name = words.first else {
                StandardStream.error(Overview.text(in: printer.language))
                return Problem.Kind.usage.exitCode
            }
            if name == "--version" {
                StandardStream.output(Versions.text)
                return 0
            }
            if ["-h", "--help"].contains(name) {
                StandardStream.output(Overview.text(in: printer.language))
                return 0
            }
            guard let command = CommandList.all.first(where: { $0.name == name }) else { throw .unknownCommand(name) }
            let parsed = try ArgumentParser.parse(Array(words.dropFirst()), for: command)
            let call = Call(parsed)
            printer = ProblemPrinter(
                language: call.language, hasColor: call.terminal.hasColor,
                asJSON: ["json", "ndjson"].contains(call.format))
            if call.has("help") {
                StandardStream.output(HelpPage.text(of: command, in: call.language, width: call.terminal.width))
                return 0
            }
            try ArgumentParser.checkOperands(parsed, for: command)
            let outcome = try command.run(call)
            try deliver(outcome, for: call)
            for problem in outcome.problems where problem.severity == .error || !call.terminal.isQuiet {
                StandardStream.error(printer.text(problem))
            }
            return outcome.exitCode
        } catch {
            StandardStream.error(printer.text(error))
            return error.kind.exitCode
        }
    }

    /// A printer for what is wrong with the words themselves: language and format as far as they can be made out.
    private static func earlyPrinter(for words: [String]) -> ProblemPrinter {
        func value(_ name: String) -> String? {
            for (position, word) in words.enumerated() {
                if word == "--" { return nil }
                if word.hasPrefix(name + "=") { return String(word.dropFirst(name.count + 1)) }
                if word == name, words.indices.contains(position + 1) { return words[position + 1] }
            }
            return nil
        }
        let language = value("--language").map { Language(rawValue: $0) }.flatMap {
            Language.spoken.contains($0) ? $0 : nil
        }
        return ProblemPrinter(
            language: language ?? Environment.language ?? .english, hasColor: false,
            asJSON: ["json", "ndjson"].contains(value("--format")))
    }

    /// Sends the result to standard output or, whole and at once, to the file of `-o`.
    private static func deliver(_ outcome: Outcome, for call: Call) throws(Problem) {
        guard !outcome.output.isEmpty else { return }
        if let file = call.value("output") {
            try OutputFile.write(Array(outcome.output.utf8), to: file, replacing: call.has("force"))
        } else {
            let reason = StandardStream.output(outcome.output)
            guard reason == 0 else {
                throw .unwritableFile("standard output", reason: String(cString: strerror(reason)))
            }
        }
    }
}

extension Call {
    /// A parsed command line with the language and terminal that it and the environment ask for.
    init(_ parsed: ArgumentParser.Parsed) {
        func value(_ name: String) -> String? { parsed.given.last { $0.name == name }?.value }
        self.init(
            operands: parsed.operands, given: parsed.given,
            language: value("language").map { Language(rawValue: $0) } ?? Environment.language ?? .english,
            terminal: Terminal(
                color: value("color") ?? "auto", isQuiet: parsed.given.contains { $0.name == "quiet" },
                isVerbose: parsed.given.contains { $0.name == "verbose" }))
    }
}

extension Problem {
    static func unknownCommand(_ name: String) -> Problem {
        let near = NearestNames.of(name, among: CommandList.all.map { $0.name })
        return Problem(
            "command.unknown-command", .usage, what: "Command \"\(name)\" does not exist",
            why: "the commands are \(CommandList.all.map { $0.name }.joined(separator: ", "))",
            fix: "use \(near.isEmpty ? "saual --help" : near.map { "saual \($0)" }.joined(separator: ", "))")
    }
}
