import SurveyData
import SurveyProblems
import SurveySchema
import Testing

struct TableScopeTests {
    @Test func `each kind of column has its type`() {
        let scope = TableScope(SampleTable.table())
        #expect(scope.type(of: "q") == .answer(codes: ["1", "2", "x"]))
        #expect(scope.type(of: "p") == .scale(codes: ["2", "1"]))
        #expect(scope.type(of: "age") == .number)
        #expect(scope.type(of: "met") == .date)
        #expect(scope.type(of: "region") == .text)
        #expect(scope.type(of: "channel") == .set(codes: ["1", "x"]))
        #expect(scope.type(of: "channel[x]") == .truth)
        #expect(scope.type(of: "nothing") == nil)
        #expect(scope.names.count == 10)
    }

    @Test func `expressions work on data that has no questionnaire`() throws {
        let table = SampleTable.table()
        let text = "p = 1 or age > 30 and channel has 1 or region = \"7\""
        #expect(try Expression(parsing: text, in: TableScope(table)).truth(in: table).shown == "yynny?yn")
        let problem = #expect(throws: Problem.self) { try Expression(parsing: "regoin = \"7\"", in: TableScope(table)) }
        #expect(problem?.fix.values == ["region"])
    }
}
