import Foundation
import Testing
import SurveyTestSupport

/// `saual check --changes` and `--translations`.
struct CheckTablesTests {
    private static let pair = "questionnaire-2022.yaml questionnaire-2023.yaml"

    private static func changes(_ folder: TemporaryFolder, status: Int32) throws -> [Row] {
        let result = try folder.saual("check --changes \(pair) --format json")
        #expect(result.status == status, "\(result.errors)")
        #expect(JSON.order(of: result.output) == ["saual", "from", "to", "not_covered", "rows"])
        return try JSON.rows(result.output)
    }

    private static func text(_ row: Row) -> String {
        ["change", "variable", "code", "language", "from", "to", "coverage", "meaning"].map { row[$0] ?? "-" }
            .joined(separator: " ")
    }

    @Test func `every difference between two versions has a row, and the map covers them`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        let rows = try CheckTablesTests.changes(folder, status: 0).map(CheckTablesTests.text)
        let expected = [
            "question-renamed w - - weight_2022 w mapped comparable",
            "question-renamed ready_report - - would_report ready_report mapped comparable",
            "text ready_report - en Would you report? Are you ready to report? no-map-needed wording",
            "missing-added ready_report 95 - - language-barrier no-map-needed choices",
            "answer-label edu 1 en Primary Below secondary no-map-needed wording",
            "answer-recoded edu 2 - 2 1 mapped joined", "answer-recoded edu 5 - 5 3 mapped comparable",
            "answer-recoded chan 3 - 3 2 mapped joined",
            "break mood - - - Another order of questions mapped not-comparable",
            "question-added forms - - - - mapped gap",
            "derived-added educated - - - yes_: edu in [2, 3]; no_: edu = 1 no-map-needed recomputed",
        ]
        for row in expected { #expect(rows.contains(row), "\(row)") }
        // One text and two labels also in Russian, and the answers 3 and 4 of edu, which are joined too.
        #expect(rows.count == expected.count + 6)
    }

