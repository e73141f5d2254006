import Foundation
import SurveyTestSupport
import Testing

/// Designs beyond one stage, from the command line; the numbers are those of R survey 4.1-1 (Tests/Reference).
struct DesignStagesTests {
    private func row(_ line: String, _ more: [String: String] = [:]) throws -> [String: Any] {
        let folder = try TemporaryFolder()
        for name in ["mu284.csv", "election_pps.csv", "election_jointprob.csv", "apistrat_twophase.csv"] {
            let source = ReferenceFolder.url.appendingPathComponent("data/" + name)
            try folder.write(String(contentsOf: source, encoding: .utf8), to: name)
        }
        for (name, text) in more { try folder.write(text, to: name) }
        let result = try folder.saual(line + " --format json")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try JSON.object(result.output)["rows"] as? [[String: Any]]
        return try #require(rows?.first)
    }

    @Test(
        arguments: [
            ("--total y1 --psu id1,id2 --fpc n1,n2", 2274.2547008733304),
            ("--total y1 --psu id1,id2 --fpc n1,n2 --stages first", 2266.033980327744),
            ("--total y1 --psu id1*id1,`id2` --fpc n1,n2", 2274.2547008733304),
        ])
    func `a comma names the next stage`(options: String, error: Double) throws {
        let row = try row("estimate mu284.csv \(options)")
        #expect(row["estimate"] as? Double == 15080)
        #expect(isClose(try #require(row["se"] as? Double), error, tolerance: 1e-9))
    }

    @Test(
        arguments: [
            ("--pps brewer", "pps-brewer"), ("--pps overton", "pps-overton"),
            ("--pps joint --joint election_jointprob.csv", "pps-ht-joint"),
            ("--pps joint --joint election_jointprob.csv --pps-variance yates-grundy", "pps-yg-joint"),
        ])
    func `unequal probabilities come from their column`(options: String, id: String) throws {
        let cases = try ReferenceFolder.json("pps.json")["cases"].array
        let expected = try #require(cases.first { $0["id"].string == id })["expected"]
        let row = try row(
            "estimate election_pps.csv --total Bush --probability p --conform r-survey-4.1 \(options)")
        #expect(isClose(try #require(row["estimate"] as? Double), expected["estimate"][0].double ?? 0, tolerance: 1e-9))
        #expect(isClose(try #require(row["se"] as? Double), expected["se"][0].double ?? 0, tolerance: 1e-9))
    }

    @Test func `a second phase is one column of marks`() throws {
        let cases = try ReferenceFolder.json("two_phase.json")["cases"].array
        for method in ["full", "approx", "simple"] {
            let expected = try #require(cases.first { $0["id"].string == "twophase-mean-" + method })["expected"]
            let row = try row(
                "estimate apistrat_twophase.csv --mean api00 --phase-two phase2 --phase-two-strata stype "
                    + "--phase-two-method \(method)")
            #expect(isClose(try #require(row["se"] as? Double), expected["se"][0].double ?? 0, tolerance: 1e-9))
        }
    }

    @Test(
        arguments: [
            ("estimate mu284.csv --total y1 --psu id1,id2, --fpc n1", "A name of --psu is empty"),
            ("estimate mu284.csv --total y1 --psu id1 --fpc n1*n2", "--fpc takes one column"),
            ("estimate mu284.csv --total y1 --phase-two-strata id1", "--phase-two-strata has nothing to work on"),
            ("estimate mu284.csv --total y1 --pps joint --probability n1", "--pps joint needs the joint probabilities"),
            ("estimate mu284.csv --total y1 --pps joint --joint empty.csv", "The joint probabilities are empty"),
            ("estimate mu284.csv --total y1 --pps joint --joint word.csv", "\"x\" is no probability"),
        ])
    func `what makes no design is refused`(line: String, what: String) throws {
        let folder = try TemporaryFolder()
        let source = ReferenceFolder.url.appendingPathComponent("data/mu284.csv")
        try folder.write(String(contentsOf: source, encoding: .utf8), to: "mu284.csv")
        try folder.write("", to: "empty.csv")
        try folder.write("a,b\n0.5,x\n0.1,0.5\n", to: "word.csv")
        let result = try folder.saual(line)
        #expect(result.status == 2 || result.status == 3)
        #expect(result.errors.hasPrefix(what), "\(result.errors)")
    }
}
