import Foundation
import Testing

/// Texts kept beside the tests; `RECORD_SNAPSHOTS=1` writes them anew and fails the run.
enum Snapshot {
    static func expect(
        _ text: String, named name: String, file: StaticString = #filePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let tests = URL(fileURLWithPath: "\(file)").deletingLastPathComponent().deletingLastPathComponent()
        let folder = tests.appendingPathComponent("Snapshots/SurveyReport")
        let place = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: place)
            Issue.record("recorded \(name)", sourceLocation: sourceLocation)
            return
        }
        let kept = try String(decoding: Data(contentsOf: place), as: UTF8.self)
        if text == kept { return }
        let pairs = zip(text.split(separator: "\n"), kept.split(separator: "\n")).enumerated()
        let line = pairs.first { $0.element.0 != $0.element.1 }
        Issue.record(
            """
            \(name) differs from line \((line?.offset ?? -1) + 1); look, then record with RECORD_SNAPSHOTS=1
            now:  \(line?.element.0.prefix(400) ?? "")
            kept: \(line?.element.1.prefix(400) ?? "")
            """, sourceLocation: sourceLocation)
    }
}
