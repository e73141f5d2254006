import Foundation
import SurveyData
import SurveyFormats
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import SurveyYAML
import Testing

@testable import SurveyImport

/// Sets of columns that SPSS files declare, as questions with several answers.
struct SetMatchingTests {
    private static let yaml = """
        missing: {98: {kind: dont-know, label: {en: Hard to say}}}
        questions:
          - {id: id, text: {en: Number}, type: text}
          - id: media
            text: {en: Media}
            type: multiple
            answers: {1: {en: TV}, 2: {en: Web}, 12: {en: Paper}}
            missing: [98]
          - {id: trust, text: {en: Trust}, type: single, answers: {1: {en: "Yes"}, 2: {en: "No"}}}

        """

    /// A file of SPSS with these cells, labels of columns and sets.
    private static func file(
        _ csv: String, in folder: TemporaryFolder, labels: [String: String] = [:],
        values: [String: [(String, String)]] = [:], sets: [FileResponseSet]
    ) throws -> String {
        try folder.write(csv, to: "w.csv")
        let path = folder.file("w.csv")
        var codebook = try FileCodebook.inferred(by: FormatCatalog.open(path), options: ImportOptions())
        for position in codebook.variables.indices {
            let name = codebook.variables[position].name
            if let label = labels[name] { codebook.variables[position].label = LocalizedText([(.english, label)]) }
            codebook.variables[position].labels = (values[name] ?? []).map {
                Answer(code: $0.0, label: LocalizedText([(.english, $0.1)]))
            }
        }
        codebook.sets = sets
        let table = OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in
            try FormatCatalog.open(path)
        }
        _ = try FormatCatalog.write(table, to: folder.file("w.sav"), replacing: true)
        // What is tested is what stands in the file.
        let found = try FormatCatalog.open(folder.file("w.sav")).codebook?.sets ?? []
        #expect(
            found.map { "\($0.name) \($0.kind) \($0.variables)" }
                == sets.map { "\($0.name) \($0.kind) \($0.variables)" })
        return folder.file("w.sav")
    }

    private static func set(_ name: String, _ variables: [String], counted: String?, ofCounted: Bool = false)
        -> FileResponseSet
    {
        FileResponseSet(
            name: name, label: .empty, kind: counted == nil ? .categories : .dichotomies, variables: variables,
            counted: counted, labelsAreOfCounted: ofCounted)
    }

    /// What a file gives: the cells of the question by row, the findings, and how columns were found.
    private struct Read {
        var cells: [String] = []
        var findings: [String] = []
        var matched: [String] = []
    }

    private static func read(_ path: String, map: String? = nil) throws -> Read {
        let questionnaire = try Questionnaire(yaml: yaml)
        var reader = try FormatCatalog.open(path)
        let columns = reader.columns
        let codebook = try #require(reader.codebook)
        let mapped = try map.map { try Self.map($0, for: questionnaire).get().applied(to: reader).get() }
        let sets = MappedColumns.sets(of: codebook, for: questionnaire, in: mapped ?? MappedColumns(asIs: columns))
        let last = sets?.columns ?? mapped
        if let last { reader = MappedReader(reader, last) }
        let plan = try ImportPlan(questionnaire, columns: reader.columns)
        var sink = InMemorySink()
        let report = try Importer(plan).run(reader, into: &sink)
        let table = sink.takeTable(of: report)
        var read = Read()
        read.cells = try (0..<table.rowCount).map { row in
            try ["media", "media[1]", "media[2]", "media[12]"].map { name in
                let column = try table.column(name)
                if let kind = column.missing(at: row) { return "<\(kind.name)>" }
                guard case .bytes(let bytes) = column.values else { return "?" }
                return String(bytes[row])
            }.joined(separator: " ")
        }
        read.findings = ((sets?.problems ?? []) + report.findings).map { finding in
            "\(finding.code) \(finding.place.column ?? "-") \(finding.place.rows.map(String.init).joined(separator: ","))"
        }.filter { !$0.hasPrefix("import.missing-column trust") }
        read.matched = ColumnMatching(questionnaire, file: columns, map: last).matched.map {
            "\($0.question) \($0.columns.joined(separator: ",")) \($0.way)"
        }
        return read
    }

    private static func map(_ lines: String, for questionnaire: Questionnaire) throws -> Checked<ColumnMap> {
        let text = "saual: map/1\n" + lines + "\n"
        return ColumnMapReader.read(try YAMLDocument(parsing: Array(text.utf8), file: "map.yaml"), for: questionnaire)
    }

    private static let chosen = ["0 1 0 1", "0 0 1 0", "<dont-know> <dont-know> <dont-know> <dont-know>"]

    @Test func `a set with the name of a question is that question, its columns by the codes at their ends`() throws {
        let folder = try TemporaryFolder()
        let path = try Self.file(
            "id,Q5_1,Q5_2,Q5_12\na,1,0,1\nb,0,1,0\nc,98,98,98\n", in: folder,
            sets: [Self.set("$Media", ["Q5_1", "Q5_2", "Q5_12"], counted: "1")])
        let read = try Self.read(path)
        #expect(read.cells == Self.chosen && read.findings == [])
        #expect(read.matched == ["id id name", "media Q5_1,Q5_2,Q5_12 set"])
    }

    @Test func `a column is the answer of its label, whatever value is counted`() throws {
        // Counted is 2; 1 is "no", and a 7 is neither.
        let folder = try TemporaryFolder()
        let values = ["A", "B", "C"].map { ($0, [("1", "no"), ("2", "yes")]) }
        let path = try Self.file(
            "id,A,B,C\na,2,2,1\nb,1,1,2\nc,98,98,98\nd,7,2,1\n", in: folder,
            labels: ["A": "Paper", "B": " TV ", "C": "Web"], values: Dictionary(uniqueKeysWithValues: values),
            sets: [Self.set("$media", ["A", "B", "C"], counted: "2")])
        let read = try Self.read(path)
        #expect(read.cells.prefix(3) == Self.chosen[...] && read.cells.last == "0 1 0 <unreadable>")
        #expect(read.findings == ["import.unknown-code media_12 4"])
    }

    @Test func `where only the counted value has a meaning, every other one is not chosen`() throws {
        let folder = try TemporaryFolder()
        let path = try Self.file(
            "id,Q5_1,Q5_2,Q5_12\na,5,1,5\nb,,5,\nc,98,98,98\n", in: folder,
            sets: [Self.set("$media", ["Q5_1", "Q5_2", "Q5_12"], counted: "5")])
        let read = try Self.read(path)
        // What is empty beside nothing but ticks was not ticked.
        #expect(read.cells == Self.chosen && read.findings == [])
    }

    @Test func `answers may be named by the label of the counted value`() throws {
        let folder = try TemporaryFolder()
        let path = try Self.file(
            "id,A,B,C\na,1,1,0\nb,0,0,1\nc,98,98,98\n", in: folder, labels: ["A": "Media", "B": "Media", "C": "Media"],
            values: [
                "A": [("1", "TV"), ("0", "-")], "B": [("1", "Paper"), ("0", "-")], "C": [("1", "Web"), ("0", "-")],
            ], sets: [Self.set("$media", ["A", "B", "C"], counted: "1", ofCounted: true)])
        let read = try Self.read(path)
        #expect(read.cells == Self.chosen && read.findings == [])
    }

    @Test func `a set of categories has the chosen answers in any of its columns`() throws {
        let folder = try TemporaryFolder()
        let path = try Self.file(
            "id,M1,M2,M3\na,12,1,\nb,,2,\nc,98,,\nd,,,\ne,7,2,98\nf,7,,\n", in: folder,
            sets: [Self.set("$media", ["M1", "M2", "M3"], counted: nil)])
        let read = try Self.read(path)
        let none = "<no-answer> <no-answer> <no-answer> <no-answer>"
        let unreadable = "<unreadable> <unreadable> <unreadable> <unreadable>"
        #expect(read.cells == Self.chosen + [none, "0 0 1 0", unreadable])
        #expect(read.findings == ["formats.unknown-choice M1 5,6"])
        #expect(read.matched == ["id id name", "media M1,M2,M3 set"])
    }

    @Test func `columns that look like those of a question are read as the set says`() throws {
        // By their names alone, a 1 in media_2 would be a tick of answer 2.
        let folder = try TemporaryFolder()
        let path = try Self.file(
            "id,media_1,media_2,media_12\na,12,1,\nb,2,,\nc,98,,\n", in: folder,
            sets: [Self.set("$s", ["media_1", "media_2", "media_12"], counted: nil)])
        #expect(try Self.read(path).cells == Self.chosen)
        // Values named "no" are 0, and no longer unknown.
        let values = ["media_1", "media_2", "media_12"].map { ($0, [("1", "yes"), ("2", "no")]) }
        let ticks = try Self.file(
            "id,media_1,media_2,media_12\na,1,2,1\nb,2,1,2\nc,98,98,98\n", in: folder,
            values: Dictionary(uniqueKeysWithValues: values),
            sets: [Self.set("$s", ["media_12", "media_1", "media_2"], counted: "1")])
        let read = try Self.read(ticks)
        #expect(read.cells == Self.chosen && read.findings == [])
    }

    @Test func `a map names a set, what its columns or values are, and what it leaves out`() throws {
        let folder = try TemporaryFolder()
        let ticks = try Self.file(
            "id,A,B,C,D,E\na,1,0,1,0,1\nb,0,1,0,0,1\nc,0,0,0,1,1\n", in: folder,
            sets: [Self.set("$q7", ["A", "B", "C", "D", "E"], counted: "1")])
        // D is "hard to say", ticked like an answer.
        let read = try Self.read(
            ticks, map: "columns: {$q7: {question: media, codes: {A: 1, B: 2, C: 12, D: 98}}}\nignore: [E]")
        #expect(read.cells == Self.chosen && read.findings == [])
        #expect(read.matched == ["id id name", "media A,D,B,C map"])
        let categories = try Self.file(
            "id,M1,M2\na,3,1\nb,2,9\nc,98,9\n", in: folder, sets: [Self.set("$q7", ["M1", "M2"], counted: nil)])
        let other = try Self.read(categories, map: "columns: {$q7: {question: media, codes: {3: 12, 9: \"\"}}}")
        #expect(other.cells == Self.chosen && other.findings == [])
        #expect(other.matched.last == "media M1,M2 map")
    }

    @Test func `what is wrong with a mapped set is told with its place, and nothing is read`() throws {
        let folder = try TemporaryFolder()
        let path = try Self.file(
            "id,A,B,C\na,1,0,1\n", in: folder, labels: ["A": "TV", "B": "TV", "C": "Radio"],
            sets: [Self.set("$q7", ["A", "B", "C"], counted: "1")])
        let questionnaire = try Questionnaire(yaml: Self.yaml)
        func found(_ lines: String) throws -> [String] {
            let map = try Self.map(lines, for: questionnaire).get()
            let applied = try map.applied(to: FormatCatalog.open(path))
            #expect(applied.value == nil)
            return applied.problems.map { "\($0.code) \($0.place.line ?? 0)" }
        }
        #expect(try found("columns:\n  $q7: trust") == ["import.map-set-of-one 3"])
        #expect(
            try found("columns:\n  $q7: media") == [
                "import.map-shared-question 3", "import.map-set-unknown-columns 3",
            ])
        #expect(
            try found("columns:\n  $q7: {question: media, separator: \"|\", codes: {A: 1, B: 2, X: 12}}") == [
                "import.map-separator-unused 3", "import.map-no-such-column 3", "import.map-set-unknown-columns 3",
            ])
        #expect(try found("columns:\n  $q8: media") == ["import.map-no-such-column 3"])
    }

    @Test func `a set that is only called like a question is named and left alone`() throws {
        let folder = try TemporaryFolder()
        let path = try Self.file(
            "id,A,B\na,1,0\n", in: folder, labels: ["A": "TV", "B": "Radio"],
            sets: [Self.set("$media", ["A", "B"], counted: "1")])
        let read = try Self.read(path)
        #expect(
            read.findings.map { $0.split(separator: " ")[0] } == [
                "import.set-not-matched", "import.missing-column", "import.extra-columns",
            ], "\(read.findings)")
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pspp")))
    func `sets that PSPP wrote are read as it defines them`() throws {
        let folder = try TemporaryFolder()
        func expect(_ sets: String, _ rows: [String], _ cells: [String]) throws {
            let syntax = """
                data list list /id (A4) A (F8.0) B (F8.0) C (F8.0).
                begin data
                \(rows.joined(separator: "\n"))
                end data.
                variable labels A "Paper" B "TV" C "Web".
                mrsets \(sets).
                save outfile="\(folder.file("p.sav"))".

                """
            try folder.write(syntax, to: "p.sps")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/pspp")
            process.arguments = [folder.file("p.sps")]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            let read = try Self.read(folder.file("p.sav"))
            #expect(read.cells == cells && read.findings == [])
            #expect(read.matched.last == "media A,B,C set" || read.matched.last == "media B,C,A set")
        }
        try expect("/mdgroup name=$media variables=A B C value=2", ["a 2 2 1", "b 1 1 2", "c 98 98 98"], Self.chosen)
        try expect("/mcgroup name=$media variables=A B C", ["a 12 1 .", "b . 2 .", "c 98 . ."], Self.chosen)
    }
}
