import SurveyImport
import SurveyProblems
import SurveySchema
import Testing

struct ExportColumnsTests {
    private static let yaml = """
        missing: {98: {kind: dont-know, label: {en: "Hard to say"}}}
        questions:
          - {id: age, text: {en: "How old are you?"}, type: number}
          - {id: sex, text: {en: "Sex"}, type: single, answers: {1: {en: Woman}, 2: {en: Man}}, missing: [98]}
          - {id: chan, text: {en: "Channels"}, type: multiple, answers: {a: {en: Phone}, b: {en: Web}, c: {en: Post}}, missing: [98]}

        """

    private static func run(_ rows: [String]) throws -> ImportCase {
        let questionnaire = try Questionnaire(yaml: yaml)
        return try ImportCase(bytes: Array(rows.joined(separator: "\n").utf8), exportOf: questionnaire) {
            try ImportPlan(questionnaire, columns: $0)
        }
    }

    private static func expectSame(_ wave: ImportCase) throws {
        #expect(try wave.shown("age") == ["34", "<no-answer>", "51", "18"])
        #expect(try wave.shown("sex") == ["1", "2", "<dont-know>", "<no-answer>"])
        #expect(try wave.shown("chan[a]") == ["1", "0", "<dont-know>", "<no-answer>"])
        #expect(try wave.shown("chan[b]") == ["0", "1", "<dont-know>", "<no-answer>"])
        #expect(try wave.shown("chan[c]") == ["1", "0", "<dont-know>", "<no-answer>"])
    }

    @Test func `choices joined in one cell, behind the path of groups`() throws {
        let wave = try Self.run([
            "start,visit/who/age,visit/who/sex,visit/chan,_id,__version__", "x,34,1,a c,1,v", "x,,2,b,2,v",
            "x,51,98,98,3,v",
            "x,18,,,4,v",
        ])
        try Self.expectSame(wave)
        #expect(wave.findings == ["import.extra-columns - "])
    }

    @Test func `choices in a column each, with the joined cell or without, ticked by words or digits`() throws {
        try Self.expectSame(
            try Self.run([
                "visit-age,visit-sex,visit-chan,visit-chan/a,visit-chan/b,visit-chan/c", "34,1,a c,1,0,1", ",2,b,0,1,0",
                "51,98,98,0,0,0", "18,,,,,",
            ]))
        try Self.expectSame(
            try Self.run([
                "age,sex,chan/a,chan/b,chan/c,chan/98", "34,1,TRUE,FALSE,TRUE,FALSE", ",2,False,True,False,False",
                "51,98,0,0,0,1", "18,,,,,",
            ]))
    }

    @Test func `columns and answers by their labels`() throws {
        try Self.expectSame(
            try Self.run([
                "How old are you?,Sex,Channels/Phone,Channels/Web,Channels/Post,Channels/Hard to say",
                "34,Woman,1,0,1,0",
                ",Man,0,1,0,0", "51,Hard to say,0,0,0,1", "18,,,,,",
            ]))
    }

    @Test func `a word that is no choice is found, and so are new and missing columns`() throws {
        let wave = try Self.run(["g/age,g/chan,g/other", "34,a x,1", "x,b a,2"])
        #expect(try wave.shown("chan[a]") == ["1", "1"])
        #expect(
            wave.findings == [
                "import.missing-column sex ", "import.extra-columns - ", "formats.unknown-choice g/chan 1",
                "import.not-a-number age 2",
            ], "\(wave.findings)")
    }

    @Test func `names that two columns answer to, and a file that has all names, are left alone`() throws {
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        #expect(ExportColumns(questionnaire, columns: ["age", "sex", "chan_a", "chan_b", "chan_c", "x/age"]) == nil)
        let match = try #require(ExportColumns(questionnaire, columns: ["a/age", "b/age", "x/sex", "chan"]))
        #expect(match.columns.contains("a/age") && match.columns.contains("b/age") && match.columns.contains("sex"))
        #expect(match.problem.code == "import.matched-columns")
    }
}
