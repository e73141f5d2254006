import Foundation
import Glibc
import SurveyTestSupport

/// Runs the `saual` that was built beside the tests, in a folder of its own.
enum Saual {
    struct Result {
        /// The exit code; minus the number of the signal where one ended the process.
        let status: Int32
        let output: String
        let errors: String
    }

    /// The root of the project, from the place of this file.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    static let fixtures = root + "/Tests/CommandTests/Fixtures"

    /// The folder of another build that is to be tested.
    static let otherPrograms = ProcessInfo.processInfo.environment["SAUAL_PROGRAMS"]

    /// The folder of the built programs, beside the test bundle that runs now.
    static var programs: String {
        if let otherPrograms { return otherPrograms }
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).deletingLastPathComponent().path
    }

    /// Runs a command line to its end.
    ///
    /// Standard input is empty unless given; the language is English unless the environment says otherwise.
    static func run(
        _ arguments: [String], in folder: String, input: Data = Data(), environment: [String: String] = [:]
    ) throws -> Result {
        try Running("\(programs)/saual", arguments, in: folder, input: input, environment: environment).wait()
    }

    /// Runs a line of bash that finds `saual` on its PATH.
    static func bash(_ line: String, in folder: String, environment: [String: String] = [:]) throws -> Result {
        try Running("/bin/bash", ["-c", line], in: folder, input: Data(), environment: environment).wait()
    }

    /// Starts a command line and leaves it running.
    static func start(_ arguments: [String], in folder: String) throws -> Running {
        try Running("\(programs)/saual", arguments, in: folder, input: Data(), environment: [:])
    }

    /// Starts a line of bash and leaves it running; `exec` in it makes the program the process that signals reach.
    static func startBash(_ line: String, in folder: String) throws -> Running {
        try Running("/bin/bash", ["-c", line], in: folder, input: Data(), environment: [:])
    }
}

/// A process that was started; `wait` must be called once.
final class Running {
    struct CannotStart: Error { let code: Int32 }

    let process: pid_t
    /// Files instead of pipes: no pipe can fill up and stop the program.
    private let scratch: TemporaryFolder

    init(
        _ program: String, _ arguments: [String], in folder: String, input: Data, environment: [String: String]
    ) throws {
        scratch = try TemporaryFolder()
        try input.write(to: URL(fileURLWithPath: scratch.path + "/in"))
        var variables = ["PATH": "\(Saual.programs):/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": scratch.path]
        variables.merge(environment) { _, new in new }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, scratch.path + "/in", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, scratch.path + "/out", O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, scratch.path + "/err", O_WRONLY | O_CREAT, 0o600)
        // Threads that run tests may block signals, which a child would inherit.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // env changes the folder and becomes the program.
        let call = ["/usr/bin/env", "-C", folder, program] + arguments
        var words: [UnsafeMutablePointer<CChar>?] = call.map { strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + settings { free(text) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, call[0], &actions, &attributes, &words, &settings)
        guard code == 0 else { throw CannotStart(code: code) }
        process = started
    }

    func send(_ signal: Int32) { kill(process, signal) }

    func wait() throws -> Saual.Result {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return Saual.Result(
            status: signal == 0 ? (status >> 8) & 0xFF : -signal,
            output: String(decoding: try scratch.bytes(of: "out"), as: UTF8.self),
            errors: String(decoding: try scratch.bytes(of: "err"), as: UTF8.self))
    }
}
