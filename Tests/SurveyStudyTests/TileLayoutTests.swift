import Foundation
import SurveyProblems
import SurveyStudy
import Testing

struct TileLayoutTests {
    private func read(_ text: String) -> Checked<TileLayout> { TileLayout.read(Array(text.utf8), file: "tiles.csv") }

    @Test func `a layout is read with comments, quotes, blank lines and Windows line ends`() throws {
        let checked = read("\u{FEFF}# where regions stand\r\ncode,column,row\r\n\"71\", 4 ,2\r\n\r\n75,5,3")
        #expect(checked.problems == [])
        let layout = try #require(checked.value)
        #expect(layout.tiles == [.init(code: "71", column: 4, row: 2), .init(code: "75", column: 5, row: 3)])
        #expect(layout.columns == 5 && layout.rows == 3)
    }

    @Test(arguments: [
        ("", ["1 study.tile-head"]), ("code,column,row\n", ["1 study.tile-head"]),
        ("a,b,c\n1,1,1", ["1 study.tile-head"]),
        ("code,column,row\n1,1\n,1,1\n1,0,1\n1,1,31\n1,1,1.5", (2...6).map { "\($0) study.bad-tile" }),
        ("code,column,row\n1,1,1\n1,2,1\n2,2,1", ["3 study.tile-twice", "4 study.tiles-meet"]),
    ])
    func `every mistake is reported with its line`(_ text: String, _ expected: [String]) {
        let checked = read(text)
        #expect(checked.problems.map { "\($0.place.line ?? 0) \($0.code)" } == expected)
        #expect(checked.value == nil)
    }

    @Test func `random bytes never trap`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
            _ = TileLayout.read(bytes, file: "x")
        }
    }

    @Test func `the tiles that are shipped are the twenty regions of Kazakhstan`() throws {
        let folder = URL(fileURLWithPath: "\(#filePath)").deletingLastPathComponent()
            .appendingPathComponent("../../Questionnaires/regions-tiles.csv")
        let layout = try TileLayout.read(Array(Data(contentsOf: folder.standardizedFileURL)), file: "t").get()
        #expect(
            layout.tiles.map(\.code).sorted() == [
                "10", "11", "15", "19", "23", "27", "31", "33", "35", "39", "43", "47", "55", "59", "61", "62", "63",
                "71", "75", "79",
            ])
    }
}
