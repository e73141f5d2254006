/// Tells what went wrong or deserves care: what, where, why, and how to fix it.
///
/// The code (`room.short-name`) is stable: scripts, tests and translations rely on it, while the words may improve.
/// Declare each code once, as a static function of an extension in the file that raises it.
public struct Problem: Error, Sendable, Equatable {
    /// How much a problem matters: an error stops the work or costs a row, a caution travels with the result.
    public enum Severity: String, Sendable { case error, caution }

    /// What kind of failure this is; each kind has its exit code.
    public enum Kind: Sendable, Equatable {
        /// The work is done, but something in the input deserves attention (exit 1).
        case finding
        /// The command line is wrong (exit 2).
        case usage
        /// An input is unreadable, damaged or contradicts its schema (exit 3).
        case input
        /// The numbers cannot be computed as asked (exit 4).
        case computation
        /// A hidden or private figure was asked for (exit 5).
        case disclosure
        /// A defect of Saual itself (exit 70).
        case defect
        /// The user stopped the work (exit 130).
        case interrupted

        /// The process exit code of this kind.
        public var exitCode: Int32 {
            switch self {
            case .finding: 1
            case .usage: 2
            case .input: 3
            case .computation: 4
            case .disclosure: 5
            case .defect: 70
            case .interrupted: 130
            }
        }
    }

    public let code: String
    public let kind: Kind
    public let severity: Severity
    public let what: Message
    public let why: Message
    public let fix: Message
    public var place: Place

    /// Makes a problem; `why` gives the rule and what was found, `fix` one order.
    public init(
        _ code: String, _ kind: Kind, severity: Severity = .error, what: Message, place: Place = Place(), why: Message,
        fix: Message
    ) {
        self.code = code
        self.kind = kind
        self.severity = severity
        self.what = what
        self.place = place
        self.why = why
        self.fix = fix
    }

    /// Returns the same problem at a place of which more is known; fields already set are kept.
    public func placed(file: String? = nil, line: Int? = nil, position: Int? = nil, variable: String? = nil) -> Problem
    {
        var copy = self
        copy.place.file = place.file ?? file
        copy.place.line = place.line ?? line
        copy.place.position = place.position ?? position
        copy.place.variable = place.variable ?? variable
        return copy
    }
}

/// A value that was read as far as possible, with everything found wrong on the way.
public struct Checked<Value: Sendable>: Sendable {
    /// The value, absent when a problem of severity error leaves nothing usable.
    public let value: Value?
    public let problems: [Problem]

    public init(value: Value?, problems: [Problem]) {
        self.value = value
        self.problems = problems
    }

    /// Returns the value, or throws the first error.
    public func get() throws(Problem) -> Value {
        if let first = problems.first(where: { $0.severity == .error }) { throw first }
        guard let value else { throw .noValueNoProblem() }
        return value
    }
}

extension Problem {
    /// A reader gave neither a value nor a reason.
    static func noValueNoProblem() -> Problem {
        Problem(
            "problems.no-reason", .defect, what: "Nothing was read and no reason was given",
            why: "a reader must return a value or a problem; found neither",
            fix: "send us the command line and the input, if you may share it")
    }
}
