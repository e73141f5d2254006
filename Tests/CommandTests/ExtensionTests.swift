import Foundation
import Testing
import SurveyTestSupport

/// An indicator, a language and a questionnaire are added by writing YAML, with the program as it was built.
struct ExtensionTests {
    private static let questionnaire = """
        saual: questionnaire/1
        id: misol
        version: "1"
        title: {uz: "Sun’iy misol"}
        languages: [uz]
        questions:
          - {id: id, text: {uz: "Raqam"}, type: text}
          - {id: stratum, text: {uz: "Qatlam"}, type: text}
          - {id: psu, text: {uz: "Birlik"}, type: text}
          - {id: weight, text: {uz: "Vazn"}, type: number}
          - {id: sex, text: {uz: "Jinsingiz"}, type: single, answers: {1: {uz: "Erkak"}, 2: {uz: "Ayol"}}}

        """
    private static let indicators = """
        saual: indicators/1
        indicators:
          - {id: men, version: 1, name: {uz: "Erkaklar"}, share: sex = 1, base: asked sex, by: sex}

        """
    private static let study = """
        saual: study/1
        id: misol
        title: {en: "Example in Uzbek"}
        languages: [en]
        waves: [{id: "2023", file: wave-2023.csv, questionnaire: questionnaire.yaml}]
        design: {strata: stratum, psu: psu, weight: weight}
        indicators: [indicators.yaml]

        """

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let wave = try String(
            contentsOfFile: Saual.fixtures + "/contacts-study/wave-2023.csv", encoding: .utf8)
        try folder.write(wave, to: "wave-2023.csv")
        try folder.write(ExtensionTests.questionnaire, to: "questionnaire.yaml")
        try folder.write(ExtensionTests.indicators, to: "indicators.yaml")
        try folder.write(ExtensionTests.study, to: "study.yaml")
        return folder
    }

    @Test func `a questionnaire and indicators in a language that Saual does not speak work`() throws {
        let folder = try folder()
        #expect(try folder.saual("check study.yaml").status == 0)
        #expect(try folder.saual("run study.yaml").status == 0)
        let table = try folder.saual("indicators misol.saual").output
        #expect(table.contains("asked: Jinsingiz") && table.contains("Erkak"))
        #expect(table.contains("No text in this language: shown in uz."))
        let described = try folder.saual("describe misol.saual --language ru").output
        #expect(described.contains("Jinsingiz") && described.contains("uz"))
        #expect(described.contains("Нет текста на этом языке: показан на uz."))
        let names = try JSON.rows(
            folder.saual("indicators misol.saual --list --format json").output, in: "indicators")
        #expect(names.first?.fields["name"] as? [String: String] == ["uz": "Erkaklar"])
    }

    @Test func `a report in such a language is refused with the languages there are`() throws {
        let folder = try folder()
        try folder.replace("languages: [en]", with: "languages: [uz]", in: "study.yaml")
        let check = try folder.saual("check study.yaml")
        #expect(check.status != 0 && check.errors.contains("study.yaml:4:13") && check.errors.contains("kk, ru, en"))
        let report = try folder.saual("report study.yaml --language uz -o report.html")
        #expect(report.status == 2 && report.errors.contains("--language does not know \"uz\""))
    }

    @Test func `an indicator is one more entry`() throws {
        let folder = try folder()
        let entry = "  - {id: women, version: 1, name: {uz: \"Ayollar\"}, share: sex = 2, base: asked sex}\n"
        try folder.write(ExtensionTests.indicators + entry, to: "indicators.yaml")
        try folder.saual("run study.yaml")
        let rows = try JSON.rows(folder.saual("indicators misol.saual --format json --quiet").output)
        let women = try #require(rows.first { $0["indicator"] == "women" }?.number("estimate"))
        let men = try #require(rows.first { $0["indicator"] == "men" }?.number("estimate"))
        expectEqual(women, 1 - men, "women")
    }
}
