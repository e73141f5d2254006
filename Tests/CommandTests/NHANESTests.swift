import Foundation
import Testing
import SurveyTestSupport

/// The worked example of users of R survey: high cholesterol by race in NHANES 2009-10, from the raw file.
struct NHANESTests {
    private static let line =
        "estimate nhanes.csv --strata SDMVSTRA --psu SDMVPSU --nest --weight WTMEC2YR --share HI_CHOL=1"

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.copy(Saual.root + "/Tests/Reference/data/nhanes_0910_hichol.csv", to: "nhanes.csv")
        return folder
    }

    @Test func `shares, errors, intervals and design effects equal those of R survey`() throws {
        let result = try NHANESTests.folder().saual(
            "\(NHANESTests.line) --by race --by race,RIAGENDR --na NA --format json")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try JSON.rows(result.output)
        let reference = try JSON.reference("nhanes.json")
        #expect(reference.count == 13 && rows.count == 13)
        for expected in reference {
            let row = try #require(rows.first { $0.by == expected.by })
            for field in ["estimate", "se", "ci_low", "ci_high", "df", "n", "n_base", "psus", "sum_weights", "deff"] {
                expectEqual(row.number(field), expected.number(field), "\(expected.group) \(field)")
            }
        }
    }

    @Test func `the covariance of groups equals that of svyby`() throws {
        let line = "\(NHANESTests.line) --by race --na NA --no-total --covariance --df full --ci mean --format json"
        let result = try JSON.object(NHANESTests.folder().saual(line).output)
        let file = try JSON.object(String(contentsOfFile: Saual.root + "/Tests/Reference/nhanes.json", encoding: .utf8))
        let expected = try #require(file["svyby"] as? [String: Any])
        let matrix = try #require(result["covariance"] as? [[Double]])
        let reference = try #require(expected["vcov"] as? [[Double]])
        #expect(matrix.count == 4 && reference.count == 4)
        for (row, numbers) in zip(matrix, reference) {
            for (found, number) in zip(row, numbers) { expectEqual(found, number, "covariance") }
        }
        let rows = try #require(result["rows"] as? [[String: Any]]).map(Row.init)
        let (low, high) = (
            try #require(expected["ci_low"] as? [Double]), try #require(expected["ci_high"] as? [Double])
        )
        for (position, row) in rows.enumerated() {
            expectEqual(row.number("ci_low"), low[position], "ci_low")
            expectEqual(row.number("ci_high"), high[position], "ci_high")
        }
    }

    @Test func `the fields of JSON are those of the manual, in their order`() throws {
        let folder = try NHANESTests.folder()
        let whole = try folder.saual("\(NHANESTests.line) --by race --na NA --format json").output
        #expect(JSON.order(of: whole) == ["saual", "program", "source", "design", "rows", "cautions"])
        #expect(whole.hasPrefix("{\"saual\":\"estimates/1\",\"program\":\"saual "))
        let lines = try folder.saual("\(NHANESTests.line) --by race --na NA --format ndjson").output.split(
            separator: "\n")
        #expect(lines.count == 5)
        for line in lines {
            #expect(
                JSON.order(of: String(line)) == [
                    "statistic", "variable", "answer", "by", "estimate", "se", "ci_low", "ci_high", "ci_method",
                    "level", "df",
                    "n", "n_base", "psus", "sum_weights", "n_eff", "deff", "deff_kind", "cv", "flags", "id",
                ])
            #expect(whole.contains(line))
        }
    }

    @Test func `CSV has the same names and numbers as JSON, with a column for each variable of the groups`() throws {
        let folder = try NHANESTests.folder()
        let csv = try folder.saual("\(NHANESTests.line) --by race --na NA --format csv").output.split(separator: "\n")
        let rows = try folder.saual("\(NHANESTests.line) --by race --na NA --format ndjson").output.split(
            separator: "\n")
        let names = csv[0].split(separator: ",").map(String.init)
        #expect(
            names == [
                "statistic", "variable", "answer", "by_race", "estimate", "se", "ci_low", "ci_high", "ci_method",
                "level", "df",
                "n", "n_base", "psus", "sum_weights", "n_eff", "deff", "deff_kind", "cv", "flags", "id",
            ])
        #expect(csv.count == 6)
        for (line, row) in zip(csv.dropFirst(), rows) {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            // The digits themselves are compared, not what a parser makes of them.
            for (name, cell) in zip(names, cells) where name != "by_race" && name != "flags" {
                #expect(row.contains("\"\(name)\":\(cell),") || row.contains("\"\(name)\":\"\(cell)\""), "\(name)")
            }
            #expect(row.contains(cells[3].isEmpty ? "\"by\":{}" : "\"by\":{\"race\":\"\(cells[3])\"}"))
        }
    }

    @Test func `tables and Markdown have a line for each row and say that they are not for publication`() throws {
        let folder = try NHANESTests.folder()
        let table = try folder.saual("\(NHANESTests.line) --by race --na NA").output
        #expect(
            table.split(separator: "\n").prefix(3) == [
                "statistic  variable  answer  race  estimate     SE         interval    n  base  flags",
                "---------  --------  ------  ----  --------  -----  ---------------  ---  ----  -----",
                "share      HI_CHOL   1       all     11.21%  0.54%  10.11% – 12.42%  787  7846",
            ])
        #expect(table.contains("\n\nNot for publication:"))
        let markdown = try folder.saual("\(NHANESTests.line) --by race --na NA --format markdown").output.split(
            separator: "\n")
        #expect(markdown[0] == "| statistic | variable | answer | race | estimate | SE | interval | n | base | flags |")
        #expect(markdown[1] == "| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |")
        #expect(markdown[2] == "| share | HI_CHOL | 1 | all | 11.21% | 0.54% | 10.11% – 12.42% | 787 | 7846 |  |")
        let russian = try folder.saual("\(NHANESTests.line) --by race --na NA --language ru").output
        #expect(russian.contains("11,21%  0,54%  10,11% – 12,42%") && russian.contains("Не для публикации"))
        let kazakh = try folder.saual("\(NHANESTests.line) --by race --na NA --language kk").output
        #expect(kazakh.contains("11,21%") && kazakh.contains("Жариялауға арналмаған"))
    }

    @Test(arguments: ["json", "ndjson", "csv"])
    func `machine formats are the same in every language and locale`(format: String) throws {
        let folder = try NHANESTests.folder()
        let line = "\(NHANESTests.line) --by race --na NA --format \(format)"
        let plain = try folder.saual(line).output
        for locale in ["ru_RU.UTF-8", "kk_KZ.UTF-8", "de_DE.UTF-8", "C", ""] {
            let settings = ["LC_ALL": locale, "LANG": locale, "LC_NUMERIC": locale]
            #expect(try folder.saual(line, environment: settings).output == plain, "\(locale)")
        }
        for language in ["kk", "ru"] {
            #expect(try folder.saual("\(line) --language \(language)").output == plain, "\(language)")
        }
    }

    @Test func `the same request has the same ids, another request has others`() throws {
        let folder = try NHANESTests.folder()
        func ids(_ more: String) throws -> [String] {
            try JSON.lines(folder.saual("\(NHANESTests.line) --na NA --format ndjson \(more)").output).compactMap {
                $0["id"]
            }
        }
        let first = try ids("--by race")
        #expect(first.allSatisfy { $0.count == 12 && $0.allSatisfy(\.isHexDigit) } && Set(first).count == 5)
        #expect(try ids("--by race") == first)
        #expect(Set(try ids("--by race --level 0.9")).isDisjoint(with: first))
        #expect(try ids("--by RIAGENDR --by race").first == first.first)
    }

    @Test func `the result goes to a file whole, and replaces one only when told to`() throws {
        let folder = try NHANESTests.folder()
        let line = "\(NHANESTests.line) --na NA --format csv -o out.csv"
        let first = try folder.saual(line)
        #expect(first.status == 0 && first.output.isEmpty)
        let written = try folder.text(of: "out.csv")
        #expect(written.hasPrefix("statistic,variable,answer,"))
        let again = try folder.saual(line.replacingOccurrences(of: "HI_CHOL=1", with: "HI_CHOL=0"))
        #expect(again.status == 2, "\(again.status)")
        #expect(again.errors.contains("out.csv") && again.errors.contains("--force"))
        #expect(try folder.text(of: "out.csv") == written)
        let forced = try folder.saual(line.replacingOccurrences(of: "HI_CHOL=1", with: "HI_CHOL=0") + " --force")
        #expect(forced.status == 0)
        #expect(try folder.text(of: "out.csv") != written)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["nhanes.csv", "out.csv"])
    }
}
