import SurveyFormats
import SurveyProblems
import Testing

/// A file and what must be read from it.
struct LogicalFile: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let columns: [String]
    let rows: [[String]]
    var rejected: [String] = []
    var name = "data.csv"
    var delimiter: String?

    static let all: [LogicalFile] = [
        LogicalFile(
            testDescription: "commas", text: "a,b\n1,2\n3,4\n", columns: ["a", "b"], rows: [["1", "2"], ["3", "4"]]),
        LogicalFile(testDescription: "no last line end", text: "a,b\n1,2", columns: ["a", "b"], rows: [["1", "2"]]),
        LogicalFile(testDescription: "semicolons", text: "a;b\n1,5;2\n", columns: ["a", "b"], rows: [["1,5", "2"]]),
        LogicalFile(testDescription: "tabs", text: "a\tb\n1\t2\n", columns: ["a", "b"], rows: [["1", "2"]]),
        LogicalFile(testDescription: "pipes", text: "a|b\n1|2\n", columns: ["a", "b"], rows: [["1", "2"]]),
        LogicalFile(
            testDescription: "tsv with commas only", text: "a,b\n1,2\n", columns: ["a,b"], rows: [["1,2"]],
            name: "data.tsv"),
        LogicalFile(
            testDescription: "the delimiter that fits every row", text: "a,b;c\n1;2,3\n1;2\n", columns: ["a,b", "c"],
            rows: [["1", "2,3"], ["1", "2"]]),
        LogicalFile(
            testDescription: "a given delimiter", text: "a,b;c\n1,2;3\n", columns: ["a", "b;c"], rows: [["1", "2;3"]],
            delimiter: "comma"),
        LogicalFile(
            testDescription: "carriage return and line feed", text: "a,b\r\n1,\r\n", columns: ["a", "b"],
            rows: [["1", ""]]),
        LogicalFile(
            testDescription: "carriage return alone", text: "a,b\r1,2\r", columns: ["a", "b"], rows: [["1", "2"]]),
        LogicalFile(
            testDescription: "line ends that change", text: "a,b\r\n1,2\n3,4\r\n", columns: ["a", "b"],
            rows: [["1", "2"], ["3", "4"]]),
        LogicalFile(
            testDescription: "quotes", text: "\"a\",\"b,c\"\n\"1,2\",\"say \"\"yes\"\"\"\n\"\",x\n",
            columns: ["a", "b,c"],
            rows: [["1,2", "say \"yes\""], ["", "x"]]),
        LogicalFile(
            testDescription: "line breaks in quotes", text: "a,b\n\"1\n2\",\"3\r\n4\"\n5,6\n", columns: ["a", "b"],
            rows: [["1\n2", "3\r\n4"], ["5", "6"]]),
        LogicalFile(
            testDescription: "a quote inside a cell is a character", text: "a,b\n5\" pipe,x\"\"\n",
            columns: ["a", "b"],
            rows: [["5\" pipe", "x\"\""]]),
        LogicalFile(
            testDescription: "quotes and carriage returns", text: "\"a\",\"b\"\r\n\"1\",\"2\"\r\n",
            columns: ["a", "b"],
            rows: [["1", "2"]]),
        LogicalFile(
            testDescription: "ragged rows", text: "a,b\n1,2\n1\n1,2,3\n3,4\n", columns: ["a", "b"],
            rows: [["1", "2"], ["3", "4"]],
            rejected: ["1", "1,2,3"]),
        LogicalFile(
            testDescription: "text after a quote", text: "a,b\n\"1\"2,3\n4,5\n", columns: ["a", "b"],
            rows: [["4", "5"]],
            rejected: ["\"1\"2,3"]),
        LogicalFile(testDescription: "header only", text: "a,b\n", columns: ["a", "b"], rows: []),
        LogicalFile(testDescription: "header only, no line end", text: "a,b", columns: ["a", "b"], rows: []),
        LogicalFile(testDescription: "one column", text: "a\n1\n\n3\n", columns: ["a"], rows: [["1"], [""], ["3"]]),
        LogicalFile(
            testDescription: "blank lines between and after", text: "a,b\n\n1,2\n\r\n3,4\n\n\n", columns: ["a", "b"],
            rows: [["1", "2"], ["3", "4"]]),
        LogicalFile(
            testDescription: "empty cells", text: "a,b,c\n,,\n", columns: ["a", "b", "c"], rows: [["", "", ""]]),
        LogicalFile(
            testDescription: "Excel's separator line", text: "sep=;\r\na;b\r\n1;2\r\n", columns: ["a", "b"],
            rows: [["1", "2"]]),
        LogicalFile(
            testDescription: "Kazakh and Russian", text: "сұрақ,ответ\nиә,«да»\n", columns: ["сұрақ", "ответ"],
            rows: [["иә", "«да»"]]),
        LogicalFile(
            testDescription: "texts that other programs run",
            text: "a,b\n\"=HYPERLINK(\"\"x\"\")\",<script>\n'; DROP TABLE x; --,+1\n",
            columns: ["a", "b"], rows: [["=HYPERLINK(\"x\")", "<script>"], ["'; DROP TABLE x; --", "+1"]]),
        LogicalFile(
            testDescription: "spaces stay", text: "a, b\n 1 , \"2\"\n", columns: ["a", " b"], rows: [[" 1 ", " \"2\""]]),
    ]
}

