import Foundation
import SurveyEstimation
import SurveyTestSupport
import Testing

/// Every case of Tests/Reference, and of each folder that the environment variable `SAUAL_REFERENCE` names (colon
/// separated, the same JSON), equals R survey 4.1-1 under the preset `r-survey-4.1`.
struct ReferenceTests {
    static let folders: [URL] =
        [ReferenceFolder.url]
        + (ProcessInfo.processInfo.environment["SAUAL_REFERENCE"] ?? "").split(separator: ":").map {
            URL(fileURLWithPath: String($0))
        }

    @Test(arguments: folders)
    func `cases equal R survey 4_1`(folder: URL) throws {
        var (equal, count, left) = (0, 0, 0)
        var lines: [String] = []
        for file in try files(in: folder) {
            var (own, cases) = (0, 0)
            var reasons: [String: Int] = [:]
            var searched: [String] = []
            for reference in try ReferenceCase.all(of: file) {
                cases += 1
                switch try ReferenceKind.outcome(of: reference) {
                case .equal: own += 1
                case .different(let mismatches):
                    Issue.record("\(reference.testDescription): \(mismatches.prefix(4))")
                case .notSupported(let reason): reasons[reason, default: 0] += 1
                case .noTarget: searched.append(reference.testDescription)
                }
            }
            guard cases > 0 else { continue }
            let named = reasons.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            lines.append(
                "\(file.deletingPathExtension().lastPathComponent): \(own) of \(cases) equal"
                    + (named.isEmpty ? "" : "; not supported: \(named)")
                    + (searched.isEmpty ? "" : "; limits that R only approximates: " + searched.joined(separator: ", "))
            )
            (equal, count, left) = (equal + own, count + cases, left + reasons.values.reduce(0, +))
        }
        lines.append("reference: \(equal) of \(count) cases equal, \(left) not supported")
        print(lines.joined(separator: "\n"))
        #expect(count > 0, "no cases in \(folder.path)")
    }

    private func files(in folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
