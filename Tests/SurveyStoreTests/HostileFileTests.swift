import Foundation
import SurveyData
import SurveyProblems
import Testing

@testable import SurveyStore
import SurveyTestSupport

struct HostileFileTests {
    private let wave = SyntheticWave(rows: 2_000, chunkRows: 700)

    /// A whole study file in memory.
    private func bytes(in folder: TemporaryFolder) throws -> [UInt8] {
        do {
            let file = try newStudyFile(in: folder)
            let transaction = try file.beginImport(wave: "1", replacing: false)
            for number in 0..<wave.chunkCount { try transaction.append(wave.chunks(number), chunkNumber: number) }
            try transaction.append(findings: [Problem("a.b", .finding, what: "w", why: "y", fix: "f")])
            try transaction.append(quarantined: [
                QuarantineRecord(row: 1, line: 2, code: "a.b", text: Array("raw".utf8))
            ])
            try transaction.commit(wave.summary)
            try file.record(StepRecord(name: "report", stamp: "s"))
        }
        return Array(try Data(contentsOf: URL(fileURLWithPath: folder.file("s.saual"))))
    }

    /// Reads everything there is.
    ///
    /// Damage must be told, or have hit nothing that is read.
    private func isToldOrHarmless(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> Bool {
        let path = folder.file("hostile.saual")
        for name in folder.names where name.hasPrefix("hostile") {
            try FileManager.default.removeItem(atPath: folder.file(name))
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        do {
            let file = try StudyFile(reading: path)
            let problems = try file.verify()
            for problem in problems { #expect(problem.kind == .input) }
            let isRight =
                try file.waves().count == 1 && wave.isWhole(in: file) && file.findings(of: "1").count == 1
                && file.quarantine(of: "1").count == 1
                && file.columnDescriptions(of: "1") == SyntheticWave.descriptions
            return isRight || !problems.isEmpty
        } catch let problem as Problem {
            #expect(problem.kind == .input || problem.kind == .usage)
            return true
        }
    }

    @Test func `a file cut anywhere is told to be damaged`() throws {
        let folder = try TemporaryFolder()
        let whole = try bytes(in: folder)
        #expect(try isToldOrHarmless(whole, in: folder))
        for part in 0..<50 {
            #expect(try isToldOrHarmless(Array(whole.prefix(whole.count * part / 50)), in: folder))
        }
    }

    @Test func `flipped bits are told or harmless`() throws {
        let folder = try TemporaryFolder()
        let whole = try bytes(in: folder)
        var numbers = SeededGenerator(seed: 7)
        for round in 0..<300 {
            var damaged = whole
            // Half of the rounds aim at the heads of pages, where the structure stands.
            for _ in 0..<(1 + round % 4) {
                let page = Int.random(in: 0..<whole.count / 16_384, using: &numbers) * 16_384
                let offset = Int.random(in: 0..<(round % 2 == 0 ? 120 : 16_384), using: &numbers)
                damaged[page + offset] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
            }
            #expect(try isToldOrHarmless(damaged, in: folder), "round \(round)")
        }
    }

    @Test func `random bytes behind a good header or without one never trap`() throws {
        let folder = try TemporaryFolder()
        let whole = try bytes(in: folder)
        var numbers = SeededGenerator(seed: 11)
        for round in 0..<60 {
            var damaged = whole
            let start = round % 3 == 0 ? 0 : round % 3 == 1 ? 100 : Int.random(in: 0..<whole.count, using: &numbers)
            let end = min(whole.count, start + (round % 2 == 0 ? whole.count : 20_000))
            for position in start..<end { damaged[position] = UInt8.random(in: .min ... .max, using: &numbers) }
            #expect(try isToldOrHarmless(damaged, in: folder), "round \(round)")
        }
    }

    @Test func `a damaged chunk is named by wave, column, chunk and rows`() throws {
        let folder = try TemporaryFolder()
        _ = try bytes(in: folder)
        do {
            let connection = try Connection(
                path: folder.file("s.saual"), writing: true, creating: false, patienceMilliseconds: 0)
            try connection.run(
                "UPDATE chunks SET bytes = CAST(substr(bytes, 1, 699) || x'07' AS BLOB) WHERE position = 0 AND chunk = 1"
            )
        }
        let file = try StudyFile(reading: folder.file("s.saual"))
        let problem = try #require(#expect(throws: Problem.self) { try file.columns(named: ["age", "sex"], of: "1") })
        #expect(problem.code == "store.damaged")
        #expect(problem.what.description == #"Column "sex" of wave "1" is damaged"#)
        #expect(problem.why.description.hasPrefix("chunk 1, 700 rows from row 701 on, must have the checksum "))
        #expect(problem.place.rows == [701] && problem.place.rowsTotal == 700 && problem.place.column == "sex")
        #expect(try file.columns(named: ["age"], of: "1").count == 1)
        #expect(try file.verify().map(\.code) == ["store.damaged"])
    }

    @Test(arguments: [
        (
            ColumnDescription(name: "a", kind: .answers, dictionary: ["1"]), ColumnChunk.Encoding.uint8, [1] as [UInt8],
            []
        ),
        (ColumnDescription(name: "a", kind: .item), .uint8, [2], []),
        (ColumnDescription(name: "a", kind: .set), .uint8, [1], []),
        (ColumnDescription(name: "a", kind: .set), .uint8, [0], [0]),
        (ColumnDescription(name: "a", kind: .item), .uint16, [0, 0], []),
        (ColumnDescription(name: "a", kind: .answers, dictionary: ["1"]), .uint16, [0x07, 0xFF], []),
        (ColumnDescription(name: "a", kind: .text, dictionary: ["x"]), .uint32, [1, 0, 0, 0], []),
        (ColumnDescription(name: "a", kind: .text, dictionary: ["x"]), .float64, [0, 0, 0, 0, 0, 0, 0, 0], []),
        (ColumnDescription(name: "a", kind: .number), .int8, [1], [5]),
        (ColumnDescription(name: "a", kind: .number), .float64, [0, 0, 0, 0, 0, 0, 0xF8, 0x7F], []),
        (ColumnDescription(name: "a", kind: .date), .float64, [0, 0, 0, 0, 0, 0, 0xE0, 0x7F], []),
    ])
    func `values that a column cannot have are refused`(
        description: ColumnDescription, encoding: ColumnChunk.Encoding, bytes: [UInt8], kinds: [UInt8]
    ) throws {
        let folder = try TemporaryFolder()
        let file = try newStudyFile(in: folder)
        let transaction = try file.beginImport(wave: "1", replacing: false)
        try transaction.append(
            [ColumnChunk(rowCount: 1, encoding: encoding, bytes: bytes, kinds: kinds)], chunkNumber: 0)
        try transaction.commit(ImportSummary(fileName: "", sha256: "", rowsRead: 1, columns: [description]))
        let problem = #expect(throws: Problem.self) { try file.columns(named: ["a"], of: "1") }
        #expect(problem?.code == "store.impossible-values")
        #expect(try file.verify().map(\.code) == ["store.impossible-values"])
    }

    @Test(arguments: [Int.max, Int.min, -1, 1 << 40, 3]) func `a count that the rows do not bear out is refused`(
        rows: Int
    ) throws {
        let folder = try TemporaryFolder()
        _ = try bytes(in: folder)
        do {
            let connection = try Connection(
                path: folder.file("s.saual"), writing: true, creating: false, patienceMilliseconds: 0)
            let stored = try #require(try StoredWave.all(in: connection).first)
            let old = stored.record
            let record = WaveRecord(
                name: old.name, position: Int.max, fileName: old.fileName, sha256: old.sha256, options: old.options,
                hasQuestionnaire: true, rowsRead: rows, rowsImported: rows, rowsQuarantined: old.rowsQuarantined,
                columnCount: old.columnCount, findingCount: old.findingCount)
            try connection.run("DELETE FROM waves")
            try StoredWave(
                id: stored.id, record: record, questionnaire: stored.questionnaire, findings: stored.findings,
                quarantine: stored.quarantine
            ).insert(into: connection)
        }
        let file = try StudyFile(writing: folder.file("s.saual"), creating: false, program: "")
        let problem = #expect(throws: Problem.self) { try file.columns(named: ["sex"], of: "1") }
        #expect(problem?.code == "store.damaged-record")
        #expect(try !file.verify().isEmpty)
        #expect(throws: Problem.self) { try file.beginImport(wave: "2", replacing: false) }
    }
}
