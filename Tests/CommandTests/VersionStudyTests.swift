import Foundation
import Testing
import SurveyTestSupport

/// A study of two waves, the earlier asked with an older version: figures by hand, from `Fixtures/two-versions`.
struct VersionStudyTests {
    private static func studied() throws -> TemporaryFolder {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        let result = try folder.saual("run study.yaml --quiet")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        return folder
    }

    @Test func `indicators of the earlier wave are computed in the terms of the later one`() throws {
        let folder = try VersionStudyTests.studied()
        let rows = try JSON.rows(folder.saual("indicators two-versions.saual --internal --format json --quiet").output)
        // Weights of 2022: 1, 1, 2, 2, 1, 1, 1, 1, in all 10; of 2023: 1 each.
        //   ready     1 + 1 + 1 + 1 of 10 said yes or rather yes;    s.e. √(8/7 · Σ (w(y − 0.4)/10)²) = √(8/7 · 0.0304)
        //   low       old codes 1 and 2: a1, a2, a8, so 3 of 10;     √(8/7 · (3 · 0.07² + 2 · 0.06² + 3 · 0.03²))
        //   educated  the others, 7 of 10
        //   internet  old items 2 or 3: a2, a3 (2), a5, a6, so 5 of 9, for a7 broke off
        //   mean_age  (20 + 30 + 2·40 + 2·50 + 60 + 70 + 35) / 9, for the age of a7 is a code
        let byHand: [String: (before: Double, after: Double)] = [
            "ready": (0.4, 0.4), "low": (0.3, 0.2), "educated": (0.7, 0.8), "internet": (5.0 / 9, 0.6),
            "mean_age": (395.0 / 9, 40),
        ]
        for (indicator, expected) in byHand {
            for (wave, value) in [("2022", expected.before), ("2023", expected.after)] {
                let row = try #require(
                    rows.first { $0["indicator"] == indicator && $0["wave"] == wave && $0.by.isEmpty })
                expectEqual(row.number("estimate"), value, "\(indicator) \(wave)")
            }
        }
        let ready = try #require(rows.first { $0["indicator"] == "ready" && $0["wave"] == "2022" })
        expectEqual(ready.number("se"), (8.0 / 7 * 0.0304).squareRoot(), "ready")
        let low = try #require(rows.first { $0["indicator"] == "low" && $0["wave"] == "2022" })
        expectEqual(low.number("se"), (8.0 / 7 * (3 * 0.0049 + 2 * 0.0036 + 3 * 0.0009)).squareRoot(), "low")
        // What was not asked has no base, so no figure.
        let seen = try #require(rows.first { $0["indicator"] == "seen" && $0["wave"] == "2022" })
        #expect(seen.number("n_base") == 0 && seen.number("estimate") == nil)
        // Groups are those of the later version: a1, a2, a8 below secondary.
        let groups = rows.filter { $0["indicator"] == "ready" && $0["wave"] == "2022" && !$0.by.isEmpty }
        #expect(groups.map { $0.by["edu"] } == ["1", "2", "3"])
        #expect(groups.map { $0.number("n_base") } == [3, 3, 2])
    }

    @Test func `a wave of a study file has the later names and codes, or as asked on demand`() throws {
        let folder = try VersionStudyTests.studied()
        let mapped = try JSON.rows(folder.saual("estimate two-versions.saual:2022 --share edu --format json").output)
        #expect(mapped.map { $0["answer"] } == ["1", "2", "3"])
        for (row, share) in zip(mapped, [0.3, 0.5, 0.2]) { expectEqual(row.number("estimate"), share, "edu") }
        // The weight of the design has another name there.
        let asked = try JSON.rows(
            folder.saual("estimate two-versions.saual:2022 --share edu,would_report --as-asked --format json").output)
        #expect(asked.filter { $0["variable"] == "edu" }.map { $0["answer"] } == ["1", "2", "3", "4", "5"])
        for (row, share) in zip(asked, [0.2, 0.1, 0.3, 0.2, 0.2]) { expectEqual(row.number("estimate"), share, "edu") }
        let unknown = try folder.saual("estimate two-versions.saual:2022 --share would_report")
        #expect(unknown.status == 2)
        let variables = try JSON.rows(
            folder.saual("describe two-versions.saual:2022 --format json").output, in: "variables")
        let missing = { (name: String) in
            variables.first { $0["name"] == name }?.fields["n_missing"] as? [String: Int]
        }
        // Own kinds keep their names, though their numbers differ between the versions.
        #expect(missing("ready_report") == ["dont-know": 1, "broken-off": 1])
        #expect(missing("age") == ["broken-off": 1] && missing("forms") == ["not-in-wave": 8])
        let stored = try folder.saual("describe two-versions.saual:2022 --as-asked --variables would_report")
        #expect(stored.status == 0 && stored.output.contains("Would you report?"))
        let raw = try folder.saual("describe wave-2022.csv --as-asked")
        #expect(raw.status == 2 && raw.errors.hasPrefix("Option \"--as-asked\" goes with a study file only\n"))
    }

    @Test func `check finds what a map leaves out, with both files and with the study`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        try folder.replace(
            "edu: {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}", with: "edu: {1: 1, 2: 1, 3: 2, 6: 2}", in: "questionnaire-2023.yaml")
        try folder.replace("absent: [forms]", with: "absent: []", in: "questionnaire-2023.yaml")
        for files in ["questionnaire-2023.yaml questionnaire-2022.yaml", "study.yaml"] {
            let result = try folder.saual("check \(files) --format json")
            #expect(result.status == 1)
            let found = try JSON.lines(result.errors).map { row in
                "\(row["code"] ?? "") \(row["file"] ?? ""):\(Int(row.number("line") ?? 0)):\(Int(row.number("position") ?? 0))"
            }
            #expect(
                found == [
                    "schema.not-there questionnaire-2023.yaml:36:14",
                    "schema.unmapped-answers questionnaire-2023.yaml:39:7",
                    "schema.unknown-code-there questionnaire-2023.yaml:39:31",
                ], "\(files)")
        }
        // The newer file alone cannot know.
        #expect(try folder.saual("check questionnaire-2023.yaml").status == 0)
        #expect(try folder.saual("run study.yaml").status == 3)
    }

    @Test func `without an entry each wave is read by its own questionnaire`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        try folder.replace(
            "version: \"2022\"\n    renamed", with: "version: \"2021\"\n    renamed", in: "questionnaire-2023.yaml")
        let result = try folder.saual("check study.yaml --format json")
        #expect(result.status == 1)
        let found = try JSON.lines(result.errors)
        // The design and the indicators name what the older wave did not ask.
        #expect(found.first?["code"] == "study.unknown-design-question")
        #expect(found.contains { $0["detail"] == "2022 (two-versions 2022)" })
    }

    @Test func `a question of the design that the older version lacks is found`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        try folder.replace("{weight: w}", with: "{weight: w, strata: forms}", in: "study.yaml")
        let found = try JSON.lines(folder.saual("check study.yaml --format json").errors)
        #expect(found.map { $0["code"] } == ["study.design-not-asked"])
        #expect(found.first?.number("line") == 9 && found.first?.number("position") == 29)
    }

    @Test func `reports name both versions, and another map makes them again`() throws {
        let folder = try VersionStudyTests.studied()
        let report = try folder.text(of: "results/report.json")
        #expect(report.contains("two-versions 2022 → 2023"))
        try folder.replace("5: 3}", with: "5: 2}", in: "questionnaire-2023.yaml")
        let stale = try folder.saual("run study.yaml --check")
        #expect(stale.status == 1 && stale.errors.contains("Step \"reports\" is out of date"))
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        let mapped = try JSON.rows(folder.saual("estimate two-versions.saual:2022 --share edu --format json").output)
        for (row, share) in zip(mapped, [0.3, 0.7, 0]) { expectEqual(row.number("estimate"), share, "edu") }
    }

    @Test func `a wave of the first version is read in the terms of the third through the second`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        // The third version calls the question of education otherwise, and has two classes left.
        var text = try folder.text(of: "questionnaire-2023.yaml")
        let versions = try #require(text.range(of: "versions:\n"))
        text = String(text[..<versions.lowerBound])
        for (old, new) in [
            ("version: \"2023\"", "version: \"2024\""), ("id: edu\n", "id: schooling\n"),
            (", 3: {ru: \"Высшее\", en: \"Higher\"}", ""), ("edu in [2, 3]", "schooling = 2"),
            ("edu = 1", "schooling = 1"),
        ] {
            #expect(text.contains(old))
            text = text.replacingOccurrences(of: old, with: new)
        }
        try folder.write(
            text + "versions:\n  - {version: \"2023\", renamed: {schooling: edu}, recoded: {schooling: {3: 2}}}\n",
            to: "questionnaire-2024.yaml")
        let lines = try folder.text(of: "wave-2023.csv").split(separator: "\n").map { line in
            var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            cells[3] = ["edu": "schooling", "3": "2"][cells[3]] ?? cells[3]
            return cells.joined(separator: ",") + "\n"
        }
        try folder.write(lines.joined(), to: "wave-2024.csv")
        try folder.replace(
            "questionnaire-2023.yaml}",
            with: "questionnaire-2023.yaml}\n  - {id: \"2024\", file: wave-2024.csv, "
                + "questionnaire: questionnaire-2024.yaml}", in: "study.yaml")
        try folder.write(
            folder.text(of: "indicators.yaml").replacingOccurrences(of: "edu =", with: "schooling =")
                .replacingOccurrences(of: "by: [edu]", with: "by: [schooling]")
                .replacingOccurrences(of: "base: asked edu", with: "base: asked schooling"), to: "indicators.yaml")
        let run = try folder.saual("run study.yaml --quiet")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        // In the terms of 2023 it was 0.3, 0.5 and 0.2.
        let rows = try JSON.rows(
            folder.saual("estimate two-versions.saual:2022 --share schooling --format json").output)
        #expect(rows.map { $0["answer"] } == ["1", "2"])
        for (row, share) in zip(rows, [0.3, 0.7]) { expectEqual(row.number("estimate"), share, "schooling") }
        let indicators = try JSON.rows(
            folder.saual("indicators two-versions.saual --wave 2022 --internal --format json --quiet").output)
        let low = try #require(indicators.first { $0["indicator"] == "low" && $0.by.isEmpty })
        expectEqual(low.number("estimate"), 0.3, "low")
        #expect(try folder.text(of: "results/report.json").contains("two-versions 2022 → 2024"))
        // A mistake in the map between is told at its place.
        try folder.replace("5: 3}", with: "5: 3, 6: 2}", in: "questionnaire-2023.yaml")
        let found = try JSON.lines(folder.saual("check study.yaml --format json").errors)
        #expect(found.map { $0["code"] } == ["schema.unknown-code-there"])
        #expect(found.first?["file"] == "questionnaire-2023.yaml")
    }
}
