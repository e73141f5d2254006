import Foundation
import SurveyTestSupport
import Testing

/// `saual change`: two samples, their difference and what is said of it.
struct ChangeCommandTests {
    /// Both waves of a panel of 15 districts, split from one table of Tests/Reference.
    private func panel() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let lines = try String(
            contentsOf: ReferenceFolder.url.appendingPathComponent("data/apiclus1_waves.csv"), encoding: .utf8
        ).split(separator: "\n").map(String.init)
        for wave in ["1", "2"] {
            let own = lines.dropFirst().filter { $0.hasPrefix(wave + ",") }
            try folder.write(([lines[0]] + own).joined(separator: "\n") + "\n", to: "w\(wave).csv")
        }
        return folder
    }

    private let design = "--psu dnum --weight pw --fpc fpc"

    private func expected(_ id: String) throws -> JSONTree {
        let cases = try ReferenceFolder.json("waves.json")["cases"].array
        return try #require(cases.first { $0["id"].string == id })["expected"]
    }

    @Test func `a panel has the change and the error of R's stacked file`() throws {
        let folder = try panel()
        let result = try folder.saual("change w1.csv w2.csv \(design) --mean y --share hi=1 --shared-psu --format json")
        #expect(result.status == 0)
        let rows = try JSON.rows(result.output)
        #expect(rows.count == 2)
        for (row, id) in zip(rows, ["panel-diff-y", "panel-diff-hi"]) {
            let wanted = try expected(id)
            expectEqual(row.number("difference"), wanted["estimate"][0].double, "\(id) difference")
            expectEqual(row.number("se"), wanted["se"][0].double, "\(id) se")
            expectEqual(row.number("ci_low"), wanted["ci_t"]["lower"][0].double, "\(id) low")
            expectEqual(row.number("ci_high"), wanted["ci_t"]["upper"][0].double, "\(id) high")
            expectEqual(row.number("from"), wanted["group_means"][0].double, "\(id) from")
            expectEqual(row.number("to"), wanted["group_means"][1].double, "\(id) to")
            #expect(row["verdict"] == "increase" && row["overlap"] == "exact")
            #expect(row.number("shared_psus") == 15 && row.number("df") == 14)
            let vcov = (wanted["group_vcov"][0][1].double ?? 0)
            let spread = (wanted["group_vcov"][0][0].double ?? 0) * (wanted["group_vcov"][1][1].double ?? 0)
            expectEqual(row.number("correlation"), vcov / spread.squareRoot(), "\(id) correlation")
        }
        // On raw files equal labels are shared PSUs by the user's word, and the result says so.
        let cautions = try JSON.object(result.output)["cautions"] as? [[String: Any]]
        #expect(
            cautions?.map { $0["code"] as? String } == ["command.weight-without-record", "command.shared-psu-by-word"])
        #expect(result.errors.contains("command.shared-psu-by-word"))
    }

    @Test func `a domain is the same domain of both samples`() throws {
        let folder = try panel()
        let rows = try JSON.rows(
            try folder.saual(
                "change w1.csv w2.csv \(design) --mean y --shared-psu --where |stype = \"E\"| --format json --quiet"
            ).output)
        let wanted = try expected("panel-domain-y")
        #expect(rows.count == 1)
        expectEqual(rows[0].number("difference"), wanted["estimate"][0].double, "difference")
        expectEqual(rows[0].number("se"), wanted["se"][0].double, "se")
    }

    @Test func `independent samples have the root of the sum of squares, also of a study file`() throws {
        let folder = try PreparedStudy.envipe()
        let file = "envipe-morelos.saual"
        let result = try folder.saual(
            "change \(file):2024 \(file):2025 --share victim_any=1 --by SEXO --format json")
        #expect(result.status == 0 && result.errors.isEmpty)
        let rows = try JSON.rows(result.output)
        #expect(rows.count == 3)
        for row in rows {
            let sides = try ["2024", "2025"].map { wave in
                let all = try JSON.rows(
                    try folder.saual("estimate \(file):\(wave) --share victim_any=1 --by SEXO --format json").output)
                return try #require(all.first { $0.by == row.by })
            }
            let (first, second) = (try #require(sides[0].number("se")), try #require(sides[1].number("se")))
            expectEqual(row.number("se"), (first * first + second * second).squareRoot(), "se")
            expectEqual(row.number("from"), sides[0].number("estimate"), "from")
            expectEqual(row.number("to"), sides[1].number("estimate"), "to")
            expectEqual(
                row.number("df"), (sides[0].number("df") ?? 0) + (sides[1].number("df") ?? 0), "df")
            #expect(row["overlap"] == "independent" && row.number("correlation") == 0)
            #expect(row.number("precision") == 0.05)
        }
        let satterthwaite = try JSON.rows(
            try folder.saual(
                "change \(file):2024 \(file):2025 --share victim_any=1 --df satterthwaite --format json"
            ).output)
        #expect((satterthwaite[0].number("df") ?? 0) < (rows[0].number("df") ?? 0))
    }

    @Test func `a study says whether its waves share PSUs, and how precise is precise enough`() throws {
        let folder = try PreparedStudy.envipe()
        let text = try folder.text(of: "study.yaml")
        let own = "change: {samples: independent, pairs: consecutive}\n"
        try #require(text.contains(own))
        try folder.write(
            text.replacingOccurrences(of: own, with: "change: {samples: shared-psu, precision: 0.001}\n"),
            to: "study.yaml")
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        let line = "change envipe-morelos.saual:2024 envipe-morelos.saual:2025 --share victim_any=1 --format json"
        let result = try folder.saual(line)
        let row = try #require(try JSON.rows(result.output).first)
        #expect(row["overlap"] == "exact" && row.number("precision") == 0.001 && row["verdict"] == "too-imprecise")
        // The study's word needs no caution.
        #expect(result.errors.isEmpty)
        let other = try JSON.rows(try folder.saual(line + " --overlap independent --precision 0.05").output)
        #expect(other[0]["overlap"] == "independent" && other[0]["verdict"] == "no-change-shown")
    }

    @Test func `people read a sentence in their language`() throws {
        let folder = try panel()
        let line = "change w1.csv w2.csv \(design) --share hi=1 --shared-psu --quiet"
        let english = try folder.saual(line).output
        #expect(english.contains("Rose by 12.6 percentage points (95 % interval 4.8 to 20.3)"))
        #expect(
            try folder.saual(line + " --language ru").output.contains(
                "Рост на 12,6 п. п. (95%-й интервал от 4,8 до 20,3)"))
        #expect(
            try folder.saual(line + " --language kk").output.contains(
                "12,6 пайыздық тармаққа өсті (95% аралық: 4,8 – 20,3)"))
        #expect(try folder.saual(line + " --format markdown").output.contains("| Rose by 12.6 percentage points"))
        let csv = try folder.saual(line + " --by stype --format csv").output.split(separator: "\n").map(String.init)
        #expect(csv[0].hasPrefix("statistic,variable,answer,by_stype,from,to,difference,se,ci_low,ci_high,level,df,"))
        #expect(csv.count == 5)
        #expect(csv.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 25 })
        let ids = try JSON.rows(try folder.saual(line + " --by stype --format json").output).compactMap { $0["id"] }
        #expect(Set(ids).count == 4)
        let other = try JSON.rows(try folder.saual(line + " --precision 0.2 --format json").output)
        #expect(other.compactMap { $0["id"] } != [ids[0]] && other[0].number("precision") == 0.2)
    }

    @Test func `groups that one sample lacks are left out and named`() throws {
        let folder = try panel()
        try folder.write(
            try folder.text(of: "w2.csv").split(separator: "\n").filter { !$0.contains(",H,") }.joined(separator: "\n")
                + "\n", to: "w2.csv")
        let result = try folder.saual(
            "change w1.csv w2.csv --psu dnum --weight pw --mean y --by stype --format json")
        #expect(result.status == 0)
        #expect(try JSON.rows(result.output).compactMap { $0.by["stype"] } == ["E", "M"])
        let caution = try #require(try JSON.lines(result.errors).first { $0["code"] == "command.group-in-one-source" })
        #expect(caution["why"]?.hasSuffix("found in one: y stype=H") == true)
    }

    @Test func `samples without a shared PSU have no covariance, and say so`() throws {
        let folder = try panel()
        let text = try folder.text(of: "w2.csv").split(separator: "\n").map { line in
            var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if cells[1] != "dnum" { cells[1] = "new" + cells[1] }
            return cells.joined(separator: ",")
        }
        try folder.write(text.joined(separator: "\n") + "\n", to: "w2.csv")
        let result = try folder.saual("change w1.csv w2.csv \(design) --mean y --shared-psu --format json")
        let row = try #require(try JSON.rows(result.output).first)
        #expect(row.number("correlation") == 0 && row.number("shared_psus") == 0)
        #expect(try JSON.lines(result.errors).contains { $0["code"] == "command.no-shared-psu" })
    }

    @Test(arguments: [
        ("--by stype", "command.nothing-compared", 2),
        ("--quantile y", "command.quantile-without-p", 2),
        ("--mean y --quantile-rule hf7", "command.option-of-no-statistic", 2),
        ("--mean y --overlap exact", "command.overlap-without-shared-psu", 2),
        ("--mean y --overlap stacked", "command.overlap-without-shared-psu", 2),
        ("--mean y --shared-psu --df satterthwaite", "estimation.satterthwaite-overlap", 2),
        ("--mean y --precision 0", "estimation.wrong-precision", 2),
        ("--mean nosuch", "data.unknown-column", 2),
        ("--mean y --df some", "command.not-a-number", 2),
    ])
    func `what cannot be compared is refused`(options: String, code: String, status: Int) throws {
        let folder = try panel()
        let result = try folder.saual("change w1.csv w2.csv --psu dnum --weight pw \(options) --format json")
        #expect(result.status == Int32(status) && result.output.isEmpty)
        #expect(try JSON.lines(result.errors).map { $0["code"] } == [code])
    }

    @Test func `rows as PSUs cannot be shared, one source is too few, estimate knows no satterthwaite`() throws {
        let folder = try panel()
        let rows = try folder.saual("change w1.csv w2.csv --mean y --shared-psu --format json")
        #expect(rows.status == 2)
        #expect(try JSON.lines(rows.errors).contains { $0["code"] == "estimation.no-psu-labels" })
        #expect(try folder.saual("change w1.csv --mean y").status == 2)
        #expect(try folder.saual("estimate w1.csv --mean y --df satterthwaite").status == 2)
        let dry = try folder.saual("change w1.csv w2.csv --mean y --dry-run")
        #expect(dry.output == "read: w1.csv (y)\nread: w2.csv (y)\nwrite: -\n")
    }
}
