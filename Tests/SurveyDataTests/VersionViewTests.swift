import SurveyData
import SurveyProblems
import SurveySchema
import Testing

/// Columns of an older version in the terms of the newer one, on a handful of rows.
struct VersionViewTests {
    private static func questionnaire(_ version: String, _ body: String) throws -> Questionnaire {
        let text = "saual: questionnaire/1\nid: q\nversion: \"\(version)\"\nlanguages: [en]\ntitle: T\n" + body
        return try Questionnaire(source: Array(text.utf8), file: "q.yaml")
    }

    private static func asked() throws -> Questionnaire {
        try questionnaire(
            "1",
            """
            missing: {97: {kind: first-own}, 96: {kind: second-own}, 98: {kind: dont-know}}
            questions:
              - {id: old, text: T, type: single, answers: {a: A, b: B, c: C}, missing: [96, 97, 98]}
              - {id: chan, text: T, type: multiple, answers: {1: A, 2: B, 3: C, 4: D}}
              - {id: age, text: T, type: number, missing: [96]}
              - {id: why, text: T, type: text, private: true, missing: [96]}

            """)
    }

    private static func reference() throws -> Questionnaire {
        try questionnaire(
            "2",
            """
            missing: {96: {kind: second-own}, 98: {kind: dont-know}, 97: {kind: first-own}}
            questions:
              - {id: new, text: T, type: scale, answers: {1: A, 2: B}, missing: [96, 97, 98]}
              - {id: chan, text: T, type: multiple, answers: {1: A, 2: B, 5: E}}
              - {id: age, text: T, type: number}
              - {id: why, text: T, type: text}
              - {id: never, text: T, type: single, answers: {1: A}}
              - {id: none, text: T, type: date}
            versions:
              - version: "1"
                renamed: {new: old}
                recoded: {new: {a: 1, b: 1, c: 2, 98: 2}, chan: {3: 1, 4: 2}}
                absent: [never, none]

            """)
    }

    private static func view() throws -> VersionView {
        try #require(try VersionView(of: asked(), as: reference(), file: "q.yaml"))
    }

    private static let own: (first: UInt8, second: UInt8) = (249, 250)

    @Test func `answers are renamed and recoded in bytes, kinds kept by name`() throws {
        let view = try VersionViewTests.view()
        #expect(try view.sources(of: ["new", "never", "chan", "chan[1]"]) == ["old", "chan", "chan[1]", "chan[3]"])
        // a, b, c, no answer, own kinds first and second, don't know.
        let column = Column(
            name: "old", kind: .answers, dictionary: ["a", "b", "c"], values: .bytes([0, 1, 2, 243, 249, 250, 245]))
        let made = try view.columns(named: ["new"], from: Table(rowCount: 7, columns: [column]))[0]
        #expect(made.name == "new" && made.dictionary == ["1", "2"])
        guard case .bytes(let bytes) = made.values else { throw Problem.noBytes }
        // First and second own kind change places in the newer file; don't know was recoded to an answer.
        #expect(bytes == [0, 0, 1, 243, 250, 249, 1])
    }

    @Test func `an item is chosen if any of its old items is`() throws {
        let items = [
            ("chan[1]", [0, 1, 0, 0, 243, 243]), ("chan[3]", [0, 0, 1, 243, 0, 1]),
            ("chan[2]", [0, 0, 0, 0, 0, 0]), ("chan[4]", [0, 0, 0, 1, 0, 0]),
        ].map { Column(name: $0.0, kind: .item, values: .bytes($0.1.map { UInt8($0) })) }
        let table = Table(rowCount: 6, columns: items)
        let made = try VersionViewTests.view().columns(named: ["chan[1]", "chan[2]", "chan[5]"], from: table)
        let bytes = try made.map { column -> [UInt8] in
            guard case .bytes(let bytes) = column.values else { throw Problem.noBytes }
            return bytes
        }
        #expect(bytes == [[0, 1, 1, 243, 243, 1], [0, 0, 0, 1, 0, 0], [242, 242, 242, 242, 242, 242]])
        #expect(made.allSatisfy { $0.kind == .item })
    }

