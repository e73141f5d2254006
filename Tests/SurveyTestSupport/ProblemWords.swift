public import SurveyProblems

/// The words of a problem as a user sees them, written out beside the problem that must say them.
public struct ProblemWords: Sendable, CustomStringConvertible {
    public let problem: Problem
    let code, what, why, fix: String
    let exit: Int32

    public init(problem: Problem, code: String, what: String, why: String, fix: String, exit: Int32) {
        self.problem = problem
        self.code = code
        self.what = what
        self.why = why
        self.fix = fix
        self.exit = exit
    }

    public var description: String { code }

    /// What the problem says otherwise; empty where it says all of it.
    public var differences: [String] {
        let pairs = [
            (problem.code, code), (problem.what.description, what), (problem.why.description, why),
            (problem.fix.description, fix), (String(problem.kind.exitCode), String(exit)),
        ]
        return pairs.filter { $0.0 != $0.1 }.map { "\(code): \"\($0.0)\" instead of \"\($0.1)\"" }
    }
}
