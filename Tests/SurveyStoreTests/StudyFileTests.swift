import Foundation
import SurveyData
import SurveyProblems
import SurveyStore
import Testing

struct StudyFileTests {
    @Test(arguments: [0, 1, 65_536, 65_537, 150_000]) func `a wave comes back as it was stored`(rows: Int) throws {
        let folder = try TemporaryFolder()
        let wave = SyntheticWave(rows: rows)
        let record = try wave.store(in: newStudyFile(in: folder))
        let file = try StudyFile(reading: folder.file("s.saual"))
        #expect(try wave.isWhole(in: file) || rows == 0)
        #expect(try file.waves() == [record])
        #expect(try file.columnDescriptions(of: "1") == SyntheticWave.descriptions)
        #expect(try file.columnNames(of: "1") == SyntheticWave.descriptions.map(\.name))
        #expect(try file.questionnaire(of: "1") == wave.summary.questionnaire)
        #expect(record.fileName == "wave.csv" && record.rowsImported == rows && record.position == 0)
        #expect(try file.verify().isEmpty)
        #expect(try file.creator() == "saual test")
    }

    @Test func `an empty file, as a first write leaves it that did not fit, counts as none`() throws {
        let folder = try TemporaryFolder()
        #expect(try StudyFile.isAbsent(folder.file("s.saual")))
        try Data().write(to: URL(fileURLWithPath: folder.file("s.saual")))
        #expect(try StudyFile.isAbsent(folder.file("s.saual")))
        _ = try newStudyFile(in: folder)
        #expect(try !StudyFile.isAbsent(folder.file("s.saual")))
    }
}