    @Test func `with indicators it tells what becomes of each series`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        let indicators = """
            saual: indicators/1
            indicators:
              - {id: ready, version: 1, name: {en: Ready, ru: Ready}, share: ready_report = 1, base: asked ready_report}
              - {id: moody, version: 1, name: {en: Moody, ru: Moody}, share: mood = 1, base: asked mood}
              - {id: formed, version: 1, name: {en: Forms, ru: Forms}, share: forms = 1, base: asked forms}
              - {id: school, version: 1, name: {en: School, ru: School}, share: educated = "yes_", base: answered educated}

            """
        try folder.write(indicators, to: "own.yaml")
        let result = try folder.saual("check --changes \(CheckTablesTests.pair) own.yaml --format json")
        let rows = try JSON.rows(result.output, in: "indicators").map {
            "\($0["indicator"] ?? "") \($0["verdict"] ?? "")"
        }
        #expect(
            rows == ["ready with-care", "moody not-comparable", "formed no-older-figure", "school with-care"],
            "\(result.output) \(result.errors)")
        let table = try folder.saual("check --changes \(CheckTablesTests.pair) own.yaml").output
        #expect(table.contains("moody") && table.contains("breaks") && table.contains("begins here"))
    }

    @Test func `without the entry what needs it is not covered`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        let text = try folder.text(of: "questionnaire-2023.yaml")
        try folder.write(
            String(text[..<(try #require(text.range(of: "versions:")).lowerBound)]), to: "questionnaire-2023.yaml")
        let rows = try CheckTablesTests.changes(folder, status: 1)
        let open = rows.filter { $0["coverage"] == "not-covered" }.map {
            "\($0["change"] ?? "") \($0["variable"] ?? "") \($0["code"] ?? "")"
        }
        #expect(
            open == [
                "question-added w ", "question-added ready_report ", "answer-removed edu 4", "answer-removed edu 5",
                "answer-removed chan 3", "question-added forms ",
            ])
        #expect(
            rows.filter { $0["change"] == "question-removed" }.map { $0["variable"] } == [
                "weight_2022", "would_report",
            ])
    }

    @Test func `type, routing, range, privacy, missing codes and rules are compared`() throws {
        let folder = try TemporaryFolder()
        let head = "saual: questionnaire/1\nid: q\nlanguages: [en]\ntitle: T\n"
        try folder.write(
            head + """
                version: "1"
                questions:
                  - {id: a, text: T, type: number, range: [0, 9], missing: {98: {kind: refused}}}
                  - {id: b, text: T, type: text}
                  - {id: c, text: T, type: single, answers: {1: A}, missing: {3: {kind: refused}}, when: a = 1}
                derived: {d: {text: D, cut: a, at: [5]}, gone: {text: G, number: a + 1}}

                """, to: "questionnaire-2022.yaml")
        try folder.write(
            head + """
                version: "2"
                questions:
                  - {id: a, text: T, type: money, range: [0, null], missing: {98: {kind: dont-know}}}
                  - {id: b, text: T, type: date, private: true}
                  - {id: c, text: T, type: single, answers: {1: A, 3: B}, when: a = 2}
                derived: {d: {text: D, cut: a, at: [6]}}
                versions: [{version: "1"}]

                """, to: "questionnaire-2023.yaml")
        let rows = try CheckTablesTests.changes(folder, status: 1).map(CheckTablesTests.text)
        #expect(
            rows == [
                "type a - - number money no-map-needed comparable",
                "missing-kind a 98 - refused dont-know no-map-needed base",
                "range a - - 0 – 9 0 – … no-map-needed choices", "type b - - text date not-covered unreadable",
                "privacy b - - false true no-map-needed comparable", "answer-added c 3 - - B no-map-needed choices",
                "missing-removed c 3 - refused - not-covered unreadable",
                "routing c - - a = 1 a = 2 no-map-needed base",
                "derived-changed d - - a: 5 a: 6 no-map-needed recomputed",
                "derived-removed gone - - a + 1 - no-map-needed lost",
            ])
    }

    @Test(arguments: ["en", "ru", "kk"])
    func `the table of changes is for people, in their language`(language: String) throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        let result = try folder.saual("check --changes \(CheckTablesTests.pair) --language \(language)")
        #expect(result.status == 0 && result.errors.isEmpty)
        let total = [
            "en": "Differences: 17, not covered: 0", "ru": "Различий: 17, не учтено: 0",
            "kk": "Айырмашылықтар: 17, ескерілмегені: 0",
        ]
        #expect(result.output.hasSuffix("\n\(total[language] ?? "")\n"))
        let same = try folder.saual(
            "check --changes questionnaire-2022.yaml questionnaire-2022.yaml --language \(language)")
        #expect(same.status == 0 && same.output.split(separator: "\n").count == 1)
    }

    @Test func `changes are of two questionnaires of one id`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        for (line, status, code) in [
            ("check --changes two-versions/questionnaire-2022.yaml", 2, "command.changes-of-two"),
            (
                "check --changes two-versions/questionnaire-2022.yaml small-study/questionnaire.yaml", 3,
                "command.other-questionnaire"
            ),
            (
                "check --changes two-versions/questionnaire-2022.yaml two-versions/study.yaml", 3,
                "command.not-a-questionnaire"
            ),
            ("check --changes --translations two-versions/study.yaml", 2, "command.one-matrix"),
        ] as [(String, Int32, String)] {
            let result = try folder.saual(line + " --format json")
            #expect(result.status == status, "\(line)")
            #expect(try JSON.lines(result.errors).map { $0["code"] } == [code], "\(line)")
        }
    }

    @Test func `the matrix counts texts by file, entry and language and lists what lacks one`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/two-versions")
        #expect(try folder.saual("check study.yaml --translations").status == 0)
        try folder.replace(
            "{ru: \"Образование\", en: \"Education\"}", with: "{ru: \"Образование\"}", in: "questionnaire-2023.yaml")
        try folder.replace(
            "2: {ru: \"Среднее\", en: \"Secondary\"}", with: "2: Secondary", in: "questionnaire-2023.yaml")
        try folder.replace("name: {ru: \"Видели бланки\", en: \"Saw the forms\"}, ", with: "", in: "indicators.yaml")
        try folder.replace("saual: indicators/1", with: "saual: indicators/1\nunreviewed: [ru]", in: "indicators.yaml")
        let result = try folder.saual("check study.yaml --translations --format json")
        #expect(result.status == 1 && result.errors.isEmpty)
        let rows = try JSON.rows(result.output).filter { ($0.fields["missing"] as? [String])?.isEmpty == false }
        let found = rows.map { row in
            let missing = (row.fields["missing"] as? [String] ?? []).joined(separator: ",")
            return
                "\(row["file"] ?? ""):\(Int(row.number("line") ?? 0)):\(Int(row.number("position") ?? 0)) \(row["text"] ?? "") \(missing)"
        }
        #expect(
            found == [
                "questionnaire-2023.yaml:19:11 questions.edu.text en",
                "questionnaire-2023.yaml:21:67 questions.edu.answers.2 ru,en",
                "indicators.yaml:9:5 indicators.seen.name ru,en",
            ])
        let files = try #require(try JSON.object(result.output)["files"] as? [[String: Any]])
        #expect(
            files.map { $0["file"] as? String } == [
                "study.yaml", "questionnaire-2022.yaml", "questionnaire-2023.yaml", "indicators.yaml",
            ])
        #expect(files.map { $0["texts"] as? Int } == [1, 22, 25, 6])
        #expect(files[2]["languages"] as? [String: Int] == ["ru": 24, "en": 23])
        #expect(files[3]["unreviewed"] as? [String] == ["ru"])
        let table = try folder.saual("check study.yaml --translations")
        #expect(
            table.output.contains("indicators.yaml  texts  ru*  en\n")
                && table.output.contains("* not read by a native speaker: ru\n"))
        #expect(table.output.contains("\nquestions.edu.text       en      questionnaire-2023.yaml:19:11\n"))
        // For the ordinary check they are mistakes.
        #expect(try folder.saual("check questionnaire-2023.yaml").status == 1)
    }

    @Test func `every text of the example is in the matrix`() throws {
        let result = try Saual.run(
            ["check", "study.yaml", "--translations", "--format", "json"], in: Saual.root + "/Datasets/envipe-morelos")
        #expect(result.status == 0)
        let files = try #require(try JSON.object(result.output)["files"] as? [[String: Any]])
        for file in files {
            let counts = try #require(file["languages"] as? [String: Int])
            let texts = try #require(file["texts"] as? Int)
            #expect(counts.count == 3 && Set(counts.values) == [texts])
        }
    }
}
