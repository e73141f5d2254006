import Foundation
import SurveyTestSupport
import Testing

/// A study whose waves bring the joint probabilities of their PSUs; the numbers are those of R survey 4.1-1
/// (Tests/Reference/pps.json).
struct JointStudyTests {
    private func folder(pps: String = "joint", joint: String = ", joint: joint.csv") throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, target) in [("election_pps.csv", "wave.csv"), ("election_jointprob.csv", "joint.csv")] {
            let source = ReferenceFolder.url.appendingPathComponent("data/" + name)
            try folder.write(String(contentsOf: source, encoding: .utf8), to: target)
        }
        try folder.write(
            """
            saual: questionnaire/1
            id: counties
            version: 1
            title: {en: "Counties"}
            languages: [en]
            key: County
            questions:
              - {id: County, type: text, text: {en: "County"}}
              - {id: TotPrecincts, type: number, text: {en: "Precincts"}}
              - {id: PrecinctsReporting, type: number, text: {en: "Precincts that reported"}}
              - {id: Bush, type: number, text: {en: "Votes for Bush"}}
              - {id: Kerry, type: number, text: {en: "Votes for Kerry"}}
              - {id: Nader, type: number, text: {en: "Votes for Nader"}}
              - {id: votes, type: number, text: {en: "Votes"}}
              - {id: p, type: number, text: {en: "Probability"}}
              - {id: wt, type: number, text: {en: "Weight"}}

            """, to: "questionnaire.yaml")
        try folder.write(
            """
            saual: indicators/1
            indicators:
              - {id: bush, version: 1, name: {en: "Share for Bush"}, ratio: {of: Bush, to: votes}, base: everyone, unit: percent}

            """, to: "indicators.yaml")
        try folder.write(
            """
            saual: study/1
            id: election
            title: {en: "An election"}
            languages: [en]
            waves: [{id: "2004", file: wave.csv, questionnaire: questionnaire.yaml\(joint)}]
            design: {probability: p, pps: \(pps), pps variance: yates-grundy}
            indicators: [indicators.yaml]
            publication: {minimum base: 30, low base: 30, minimum psus: 3}

            """, to: "study.yaml")
        return folder
    }

    @Test func `pairs of a study have the variance of R, also when the study file alone is left`() throws {
        let folder = try folder()
        let run = try folder.saual("run study.yaml --quiet")
        #expect(run.status == 0, "\(run.errors)")
        for name in ["joint.csv", "study.yaml", "wave.csv"] {
            try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        }
        let cases = try ReferenceFolder.json("pps.json")["cases"].array
        let expected = try #require(cases.first { $0["id"].string == "pps-yg-joint" })["expected"]
        let rows = try JSON.object(
            folder.saual("estimate election.saual:2004 --total Bush --conform r-survey-4.1 --format json").output)
        let row = try #require((rows["rows"] as? [[String: Any]])?.first)
        #expect(isClose(try #require(row["se"] as? Double), expected["se"][0].double ?? 0, tolerance: 1e-9))
        // The report's own figure is that of the same design.
        let report = try JSON.object(String(contentsOfFile: "\(folder.path)/results/report.json", encoding: .utf8))
        let figure = try #require((report["rows"] as? [[String: Any]])?.first)
        let again = try JSON.object(
            folder.saual("estimate election.saual:2004 --ratio Bush/votes --format json").output)
        let ratio = try #require((again["rows"] as? [[String: Any]])?.first)
        #expect(isClose(try #require(figure["se"] as? Double), try #require(ratio["se"] as? Double), tolerance: 1e-12))
    }

    @Test func `a changed file of pairs makes the reports stale`() throws {
        let folder = try folder()
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        #expect(try folder.saual("run study.yaml --check").status == 0)
        try folder.replace("p1,p2", with: "q1,p2", in: "joint.csv")
        let stale = try folder.saual("run study.yaml --check")
        #expect(stale.status == 1 && stale.errors.contains("Step \"reports\" is out of date"), "\(stale.errors)")
    }

    @Test func `a file of pairs that is missing, unused, broken or of another sample is told`() throws {
        let without = try folder(joint: "").saual("check study.yaml")
        #expect(without.status != 0 && without.errors.contains("Wave \"2004\" has no joint probabilities"))
        let unused = try folder(pps: "overton").saual("check study.yaml")
        #expect(unused.errors.contains("Wave \"2004\" names joint probabilities that are not used"))
        let absent = try folder(joint: ", joint: none.csv").saual("check study.yaml")
        #expect(absent.status != 0 && absent.errors.contains("none.csv"), "\(absent.errors)")
        let broken = try folder()
        try broken.write("0.5,x\n0.1,0.5\n", to: "joint.csv")
        #expect(try broken.saual("check study.yaml").errors.contains("\"x\" is no probability"))
        let other = try folder()
        try other.write("0.5,0.1\n0.1,0.5\n", to: "joint.csv")
        let run = try other.saual("run study.yaml --quiet")
        #expect(
            run.status == 3 && run.errors.contains("The joint probabilities do not fit the sample"), "\(run.errors)")
    }
}
