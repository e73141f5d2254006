import Foundation
import SurveyTestSupport
import Testing

/// `--set-base`, `--separate` and `--contrast-variance` of `estimate`, against R survey 4.1-1.
struct EstimateOptionsTests {
    private func reference() throws -> JSONTree { try ReferenceFolder.json("estimate-options.json") }

    private func api() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["apiclus1", "apistrat"] {
            try folder.copy(ReferenceFolder.url.appendingPathComponent("data/\(name).csv").path, to: name + ".csv")
        }
        return folder
    }

    // MARK: Sets

    @Test(arguments: ["mentions", "any"])
    func `items of a set over mentions or over those who named one equal R`(base: String) throws {
        let folder = try PreparedStudy.small()
        let result = try folder.saual("estimate small-study.saual --share channels --set-base \(base) --format json")
        #expect(result.status == 0, "\(result.errors)")
        let wanted = try reference()[base]
        let rows = try JSON.rows(result.output)
        #expect(rows.count == 4 && rows.map { $0["answer"] } == ["1", "2", "3", "4"])
        for (position, row) in rows.enumerated() {
            expectEqual(row.number("estimate"), wanted["estimate"][position].double, "estimate")
            expectEqual(row.number("se"), wanted["se"][position].double, "se")
            #expect(row["statistic"] == (base == "mentions" ? "ratio" : "share"))
        }
        if base == "mentions" {
            #expect(isClose(rows.compactMap { $0.number("estimate") }.reduce(0, +), 1, tolerance: 1e-12))
        }
        #expect(try JSON.object(result.output)["set_base"] as? String == base)
    }

    @Test(arguments: ["cases", "mentions", "any", "all"])
    func `the base of a set stands below the table in every language`(base: String) throws {
        let folder = try PreparedStudy.small()
        var lines: Set<String> = []
        for language in ["kk", "ru", "en"] {
            let result = try folder.saual(
                "estimate small-study.saual --share channels --set-base \(base) --language \(language)")
            let line = result.output.split(separator: "\n").dropLast().last.map(String.init) ?? ""
            #expect(line.contains(":"), "\(result.output)")
            lines.insert(line)
        }
        #expect(lines.count == 3)
    }

    @Test func `a base of sets without a set is refused`() throws {
        let result = try PreparedStudy.small().saual("estimate small-study.saual --share contact --set-base mentions")
        #expect(result.status == 2 && result.errors.hasPrefix("--set-base has nothing to work on"), "\(result.errors)")
    }

    // MARK: Separate ratio

    @Test func `a separate ratio equals svyratio with predict`() throws {
        let folder = try api()
        try folder.write(
            "variable,category,total\nstype,E,1877350\nstype,H,1013824\nstype,M,920298\n", to: "enroll.csv")
        let result = try folder.saual(
            "estimate apistrat.csv --strata stype --weight pw --fpc fpc --ratio api.stu/enroll --separate enroll.csv "
                + "--format json")
        #expect(result.status == 0, "\(result.errors)")
        let cases = try ReferenceFolder.json("ratios.json")["cases"].array
        let wanted = try #require(cases.first { $0["id"].string == "ratio-separate-strat" })["expected"]
        let rows = try JSON.rows(result.output)
        #expect(rows.count == 4)
        for (position, row) in rows.prefix(3).enumerated() {
            expectEqual(row.number("estimate"), wanted["estimate"][position].double, "estimate")
            expectEqual(row.number("se"), wanted["se"][position].double, "se")
        }
        let total = try #require(rows.last)
        #expect(total["statistic"] == "total" && total["variable"] == "api.stu")
        expectEqual(total.number("estimate"), wanted["total"]["estimate"].double, "total")
        expectEqual(total.number("se"), wanted["total"]["se"].double, "se of the total")
        #expect(Set(rows.map { $0["id"] }).count == 4)
    }

    @Test(
        arguments: [
            ("--ratio api.stu/enroll --separate two.csv", "command.separate-file"),
            ("--ratio api.stu/enroll --separate one.csv", "estimation.separate-totals"),
            ("--ratio api.stu/enroll --by stype --separate one.csv", "command.separate-alone"),
            ("--ratio api.stu/enroll,api00/api99 --separate one.csv", "command.separate-of-one-ratio"),
            ("--mean api00 --separate one.csv", "command.separate-of-one-ratio"),
        ])
    func `what a separate ratio cannot use is refused`(options: String, code: String) throws {
        let folder = try api()
        try folder.write("variable,category,total\nstype,E,1877350\n", to: "one.csv")
        try folder.write(
            "variable,category,total\nstype,E,1877350\nawards,Yes,1013824\n", to: "two.csv")
        let result = try folder.saual(
            "estimate apistrat.csv --strata stype --weight pw --fpc fpc \(options) --format json")
        #expect(result.status != 0 && result.errors.contains(code), "\(result.errors)")
    }

    // MARK: Contrasts by replicate

    private static let contrasts =
        "--contrast mean(api00)/mean(api99) --contrast log(awards[Yes]/(1-awards[Yes])) "
        + "--contrast mean(api00)^2/mean(api99) "
    private static let call =
        "estimate apiclus1.csv --psu dnum --weight pw --replicates jk1 --mean api00,api99 "
        + "--share awards --format json " + contrasts

    @Test func `functions of the estimates of each replicate equal withReplicates`() throws {
        let folder = try api()
        let result = try folder.saual(EstimateOptionsTests.call + "--contrast-variance replicate")
        #expect(result.status == 0, "\(result.errors)")
        let wanted = try reference()["contrasts"]
        let rows = try JSON.rows(result.output).filter { $0["statistic"] == "contrast" }
        #expect(rows.count == 3)
        for (position, row) in rows.enumerated() {
            expectEqual(row.number("estimate"), wanted["estimate"][position].double, "estimate")
            expectEqual(row.number("se"), wanted["se"][position].double, "se")
        }
        let joint = try #require(try JSON.object(result.output)["joint"] as? [String: Any])
        #expect(isClose(try #require(joint["statistic"] as? Double), wanted["f"].double ?? 0, tolerance: 1e-7))
        // By default the slopes and the covariance matrix of the replicates make the error.
        let linearised = try JSON.rows(try folder.saual(EstimateOptionsTests.call).output)
            .filter { $0["statistic"] == "contrast" }
        #expect(linearised[0].number("se") != rows[0].number("se"))
        #expect(linearised[0]["id"] != rows[0]["id"])
    }

    @Test func `replicates of a function without them are refused`() throws {
        let folder = try api()
        let plain = "estimate apiclus1.csv --psu dnum --weight pw "
        let none = try folder.saual(
            plain + "--mean api00,api99 --contrast mean(api00)-mean(api99) --contrast-variance replicate")
        #expect(none.status == 2 && none.errors.hasPrefix("--contrast-variance replicate needs replicate weights"))
        let median = try folder.saual(
            plain + "--replicates bootstrap=50 --seed 1 --mean api99 --quantile api00:0.5 --contrast api00-api99 "
                + "--contrast-variance replicate")
        #expect(
            median.status == 2 && median.errors.hasPrefix("\"api00\" has no values by replicate"), "\(median.errors)")
        let own = try folder.saual(
            plain + "--replicates bootstrap=50 --seed 1 --mean api99 --quantile api00:0.5 --quantile-ci replicate "
                + "--contrast api00-api99 --contrast-variance replicate")
        #expect(own.status == 0, "\(own.errors)")
        let alone = try folder.saual(plain + "--mean api00 --contrast-variance replicate")
        #expect(alone.status == 2 && alone.errors.contains("--contrast"), "\(alone.errors)")
    }
}
