import Foundation
import SurveyTestSupport
import Testing

/// `--replicates` and `--replicate-weights` of estimate and change.
struct ReplicatesTests {
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["apiclus1", "apistrat", "apisrs_sdr"] {
            try folder.copy(ReferenceFolder.url.appendingPathComponent("data/\(name).csv").path, to: name + ".csv")
        }
        try folder.write("variable,category,total\nstype,E,4421\nstype,H,755\nstype,M,1018\n", to: "stype.csv")
        return folder
    }

    private func expect(_ output: String, _ file: String, _ id: String) throws {
        let cases = try ReferenceFolder.json(file + ".json")["cases"].array
        let wanted = try #require(cases.first { $0["id"].string == id })["expected"]
        for (position, row) in try JSON.rows(output).enumerated() {
            expectEqual(row.number("estimate"), wanted["estimate"][position].double, "estimate")
            expectEqual(row.number("se"), wanted["se"][position].double, "se")
            expectEqual(row.number("ci_low"), wanted["ci_t"]["lower"][position].double, "low")
            expectEqual(row.number("df"), wanted["df"].double, "df")
        }
    }

    @Test func `replicate weights of the data equal R`() throws {
        let result = try folder().saual(
            "estimate apisrs_sdr.csv --weight pw --replicate-weights rw* --replicate-method sdr --mse --mean api00,hi700 "
                + "--format json")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        try expect(result.output, "replicates", "sdr-mean-acs")
        let design = try JSON.object(result.output)["design"] as? [String: Any]
        let replicates = try #require(design?["replicates"] as? [String: Any])
        #expect(replicates["method"] as? String == "sdr")
        #expect(replicates["n"] as? Int == 80)
        #expect(replicates["scale"] as? Double == 0.05)
    }

    @Test func `a jackknife made here equals R, also after post-stratification`() throws {
        let folder = try folder()
        let plain = "estimate apiclus1.csv --psu dnum --weight pw --replicates jk1 --mse --format json "
        try expect(try folder.saual(plain + "--mean api00,api99").output, "replicates", "rep-mean-jk1nf")
        try expect(
            try folder.saual(plain + "--mean api00,hi700 --poststratify stype.csv").output, "calibrated",
            "repcal-mean-ps")
        try expect(
            try folder.saual(
                "estimate apistrat.csv --strata stype --weight pw --fpc fpc --replicates jkn --mean api00,api99 "
                    + "--format json"
            ).output, "replicates", "rep-mean-jkn")
    }

    @Test func `replicates of a made weight do its propensities again, and draw targets that have errors`() throws {
        let folder = try folder()
        let lines = try ReferenceFolder.csv("data/apistrat.csv")
        let school = try #require(lines.column("snum"))
        let data = zip(lines.rows, school).map { row, number in
            let outcome = [3, 6, 9].contains((Int(number) ?? 0) % 10) ? "2" : "1"
            return (row + [outcome]).map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")
        }
        try folder.write(
            ([(lines.header + ["status"]).joined(separator: ",")] + data).joined(separator: "\n") + "\n",
            to: "issued.csv")
        let made = try folder.saual(
            "weight issued.csv --weight pw --propensity stype,sch.wide --propensity-numbers meals --status status "
                + "--min-cell 1 --name w -o weighted.csv")
        #expect(made.status == 0, "\(made.errors)")
        func error(_ options: String) throws -> Double {
            let result = try folder.saual(
                "estimate weighted.csv --strata stype --weight w --mean api00 --format json \(options)")
            #expect(result.status == 0, "\(result.errors)")
            return try #require(try JSON.rows(result.output).first?.number("se"))
        }
        let repeated = try error("--replicates jkn")
        let kept = try error("--replicates jkn --replicates-recalibrate off")
        #expect(repeated != kept)
        // The weight takes part in the errors by its record alone, whatever is said of replicates.
        #expect(isClose(kept, try error("--replicates jkn --record ignore")))
        try folder.write(
            "variable,category,total,se\nstype,E,4421,90\nstype,H,755,40\nstype,M,1018,50\n", to: "errors.csv")
        let plain = "estimate apistrat.csv --strata stype --weight pw --poststratify errors.csv --count --format json "
        let drawn = try folder.saual(plain + "--replicates bootstrap=50 --seed 7")
        let row = try #require(try JSON.rows(drawn.output).first)
        // √(90² + 40² + 50²)
        #expect(isClose(try #require(row.number("se")), 110.45361017187261, tolerance: 1e-8))
        let refused = try folder.saual(plain + "--replicates jkn")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("need replicates that are drawn at random"))
    }

    @Test func `a seed gives the same figures again, another one others`() throws {
        let folder = try folder()
        func run(_ seed: Int) throws -> String {
            let result = try folder.saual(
                "estimate apiclus1.csv --psu dnum --weight pw --replicates bootstrap=60 --seed \(seed) --mean api00 "
                    + "--format json")
            #expect(result.status == 0, "\(result.errors)")
            return result.output
        }
        #expect(try run(1) == run(1))
        #expect(try JSON.rows(run(1))[0].number("se") != JSON.rows(run(2))[0].number("se"))
        #expect(try JSON.rows(run(1))[0]["id"] != JSON.rows(run(2))[0]["id"])
        #expect(try run(7).contains("\"seed\":\"7\""))
    }

    @Test func `rank and reps count degrees of freedom`() throws {
        let folder = try folder()
        let line =
            "estimate apiclus1.csv --psu dnum --weight pw --replicates bootstrap=60 --seed 1 --mean api00 --format json"
        #expect(try JSON.rows(folder.saual(line).output)[0].number("df") == 14)
        #expect(try JSON.rows(folder.saual(line + " --df rank").output)[0].number("df") == 14)
        #expect(try JSON.rows(folder.saual(line + " --df reps").output)[0].number("df") == 59)
        #expect(try JSON.rows(folder.saual(line + " --df 7").output)[0].number("df") == 7)
    }

    @Test func `two independent samples are compared by their replicates`() throws {
        let folder = try folder()
        let result = try folder.saual(
            "change apiclus1.csv apiclus1.csv --psu dnum --weight pw --replicates jk1 --mse --mean api00 --format json")
        #expect(result.status == 0, "\(result.errors)")
        let cases = try ReferenceFolder.json("replicates.json")["cases"].array
        let error = try #require(
            cases.first { $0["id"].string == "rep-mean-jk1nf" }?["expected"]["se"][0].double)
        expectEqual(try JSON.rows(result.output)[0].number("se"), error * 2.0.squareRoot(), "se")
    }

    @Test(arguments: [
        ("--replicates bootstrap", "design.replicates-no-seed", 2), ("--replicates jk3", "command.unknown-choice", 2),
        ("--replicates bootstrap=x --seed 1", "command.not-a-replicate-count", 2),
        ("--replicates bootstrap --seed -1", "command.not-a-seed", 2),
        ("--replicates jk1 --seed 1", "command.seed-of-nothing", 2),
        ("--replicates jk1 --replicate-weights pw", "command.replicates-made-and-given", 2),
        ("--replicates jk1 --replicate-scale 2", "command.for-given-replicates", 2),
        ("--replicates brr", "design.replicates-odd", 4), ("--seed 1", "command.without-replicates", 2),
        ("--mse", "command.without-replicates", 2), ("--df rank", "command.without-replicates", 2),
        ("--replicate-weights zz* --replicate-method brr", "command.no-replicate-columns", 2),
        ("--replicate-weights api* --replicate-method nothing", "command.unknown-choice", 2),
        ("--replicate-weights api*", "design.replicates-no-scale", 2),
        ("--replicate-weights api* --replicate-scale 1 --replicate-rscales wrong.txt", "command.not-a-scale", 3),
    ])
    func `what does not go together is refused`(options: String, code: String, status: Int32) throws {
        let folder = try folder()
        try folder.write("1\nx\n", to: "wrong.txt")
        let result = try folder.saual(
            "estimate apiclus1.csv --psu dnum --weight pw --mean api00 --format json \(options)")
        #expect(result.status == status, "\(options): \(result.errors)")
        #expect(result.errors.contains("\"\(code)\""), "\(options): \(result.errors)")
    }

    @Test func `scales of a file are those of the replicates`() throws {
        let folder = try folder()
        try folder.write(String(repeating: "1\n", count: 80), to: "ones.txt")
        let line = "estimate apisrs_sdr.csv --weight pw --replicate-weights rw* --mse --mean api00,hi700 --format json "
        let result = try folder.saual(line + "--replicate-scale 0.05 --replicate-rscales ones.txt")
        try expect(result.output, "replicates", "sdr-mean-acs")
    }
}

