import Foundation
import SurveyProblems
import Testing

@testable import SurveyStore
import SurveyTestSupport

struct StudyFormatTests {
    private func connection(_ path: String, creating: Bool = false) throws -> Connection {
        try Connection(path: path, writing: true, creating: creating, patienceMilliseconds: 0)
    }

    private func codeOfOpening(_ path: String) -> String? {
        #expect(throws: Problem.self) { try StudyFile(reading: path) }?.code
    }

    @Test func `an older format is brought up to date with its waves kept`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("s.saual")
        try SyntheticWave(rows: 20).store(in: newStudyFile(in: folder))
        let next = StudyFormat(
            steps: StudyFormat.current.steps + [
                ["ALTER TABLE meta ADD COLUMN note TEXT", "PRAGMA user_version = 3"]
            ])
        do {
            let connection = try connection(path)
            try next.check(header: connection)
            try next.bringUpToDate(connection, program: nil)
            try next.check(header: connection)
            try next.check(tablesOf: connection)
            #expect(try connection.integer("SELECT count(*) FROM chunks") == 8)
            #expect(try connection.integer("PRAGMA user_version") == 3)
        }
        // What this version makes of the file that the next one wrote.
        #expect(codeOfOpening(path) == "store.newer-format")
    }

    @Test func `a step that fails leaves the older format whole`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("s.saual")
        try SyntheticWave(rows: 20).store(in: newStudyFile(in: folder))
        let next = StudyFormat(
            steps: StudyFormat.current.steps + [
                ["DROP TABLE steps", "ALTER TABLE nothing ADD COLUMN note TEXT", "PRAGMA user_version = 3"]
            ])
        do {
            let connection = try connection(path)
            #expect(throws: Problem.self) { try next.bringUpToDate(connection, program: nil) }
        }
        #expect(try SyntheticWave(rows: 20).isWhole(in: StudyFile(reading: path)))
    }

    @Test func `files that are none of ours are refused with their own reasons`() throws {
        let folder = try TemporaryFolder()
        #expect(codeOfOpening(folder.file("none.saual")) == "problems.unreadable-file")
        #expect(codeOfOpening(folder.path) == "problems.unreadable-file")
        #expect(codeOfOpening("/dev/null") == "problems.unreadable-file")
        #expect(codeOfOpening("a\0b") == "problems.unreadable-file")
        try Data().write(to: URL(fileURLWithPath: folder.file("empty.saual")))
        #expect(codeOfOpening(folder.file("empty.saual")) == "store.other-application")
        try Data("id,sex\n1,2\n".utf8).write(to: URL(fileURLWithPath: folder.file("text.saual")))
        #expect(codeOfOpening(folder.file("text.saual")) == "store.not-a-database")
        try connection(folder.file("other.db"), creating: true).run("CREATE TABLE waves (wave INTEGER)")
        #expect(codeOfOpening(folder.file("other.db")) == "store.other-application")
        let zero = try connection(folder.file("zero.saual"), creating: true)
        try zero.run("PRAGMA application_id = 0x73617561")
        #expect(codeOfOpening(folder.file("zero.saual")) == "store.foreign-tables")
    }

    @Test func `an empty file becomes a study file when one may be made`() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: folder.file("s.saual")))
        #expect(try newStudyFile(in: folder).waves().isEmpty)
        #expect(throws: Never.self) { try StudyFile(reading: folder.file("s.saual")) }
    }

    @Test(arguments: ["view", "trigger", "index", "table"]) func `a structure of another hand is refused`(kind: String)
        throws
    {
        let folder = try TemporaryFolder()
        try SyntheticWave(rows: 20).store(in: newStudyFile(in: folder))
        do {
            let connection = try connection(folder.file("s.saual"))
            switch kind {
            case "view":
                try connection.run("DROP TABLE steps")
                try connection.run(
                    "CREATE VIEW steps AS SELECT 'a' AS name, 'b' AS stamp, 'c' AS outputs, 0 AS checksum")
            case "trigger":
                try connection.run("CREATE TRIGGER t AFTER INSERT ON steps BEGIN DELETE FROM waves; END")
            case "index": try connection.run("CREATE INDEX i ON chunks (rows)")
            default: try connection.run("ALTER TABLE steps ADD COLUMN more TEXT")
            }
        }
        #expect(codeOfOpening(folder.file("s.saual")) == "store.foreign-tables")
    }
}
