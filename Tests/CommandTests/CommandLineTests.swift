import Foundation
import Testing
import SurveyTestSupport

/// How a command line is read: what is wrong with it is said exactly, with exit 2 and nothing on standard output.
struct CommandLineTests {
    private static let design = "--strata stratum --psu psu --weight weight"

    private static func good() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.copy(Saual.fixtures + "/good.csv", to: "good.csv")
        return folder
    }

    @Test(arguments: [
        (
            "chek study.yaml",
            """
            Command "chek" does not exist
              why:   the commands are \(ExampleTests.commands.joined(separator: ", "))
              fix:   use saual check

            """
        ),
        (
            "estimate good.csv --shar q1",
            """
            Option "--shar" does not exist in "saual estimate"
              why:   an option is obeyed or refused, never ignored
              fix:   use --share

            """
        ),
        (
            "estimate good.csv -x",
            """
            Option "-x" does not exist in "saual estimate"
              why:   an option is obeyed or refused, never ignored
              fix:   use saual estimate --help

            """
        ),
        (
            "estimate good.csv --share q1 --ci logits",
            """
            --ci does not know "logits"
              why:   allowed: logit, mean, asin, wilson, beta, korn-graubard, likelihood; found "logits"
              fix:   use --ci logit

            """
        ),
        (
            "estimate good.csv --share",
            """
            Option "--share" has no value
              why:   the option is written --share V
              fix:   write the value after the option

            """
        ),
        (
            "estimate good.csv --share --count",
            """
            Option "--share" has no value
              why:   the option is written --share V
              fix:   write the value after the option

            """
        ),
        (
            "estimate good.csv --share q1 --force",
            """
            --force has nothing to replace
              why:   --force goes with -o FILE; no file is named
              fix:   add -o FILE, or drop --force

            """
        ),
        (
            "indicators any.saual --list --by sex",
            """
            --by does not go with --list
              why:   --list names the indicators and computes nothing
              fix:   drop one of the two

            """
        ),
        (
            "estimate good.csv --share=",
            """
            Option "--share" has no value
              why:   the option is written --share V
              fix:   write the value after the option

            """
        ),
        (
            "estimate good.csv --count=yes",
            """
            Option "--count" takes no value
              why:   the option stands alone; found "--count=…"
              fix:   delete the equals sign and what follows

            """
        ),
        (
            "estimate good.csv --share q1 --level 0.9 --level 0.95",
            """
            Option "--level" is given twice
              why:   this option may stand once, since only one value can be obeyed
              fix:   delete one of the two

            """
        ),
        (
            "estimate --share q1",
            """
            "saual estimate" needs SOURCE
              why:   the command is written: saual estimate [options] SOURCE
              fix:   see saual estimate --help

            """
        ),
        (
            "estimate good.csv other.csv --share q1",
            """
            "other.csv" is one word too many
              why:   "saual estimate" takes at most 1 words besides its options
              fix:   see saual estimate --help

            """
        ),
        (
            "estimate good.csv --share q1 --level much",
            """
            "much" is not a number for --level
              why:   --level takes a decimal number; found "much"
              fix:   write a number, such as 0.95

            """
        ),
        (
            "estimate good.csv",
            """
            No statistic is asked for
              why:   "saual estimate" needs at least one of --share, --mean, --total, --ratio, --count, --quantile
              fix:   add, for example, --share q1 --by region

            """
        ),
        (
            "estimate good.csv --share |`q1|",
            """
            A backquote of --share is not closed
              why:   a name with a comma or space stands between two backquotes; found "`q1"
              fix:   add the second backquote, and put the value in single quotes so that the shell leaves it alone

            """
        ),
        (
            "estimate good.csv --share q1,,age",
            """
            A name of --share is empty
              why:   names are separated by single commas; found "q1,,age"
              fix:   delete the comma that is too many

            """
        ),
        (
            "estimate good.csv --share q1 --collapse-by age",
            """
            --collapse-by has nothing to work on
              why:   --collapse-by goes with --lonely-psu collapse only
              fix:   drop --collapse-by, or add --lonely-psu collapse

            """
        ),
        (
            "estimate good.csv --share q1 --covariance --format csv",
            """
            --covariance goes with --format json only
              why:   a matrix has no place in the rows of the other formats
              fix:   add --format json, or drop --covariance

            """
        ),
        (
            "estimate good.csv --share q2 \(design)",
            """
            Column "q2" does not exist
              why:   the data has the columns id, stratum, psu, weight, sex, age, q1
              fix:   use "q1"

            """
        ),
        (
            "estimate good.csv --share q1 --by sexe \(design)",
            """
            Column "sexe" does not exist
              why:   the data has the columns id, stratum, psu, weight, sex, age, q1
              fix:   use "sex"

            """
        ),
        (
            "estimate good.csv --share q1=4 \(design)",
            """
            "q1" has no answer "4"
              why:   its answers are 1, 2, 3
              fix:   use one of these codes, as written

            """
        ),
        (
            "estimate postgresql://localhost/x --share q1",
            """
            "postgresql://localhost/x" cannot be read by this version
              why:   sources are data files (.csv .tsv .txt, -) and study files (.saual), not databases
              fix:   export the columns to CSV and name that file

            """
        ),
        (
            "help estimates",
            """
            There is no help on "estimates"
              why:   the topics are designs, expressions, formats, methods, exit-codes, environment, \
            \(ExampleTests.commands.joined(separator: ", "))
              fix:   use saual help estimate

            """
        ),
        (
            "import good.csv --wave 1",
            """
            "saual import" needs --study
              why:   without --study it is not known where the result belongs
              fix:   add --study, see saual import --help

            """
        ),
        (
            "completion tcsh",
            """
            No completion for "tcsh"
              why:   there is completion for bash, zsh and fish; found "tcsh"
              fix:   use saual completion bash

            """
        ),
    ])
    func `a wrong command line is answered exactly, with exit 2`(line: String, message: String) throws {
        let result = try CommandLineTests.good().saual(line)
        #expect(result.status == 2)
        #expect(result.errors == message)
        #expect(result.output.isEmpty)
    }

    @Test func `values may follow an equals sign, options may follow operands, two dashes end options`() throws {
        let folder = try CommandLineTests.good()
        let plain = try folder.saual(
            "estimate --strata stratum --psu psu --weight weight --share q1=1 --format json good.csv")
        #expect(plain.status == 0)
        let others = [
            "estimate good.csv --share=q1=1 --format=json --strata=stratum --psu=psu --weight=weight",
            "estimate --strata stratum good.csv --share q1=1 --psu psu --weight weight --format json",
            "estimate --strata stratum --psu psu --weight weight --share q1=1 --format json -- good.csv",
        ]
        for line in others { #expect(try folder.saual(line).output == plain.output, "\(line)") }
        try folder.copy(Saual.fixtures + "/good.csv", to: "--odd.csv")
        #expect(try folder.saual("describe --format json -- --odd.csv").status == 0)
    }

    @Test func `names with commas and spaces stand in backquotes`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a b,\"c,d\",w\n1,2,1\n2,3,1\n1,2,1\n", to: "odd.csv")
        let result = try folder.saual(
            "estimate odd.csv --share |`a b`=1| --mean |`c,d`| --by |`a b`| --weight w --format ndjson")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try JSON.lines(result.output)
        #expect(rows.map { $0["variable"] } == ["a b", "a b", "a b", "c,d", "c,d", "c,d"])
        let domain = try folder.saual("estimate odd.csv --count --where |`c,d` = 2| --format ndjson")
        #expect(try JSON.lines(domain.output).first?.number("n") == 2)
    }

    @Test func `problems go to standard error as JSON lines where the format is JSON`() throws {
        let folder = try CommandLineTests.good()
        let result = try folder.saual("estimate good.csv --share q2 \(CommandLineTests.design) --format json")
        #expect(result.status == 2 && result.output.isEmpty)
        let expected = """
            {"code":"data.unknown-column","severity":"error","what":"Column \\"q2\\" does not exist",\
            "why":"the data has the columns id, stratum, psu, weight, sex, age, q1","fix":"use \\"q1\\""}

            """
        #expect(result.errors == expected)
    }

    @Test func `quiet leaves cautions out and errors in`() throws {
        let folder = try CommandLineTests.good()
        #expect(try folder.saual("estimate good.csv --share q1").errors.contains("Caution: Every row has weight 1"))
        #expect(try folder.saual("estimate good.csv --share q1 --quiet").errors.isEmpty)
        #expect(try !folder.saual("estimate good.csv --share q2 --quiet").errors.isEmpty)
    }

    @Test func `colour comes only when it is asked for`() throws {
        let folder = try CommandLineTests.good()
        #expect(try !folder.saual("estimate good.csv --share q2").errors.contains("\u{1B}"))
        #expect(try folder.saual("estimate good.csv --share q2 --color always").errors.hasPrefix("\u{1B}[1;31m"))
        #expect(try !folder.saual("estimate good.csv --share q2 --color never").errors.contains("\u{1B}"))
    }

    @Test func `a dry run says what would be read and writes nothing`() throws {
        let folder = try CommandLineTests.good()
        let estimate = try folder.saual("estimate good.csv --share q1 --by sex \(CommandLineTests.design) --dry-run")
        #expect(estimate.output == "read: good.csv (stratum, psu, weight, sex, q1)\nwrite: -\n")
        let imported = try folder.saual("import good.csv --study s.saual --wave 1 --dry-run")
        #expect(imported.output == "read: good.csv\nwrite: s.saual:1\n")
        #expect(!folder.has("s.saual"))
    }

    @Test func `timings are one line of JSON on standard error`() throws {
        let folder = try CommandLineTests.good()
        let result = try folder.saual(
            "estimate good.csv --share q1 \(CommandLineTests.design) --record ignore --timings")
        let timings = try #require(JSON.lines(result.errors).first)
        #expect(JSON.order(of: result.errors) == ["phases", "peak_rss_mb", "rows"])
        #expect(timings.number("rows") == 12)
        #expect(try #require(timings.number("peak_rss_mb")) > 0)
    }
}
