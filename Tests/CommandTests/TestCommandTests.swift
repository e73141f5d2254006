import Foundation
import SurveyTestSupport
import Testing

/// `saual test` and `estimate --contrast`: what R says, in every format and language, and what is refused.
struct TestCommandTests {
    private func folder(_ names: String...) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names {
            let text = try String(
                contentsOf: ReferenceFolder.url.appendingPathComponent("data/\(name).csv"), encoding: .utf8)
            try folder.write(text, to: "\(name).csv")
        }
        return folder
    }

    private func expected(_ file: String, _ id: String) throws -> JSONTree {
        let cases = try ReferenceFolder.json(file + ".json")["cases"].array
        return try #require(cases.first { $0["id"].string == id })["expected"]
    }

    private let strat = "apistrat.csv --strata stype --weight pw --fpc fpc"
    private let clus = "apiclus1.csv --psu dnum --weight pw --fpc fpc"

    @Test func `every form of independence equals R under the preset, and p keeps its digits`() throws {
        let folder = try folder("apistrat")
        for (name, id) in [
            ("f", "F"), ("chisq", "Chisq"), ("wald", "Wald"), ("adjwald", "adjWald"), ("lincom", "lincom"),
            ("saddlepoint", "saddlepoint"),
        ] {
            let result = try folder.saual(
                "test \(strat) --independence stype,sch.wide --statistic \(name) --conform r-survey-4.1 --format json")
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            let row = try #require(try JSON.rows(result.output).first)
            let wanted = try expected("tests", "chisq-strat-\(id)")
            // The tolerance of the case: R's saddlepoint finds its root to few digits.
            let tolerance = name == "saddlepoint" ? 1e-5 : name == "lincom" ? 1e-6 : 1e-9
            #expect(
                isClose(try #require(row.number("p")), try #require(wanted["p_value"].double), tolerance: tolerance))
            #expect(isClose(try #require(row.number("statistic")), try #require(wanted["statistic"].double)))
            #expect(row["test"] == "independence" && row["method"] == name)
        }
    }

    @Test func `means, pairs of people, ranks, shares and trends have their rows`() throws {
        let folder = try folder("apistrat", "apiclus1_waves")
        let result = try folder.saual(
            "test \(strat) --ttest api00~comp.imp --ttest growth=0 --paired api00,api99 --rank ell~stype "
                + "--score median --fit awards=0.3,0.7 --conform r-survey-4.1 --format json")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try JSON.rows(result.output)
        #expect(rows.map { $0["test"] } == ["t", "t", "t", "rank", "fit"])
        let wanted = [
            try expected("tests", "ttest-strat")["p_value"], try expected("tests", "ttest1-strat")["p_value"],
            try ReferenceFolder.json("hypotheses.json")["paired"]["p"],
            try expected("tests", "rank3-strat-median")["p_value"], try expected("tests", "gof-strat")["p_value"],
        ]
        for (row, p) in zip(rows, wanted) {
            #expect(
                isClose(try #require(row.number("p")), try #require(p.double), tolerance: 1e-8), "\(row["test"] ?? "")")
        }
        expectEqual(rows[0].number("se"), (rows[0].number("estimate") ?? 0) / (rows[0].number("statistic") ?? 1), "se")
        let trend = try JSON.rows(
            try folder.saual("test apiclus1_waves.csv --psu dnum --weight pw --fpc fpc --trend y~wave --format json")
                .output)
        expectEqual(
            trend[0].number("estimate"), try ReferenceFolder.json("hypotheses.json")["waves"]["estimate"].double,
            "slope")
    }

    @Test func `a trend over two samples is their change, also with shared PSUs and over three waves`() throws {
        let folder = try folder("apiclus1_waves")
        let lines = try folder.text(of: "apiclus1_waves.csv").split(separator: "\n").map(String.init)
        for wave in ["1", "2"] {
            let own = lines.dropFirst().filter { $0.hasPrefix(wave + ",") }
            try folder.write(([lines[0]] + own).joined(separator: "\n") + "\n", to: "w\(wave).csv")
        }
        let design = "--psu dnum --weight pw --fpc fpc"
        for shared in ["", "--shared-psu"] {
            let trend = try folder.saual(
                "test w1.csv w2.csv \(design) --trend y --times 2020,2024 \(shared) --format json --quiet")
            #expect(trend.status == 0, "\(trend.errors)")
            let change = try folder.saual("change w1.csv w2.csv \(design) --mean y \(shared) --format json --quiet")
            let (row, wanted) = (try JSON.rows(trend.output)[0], try JSON.rows(change.output)[0])
            expectEqual(row.number("estimate"), (wanted.number("difference") ?? 0) / 4, "slope")
            expectEqual(row.number("se"), (wanted.number("se") ?? 0) / 4, "se")
            expectEqual(row.number("p"), wanted.number("p"), "p")
            expectEqual(row.number("df1"), wanted.number("df"), "df")
        }
        let three = try folder.saual("test w1.csv w2.csv w1.csv \(design) --trend y --times 1,2,3 --format json")
        // The middle of three equally distant times has no part in the slope, and the ends are equal.
        #expect(try JSON.rows(three.output)[0].number("estimate") == 0)
        for (options, code) in [
            ("--trend y", "command.no-times"), ("--trend y --times 1,a", "command.no-times"),
            ("--trend y --times 1,1", "estimation.one-time"), ("--trend y~wave --times 1,2", "command.trend-only"),
            ("--ttest y=5 --times 1,2", "command.trend-only"),
        ] {
            let refused = try folder.saual("test w1.csv w2.csv \(design) \(options) --format json")
            #expect(refused.status == 2 && refused.errors.contains("\"\(code)\""), "\(options): \(refused.errors)")
        }
    }

    @Test func `pairs are adjusted by Holm unless the call says otherwise`() throws {
        let folder = try folder("apiclus1")
        let wanted = try ReferenceFolder.json("hypotheses.json")["pairs"]
        let rows = try JSON.rows(try folder.saual("test \(clus) --pairwise api00~stype --format json").output)
        for (position, row) in rows.enumerated() {
            expectEqual(row.number("p"), wanted["p"][position].double, "p")
            expectEqual(row.number("p_adjusted"), wanted["holm"][position].double, "holm")
        }
        let none = try JSON.rows(
            try folder.saual("test \(clus) --pairwise api00~stype --adjust none --format json").output)
        #expect(none.allSatisfy { $0.number("p") == $0.number("p_adjusted") })
        let share = try JSON.rows(try folder.saual("test \(clus) --pairwise awards=Yes~stype --format json").output)
        #expect(share.count == 3 && share.allSatisfy { abs($0.number("estimate") ?? 9) < 1 })
    }

    @Test func `contrasts of estimates equal R`() throws {
        let folder = try folder("apistrat")
        let wanted = try expected("contrasts", "oddsratio-strat")
        let result = try folder.saual(
            "estimate \(strat) --mean hi700 --by sch.wide "
                + "--contrast |(hi700{Yes}/(1-hi700{Yes}))/(hi700{No}/(1-hi700{No}))| --contrast |hi700{Yes}/hi700{No}| "
                + "--contrast |hi700{Yes}-hi700{No}| --df full --format json")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try JSON.rows(result.output).filter { $0["statistic"] == "contrast" }
        #expect(rows.count == 3)
        for (position, row) in rows.enumerated() {
            expectEqual(row.number("estimate"), wanted["estimate"][position].double, "estimate")
            expectEqual(row.number("se"), wanted["se"][position].double, "se")
            expectEqual(row.number("ci_low"), wanted["ci_t"]["lower"][position].double, "low")
            #expect((row.number("p_adjusted") ?? 0) >= (row.number("p") ?? 1))
        }
        let object = try JSON.object(result.output)
        // Three functions of two shares cannot vary apart, so there is no joint test of them.
        #expect(object["joint"] == nil && object["covariance"] == nil)
    }

    @Test func `tables and rows for machines say the same`() throws {
        let folder = try folder("apistrat")
        let call = "test \(strat) --independence stype,sch.wide --paired api00,api99"
        let csv = try folder.saual("\(call) --format csv").output.split(separator: "\n")
        #expect(csv.count == 3 && csv[0].hasPrefix("test,method,variables,groups,distribution,statistic,df1,df2,p,"))
        #expect(csv[1].contains("stype*sch.wide"))
        for (language, word, sign) in [
            ("en", "independence", "."), ("ru", "независимость", ","), ("kk", "тәуелсіздік", ","),
        ] {
            let table = try folder.saual("\(call) --language \(language)").output
            #expect(table.contains(word), "\(table)")
            // The paired test's p is 1.6e-37: a power of ten, with the language's decimal sign.
            #expect(table.contains("1\(sign)6e-37"), "\(table)")
        }
        let ndjson = try folder.saual("\(call) --format ndjson").output.split(separator: "\n")
        #expect(ndjson.count == 2)
        let markdown = try folder.saual("\(call) --format markdown").output
        #expect(markdown.hasPrefix("| test |"))
        let contrast = try folder.saual(
            "estimate \(strat) --mean api00,api99 --contrast api00/api99 --contrast api00-api99 --log --language ru")
        #expect(contrast.status == 0 && contrast.output.contains("контраст") && contrast.output.contains("все вместе"))
        let rows = try folder.saual("estimate \(strat) --mean api00,api99 --contrast api00-api99 --format csv").output
        #expect(rows.hasPrefix("statistic,variable,answer,estimate,") && rows.contains(",t,p,p_adjusted\n"))
    }

    @Test(arguments: [
        ("", "command.no-test-asked", 2),
        ("--independence stype", "command.wrong-test", 2),
        ("--independence stype,stype", "estimation.tested-with-itself", 2),
        ("--ttest api00", "command.wrong-test", 2),
        ("--ttest api00=x", "command.wrong-test", 2),
        ("--ttest api00~stype", "estimation.more-than-two-groups", 2),
        ("--ttest api00~nowhere", "data.unknown-column", 2),
        ("--rank awards=Yes~stype", "command.wrong-test", 2),
        ("--fit awards", "command.wrong-test", 2),
        ("--fit awards=0.5,x", "command.not-a-number", 2),
        ("--fit awards=0.5,0.6", "estimation.wrong-shares", 2),
        ("--trend api00~stype", "estimation.no-times", 2),
        ("--independence stype,awards --score median", "command.option-of-another", 2),
        ("--rank api00~stype --statistic f", "command.option-of-another", 2),
        ("--rank api00~stype --adjust bh", "command.option-of-another", 2),
        ("--pairwise awards=Perhaps~stype", "command.unknown-answer", 2),
        ("--independence stype,awards --where |stype = \"E\"|", "estimation.one-category", 4),
        ("--independence stype,awards --where |api00 > 5000|", "estimation.empty-domain", 4),
    ])
    func `what cannot be tested is refused, and says why`(options: String, code: String, status: Int32) throws {
        let folder = try folder("apistrat")
        let result = try folder.saual("test \(strat) \(options) --format json")
        #expect(result.status == status && result.errors.contains("\"\(code)\""), "\(options): \(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test(arguments: [
        ("--mean api00 --log", "command.option-of-another"), ("--mean api00 --adjust bh", "command.option-of-another"),
        ("--mean api00 --contrast api0", "estimation.unknown-estimate"),
        ("--mean api00 --total api00 --contrast api00", "estimation.ambiguous-estimate"),
        ("--mean api00 --contrast |api00 +|", "estimation.wrong-contrast"),
    ])
    func `contrasts that mean nothing are refused`(options: String, code: String) throws {
        let folder = try folder("apistrat")
        let result = try folder.saual("estimate \(strat) \(options) --format json")
        #expect(result.status == 2 && result.errors.contains("\"\(code)\""), "\(options): \(result.errors)")
    }
}
