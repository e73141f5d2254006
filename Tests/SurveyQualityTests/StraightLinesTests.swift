import SurveyData
import SurveyProblems
import SurveyQuality
import SurveySchema
import SurveyTestSupport
import SurveyYAML
import Testing

struct StraightLinesTests {
    private static let questionnaire = """
        saual: questionnaire/1
        id: q
        version: 1
        title: Q
        languages: [en]
        answers:
          scale: {1: a, 2: b, 3: c}
          things: {1: x, 2: y, 3: z, 4: u}
        questions:
          - {id: who, type: text, text: W}
          - {id: trust, for each: things, columns: "trust_{item}", type: scale, answers: scale, text: "{item}"}
          - {id: a1, type: scale, answers: scale, text: A}
          - {id: a2, type: scale, answers: scale, text: A}
          - {id: a3, type: scale, answers: scale, text: A}
          - {id: yes, for each: things, columns: "yes_{item}", type: single, answers: {1: y, 2: n}, text: "{item}"}
          - {id: b1, type: scale, answers: scale, text: B}
          - {id: b2, type: scale, answers: scale, text: B}
          - {id: b3, type: scale, answers: scale, text: B}
          - {id: b4, type: scale, answers: scale, text: B}
          - {id: place, type: region, answers: {1: n, 2: s}, text: P}
        """

    private func substance(only names: [String]? = nil) throws -> SubstantiveAnswers {
        let questionnaire = try QuestionnaireReader.read(
            try YAMLDocument(parsing: Array(Self.questionnaire.utf8), file: "q.yaml")
        ).get()
        let asked = questionnaire.questions.filter { names?.contains($0.id) ?? true }
        let columns = asked.map { ColumnDescription(name: $0.id, kind: $0.type == .text ? .text : .answers) }
        return SubstantiveAnswers(among: columns, of: questionnaire, besides: ["who"])
    }

    @Test func `grids are rosters and runs of four scales with three answers or more`() throws {
        let answers = try substance()
        #expect(answers.grids == [["trust[1]", "trust[2]", "trust[3]", "trust[4]"], ["b1", "b2", "b3", "b4"]])
        #expect(!answers.names.contains("place") && answers.names.contains("yes[1]"))
        #expect(answers.scales.contains("a1") && !answers.scales.contains("yes[1]"))
    }

    @Test func `a straight line is one answer throughout a grid with four answered items`() throws {
        // The first grid of each interview: straight; one differs; three answered; straight beside a "don't know" in grid two.
        let cells = ["2222" + "1231", "2221" + "1231", "22?2" + "12.1", "1231" + "3?33"]
        let names = ["trust[1]", "trust[2]", "trust[3]", "trust[4]", "b1", "b2", "b3", "b4"]
        var columns = names.enumerated().map { place, name in
            FieldTable.answers(name, String(cells.map { Array($0)[place] }))
        }
        columns.append(FieldTable.texts("who", ["a", "a", "b", "b"]))
        let table = FieldTable.table(columns)
        let audit = try FieldAuditor(AuditColumns(interviewer: "who")).audit(
            table, answers: try substance(only: names))
        #expect(audit.audited.map(\.isStraightLine) == [true, false, false, false])
        #expect(audit.interviewers.map(\.straightLines) == [1, 0])
        #expect(audit.interviewers.map(\.withGrids) == [2, 1])
    }
}
