import Foundation
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyReport

struct ReportJSONTests {
    private func rows(_ input: ReportInput) throws -> [[String: Any]] {
        let line = ReportJSON.json(input, language: .english).line
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["saual"] as? String == "report/1")
        return try #require(object["rows"] as? [[String: Any]])
    }

    @Test func `every figure is a row with its place, and shown figures have all digits`() throws {
        let rows = try rows(DemoReport.small())
        #expect(rows.count == DemoReport.small().results.count)
        #expect(rows[0]["estimate"] as? Double == 0.2825)
        #expect(rows[0]["n_base"] as? Int == 2409)
        #expect(rows[0]["definition"] as? String == "victim@1")
        #expect(rows[1]["by"] as? [String: String] == ["region": "1"])
    }

    @Test func `a withheld figure has no number at all`() throws {
        let withheld = try rows(DemoReport.small()).filter {
            ["hidden", "complementary"].contains($0["display"] as? String)
        }
        #expect(withheld.count == 2)
        for row in withheld { #expect(!row.values.contains { $0 is NSNumber }) }
        let line = ReportJSON.json(DemoReport.small(), language: .english).line
        for number in DemoReport.withheldNumbers { #expect(!line.contains(number), "\(number)") }
    }

    @Test func `what cannot be computed is null`() throws {
        let row = try #require(try rows(DemoReport.small()).first { ($0["by"] as? [String: String])?["region"] == "4" })
        #expect(row["estimate"] is NSNull)
        #expect(row["flags"] as? [String] == ["empty-domain"])
    }
}
