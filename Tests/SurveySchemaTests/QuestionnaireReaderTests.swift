import SurveyProblems
import SurveySchema
import SurveyYAML
import Testing

struct QuestionnaireReaderTests {
    private func read(_ text: String) throws -> Checked<Questionnaire> {
        QuestionnaireReader.read(try YAMLDocument(parsing: Array(text.utf8), file: "q.yaml"))
    }

    @Test(arguments: WrongQuestionnaire.all)
    func `every planted mistake is found in one run, at its line and character`(_ wrong: WrongQuestionnaire) throws {
        let planted = wrong.planted
        let checked = try read(planted.text)
        let found = checked.problems.map {
            (line: $0.place.line ?? 0, position: $0.place.position ?? 0, code: $0.code)
        }
        .sorted { ($0.line, $0.position, $0.code) < ($1.line, $1.position, $1.code) }
        .map { "\($0.line):\($0.position) \($0.code)" }
        #expect(found == planted.found)
        #expect(checked.problems.allSatisfy { $0.place.file == "q.yaml" })
        #expect(checked.value == nil)
    }

    @Test func `the table holds at least thirty wrong questionnaires`() {
        #expect(WrongQuestionnaire.all.count >= 30)
        #expect(WrongQuestionnaire.all.allSatisfy { !$0.planted.found.isEmpty })
    }

    @Test func `problems stand in the order of the file`() throws {
        for wrong in WrongQuestionnaire.all {
            let places = try read(wrong.planted.text).problems.map {
                YAMLMark(line: $0.place.line ?? 0, position: $0.place.position ?? 0)
            }
            #expect(places == places.sorted(), "\(wrong.name)")
        }
    }

    static let whole = """
        saual: questionnaire/1
        id: envipe-personal.2
        version: "2021"
        title: {kk: Сұрақтар, ru: Вопросы, en: Questions}
        languages: [kk, ru, en]
        key: ID
        answers:
          yes_no: {1: {en: "Yes", ru: Да, kk: Иә}, 2: {kk: Жоқ, ru: Нет, en: "No"}}
        missing:
          9: {kind: no-answer, label: {kk: Жауап жоқ, ru: Нет ответа, en: No answer}}
          8: {kind: dont-know}
          7: {kind: interviewer-error}
        questions:
          - {id: ID, column: ID_PER, text: {kk: Нөмірі, ru: Номер, en: Number}, type: text, private: true}
          - {id: age, text: {kk: Жасы, ru: Возраст, en: Age}, type: number, range: [18, null], missing: [8, 7]}
          - {id: met, text: {kk: Ә, ru: А, en: A}, type: single, answers: yes_no, missing: 9, when: age >= 18}
          - id: channel
            text: {kk: Ә, ru: А, en: A}
            type: multiple
            answers: {1: {kk: а, ru: б, en: c}, x: {kk: а, ru: б, en: c}}
            columns: "ch_{code}_{id}"
            missing: {99: {kind: second-own}, 98: {kind: interviewer-error}}
          - {id: other, text: {kk: Ә, ru: А, en: A}, type: multiple, answers: yes_no}
          - {id: level, text: {kk: Ә, ru: А, en: A}, type: scale, answers: yes_no, when: channel has "x"}
        derived:
          age_group: {text: {kk: Ә, ru: А, en: A}, cut: age, at: [18, 30]}
          young: {text: {kk: Ә, ru: А, en: A}, answers: yes_no, cases: {1: age_group = "m17", 2: "true"}}
          odd:
            text: {kk: Ә, ru: А, en: A}
            cases:
              a: {when: 'age_group in ["m17", "30+"]', label: {kk: а, ru: б, en: c}}
              b: {when: level > 1, label: {kk: а, ru: б, en: d}}
          per: {text: {kk: Ә, ru: А, en: A}, number: age / level}
        """

