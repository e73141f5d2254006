import Foundation
import Testing
import SurveyTestSupport

/// The synthetic study of two waves, which has families, composites, bounds, plans and changes.
struct ContactsStudyTests {
    private struct Output {
        let rows: [Row]
        let changes: [Row]

        init(_ text: String) throws {
            rows = try JSON.rows(text)
            changes = try JSON.rows(text, in: "changes")
        }
    }

    private func row(_ rows: [Row], like expected: Row) throws -> Row {
        try #require(
            rows.first {
                $0["indicator"] == expected["indicator"] && $0.by == expected.by
                    && (expected["wave"] == nil || $0["wave"] == expected["wave"])
            }, "\(expected.fields)")
    }

    @Test func `families, composites and bounds equal R survey, the whole and by groups`() throws {
        let folder = try PreparedStudy.contacts()
        let output = try Output(
            folder.saual("indicators contacts-study.saual --internal --change --format json --quiet").output)
        let reference = try JSON.reference("contacts-study.json")
        #expect(reference.count == 194 && output.rows.count == 132)
        for expected in reference {
            let found = try row(output.rows, like: expected)
            let bound = expected["bound"] ?? ""
            var fields = found.fields
            if !bound.isEmpty {
                let bounds = try #require(found.fields["bounds"] as? [String: Any])
                fields = try #require(bounds[bound] as? [String: Any])
            }
            let name = "\(expected["indicator"] ?? "") \(expected["wave"] ?? "") \(expected.group) \(bound)"
            let names = ["estimate", "se", "ci_low", "ci_high", "n_base"] + (bound.isEmpty ? ["df"] : [])
            for field in names {
                expectEqual(Row(fields: fields).number(field), expected.number(field), "\(name) \(field)")
            }
        }
    }

    @Test func `changes of waves in the same PSUs equal R survey on both waves together`() throws {
        let folder = try PreparedStudy.contacts()
        let text = try folder.saual("indicators contacts-study.saual --internal --change --format json --quiet").output
        try checkChanges(Output(text), error: "se", df: "df", psus: 24)
    }

    @Test func `changes of independent waves have the sum of both variances`() throws {
        let folder = try PreparedStudy.contacts()
        try folder.replace("samples: shared-psu", with: "samples: independent", in: "study.yaml")
        try folder.saual("run study.yaml --quiet")
        let text = try folder.saual("indicators contacts-study.saual --internal --change --format json --quiet").output
        try checkChanges(Output(text), error: "independent_se", df: "independent_df", psus: 0)
    }

    private func checkChanges(_ output: Output, error: String, df: String, psus: Double) throws {
        let file = try String(contentsOfFile: "\(Saual.root)/Tests/Reference/contacts-study.json", encoding: .utf8)
        let reference = try JSON.rows(file, in: "changes")
        #expect(reference.count == 65 && output.changes.count == 65)
        for expected in reference {
            let found = try row(output.changes, like: expected)
            let name = "\(expected["indicator"] ?? "") \(expected.group)"
            if ["ready_to_report", "weighted"].contains(expected["indicator"]) {
                // A break lies between, of the indicator or of a part: no number, and the reason.
                #expect(found["break"] == "wording changed" && found.fields["difference"] is NSNull && !found.has("se"))
                continue
            }
            expectEqual(found.number("difference"), expected.number("difference"), "\(name) difference")
            expectEqual(found.number("se"), expected.number(error), "\(name) se")
            expectEqual(found.number("df"), expected.number(df), "\(name) df")
            #expect(found.number("shared_psus") == psus && found["from_wave"] == "2022" && found["to_wave"] == "2023")
        }
    }

    @Test func `plan, status, evidence, published value and break stand beside the figure`() throws {
        let folder = try PreparedStudy.contacts()
        let rows = try JSON.rows(folder.saual("indicators contacts-study.saual --format json --quiet").output)
        func whole(_ id: String, _ wave: String) throws -> Row {
            try #require(rows.first { $0["indicator"] == id && $0["wave"] == wave && $0.by.isEmpty })
        }
        let bribery = try whole("bribery", "2023")
        #expect(bribery.fields["plan"] as? [Double] == [0.2, 0.25])
        #expect(bribery["status"] == "not-reached" && bribery["evidence"] == "shown")
        let published = try #require(bribery.fields["published"] as? [String: Any])
        #expect(published["value"] as? Double == 0.282 && published["printed"] as? String == "28,2")
        #expect(published["status"] as? String == "Исполнено" && published["vintage"] as? String == "2024-10-24")
        #expect(try whole("bribery", "2022").number("plan") == 0.296)
        #expect(try whole("contribution", "2023")["evidence"] == "not-distinguishable")
        #expect(try whole("points", "2023")["status"] == "reached" && !whole("points", "2023").has("evidence"))
        #expect(try whole("ready_to_report", "2023")["break"] == "wording changed")
        #expect(try !whole("ready_to_report", "2022").has("break"))
        #expect(try whole("cause[2]", "2023")["family"] == "cause")
        #expect(try !whole("contribution", "2023").has("base_expression"))
        let group = try #require(rows.first { $0["indicator"] == "bribery" && $0.by == ["sex": "1"] })
        #expect(!group.has("plan") && !group.has("status") && group.has("bounds"))
    }

    @Test func `a hidden figure hides its bounds, what is made of it, and its change`() throws {
        let folder = try PreparedStudy.contacts()
        try folder.replace("minimum base: 30, low base: 50", with: "minimum base: 170, low base: 170", in: "study.yaml")
        try folder.saual("run study.yaml --quiet")
        let output = try Output(
            folder.saual("indicators contacts-study.saual --change --format json --quiet").output)
        for id in ["bribery", "gap"] {
            let row = try #require(output.rows.first { $0["indicator"] == id && $0["wave"] == "2023" && $0.by.isEmpty })
            #expect(
                row["display"] == "hidden" && row.fields["estimate"] is NSNull && !row.has("bounds") && !row.has("n"))
            let change = try #require(output.changes.first { $0["indicator"] == id && $0.by.isEmpty })
            #expect(change["display"] == "hidden" && change.fields["difference"] is NSNull && !change.has("from"))
        }
        let shown = try #require(output.rows.first { $0["indicator"] == "contribution" && $0.by.isEmpty })
        #expect(shown["display"] == "shown")
        let bribery = try #require(output.rows.first { $0["indicator"] == "bribery" && $0["wave"] == "2023" })
        #expect(bribery["status"] == "no-data" && !bribery.has("evidence"))
    }

    @Test func `fail-on takes hidden figures and plans that are not reached`() throws {
        let folder = try PreparedStudy.contacts()
        func status(_ options: String) throws -> Int32 {
            try folder.saual("indicators contacts-study.saual \(options) --quiet").status
        }
        #expect(try status("--indicator bribery --fail-on plan") == 1)
        #expect(try status("--indicator bribery --fail-on hidden") == 0)
        #expect(try status("--indicator points --fail-on plan,hidden") == 0)
        #expect(try status("--indicator bribe_at --fail-on hidden") == 1)
        let wrong = try folder.saual("indicators contacts-study.saual --fail-on plans")
        #expect(wrong.status == 2 && wrong.errors.contains("use --fail-on plan"))
    }

    @Test func `a family is named as a whole or by its members`() throws {
        let folder = try PreparedStudy.contacts()
        func ids(_ names: String) throws -> [String?] {
            let text = try folder.saual(
                "indicators contacts-study.saual:2023 --indicator \(names) --format json --quiet"
            ).output
            return try JSON.rows(text).filter { $0.by.isEmpty }.map { $0["indicator"] }
        }
        #expect(try ids("cause") == ["cause[1]", "cause[2]", "cause[3]"])
        #expect(
            try ids("cause[2],experience") == [
                "cause[2]", "experience[contact]", "experience[asked]", "experience[paid]",
            ])
    }

    @Test func `the list names families, parts and plans`() throws {
        let folder = try PreparedStudy.contacts()
        let text = try folder.saual("indicators contacts-study.saual --list --format json").output
        let rows = try JSON.rows(text, in: "indicators")
        let member = try #require(rows.first { $0["indicator"] == "bribe_at[02]" })
        #expect(member["family"] == "bribe_at" && member["family_kind"] == "items")
        #expect(member["base_expression"] == "asked(gave[02])")
        #expect((member.fields["plan"] as? [String: Double]) == ["2023": 0.15])
        let composite = try #require(rows.first { $0["indicator"] == "contribution" })
        #expect(composite.fields["parts"] as? [String] == ["ready_to_take_part", "cause[3]", "contact_at[01]"])
        let table = try folder.saual("indicators contacts-study.saual --list").output
        #expect(table.contains("2022: 29.60%; 2023: 20.00% – 25.00%"))
    }

    @Test func `the table and the CSV have plan and fact, and changes in words`() throws {
        let folder = try PreparedStudy.contacts()
        let table = try folder.saual("indicators contacts-study.saual --indicator bribery,ready_to_report --change")
            .output
        #expect(table.contains("28,2, Исполнено") && table.contains("not reached") && table.contains("2022 → 2023"))
        #expect(table.contains("decrease") && table.contains("not comparable: wording changed"))
        #expect(table.contains("ready_to_report, 2023: not comparable with earlier waves: wording changed"))
        let csv = CSVTable(
            try folder.saual("indicators contacts-study.saual --indicator bribery --format csv --quiet").output)
        #expect(csv.column("plan")?.first == "0.296" && csv.column("plan")?.last == "")
        #expect(csv.column("published_printed")?.contains("28,2") == true)
        #expect(csv.column("bounds_high_estimate")?.allSatisfy { !$0.isEmpty } == true)
        let changes = CSVTable(
            try folder.saual("indicators contacts-study.saual --indicator bribery --change --format csv --quiet").output
        )
        #expect(changes.column("verdict")?.first == "decrease" && changes.rows.count == 3)
        let russian = try folder.saual("indicators contacts-study.saual --indicator bribery --change --language ru")
            .output
        #expect(russian.contains("не достигнут") && russian.contains("снижение"))
    }

    @Test func `changes that nobody asked the study for are refused`() throws {
        let small = try PreparedStudy.small()
        let none = try small.saual("indicators small-study.saual --change")
        #expect(none.status == 2 && none.errors.contains("add \"change: {samples: independent}\""))
        let folder = try PreparedStudy.contacts()
        #expect(try folder.saual("indicators contacts-study.saual:2023 --change").status == 2)
        #expect(try folder.saual("indicators contacts-study.saual --list --change").status == 2)
    }

    @Test func `what a questionnaire calls not comparable breaks every indicator that uses it`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        let entries = """
              - {id: moody, version: 1, name: {ru: "М", en: "M"}, share: mood = 1, base: asked mood}
              - {id: mixed, version: 1, name: {ru: "С", en: "X"}, mean of: [moody, low]}

            """
        try folder.write(folder.text(of: "indicators.yaml") + entries, to: "indicators.yaml")
        try folder.write(folder.text(of: "study.yaml") + "change: {samples: independent}\n", to: "study.yaml")
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        let output = try Output(
            folder.saual("indicators two-versions.saual --internal --change --format json --quiet").output)
        for id in ["moody", "mixed"] {
            let rows = output.rows.filter { $0["indicator"] == id }
            #expect(rows.map { $0["break"] } == [nil, "Another order of questions"])
            #expect(output.changes.first { $0["indicator"] == id }?["break"] == "Another order of questions")
        }
        let low = try #require(output.changes.first { $0["indicator"] == "low" })
        // 0.2 in 2023 less 0.3 in 2022.
        let difference = try #require(low.number("difference"))
        #expect(abs(difference + 0.1) < 1e-12 && !low.has("break"))
    }
}
