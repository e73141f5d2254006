import Foundation
import SurveyFormats
import SurveyImport
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

struct DraftQuestionnaireTests {
    /// The draft of a file's text, and the questionnaire that it is.
    private func draft(
        _ text: String, only: [String] = [], languages: [Language] = [.english],
        options: ImportOptions = ImportOptions()
    ) throws -> (yaml: String, questionnaire: Questionnaire) {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "wave.csv")
        let reader = try FormatCatalog.open(folder.file("wave.csv"))
        let yaml = try DraftQuestionnaire(reading: reader, only: only, options: options)
            .yaml(languages: languages, words: .english)
        return (yaml, try Questionnaire(source: Array(yaml.utf8), file: "draft.yaml"))
    }

    /// What an import of the file against its own draft finds.
    private func findings(_ text: String) throws -> [String] {
        let questionnaire = try draft(text).questionnaire
        return try ImportCase(text) { try ImportPlan(questionnaire, columns: $0) }.findings
    }

    private func type(_ cells: [String]) throws -> Question {
        let rows = cells.enumerated().map { "\($0.offset),\($0.element)\n" }.joined()
        return try #require(try draft("id,q\n" + rows).questionnaire.question("q"))
    }

    @Test func `cells decide the type`() throws {
        let codes = (0..<20).map { ["1", "2", "98"][$0 % 3] }
        #expect(try type(codes).type == .single)
        #expect(try type(codes).answers.map(\.code) == ["1", "2", "98"])
        #expect(try type(codes).missing.isEmpty, "a code is never taken for missing")
        let ages = (0..<40).map { String(18 + $0) }
        #expect(try type(ages).type == .number)
        #expect(try type(ages).range == (18, 57))
        #expect(try type((1...28).map { "2026-05-" + ($0 < 10 ? "0" : "") + String($0) }).type == .date)
        #expect(try type((0..<20).map { ["01", "02"][$0 % 2] }).answers.map(\.code) == ["01", "02"])
        #expect(try type((0..<20).map { "answer \($0)" }).type == .text)
        #expect(try type((0..<20).map { $0 % 2 == 0 ? "1.50" : "-2e3" }).range == (-2000, 1.5))
        #expect(try type([]).type == .text)
    }

    @Test func `columns of 0 and 1 with one name and numbers are one multiple question`() throws {
        let text = "q5_1,q5_2,q5_3,q6_1,q6_2,done_2024,done_2025\n1,0,,1,2,0,1\n0,0,,2,1,1,1\n"
        let questionnaire = try draft(text).questionnaire
        let question = try #require(questionnaire.question("q5"))
        #expect(question.type == .multiple && question.columns == ["q5_1", "q5_2", "q5_3"])
        #expect(questionnaire.questions.map(\.id) == ["q5", "q6_1", "q6_2", "done_2024", "done_2025"])
    }

    @Test func `a group whose stem is a column of its own gets another id`() throws {
        let questionnaire = try draft("q5,q5.1,q5.2\nx,1,0\ny,0,1\n").questionnaire
        #expect(questionnaire.questions.map(\.id) == ["q5", "q5_2"])
        #expect(questionnaire.questions[1].columns == ["q5.1", "q5.2"])
    }

    @Test func `the key is a column that is different in every row and says so, or the first`() throws {
        func key(_ text: String) throws -> [String] { try draft(text).questionnaire.key }
        #expect(try key("a,interview_id\n1,x\n2,y\n") == ["interview_id"])
        #expect(try key("a,b\nx,1\ny,1\n") == ["a"])
        #expect(try key("a,b\nx,1\nx,2\n") == [])
        #expect(try key("a,b\nx,1\n,2\n") == [])
        #expect(try key("a\n1.5\n2.5\n") == [])
    }

    @Test func `names that are no ids get one in Latin, and every id differs`() throws {
        let text = "Сұрақ №1,сұрақ №1,7th,and,a b,a_b,\"he said \"\"hi\"\"\",é,è\n1,2,3,4,5,6,7,8,9\n"
        let questionnaire = try draft(text).questionnaire
        #expect(
            questionnaire.questions.map(\.id) == [
                "Suraq_1", "suraq_1", "q_7th", "q_and", "a_b_2", "a_b", "he_said_hi", "column", "column_2",
            ])
        #expect(questionnaire.questions[0].columns == ["Сұрақ №1"])
    }

    @Test func `codes that often mean a missing answer are named in comments only`() throws {
        let yaml = try draft(
            "q,age\n" + (0..<30).map { "\([1, 2, 98, 99][$0 % 4]),\([40, 99, -98][$0 % 3])\n" }.joined()
        )
        .yaml
        #expect(yaml.contains("    # perhaps: missing: [98, 99]\n"))
        #expect(yaml.contains("    # perhaps: missing: [-98, 99]\n"))
        #expect(yaml.contains("\n# missing:\n#   98: {kind: dont-know, label: {en: \"Hard to say\"}}\n"))
        #expect(try draft("spend\n98\n120000\n").yaml.contains("perhaps") == false)
    }

    @Test func `texts are the names of the columns with an order to describe them, in each language`() throws {
        let (_, questionnaire) = try draft("q\nx\ny\n", languages: [.kazakh, .russian, .english])
        #expect(questionnaire.languages == [.kazakh, .russian, .english])
        let text = try #require(questionnaire.question("q")).text
        #expect(text[.english] == "q (describe this question)")
        #expect(text[.russian] == "q (опишите этот вопрос)")
        #expect(text[.kazakh] == "q (осы сұрақты сипаттаңыз)")
    }

    @Test func `a draft may have some of the columns`() throws {
        #expect(try draft("a,b,c\n1,2,3\n", only: ["c", "a"]).questionnaire.questions.map(\.id) == ["a", "c"])
        let problem = #expect(throws: Problem.self) { try self.draft("a,b\n1,2\n", only: ["d"]) }
        #expect(problem?.code == "data.unknown-column")
    }

    @Test func `a decimal comma is read where it is named, and suspected where it is not`() throws {
        let text = "b;a\n" + (0..<20).map { "\($0);\($0),5\n" }.joined()
        #expect(
            try draft(text, options: ImportOptions(decimalSign: .comma)).questionnaire.question("a")?.type == .number)
        #expect(try draft(text).yaml.contains("numbers with the other decimal sign"))
    }

    @Test func `two ways to write one letter are no two codes`() throws {
        let text = "q\n" + (0..<20).map { ["é\n", "e\u{301}\n"][$0 % 2] }.joined()
        #expect(try draft(text).questionnaire.question("q")?.type == .text)
        #expect(try findings(text).isEmpty)
    }

    @Test func `a file whose draft would be larger than a questionnaire can be is refused`() throws {
        let header = (0..<3000).map { String(repeating: "x", count: 3000) + String($0) }.joined(separator: ",")
        let problem = #expect(throws: Problem.self) { try self.draft(header + "\n") }
        #expect(problem?.code == "import.draft-too-large")
    }

    @Test func `a very wide file has a draft`() throws {
        let header = (0..<20_000).map { "q\($0)" }.joined(separator: ",")
        let row = (0..<20_000).map { String($0 % 3) }.joined(separator: ",")
        let text = ([header] + Array(repeating: row, count: 6)).joined(separator: "\n") + "\n"
        #expect(try draft(text).questionnaire.questions.count == 20_000)
    }

    /// Pieces from which cells and names are made: whatever CSV, YAML or the questionnaire could stumble over.
    private static let pieces = [
        "0", "1", "1", "0", "01", "1.0", "1.50", "-1", "-0", "+1", "1e5", "1e400", "0x10", "99", "-99", "998", "", "",
        "nan",
        "inf", ".5", "5.", "1,5", "2026-05-01", "01.05.2026", "2026-13-01", "~", "null", "true", "yes", "on", "Иә",
        "әңғүұқөһ",
        "{id}", "{code}", "[", "]", "{", "}", ":", ": ", " #", "# ", "- ", "-", "?", "!", "&a", "*a", "@", "`", "%",
        "|", ">",
        "'", "\"", "\\", "\n", "\r\n", "\t", " ", "  ", "=1+1", "@SUM(A1)", "<b>", "é", "e\u{301}", "\u{200B}",
        "\u{202E}",
        "\u{FEFF}", "\u{85}", "\u{2028}", "\u{7F}", "😀", "\u{10FFFF}", "_", "__", ".", "q_1", "q_2", "id", "and",
        "not in",
    ]

    @Test(arguments: 0..<60)
    func `any file is imported with its own draft and gives no finding`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func text(upTo count: Int, of pieces: [String]) -> String {
            (0..<random.below(count + 1)).map { _ in pieces[random.below(pieces.count)] }.joined()
        }
        func quoted(_ cell: String) -> String { "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }
        let width = 1 + random.below(12)
        var names: [String] = []
        while names.count < width {
            let name = random.below(3) == 0 ? "q_\(names.count)" : text(upTo: 3, of: Self.pieces)
            if !name.isEmpty, !names.contains(name), name != "\u{FEFF}" { names.append(name) }
        }
        // Each column has few or many different cells, of few or many kinds.
        let cells = (0..<width).map { _ in (0..<1 + random.below(8)).map { _ in text(upTo: 2, of: Self.pieces) } }
        let rows = (0..<random.below(60)).map { _ in
            (0..<width).map { column in
                quoted(
                    random.below(20) == 0
                        ? text(upTo: 2, of: Self.pieces) : cells[column][random.below(cells[column].count)])
            }.joined(separator: ",")
        }
        let csv = ([names.map(quoted).joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
        #expect(try findings(csv) == [], "\(csv)")
    }
}
