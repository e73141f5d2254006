import Foundation
import SurveyFormats
import SurveyProblems
import SurveySchema
import SurveyYAML
import Testing

@testable import SurveyForms

struct TripleSFormTests {
    private func read(
        _ xml: String, isSound: Bool = true
    ) throws -> (questionnaire: Questionnaire?, problems: [Problem], yaml: String) {
        let (yaml, problems) = try TripleSForm.questionnaire(of: Array(xml.utf8), file: "survey.sss")
        let checked = QuestionnaireReader.read(try YAMLDocument(parsing: Array(yaml.utf8), file: "q.yaml"))
        if isSound { #expect(checked.problems.isEmpty, "\(checked.problems.map { "\($0.what) \($0.why)" })\n\(yaml)") }
        return (checked.value, problems, yaml)
    }

    private func questionnaire(_ text: String) throws -> Questionnaire {
        try QuestionnaireReader.read(YAMLDocument(parsing: Array(text.utf8), file: "q.yaml")).get()
    }

    /// What differs beside what triple-S cannot hold: routing, rosters, exclusive answers, wordings, checks.
    private func differences(_ left: Questionnaire, _ right: Questionnaire) -> [String] {
        var differences: [String] = []
        func compare(_ part: String, _ a: String, _ b: String) {
            if a != b { differences.append("\(part): \(a) ≠ \(b)") }
        }
        func text(_ text: LocalizedText) -> String {
            text.texts.map { "\($0.language)=\($0.text)" }.joined(separator: "|")
        }
        func answers(_ list: [Answer]) -> String { list.map { "\($0.code) \(text($0.label))" }.joined(separator: ";") }
        func missing(_ codes: [MissingCode], _ whole: Questionnaire) -> String {
            codes.map { "\($0.code) \(whole.name(of: $0.kind)) \(text($0.label))" }.joined(separator: ";")
        }
        compare("id", left.id, right.id)
        compare("version", left.version, right.version)
        compare("title", text(left.title), text(right.title))
        compare("languages", "\(left.languages)", "\(right.languages)")
        compare("count", "\(left.questions.count)", "\(right.questions.count)")
        for (a, b) in zip(left.questions, right.questions) {
            compare("\(a.id) text", text(a.text), text(b.text))
            compare("\(a.id) type", a.type.rawValue, b.type.rawValue)
            compare("\(a.id) answers", answers(a.answers), answers(b.answers))
            compare("\(a.id) missing", missing(a.missing, left), missing(b.missing, right))
            compare("\(a.id) rest", "\(a.isPrivate) \(a.columns) \(a.range)", "\(b.isPrivate) \(b.columns) \(b.range)")
        }
        return differences
    }

    @Test(arguments: XLSFormTests.files) func `a questionnaire keeps its variables in triple-S`(file: String) throws {
        let original = try questionnaire(String(contentsOfFile: "\(XLSFormTests.root)/\(file)", encoding: .utf8))
        let (xml, losses) = TripleSForm.metadata(of: original)
        let (back, problems, _) = try read(xml)
        #expect(problems.isEmpty, "\(problems.map { "\($0.code) \($0.what) \($0.why)" })")
        let found = differences(original, try #require(back))
        #expect(found.isEmpty, "\(found.prefix(5))")
        #expect(losses.allSatisfy { $0.code == "forms.not-in-triple-s" && $0.severity == .caution })
        // What is read back is written in the same words.
        let again = TripleSForm.metadata(of: try #require(back)).xml
        #expect(again == xml)
    }

    // MARK: Written

    /// The lines of the metadata of a questionnaire of one question, without indent.
    private func lines(_ question: String, _ rest: String = "") throws -> (lines: [String], losses: [String]) {
        let source = """
            saual: questionnaire/1
            id: short
            version: "2"
            title: {kk: "Қысқа", ru: "Короткий", en: "Short"}
            languages: [kk, ru, en]
            missing:
              98: {kind: dont-know, label: {kk: "қиын", ru: "трудно", en: "hard"}}
              -9: {kind: broken-off, label: {kk: "үзілді", ru: "прервано", en: "broken"}}
            \(rest)
            questions:
              - \(question)
            """
        let (xml, problems) = TripleSForm.metadata(of: try questionnaire(source))
        return (
            xml.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) },
            problems.flatMap { $0.place.detail.map { [$0] } ?? [] }
        )
    }

    private let words = "text: {kk: Ә, ru: Я, en: A}"
    private let yesNo = "answers: {1: {kk: Иә, ru: Да, en: Yes}, 2: {kk: Жоқ, ru: Нет, en: No}}"

    @Test func `texts stand in every language, and the version, field and kind of a missing code beside them`() throws {
        let (lines, losses) = try lines("{id: q, type: single, \(words), \(yesNo), missing: [98], private: true}")
        #expect(losses.isEmpty)
        #expect(
            lines == [
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<sss version=\"2.0\" languages=\"kk ru en\">",
                "<survey>",
                "<name>short</name>", "<version>2</version>",
                "<title>Қысқа<text xml:lang=\"kk\">Қысқа</text><text xml:lang=\"ru\">Короткий</text>"
                    + "<text xml:lang=\"en\">Short</text></title>",
                "<record ident=\"A\" format=\"csv\" skip=\"1\">", "<variable ident=\"1\" type=\"single\">",
                "<?saual private?>", "<name>q</name>",
                "<label>Ә<text xml:lang=\"kk\">Ә</text><text xml:lang=\"ru\">Я</text>"
                    + "<text xml:lang=\"en\">A</text></label>",
                "<position start=\"1\"/>", "<values>",
                "<value code=\"1\">Иә<text xml:lang=\"kk\">Иә</text><text xml:lang=\"ru\">Да</text>"
                    + "<text xml:lang=\"en\">Yes</text></value>",
                "<value code=\"2\">Жоқ<text xml:lang=\"kk\">Жоқ</text><text xml:lang=\"ru\">Нет</text>"
                    + "<text xml:lang=\"en\">No</text></value>",
                "<value code=\"98\">қиын<text xml:lang=\"kk\">қиын</text><text xml:lang=\"ru\">трудно</text>"
                    + "<text xml:lang=\"en\">hard</text><?saual dont-know?></value>",
                "</values>", "</variable>", "</record>", "</survey>", "</sss>",
            ])
    }

