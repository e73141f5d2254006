import Foundation
import SurveyTestSupport
import Testing

/// Files that other programs write in the test run: haven, pyreadstat, openpyxl, LibreOffice.
///
/// They run with SAUAL_OUTSIDE_WRITERS=1, each where its program is installed. SAUAL_PYTHON names a Python that has the
/// packages; `python3` is taken without it.
struct OutsideWritersTests {
    private static let isWanted = ProcessInfo.processInfo.environment["SAUAL_OUTSIDE_WRITERS"] == "1"
    private static let python = ProcessInfo.processInfo.environment["SAUAL_PYTHON"] ?? "python3"

    /// True if a line of bash ends well; asked only where the tests are wanted.
    private static func can(_ line: String) -> Bool {
        guard isWanted, let folder = try? TemporaryFolder() else { return false }
        return (try? Saual.bash(line, in: folder.path, environment: path))?.status == 0
    }

    private static var path: [String: String] {
        ["PATH": "\(Saual.programs):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"]
    }

    private static let hasHaven = can("Rscript -e 'library(haven)'")
    private static let hasReadStat = can("\(python) -c 'import pyreadstat, pandas'")
    private static let hasOpenPyXL = can("\(python) -c 'import openpyxl'")
    private static let hasOffice = can("command -v soffice")

    private static let rows = """
        1,1,18,1990-05-01,Әлия
        2,2,44.5,1960-12-31,"Иван, ""И\"""
        3,98,,,
        4,9,-3,1899-12-31,emoji 🙂

        """

    private static func make(_ program: String, _ script: String, ending: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(script, to: "make.\(ending)")
        let made = try Saual.bash("\(program) make.\(ending)", in: folder.path, environment: path)
        #expect(made.status == 0, "\(made.errors)")
        return folder
    }

    private static func csv(_ file: String, in folder: TemporaryFolder) throws -> String {
        let result = try folder.saual("convert \(file) \(file).csv")
        #expect(result.status == 0, "\(file): \(result.errors)")
        return try folder.text(of: "\(file).csv")
    }

