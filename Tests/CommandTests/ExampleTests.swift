import Foundation
import Testing
import SurveyTestSupport

struct ExampleTests {
    /// The commands, as the overview names them.
    static let commands = [
        "new", "check", "describe", "import", "convert", "quality", "sample", "weight", "estimate", "test", "model",
        "change",
        "small-area", "indicators", "report", "run", "explain", "verify", "schema", "doctor", "completion", "help",
    ]

    /// The lines that `saual help COMMAND` shows under "Examples", as a user would copy them.
    static func examples(of command: String, in folder: String) throws -> [String] {
        let page = try Saual.run(["help", command], in: folder).output
        let parts = page.components(separatedBy: "\nExamples\n")
        return (parts.dropFirst().first ?? "").split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test func `every command has an example`() throws {
        let folder = try TemporaryFolder()
        for command in ExampleTests.commands {
            let examples = try ExampleTests.examples(of: command, in: folder.path)
            #expect(!examples.isEmpty, "\(command)")
            #expect(examples.allSatisfy { $0.hasPrefix("saual \(command) ") || $0 == "saual \(command)" }, "\(command)")
        }
    }

    @Test func `every example of the help ends with exit 0 in a copy of the project's data`() throws {
        let folder = try TemporaryFolder()
        let source = Saual.root + "/Datasets/envipe-morelos"
        for file in try PreparedStudy.sources(of: source) {
            let target = "\(folder.path)/Datasets/envipe-morelos/\(file)"
            let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: target)
        }
        // Others read the study file that a run makes.
        let first = ["import", "run"]
        var tried = 0
        for command in first + ExampleTests.commands.filter({ !first.contains($0) }) {
            for example in try ExampleTests.examples(of: command, in: folder.path) {
                let result = try Saual.bash(example.replacingOccurrences(of: "*", with: "\\*"), in: folder.path)
                #expect(result.status == 0, "\(example)\n\(result.errors)")
                tried += 1
            }
        }
        #expect(tried >= ExampleTests.commands.count)
    }

    @Test func `the overview names exactly these commands`() throws {
        let folder = try TemporaryFolder()
        let overview = try folder.saual("--help").output
        for command in ExampleTests.commands { #expect(overview.contains("\n  \(command) "), "\(command)") }
    }
}
