import Foundation
import SurveyData
import SurveyProblems
import Testing

@testable import SurveyStore
import SurveyTestSupport

struct ImportTransactionTests {
    private let finding = Problem(
        "import.unknown-code", .finding, severity: .caution, what: "Code \("9") is unknown in \(12) rows",
        place: Place(
            file: "wave.csv", line: 4, position: 2, rows: Array(1...12), column: "q1", variable: "", detail: "жауап"),
        why: "the list has \(list: ["1", "2"]); found {1} and \("<b>")", fix: "correct the file")

    @Test func `an import that is dropped leaves nothing`() throws {
        let folder = try TemporaryFolder()
        let file = try newStudyFile(in: folder)
        let wave = SyntheticWave(rows: 100)
        do {
            let transaction = try file.beginImport(wave: "1", replacing: false)
            try transaction.append(wave.chunks(0), chunkNumber: 0)
        }
        #expect(try file.waves().isEmpty)
        #expect(try file.verify().isEmpty)
        try wave.store(in: file)
        #expect(try wave.isWhole(in: file))
    }

    @Test func `a wave is replaced only on demand and keeps its place`() throws {
        let folder = try TemporaryFolder()
        let file = try newStudyFile(in: folder)
        try SyntheticWave(rows: 100).store(in: file)
        try SyntheticWave(rows: 10, name: "2").store(in: file)
        let problem = #expect(throws: Problem.self) { try SyntheticWave(rows: 50).store(in: file) }
        #expect(problem?.code == "store.wave-exists")
        #expect(problem?.kind == .usage)
        let record = try SyntheticWave(rows: 50).store(in: file, replacing: true)
        #expect(record.position == 0)
        #expect(try file.waves().map(\.name) == ["1", "2"])
        #expect(try SyntheticWave(rows: 50).isWhole(in: file))
        #expect(try file.verify().isEmpty)
    }

    @Test func `what a replaced wave held is not readable in the file`() throws {
        let folder = try TemporaryFolder()
        let file = try newStudyFile(in: folder)
        var summary = SyntheticWave(rows: 0).summary
        summary.columns = [
            ColumnDescription(
                name: "t", kind: .text, dictionary: ["SECRET-WORD", String(repeating: "x", count: 90_000)])
        ]
        try file.beginImport(wave: "1", replacing: false).commit(summary)
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: folder.file("s.saual"))).range(of: Data("SECRET-WORD".utf8))
                != nil)
        try SyntheticWave(rows: 10).store(in: file, replacing: true)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file("s.saual")))
        #expect(bytes.range(of: Data("SECRET-WORD".utf8)) == nil)
    }

    @Test func `findings come back word for word and value for value`() throws {
        let folder = try TemporaryFolder()
        let file = try newStudyFile(in: folder)
        let transaction = try file.beginImport(wave: "1", replacing: false)
        let row = QuarantineRecord(row: 3, line: 5, code: "import.ragged-row", text: [0x31, 0, 0xFF, 0x2C])
        try transaction.append(findings: [finding])
        try transaction.append(quarantined: [row])
        try transaction.append(findings: [finding.placed(file: "other")])
        let record = try transaction.commit(SyntheticWave(rows: 0).summary)
        #expect(record.findingCount == 2 && record.rowsQuarantined == 1)
        #expect(try file.findings(of: "1") == [finding, finding.placed(file: "other")])
        #expect(try file.quarantine(of: "1") == [row])
        #expect(try file.verify().isEmpty)
    }

    @Test func `chunks may come in any order and be replaced by wider ones`() throws {
        let folder = try TemporaryFolder()
        let file = try newStudyFile(in: folder)
        let wave = SyntheticWave(rows: 250, chunkRows: 100)
        let transaction = try file.beginImport(wave: "1", replacing: false)
        for number in [2, 0, 1] { try transaction.append(wave.chunks(number), chunkNumber: number) }
        let narrow = try transaction.chunk(column: 5, chunkNumber: 1)
        #expect(narrow == wave.chunks(1)[5])
        let words = narrow.bytes.flatMap { byte in
            withUnsafeBytes(of: (byte >= 241 ? 0xFFFF_FF00 : 0) | UInt32(byte)) { Array($0) }
        }
        let wide = ColumnChunk(rowCount: 100, encoding: .uint32, bytes: words)
        try transaction.replace(column: 5, chunkNumber: 1, with: wide)
        try transaction.commit(wave.summary)
        #expect(try wave.isWhole(in: file))
        #expect(try file.verify().isEmpty)
    }

    @Test func `columns that are not whole are refused as a defect`() throws {
        let folder = try TemporaryFolder()
        let file = try newStudyFile(in: folder)
        let wave = SyntheticWave(rows: 250, chunkRows: 100)
        func code(_ body: (ImportTransaction) throws -> Void) throws -> String? {
            let transaction = try file.beginImport(wave: "1", replacing: false)
            return #expect(throws: Problem.self) { try body(transaction) }?.code
        }
        let wrong = ColumnChunk(rowCount: 100, encoding: .int16, bytes: [1, 2, 3])
        #expect(try code { try $0.append([wrong], chunkNumber: 0) } == "store.incomplete-import")
        #expect(
            try code { try $0.append(wave.chunks(0) + [wave.chunks(2)[0]], chunkNumber: 0) }
                == "store.incomplete-import")
        #expect(
            try code { try $0.replace(column: 0, chunkNumber: 0, with: wave.chunks(0)[0]) } == "store.incomplete-import"
        )
        let gap = try code {
            try $0.append(wave.chunks(1), chunkNumber: 1)
            try $0.commit(wave.summary)
        }
        #expect(gap == "store.incomplete-import")
        let after = try code {
            try $0.commit(SyntheticWave(rows: 0).summary)
            try $0.append(wave.chunks(0), chunkNumber: 0)
        }
        #expect(after == "store.incomplete-import")
    }

    @Test func `a step is what it recorded last`() throws {
        let folder = try TemporaryFolder()
        let file = try newStudyFile(in: folder)
        #expect(try file.step(named: "report") == nil)
        try file.record(StepRecord(name: "report", stamp: "a", outputs: #"[{"file":"r.html"}]"#))
        try file.record(StepRecord(name: "report", stamp: "b"))
        try file.record(StepRecord(name: "import", stamp: "c"))
        #expect(try file.step(named: "report") == StepRecord(name: "report", stamp: "b", outputs: "[]"))
        #expect(try file.steps().map(\.name) == ["import", "report"])
    }
}
