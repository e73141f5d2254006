internal import CTerminal
internal import Glibc
internal import SurveyProblems
internal import SurveySchema

/// What standard output and standard error are, and how text is laid out on them.
struct Terminal: Sendable {
    let hasOutputTerminal: Bool
    let hasErrorTerminal: Bool
    let hasColor: Bool
    let isQuiet: Bool
    let isVerbose: Bool
    let width: Int

    /// Looks at the standard streams and the environment once.
    init(color: String, isQuiet: Bool, isVerbose: Bool) {
        setlocale(LC_CTYPE, "C.UTF-8")
        hasOutputTerminal = isatty(STDOUT_FILENO) == 1
        hasErrorTerminal = isatty(STDERR_FILENO) == 1
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
        switch color {
        case "always": hasColor = true
        case "never": hasColor = false
        default:
            hasColor = hasErrorTerminal && Environment.value("NO_COLOR") == nil && Environment.value("TERM") != "dumb"
        }
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            width = Int(size.ws_col)
        } else {
            width = Environment.value("COLUMNS").flatMap(Int.init).map { max(20, $0) } ?? 80
        }
    }

    /// Columns that a text takes on a terminal.
    static func width(of text: String) -> Int {
        var total = 0
        for character in text {
            guard let scalar = character.unicodeScalars.first else { continue }
            total += max(0, Int(wcwidth(wchar_t(bitPattern: scalar.value))))
        }
        return total
    }

    /// Text with control characters made visible, so that data cannot steer the terminal.
    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// C0, delete, C1, and the marks that turn the direction of text round.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// The environment of the process.
enum Environment {
    /// A variable's value; nil where unset or empty.
    static func value(_ name: String) -> String? {
        guard let text = getenv(name) else { return nil }
        let value = String(cString: text)
        return value.isEmpty ? nil : value
    }

    /// The language asked for by the environment, nil where it asks for none that Saual speaks.
    static var language: Language? {
        if let own = value("SAUAL_LANGUAGE") { return spoken(own) }
        return ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(value).first.flatMap(spoken)
    }

    private static func spoken(_ text: String) -> Language? {
        Language.spoken.first {
            text == $0.rawValue || text.hasPrefix($0.rawValue + "_") || text.hasPrefix($0.rawValue + ".")
        }
    }
}

/// Writes whole texts to the standard streams.
enum StandardStream {
    /// Writes a result; where it cannot be written whole, that is a problem.
    static func output(_ text: String) throws(Problem) {
        let failure = write(text, to: STDOUT_FILENO)
        if failure != 0 { throw .unwritableFile("/dev/stdout", reason: String(cString: strerror(failure))) }
    }

    /// Writes what goes beside the result; there is nowhere to tell that this failed.
    static func error(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// Writes until all is written and returns 0, or the number of the system's error.
    ///
    /// A closed pipe ends quietly, as `head` expects.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return errno == EPIPE ? 0 : errno
            }
            bytes = bytes.dropFirst(count)
        }
        return 0
    }
}
