import Foundation
import Testing

/// Holds each `import` under Sources/ against the rooms table of Package.swift.
struct RoomOrderTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The rooms in their order, each with what it may import, from `Room(name: "…", imports: […])`.
    private func rooms() throws -> [(name: String, imports: Set<String>)] {
        let manifest = try String(
            contentsOf: RoomOrderTests.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        return manifest.matches(of: /Room\(\s*name:\s*"(\w+)",\s*imports:\s*\[([^\]]*)\]/).map { match in
            (String(match.1), Set(match.2.matches(of: /"(\w+)"/).map { String($0.1) }))
        }
    }

    /// Every import of a folder of Sources/ as `file: module`.
    private func imports(of room: String) throws -> [(file: String, module: String)] {
        let folder = RoomOrderTests.root.appendingPathComponent("Sources/\(room)")
        let files =
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? []
        return try files.filter { $0.pathExtension == "swift" }.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).matches(
                of:
                    /^[ \t]*(?:@\w+[ \t]+)*(?:(?:public|package|internal|fileprivate|private)[ \t]+)?import[ \t]+(?:(?:struct|class|enum|protocol|func|var|let|typealias)[ \t]+)?(\w+)/
                    .anchorsMatchLineEndings()
            ).map { ("\(room)/\(file.lastPathComponent)", String($0.1)) }
        }
    }

    @Test func `each room imports only rooms and walls that its line names`() throws {
        let system: Set<String> = ["Swift", "Glibc", "FoundationEssentials", "Synchronization"]
        let rooms = try rooms()
        #expect(rooms.count >= 13)
        for room in rooms {
            let imports = try imports(of: room.name)
            #expect(!imports.isEmpty || room.imports.isEmpty, "no import was found in \(room.name)")
            for (file, module) in imports {
                #expect(room.imports.union(system).contains(module), "\(file) may not import \(module)")
            }
        }
    }

    @Test func `each room stands below what it imports`() throws {
        var above: Set<String> = []
        for room in try rooms() {
            for module in room.imports where !module.hasPrefix("C") {
                #expect(above.contains(module), "\(room.name) may not import \(module): it does not stand above it")
            }
            above.insert(room.name)
        }
    }

    @Test func `each C wall belongs to one room`() throws {
        let walls = try rooms().flatMap { room in room.imports.filter { $0.hasPrefix("C") }.map { ($0, room.name) } }
        for (wall, owners) in Dictionary(grouping: walls, by: \.0) {
            #expect(owners.count == 1, "\(wall) belongs to \(owners.map(\.1).sorted())")
        }
    }
}
