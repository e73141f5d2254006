import SurveyData
import SurveyProblems
import Testing

@testable import SurveyStore

struct StoreMessagesTests {
    private static let column = ColumnDescription(name: "q1", kind: .answers, dictionary: ["1", "2"])

    private static let problems: [(Problem, String)] = [
        (
            .busy("s.saual", holders: [12, 13], waitedMilliseconds: 50),
            "store.busy|Study file \"s.saual\" is in use|only one process may write at a time; waited 50 ms for process 12, 13"
                + "|wait until that process ends, or stop it"
        ),
        (
            .notADatabase("s.saual", reason: "file is not a database"),
            "store.not-a-database|\"s.saual\" is not a study file"
                + "|a study file is an SQLite database; SQLite says: file is not a database|check that this is the file you meant"
        ),
        (
            .damagedFile("s.saual", reason: "database disk image is malformed"),
            "store.damaged-file|Study file \"s.saual\" is damaged|SQLite says: database disk image is malformed"
                + "|make the study file anew from the raw files, or take a copy that is whole"
        ),
        (
            .otherApplication("s.saual", found: 0),
            "store.other-application|\"s.saual\" is not a study file"
                + "|a study file carries the application id 1935766881; found 0|check that this is the file you meant"
        ),
        (
            .newerFormat("s.saual", found: 3, known: 1),
            "store.newer-format|Study file \"s.saual\" is of a newer format"
                + "|this version of Saual knows formats up to 1; found format 3"
                + "|install a newer version of Saual, or make the study file anew from the raw files"
        ),
        (
            .foreignTables("s.saual", format: 1, names: ["steps", "t"]),
            "store.foreign-tables|Study file \"s.saual\" has an unknown structure"
                + "|format 1 has tables of its own; these differ: steps, t|make the study file anew from the raw files"
        ),
        (
            .damagedRecord("s.saual", table: "columns", key: "q1"),
            "store.damaged-record|Study file \"s.saual\" is damaged"
                + "|each entry must agree with its checksum and its counts; entry \"q1\" of table columns does not"
                + "|import the wave again from its raw file with --replace, or make the study file anew"
        ),
        (
            .damagedChunk(
                path: "s.saual", wave: "2023", column: column, chunk: 2, firstRow: 131_072, rows: 65_536,
                checksums: (0xAB, 0xCD)),
            "store.damaged|Column \"q1\" of wave \"2023\" is damaged"
                + "|chunk 2, 65536 rows from row 131073 on, must have the checksum ab; found cd"
                + "|import the wave again from its raw file with --replace"
        ),
        (
            .impossibleValues(path: "s.saual", wave: "2023", column: column, chunk: 0, firstRow: 0, rows: 9),
            "store.impossible-values|Column \"q1\" of wave \"2023\" holds impossible values"
                + "|chunk 0, 9 rows from row 1 on, is of kind answers with 2 entries in its dictionary; values are outside"
                + "|import the wave again from its raw file with --replace"
        ),
        (
            .unknownWave("2024", path: "s.saual", known: ["2022", "2023"]),
            "store.unknown-wave|Wave \"2024\" does not exist|the study file has the waves 2022, 2023"
                + "|name one of these waves, or import this one"
        ),
        (
            .waveExists("2023", path: "s.saual"),
            "store.wave-exists|Wave \"2023\" exists already|a stored wave is only replaced on demand"
                + "|add --replace, or choose another name with --wave"
        ),
        (
            .impossibleColumn("s.saual", column: "q1", entries: 5_000_000_000),
            "store.too-many-texts|Column \"q1\" has too many different texts"
                + "|a column may have 4294967040 different texts; found 5000000000|split the wave, or leave the column out"
        ),
        (
            .incompleteImport("2023", chunk: 1),
            "store.incomplete-import|The import of wave \"2023\" is not complete"
                + "|each chunk must hold every column once, in one length, within an open import; chunk 1 does not"
                + "|send us the command line and the input, if you may share it"
        ),
        (
            .noDigest(),
            "store.no-digest|SHA-256 cannot be computed|the library libcrypto must offer SHA-256; its call failed"
                + "|check the installation of OpenSSL (package libssl-dev)"
        ),
    ]

    @Test func `each problem says what, why and how to fix it`() {
        for (problem, words) in StoreMessagesTests.problems {
            #expect(
                [problem.code, problem.what.description, problem.why.description, problem.fix.description]
                    == words.split(separator: "|").map(String.init))
        }
    }

    @Test(arguments: ["ru", "kk"]) func `each problem has its words in every language`(language: String) {
        for (problem, _) in StoreMessagesTests.problems {
            let words = ProblemTexts.words(of: problem, in: language)
            #expect(words.what != problem.what.description && words.why != problem.why.description, "\(problem.code)")
            for (text, message) in [(words.what, problem.what), (words.why, problem.why), (words.fix, problem.fix)] {
                #expect(!text.contains("{"), "\(problem.code)")
                for value in message.values { #expect(text.contains(value), "\(problem.code): \(value)") }
            }
        }
    }
}
