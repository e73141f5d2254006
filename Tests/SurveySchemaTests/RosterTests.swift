import SurveyProblems
import SurveySchema
import SurveyTestSupport
import SurveyYAML
import Testing

struct RosterTests {
    private static let head = """
        saual: questionnaire/1
        id: q
        version: "1"
        title: T
        languages: [en]
        answers:
          yes_no: {1: Yes, 2: No}
          officials: {"01": Road police, "08": Land, 90: Other}
          places: {a: Clinic, b: School}
        missing: {98: {kind: dont-know, label: Hard to say}}
        questions:
          - {id: age, text: Age, type: number}
          - {id: met, text: Whom, type: multiple, answers: officials}
          - {id: seen, text: Seen, type: multiple, answers: {x: X, y: Y}}
          - {id: con, for each: officials, text: "Dealt with {item}?", type: single, answers: yes_no, missing: [98], columns: "con_{item}"}
          - {id: gave, for each: officials, text: "Gave?", type: single, answers: yes_no, when: con = 1 and age >= 18}
          - {id: times, for each: met, text: "{item}, {item}", type: number, range: [1, 365], columns: [t1, t8, t90], private: true}
          - {id: again, for each: met, text: A, type: scale, answers: yes_no, when: times > 1 or gave = 1}
          - {id: seen_n, for each: seen, text: S, type: number}
          - {id: fee, for each: places, text: F, type: single, answers: yes_no, when: any(gave = 1)}

        """

    private func read(_ more: String = "") throws -> Checked<Questionnaire> {
        QuestionnaireReader.read(try YAMLDocument(parsing: Array((RosterTests.head + more).utf8), file: "q.yaml"))
    }

