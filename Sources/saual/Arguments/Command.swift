internal import SurveyProblems

/// A subcommand: what it takes, in a table from which parsing, help and completion follow, and what it does.
protocol Command: Sendable {
    static var name: String { get }
    /// One line, without a full stop.
    static var summary: Phrase { get }
    /// The operands as the help writes them: `SOURCE`, `FILE…`, `[TOPIC]`.
    static var operands: String { get }
    /// How many operands may stand; nil as upper limit means any number.
    static var operandCount: (least: Int, most: Int?) { get }
    static var options: [Option] { get }
    /// Whole command lines that a test runs from the project's root.
    static var examples: [String] { get }

    static func run(_ call: Call) throws(Problem) -> Outcome
}

/// What a command leaves: text for standard output, problems for standard error, and an exit code.
struct Outcome {
    /// What goes to standard output, or to the file of `-o`.
    var output: String
    /// Findings and cautions; errors that stop the work are thrown instead.
    var problems: [Problem]
    /// 0 or 1 (done, with findings); found from the problems unless given.
    var exitCode: Int32
    /// True if the command itself wrote the file of `-o`, and the output is about it.
    var hasWrittenFile = false

    init(_ output: String = "", problems: [Problem] = [], exitCode: Int32? = nil) {
        self.output = output
        self.problems = problems
        self.exitCode = exitCode ?? (problems.contains { $0.severity == .error } ? 1 : 0)
    }

    /// Stops the work with everything that is wrong; the exit code is that of the first error.
    init(failing problems: [Problem]) {
        self.init(problems: problems, exitCode: problems.first { $0.severity == .error }?.kind.exitCode)
    }
}
