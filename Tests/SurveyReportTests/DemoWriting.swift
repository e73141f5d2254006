import Foundation
import SurveySchema
import Testing

@testable import SurveyReport

/// Writes the demo reports to the folder that `WRITE_DEMO_REPORT` names, to be looked at.
struct DemoWriting {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["WRITE_DEMO_REPORT"] != nil))
    func `the demo reports are written where asked`() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["WRITE_DEMO_REPORT"])
        for (name, input) in [
            ("", DemoReport.large()), ("small-", DemoReport.small(isInternal: true)),
            ("hostile-", DemoReport.hostile()), ("form-", DemoReport.analytical()),
            ("filled-", DemoReport.analytical(isFilled: true, isInternal: true)),
        ] {
            let written = try ReportWriter.files(for: input)
            for file in written.files {
                try Data(file.bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent(name + file.name))
            }
            #expect(written.cautions.isEmpty)
        }
    }
}
