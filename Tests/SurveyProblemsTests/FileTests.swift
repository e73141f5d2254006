import Foundation
import SurveyProblems
import Testing

struct FileTests {
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func `what is written is read back, and no temporary file stays`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("сұрақ.txt").path
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        try OutputFile.write(bytes, to: path, replacing: false)
        #expect(try InputFile.bytes(of: path) == bytes)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["сұрақ.txt"])
    }

    @Test func `an existing file is replaced only on demand`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("a").path
        try OutputFile.write([1], to: path, replacing: false)
        let problem = #expect(throws: Problem.self) { try OutputFile.write([2], to: path, replacing: false) }
        #expect(problem?.code == "problems.file-exists")
        #expect(try InputFile.bytes(of: path) == [1])
        try OutputFile.write([], to: path, replacing: true)
        #expect(try InputFile.bytes(of: path).isEmpty)
    }

    @Test func `a symbolic link is followed and stays a link`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("file").path
        let link = folder.appendingPathComponent("link").path
        try OutputFile.write([1], to: file, replacing: false)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
        try OutputFile.write([2, 3], to: link, replacing: true)
        #expect(try InputFile.bytes(of: file) == [2, 3])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file)
    }

    @Test func `a device is written to and never replaced`() throws {
        try OutputFile.write([1, 2, 3], to: "/dev/null", replacing: true)
        let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
        #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
    }

    @Test func `folders and missing folders are refused with the system's reason`() {
        for path in ["/", "/nonexistent/a", ""] {
            let problem = #expect(throws: Problem.self) { try OutputFile.write([1], to: path, replacing: true) }
            #expect(problem?.code == "problems.unwritable-file")
        }
        #expect(throws: Problem.self) { try InputFile.bytes(of: "/nonexistent") }
        #expect(throws: Problem.self) { try InputFile.bytes(of: "/tmp") }
    }

    @Test func `a file above the limit is refused`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("a").path
        try OutputFile.write([UInt8](repeating: 0, count: 100), to: path, replacing: false)
        #expect(try InputFile.bytes(of: path, limit: 100).count == 100)
        let problem = #expect(throws: Problem.self) { try InputFile.bytes(of: path, limit: 99) }
        #expect(problem?.code == "problems.file-too-large")
        // A device has no size; its bytes are counted while they come.
        let endless = #expect(throws: Problem.self) { try InputFile.bytes(of: "/dev/zero", limit: 1 << 20) }
        #expect(endless?.code == "problems.file-too-large")
    }
}
