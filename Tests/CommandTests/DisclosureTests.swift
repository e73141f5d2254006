import Foundation
import Testing
import SurveyTestSupport

/// Figures that the rules of publication withhold, and columns that are private, come out nowhere.
struct DisclosureTests {
    private static let formats = ["table", "json", "ndjson", "csv", "markdown"]

    private static func rows(_ line: String, _ folder: TemporaryFolder) throws -> [Row] {
        try JSON.rows(folder.saual("indicators small-study.saual \(line) --format json --quiet").output)
    }

    @Test func `withheld figures and those that would give them away have no number in any format`() throws {
        let folder = try PreparedStudy.small()
        let published = try DisclosureTests.rows("", folder)
        let inside = try DisclosureTests.rows("--internal", folder)
        #expect(published.count == 31 && inside.count == 31)
        let withheld = published.filter { !$0.has("se") }
        #expect(withheld.count == 21)
        #expect(Set(withheld.compactMap { $0["display"] }) == ["hidden", "complementary"])
        for row in withheld {
            let allowed: Set = [
                "indicator", "definition", "wave", "by", "estimate", "id", "display", "base", "base_expression", "unit",
                "direction",
            ]
            #expect(Set(row.fields.keys).isSubset(of: allowed), "\(row.fields.keys)")
            #expect(row.fields["estimate"] is NSNull)
        }
        var texts: [String: String] = [:]
        for format in DisclosureTests.formats {
            texts["indicators \(format)"] = try folder.saual("indicators small-study.saual --format \(format)").output
        }
        texts["report json"] = try folder.saual("report small-study.saual --format json").output
        for language in ["en", "ru", "kk"] { texts[language] = try folder.text(of: "results/report-\(language).html") }
        texts["report.json"] = try folder.text(of: "results/report.json")
        let shownIntervals = Set(
            inside.filter { row in !withheld.contains { $0["id"] == row["id"] } }.map(DisclosureTests.interval))
        for row in inside where withheld.contains(where: { $0["id"] == row["id"] }) {
            let value = try #require(row.number("estimate"))
            let digits = String(String(value).prefix(9))
            for (name, text) in texts {
                #expect(value == 1 || !text.contains(digits), "\(name) has \(row["indicator"] ?? "") \(row.group)")
            }
            // What people read is rounded: the interval in per cent is as good as a fingerprint.
            let interval = DisclosureTests.interval(row)
            guard !interval.isEmpty, !shownIntervals.contains(interval) else { continue }
            #expect(
                try !#require(texts["en"]).contains(interval), "\(row["indicator"] ?? "") \(row.group): \(interval)")
        }
    }

    /// The interval of a share as the English report writes it: `36.3–91.0`.
    private static func interval(_ row: Row) -> String {
        guard row["statistic"] == "share", let low = row.number("ci_low"), let high = row.number("ci_high") else {
            return ""
        }
        return String(format: "%.1f–%.1f", low * 100, high * 100)
    }

    @Test func `no breakdown has a single hidden group that the others and the whole would give away`() throws {
        let folder = try PreparedStudy.small()
        for line in ["", "--by region", "--by sex,region", "--by age_group --by region", "--by trust"] {
            let rows = try DisclosureTests.rows(line, folder)
            let tables = Dictionary(grouping: rows.filter { !$0.by.isEmpty }) { row in
                "\(row["indicator"] ?? "") \(row.by.keys.sorted())"
            }
            for (name, table) in tables {
                let whole = rows.first { $0["indicator"] == table.first?["indicator"] && $0.by.isEmpty }
                let hidden = table.count { !$0.has("se") } + (whole?.has("se") == true ? 0 : 1)
                #expect(hidden != 1, "\(line): \(name)")
            }
        }
    }

