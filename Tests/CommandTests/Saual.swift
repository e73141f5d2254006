import Foundation

/// Runs the `saual` that was built beside the tests, in a folder of its own.
struct Saual {
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// A fresh temporary folder, removed with the value that holds it.
    final class Folder {
        let path: String

        init() throws {
            path = NSTemporaryDirectory() + "saual-tests-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ text: String, to name: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }

        func bytes(of name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) }
    }

    /// The root of the project, from the place of this file.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    static let fixtures = root + "/Tests/CommandTests/Fixtures"

    /// The built program, beside the test bundle that runs now.
    static var program: URL {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("saual")
    }

    /// Runs a command line; standard input is empty unless given, the language English unless the environment says otherwise.
    static func run(
        _ arguments: [String], in folder: String, input: Data = Data(), environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var variables = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        variables.merge(environment) { _, new in new }
        process.environment = variables
        // Files instead of pipes: no pipe can fill up and stop the program.
        let scratch = try Folder()
        let names = ["in", "out", "err"].map { "\(scratch.path)/\($0)" }
        try input.write(to: URL(fileURLWithPath: names[0]))
        for name in names.dropFirst() { try Data().write(to: URL(fileURLWithPath: name)) }
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: names[0]))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: names[1]))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: names[2]))
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: try scratch.bytes(of: "out"), as: UTF8.self),
            errors: String(decoding: try scratch.bytes(of: "err"), as: UTF8.self))
    }
}
