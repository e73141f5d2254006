import Foundation
import SurveyProblems
import SurveySchema
import SurveyYAML
import Testing

/// How older versions map onto a questionnaire: the reader, and the map held against the older questionnaire.
struct VersionMapTests {
    private static func head(_ version: String) -> String {
        "saual: questionnaire/1\nid: q\nversion: \"\(version)\"\nlanguages: [en]\ntitle: T\n"
    }

    private func read(_ text: String, file: String = "q.yaml") throws -> Checked<Questionnaire> {
        QuestionnaireReader.read(try YAMLDocument(parsing: Array(text.utf8), file: file))
    }

    /// Lines after the version of an older questionnaire, six lines down.
    private static let older = """
        missing: {98: {kind: dont-know}, 97: {kind: dont-know}, 96: {kind: broken-off}}
        questions:
          - {id: ready, text: T, type: single, answers: {1: A, 2: B, 3: C}, missing: [98]}
          - {id: edu, text: T, type: scale, answers: {1: A, 2: B, 3: C}, missing: [98, 97, 96]}
          - {id: chan, text: T, type: multiple, answers: {1: A, 2: B, 9: C}}
          - {id: age, text: T, type: number}
          - {id: when_, text: T, type: date}
          - {id: only_there, text: T, type: text}

        """

    private static let newer = """
        missing: {98: {kind: dont-know}}
        questions:
          - {id: would, text: T, type: single, answers: {1: A, 2: B, 3: C}, missing: [98]}
          - {id: edu, text: T, type: single, answers: {1: A, 2: B}, missing: [98]}
          - {id: chan, text: T, type: multiple, answers: {1: A, 2: B}}
          - {id: age, text: T, type: number}
          - {id: when_, text: T, type: text}
          - {id: new, text: T, type: number}
        derived:
          old: {text: Old, cut: age, at: [30]}
          group: {text: G, cases: {a: {when: old = "30+" and edu = 1, label: A}}}

        """

    @Test func `an entry is read with its renamings, codes, absences and breaks`() throws {
        let text =
            VersionMapTests.head("2") + VersionMapTests.newer
                + """
                versions:
                  - version: "1"
                    renamed: {would: ready}
                    recoded: {edu: {3: 2, 97: 98}}
                    absent: [new, when_]
                    not comparable: {edu: another list, group: made of edu}
                  - {version: "0"}

                """
        let questionnaire = try read(text).get()
        let map = try #require(questionnaire.map(from: "1"))
        #expect(map.source(of: "would") == "ready" && map.source(of: "edu") == "edu" && map.source(of: "new") == nil)
        #expect(map.recoding(of: "edu")?.codes.map { "\($0.there)>\($0.here)" } == ["3>2", "97>98"])
        #expect(questionnaire.versions.map(\.version) == ["1", "0"])
        #expect(questionnaire.map(from: "2") == nil)
        // Names are followed through derived variables; items of a set to their question.
        let broken = questionnaire.incomparable(names: ["group", "age"], from: "1")
        #expect(broken.map(\.name) == ["group", "edu"])
        #expect(broken.map { $0.reason.text(in: .english) } == ["made of edu", "another list"])
        #expect(questionnaire.incomparable(names: ["age"], from: "1").isEmpty)
        #expect(questionnaire.incomparable(names: ["edu"], from: "0").isEmpty)
    }

    @Test(arguments: WrongQuestionnaire.versions)
    func `every mistake of an entry is found in one run, at its line and character`(_ wrong: WrongQuestionnaire) throws
    {
        let planted = wrong.planted
        let checked = try read(planted.text)
        let found = checked.problems.map { "\($0.place.line ?? 0):\($0.place.position ?? 0) \($0.code)" }
        #expect(found == planted.found)
        #expect(checked.value == nil)
    }

    /// Both files, the newer one with marks where problems of the pair must stand.
    private func problems(_ entry: String) throws -> (found: [String], planted: [String], all: [Problem]) {
        let wrong = WrongQuestionnaire("", whole: VersionMapTests.head("2") + VersionMapTests.newer + entry).planted
        let newer = try read(wrong.text, file: "new.yaml").get()
        let older = try read(VersionMapTests.head("1") + VersionMapTests.older).get()
        let all = newer.problems(reading: older, file: "new.yaml")
        #expect(all.allSatisfy { $0.place.file == "new.yaml" })
        return (all.map { "\($0.place.line ?? 0):\($0.place.position ?? 0) \($0.code)" }, wrong.found, all)
    }

    @Test func `a map is held against the older questionnaire, all mistakes at their places`() throws {
        let result = try problems(
            """
            versions:
              - version: ⟦schema.kinds-not-here⟧⟦schema.not-there⟧⟦schema.unmapped-answers⟧⟦schema.unreadable-type⟧"1"
                renamed: {would: ⟦schema.unknown-there⟧redy}
                recoded:
                  ⟦schema.unmapped-answers⟧edu: {⟦schema.unknown-code-there⟧7: 2, ⟦schema.inseparable-codes⟧97: 1}
                absent: [⟦schema.absent-but-asked⟧age]

            """)
        #expect(result.found.sorted() == result.planted.sorted())
        let texts = result.all.map(\.what.description)
        #expect(texts.contains("Version \"1\" has no question \"redy\""))
        #expect(texts.contains("Questions that version \"1\" does not have: new"))
        #expect(texts.contains("Answers of \"edu\" in version \"1\" are not mapped: 3"))
        #expect(texts.contains("Answers of \"chan\" in version \"1\" are not mapped: 9"))
        #expect(texts.contains("Missing kinds of version \"1\" are not declared here: broken-off"))
        #expect(result.all.filter { $0.severity == .caution }.map(\.code) == ["schema.absent-but-asked"])
    }

