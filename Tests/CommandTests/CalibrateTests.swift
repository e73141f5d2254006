import Foundation
import SurveyTestSupport
import Testing

/// `--calibrate` of `weight` and `estimate`, and `estimate --standardize`, against R survey 4.1-1.
struct CalibrateTests {
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["apiclus1", "apistrat", "nhanes"] {
            try folder.copy(ReferenceFolder.url.appendingPathComponent("data/\(name).csv").path, to: name + ".csv")
        }
        let types = "variable,category,total\nstype,E,4421\nstype,H,755\nstype,M,1018\n"
        try folder.write(types, to: "types.csv")
        try folder.write(types + "api99,,3914069\n", to: "both.csv")
        try folder.write("variable,category,total\napi99,,3914069\n", to: "number.csv")
        return folder
    }

    private func expected(_ file: String, _ id: String) throws -> JSONTree {
        let cases = try ReferenceFolder.json(file + ".json")["cases"].array
        return try #require(cases.first { $0["id"].string == id })["expected"]
    }

    @Test(arguments: [
        ("apiclus1", "both.csv", "w-callin"), ("apiclus1", "both.csv --distance raking", "w-calrak"),
        ("apiclus1", "types.csv --distance logit --bounds 0.5,2.5", "w-callogit"),
        ("apistrat", "both.csv --distance logit --bounds 0.8,1.3", "w-callogit2"),
        ("apiclus1", "both.csv --bounds 0.6,1.7", "w-calbound"),
        ("apiclus1", "both.csv --by-cluster dnum", "w-calagg"),
        ("apistrat", "number.csv --q api99", "w-calratio"),
        ("apiclus1", "both.csv --bounds 0.95,1.02 --force-calibration --conform r-survey-4.1", "w-calforce"),
    ]) func `weights equal those of R, and their record comes back from beside the file`(
        data: String, options: String, id: String
    ) throws {
        let folder = try folder()
        let result = try folder.saual(
            "weight \(data).csv --weight pw --calibrate \(options) --name made -o out.csv --format json")
        #expect(result.status == 0, "\(result.errors)")
        let found = try #require(CSVTable(try folder.text(of: "out.csv")).column("made")).compactMap { Double($0) }
        let wanted = try expected("weighting", id)["weights"].array.compactMap(\.double)
        #expect(found.count == wanted.count && zip(found, wanted).allSatisfy { isClose($0, $1) })
        let steps = try JSON.object(result.output)["steps"] as? [[String: Any]]
        #expect(steps?.last?["step"] as? String == "calibrate")
        let estimate = try folder.saual("estimate out.csv --psu dnum --weight made --total api00 --format json")
        #expect(!estimate.errors.contains("other-sidecar"))
        let design = try JSON.object(estimate.output)["design"] as? [String: Any]
        #expect((design?["calibration"] as? [[String: Any]])?.first?["method"] as? String == "calibrate")
    }

    @Test(arguments: [
        ("apiclus1 --psu dnum", "both.csv", "callin"),
        ("apiclus1 --psu dnum", "types.csv --distance logit --bounds 0.5,2.5", "callogit"),
        ("apistrat --strata stype --fpc fpc", "number.csv --q api99", "calratio"),
    ]) func `means, totals and their errors after calibration in the call equal R`(
        data: String, options: String, id: String
    ) throws {
        let folder = try folder()
        let line = data.replacing(" --", with: ".csv --", maxReplacements: 1)
        for (statistic, names) in [("mean", "api00,hi700"), ("total", "api00,meals")] {
            let result = try folder.saual(
                "estimate \(line) --weight pw --\(statistic) \(names) --calibrate \(options) --format json")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            let wanted = try expected("calibrated", "cal-\(statistic)-\(id)")
            for (position, row) in try JSON.rows(result.output).enumerated() {
                expectEqual(row.number("estimate"), wanted["estimate"][position].double, "estimate")
                expectEqual(row.number("se"), wanted["se"][position].double, "se")
            }
        }
    }

    @Test func `options of the calibration are part of the id`() throws {
        let folder = try folder()
        let line = "estimate apiclus1.csv --psu dnum --weight pw --mean api00 --calibrate both.csv --format json"
        let ids = try ["", " --distance raking", " --bounds 0.5,2", " --q api99", " --by-cluster dnum"].map {
            try #require(try JSON.rows(try folder.saual(line + $0).output).first?["id"])
        }
        #expect(Set(ids).count == ids.count)
    }

    @Test(arguments: [
        ("--distance raking -o out.csv", 2, "command.alone"),
        ("--calibrate both.csv --rake types.csv -o out.csv", 2, "command.two-calibrations"),
        ("--calibrate both.csv --bounds 3 -o out.csv", 2, "command.wrong-bounds"),
        ("--calibrate both.csv --bounds , -o out.csv", 2, "command.wrong-bounds"),
        ("--calibrate both.csv --bounds 1.1,3 -o out.csv", 2, "weighting.wrong-bounds"),
        ("--calibrate both.csv --bounds-on g -o out.csv", 2, "command.alone"),
        ("--calibrate both.csv --distance logit -o out.csv", 2, "weighting.logit-bounds"),
        ("--calibrate both.csv --bounds 0.95,1.02 -o out.csv", 4, "weighting.out-of-reach"),
        ("--calibrate both.csv --q nowhere -o out.csv", 2, "data.unknown-column"),
        ("--rake both.csv -o out.csv", 4, "weighting.numeric-target"),
    ]) func `a wrong call is refused and writes nothing`(options: String, status: Int, code: String) throws {
        let folder = try folder()
        let result = try folder.saual("weight apiclus1.csv --weight pw --name made \(options) --format json")
        #expect(result.status == status, "\(result.errors)")
        #expect(try JSON.lines(result.errors).map { $0["code"] }.contains(code))
        #expect(!folder.has("out.csv"))
    }

    @Test func `standardised means equal svystandardize`() throws {
        let folder = try folder()
        try folder.write("category,share\nE,4421\nH,755\nM,1018\n", to: "standard.csv")
        let line =
            "estimate apiclus1.csv --psu dnum --weight pw --mean api00 --standardize stype --standard standard.csv"
        let rows = try JSON.rows(try folder.saual("\(line) --by sch.wide --format json").output)
        #expect(rows.count == 3)
        let whole = try expected("standardize", "std-clus1-all")
        let groups = try expected("standardize", "std-clus1")
        expectEqual(rows[0].number("estimate"), whole["estimate"][0].double, "whole")
        expectEqual(rows[0].number("se"), whole["se"][0].double, "whole se")
        for (row, position) in [(rows[1], 0), (rows[2], 1)] {
            expectEqual(row.number("estimate"), groups["estimate"][position].double, "group")
            expectEqual(row.number("se"), groups["se"][position].double, "group se")
        }
        for (options, code) in [
            ("--covariance --format json", "command.covariance-of-standardized"),
            ("--standard nowhere.csv --format json", "command.given-twice"),
        ] {
            let refused = try folder.saual("\(line) \(options)")
            #expect(refused.status == 2)
            #expect(try JSON.lines(refused.errors).map { $0["code"] } == [code])
        }
        let alone = try folder.saual("estimate apiclus1.csv --mean api00 --standardize stype --format json")
        #expect(try JSON.lines(alone.errors).map { $0["code"] } == ["command.alone"])
    }

    @Test func `rates standardised by age leave rows without an answer out`() throws {
        let folder = try folder()
        let wanted = try expected("standardize", "std-nhanes")
        try folder.write("category,share\n", to: "ages.csv")
        let classes = try #require(CSVTable(try folder.text(of: "nhanes.csv")).column("agecat"))
        let sizes = [55901, 77670, 72816, 45364]
        let codes = Set(classes).filter { !$0.isEmpty }.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }
        try folder.write(
            "category,share\n" + zip(codes, sizes).map { "\"\($0)\",\($1)\n" }.joined(), to: "ages.csv")
        let rows = try JSON.rows(
            try folder.saual(
                "estimate nhanes.csv --strata SDMVSTRA --psu SDMVPSU --nest --weight WTMEC2YR --mean HI_CHOL "
                    + "--by race,RIAGENDR --no-total --standardize agecat --standard ages.csv --format json"
            ).output)
        let names = wanted["names"].strings
        #expect(rows.count == names.count)
        for row in rows {
            let by = row.by
            let position = try #require(names.firstIndex(of: "\(by["race"] ?? "").\(by["RIAGENDR"] ?? "")"))
            expectEqual(row.number("estimate"), wanted["estimate"][position].double, names[position])
            expectEqual(row.number("se"), wanted["se"][position].double, names[position] + " se")
        }
    }
}