struct CSVReaderTests {
    @Test(arguments: LogicalFile.all) func `a logical file is read as it says`(file: LogicalFile) throws {
        let result = try ReadResult(file.text, FormatOptions(delimiter: file.delimiter), name: file.name)
        #expect(result.problem == nil)
        #expect(result.columns == file.columns)
        #expect(result.cells == file.rows)
        #expect(result.rejected.map(\.raw) == file.rejected)
    }

    @Test(arguments: LogicalFile.all) func `the size of the window changes nothing`(file: LogicalFile) throws {
        let source = try TemporaryFile(Array(file.text.utf8), name: file.name)
        let whole = ReadResult(path: source.path, FormatOptions(delimiter: file.delimiter))
        for window in [1, 2, 3, 7, 64, 1 << 20] {
            #expect(
                ReadResult(path: source.path, FormatOptions(delimiter: file.delimiter, window: window)) == whole,
                "\(window)")
        }
    }

    @Test func `rows count from the first after the header, lines from the first of the file`() throws {
        let result = try ReadResult("a,b\n\"1\n1\",2\n\n3\n\"x\"y,1\n4,5\n")
        #expect(result.rows.map(\.number) == [1, 4])
        #expect(result.rows.map(\.line) == [2, 7])
        #expect(result.rejected.map(\.row) == [2, 3])
        #expect(result.rejected.map(\.line) == [5, 6])
        #expect(result.rejected.map(\.code) == ["formats.ragged-row", "formats.text-after-quote"])
    }

    @Test func `a record with doubled quotes is kept as it stood`() throws {
        let result = try ReadResult("a,b\n\"x\"\"y\",2\n")
        #expect(result.rows.map(\.raw) == ["\"x\"\"y\",2"])
        #expect(result.cells == [["x\"y", "2"]])
    }

    @Test func `a record set aside keeps its first 64 KiB`() throws {
        let long = String(repeating: "x", count: 100_000)
        let result = try ReadResult("a,b\n\(long)\n")
        #expect(result.rejected.map(\.raw.utf8.count) == [RawBatch.rawLimit])
    }

    @Test func `ten thousand columns are read`() throws {
        let header = (1...10_000).map { "column\($0)" }
        let cells = (1...10_000).map { String($0 % 10) }
        let text = ([header, cells, cells].map { $0.joined(separator: ",") }).joined(separator: "\n")
        for window in [1000, 1 << 18] {
            let result = try ReadResult(text, FormatOptions(window: window))
            #expect(result.columns == header)
            #expect(result.cells == [cells, cells])
        }
    }

    @Test func `every byte of the file is shown once`() throws {
        let text = "\u{FEFF}a,b\n" + (0..<9000).map { "\($0),x\n" }.joined()
        let file = try TemporaryFile(Array(text.utf8))
        let seen = SeenBytes()
        let reader = try CSVReader(path: file.path, options: FormatOptions(window: 1000), onBytes: { seen.add($0) })
        let batch = RawBatch()
        while try reader.fill(batch) {}
        #expect(seen.bytes == Array(text.utf8))
        #expect(reader.bytesRead == reader.byteCount)
    }

    @Test func `rows can be taken out of a batch`() throws {
        let file = try TemporaryFile(Array("a,b\n1,2\n3,4\n5,6\n".utf8))
        let reader = try CSVReader(path: file.path, options: FormatOptions(), onBytes: nil)
        let batch = RawBatch()
        #expect(try reader.fill(batch))
        batch.keep { $0 != 1 }
        #expect(batch.rowCount == 2)
        #expect(batch.text(1, 0) == "5")
        #expect(batch.rowNumbers[1] == 3)
        #expect(String(decoding: batch.raw(1), as: UTF8.self) == "5,6")
    }
}

/// Collects bytes; the reader shows them from one thread.
private final class SeenBytes: @unchecked Sendable {
    private(set) var bytes: [UInt8] = []

    func add(_ window: UnsafeRawBufferPointer) { bytes += window }
}
