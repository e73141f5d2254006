import Foundation
import SurveyTestSupport
import Testing

/// The whole questionnaires of `Documentation/Questionnaires.md` pass the check, and the one with rosters takes a file.
struct QuestionnaireExampleTests {
    private static func questionnaires() throws -> [String] {
        let page = try String(contentsOfFile: Saual.root + "/Documentation/Questionnaires.md", encoding: .utf8)
        return page.components(separatedBy: "```yaml\n").dropFirst()
            .map { $0.components(separatedBy: "\n```")[0] + "\n" }.filter { $0.hasPrefix("saual: questionnaire/1") }
    }

    @Test func `every whole questionnaire of the page passes the check`() throws {
        let folder = try TemporaryFolder()
        let all = try QuestionnaireExampleTests.questionnaires()
        #expect(all.count >= 2)
        for text in all {
            try folder.write(text, to: "q.yaml")
            let result = try folder.saual("check q.yaml")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        }
    }

    private static let rows = """
        age,con_01,con_08,con_90,gave_01,gave_08,gave_90,informal,trusted_01,trusted_08,trusted_90,why_01,why_08,why_90,arm,statements,same
        40,1,2,1,1,,2,1,1,0,0,3,,,1,2,1
        15,1,2,2,2,,,2,0,1,1,,2,1,2,4,2
        9,2,2,2,,,,,0,0,0,,,,1,0,1
        60,2,2,2,,1,,,0,1,0,,1,,1,4,2
        """

    @Test func `the example with rosters takes a file and finds what breaks its rules`() throws {
        let folder = try TemporaryFolder()
        let example = try #require(
            QuestionnaireExampleTests.questionnaires().first { $0.contains("id: rosters-example") })
        try folder.write(example, to: "q.yaml")
        try folder.write(QuestionnaireExampleTests.rows + "\n", to: "w.csv")
        let result = try folder.saual("import w.csv --study s.saual --wave 1 --questionnaire q.yaml --format json")
        #expect(result.status == 1)
        for code in [
            "\"import.check-failed\":1", "\"import.check-quarantined\":1", "\"import.exclusive-answer\":1",
            "\"import.skipped-answered\":1", "\"import.out-of-range\":1", "\"imported\":3", "\"quarantined\":1",
        ] {
            #expect(result.output.filter { !$0.isWhitespace }.contains(code), "\(code) in \(result.output)")
        }
    }

    @Test func `the codebook shows the items of rosters, variants and models`() throws {
        let folder = try TemporaryFolder()
        let example = try #require(
            QuestionnaireExampleTests.questionnaires().first { $0.contains("id: rosters-example") })
        try folder.write(example, to: "q.yaml")
        try folder.write(QuestionnaireExampleTests.rows + "\n", to: "w.csv")
        _ = try folder.saual("import w.csv --study s.saual --wave 1 --questionnaire q.yaml")
        let table = try folder.saual("describe s.saual:1 --language en")
        #expect(table.output.contains("Did you deal with the road police in the last 12 months?"))
        #expect(table.output.contains("How many of these four are true of you?"))
        let json = try folder.saual("describe s.saual:1 --format json").output.filter { !$0.isWhitespace }
        #expect(json.contains("\"rosters\":[{\"name\":\"con\""))
        #expect(json.contains("\"variable\":\"gave[08]\""))
        #expect(json.contains("\"sensitive\":{\"model\":\"list\",\"treatment\":\"2\"}"))
        #expect(json.contains("\"sensitive\":{\"model\":\"crosswise\",\"prevalence\":0.25}"))
        #expect(json.contains("\"greatest\":4"))
        let some = try folder.saual("describe s.saual:1 --variables gave --format json").output
        #expect(some.contains("gave[90]") && !some.contains("con[01]"))
    }

    @Test func `expressions of the command line know items and rosters`() throws {
        let folder = try TemporaryFolder()
        let example = try #require(
            QuestionnaireExampleTests.questionnaires().first { $0.contains("id: rosters-example") })
        try folder.write(example, to: "q.yaml")
        try folder.write(QuestionnaireExampleTests.rows + "\n", to: "w.csv")
        _ = try folder.saual("import w.csv --study s.saual --wave 1 --questionnaire q.yaml")
        let share = try folder.saual("estimate s.saual:1 --share con[01]=1 --where any(con=1) --format json")
        #expect(share.status == 0, "\(share.errors)")
        let wrong = try folder.saual("estimate s.saual:1 --share con[01]=1 --where con=1 --format json")
        #expect(wrong.errors.contains("schema.roster-without-item"))
    }
}
