import Foundation
import Testing
import SurveyTestSupport

/// Regions looked up by name in a study and by `saual import`.
struct RegionStudyTests {
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder(copying: Saual.root + "/Questionnaires/geography")
        try folder.write(
            "region,district\nАстана,\nВКО,6328\nВКО,6310\nАлматы,\nКарагандинская область,\n", to: "wave.csv")
        try folder.write(
            """
            saual: indicators/1
            indicators:
              - id: capital
                version: 1
                name: {kk: "Астана", ru: "Столица", en: "Capital"}
                share: region = "71"
                base: everyone

            """, to: "indicators.yaml")
        try folder.write(
            """
            saual: study/1
            id: regions
            title: {kk: "Жасанды", ru: "Вымышленное", en: "Made up"}
            synthetic: true
            languages: [kk, ru, en]
            waves: [{id: "2021", file: wave.csv, questionnaire: regions.yaml, field: {start: 2021-05-01, end: 2021-05-30}}]
            design: {}
            indicators: [indicators.yaml]
            expected findings: {import.ambiguous-region: 1}

            """, to: "study.yaml")
        return folder
    }

    @Test func `the questionnaire of the regions passes the check`() throws {
        let result = try folder(of: "regions.yaml").saual("check regions.yaml")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    }

    private func folder(of file: String) throws -> TemporaryFolder {
        try TemporaryFolder(copying: Saual.root + "/Questionnaires/geography")
    }

    @Test func `a study reads names at the days of its fieldwork, and a changed table makes the import stale`() throws {
        let folder = try RegionStudyTests.folder()
        let run = try folder.saual("run study.yaml --quiet")
        #expect(run.status == 0, "\(run.errors)")
        let shares = try JSON.rows(folder.saual("estimate regions.saual --share region --format json --quiet").output)
        // Without a district Karaganda stays at its old borders; Almaty alone is no region.
        let read = shares.filter { $0.number("n") == 1 }.map { $0["answer"] ?? "" }
        #expect(read == ["10", "63", "71", "35+62"])
        #expect(try folder.saual("run study.yaml --check").status == 0)
        try folder.replace("Алматы,ru,name,19,,,ambiguous", with: "Алматы,ru,name,19,,,same", in: "aliases.csv")
        let stale = try folder.saual("run study.yaml --check")
        #expect(stale.status == 1 && stale.errors.contains("Step \"import 2021\" is out of date"))
    }

    @Test func `check reports a table that is not there at its place in the questionnaire`() throws {
        let folder = try RegionStudyTests.folder()
        try folder.remove("district-moves.csv")
        for file in ["study.yaml", "regions.yaml"] {
            let found = try JSON.lines(folder.saual("check \(file) --format json").errors)
            #expect(found.map { $0["code"] } == ["import.no-region-table"], "\(file)")
            #expect(found.first?["file"] == "regions.yaml" && found.first?.number("position") == 21)
        }
        #expect(try folder.saual("run study.yaml").status == 3)
    }

    @Test func `import takes the day of the fieldwork, and refuses one that serves nothing`() throws {
        let folder = try RegionStudyTests.folder()
        let line = "import wave.csv --study s.saual --wave 1 --questionnaire regions.yaml --replace --format json"
        func counts(_ more: String) throws -> [String: Int] {
            let result = try folder.saual("\(line) \(more)")
            return try #require(try JSON.object(result.output)["findings"] as? [String: Int])
        }
        #expect(try counts("--field-date 2021-05-01") == ["import.ambiguous-region": 1])
        // After the reform Karaganda is one region; the old short name of East Kazakhstan still stands for today's.
        #expect(try counts("--field-date 2023-05-01") == ["import.ambiguous-region": 1])
        #expect(try counts("") == ["import.region-needs-date": 3, "import.ambiguous-region": 1])
        #expect(try folder.saual("\(line) --field-date 2021-02-30").status == 2)
        let unused = try folder.saual("import wave.csv --study t.saual --wave 1 --field-date 2021-05-01")
        #expect(unused.status == 2 && unused.errors.hasPrefix("--field-date has nothing to do here\n"))
    }
}