    @Test func `each type of question is the type that triple-S has for it`() throws {
        let letters = "answers: {a: {kk: Ә, ru: Я, en: A}, \"01\": {kk: Б, ru: Б, en: B}}"
        for (question, expected) in [
            ("type: scale, \(yesNo), missing: [98]", ["type=\"single\"", "<value code=\"1\" score=\"1\">"]),
            ("type: single, \(yesNo), missing: [-9]", ["type=\"single\" format=\"literal\"", "<value code=\"-9\">"]),
            ("type: region, \(yesNo)", ["type=\"single\"", "<?saual region?>"]),
            ("type: multiple, \(yesNo), missing: [98]", ["type=\"multiple\">", "<value code=\"98\">"]),
            (
                "type: multiple, \(letters)",
                ["type=\"multiple\" format=\"literal\"", "<spread subfields=\"2\" width=\"2\"/>"]
            ),
            (
                "type: number, range: [0, 120], missing: [-9]",
                ["type=\"quantity\"", "<range from=\"0\" to=\"120\"/>", "<?saual broken-off?>"]
            ),
            ("type: number", ["<range from=\"-2147483647.000000\" to=\"2147483647.000000\"/>"]),
            ("type: number, range: [0.5, null]", ["<range from=\"0.5\" to=\"2147483647\"/>"]),
            ("type: number, range: [0, 3e9]", ["<range from=\"0\" to=\"3000000000.0\"/>"]),
            ("type: money", ["type=\"quantity\"", "<?saual money?>"]), ("type: date", ["type=\"date\""]),
            ("type: text", ["type=\"character\"", "<size>4000</size>"]),
        ] {
            let found = try lines("{id: q, \(words), \(question)}").lines.joined(separator: "\n")
            for part in expected { #expect(found.contains(part), "\(question): \(part)\n\(found)") }
        }
    }

    @Test func `what triple-S has no place for is named`() throws {
        for (question, rest, expected) in [
            ("type: date, missing: [98]", "", ["missing"]), ("type: text, when: \"true\"", "", ["when"]),
            ("type: multiple, \(yesNo), exclusive: [2], most: 1", "", ["exclusive", "most"]),
            ("type: multiple, \(yesNo), columns: [x, y]", "", ["columns"]),
            ("type: number, column: \"a b\"", "", ["column"]), ("type: date", "key: q", ["key"]),
            ("type: single, for each: l, \(yesNo)", "answers: {l: {1: {kk: Ә, ru: Я, en: A}}}", ["for each"]),
            (
                "type: number", "derived: {d: {\(words), number: q * 2}}\nchecks: [{id: c, rule: q > 1, \(words)}]",
                ["derived", "checks"]
            ),
            ("type: number", "unreviewed: [kk]", ["unreviewed"]),
        ] {
            let losses = try lines("{id: q, \(words), \(question)}", rest).losses
            #expect(losses == expected, "\(question)")
        }
    }

    @Test func `the key is the serial number, and routing by a logical variable the filter`() throws {
        let source = """
            saual: questionnaire/1
            id: short
            version: "2"
            title: {en: Short}
            languages: [en]
            key: n
            questions:
              - {id: n, type: text, text: {en: Number}}
              - {id: again, type: single, text: {en: Again}, answers: {1: {en: "Yes"}, 0: {en: "No"}}}
              - {id: kind, type: text, text: {en: When}, when: again = 1}
              - {id: why, type: text, text: {en: Why}, when: again = 0}
            """
        let original = try questionnaire(source)
        let (xml, losses) = TripleSForm.metadata(of: original)
        #expect(xml.contains("<variable ident=\"1\" type=\"character\" use=\"serial\">"))
        #expect(xml.contains("<variable ident=\"2\" type=\"logical\">") && xml.contains("<filter>again</filter>"))
        #expect(losses.map { "\($0.why)" } == ["triple-S describes the variables of a file; left out are why"])
        let back = try #require(try read(xml).questionnaire)
        #expect(differences(original, back).isEmpty)
        #expect(back.key == ["n"] && back.question("kind")?.when?.names == ["again"])
    }

    // MARK: Read

    private func sss(_ variables: String, _ root: String = "version=\"2.0\"", title: String = "") -> String {
        "<sss \(root)><survey>\(title)<record ident=\"A\" format=\"csv\">\(variables)</record></survey></sss>"
    }

    private func variable(_ name: String, _ type: String, _ rest: String = "", label: String = "L") -> String {
        "<variable ident=\"1\" type=\"\(type)\"><name>\(name)</name><label>\(label)</label><position start=\"1\"/>\(rest)"
            + "</variable>"
    }

    @Test func `metadata of others become a questionnaire`() throws {
        let (found, problems, _) = try read(
            """
            <?xml version="1.0"?><!DOCTYPE sss PUBLIC "-//triple-s//DTD Survey Interchange v2.0//EN" "http://localhost/x.dtd">
            <sss version="2.0" languages="en kk" modes="interview analysis">
              <survey><name>MUSEUM</name><title>Museum<br/>second wave</title>
              <record ident="M" format="fixed">
                <variable ident="1" type="quantity" use="serial"><name>ID</name><label>Number</label>
                  <position start="1" finish="4"/><values><range from="0001" to="9999"/></values></variable>
                <variable ident="2" type="time"><name>hour</name><label>Time</label><position start="5" finish="10"/></variable>
                <variable ident="3" type="single"><name>Q1</name>
                  <label>Was here<text xml:lang="kk">Keldi</text><text mode="interview">Have you been here?</text></label>
                  <position start="11"/><values><value code="0">No</value><value code="01" score="2.5">Yes</value></values></variable>
                <variable ident="4" type="multiple"><name>Q 2</name><label>Seen</label><position start="12" finish="16"/>
                  <values><value code="1">Hall</value><value code="5">Other</value></values></variable>
                <variable ident="5" type="multiple"><name>Q3</name><label>Liked</label><position start="17" finish="20"/>
                  <spread subfields="2" width="2"/><values><range from="1" to="3"/><value code="2">Tower</value></values></variable>
                <variable ident="6" type="logical"><name>Q5</name><label>Again</label><position start="21"/></variable>
                <variable ident="7" type="single" format="literal"><name>Q6</name><label>When</label><position start="22"/>
                  <filter>Q5</filter><values><value code="A">Soon</value></values></variable>
                <variable ident="8" type="quantity" use="weight"><name>WT</name><label>Weight</label><position start="23" finish="29"/>
                  <values><range from="0.0000" to="99.9999"/></values></variable>
              </record></survey>
            </sss>
            """)
        let read = try #require(found)
        #expect(read.id == "MUSEUM" && read.version == "1" && read.key == ["ID"])
        #expect(read.languages == [.english, .kazakh])
        #expect(read.title[.english] == "Museum second wave")
        #expect(read.questions.map(\.id) == ["ID", "hour", "Q1", "Q_2", "Q3", "Q5", "Q6", "WT"])
        #expect(
            read.questions.map(\.type) == [.number, .text, .single, .multiple, .multiple, .single, .single, .number])
        #expect(read.question("ID")?.range.least == 1 && read.question("ID")?.range.greatest == 9999)
        let before = try #require(read.question("Q1"))
        #expect(before.text[.english] == "Have you been here?" && before.text[.kazakh] == "Keldi")
        #expect(before.answers.map(\.code) == ["0", "1"])
        #expect(read.question("Q_2")?.columns == ["Q 2_1", "Q 2_5"])
        #expect(read.question("Q3")?.answers.map(\.code) == ["1", "2", "3"])
        #expect(read.question("Q3")?.answers.map { $0.label[.english] } == ["1", "Tower", "3"])
        #expect(read.question("Q5")?.answers.map { $0.label[.kazakh] } == ["Иә", "Жоқ"])
        #expect(read.question("Q6")?.when?.names == ["Q5"])
        #expect(
            problems.map(\.code) == [
                "forms.other-type", "forms.filled-texts", "forms.left-out", "forms.left-out", "forms.left-out",
                "forms.spread-answers",
            ])
        #expect(problems.compactMap(\.place.detail) == ["kk", "score", "use", "label", "spread"])
        #expect(problems.allSatisfy { $0.place.file == "survey.sss" })
    }

    @Test func `values outside the range and without a score are missing answers, which is told`() throws {
        let scores = "<value code=\"1\" score=\"1\">a</value><value code=\"2\" score=\"2.0\">b</value>"
        let (found, problems, _) = try read(
            sss(
                variable(
                    "age", "quantity", "<values><range from=\"0\" to=\"98\"/><value code=\"99\">?</value></values>")
                    + variable("mark", "single", "<values>\(scores)<value code=\"9\">hard to say</value></values>")
                    + variable(
                        "n", "quantity", "<values><range from=\"0\" to=\"9\"/><value code=\"0\">none</value></values>"))
        )
        let read = try #require(found)
        #expect(read.question("age")?.missing.map(\.code) == ["99"])
        #expect(read.question("mark")?.type == .scale)
        #expect(read.question("mark")?.missing.map(\.kind) == [.noAnswer])
        #expect(read.question("n")?.missing.isEmpty == true)
        #expect(problems.map(\.code) == ["forms.left-out", "forms.assumed-missing"])
        #expect(problems.last?.why.values == ["age 99, mark 9"])
    }

    @Test func `texts keep their words where others format them, and the language that the file says, as 3.0 has it`()
        throws
    {
        let label =
            "How <b>old <i>are</i></b> you<br/>today<p>in years</p>?<text xml:lang=\"ru\">Ваш <u>возраст</u></text>"
        let (found, _, _) = try read(
            sss(
                "<style>b {}</style>" + variable("age", "character", "<size>3</size>", label: label),
                "version=\"3.0\" xml:lang=\"en-GB\"", title: "<title>The <span class=\"x\">age</span></title>"))
        let read = try #require(found)
        #expect(read.languages.map(\.rawValue) == ["ru", "en"])
        #expect(read.question("age")?.text[.english] == "How old are you today in years?")
        #expect(read.question("age")?.text[.russian] == "Ваш возраст")
        #expect(read.title[.english] == "The age")
    }

    @Test func `a language that the file does not name is und`() throws {
        let text = "Own<text xml:lang=\"ru\">Другой</text>"
        #expect(try read(sss(variable("a", "date"))).questionnaire?.languages == [.undetermined])
        #expect(
            try read(sss(variable("a", "date", label: text))).questionnaire?.languages == [.russian, .undetermined])
        let (found, problems, _) = try read(sss(variable("a", "date", label: "A<text xml:lang=\"12\">B</text>")))
        #expect(found?.languages == [.undetermined] && problems.map(\.code) == ["forms.wrong-tag"])
    }

    @Test func `names that are no ids, or one id, become different ids with their columns`() throws {
        let names = ["a.b", "a-b", "a b", "a_b", "and", "1"]
        let read = try #require(try read(sss(names.map { variable($0, "date") }.joined())).questionnaire)
        #expect(read.questions.map(\.id) == ["a_b", "a_b_2", "a_b_3", "a_b_4", "and", "_1"])
        #expect(read.questions.flatMap(\.columns) == names)
    }

    @Test func `what cannot be a questionnaire is refused or named`() throws {
        let entities = "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>"
        for (xml, code) in [
            (entities + sss(variable("a", "date", label: "&b;")), "formats.document-type"),
            ("<sss version=\"2.0\"", "formats.wrong-xml"), ("<sss version=\"9\"/>", "formats.unsupported-variant"),
            ("<codeBook/>", "formats.not-of-format"), (sss(""), "formats.no-variables"),
            ("<sss version=\"2.0\"><hierarchy/></sss>", "formats.unsupported-variant"),
            ("<sss version=\"2.0\"><survey/></sss>", "formats.wrong-definition"),
            (sss(variable("", "date")), "formats.unnamed-column"),
            (sss(variable("a", "tristate")), "formats.wrong-definition"),
            (sss(variable("a", "date") + variable("a", "time")), "formats.duplicate-column"),
            (sss(variable("a", "date")).replacing("start=\"1\"", with: "start=\"0\""), "formats.wrong-definition"),
            (sss(variable("a", "character", "<size>-1</size>")), "formats.wrong-definition"),
            (
                sss(variable("a", "multiple", "<spread subfields=\"9999999\" width=\"1\"/>")),
                "formats.wrong-definition"
            ),
        ] {
            let problem = #expect(throws: Problem.self, "\(xml)") { try read(xml) }
            #expect(problem?.code == code, "\(xml)")
        }
        for (rest, type, codes) in [
            ("", "single", ["forms.no-values"]), ("<values/>", "multiple", ["forms.no-values"]),
            ("<filter>b</filter>", "date", ["forms.not-translated"]),
            ("<filter>a</filter>", "logical", ["forms.not-translated"]),
            ("<values><range from=\"x\" to=\"1\"/></values>", "quantity", ["forms.left-out"]),
            ("<values><range from=\"9\" to=\"1\"/></values>", "quantity", ["forms.left-out"]),
            ("<values><range from=\"1\" to=\"99999999\"/></values>", "single", []),
            (
                "<values><range from=\"1\" to=\"999\"/><value code=\"1\">x</value></values>", "multiple",
                ["forms.left-out"]
            ),
            (
                "<values><value code=\"1\">x</value><value code=\"1\">y</value><value>z</value></values>", "single",
                ["forms.left-out"]
            ),
            ("<values><range from=\"1\" to=\"9\"/></values>", "date", ["forms.left-out"]),
        ] {
            let (found, problems, yaml) = try read(sss(variable("a", type, rest)))
            #expect(found != nil && problems.map(\.code) == codes, "\(rest) \(yaml)")
        }
    }

    @Test func `ranges and languages cannot make a small file a large questionnaire`() throws {
        let wide = "<values><range from=\"1\" to=\"1000\"/></values>"
        let many = try TripleSForm.questionnaire(
            of: Array(sss((0..<2000).map { variable("v\($0)", "single", wide) }.joined()).utf8), file: "a.sss")
        #expect(many.yaml.utf8.count < 10 << 20)
        let letters = "abcdefghijklmnopqrstuvwxyz"
        let tags = letters.flatMap { first in letters.map { "\(first)\($0)" } }.joined(separator: " ")
        let (found, problems, _) = try read(
            sss(variable("a", "date"), "version=\"2.0\" languages=\"\(tags)\""))
        #expect(found?.languages.count == 40)
        #expect(problems.contains { $0.code == "forms.left-out" && $0.place.detail == "language" })
    }

    @Test func `texts that XML or YAML could take for their own stay as they are`() throws {
        let hard = "]]> <b> & \" ' : {x} #c \\ \u{200B}ә ?> *a"
        let original = try questionnaire(
            """
            saual: questionnaire/1
            id: hard
            version: "1"
            title: {en: \(YAMLText.quoted(hard))}
            languages: [en]
            questions:
              - {id: q, type: single, text: {en: \(YAMLText.quoted(hard))}, answers: {\(YAMLText.quoted(hard)): {en: x}}}
            """)
        let back = try #require(try read(TripleSForm.metadata(of: original).xml).questionnaire)
        #expect(differences(original, back).isEmpty, "\(differences(original, back))")
    }
}
