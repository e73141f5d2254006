import Foundation
import Testing
import SurveyTestSupport

/// Data files that are wrong, as `Fixtures/README.md` lists them.
struct DataFileTests {
    private static let design = "--strata stratum --psu psu --weight weight"

    private static func fixtures() throws -> TemporaryFolder { try TemporaryFolder(copying: Saual.fixtures) }

    @Test func `a good file gives numbers and no findings`() throws {
        let result = try DataFileTests.fixtures().saual(
            "estimate good.csv \(DataFileTests.design) --record ignore --share q1")
        #expect(result.status == 0 && result.errors.isEmpty)
    }

    @Test(arguments: [
        (
            "empty.csv",
            """
            "empty.csv" is empty
              where: empty.csv
              why:   the first line must name the columns
              fix:   check that the file was written to its end

            """
        ),
        (
            "duplicate-header.csv",
            """
            Two columns have the name "sex"
              where: duplicate-header.csv:1, column "sex"
              why:   columns are found by name; columns 5 and 6 have the same one
              fix:   give one of them another name

            """
        ),
        (
            "cp1251.csv",
            """
            "cp1251.csv" is not UTF-8 text
              where: cp1251.csv:1
              why:   text without a byte order mark must be UTF-8; the byte at offset 22 is not
              fix:   name the encoding; for Russian and Kazakh Windows files: --encoding cp1251

            """
        ),
        (
            "unterminated.csv",
            """
            A cell in quotes does not end before the file does
              where: unterminated.csv:8, row 7
              why:   each opening quote needs a closing one; the one at byte offset 157 has none
              fix:   close the quote of this cell, or check that the file was written to its end

            """
        ),
        (
            "nul.csv",
            """
            "nul.csv" has a NUL byte
              where: nul.csv:6, row 5
              why:   a text file has none; found one at byte offset 114
              fix:   check that the file is complete and is CSV; for UTF-16 text add --encoding utf-16le

            """
        ),
    ])
    func `a file that cannot be read says where and why, with exit 3, in every command`(file: String, message: String)
        throws
    {
        let folder = try DataFileTests.fixtures()
        for line in ["estimate \(file) \(DataFileTests.design) --share q1", "describe \(file)"] {
            let result = try folder.saual(line)
            #expect(result.status == 3 && result.output.isEmpty, "\(line)")
            #expect(result.errors == message, "\(line)")
        }
        let imported = try folder.saual("import \(file) --study s.saual --wave 1")
        #expect(imported.status == 3 && imported.output.isEmpty)
        #expect(imported.errors == message)
        #expect(!folder.has("s.saual") && !folder.has("s.saual-journal"))
    }

    @Test func `a header without rows is described, and nothing can be estimated from it`() throws {
        let folder = try DataFileTests.fixtures()
        let described = try folder.saual("describe header-only.csv --format json")
        #expect(described.status == 0)
        let variables = try JSON.rows(described.output, in: "variables")
        #expect(variables.count == 7 && variables.allSatisfy { $0.number("n") == 0 })
        let estimated = try folder.saual("estimate header-only.csv \(DataFileTests.design) --share q1")
        #expect(estimated.status == 4 && estimated.output.isEmpty)
        let message = """
            There is nothing to estimate from
              where: header-only.csv
              why:   at least one row is needed; found none
              fix:   check that the file was written to its end

            """
        #expect(estimated.errors == message)
    }

    @Test(arguments: ["ragged.csv", "ragged.tsv"])
    func `rows with other numbers of cells are set aside and named, each with its count`(file: String) throws {
        let folder = try DataFileTests.fixtures()
        let result = try folder.saual("estimate \(file) \(DataFileTests.design) --share q1 --format ndjson")
        #expect(result.status == 1)
        #expect(try JSON.lines(result.output).first?.number("n_base") == 10)
        let plain = try folder.saual("estimate \(file) \(DataFileTests.design) --record ignore --share q1")
        let message = """
            A row has 6 cells instead of 7
              where: \(file):5, row 4
              why:   each row must have as many cells as the header; the row is in quarantine
              fix:   correct the row in the file: a text with a delimiter in it must stand in quotes
            A row has 8 cells instead of 7
              where: \(file):10, row 9
              why:   each row must have as many cells as the header; the row is in quarantine
              fix:   correct the row in the file: a text with a delimiter in it must stand in quotes

            """
        #expect(plain.errors == message)
    }