    @Test func `a roster is one question an item, with its text, column and the rest of what was written`() throws {
        let questionnaire = try read().get()
        #expect(
            questionnaire.questions.map(\.id) == [
                "age", "met", "seen", "con[01]", "con[08]", "con[90]", "gave[01]", "gave[08]", "gave[90]", "times[01]",
                "times[08]", "times[90]", "again[01]", "again[08]", "again[90]", "seen_n[x]", "seen_n[y]", "fee[a]",
                "fee[b]",
            ])
        let con = try #require(questionnaire.question("con[08]"))
        #expect(con.text[.english] == "Dealt with Land?")
        #expect(con.columns == ["con_08"])
        #expect(con.answers.map(\.code) == ["1", "2"])
        #expect(con.missing.map(\.code) == ["98"])
        #expect(con.when == nil)
        #expect(
            con.item
                == RosterItem(
                    roster: "con", list: "officials", code: "08",
                    label: LocalizedText([(.english, "Land")])))
        #expect(questionnaire.question("gave[01]")?.columns == ["gave_01"])
        #expect(questionnaire.question("gave[01]")?.text[.english] == "Gave? — Road police")
        let times = try #require(questionnaire.question("times[90]"))
        #expect(times.text[.english] == "Other, Other")
        #expect(times.columns == ["t90"])
        #expect(times.range.greatest == 365)
        #expect(times.isPrivate)
        #expect(questionnaire.question("con") == nil)
        let roster = try #require(questionnaire.roster("times"))
        #expect(roster.list == "officials")
        #expect(roster.chosenIn == "met")
        #expect(roster.items.map(\.code) == ["01", "08", "90"])
        #expect(questionnaire.roster("seen_n")?.list == "seen")
        #expect(questionnaire.items(of: "met")?.list == "officials")
        #expect(questionnaire.items(of: "nobody") == nil)
    }

    @Test func `routing names the same item, and chosen answers route by themselves`() throws {
        let questionnaire = try read().get()
        func when(_ name: String) -> String? { questionnaire.question(name)?.when?.source }
        #expect(when("gave[08]") == "con[08] = 1 and age >= 18")
        #expect(when("times[01]") == "met[01]")
        #expect(when("again[90]") == "met[90] and (times[90] > 1 or gave[90] = 1)")
        #expect(when("fee[a]") == "any(gave = 1)")
        #expect(questionnaire.question("again[08]")?.when?.names == ["met[08]", "times[08]", "gave[08]"])
        #expect(questionnaire.question("fee[b]")?.when?.names == ["gave[01]", "gave[08]", "gave[90]"])
        // A source can be read again where no item is meant.
        for question in questionnaire.questions {
            guard let when = question.when else { continue }
            #expect(try Expression(parsing: when.source, in: questionnaire, expecting: .truth).names == when.names)
        }
    }

    @Test(arguments: [
        ("gave[01] = 1", ["gave[01]"]),
        ("gave[\"01\"] = 1", ["gave[01]"]),
        ("gave['01'] = 1 and `con[90]` = 2", ["gave[01]", "con[90]"]),
        ("any(gave = 1)", ["gave[01]", "gave[08]", "gave[90]"]),
        ("count(con = 1 and gave = 1) > 1", ["con[01]", "gave[01]", "con[08]", "gave[08]", "con[90]", "gave[90]"]),
        ("count(asked(gave), age > 3) > 1", ["gave[01]", "gave[08]", "gave[90]", "age"]),
        (
            "any(missing(again) or answered(times))",
            ["again[01]", "times[01]", "again[08]", "times[08]", "again[90]", "times[90]"]
        ),
        ("any(times + again > 2)", ["times[01]", "again[01]", "times[08]", "again[08]", "times[90]", "again[90]"]),
        ("any(con[08] = 1 and gave = 2)", ["con[08]", "gave[01]", "gave[08]", "gave[90]"]),
        ("any(gave = 1) or any(fee = 1)", ["gave[01]", "gave[08]", "gave[90]", "fee[a]", "fee[b]"]),
        ("any(count(fee = 1) > 1, gave = 1)", ["fee[a]", "fee[b]", "gave[01]", "gave[08]", "gave[90]"]),
    ])
    func `rosters stand item by item in any and count, items by their code`(_ text: String, _ names: [String]) throws {
        let questionnaire = try read().get()
        #expect(try Expression(parsing: text, in: questionnaire).names == names)
        #expect(try Expression(parsing: text, in: questionnaire).source == text)
    }

    @Test(arguments: [
        ("gave = 1", "1 schema.roster-without-item"),
        ("age > 1 and missing(gave)", "21 schema.roster-without-item"),
        ("gave[1] = 1", "1 schema.unknown-item"),
        ("gave[\"0\"\"1\"] = 1", "1 schema.unknown-item"),
        ("any(gave = 3)", "12 schema.unknown-answer"),
        ("any(gave = 1 and fee = 1)", "18 schema.rosters-of-two-lists"),
        ("count(gave = 1, seen_n > 1) = 2", "17 schema.rosters-of-two-lists"),
        ("any(gave > 1)", "5 schema.no-order"),
        ("any(gvae = 1)", "5 schema.unknown-name"),
        ("gave[\"01 = 1", "6 schema.expression-open"),
        ("gave[\"01\" = 1", "5 schema.expression-open"),
        ("gave[01", "5 schema.expression-expected"),
        ("gave[] = 1", "5 schema.expression-expected"),
    ])
    func `a roster out of its place is refused with its character`(_ text: String, _ found: String) throws {
        let questionnaire = try read().get()
        let problems = Expression.checked(text, in: questionnaire).problems
        #expect(problems.map { "\($0.place.position ?? 0) \($0.code)" } == [found])
    }

    @Test func `a bare name where it stands alone is told from a misspelt one`() throws {
        let questionnaire = try read().get()
        let problem = try #require(Expression.checked("gave = 1", in: questionnaire).problems.first)
        #expect(problem.fix.description == "write gave[01] or any(gave …)")
        let slip = try #require(Expression.checked("gvae = 1", in: questionnaire).problems.first)
        #expect(slip.fix.description.contains("gave"))
        let item = try #require(Expression.checked("gave[1] = 1", in: questionnaire).problems.first)
        #expect(item.fix.description.contains("01"))
    }

    @Test func `where one item is meant, bare rosters of its list are that item`() throws {
        let questionnaire = try read().get()
        let scope = questionnaire.item("08", of: "officials")
        let text = "gave = 1 or times > 2 and any(gave = 1) and asked(con) and fee[a] = 1"
        let expression = try Expression.checked(text, in: scope, expecting: .truth).get()
        #expect(
            expression.source
                == "gave[08] = 1 or times[08] > 2 and any(gave = 1) and asked(con[08]) and fee[a] = 1")
        #expect(expression.names == ["gave[08]", "times[08]", "gave[01]", "gave[90]", "con[08]", "fee[a]"])
        #expect(Expression.checked("fee = 1", in: scope).problems.map(\.code) == ["schema.roster-without-item"])
        #expect(Expression.checked("gave = 7", in: scope).problems.map { $0.place.position } == [8])
        #expect(
            Expression.checked("gave = 1", in: questionnaire.item("77", of: "officials")).problems.map(\.code)
                == ["schema.unknown-item"])
    }

    @Test func `a roster's columns are those of its items, also through derived variables`() throws {
        let questionnaire = try read(
            """
            derived:
              any_gave: {text: D, answers: yes_no, cases: {1: any(gave = 1), 2: "not any(gave = 1)"}}
              sum: {text: N, number: "count(con = 1) + times[\\"08\\"]"}
            """
        ).get()
        #expect(questionnaire.requiredColumns(for: ["gave"]) == ["gave[01]", "gave[08]", "gave[90]"])
        #expect(questionnaire.requiredColumns(for: ["any_gave", "gave[08]"]) == ["gave[01]", "gave[08]", "gave[90]"])
        #expect(questionnaire.requiredColumns(for: ["sum"]) == ["con[01]", "con[08]", "con[90]", "times[08]"])
        #expect(
            questionnaire.names == [
                "age", "met", "seen", "con", "gave", "times", "again", "seen_n", "fee", "any_gave", "sum",
            ])
        #expect(questionnaire.bases["gave[90]"]?.source == "con[90] = 1 and age >= 18")
    }

    @Test func `a name is read and written as expressions do`() throws {
        for name in ["gave", "gave[01]", "two words", "not", "gave[a b]", "gave[a]b]", "gave[\"]", "gave[`]", "m[in[]"]
        {
            #expect(try Expression.name(parsing: Expression.written(name)) == name)
        }
        #expect(try Expression.name(parsing: " gave[\"01\"] ") == "gave[01]")
        #expect(Expression.written("gave[01]") == "gave[01]")
        for text in ["", "a b", "1", "\"a\"", "a = 1", "and", "gave[\"01\""] {
            #expect(throws: Problem.self) { try Expression.name(parsing: text) }
        }
    }

    @Test func `codes of items may hold brackets, quotes and blanks`() throws {
        let questionnaire = try Questionnaire(
            source: Array(
                """
                saual: questionnaire/1
                id: q
                version: "1"
                title: T
                languages: [en]
                answers:
                  odd: {"a]": A, 'say "x"': B, "`": C, "[": D, "x y": "{id}", "{item}": "{item}", "é": F}
                  yes_no: {1: Yes, 2: No}
                questions:
                  - {id: p, for each: odd, text: "{item}", type: single, answers: yes_no}
                  - {id: r, for each: odd, text: "{item}?", type: single, answers: yes_no, when: "p = 1", columns: "{item}_{id}"}
                """.utf8), file: "q.yaml")
        #expect(questionnaire.question("r[{item}]")?.text[.english] == "{item}?")
        #expect(questionnaire.question("r[{item}]")?.columns == ["{item}_r"])
        for item in questionnaire.rosters[0].items {
            let question = try #require(questionnaire.question("r[\(item.code)]"))
            let when = try #require(question.when)
            #expect(when.names == ["p[\(item.code)]"])
            #expect(try Expression(parsing: when.source, in: questionnaire).names == when.names)
        }
    }

    @Test func `rosters are bounded, and so is what they are written out to`() throws {
        func list(_ count: Int) -> String { (0..<count).map { "\($0): x" }.joined(separator: ", ") }
        func problems(_ body: String) throws -> [String] {
            let text = "saual: questionnaire/1\nid: q\nversion: \"1\"\ntitle: T\nlanguages: [en]\n" + body
            return QuestionnaireReader.read(try YAMLDocument(parsing: Array(text.utf8), file: "q.yaml")).problems
                .map(\.code)
        }
        let rosters = "questions:\n  - {id: a, for each: l, text: A, type: number}\n"
        #expect(try problems("answers: {l: {\(list(1_000))}}\n" + rosters).isEmpty)
        #expect(try problems("answers: {l: {\(list(10_000))}}\n" + rosters) == ["schema.too-many-items"])
        let nested = "  - {id: b, text: B, type: number, when: any(a > 1 and any(a > 1))}\n"
        #expect(try problems("answers: {l: {\(list(1_000))}}\n" + rosters + nested) == ["schema.expression-expands"])
        let many = (0..<60).map { "  - {id: b\($0), for each: l, text: B, type: number, when: a > 1 and any(a > 1)}\n" }
        let found = try problems("answers: {l: {\(list(1_000))}}\n" + rosters + many.joined())
        #expect(Set(found) == ["schema.too-many-items", "schema.expression-expands"])
        #expect(found.filter { $0 == "schema.expression-expands" }.count == 1)
    }

    @Test func `random token soup over rosters never traps and always gives a value or a problem`() throws {
        let questionnaire = try read().get()
        let tokens = [
            "gave", "con", "times", "fee", "seen_n", "met", "age", "gave[01]", "gave[\"08\"]", "gave['", "fee[", "[",
            "]", "met[01]",
            "any(", "count(", "asked(", "missing(", ")", ",", "=", ">", "and", "or", "not", "1", "2", "has", "in",
            "\"01\"", "`",
        ]
        var random = SeededGenerator(seed: 2_026)
        for _ in 0..<5_000 {
            let text = (0..<random.below(12)).map { _ in tokens[random.below(tokens.count)] }
                .joined(separator: random.below(3) == 0 ? "" : " ")
            for checked in [
                Expression.checked(text, in: questionnaire),
                Expression.checked(text, in: questionnaire.item("08", of: "officials")),
            ] {
                #expect((checked.value == nil) == !checked.problems.isEmpty)
                let length = text.unicodeScalars.count
                #expect(checked.problems.allSatisfy { (1...length + 1).contains($0.place.position ?? 0) })
                // What comes out can be read again, and is the same.
                guard let expression = checked.value else { continue }
                #expect(try Expression(parsing: expression.source, in: questionnaire).names == expression.names)
            }
        }
    }
}
