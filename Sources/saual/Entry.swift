internal import Glibc
internal import SurveyProblems
internal import SurveySchema

/// Where a call begins: finds the command, parses, runs, prints, and ends with the exit code.
@main
enum Entry {
    static func main() {
        // A closed pipe and a limit on file sizes are answers of a write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        Interruption.watch()
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs one command line and returns its exit code.
    static func run(_ words: [String]) -> Int32 {
        let timings = Timings()
        let printer = ProblemPrinter(words)
        do throws(Problem) {
            guard let name = words.first else {
                StandardStream.error(Overview.text(in: printer.language))
                return Problem.Kind.usage.exitCode
            }
            if name == "--version" {
                try StandardStream.output(Versions.text)
                return 0
            }
            if ["-h", "--help"].contains(name) {
                try StandardStream.output(Overview.text(in: printer.language))
                return 0
            }
            guard let command = CommandList.all.first(where: { $0.name == name }) else { throw .unknownCommand(name) }
            let parsed = try ArgumentParser.parse(Array(words.dropFirst()), for: command)
            let call = Call(parsed)
            if call.has("help") {
                try StandardStream.output(HelpPage.text(of: command, in: call.language, width: call.terminal.width))
                return 0
            }
            try ArgumentParser.checkOperands(parsed, for: command)
            let outcome = try command.run(call)
            try deliver(outcome, for: call)
            for problem in outcome.problems where problem.severity == .error || !call.terminal.isQuiet {
                StandardStream.error(printer.text(problem))
            }
            if call.terminal.isVerbose { StandardStream.error(timings.total) }
            return outcome.exitCode
        } catch {
            StandardStream.error(printer.text(error))
            return error.kind.exitCode
        }
    }

    /// Sends the result to standard output or, whole and at once, to the file of `-o`.
    private static func deliver(_ outcome: Outcome, for call: Call) throws(Problem) {
        guard !outcome.output.isEmpty else { return }
        if let file = call.value("output"), !outcome.hasWrittenFile {
            try OutputFile.write(Array(outcome.output.utf8), to: file, replacing: call.has("force"))
        } else {
            try StandardStream.output(outcome.output)
        }
    }
}

extension ProblemPrinter {
    /// Tells problems as the words of a command line ask, even where the rest of them cannot be understood.
    fileprivate init(_ words: [String]) {
        func value(_ name: String) -> String? {
            let words = words.prefix { $0 != "--" }
            let written = words.last { $0 == "--\(name)" || $0.hasPrefix("--\(name)=") }
            guard let written else { return nil }
            if written.contains("=") { return String(written.dropFirst(name.count + 3)) }
            return words.lastIndex(of: written).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
        }
        let asked = value("language").flatMap { word in Language.spoken.first { $0.rawValue == word } }
        self.init(
            language: asked ?? Environment.language ?? .english,
            hasColor: Terminal(color: value("color") ?? "auto", isQuiet: false, isVerbose: false).hasColor,
            asJSON: ["json", "ndjson"].contains(value("format")))
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