    @Test func `windows-1251 is read when it is named, UTF-16 by its mark`() throws {
        let folder = try DataFileTests.fixtures()
        func answers(_ line: String) throws -> Set<String> {
            Set(
                try JSON.lines(folder.saual("estimate \(line) \(DataFileTests.design) --format ndjson").output)
                    .compactMap { $0["answer"] })
        }
        #expect(try answers("cp1251.csv --encoding cp1251 --share ответ") == ["Да", "Нет", "Затрудняюсь ответить"])
        #expect(try answers("utf16.csv --share жауап") == ["Иә", "Жоқ", "Жауап беру қиын"])
        #expect(try answers("utf16.csv --encoding utf-16le --share жауап") == ["Иә", "Жоқ", "Жауап беру қиын"])
        let wrong = try folder.saual("estimate utf16.csv --encoding utf-8 --share жауап")
        #expect(wrong.status == 3)
        #expect(
            wrong.errors.contains("is not UTF-8 text") || wrong.errors.contains("is not utf-8 text"), "\(wrong.errors)")
    }

    @Test func `a mark, semicolons, carriage returns and decimal commas do not get into names and cells`() throws {
        let folder = try DataFileTests.fixtures()
        let variables = try JSON.rows(
            folder.saual("describe bom-crlf.csv --decimal , --format json").output, in: "variables")
        #expect(variables.map { $0["name"] } == ["id", "stratum", "psu", "weight", "sex", "age", "q1"])
        #expect(variables[3]["type"] == "number")
        #expect(variables[3].number("min") == 10.5 && variables[3].number("max") == 21.5)
        #expect(variables[6].number("max") == 3)
        let unnamed = try folder.saual("estimate bom-crlf.csv \(DataFileTests.design) --share q1")
        #expect(unnamed.status == 3 && unnamed.output.isEmpty)
        let first = """
            "10,5" is no number of "weight"
              where: bom-crlf.csv, column "weight", question "weight", row 1
              why:   a number is digits with "." as decimal sign and no spaces; this cell counts as unreadable
              fix:   correct the cells, name a missing code, or give --decimal "," if that is the sign of the file

            """
        #expect(unnamed.errors.hasPrefix(first))
    }

    @Test func `cells that are no weights are named with row and value, and nothing is computed`() throws {
        let folder = try DataFileTests.fixtures()
        let result = try folder.saual("estimate bad-weights.csv \(DataFileTests.design) --share q1 --format json")
        #expect(result.status == 3 && result.output.isEmpty)
        let problems = try JSON.lines(result.errors)
        #expect(problems.map { $0["code"] } == ["import.not-a-number", "import.not-a-number", "design.missing-weight"])
        #expect(
            problems[0]["what"] == "\"abc\" is no number of \"weight\"" && problems[0].fields["rows"] as? [Int] == [10])
        #expect(
            problems[1]["what"] == "\"1e400\" is no number of \"weight\""
                && problems[1].fields["rows"] as? [Int] == [11])
        #expect(problems[2].fields["rows"] as? [Int] == [8, 10, 11])
    }

    @Test func `an import sets rows without a weight aside, and keeps a weight of 0`() throws {
        let folder = try DataFileTests.fixtures()
        let result = try folder.saual("import bad-weights.csv --study s.saual --wave 1 --weight weight --format json")
        #expect(result.status == 1)
        #expect(
            result.output.contains("\"rows\":12,\"imported\":8,\"quarantined\":4,\"findings\":{\"import.bad-weight\":4")
        )
        let named = try JSON.lines(result.errors).filter { $0["code"] == "import.bad-weight" }
        #expect(named.map { $0["detail"] } == ["-1.2", "", "abc", "1e400"])
        #expect(named.map { $0.fields["rows"] as? [Int] } == [[5], [8], [10], [11]])
    }

    @Test func `a row with the key of an earlier one is set aside with its key`() throws {
        let folder = try DataFileTests.fixtures()
        let questionnaire = """
            saual: questionnaire/1
            id: keys
            version: "1"
            title: Keys
            languages: [en]
            key: id
            questions:
              - {id: id, text: "Id", type: text}
              - {id: q1, text: "Question", type: number}

            """
        try folder.write(questionnaire, to: "q.yaml")
        let result = try folder.saual(
            "import duplicate-key.csv --study s.saual --wave 1 --questionnaire q.yaml --format json")
        #expect(result.status == 1)
        let found = try #require(JSON.lines(result.errors).first { $0["code"] == "import.duplicate-key" })
        #expect(found["what"] == "A row has the key of an earlier one: \"p03\"")
        #expect(found.fields["rows"] as? [Int] == [6])
    }

    @Test func `a stratum with one PSU needs a rule: without one the strata and the choices are listed`() throws {
        let folder = try DataFileTests.fixtures()
        let result = try folder.saual("estimate lonely.csv \(DataFileTests.design) --share q1=1")
        #expect(result.status == 4 && result.output.isEmpty)
        let message = """
            1 strata have a single PSU
              where: column "stratum", B
              why:   a variance needs at least 2 PSUs in a stratum; found 1 in B
              fix:   choose a rule with --lonely-psu certainty, average, adjust or adjust-zero, or merge the strata

            """
        #expect(result.errors == message)
    }

    @Test func `each rule for a stratum with one PSU is obeyed, shown, and gives its own error`() throws {
        let folder = try DataFileTests.fixtures()
        var errors: [String: Double] = [:]
        for rule in ["certainty", "remove", "average", "adjust", "adjust-zero"] {
            let line = "estimate lonely.csv \(DataFileTests.design) --share q1=1 --lonely-psu \(rule) --format json"
            let result = try folder.saual(line)
            #expect(result.status == 0, "\(rule)")
            let row = try #require(JSON.rows(result.output).first)
            #expect(row.fields["flags"] as? [String] == ["lonely-psu"], "\(rule)")
            let design = try #require(JSON.object(result.output)["design"] as? [String: Any])
            #expect(design["lonely_psu"] as? String == (rule == "remove" ? "certainty" : rule))
            errors[rule] = row.number("se")
        }
        #expect(errors["certainty"] == errors["remove"])
        // Stratum A alone gives the variance; certainty adds nothing for B, average adds as much as A has.
        let certainty = try #require(errors["certainty"])
        #expect(abs(try #require(errors["average"]) / certainty - 2.0.squareRoot()) < 1e-9)
        #expect(try #require(errors["adjust"]) > certainty && #require(errors["adjust-zero"]) > certainty)
    }

    @Test func `a column that is asked for in the wrong role is refused`() throws {
        let folder = try DataFileTests.fixtures()
        let text = try folder.saual("estimate good.csv --mean stratum")
        #expect(text.status == 1 || text.status == 4, "\(text.status)")
        #expect(text.errors.contains("\"A\" is no number of \"stratum\""))
        let rows = (1...300).map { "answer \($0)\n" }.joined()
        try folder.write("q\n" + rows, to: "many.csv")
        let many = try folder.saual("estimate many.csv --share q")
        #expect(many.status == 2 && many.errors.contains("255"))
    }
}
