import Foundation
import SurveyTestSupport
import Testing

/// `estimate --rake` and `--poststratify`: weighting in the call is part of the variance.
struct CallWeightingTests {
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["apiclus1", "apistrat"] {
            try folder.copy(ReferenceFolder.url.appendingPathComponent("data/\(name).csv").path, to: name + ".csv")
        }
        try folder.write("variable,category,total\nstype,E,4421\nstype,H,755\nstype,M,1018\n", to: "stype.csv")
        try folder.write(
            try folder.text(of: "stype.csv") + "sch.wide,No,1072\nsch.wide,Yes,5122\n", to: "both.csv")
        return folder
    }

    private func expected(_ id: String) throws -> JSONTree {
        let cases = try ReferenceFolder.json("calibrated.json")["cases"].array
        return try #require(cases.first { $0["id"].string == id })["expected"]
    }

    @Test(arguments: [
        ("--poststratify stype.csv", "cal-mean-ps"), ("--rake both.csv --conform r-survey-4.1", "cal-mean-rake"),
    ])
    func `means equal those of R after postStratify and rake`(option: String, id: String) throws {
        let result = try folder().saual(
            "estimate apiclus1.csv --psu dnum --weight pw --mean api00,hi700 \(option) --format json")
        #expect(result.status == 0 && result.errors.isEmpty)
        let rows = try JSON.rows(result.output)
        let wanted = try expected(id)
        for (position, row) in rows.enumerated() {
            expectEqual(row.number("estimate"), wanted["estimate"][position].double, "estimate")
            expectEqual(row.number("se"), wanted["se"][position].double, "se")
        }
        let design = try JSON.object(result.output)["design"] as? [String: Any]
        let steps = try #require(design?["calibration"] as? [[String: Any]])
        #expect(steps.count == 1)
    }

    @Test func `totals that the targets name have no error`() throws {
        let rows = try JSON.rows(
            try folder().saual(
                "estimate apistrat.csv --strata stype --weight pw --fpc fpc --count --by stype --rake both.csv "
                    + "--format json"
            ).output)
        #expect(rows.map { $0.number("se") } == [0, 0, 0, 0])
        expectEqual(rows[1].number("estimate"), 4421, "E")
    }

    @Test func `ignoring the record takes the fitted weights as fixed`() throws {
        let folder = try folder()
        let line = "estimate apiclus1.csv --psu dnum --weight pw --mean api00 --rake both.csv --format json"
        let used = try #require(try JSON.rows(try folder.saual(line).output).first)
        let ignored = try #require(try JSON.rows(try folder.saual(line + " --record ignore").output).first)
        #expect(used.number("estimate") == ignored.number("estimate"))
        #expect(used.number("se") != ignored.number("se") && used["id"] != ignored["id"])
    }

    @Test func `other targets are other ids`() throws {
        let folder = try folder()
        let line = "estimate apiclus1.csv --psu dnum --weight pw --mean api00 --poststratify stype.csv --format json"
        let first = try JSON.rows(try folder.saual(line).output)[0]["id"]
        try folder.replace("4421", with: "4420", in: "stype.csv")
        #expect(try JSON.rows(try folder.saual(line).output)[0]["id"] != first)
    }

    @Test func `everything wrong in the targets is said at once`() throws {
        let folder = try folder()
        try folder.write("variable,category,total\nstype,E,x\nstype,H,-1\n", to: "bad.csv")
        let line = "estimate apiclus1.csv --psu dnum --weight pw --mean api00 --format json"
        let bad = try folder.saual(line + " --rake bad.csv")
        #expect(bad.status == 3 && bad.output.isEmpty)
        #expect(try JSON.lines(bad.errors).count == 2)
        try folder.write("variable,category,total\nstype,E,4421\nstype,Q,755\n", to: "bad.csv")
        let unmet = try folder.saual(line + " --rake bad.csv")
        #expect(unmet.status == 4 && unmet.output.isEmpty)
        #expect(try JSON.lines(unmet.errors).count > 1)
        let both = try folder.saual(line + " --rake both.csv --poststratify stype.csv")
        #expect(both.status == 2)
        #expect(try JSON.lines(both.errors).map { $0["code"] } == ["command.rake-and-poststratify"])
        let listwise = try folder.saual(line + " --rake both.csv --missing listwise")
        #expect(listwise.status == 2)
    }
}