    @Test func `numbers and texts keep values and have their kinds renumbered, absent questions are not in the wave`()
        throws
    {
        let table = Table(
            rowCount: 3,
            columns: [
                Column(name: "age", kind: .number, values: .numbers([30, 0, 0], kinds: [0, 250, 243])),
                Column(name: "why", kind: .text, dictionary: ["x"], values: .indexes([0, 0xFFFF_FFFA, 0xFFFF_FFF3])),
            ])
        let made = try VersionViewTests.view().columns(named: ["age", "why", "never", "none"], from: table)
        guard case .numbers(let ages, let kinds) = made[0].values else { throw Problem.noBytes }
        #expect(ages[0] == 30 && kinds == [0, 249, 243])
        guard case .indexes(let texts) = made[1].values else { throw Problem.noBytes }
        #expect(texts == [0, 0xFFFF_FFF9, 0xFFFF_FFF3] && made[1].dictionary == ["x"])
        for column in made[2...] {
            #expect((0..<3).allSatisfy { column.missing(at: $0) == .notInWave } && column.rowCount == 3)
        }
        #expect(made[3].kind == .date)
    }

    @Test func `a column is private if either version says so`() throws {
        let view = try VersionViewTests.view()
        let stored = [ColumnDescription(name: "why", kind: .text, isPrivate: true)]
        #expect(view.descriptions(of: stored).filter(\.isPrivate).map(\.name) == ["why"])
        #expect(
            view.descriptions(of: stored).map(\.name).prefix(5) == ["new", "chan", "chan[1]", "chan[2]", "chan[5]"])
        #expect(view.source(ofQuestion: "new") == "old" && view.source(ofQuestion: "never") == nil)
    }

    @Test func `there is no view without an entry, and a map that is wrong is refused`() throws {
        let asked = try VersionViewTests.asked()
        let other = try VersionViewTests.questionnaire("2", "questions: [{id: age, text: T, type: number}]\n")
        #expect(try VersionView(of: asked, as: other, file: "q.yaml") == nil)
        let wrong = try VersionViewTests.questionnaire(
            "2", "questions: [{id: ag, text: T, type: number}]\nversions: [{version: \"1\"}]\n")
        let problem = #expect(throws: Problem.self) { try VersionView(of: asked, as: wrong, file: "q.yaml") }
        #expect(problem?.code == "schema.not-there" && problem?.place.line == 7)
    }

    @Test func `a roster is renamed and recoded with all its items, and a new item is not in the wave`() throws {
        let older = try VersionViewTests.questionnaire(
            "1",
            """
            answers: {who: {"01": A, "02": B}}
            questions:
              - {id: paid, for each: who, text: "{item}?", type: single, answers: {y: Y, n: N}}

            """)
        let newer = try VersionViewTests.questionnaire(
            "2",
            """
            answers: {who: {"01": A, "02": B, "03": C}}
            questions:
              - {id: gave, for each: who, text: "{item}?", type: single, answers: {1: Y, 2: N}}
              - {id: asked_, for each: who, text: "{item}?", type: single, answers: {1: Y, 2: N}}
            versions:
              - {version: "1", renamed: {gave: paid}, recoded: {gave: {y: 1, n: 2}}, absent: [asked_], not comparable: {gave: why}}

            """)
        let view = try #require(try VersionView(of: older, as: newer, file: "q.yaml"))
        #expect(view.source(ofQuestion: "gave[02]") == "paid[02]" && view.source(ofQuestion: "gave[03]") == nil)
        let stored = Column(name: "paid[02]", kind: .answers, dictionary: ["y", "n"], values: .bytes([1, 0, 243]))
        let made = try view.columns(
            named: ["gave[02]", "gave[03]", "asked_[01]"], from: Table(rowCount: 3, columns: [stored]))
        guard case .bytes(let bytes) = made[0].values else { throw Problem.noBytes }
        #expect(made[0].dictionary == ["1", "2"] && bytes == [1, 0, 243])
        #expect(made[1...].allSatisfy { $0.missing(at: 1) == .notInWave })
        #expect(newer.incomparable(names: ["gave[02]"], from: "1").map(\.name) == ["gave"])
        // A mistake of the roster is one mistake, not one an item.
        let wrong = try VersionViewTests.questionnaire(
            "2",
            """
            answers: {who: {"01": A, "02": B}}
            questions: [{id: gave, for each: who, text: "{item}?", type: single, answers: {1: Y, 2: N}}]
            versions: [{version: "1", renamed: {gave: paid}}]

            """)
        #expect(wrong.problems(reading: older, file: "q.yaml").map(\.code) == ["schema.unmapped-answers"])
        let unknown = try VersionViewTests.questionnaire(
            "2",
            """
            answers: {who: {"01": A, "02": B}}
            questions: [{id: gave, for each: who, text: "{item}?", type: single, answers: {1: Y, 2: N}}]
            versions: [{version: "1"}]

            """)
        let problems = unknown.problems(reading: older, file: "q.yaml")
        #expect(problems.map(\.what.description) == ["Questions that version \"1\" does not have: gave"])
    }

    @Test func `a wide list of answers is recoded as well`() throws {
        let codes = (0..<300).map { "c\($0)" }
        let list = codes.map { "\($0): \($0)" }.joined(separator: ", ")
        let body = "questions: [{id: w, text: T, type: single, answers: {\(list)}}]\n"
        let older = try VersionViewTests.questionnaire("1", body)
        let newer = try VersionViewTests.questionnaire(
            "2", body + "versions: [{version: \"1\", recoded: {w: {c299: c0, c0: c298}}}]\n")
        let view = try #require(try VersionView(of: older, as: newer, file: "q.yaml"))
        let column = Column(
            name: "w", kind: .answers, dictionary: codes, values: .words([0, 299, 7, 0xFFF3]))
        let made = try view.columns(named: ["w"], from: Table(rowCount: 4, columns: [column]))[0]
        guard case .words(let words) = made.values else { throw Problem.noBytes }
        #expect(words == [298, 0, 7, 0xFFF3])
    }

    // MARK: Through a version between

    /// A third version that knows the second one only.
    private static func third(_ more: String = "") throws -> Questionnaire {
        try questionnaire(
            "3",
            """
            missing: {98: {kind: dont-know}, 97: {kind: first-own}, 96: {kind: second-own}}
            questions:
              - {id: newest, text: T, type: scale, answers: {5: A, 6: B}, missing: [96, 97, 98]}
              - {id: chan, text: T, type: multiple, answers: {7: A}}
              - {id: age, text: T, type: number, private: true}
              - {id: why, text: T, type: text}
              - {id: never, text: T, type: single, answers: {1: A}}
            derived:
              both: {text: T, cases: {1: {when: newest = 5 and age > 3, label: A}}}
            versions:
              - version: "2"
                renamed: {newest: new}
                recoded: {newest: {1: 6, 2: 5}, chan: {1: 7, 2: 7, 5: 7}}
            \(more)
            """)
    }

    private static func chained() throws -> VersionView {
        let through = [(questionnaire: try reference(), file: "2.yaml")]
        return try #require(try VersionView(of: asked(), as: third(), file: "3.yaml", through: through))
    }

    @Test func `a version that the newest does not map is read through the one between`() throws {
        #expect(try VersionView(of: VersionViewTests.asked(), as: VersionViewTests.third(), file: "3.yaml") == nil)
        let view = try VersionViewTests.chained()
        #expect(view.reference.version == "3" && view.asked.version == "1")
        #expect(view.steps.map { "\($0.newer.version) \($0.older.version)" } == ["3 2", "2 1"])
        #expect(view.source(ofQuestion: "newest") == "old" && view.source(ofQuestion: "never") == nil)
        #expect(
            try view.sources(of: ["newest", "never", "chan[7]"])
                == ["old", "chan[1]", "chan[3]", "chan[2]", "chan[4]"])
        // a and b became 1 and then 6, c became 2 and then 5; don't know became 2, so 5. Own kinds keep their names.
        let column = Column(
            name: "old", kind: .answers, dictionary: ["a", "b", "c"], values: .bytes([0, 1, 2, 243, 249, 250, 245]))
        let items = (1...4).map { code in
            Column(name: "chan[\(code)]", kind: .item, values: .bytes((0..<7).map { $0 == code ? 1 : 0 }))
        }
        let table = Table(rowCount: 7, columns: [column] + items)
        let made = try view.columns(named: ["newest", "never", "chan[7]"], from: table)
        let bytes = try made.map { column -> [UInt8] in
            guard case .bytes(let bytes) = column.values else { throw Problem.noBytes }
            return bytes
        }
        // Of the third file, first-own is declared before second-own, as in the first.
        #expect(bytes[0] == [1, 1, 0, 243, 249, 250, 0] && made[0].dictionary == ["5", "6"])
        #expect(bytes[1] == [UInt8](repeating: 242, count: 7))
        // Item 5 of the second version was not offered in the first: the others decide.
        #expect(bytes[2] == [0, 1, 1, 1, 1, 0, 0])
    }

    @Test func `what is private in any version stays so`() throws {
        let stored = [ColumnDescription(name: "why", kind: .text, isPrivate: true)]
        let hidden = try VersionViewTests.chained().descriptions(of: stored).filter(\.isPrivate).map(\.name)
        #expect(hidden == ["age", "why"])
    }

    @Test func `a map of the newest goes before a way round, and versions that map each other lead nowhere`() throws {
        let direct = """
              - version: "1"
                renamed: {newest: old}
                recoded: {newest: {a: 5, b: 5, c: 6}, chan: {1: 7, 2: 7, 3: 7, 4: 7}}
                absent: [never]
            """
        let through = [try VersionViewTests.reference()]
        let view = try #require(
            try VersionView(unchecked: VersionViewTests.asked(), as: VersionViewTests.third(direct), through: through))
        #expect(view.steps.count == 1)
        let other = try VersionViewTests.questionnaire(
            "2", "questions: [{id: a, text: T, type: text}]\nversions: [{version: \"3\"}, {version: \"4\"}]\n")
        let fourth = try VersionViewTests.questionnaire(
            "4", "questions: [{id: a, text: T, type: text}]\nversions: [{version: \"2\"}, {version: \"3\"}]\n")
        #expect(
            try VersionView(
                unchecked: VersionViewTests.asked(), as: VersionViewTests.third(), through: [other, fourth]) == nil)
    }

    @Test func `a mistake in the map between is told with its file, and its breaks are breaks`() throws {
        let wrong = try VersionViewTests.questionnaire(
            "2",
            """
            questions:
              - {id: new, text: T, type: scale, answers: {1: A, 2: B}}
              - {id: chan, text: T, type: multiple, answers: {1: A, 2: B, 5: E}}
              - {id: age, text: T, type: number}
              - {id: why, text: T, type: text}
              - {id: never, text: T, type: single, answers: {1: A}}
            versions:
              - version: "1"
                renamed: {new: old}
                not comparable: {age: "Other years", new: "Other words"}

            """)
        let problem = #expect(throws: Problem.self) {
            try VersionView(
                of: VersionViewTests.asked(), as: VersionViewTests.third(), file: "3.yaml",
                through: [(questionnaire: wrong, file: "2.yaml")])
        }
        #expect(problem?.place.file == "2.yaml")
        let view = try #require(
            try VersionView(unchecked: VersionViewTests.asked(), as: VersionViewTests.third(), through: [wrong]))
        #expect(view.incomparable(names: ["both"]).map(\.name) == ["new", "age"])
        #expect(view.incomparable(names: ["why"]).isEmpty)
    }
}

extension Problem {
    /// The values of a column are not stored as the test expects.
    fileprivate static var noBytes: Problem {
        Problem("test.no-bytes", .defect, what: "other values", why: "the column is stored otherwise", fix: "look")
    }
}