    @Test func `a complete map has no problems, and without an entry nothing is said`() throws {
        let complete = try problems(
            """
            versions:
              - version: "1"
                renamed: {would: ready}
                recoded: {edu: {3: 2, 97: 98}, chan: {9: 2}}
                absent: [new, when_]

            """)
        // The one own kind of the older version has no code here.
        #expect(complete.all.map(\.code) == ["schema.kinds-not-here"])
        #expect(try problems("versions: [{version: \"0\"}]\n").all.isEmpty)
        #expect(try problems("").all.isEmpty)
    }

    @Test func `a missing code that became an answer must be recoded`() throws {
        let older = try read(
            VersionMapTests.head("1")
                + "questions: [{id: a, text: T, type: single, answers: {1: A}, missing: {3: {kind: refused}}}]\n"
        ).get()
        func found(_ recoded: String) throws -> [String] {
            let text =
                VersionMapTests.head("2")
                + "questions: [{id: a, text: T, type: single, answers: {1: A, 3: C}}]\nversions: [{version: \"1\"\(recoded)}]\n"
            return try read(text).get().problems(reading: older, file: "q.yaml").map(\.code)
        }
        #expect(try found("") == ["schema.turned-codes"])
        #expect(try found(", recoded: {a: {3: 3}}") == [])
    }
}

extension WrongQuestionnaire {
    static let versions: [WrongQuestionnaire] = [
        .init(
            "unknown keys and names",
            """
            questions:
              - {id: a, text: A, type: single, answers: {1: Yes}}
              - {id: n, text: N, type: number}
            derived:
              d: {text: D, cut: n, at: [1]}
            versions:
              - version: "0"
                ⟦yaml.unknown-key⟧rename: {}
                renamed: {⟦schema.unknown-name⟧b: x, ⟦schema.derived-not-mapped⟧d: y, a: ⟦schema.renamed-to-itself⟧a, n: ⟦schema.bad-id⟧1x}
                recoded: {⟦schema.nothing-to-recode⟧n: {1: 2}, a: {1: ⟦schema.unknown-answer⟧5}, ⟦schema.unknown-name⟧z: {1: 1}}
                absent: [⟦schema.unknown-name⟧q]
                not comparable: {⟦schema.unknown-name⟧w: why, d: ⟦schema.undeclared-language⟧{ru: why}}

            """.replacingOccurrences(
                of: "⟦schema.undeclared-language⟧{ru",
                with: "⟦schema.missing-translation⟧{⟦schema.undeclared-language⟧ru")),
        .init(
            "contradictions",
            """
            questions:
              - {id: a, text: A, type: single, answers: {1: Yes}}
              - {id: b, text: B, type: single, answers: {1: Yes}}
              - {id: c, text: C, type: single, answers: {1: Yes}}
            versions:
              - version: ⟦schema.own-version⟧"1"
              - version: "0"
                renamed: {a: x, b: ⟦schema.shared-source⟧x, c: y}
                recoded: {c: ⟦schema.empty⟧{}}
                absent: [⟦schema.absent-and-mapped⟧⟦schema.absent-and-mapped⟧c, ⟦schema.repeated-entry⟧c]
              - version: ⟦schema.repeated-entry⟧"0"
                renamed: {a: ⟦schema.shared-source⟧b}
              - ⟦yaml.missing-key⟧absent: a
              - ⟦yaml.wrong-shape⟧text

            """),
        .init(
            "no entry",
            """
            questions: [{id: a, text: A, type: text}]
            versions: ⟦schema.empty⟧[]
            unreviewed: [⟦schema.undeclared-language⟧kk, en, ⟦schema.repeated-entry⟧en]

            """),
        .init(
            "tables of regions",
            """
            questions:
              - {id: a, text: A, type: single, answers: {1: Yes}, ⟦schema.not-for-regions⟧aliases: a.csv}
              - {id: b, text: B, type: region, answers: {1: R}, ⟦schema.region-key-alone⟧code system: kato-2}
              - {id: c, text: C, type: region, answers: {1: R}, aliases: a.csv, ⟦schema.region-key-alone⟧district: ⟦schema.unknown-name⟧x}
              - {id: d, text: D, type: region, answers: {1: R}, aliases: a.csv, district: ⟦schema.unknown-name⟧d, district moves: m.csv}
              - {id: e, text: E, type: region, answers: {1: R}, aliases: ⟦schema.not-a-path⟧"", district: m, district moves: m.csv}
              - {id: f, text: F, type: region, answers: {1: R}, aliases: a.csv, district: ⟦schema.not-a-district⟧day, district moves: m.csv}
              - {id: day, text: D, type: date}

            """),
    ]
}
