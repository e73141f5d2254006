import SurveyProblems
import SurveySchema
import Testing

@testable import SurveyImport

struct ImportMessagesTests {
    private static let question = Question(
        id: "q", text: .empty, type: .single, answers: [], missing: [], when: nil, isPrivate: false,
        columns: ["Q1", "Q2"],
        range: (nil, nil), line: 1)

    private static let problems: [(Problem, String)] = [
        (
            .moreFindings(5),
            "import.more-findings|5 more findings are not listed"
                + "|at most 20 values of a column and 1000 findings in all are listed one by one"
                + "|correct those that are listed and import again"
        ),
        (
            .unknownCode("7", column: "q1", variable: "victim", known: ["1", "2"]),
            "import.unknown-code|\"7\" is no answer of \"victim\""
                + "|cells must be one of the codes 1, 2, byte for byte; this one counts as unreadable"
                + "|correct the cells, or add the code to the questionnaire as an answer or a missing code"
        ),
        (
            .tooManyAnswers("age"),
            "import.too-many-answers|\"age\" has too many different answers"
                + "|a column of answers may have at most 255 different texts; there are more"
                + "|use --mean for a number, or group the answers first"
        ),
        (
            .notANumber("1,5", column: "c", variable: "v", decimalSign: 0x2E),
            "import.not-a-number|\"1,5\" is no number of \"v\""
                + "|a number is digits with \".\" as decimal sign and no spaces; this cell counts as unreadable"
                + "|correct the cells, name a missing code, or give --decimal \",\" if that is the sign of the file"
        ),
        (
            .outOfRange("17", (18, .infinity), column: "c", variable: "age"),
            "import.out-of-range|17 is outside the range of \"age\""
                + "|answers lie from 18 to …; this cell counts as unreadable"
                + "|correct the cells, or widen the range in the questionnaire"
        ),
        (
            .notADate("31.04.2024", column: "c", variable: "day"),
            "import.not-a-date|\"31.04.2024\" is no date of \"day\""
                + "|a date is YYYY-MM-DD or DD.MM.YYYY and a day of the calendar; this cell counts as unreadable"
                + "|correct the cells, or name a missing code"
        ),
        (
            .missingColumn(["Q1"], question: question, known: ["q1", "x"]),
            "import.missing-column|The file has no column for the question \"q\""
                + "|the questionnaire names Q1; nearest in the file: q1"
                + "|correct the name in the questionnaire (column:), or leave the question out of this version"
        ),
        (
            .extraColumns(["x", "y"]),
            "import.extra-columns|Columns without a question are left out: 2"
                + "|only columns that the questionnaire names are imported"
                + "|add a question to the questionnaire for each column that is needed"
        ),
        (
            .noColumns(of: "survey", columns: ["x;y"], expected: ["Q1", "Q2"]),
            "import.no-columns|The file has no column of the questionnaire \"survey\""
                + "|expected columns such as Q1, Q2; found x;y"
                + "|check that file and questionnaire belong together and that the delimiter is right"
        ),
        (
            .noSuchColumn("yeer", known: ["year", "x"]),
            "import.no-such-column|Column \"yeer\" is not in the file"
                + "|keys, design columns and row filters are read from the file, which has the columns year, x"
                + "|correct the name; nearest in the file: year"
        ),
        (
            .noStratum("9", column: "s"),
            "import.no-stratum|A row has no stratum: \"9\""
                + "|every row must have a stratum that exists; the row is in quarantine|correct the cell in the file"
        ),
        (
            .noPSU("9", column: "s"),
            "import.no-psu|A row has no PSU: \"9\""
                + "|every row must have a primary sampling unit; the row is in quarantine|correct the cell in the file"
        ),
        (
            .badWeight("-1", column: "w"),
            "import.bad-weight|A row has no weight: \"-1\""
                + "|a weight is a number of at least 0; the row is in quarantine|correct the cell in the file"
        ),
        (
            .duplicateKey(["1", "2"], columns: ["a", "b"]),
            "import.duplicate-key|A row has the key of an earlier one: \"1, 2\""
                + "|the key must be different in every row; the first row is kept, this one is in quarantine"
                + "|take one of the rows out of the file, or correct its key"
        ),
        (
            .skippedAnswered("q2", when: "q1 = 1", column: "Q2"),
            "import.skipped-answered|\"q2\" is answered where it was not asked"
                + "|the question is asked when q1 = 1; these answers are kept, outside the base"
                + "|correct the answers or the routing (when:), or list the finding as expected in the study"
        ),
        (
            .interrupted("x.csv"),
            "import.interrupted|The import of \"x.csv\" was stopped"
                + "|an import is all there or not at all; nothing of it is kept|start it again when you are ready"
        ),
    ]

    @Test func `each problem says what, why and how to fix it`() {
        for (problem, words) in Self.problems {
            #expect(
                [problem.code, problem.what.description, problem.why.description, problem.fix.description]
                    == words.split(separator: "|").map(String.init))
        }
    }

    @Test(arguments: ["ru", "kk"]) func `each problem has its words in every language`(language: String) {
        for (problem, _) in Self.problems {
            let words = ProblemTexts.words(of: problem, in: language)
            #expect(words.what != problem.what.description && words.why != problem.why.description, "\(problem.code)")
            for (text, message) in [(words.what, problem.what), (words.why, problem.why), (words.fix, problem.fix)] {
                #expect(!text.contains("{"), "\(problem.code)")
                for value in message.values { #expect(text.contains(value), "\(problem.code): \(value)") }
            }
        }
    }
}