    @Test func `a right questionnaire is read as it was written`() throws {
        let questionnaire = try read(QuestionnaireReaderTests.whole).get()
        #expect(questionnaire.id == "envipe-personal.2")
        #expect(questionnaire.version == "2021")
        #expect(questionnaire.languages.map(\.rawValue) == ["kk", "ru", "en"])
        #expect(questionnaire.title[.kazakh] == "Сұрақтар")
        #expect(questionnaire.key == ["ID"])
        #expect(questionnaire.ownMissingKinds == ["interviewer-error", "second-own"])
        #expect(questionnaire.source == Array(QuestionnaireReaderTests.whole.utf8))
        #expect(questionnaire.questions.map(\.id) == ["ID", "age", "met", "channel", "other", "level"])

        let id = try #require(questionnaire.question("ID"))
        #expect(id.isPrivate && id.columns == ["ID_PER"] && id.line == 14 && id.when == nil)
        let age = try #require(questionnaire.question("age"))
        #expect(age.range.least == 18 && age.range.greatest == nil)
        #expect(age.missing.map(\.code) == ["8", "7"])
        #expect(age.missing.map(\.kind.rawValue) == [MissingKind.dontKnow.rawValue, MissingKind.firstOwn])
        #expect(age.missing[1].label.isEmpty)
        let met = try #require(questionnaire.question("met"))
        #expect(met.answers.map(\.code) == ["1", "2"])
        #expect(met.answers.first?.label.text(in: .russian) == "Да")
        #expect(met.when?.source == "age >= 18")
        let channel = try #require(questionnaire.question("channel"))
        #expect(channel.columns == ["ch_1_channel", "ch_x_channel"])
        #expect(channel.missing.map(\.kind.rawValue) == [MissingKind.firstOwn + 1, MissingKind.firstOwn])
        #expect(questionnaire.name(of: channel.missing[0].kind) == "second-own")
        #expect(questionnaire.question("other")?.columns == ["other_1", "other_2"])

        #expect(questionnaire.derivedVariable("age_group")?.answers.map(\.code) == ["m17", "18-29", "30+"])
        #expect(questionnaire.derivedVariable("age_group")?.answers.first?.label[.english] == "< 18")
        #expect(questionnaire.derivedVariable("young")?.answers.map(\.code) == ["1", "2"])
        #expect(questionnaire.derivedVariable("odd")?.answers.map { $0.label[.english] } == ["c", "d"])
        #expect(questionnaire.derivedVariable("per")?.answers.isEmpty == true)
        #expect(questionnaire.derivedVariable("age") == nil && questionnaire.question("per") == nil)
    }

    @Test func `a questionnaire is read again from its own bytes`() throws {
        let first = try read(QuestionnaireReaderTests.whole).get()
        let again = try Questionnaire(source: first.source, file: "wave 2021")
        #expect(again.questions.map(\.id) == first.questions.map(\.id))
        let problem = #expect(throws: Problem.self) { try Questionnaire(source: Array("- 1".utf8), file: "wave 2021") }
        #expect(problem?.place.file == "wave 2021")
    }

    @Test func `a wrong name is answered with the nearest ones`() throws {
        let text = """
            saual: questionnaire/1
            id: q
            version: "1"
            languages: [en]
            title: T
            questions:
              - {id: household_income, text: A, type: number}
              - {id: b, text: B, type: nubmer, when: houshold_income > 1}
            """
        let problems = try read(text).problems
        #expect(problems.map(\.code) == ["yaml.unknown-word", "schema.unknown-name"])
        #expect(problems.first?.fix.description == "write \"number\"")
        #expect(problems.last?.fix.values == ["household_income"])
    }

    @Test func `sixty-five thousand answers are read and one more is refused`() throws {
        for (count, codes) in [(65_000, []), (65_001, ["schema.too-many-answers"])] {
            let answers = (1...count).map { "\($0): a" }.joined(separator: ", ")
            let text = WrongQuestionnaire(
                "", "questions: [{id: a, text: A, type: single, answers: {\(answers)}}]")
            #expect(try read(text.planted.text).problems.map(\.code) == codes)
        }
    }

    @Test func `a multiple question has at most 240 items`() throws {
        let answers = (1...241).map { "\($0): a" }.joined(separator: ", ")
        let text = WrongQuestionnaire("", "questions: [{id: a, text: A, type: multiple, answers: {\(answers)}}]")
        #expect(try read(text.planted.text).problems.map(\.code) == ["schema.too-many-answers"])
    }

    @Test func `a chain of ten thousand routed questions is no circle and no stack overflow`() throws {
        let lines = (1...10_000).map { "  - {id: q\($0), text: A, type: number, when: q\($0 - 1) > 0}" }
        let text = WrongQuestionnaire(
            "", "questions:\n  - {id: q0, text: A, type: number}\n" + lines.joined(separator: "\n"))
        #expect(try read(text.planted.text).problems.isEmpty)
    }
}
