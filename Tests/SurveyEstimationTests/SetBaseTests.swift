import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveySchema
import SurveyTestSupport
import Testing

struct SetBaseTests {
    /// Six people of weight 1: two named both items, one the first, one none, one was not asked, one refused.
    private func estimates(_ base: SetBase) throws -> [Double?] {
        let (asked, refused) = (MissingKind.notAsked.rawValue, MissingKind.refused.rawValue)
        func column(_ name: String, _ kind: Column.Kind, _ bytes: [UInt8]) -> Column {
            Column(name: name, kind: kind, values: .bytes(bytes))
        }
        let set = column("q", .set, [0, 0, 0, 0, asked, refused])
        let items = [
            column("q[1]", .item, [1, 1, 1, 0, asked, refused]), column("q[2]", .item, [1, 1, 0, 0, asked, refused]),
        ]
        let design = try SampleDesign(
            DesignSpecification(),
            table: Table(rowCount: 6, columns: [Column(name: "w", numbers: [1, 1, 1, 1, 1, 1])]))
        let measures = try Measure.items(of: "q", set: set, items: items, codes: ["1", "2"], over: base)
        let result = try Estimation(design: design).estimates(of: measures, by: [Breakdown()])
        #expect(result.rows.map(\.answer) == ["1", "2"])
        return result.rows.map(\.value)
    }

    @Test func `the four bases of a set divide by people, mentions, namers and everyone`() throws {
        #expect(try estimates(.cases) == [0.75, 0.5])
        #expect(try estimates(.mentions) == [0.6, 0.4])
        #expect(try estimates(.any) == [1, 2.0 / 3])
        // Who was not asked has named nothing; who refused is unknown.
        #expect(try estimates(.all) == [0.6, 0.4])
    }
}