    private static func variables(_ file: String, in folder: TemporaryFolder) throws -> [String: Row] {
        let result = try folder.saual("describe \(file) --format json")
        #expect(result.status == 0, "\(file): \(result.errors)")
        return Dictionary(
            try JSON.rows(result.output, in: "variables").map { ($0["name"] ?? "", $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Labels by code, whatever language the file names.
    private static func labels(_ row: Row?, _ key: String) -> [String: String] {
        let list = row?.fields[key] as? [[String: Any]] ?? []
        return Dictionary(
            list.compactMap { entry in
                guard let code = entry["code"] as? String else { return nil }
                return (code, (entry["label"] as? [String: String])?.values.first ?? "")
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func label(_ row: Row?) -> String? { (row?.fields["label"] as? [String: String])?.values.first }

    @Test(.enabled(if: hasHaven, "R with haven, and SAUAL_OUTSIDE_WRITERS=1"))
    func `what haven writes is read with labels, missing values and dates`() throws {
        let script = """
            library(haven)
            d <- data.frame(id = c(1, 2, 3, 4))
            d$trust <- labelled_spss(c(1, 2, 98, 9), c("Иә" = 1, "Жоқ" = 2, "Hard to say" = 98), na_values = 98,
                                     na_range = c(7, 9), label = "Сенім")
            d$age <- labelled(c(18, 44.5, NA, -3), label = "Age")
            d$born <- as.Date(c("1990-05-01", "1960-12-31", NA, "1899-12-31"))
            d$name <- c("Әлия", "Иван, \\"И\\"", "", "emoji \\U0001F642")
            write_sav(d, "byte.sav", compress = "byte")
            write_sav(d, "none.sav", compress = "none")
            write_sav(d, "zsav.zsav", compress = "zsav")
            d$trust <- labelled(c(1, 2, tagged_na("a"), tagged_na("z")),
                                c("Иә" = 1, "Жоқ" = 2, "Refused" = tagged_na("a")), label = "Сенім")
            for (v in c(8, 10, 12, 13, 14, 15)) write_dta(d, sprintf("v%d.dta", v), version = v)
            """
        let folder = try Self.make("Rscript", script, ending: "R")
        for file in ["byte.sav", "none.sav", "zsav.zsav"] {
            #expect(try Self.csv(file, in: folder) == "id,trust,age,born,name\n" + Self.rows, "\(file)")
            let trust = try Self.variables(file, in: folder)["trust"]
            #expect(Self.label(trust) == "Сенім")
            #expect(Self.labels(trust, "answers") == ["1": "Иә", "2": "Жоқ"])
            #expect(Self.labels(trust, "missing") == ["98": "Hard to say", "9": ""])
            let ranges = (trust?.fields["missing"] as? [[String: Any]] ?? []).compactMap {
                $0["range"] as? [String: Double]
            }
            #expect(ranges == [["least": 7, "greatest": 9]])
        }
        for version in [8, 10, 12, 13, 14, 15] {
            let stata = Self.rows.replacing("3,98,", with: "3,.a,").replacing("4,9,", with: "4,.z,")
            #expect(try Self.csv("v\(version).dta", in: folder) == "id,trust,age,born,name\n" + stata, "\(version)")
            let trust = try Self.variables("v\(version).dta", in: folder)["trust"]
            #expect(Self.labels(trust, "answers") == ["1": "Иә", "2": "Жоқ"] && Self.label(trust) == "Сенім")
            #expect(Self.labels(trust, "missing") == [".a": "Refused", ".z": ""])
        }
    }

    @Test(.enabled(if: hasReadStat, "a Python with pyreadstat, and SAUAL_OUTSIDE_WRITERS=1"))
    func `what pyreadstat writes is read with title, notes, measures and ranges`() throws {
        let script = """
            import datetime, pandas as pd, pyreadstat
            d = pd.DataFrame({'id': [1.0, 2, 3, 4], 'trust': [1.0, 2, 98, 9], 'age': [18, 44.5, None, -3],
                'born': [datetime.date(1990, 5, 1), datetime.date(1960, 12, 31), None, datetime.date(1899, 12, 31)],
                'name': ['Әлия', 'Иван, "И"', '', 'emoji \\U0001F642']})
            for name, options in [('plain.sav', {}), ('row.sav', {'row_compress': True}), ('z.zsav', {'compress': True})]:
                pyreadstat.write_sav(d, name, file_label='Сауалнама', column_labels={'trust': 'Сенім'},
                    variable_value_labels={'trust': {1: 'Иә', 2: 'Жоқ', 98: 'Hard to say'}},
                    missing_ranges={'trust': [98, {'lo': 7, 'hi': 9}]}, note=['A note'],
                    variable_measure={'trust': 'nominal', 'age': 'scale', 'id': 'scale'}, **options)
            d.loc[d['trust'] > 2, 'trust'] = None
            for version in (8, 10, 12, 13, 14, 15):
                pyreadstat.write_dta(d, f'v{version}.dta', version=version, column_labels={'trust': 'Сенім'},
                    variable_value_labels={'trust': {1: 'Иә', 2: 'Жоқ'}})
            """
        let folder = try Self.make(Self.python, script, ending: "py")
        for file in ["plain.sav", "row.sav", "z.zsav"] {
            #expect(try Self.csv(file, in: folder) == "id,trust,age,born,name\n" + Self.rows, "\(file)")
            let found = try folder.saual("describe \(file) --format json").output
            #expect(found.contains("\"title\":{\"und\":\"Сауалнама\"},\"notes\":[\"A note\"]"))
            let variables = try Self.variables(file, in: folder)
            #expect(variables["trust"]?["measure"] == "nominal" && variables["age"]?["measure"] == "scale")
            #expect(Self.labels(variables["trust"], "answers") == ["1": "Иә", "2": "Жоқ"])
            #expect(Self.labels(variables["trust"], "missing") == ["98": "Hard to say", "9": ""])
        }
        for version in [8, 10, 12, 13, 14, 15] {
            let stata = Self.rows.replacing("3,98,", with: "3,,").replacing("4,9,", with: "4,,")
            #expect(try Self.csv("v\(version).dta", in: folder) == "id,trust,age,born,name\n" + stata, "\(version)")
            #expect(
                try Self.labels(Self.variables("v\(version).dta", in: folder)["trust"], "answers") == [
                    "1": "Иә", "2": "Жоқ",
                ])
        }
    }

    @Test(.enabled(if: hasOpenPyXL, "a Python with openpyxl, and SAUAL_OUTSIDE_WRITERS=1"))
    func `what openpyxl writes is read: hidden sheets, moments, truths, formulas without a value`() throws {
        let script = """
            import datetime, openpyxl
            book = openpyxl.Workbook()
            sheet = book.active
            sheet.title = 'Деректер'
            sheet.append(['id', 'name', 'born', 'when', 'sum', 'yes', 'part'])
            sheet.append([1, 'Әлия', datetime.date(1990, 5, 1), datetime.datetime(2024, 2, 29, 23, 59, 59), '=1+1', True, .1])
            sheet.append([2, 'Иван, "И"', None, None, None, False, -2.5])
            sheet.append([3, 'emoji \\U0001F642', datetime.date(1960, 12, 31), None, 7, None, 1 / 3])
            hidden = book.create_sheet('hidden', 0)
            hidden.append(['x'])
            hidden.sheet_state = 'hidden'
            book.active = 1
            book.save('book.xlsx')
            plain = openpyxl.Workbook(write_only=True)
            rows = plain.create_sheet('S')
            for row in [['a', 'b'], [1, 'x'], [None, 'y']]:
                rows.append(row)
            plain.save('streamed.xlsx')
            """
        let folder = try Self.make(Self.python, script, ending: "py")
        let rows = """
            id,name,born,when,sum,yes,part
            1,Әлия,1990-05-01,2024-02-29T23:59:59,,1,0.1
            2,"Иван, ""И\""",,,,0,-2.5
            3,emoji 🙂,1960-12-31,,7,,0.3333333333333333

            """
        #expect(try Self.csv("book.xlsx", in: folder) == rows)
        #expect(try Self.csv("streamed.xlsx", in: folder) == "a,b\n1,x\n,y\n")
    }

    @Test(.enabled(if: hasOffice, "LibreOffice, and SAUAL_OUTSIDE_WRITERS=1"))
    func `what LibreOffice writes is read, and it reads what Saual writes`() throws {
        let folder = try TemporaryFolder()
        let rows = "id,name,age,day\n1,Әлия,34,2024-02-29\n2,\"a, \"\"b\"\"\",-2.5,1960-12-31\n3,emoji 🙂,,\n"
        try folder.write(rows, to: "rows.csv")
        func convert(_ file: String, to format: String, _ more: String) throws {
            let line =
                "soffice -env:UserInstallation=file://$PWD/office --headless \(more) --convert-to \(format) \(file)"
            let made = try Saual.bash(line, in: folder.path, environment: Self.path)
            #expect(made.status == 0, "\(made.errors)")
        }
        try convert("rows.csv", to: "xlsx", "--infilter=CSV:44,34,76,1")
        #expect(try Self.csv("rows.xlsx", in: folder) == rows)
        #expect(try folder.saual("convert rows.csv ours.xlsx").status == 0)
        try convert("ours.xlsx", to: "'csv:Text - txt - csv (StarCalc):44,34,76'", "")
        #expect(try folder.text(of: "ours.csv") == rows)
    }
}
