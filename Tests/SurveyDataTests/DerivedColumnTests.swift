import SurveyData
import SurveyProblems
import SurveySchema
import Testing

struct DerivedColumnTests {
    private func column(_ name: String) throws -> Column {
        let table = try SampleTable.table().adding([name], from: try SampleTable.questionnaire())
        return try table.column(name)
    }

    @Test func `a cut puts limits into the upper class and keeps missing kinds`() throws {
        let column = try column("age_group")
        #expect(column.kind == .answers)
        #expect(column.dictionary == ["m17", "18-29", "30+"])
        #expect(column.shown == ["m17", "18-29", "18-29", "30+", "30+", "(refused)", "30+", "m17"])
    }

    @Test func `a scale is cut by its numbers, not by its order`() throws {
        #expect(try column("high").shown == ["5+", "3-4", "m2", "(refused)", "5+", "3-4", "m2", "5+"])
    }

    @Test func `the first true rule wins; without one the first missing variable tells why`() throws {
        // q: 1 2 x 1 dk na 1 2; age: 17 18 29 30 31 refused 40 0
        #expect(
            try column("kind").shown == [
                "b", "(no-answer)", "(no-answer)", "a", "b", "(not-asked)", "a", "(no-answer)",
            ])
    }

    @Test func `a number is calculated by row`() throws {
        #expect(
            try column("per").shown == ["1.0", "0.5", "10.0", "0.1", "0.0", "(refused)", "0.5", "(not-applicable)"])
    }

    @Test func `a derived variable of a derived variable brings it along`() throws {
        let questionnaire = try SampleTable.questionnaire()
        let table = try SampleTable.table().adding(["older", "age"], from: questionnaire)
        #expect(table.names.suffix(2) == ["per", "older"])
        #expect(
            try table.column("older").shown == [
                "[0.5,10)", "[0.5,10)", "[10,)", "(,0.5)", "(,0.5)", "(refused)", "[0.5,10)", "(not-applicable)",
            ])
        let again = try table.adding(["older"], from: questionnaire)
        #expect(again.names == table.names)
    }

    @Test func `the columns that are required are enough`() throws {
        let questionnaire = try SampleTable.questionnaire()
        let names = questionnaire.derived.map(\.id)
        let required = questionnaire.requiredColumns(for: names)
        let whole = SampleTable.table()
        let table = Table(rowCount: 8, columns: try required.map { try whole.column($0) })
        #expect(try table.adding(names, from: questionnaire).names.suffix(names.count).sorted() == names.sorted())
        #expect(required == ["age", "level", "q", "income"])
    }

    @Test func `a variable whose column is not loaded is a problem`() throws {
        let table = Table(rowCount: 0, columns: [])
        let problem = #expect(throws: Problem.self) { try table.adding(["per"], from: try SampleTable.questionnaire()) }
        #expect(problem?.code == "data.unknown-column")
    }
}
