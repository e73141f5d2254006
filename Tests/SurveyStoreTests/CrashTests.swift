import Foundation
import SurveyData
import SurveyProblems
import Testing

@testable import SurveyStore
import SurveyTestSupport

struct CrashTests {
    @Test func `a kill at any moment of an import leaves the earlier waves whole`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("s.saual")
        let first = SyntheticWave(rows: 2_000, chunkRows: 700)
        let record = try first.store(in: newStudyFile(in: folder))
        var numbers = SeededGenerator(seed: 20_240)
        let duration = try durationOfImport(in: folder)
        var hot = 0
        var generations: Set<String> = []
        for round in 0..<50 {
            let writer = try WriterProcess("loop", path)
            _ = writer.nextOutput()
            usleep(UInt32.random(in: 0...2 * duration, using: &numbers))
            // A reader in between must not take the journal for one that was left behind.
            if round % 2 == 0 { _ = try? StudyFile(reading: path, patienceMilliseconds: 0) }
            usleep(UInt32.random(in: 0...duration / 4, using: &numbers))
            writer.kill()
            // A journal that begins with a zero had not been needed yet.
            let journal = FileManager.default.contents(atPath: path + "-journal")
            if let first = journal?.first, first != 0 { hot += 1 }

            let file = try StudyFile(reading: path)
            #expect(try file.verify().isEmpty)
            #expect(try first.isWhole(in: file))
            #expect(try file.wave(named: "1") == record)
            #expect(folder.names == ["s.saual"])
            guard let second = try file.waves().first(where: { $0.name == "2" }) else { continue }
            generations.insert(second.options)
            let generation = try #require(Int(second.options))
            let column = try #require(try file.columns(named: ["n"], of: "2").first)
            guard case .numbers(let values, _) = column.values else { throw CocoaError(.fileReadCorruptFile) }
            #expect(values.count == 20_000 && second.rowsQuarantined == 120)
            #expect(values.indices.allSatisfy { values[$0] == Double($0 + generation) })
        }
        // The kills must have hit what they are for: transactions under way, some of them after others had ended.
        #expect(hot > 5)
        #expect(!generations.isEmpty)
    }

    /// Microseconds that one import of the writer takes on this machine just now.
    private func durationOfImport(in folder: TemporaryFolder) throws -> UInt32 {
        let writer = try WriterProcess("loop", folder.file("trial.saual"))
        _ = writer.nextOutput()
        let start = ContinuousClock.now
        for _ in 0..<3 { _ = writer.nextOutput() }
        let duration = (ContinuousClock.now - start) / .microseconds(1) / 3
        writer.kill()
        try FileManager.default.removeItem(atPath: folder.file("trial.saual"))
        try? FileManager.default.removeItem(atPath: folder.file("trial.saual-journal"))
        return UInt32(min(max(duration, 1_000), 200_000))
    }

    @Test(arguments: [1_000_000, 3_000_000, 9_000_000]) func `a full disk leaves the earlier waves whole`(size: Int)
        throws
    {
        let folder = try TemporaryFolder()
        let first = SyntheticWave(rows: 2_000, chunkRows: 700)
        try first.store(in: newStudyFile(in: folder))
        let (code, output) = try WriterProcess("limited", folder.file("s.saual"), String(size)).finish()
        #expect(code == 3)
        #expect(output == "problems.unwritable-file\n")
        #expect(folder.names == ["s.saual"])
        let file = try StudyFile(reading: folder.file("s.saual"))
        #expect(try file.verify().isEmpty)
        #expect(try file.waves().map(\.name) == ["1"])
        #expect(try first.isWhole(in: file))
    }

    @Test func `a second writer is told who holds the file`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("s.saual")
        try SyntheticWave(rows: 10).store(in: newStudyFile(in: folder))
        let holder = try WriterProcess("hold", path)
        #expect(holder.nextOutput() == "held\n")
        let file = try StudyFile(writing: path, creating: false, program: "", patienceMilliseconds: 50)
        let problem = #expect(throws: Problem.self) { try file.beginImport(wave: "2", replacing: false) }
        #expect(problem?.code == "store.busy")
        #expect(problem?.why.values == ["50", String(holder.identifier)])
        // A reader is not in the way as long as nothing was spilled.
        #expect(try StudyFile(reading: path).waves().count == 1)
        #expect(try holder.finish().code == 0)
        #expect(throws: Never.self) { try SyntheticWave(rows: 10, name: "2").store(in: file) }
    }

    @Test func `the lines of the lock table are read by inode and range`() {
        let locks = """
            1: POSIX  ADVISORY  WRITE 3312 fe:00:132456 1073741825 1073741825
            2: POSIX  ADVISORY  READ  77 fe:00:132456 1073741826 1073742335
            2: -> POSIX  ADVISORY  WRITE 78 fe:00:132456 1073741824 1073741824
            3: FLOCK  ADVISORY  WRITE 5 fe:00:132456 0 EOF
            4: POSIX  ADVISORY  WRITE 6 fe:00:132457 1073741825 1073741825
            5: POSIX  ADVISORY  WRITE 9 fe:00:132456 0 EOF
            """
        #expect(LockHolders.processes(in: locks, inode: 132_456) == [3312, 77])
    }
}
