import Foundation
import SurveyFormats
import SurveyProblems
import SurveySchema
import SurveyYAML
import Testing

@testable import SurveyForms

struct XLSFormTests {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    static let files = [
        "Questionnaires/culture-and-intolerance.yaml", "Questionnaires/culture-and-intolerance-2022.yaml",
        "Datasets/envipe-morelos/questionnaire.yaml",
    ]

    private func same(_ left: Questionnaire, _ right: Questionnaire) -> [String] {
        var differences: [String] = []
        func compare(_ part: String, _ a: String, _ b: String) {
            if a != b { differences.append("\(part): \(a) ≠ \(b)") }
        }
        func text(_ text: LocalizedText) -> String {
            text.texts.map { "\($0.language)=\($0.text)" }.sorted().joined(separator: "|")
        }
        func answers(_ list: [Answer]) -> String { list.map { "\($0.code) \(text($0.label))" }.joined(separator: ";") }
        compare("id", left.id, right.id)
        compare("version", left.version, right.version)
        compare("title", text(left.title), text(right.title))
        compare("languages", "\(left.languages)", "\(right.languages)")
        compare("key", "\(left.key)", "\(right.key)")
        compare("unreviewed", "\(left.unreviewed)", "\(right.unreviewed)")
        compare("kinds", "\(left.ownMissingKinds)", "\(right.ownMissingKinds)")
        compare("count", "\(left.questions.map(\.id))", "\(right.questions.map(\.id))")
        for (a, b) in zip(left.questions, right.questions) {
            compare("\(a.id) text", text(a.text), text(b.text))
            compare("\(a.id) type", a.type.rawValue, b.type.rawValue)
            compare("\(a.id) answers", answers(a.answers), answers(b.answers))
            compare(
                "\(a.id) missing", "\(a.missing.map { "\($0.code) \($0.kind.rawValue) \(text($0.label))" })",
                "\(b.missing.map { "\($0.code) \($0.kind.rawValue) \(text($0.label))" })")
            compare("\(a.id) when", a.when?.source ?? "", b.when?.source ?? "")
            compare(
                "\(a.id) rest", "\(a.isPrivate) \(a.columns) \(a.range) \(a.exclusive) \(String(describing: a.most))",
                "\(b.isPrivate) \(b.columns) \(b.range) \(b.exclusive) \(String(describing: b.most))")
            compare(
                "\(a.id) item", "\(a.item.map { "\($0.roster) \($0.list) \($0.code)" } ?? "")",
                "\(b.item.map { "\($0.roster) \($0.list) \($0.code)" } ?? "")")
            compare(
                "\(a.id) variants", "\(String(describing: a.variants?.by))", "\(String(describing: b.variants?.by))")
            compare("\(a.id) sensitive", "\(String(describing: a.sensitive))", "\(String(describing: b.sensitive))")
        }
        compare("derived", "\(left.derived.map(\.id))", "\(right.derived.map(\.id))")
        for (a, b) in zip(left.derived, right.derived) {
            compare("\(a.id) text", text(a.text), text(b.text))
            compare("\(a.id) answers", answers(a.answers), answers(b.answers))
            compare("\(a.id) names", "\(a.names)", "\(b.names)")
        }
        compare(
            "checks", "\(left.checks.map { "\($0.id) \($0.rule.source) \(text($0.text)) \($0.severity)" })",
            "\(right.checks.map { "\($0.id) \($0.rule.source) \(text($0.text)) \($0.severity)" })")
        compare("versions", "\(left.versions.map(\.version))", "\(right.versions.map(\.version))")
        return differences
    }

    func questionnaire(_ text: String) throws -> (Questionnaire, YAMLDocument) {
        let document = try YAMLDocument(parsing: Array(text.utf8), file: "q.yaml")
        return (try QuestionnaireReader.read(document).get(), document)
    }

    func folder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("forms-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test(arguments: files) func `a questionnaire written as a form is read back the same`(file: String) throws {
        let text = try String(contentsOfFile: "\(Self.root)/\(file)", encoding: .utf8)
        let (original, document) = try questionnaire(text)
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try XLSForm.form(of: original, document).form.write(to: folder + "/form.xlsx", replacing: false)
        let (yaml, problems) = XLSForm.questionnaire(of: try FormBook(reading: folder + "/form.xlsx"))
        #expect(problems.isEmpty, "\(problems.map { "\($0.code) \($0.what) \($0.why)" })")
        let read = QuestionnaireReader.read(try YAMLDocument(parsing: Array(yaml.utf8), file: "back.yaml"))
        #expect(
            read.problems.isEmpty, "\(read.problems.prefix(5).map { "\($0.place.line ?? 0) \($0.what) \($0.why)" })")
        let differences = same(original, try #require(read.value))
        #expect(differences.isEmpty, "\(differences.prefix(5))")
    }
}

