import Foundation
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyStore

struct StoredWeightTests {
    private func weight(_ name: String = "raked", rows: Int = 20, record: Int = 5) -> StoredWeight {
        StoredWeight(
            name: name, values: (0..<rows).map { Double($0) / 3 }, recipe: "{\"steps\":[]}",
            record: (0..<record).map { UInt8(truncatingIfNeeded: $0 * 7) })
    }

    private func study(in folder: TemporaryFolder, rows: Int = 20) throws -> StudyFile {
        let file = try newStudyFile(in: folder)
        try SyntheticWave(rows: rows).store(in: file)
        return file
    }

    @Test func `a weight comes back as it was kept, with a record of several parts`() throws {
        let folder = try TemporaryFolder()
        let kept = weight(record: 3 << 20)
        try study(in: folder).keep(kept, of: "1", replacing: false)
        let file = try StudyFile(reading: folder.file("s.saual"))
        #expect(try file.weights(of: "1") == [WeightRecord(name: "raked", rowCount: 20, recipe: kept.recipe)])
        #expect(try file.weight(named: "raked", of: "1") == kept)
        #expect(try file.verify().isEmpty)
    }

    @Test func `a weight is replaced on demand only, and goes with its wave`() throws {
        let folder = try TemporaryFolder()
        let file = try study(in: folder)
        try file.keep(weight(), of: "1", replacing: false)
        #expect(
            #expect(throws: Problem.self) { try file.keep(weight(), of: "1", replacing: false) }?.code
                == "store.weight-exists")
        try file.keep(weight(record: 0), of: "1", replacing: true)
        #expect(try file.weight(named: "raked", of: "1").record.isEmpty)
        #expect(
            #expect(throws: Problem.self) { try file.weight(named: "rake", of: "1") }?.code == "store.unknown-weight")
        #expect(
            #expect(throws: Problem.self) { try file.keep(weight("w", rows: 3), of: "1", replacing: false) }?.code
                == "store.weight-rows")
        try file.keep(weight("other"), of: "1", replacing: false)
        try file.remove(weight: "other", of: "1")
        #expect(try file.weights(of: "1").map(\.name) == ["raked"])
        try file.remove(wave: "1")
        #expect(try file.verify().isEmpty)
        #expect(try file.connection.integer("SELECT count(*) FROM weight_parts") == 0)
    }

    private static let damages: [StaticString] = [
        "UPDATE weight_parts SET bytes = zeroblob(length(bytes)) WHERE part = 0", "UPDATE weights SET rows = 19",
        "UPDATE weights SET rows = 9223372036854775807, parts = 9223372036854775807", "DELETE FROM weight_parts",
        "UPDATE weights SET parts = 0, record_parts = 2", "UPDATE weights SET recipe = 'x'",
        "UPDATE weight_parts SET part = part + 1 WHERE part = 1",
    ]

    @Test(arguments: damages.indices) func `damage is found`(number: Int) throws {
        let folder = try TemporaryFolder()
        try study(in: folder).keep(weight(), of: "1", replacing: false)
        do {
            let file = try StudyFile(writing: folder.file("s.saual"), creating: false, program: "")
            try file.connection.run(Self.damages[number])
        }
        let file = try StudyFile(reading: folder.file("s.saual"))
        let found = #expect(throws: Problem.self) { try file.weight(named: "raked", of: "1") }
        #expect(found?.code == "store.damaged-record")
        #expect(try !file.verify().isEmpty)
    }

    @Test func `a file of the first format keeps its waves and takes weights`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("s.saual")
        let wave = SyntheticWave(rows: 20)
        try wave.store(in: newStudyFile(in: folder))
        do {
            let connection = try Connection(path: path, writing: true, creating: false, patienceMilliseconds: 0)
            let back: [StaticString] = ["DROP TABLE weights", "DROP TABLE weight_parts", "PRAGMA user_version = 1"]
            for sql in back { try connection.run(sql) }
        }
        if getuid() != 0 {
            chmod(path, 0o444)
            #expect(try wave.isWhole(in: StudyFile(reading: path)))
            #expect(try StudyFile(reading: path).weights(of: "1").isEmpty)
            chmod(path, 0o644)
        }
        let file = try StudyFile(writing: path, creating: false, program: "")
        try file.keep(weight(), of: "1", replacing: false)
        #expect(try wave.isWhole(in: file))
        #expect(try file.connection.integer("PRAGMA user_version") == 2)
        #expect(try file.verify().isEmpty)
    }

    @Test func `a writer that is killed while it keeps weights leaves the earlier one whole`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("s.saual")
        let first = weight(rows: 60_000, record: 1 << 20)
        try study(in: folder, rows: 60_000).keep(first, of: "1", replacing: false)
        var numbers = SeededGenerator(seed: 91)
        for _ in 0..<15 {
            let writer = try WriterProcess("weights", path)
            _ = writer.nextOutput()
            usleep(UInt32(numbers.below(30_000)))
            writer.kill()
            let file = try StudyFile(reading: path)
            #expect(try file.verify().isEmpty)
            let found = try file.weight(named: "raked", of: "1")
            #expect(found.values.count == 60_000)
            // All values are of one generation: the first, or one of the writer's.
            let isFirst = found.values == first.values
            #expect(isFirst || Set(found.values).count == 1)
            #expect(isFirst == (found.recipe == first.recipe))
        }
    }
}
