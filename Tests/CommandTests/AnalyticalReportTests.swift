import Foundation
import SurveyTestSupport
import Testing

/// The analytical report from study.yaml to its pages.
struct AnalyticalReportTests {
    private static let form = """
        report:
          form: thematic
          maker: other
          spheres: [{kk: "Ойдан шығарылған сала", ru: "Вымышленная сфера", en: "Invented sphere"}]
          conducted by: {name: {kk: "А", ru: "А", en: "A"}, email: a@example.kz, phone: "+7 700 000 00 01", natural person: true}
          started: 2026-04-01
          tile map: {variable: region, tiles: tiles.csv}

        """

    private func study(_ form: String, tiles: String = "code,column,row\n01,1,1\n02,2,1\n03,1,2\n") throws
        -> TemporaryFolder
    {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        try folder.write(folder.text(of: "study.yaml") + form, to: "study.yaml")
        try folder.write(tiles, to: "tiles.csv")
        return folder
    }

    @Test func `check lists what a person must still fill in, and finds nothing wrong`() throws {
        let result = try study(Self.form).saual("check study.yaml --language en")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("The report has places that a person must fill in: 3"))
        for key in ["report: finished", "report: decision: assessment", "report: decision: risk analysis"] {
            #expect(result.errors.contains(key))
        }
        #expect(result.errors.contains("study.yaml:"))
    }

    @Test func `a run writes the form in three languages with its map and its marked places`() throws {
        let folder = try study(Self.form)
        let run = try folder.saual("run study.yaml")
        #expect(run.status == 0, "\(run.errors)")
        let titles = [
            "kk": "талдамалық есеп", "ru": "Аналитический отчет", "en": "Analytical report on the results",
        ]
        for (language, title) in titles {
            let page = try folder.text(of: "results/report-\(language).html")
            #expect(page.contains(title), "\(language)")
            #expect(page.contains("class=\"tiles\"") && page.contains("id=\"open-assessment\""), "\(language)")
            #expect(page.contains("hreflang=\"kk\"") && !page.contains("a@example.kz"), "\(language)")
        }
        let json = try JSON.object(folder.text(of: "results/report.json"))
        #expect((json["marked_places"] as? [Any])?.count == 3)
        #expect((json["form"] as? [String: Any])?["kind"] as? String == "thematic")
        #expect(try folder.saual("run study.yaml --check").status == 0)
        try folder.write("code,column,row\n01,1,1\n02,2,1\n03,3,1\n", to: "tiles.csv")
        #expect(try folder.saual("run study.yaml --check").status == 1)
    }

    @Test func `a report from the study file alone has the map, and says what is open`() throws {
        let folder = try study(Self.form)
        #expect(try folder.saual("run study.yaml").status == 0)
        try FileManager.default.removeItem(atPath: folder.path + "/tiles.csv")
        let result = try folder.saual("report small-study.saual --language ru")
        #expect(result.status == 0 && result.output.contains("class=\"tiles\""), "\(result.errors)")
        #expect(result.errors.contains("места"))
        #expect(!result.output.contains("href=\"report-kk.html\""))
    }

    @Test(arguments: [
        ("region", "paid_share", "contact_share", ""),
        ("region", "paid_shar", "contact_share", "There is no indicator \"paid_shar\""),
        ("region", "paid_share", "knows_website", "\"knows_website\" has no breakdown by \"region\""),
        ("region", "paid_share", "trust_mean", "different units"), ("", "paid_share", "contact_share", "by"),
    ])
    func `experience and perception are two indicators of one unit with the breakdown`(
        by: String, experience: String, perception: String, complaint: String
    ) throws {
        let line =
            "  experience and perception: {\(by.isEmpty ? "" : "by: \(by), ")experience: \(experience), "
            + "perception: \(perception)}\n"
        let result = try study(Self.form + line).saual("check study.yaml --language en")
        #expect((result.status == 0) == complaint.isEmpty, "\(result.errors)")
        #expect(complaint.isEmpty || result.errors.contains(complaint), "\(result.errors)")
        for language in ["ru", "kk"] where !complaint.isEmpty {
            let told = try study(Self.form + line).saual("check study.yaml --language \(language)").errors
            #expect(told != result.errors)
        }
    }

    @Test func `a tile map of nothing, of wrong tiles or of too few tiles is told`() throws {
        let unknown = try study(Self.form.replacingOccurrences(of: "variable: region", with: "variable: regio"))
            .saual("check study.yaml --language en")
        #expect(unknown.status == 1 && unknown.errors.contains("The tile map names \"regio\""), "\(unknown.errors)")
        let wrong = try study(Self.form, tiles: "code,column,row\n01,1,1\n02,1,1\n").saual(
            "check study.yaml --language en")
        #expect(wrong.status == 1 && wrong.errors.contains("stand on one cell") && wrong.errors.contains("tiles.csv:3"))
        let missing = try study(Self.form.replacingOccurrences(of: "tiles.csv", with: "no.csv"))
            .saual("check study.yaml --language en")
        #expect(missing.status == 1 && missing.errors.contains("\"no.csv\" is not there"))
    }
}