/// `replicates:` in the design of study.yaml.
struct ReplicatesStudyTests {
    private func study(_ replicates: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.saual("new s --languages en")
        let text = try folder.text(of: "s/study.yaml")
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("design:") })
        let design = line.hasSuffix("}") ? line.dropLast() + ", replicates: \(replicates)}" : line
        try folder.write(text.replacingOccurrences(of: String(line), with: String(design)), to: "s/study.yaml")
        return folder
    }

    @Test func `a study with replicates has its figures from them`() throws {
        let folder = try study("{method: bootstrap=50, seed: 42}")
        let check = try folder.saual("check s/study.yaml")
        #expect(check.status == 0, "\(check.errors)")
        let run = try folder.saual("run s/study.yaml")
        #expect(run.status == 0, "\(run.errors)")
        let page = try folder.text(of: "s/results/report-en.html")
        #expect(page.contains("Standard errors come from replicates"))
        #expect(!page.contains("linearised"))
        let verified = try folder.saual("verify s/study.yaml --with r --format json")
        #expect(verified.errors.contains("command.replicates-not-verified") || verified.status != 0)
    }

    @Test(arguments: [
        ("bootstrap", "study.replicates-without-seed"), ("{method: bootstrap}", "study.replicates-without-seed"),
        ("{method: jk9}", "study.unknown-replicates"), ("{method: jkn=4}", "study.unknown-replicates"),
        ("{mse: true}", "study.empty-replicates"), ("{method: jkn, seed: 1}", "study.seed-not-used"),
        ("{method: bootstrap, seed: -1}", "study.negative-seed"),
        ("{method: jkn, scale: 1}", "study.of-given-replicates"),
        ("{columns: [weight]}", "study.replicate-scale"),
        ("{columns: [weight], method: brr, seed: 1}", "study.count-of-given-replicates"),
        ("{method: jkn, seeds: 1}", "yaml.unknown-key"),
    ])
    func `mistakes are told with their line`(replicates: String, code: String) throws {
        let result = try study(replicates).saual("check s/study.yaml --format json")
        #expect(result.status == 1)
        let line = try #require(
            result.errors.split(separator: "\n").first { $0.contains("\"\(code)\"") }, "\(result.errors)")
        #expect(line.contains("\"line\":"))
    }
}

