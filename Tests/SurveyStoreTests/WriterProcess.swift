import Foundation
import SurveyTestSupport

/// The helper program `StoreWriter`, which stands beside the test program.
final class WriterProcess {
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()

    init(_ arguments: String...) throws {
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.executableURL = program.deletingLastPathComponent().appendingPathComponent("StoreWriter")
        process.arguments = arguments
        process.standardOutput = output
        process.standardInput = input
        try process.run()
    }

    var identifier: Int { Int(process.processIdentifier) }

    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Waits for the next thing it says.
    func nextOutput() -> String {
        String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    }

    /// Ends its standard input, waits for its end and returns its exit code and all it said.
    func finish() throws -> (code: Int32, output: String) {
        try input.fileHandleForWriting.close()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }
}
