import Foundation
import SurveyTestSupport
import Testing

/// Quantiles, moments, inequality and poverty from the command line.
struct DistributionTests {
    private let design = "--strata stype --weight pw --fpc fpc"

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(
            try String(contentsOf: ReferenceFolder.url.appendingPathComponent("data/apistrat.csv"), encoding: .utf8),
            to: "strat.csv")
        return folder
    }

    /// `svyquantile(~api00, dstrat, c(0.25, 0.5, 0.75))` of R 4.2.2, survey 4.1-1, run on 2026-11-21.
    @Test func `quantiles of R survey, with their p`() throws {
        let result = try folder().saual("estimate strat.csv \(design) --quantile api00:0.25,0.5,0.75 --format json")
        let rows = try JSON.rows(result.output)
        #expect(rows.map { $0.number("p") } == [0.25, 0.5, 0.75])
        #expect(rows.map { $0.number("estimate") } == [565, 668, 756])
        #expect(rows.map { $0.number("ci_low") } == [535, 642, 726])
        #expect(rows.map { $0.number("ci_high") } == [597, 694, 778])
        #expect(isClose(rows[1].number("se") ?? 0, 13.184055788161812, tolerance: 1e-9))
        #expect(Set(rows.compactMap { $0["id"] }).count == 3)
        #expect(rows.allSatisfy { $0["statistic"] == "quantile" && $0["ci_method"] == "mean" })
    }

    @Test func `what is asked twice is answered once`() throws {
        let rows = try JSON.rows(
            try folder().saual(
                "estimate strat.csv \(design) --quantile api00:0.5,0.50 --quantile api00:0.25,0.5 --gini enroll,enroll "
                    + "--poverty enroll --poverty enroll:0.6 --format json"
            ).output)
        #expect(rows.compactMap { $0["statistic"] } == ["quantile", "quantile", "gini", "poverty"])
        #expect(Set(rows.compactMap { $0["id"] }).count == 4)
    }

    @Test func `every format names the parameter`() throws {
        let folder = try folder()
        let csv = try folder.saual(
            "estimate strat.csv \(design) --quantile api00:0.5 --poverty enroll:0.5 --mean api00 --format csv"
        ).output
        let lines = csv.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(lines[0][..<6].map(String.init) == ["statistic", "variable", "answer", "p", "fraction", "estimate"])
        #expect(lines[1][3] == "0.5" && lines[1][4] == "" && lines[2][3] == "" && lines[2][4] == "0.5")
        #expect(lines[3][3] == "" && lines.allSatisfy { $0.count == lines[0].count })
        let table = try folder.saual("estimate strat.csv \(design) --quantile api00:0.5 --language ru").output
        #expect(table.contains("квантиль    api00       0,5"))
        let open = try folder.saual("estimate strat.csv \(design) --quantile api00:0.001").output
        #expect(open.contains("… – ") && open.contains("open-end"))
        let plain = try folder.saual("estimate strat.csv \(design) --mean api00 --format csv").output
        #expect(plain.hasPrefix("statistic,variable,answer,estimate,"))
    }

    @Test func `moments, inequality and poverty of R`() throws {
        let rows = try JSON.rows(
            try folder().saual(
                "estimate strat.csv \(design) --standard-deviation api00 --correlation api00,enroll --gini enroll "
                    + "--poverty enroll --variance api00 --by stype --format json"
            ).output)
        let cases = try ReferenceFolder.json("inequality.json")["cases"].array.filter {
            $0["kind"].string == "estimate" && $0["dataset"].string == "apistrat"
        }
        #expect(cases.count == 16 && rows.count == 20)
        for entry in cases {
            let row = try #require(
                rows.first {
                    $0["statistic"] == entry["statistic"].string && $0.by["stype"] ?? "" == entry["group"].string
                })
            #expect(isClose(row.number("estimate") ?? 0, entry["estimate"].double ?? 1, tolerance: 1e-9))
            // R's derivative of the Gini index is numerical.
            #expect(isClose(row.number("se") ?? 0, entry["se"].double ?? 1, tolerance: 1e-7))
        }
        #expect(rows.filter { $0["statistic"] == "correlation" }.allSatisfy { $0["ci_method"] == "fisher" })
    }

    @Test func `intervals of shares have their names, and the preset has R's rules`() throws {
        let folder = try folder()
        for method in ["asin", "wilson", "likelihood"] {
            let rows = try JSON.rows(
                try folder.saual("estimate strat.csv \(design) --share sch.wide --ci \(method) --format json").output)
            #expect(rows.count == 2 && rows.allSatisfy { $0["ci_method"] == method })
        }
        let first = try folder.saual(
            "estimate strat.csv \(design) --quantile api00:0.0001 --conform r-survey-4.1 --format json")
        let own = try folder.saual("estimate strat.csv \(design) --quantile api00:0.0001 --format json")
        // The two lowest scores of the sample.
        #expect(try JSON.rows(own.output).first?.number("estimate") == 398)
        #expect(try JSON.rows(first.output).first?.number("estimate") == 403)
        let edge = try JSON.rows(
            try folder.saual(
                "estimate strat.csv \(design) --share stype --where |stype = \"E\"| --edge-deff 2 --format json"
            ).output)
        #expect(isClose(edge.first?.number("ci_low") ?? 0, pow(0.025, 1 / 50), tolerance: 1e-9))
    }

    /// V1 + V2 of two samples that share nothing.
    @Test func `changes of quantiles and of inequality add variances`() throws {
        let folder = try folder()
        let rows = try JSON.rows(
            try folder.saual(
                "change strat.csv strat.csv \(design) --quantile api00:0.5 --gini enroll --poverty enroll --format json"
            ).output)
        #expect(rows.count == 3)
        for row in rows {
            let (from, to) = (row.number("from_se") ?? 0, row.number("to_se") ?? 0)
            #expect(row.number("difference") == 0 && from > 0)
            #expect(isClose(row.number("se") ?? 0, (from * from + to * to).squareRoot(), tolerance: 1e-9))
        }
        #expect(rows[0].number("at") == 0.5 && rows[2].number("at") == 0.6 && rows[0].number("p") == 1)
    }

    @Test(arguments: [
        ("--quantile api00", "command.quantile-without-p"), ("--quantile api00:", "command.quantile-without-p"),
        ("--quantile api00:1.5", "command.wrong-p"), ("--quantile api00:-0.1", "command.wrong-p"),
        ("--quantile api00:half", "command.wrong-p"), ("--quantile api00:0.5,", "command.wrong-p"),
        ("--quantile api00:nan", "command.wrong-p"), ("--quantile api00,enroll:0.5", "command.several-before-colon"),
        ("--poverty enroll:0", "command.wrong-poverty-line"), ("--poverty enroll:inf", "command.wrong-poverty-line"),
        ("--correlation api00", "command.no-pair"), ("--correlation api00,api00", "command.no-pair"),
        ("--correlation api00,api99,enroll", "command.no-pair"),
        ("--mean api00 --quantile-rule hf7", "command.option-of-no-statistic"),
        ("--mean api00 --quantile-ci beta", "command.option-of-no-statistic"),
        ("--mean api00 --open-end extreme", "command.option-of-no-statistic"),
        ("--mean api00 --edge-deff 2", "command.option-of-no-statistic"),
        ("--mean api00 --correlation-ci mean", "command.option-of-no-statistic"),
        ("--share stype --edge-deff 0", "command.wrong-edge-effect"),
        ("--quantile api00:0.5 --quantile-ci replicate", "estimation.no-replicates-for-quantiles"),
        ("--quantile nosuch:0.5", "data.unknown-column"),
    ])
    func `what has no meaning is refused`(options: String, code: String) throws {
        let result = try folder().saual("estimate strat.csv \(design) \(options) --format json")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(try JSON.lines(result.errors).map { $0["code"] } == [code])
    }
}
