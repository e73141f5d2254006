import Foundation
import SurveySchema
import Testing

@testable import SurveyReport

/// Writes the large demo report to the folder that `WRITE_DEMO_REPORT` names, to be looked at.
struct DemoWriting {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["WRITE_DEMO_REPORT"] != nil))
    func `the demo report is written where asked`() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["WRITE_DEMO_REPORT"])
        let written = try ReportWriter.files(for: DemoReport.large())
        for file in written.files {
            try Data(file.bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent(file.name))
        }
        #expect(written.cautions.isEmpty)
    }
}
