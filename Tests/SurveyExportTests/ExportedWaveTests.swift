import SurveyData
import SurveyFormats
import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyExport

struct ExportedWaveTests {
    @Test func `a missing kind without a code becomes an empty cell and is told`() throws {
        let column = Column(
            name: "q", kind: .answers, dictionary: ["1", "2"],
            values: .bytes([0, 1, MissingKind.refused.rawValue, MissingKind.noAnswer.rawValue]))
        let wave = ExportedWave(Table(rowCount: 4, columns: [column]), questionnaire: nil, title: .empty)
        #expect(wave.losses.map(\.code) == ["export.kinds-emptied"])
        #expect(wave.table.codebook.variables.map(\.content) == [.number])
        let batch = RawBatch()
        let rows = try wave.table.rows()
        #expect(try rows.fill(batch))
        #expect((0..<4).map { batch.text($0, 0) } == ["1", "2", "", ""])
        #expect(try !rows.fill(batch))
    }

    @Test func `codes that are no numbers as they are written make a column of texts`() {
        let column = Column(name: "r", kind: .answers, dictionary: ["01", "02"], values: .bytes([0, 1]))
        let wave = ExportedWave(Table(rowCount: 2, columns: [column]), questionnaire: nil, title: .empty)
        #expect(wave.table.codebook.variables.map(\.content) == [.text])
    }
}