    @Test func `region 03 and one more region are hidden, and the whole is shown`() throws {
        let folder = try PreparedStudy.small()
        let rows = try DisclosureTests.rows("--by region --indicator contact_share", folder)
        #expect(rows.map { $0.by["region"] ?? "" } == ["", "01", "02", "03"])
        #expect(rows.map { $0["display"] } == ["shown", "shown", "hidden", "hidden"])
        let table = try folder.saual("indicators small-study.saual --by region --indicator trust_mean --language en")
            .output
        let expected = """
            indicator   wave  group           estimate             interval   n  base  base in words
            ----------  ----  -------------  ---------  -------------------  --  ----  ---------------------------------------
            trust_mean  2026  all              2.32635    2.11741 – 2.53530  93    93  answered: Do you trust the institution?
            trust_mean  2026  Made-up north  [2.48932]  [2.10542 – 2.87322]  44    44  answered: Do you trust the institution?
            trust_mean  2026  Made-up east           …                    …   …     …  answered: Do you trust the institution?
            trust_mean  2026  Made-up south          …                    …   …     …  answered: Do you trust the institution?

            SYNTHETIC DATA: no figure here says anything about real people.
            … hidden: too few people or too imprecise, or it would give such a figure away. [ ] low base.
            Made-up data, nobody was interviewed

            """
        #expect(table == expected)
    }

    @Test func `groups of nine, four and one are hidden beside a group of fifty`() throws {
        let folder = try TemporaryFolder()
        try folder.copy(Saual.fixtures + "/small.csv", to: "small.csv")
        try folder.write(
            """
            saual: questionnaire/1
            id: groups
            version: "1"
            title: Groups
            languages: [en]
            key: id
            questions:
              - {id: id, text: Id, type: text}
              - {id: stratum, text: Stratum, type: text}
              - {id: psu, text: PSU, type: text}
              - {id: weight, text: Weight, type: number}
              - {id: group, text: Group, type: single, answers: {north: North, south: South, east: East, west: West}}
              - {id: q1, text: Question, type: single, answers: {1: "Yes", 2: "No"}}

            """, to: "q.yaml")
        try folder.write(
            """
            saual: indicators/1
            indicators:
              - {id: yes_share, version: 1, name: Share, share: q1 = 1, base: everyone, by: [group]}

            """, to: "i.yaml")
        try folder.write(
            """
            saual: study/1
            id: groups
            title: Groups
            synthetic: true
            languages: [en]
            waves: [{id: "1", file: small.csv, questionnaire: q.yaml}]
            design: {strata: stratum, psu: psu, weight: weight}
            indicators: [i.yaml]
            publication: {share standard: none}

            """, to: "study.yaml")
        let run = try folder.saual("run study.yaml")
        #expect(run.status == 0, "\(run.errors)")
        let rows = try JSON.rows(folder.text(of: "results/report.json"))
        #expect(rows.map { $0.by["group"] ?? "" } == ["", "north", "south", "east", "west"])
        #expect(rows.map { $0["display"] } == ["shown", "shown", "hidden", "hidden", "hidden"])
        #expect(rows.dropFirst(2).allSatisfy { !$0.has("n") && !$0.has("n_base") && !$0.has("sum_weights") })
        #expect(rows[0].number("n_base") == 64 && rows[1].number("n_base") == 50)
    }

    @Test func `a hidden cell is no failure unless it is asked to be one`() throws {
        let folder = try PreparedStudy.small()
        #expect(try folder.saual("indicators small-study.saual").status == 0)
        #expect(try folder.saual("indicators small-study.saual --fail-on hidden").status == 1)
        let shown = try folder.saual("indicators small-study.saual --by sex --indicator contact_share --fail-on hidden")
        #expect(shown.status == 0)
    }

