import Foundation
import Testing
import SurveyTestSupport

/// The examples of `Documentation/Questionnaires.md` are right, down to the fragments.
struct DocumentationTests {
    /// The blocks of a page that begin with ```` ```yaml ````.
    private static func blocks() throws -> [String] {
        let page = try String(contentsOfFile: Saual.root + "/Documentation/Questionnaires.md", encoding: .utf8)
        return page.components(separatedBy: "```yaml\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0] + "\n"
        }
    }

    /// The whole questionnaire of the page, with one of its fragments in the place for it.
    private static func questionnaire(with fragment: String, under key: String) throws -> String {
        let whole = try #require(blocks().first { $0.hasPrefix("saual: questionnaire/1") })
        let indented = fragment.split(separator: "\n").map { "  \($0)\n" }.joined()
        return whole.replacingOccurrences(of: "\n\(key):\n", with: "\n\(key):\n" + indented)
    }

    @Test func `the whole questionnaire and its indicators pass the check`() throws {
        let folder = try TemporaryFolder()
        let blocks = try DocumentationTests.blocks()
        try folder.write(try #require(blocks.first { $0.hasPrefix("saual: questionnaire/1") }), to: "q.yaml")
        try folder.write(try #require(blocks.first { $0.hasPrefix("saual: indicators/1") }), to: "i.yaml")
        let questionnaire = try folder.saual("check q.yaml")
        #expect(questionnaire.status == 0 && questionnaire.errors.isEmpty, "\(questionnaire.errors)")
        let indicators = try folder.saual("check i.yaml --questionnaire q.yaml")
        #expect(indicators.status == 0 && indicators.errors.isEmpty, "\(indicators.errors)")
    }

    @Test func `the study passes the check beside files of its names`() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            try #require(DocumentationTests.blocks().first { $0.hasPrefix("saual: study/1") }), to: "study.yaml")
        let design =
            "- {id: region, text: \"R\", type: text}\n- {id: psu, text: \"P\", type: text}\n- {id: weight, text: \"W\", type: number}\n"
        try folder.write(DocumentationTests.questionnaire(with: design, under: "questions"), to: "questionnaire.yaml")
        let indicators = try #require(DocumentationTests.blocks().first { $0.hasPrefix("saual: indicators/1") })
        try folder.write(indicators, to: "indicators.yaml")
        try folder.write("number,age,contact,gave,region,psu,weight\n", to: "wave.csv")
        let result = try folder.saual("check study.yaml")
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")

        let recipe = try #require(DocumentationTests.blocks().first { $0.hasPrefix("complete:") })
        let questions =
            design.replacing("id: weight", with: "id: w_base")
            + "- {id: outcome, text: \"O\", type: single, answers: {110: a, 120: b, 210: c}}\n"
        let weighted = try TemporaryFolder(copying: folder.path)
        try weighted.write(
            DocumentationTests.questionnaire(with: questions, under: "questions"), to: "questionnaire.yaml")
        try weighted.write("variable,category,total\noutcome,110,5\n", to: "targets.csv")
        try weighted.write(folder.text(of: "study.yaml") + recipe, to: "study.yaml")
        let weighting = try weighted.saual("check study.yaml")
        #expect(weighting.status == 0 && weighting.errors.isEmpty, "\(weighting.errors)")

        let form = try #require(DocumentationTests.blocks().first { $0.hasPrefix("report:") })
        try folder.write(folder.text(of: "study.yaml") + form, to: "study.yaml")
        let report = try folder.saual("check study.yaml")
        #expect(report.status == 0 && report.errors.isEmpty, "\(report.errors)")
    }

    @Test func `the map of columns passes the check as far as it goes without a questionnaire`() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            try #require(DocumentationTests.blocks().first { $0.hasPrefix("saual: map/1") }), to: "map.yaml")
        let result = try folder.saual("check map.yaml --format json")
        #expect(try result.status == 0 && JSON.lines(result.errors).map { $0["code"] } == ["command.map-alone"])
    }

    @Test func `the fragments pass the check in their places`() throws {
        let folder = try TemporaryFolder()
        var checked = 0
        let others = ["saual:", "title:", "report:", "complete:"]
        for block in try DocumentationTests.blocks() where !others.contains(where: block.hasPrefix) {
            let text: String
            if block.hasPrefix("missing:\n") {
                let whole = try #require(DocumentationTests.blocks().first { $0.hasPrefix("saual: questionnaire/1") })
                let start = try #require(whole.range(of: "missing:\n"))
                let end = try #require(whole.range(of: "questions:\n"))
                text = whole.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: block)
                    .replacingOccurrences(of: "missing: [98, 99]", with: "missing: [96, 97, 98]")
            } else if block.hasPrefix("versions:\n") {
                text =
                    try #require(DocumentationTests.blocks().first { $0.hasPrefix("saual: questionnaire/1") }) + block
            } else if block.hasPrefix("- id: region\n") {
                for table in ["aliases.csv", "district-moves.csv"] {
                    let source = "\(Saual.root)/Questionnaires/geography/\(table)"
                    try folder.write(try String(contentsOfFile: source, encoding: .utf8), to: table)
                }
                text = try DocumentationTests.questionnaire(with: block, under: "questions")
            } else {
                // The page's own questionnaire has one age_group already.
                let own = block.replacingOccurrences(of: "age_group:", with: "other_age_group:")
                text = try DocumentationTests.questionnaire(with: own, under: "derived")
            }
            try folder.write(text, to: "q.yaml")
            let result = try folder.saual("check q.yaml")
            #expect(result.status == 0 && result.errors.isEmpty, "\(block)\n\(result.errors)")
            checked += 1
        }
        #expect(checked == 7)
    }

    @Test func `indicators of every form pass the check beside a questionnaire with their names`() throws {
        let blocks = try DocumentationTests.blocks().filter { $0.hasPrefix("saual: indicators/1") }.dropFirst()
        #expect(blocks.count == 3)
        let folder = try TemporaryFolder()
        let questionnaire = """
            saual: questionnaire/1
            id: offices
            version: 1
            title: {en: Offices}
            languages: [en]
            answers: {offices: {"01": {en: Clinic}, "02": {en: School}}, yes_no: {1: {en: "Yes"}, 2: {en: "No"}}}
            questions:
              - {id: con, for each: offices, text: {en: "Dealt with {item}?"}, type: single, answers: yes_no}
              - {id: gave, for each: offices, text: {en: "Gave at {item}?"}, type: single, answers: yes_no, when: con = 1}
              - {id: asked, for each: offices, text: {en: "Asked at {item}?"}, type: single, answers: yes_no, when: con = 1}
              - {id: causes, text: {en: Causes}, type: multiple, answers: {1: {en: Pay}, 2: {en: Customs}}}

            """
        try folder.write(questionnaire, to: "q.yaml")
        for block in blocks {
            try folder.write(block, to: "i.yaml")
            let result = try folder.saual("check i.yaml --questionnaire q.yaml")
            #expect(result.status == 0 && result.errors.isEmpty, "\(block)\n\(result.errors)")
        }
    }
}
