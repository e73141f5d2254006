import Foundation
import SurveyTestSupport
import Testing

/// Maps of columns in studies, and `saual check` of maps.
struct MapStudyTests {
    private static let map = """
        saual: map/1
        columns:
          nr: number
          G: w
          F1: {question: ready_report, labels: true}
          Bildung: edu
          Tel: {question: "chan[1]", codes: {ja: 1, nein: 0}}
          Netz: "chan[2]"
          Alter: age
          Laune: {question: mood, codes: {gut: 1}}
        ignore: [start]

        """

    /// The study of two versions, its later wave under other names, with labels and other words.
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        let labels = ["1": "Yes", "2": "Скорее да", "3": "Rather no", "4": "Нет"]
        var lines = ["nr,G,F1,Bildung,Tel,Netz,Alter,Laune,start,forms"]
        for line in try folder.text(of: "wave-2023.csv").split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let telephone = ["1": "ja", "0": "nein"][cells[4]] ?? cells[4]
            let mood = cells[7] == "1" ? "gut" : cells[7]
            lines.append(
                [
                    cells[0], cells[1], labels[cells[2]] ?? cells[2], cells[3], telephone, cells[5], cells[6], mood,
                    "x", cells[8],
                ]
                .joined(separator: ","))
        }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "wave-2023.csv")
        try folder.write(map, to: "later-map.yaml")
        try folder.replace(
            "questionnaire: questionnaire-2023.yaml",
            with: "questionnaire: questionnaire-2023.yaml, map: later-map.yaml",
            in: "study.yaml")
        return folder
    }

    /// The rows and the codebook of the later wave.
    private static func content(_ folder: TemporaryFolder) throws -> String {
        #expect(try folder.saual("convert two-versions.saual:2023 rows.csv --force").status == 0)
        return try folder.text(of: "rows.csv")
            + folder.saual("describe two-versions.saual:2023 --format json").output
    }

    @Test func `a study imports a wave through its map, and gives what the same wave gives by name`() throws {
        let plain = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        #expect(try plain.saual("run study.yaml --quiet").status == 0)
        let wanted = try Self.content(plain)
        let folder = try Self.folder()
        let result = try folder.saual("run study.yaml --quiet")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        #expect(try Self.content(folder) == wanted)
        // Figures too, of both waves.
        let line = "indicators two-versions.saual --internal --format json --quiet"
        let rows = try [plain, folder].map { try JSON.rows($0.saual(line).output).map { $0.number("estimate") } }
        #expect(rows[0] == rows[1] && !rows[0].isEmpty)
    }

    @Test(arguments: ["sav", "dta", "xlsx", "tsv"])
    func `the same wave from another format gives the same study through the map`(ending: String) throws {
        let folder = try Self.folder()
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        let wanted = try Self.content(folder)
        #expect(try folder.saual("convert wave-2023.csv wave-2023.\(ending)").status == 0)
        try folder.replace("wave-2023.csv", with: "wave-2023.\(ending)", in: "study.yaml")
        let result = try folder.saual("run study.yaml --quiet")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try Self.content(folder) == wanted)
    }

    @Test func `another map makes the import of its wave stale, and nothing else does`() throws {
        let folder = try Self.folder()
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        #expect(try folder.saual("run study.yaml --check").status == 0)
        try folder.replace("gut: 1", with: "gut: 2", in: "later-map.yaml")
        let stale = try folder.saual("run study.yaml --check")
        #expect(stale.status == 1 && stale.errors.contains("\"import 2023\" is out of date"))
        #expect(!stale.errors.contains("\"import 2022\""))
        let again = try folder.saual("run study.yaml")
        #expect(again.status == 0 && again.output.contains("done: import 2023"))
        #expect(!again.output.contains("import 2022"))
        // Nobody else says 1.
        let moods = try folder.saual("describe two-versions.saual:2023 --variables mood").output
        #expect(moods.contains("1 Yes: 0; "), "\(moods)")
        let dry = try folder.saual("run study.yaml --dry-run").output
        #expect(dry.contains("read: later-map.yaml"))
    }

    @Test func `what is wrong with a map of a study is told by check and run, with both places`() throws {
        let folder = try Self.folder()
        try folder.replace("Bildung: edu", with: "Bildung: edo", in: "later-map.yaml")
        let found = try #require(try JSON.lines(folder.saual("check study.yaml --format json").errors).first)
        #expect(found["code"] == "import.map-unknown-question" && found["detail"] == "study.yaml:8")
        #expect(found["file"] == "later-map.yaml" && found.number("line") == 6)
        let run = try folder.saual("run study.yaml")
        #expect(run.status == 3 && run.errors.contains("later-map.yaml:6") && run.errors.contains("study.yaml:8"))
        // Columns are those of the wave's own file.
        try folder.replace("Bildung: edo", with: "Ausbildung: edu", in: "later-map.yaml")
        let columns = try JSON.lines(folder.saual("check study.yaml --format json").errors)
        #expect(columns.map { $0["code"] } == ["import.map-no-such-column"])
        #expect(columns.first?["detail"] == "study.yaml:8" && columns.first?["column"] == "Ausbildung")
        #expect(try folder.saual("run study.yaml").status == 3 && !folder.has("two-versions.saual"))
        try folder.remove("later-map.yaml")
        let missing = try JSON.lines(folder.saual("check study.yaml --format json").errors)
        #expect(missing.map { $0["code"] } == ["study.missing-file"] && missing.first?.number("line") == 8)
    }

    @Test func `check reads a map with its questionnaire, alone as far as that goes, and beside its study once`() throws
    {
        let folder = try Self.folder()
        let clean = try folder.saual("check later-map.yaml --questionnaire questionnaire-2023.yaml")
        #expect(clean.status == 0 && clean.errors.isEmpty && clean.output.contains("Files checked: 1, problems: 0"))
        // Both versions are there: the map fits one of them.
        let both = "check later-map.yaml questionnaire-2022.yaml questionnaire-2023.yaml"
        #expect(try folder.saual(both).status == 0)
        try folder.write(
            """
            saual: map/1
            columns:
              a: edu
              b: edu
              c: {question: mood, codes: {x: 9}, label: true}
              d: wight
            ignore: [a]

            """, to: "wrong.yaml")
        let line = "check wrong.yaml --questionnaire questionnaire-2023.yaml --format json"
        let found = try JSON.lines(folder.saual(line).errors).map { "\($0["code"] ?? "") \($0.number("line") ?? 0)" }
        #expect(
            found == [
                "import.map-shared-question 4.0", "import.map-unknown-code 5.0", "yaml.unknown-key 5.0",
                "import.map-unknown-question 6.0", "import.map-ignored-and-mapped 7.0",
            ])
        let alone = try folder.saual("check wrong.yaml --format json")
        #expect(alone.status == 1)
        #expect(
            try JSON.lines(alone.errors).map { $0["code"] } == [
                "import.map-shared-question", "yaml.unknown-key", "import.map-ignored-and-mapped", "command.map-alone",
            ])
        let good = try folder.saual("check later-map.yaml")
        #expect(good.status == 0 && good.errors.contains("Questions and codes of the map were not looked up"))
        // The study names the map: one problem is told once, and nothing is said of a missing questionnaire.
        try folder.replace("Bildung: edu", with: "Bildung: edo", in: "later-map.yaml")
        let study = try JSON.lines(folder.saual("check study.yaml later-map.yaml --format json").errors)
        #expect(study.map { $0["code"] } == ["import.map-unknown-question"])
    }

    @Test func `sets of a converted study are read back by name`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        #expect(try folder.saual("convert two-versions.saual:2023 w.sav").status == 0)
        let result = try folder.saual(
            "import w.sav --study again.saual --wave 2023 --questionnaire questionnaire-2023.yaml --format json")
        let matching = try #require(JSON.object(result.output)["matching"] as? [String: Any])
        let sets = (matching["matched"] as? [[String: Any]] ?? []).filter { $0["by"] as? String == "set" }
        #expect(sets.map { $0["question"] as? String } == ["chan"])
        let rows = try ["two-versions", "again"].map { name in
            try folder.saual("convert \(name).saual:2023 \(name).csv --force")
            return try folder.text(of: "\(name).csv")
        }
        #expect(rows[0] == rows[1])
    }
}