    @Test func `a problem of the design quotes no key of a private column`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        func text(of name: String) throws -> String { String(decoding: try folder.bytes(of: name), as: UTF8.self) }
        let wave = try text(of: "wave.csv").replacingOccurrences(
            of: "syn-001,2026-05-05,01,101", with: "syn-001,2026-05-05,02,101")
        try folder.write(wave, to: "wave.csv")
        let open = try folder.saual("run study.yaml")
        #expect(open.status == 4 && open.errors.contains("found in several: 101"), "\(open.errors)")
        let questionnaire = try text(of: "questionnaire.yaml").replacingOccurrences(
            of: "en: \"Primary sampling unit\"}\n", with: "en: \"Primary sampling unit\"}\n    private: true\n")
        try folder.write(questionnaire, to: "questionnaire.yaml")
        for line in ["run study.yaml", "indicators small-study.saual", "estimate small-study.saual --count"] {
            let result = try folder.saual(line)
            #expect(result.status == 4 && result.errors.contains("found in several: …"), "\(line) \(result.errors)")
            #expect(!result.errors.contains("101"))
        }
    }

    @Test func `internal output, and output of synthetic data, says so in every format`() throws {
        let folder = try PreparedStudy.small()
        func output(_ format: String) throws -> String {
            try folder.saual("indicators small-study.saual --internal --format \(format)").output
        }
        #expect(try output("table").contains("\nINTERNAL: made without publication rules; not to be passed on.\n"))
        #expect(try output("markdown").contains("\nINTERNAL: made without publication rules; not to be passed on.\n"))
        #expect(try JSON.object(output("json"))["internal"] as? Bool == true)
        for stamp in ["internal", "synthetic"] {
            #expect(try JSON.lines(output("ndjson")).allSatisfy { $0.fields[stamp] as? Bool == true })
        }
        let csv = try output("csv").split(separator: "\n")
        #expect(csv.first?.hasSuffix(",internal,synthetic") == true)
        #expect(csv.dropFirst().allSatisfy { $0.hasSuffix(",true,true") })
        let report = try folder.saual("report small-study.saual --internal").output
        #expect(report.contains("For internal use.") && report.contains("Internal: not for publication."))
        let json = try JSON.object(folder.saual("report small-study.saual --internal --format json").output)
        #expect((json["study"] as? [String: Any])?["internal"] as? Bool == true)
        #expect(try !folder.saual("report small-study.saual").output.contains("For internal use."))
    }

    @Test(arguments: [
        "estimate small-study.saual --share phone", "estimate small-study.saual --share sex --by why",
        "estimate small-study.saual --count --where |phone = \"x\"|",
        "estimate small-study.saual --count --weight phone",
        "indicators small-study.saual --by phone", "estimate small-study.saual --count --psu phone",
    ])
    func `a private column that is asked for outright is exit 5`(line: String) throws {
        let result = try PreparedStudy.small().saual(line)
        #expect(result.status == 5 && result.output.isEmpty, "\(result.status) \(result.errors)")
        #expect(result.errors.contains("is private\n  why:   private columns never leave the study file\n"))
        #expect(!result.errors.contains("+0 000"))
    }

    @Test func `nothing of private columns is described or reported, also internally`() throws {
        let folder = try PreparedStudy.small()
        let wave = try folder.text(of: "wave.csv")
        #expect(wave.contains("made-up reason") && wave.contains("+0 000 000"))
        let described = try JSON.rows(folder.saual("describe small-study.saual --format json").output, in: "variables")
        for name in ["why", "phone"] {
            let variable = try #require(described.first { $0["name"] == name })
            #expect(variable.fields["private"] as? Bool == true)
            #expect(Set(variable.fields.keys) == ["name", "label", "type", "private"])
        }
        var texts = [try folder.text(of: "results/report.json")]
        for language in ["en", "ru", "kk"] { texts.append(try folder.text(of: "results/report-\(language).html")) }
        for line in [
            "describe small-study.saual", "describe small-study.saual --format markdown",
            "report small-study.saual --internal",
            "indicators small-study.saual --internal", "describe small-study.saual --variables why,phone",
        ] {
            texts.append(try folder.saual(line).output)
        }
        for text in texts { #expect(!text.contains("made-up reason") && !text.contains("+0 000")) }
    }

    @Test(arguments: [
        "share: missing(phone)", "share: sex = 1, where: phone = \"x\"", "share: sex = 1, base: answered phone",
    ])
    func `definitions on the command line cannot look into private columns`(formula: String) throws {
        let folder = try PreparedStudy.small()
        let base = formula.contains("base:") ? "" : ", base: everyone"
        let name = "{kk: a, ru: a, en: a}"
        try folder.write(
            """
            saual: indicators/1
            indicators:
              - {id: peek, version: 1, name: \(name), \(formula)\(base), source: \(name)}

            """, to: "own.yaml")
        for option in ["", " --internal"] {
            let result = try folder.saual("indicators small-study.saual --define own.yaml" + option)
            #expect(result.status == 5 && result.output.isEmpty, "\(result.errors)")
            #expect(result.errors.hasPrefix("\"phone\" is private\n"))
        }
    }
}