extension XLSFormTests {
    /// `xls2xform` of pyxform, where the environment names it or it is on PATH.
    static let converter: String? = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["SAUAL_XLS2XFORM"] { return named }
        return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/xls2xform" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }()

    @Test(.enabled(if: converter != nil, "pyxform is not installed"), arguments: files)
    func `pyxform accepts the forms`(file: String) throws {
        let text = try String(contentsOfFile: "\(Self.root)/\(file)", encoding: .utf8)
        let (original, document) = try questionnaire(text)
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try XLSForm.form(of: original, document).form.write(to: folder + "/form.xlsx", replacing: false)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.converter))
        process.arguments = ["--skip_validate", folder + "/form.xlsx", folder + "/form.xml"]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = pipe
        try process.run()
        let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(words)")
        #expect(FileManager.default.fileExists(atPath: folder + "/form.xml"), "\(words)")
    }

    /// A form of other people, from rows.
    private func form(_ survey: [[String]], choices: [[String]] = [], settings: [[String]] = []) -> FormBook {
        func sheet(_ rows: [[String]]) -> FormBook.Sheet {
            var sheet = FormBook.Sheet(columns: rows.first ?? [])
            for row in rows.dropFirst() {
                sheet.append(Dictionary(zip(sheet.columns, row), uniquingKeysWith: { first, _ in first }))
            }
            return sheet
        }
        return FormBook(
            file: "form.xlsx", survey: sheet(survey), choices: sheet(choices), settings: sheet(settings),
            extras: FormBook.Sheet(columns: []))
    }

    private func read(_ form: FormBook) throws -> (questionnaire: Questionnaire, problems: [Problem]) {
        let (yaml, problems) = XLSForm.questionnaire(of: form)
        let checked = QuestionnaireReader.read(try YAMLDocument(parsing: Array(yaml.utf8), file: "q.yaml"))
        #expect(checked.problems.isEmpty, "\(checked.problems.map { "\($0.what) \($0.why)" })\n\(yaml)")
        return (try #require(checked.value), problems)
    }

    private var yesNo: [[String]] {
        [
            ["list_name", "name", "label::English (en)", "label::Русский (ru)"], ["yn", "1", "Yes", "Да"],
            ["yn", "2", "No", "Нет"],
        ]
    }

    @Test func `a form of others becomes a questionnaire`() throws {
        let (questionnaire, problems) = try read(
            form(
                [
                    [
                        "type", "name", "label::English (en)", "label::Русский (ru)", "relevant", "constraint",
                        "calculation",
                    ],
                    ["start", "start", "", "", "", "", ""],
                    ["integer", "age", "Age", "Возраст", "", ". >= 18 and . <= 110", ""],
                    ["select_one yn", "dealt", "Dealt?", "Имели дело?", "${age} > 20", "", ""],
                    ["begin group", "more", "More", "Ещё", "${dealt} = '1'", "", ""],
                    ["select_multiple yn or_other", "which", "Which", "Какие", "not(selected(${dealt}, '2'))", "", ""],
                    ["date", "day", "Day", "День", "${which} != '' or ${age} < 30", "", ""],
                    ["end group", "", "", "", "", "", ""],
                    ["decimal", "sum", "Sum", "Сумма", "${day} >= date('2024-01-31')", ". > 0", ""],
                    [
                        "calculate", "old", "", "", "", "",
                        "if(${age} >= 60, 'old', if(${age} >= 30, 'middle', 'young'))",
                    ],
                    ["calculate", "twice", "", "", "", "", "${age} * 2 + 1"],
                ],
                choices: yesNo, settings: [["form_title", "form_id", "version"], ["A form", "a-form", "7"]]))
        #expect(questionnaire.id == "a-form" && questionnaire.version == "7")
        #expect(questionnaire.languages.map(\.rawValue) == ["en", "ru"])
        #expect(questionnaire.questions.map(\.id) == ["start", "age", "dealt", "which", "which_other", "day", "sum"])
        #expect(questionnaire.question("age")?.range.least == 18)
        #expect(questionnaire.question("dealt")?.when?.source == "age > 20")
        #expect(questionnaire.question("which")?.when?.source == "dealt = 1 and not (dealt = 2)")
        #expect(questionnaire.question("which")?.answers.map(\.code) == ["1", "2", "other"])
        #expect(questionnaire.question("which_other")?.when?.source == "which has \"other\"")
        #expect(questionnaire.question("day")?.when?.source == "dealt = 1 and (answered(which) or age < 30)")
        #expect(questionnaire.question("sum")?.when?.source == "day >= \"2024-01-31\"")
        #expect(questionnaire.checks.map(\.rule.source) == ["sum > 0"])
        #expect(questionnaire.derivedVariable("old")?.answers.map(\.code) == ["old", "middle", "young"])
        #expect(questionnaire.derivedVariable("twice") != nil)
        #expect(problems.map(\.code) == ["forms.filled-texts"] || problems.isEmpty, "\(problems.map(\.code))")
    }

    @Test func `what has no counterpart is named`() throws {
        let (questionnaire, problems) = try read(
            form(
                [
                    ["type", "name", "label", "hint", "relevant", "constraint", "calculation", "repeat_count"],
                    ["note", "hello", "Hello", "", "", "", "", ""],
                    ["text", "name", "Name", "in full", "regex(${name}, 'a+')", "regex(., '[a-z]')", "", ""],
                    ["geopoint", "place", "Place", "", "", "", "", ""],
                    ["calculate", "now", "", "", "", "", "now()", ""],
                    ["begin repeat", "child", "Child", "", "", "", "", "${n}"],
                    ["integer", "child_age", "Age", "", "", "", "", ""], ["end repeat", "", "", "", "", "", "", ""],
                ]))
        #expect(questionnaire.questions.map(\.id) == ["name", "place", "now"])
        #expect(
            problems.map(\.code) == [
                "forms.not-translated", "forms.not-translated", "forms.other-type", "forms.not-translated",
                "forms.repeat-left-out", "forms.left-out", "forms.left-out",
            ], "\(problems.map { "\($0.code) \($0.why)" })")
    }

    @Test func `repeats of a fixed length are rosters, and cascades are checks`() throws {
        let (questionnaire, problems) = try read(
            form(
                [
                    ["type", "name", "label::English (en)", "relevant", "repeat_count", "choice_filter"],
                    ["select_one region", "region", "Region", "", "", ""],
                    ["select_one district", "district", "District", "", "", "region = ${region}"],
                    ["begin_repeat", "visit", "Visit", "", "3", ""],
                    ["select_one yn", "paid", "Paid?", "", "", ""],
                    ["integer", "price", "How much", "${paid} = '1'", "", ""], ["end_repeat", "", "", "", "", ""],
                ],
                choices: [
                    ["list_name", "name", "label::English (en)", "region"], ["yn", "1", "Yes", ""],
                    ["yn", "2", "No", ""],
                    ["region", "07", "West", ""], ["region", "11", "North", ""], ["district", "a", "A", "07"],
                    ["district", "b", "B", "07"], ["district", "c", "C", "11"],
                ]))
        #expect(problems.isEmpty, "\(problems.map { "\($0.code) \($0.why)" })")
        #expect(questionnaire.rosters.map(\.id) == ["paid", "price"])
        #expect(questionnaire.question("price[2]")?.when?.source == "paid[2] = 1")
        #expect(questionnaire.question("price[2]")?.columns == ["price_2"])
        #expect(
            questionnaire.checks.map(\.rule.source) == [
                "(region = \"07\" and district in [\"a\", \"b\"]) or (region = 11 and district in [\"c\"])"
            ])
    }

    @Test func `a row changed by hand is read from the form, and keeps what forms cannot say`() throws {
        let (original, document) = try questionnaire(
            """
            saual: questionnaire/1
            id: small
            version: "1"
            title: Small
            languages: [en]
            missing: {98: {kind: dont-know, label: Hard to say}}
            questions:
              - {id: age, text: Age, type: number, range: [18, 99], missing: [98], column: a1, private: true}
              - {id: gave, text: Gave, type: single, answers: {1: "Yes", 2: "No"}, when: age > 20}
            """)
        var (book, _) = XLSForm.form(of: original, document)
        #expect(book.survey.rows[1]["relevant"] == "((${a1} != '' and ${a1} != '98') and ${a1} > 20)")
        #expect(book.survey.rows[0]["constraint"] == ". >= 18 and . <= 99 or . = '98'")
        book.survey.rows[0].cells["constraint"] = ". >= 16 and . <= 99"
        book.survey.rows[1].cells["relevant"] = "${a1} > 30"
        let (changed, problems) = try read(book)
        #expect(problems.isEmpty)
        #expect(changed.question("age")?.range.least == 16)
        #expect(changed.question("age")?.columns == ["a1"])
        #expect(changed.question("age")?.isPrivate == true)
        #expect(changed.question("age")?.missing.map(\.code) == ["98"])
        #expect(changed.question("gave")?.when?.source == "age > 30")
    }
}