/// Replicates serve every statistical command.
struct ReplicatesOfCommandsTests {
    @Test(arguments: [
        "test DATA DESIGN --independence stype,sch.wide", "test DATA DESIGN --ttest api00~sch.wide",
        "model DATA DESIGN --linear 'api00 ~ ell + meals'", "small-area DATA DESIGN --mean api00 --by cname",
    ])
    func `a jackknife made here changes standard errors a little, and nothing else`(call: String) throws {
        let folder = try TemporaryFolder()
        try folder.copy(ReferenceFolder.url.appendingPathComponent("data/apistrat.csv").path, to: "apistrat.csv")
        let line = call.replacing("DATA", with: "apistrat.csv").replacing("DESIGN", with: "--strata stype --weight pw")
        let plain = try Saual.bash("saual \(line) --format json", in: folder.path)
        let replicated = try Saual.bash("saual \(line) --format json --replicates jkn", in: folder.path)
        #expect(plain.status == replicated.status && replicated.status < 2, "\(replicated.errors)")
        #expect(plain.output != replicated.output)
        for (one, other) in zip(try JSON.rows(plain.output), try JSON.rows(replicated.output)) {
            if let value = one.number("estimate"), let again = other.number("estimate"), !call.contains("small-area") {
                #expect(abs(value - again) <= 1e-9 * abs(value))
            }
            if let error = one.number("se"), let again = other.number("se") {
                #expect(abs(error - again) < 0.1 * error, "\(error) \(again)")
            }
        }
    }
}
