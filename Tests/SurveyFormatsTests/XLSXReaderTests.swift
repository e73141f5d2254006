import SurveyProblems
import Testing

@testable import SurveyFormats

struct XLSXReaderTests {
    private func read(_ workbook: WorkbookBytes, sheet: String? = nil, window: Int = 1 << 18) throws -> ReadResult {
        var options = FormatOptions(window: window)
        options.sheet = sheet
        return try ReadResult(workbook.bytes, options, name: "data.xlsx")
    }

    /// Styles 0 plain, 1 date, 2 date and time, 3 time, 4 hours, 5 own date, 6 own number with a quoted d.
    private let styles =
        "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-419]dd\\.mm\\.yyyy;@\"/>"
        + "<numFmt numFmtId=\"165\" formatCode=\"0.0&quot; days&quot;\"/></numFmts>"
        + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"20\"/>"
        + "<xf numFmtId=\"46\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>"

    @Test(arguments: [1, 7, 1 << 18]) func `cells come as text whatever their type`(window: Int) throws {
        let book = WorkbookBytes(
            rows: row(1, "s:0", "s:1", "i:c", "str:d", "i:e") + row(2, "1", "s:2", "b:1", "str:x &amp; y", "e:#N/A")
                + row(4, "2.50", "", "i:", "", "b:0"),
            texts: [
                "<t>a</t>",
                "<r><t>b</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> two</t></r><rPh><t>no</t></rPh>",
                "<t>қазақ_x000D_\n_x005F_x0041_ 😀 _xD83D__xDE00_ _xZZZZ_ _x0000_</t>",
            ])
        let result = try read(book, window: window)
        #expect(result.problem == nil)
        #expect(result.columns == ["a", "b two", "c", "d", "e"])
        #expect(
            result.cells == [
                ["1", "қазақ\r\n_x0041_ 😀 😀 _xZZZZ_ _x0000_", "1", "x & y", "#N/A"], ["2.5", "", "", "", "0"],
            ])
        #expect(result.rows.map(\.line) == [2, 4])
        #expect(result.rows.map(\.number) == [1, 2])
        #expect(result.findings == ["formats.error-cell 1 e"])
    }

    @Test(arguments: [1, 7, 1 << 18]) func `bytes 0 end no sheet early`(window: Int) throws {
        let zeros = String(repeating: "\0", count: 9)
        for rows in [row(1, "i:a") + row(2, "1") + zeros, row(1, "i:a") + row(2, "1") + zeros + row(3, "2")] {
            #expect(try read(WorkbookBytes(rows: rows), window: window).problem?.code == "formats.wrong-xml")
        }
    }

    @Test func `numbers have their shortest text`() throws {
        let numbers = [
            ("1", "1"), ("0.10000000000000001", "0.1"), ("1E-3", "0.001"), ("-0", "0"), ("007", "7"), ("1.50", "1.5"),
            ("3.", "3"), ("1E+20", "1e+20"), ("123456789012345", "123456789012345"), ("0.00", "0"), ("-2.50", "-2.5"),
            ("9007199254740993", "9007199254740992"), ("1.0000000000000001E-5", "1e-05"), ("abc", "abc"), (".5", "0.5"),
            ("-0.5", "-0.5"), ("100", "100"), ("0.30000000000000004", "0.30000000000000004"),
        ]
        let rows = numbers.enumerated().map { row($0.offset + 2, $0.element.0) }.joined()
        let result = try read(WorkbookBytes(rows: row(1, "i:n") + rows))
        #expect(result.cells == numbers.map { [$0.1] })
    }

    // The serial numbers are those of Excel's documentation of its two date systems: 1998-07-05 is 35981 and 34519.
    @Test func `dates and times are ISO 8601 by the style of their cell`() throws {
        let rows =
            row(1, "i:a", "i:b", "i:c", "i:d", "i:e", "i:f")
            + row(2, "1:35981", "2:35981.5", "3:0.25", "4:1.5", "5:35981", "6:35981")
            + row(3, "1:59", "1:60", "1:61", "3:0.123456", "1:35981.25", "1:-1")
        let result = try read(WorkbookBytes(rows: rows, styles: styles))
        #expect(
            result.cells == [
                ["1998-07-05", "1998-07-05T12:00:00", "06:00:00", "36:00:00", "1998-07-05", "35981"],
                ["1900-02-28", "1900-02-29", "1900-03-01", "02:57:46.598", "1998-07-05T06:00:00", "-1"],
            ])
        var other = WorkbookBytes(rows: row(1, "i:a") + row(2, "1:34519"), styles: styles)
        other.is1904 = true
        #expect(try read(other).cells == [["1998-07-05"]])
    }

    @Test func `number formats tell dates from numbers`() {
        let formats: [(String, SerialDate.Style)] = [
            ("General", .number), ("0.00", .number), ("#,##0\\ \"d\"", .number), ("yyyy-mm-dd", .date),
            ("mm:ss", .time), ("[h]:mm", .duration), ("[Red]0.0", .number), ("d/m/yy h:mm AM/PM", .dateTime),
            ("[$-F800]dddd, mmmm dd, yyyy", .date), ("0.00E+00", .number), ("_-* #,##0_-", .number), ("mmm", .date),
            ("0;\"y\"", .number),
        ]
        for (code, style) in formats { #expect(SerialDate.style(of: code) == style, "\(code)") }
    }

    @Test func `cells without a place are counted`() throws {
        let rows =
            "<row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>"
            + "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r=\"B3\"><v>3</v></c></row>"
        let result = try read(WorkbookBytes(rows: rows))
        #expect(result.columns == ["a", "b"])
        #expect(result.cells == [["1", "2"], ["", "3"]])
    }

    @Test func `the first sheet that is not hidden is read, others by name or number`() throws {
        var book = WorkbookBytes(rows: "")
        book.sheets = [
            ("Notes", "hidden", "<sheetData>" + row(1, "i:n") + row(2, "1") + "</sheetData>"),
            ("Data", "visible", "<sheetData>" + row(1, "i:d") + row(2, "2") + "</sheetData>"),
            ("2", "visible", "<sheetData>" + row(1, "i:two") + row(2, "3") + "</sheetData>"),
        ]
        #expect(try read(book).columns == ["d"])
        #expect(try read(book).findings == ["formats.other-sheets 0 "])
        #expect(try read(book, sheet: "Notes").columns == ["n"])
        #expect(try read(book, sheet: "1").columns == ["n"])
        #expect(try read(book, sheet: "2").columns == ["two"])
        #expect(try read(book, sheet: "2").findings.isEmpty)
        #expect(try read(book, sheet: "Dta").problem?.code == "formats.no-such-sheet")
        #expect(try read(book, sheet: "Dta").problem?.why.description.contains("nearest: Data") == true)
        book.sheets = [("Notes", "veryHidden", "<sheetData/>")]
        #expect(try read(book).problem?.code == "formats.no-visible-sheet")
    }

    @Test func `a sheet is found by a name that XML escapes`() throws {
        var book = WorkbookBytes(rows: "")
        book.sheets = [
            ("First", "visible", "<sheetData>" + row(1, "i:n") + "</sheetData>"),
            ("R&amp;D &lt;2&gt;", "visible", "<sheetData>" + row(1, "i:d") + "</sheetData>"),
        ]
        #expect(try read(book, sheet: "R&D <2>").columns == ["d"])
    }

    @Test func `headers that cannot be used are refused`() throws {
        let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A1:C1\"/></mergeCells>"
        let cases: [(String, String, String)] = [
            ("", "", "formats.empty-file"), (row(1, "i:"), "", "formats.empty-file"),
            (row(1, "i:a", "", "i:c") + row(2, "1"), "", "formats.unnamed-column"),
            (row(1, "i:a", "", "i:c") + row(2, "1"), merged, "formats.merged-header"),
            (row(1, "i:a", "i:a"), "", "formats.duplicate-column"),
        ]
        for (rows, after, code) in cases {
            #expect(try read(WorkbookBytes(rows: rows, after: after)).problem?.code == code, "\(rows)")
        }
        // Merged downwards, so that every column has a name: found behind the rows.
        let down = "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>"
        let result = try read(WorkbookBytes(rows: row(1, "i:a") + row(2, "1"), after: down))
        #expect(result.problem?.code == "formats.merged-header")
        let body = "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"
        #expect(
            try read(WorkbookBytes(rows: row(1, "i:a") + row(2, "1"), after: body)).findings == [
                "formats.merged-cells 0 "
            ])
    }

    @Test func `cells beside the table are found`() throws {
        let rows = row(1, "i:a") + row(2, "1", "i:note") + row(3, "", "i:total", "4")
        let result = try read(WorkbookBytes(rows: rows))
        #expect(result.cells == [["1"], [""]])
        #expect(
            result.findings == ["formats.cell-outside 1 ", "formats.cell-outside 2 ", "formats.cell-outside 2 "])
    }

    @Test func `options of delimited text are refused`() throws {
        let bytes = WorkbookBytes(rows: row(1, "i:a")).bytes
        for options in [FormatOptions(encoding: "cp1251"), FormatOptions(delimiter: ";")] {
            let problem = try ReadResult(bytes, options, name: "x.xlsx").problem
            #expect(problem?.code == "formats.option-of-other-format")
        }
        var options = FormatOptions()
        options.sheet = "1"
        #expect(try ReadResult("a\n1\n", options).problem?.code == "formats.option-of-other-format")
    }
}
