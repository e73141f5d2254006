import Foundation
import SurveyData
import SurveyFormats
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import SurveyYAML
import Testing

@testable import SurveyImport

/// Columns that are questions by a map, and the same wave in every format.
struct MatchingTests {
    private static func questionnaire() throws -> Questionnaire {
        try Questionnaire(
            yaml: """
                key: id
                missing: {98: {kind: dont-know, label: {en: Hard to say}}}
                questions:
                  - {id: id, text: {en: Number}, type: text}
                  - {id: trust, text: {en: Trust}, type: single, answers: {1: {en: "Yes"}, 2: {en: "No"}}, missing: [98]}
                  - {id: age, text: {en: Age}, type: number, missing: [98]}
                  - {id: born, text: {en: Born}, type: date}
                  - {id: name, text: {en: Name}, type: text}
                  - {id: media, text: {en: Media}, type: multiple, answers: {1: {en: TV}, 2: {en: Web}}}

                """)
    }

    private static func map(_ yaml: String, for questionnaire: Questionnaire) throws -> Checked<ColumnMap> {
        let document = try YAMLDocument(parsing: Array(yaml.utf8), file: "map.yaml")
        return ColumnMapReader.read(document, for: questionnaire)
    }

    /// Imports a file into memory, through a map if there is one.
    private static func imported(_ path: String, _ questionnaire: Questionnaire, map: ColumnMap? = nil) throws -> Table
    {
        var reader = try FormatCatalog.open(path)
        if let map { reader = MappedReader(reader, try map.applied(to: reader.columns).get()) }
        let plan = try ImportPlan(questionnaire, columns: reader.columns)
        var sink = InMemorySink()
        let report = try Importer(plan).run(reader, into: &sink)
        #expect(report.findings.allSatisfy { $0.severity == .caution }, "\(path): \(report.findings)")
        return sink.takeTable(of: report)
    }

    private static func shown(_ table: Table) -> [String] {
        table.columns.map { "\($0.name) \($0.kind) \($0.dictionary) \($0.values)" }
    }

    @Test func `the same wave from every format gives the same chunks, by name and by map`() throws {
        let folder = try TemporaryFolder()
        let questionnaire = try Self.questionnaire()
        let rows = """
            a1,1,34,1990-05-01,Әлия,1,0
            a2,98,98,1960-12-31,"Иван ""И"", x",0,0
            a3,2,,1969-07-20,,1,1
            a4,,61.5,,émoji 🙂,,

            """
        try folder.write("id,trust,age,born,name,media_1,media_2\n" + rows, to: "named.csv")
        try folder.write("nr,V1,V2,V3,V4,M1,M2\n" + rows, to: "odd.csv")
        let map = try Self.map(
            """
            saual: map/1
            columns: {nr: id, V1: trust, V2: age, V3: born, V4: name, M1: "media[1]", M2: "media[2]"}
            """, for: questionnaire
        ).get()
        let wanted = Self.shown(try Self.imported(folder.file("named.csv"), questionnaire))
        #expect(wanted.count == 8)
        for (source, map) in [("named", nil), ("odd", map)] {
            for ending in ["csv", "tsv", "sav", "zsav", "dta", "xlsx"] {
                let target = folder.file("\(source).copy.\(ending)")
                let reader = try FormatCatalog.open(folder.file("\(source).csv"))
                let codebook = try FileCodebook.inferred(by: reader, options: ImportOptions())
                let path = folder.file("\(source).csv")
                let table = OutgoingTable(codebook: codebook) { () throws(Problem) -> any RowFeed in
                    try FormatCatalog.open(path)
                }
                _ = try FormatCatalog.write(table, to: target, replacing: true)
                let found = Self.shown(try Self.imported(target, questionnaire, map: map))
                #expect(found == wanted, "\(source) \(ending)")
            }
        }
    }

    @Test func `texts become codes, each once, and what is not listed stays`() throws {
        let folder = try TemporaryFolder()
        let questionnaire = try Self.questionnaire()
        try folder.write(
            "id,V1,V2,W,chosen\n1,Да,none,2,1 2\n2,Hard to say,40,1,2\n3,No,41,2,\n4,1,98,1,1\n", to: "w.csv")
        let map = try Self.map(
            """
            saual: map/1
            columns:
              V1: {question: trust, labels: true, codes: {Да: 1}}
              V2: {question: age, codes: {none: ""}}
              chosen: media
              W: {question: name, codes: {1: 2, 2: 1}}
            """, for: questionnaire
        ).get()
        let table = try Self.imported(folder.file("w.csv"), questionnaire, map: map, expecting: 1)
        #expect(try table.column("trust").values.description == "bytes([0, 245, 1, 0])")
        #expect(try table.column("name").dictionary == ["1", "2"])
        #expect(try table.column("age").missing(at: 0) == .noAnswer && table.column("age").missing(at: 3) == .dontKnow)
        #expect(try table.column("media[2]").values.description == "bytes([1, 1, 243, 0])")
    }

    @Test func `everything wrong with a map is told at once, with its place`() throws {
        let questionnaire = try Self.questionnaire()
        let checked = try Self.map(
            """
            saual: map/1
            columns:
              A: trsut
              B: {question: trust, codes: {x: 3, y: ""}}
              C: trust
              D: {question: age, codes: {x: old}}
              E: {question: born, codes: {x: 2020-02-30}}
              F: {question: media, codes: {x: 3}}
              G: {question: "media[2]", codes: {x: 2}}
              H: {question: "media[3]"}
              I: {question: name, labels: true}
            ignore: [A]
            extra: 1
            """, for: questionnaire)
        #expect(checked.value == nil)
        let found = checked.problems.map { "\($0.code) \($0.place.line ?? 0)" }
        #expect(
            found == [
                "import.map-unknown-question 3", "import.map-unknown-code 4", "import.map-shared-question 5",
                "import.map-no-value 6", "import.map-no-value 7", "import.map-unknown-code 8",
                "import.map-shared-question 9", "import.map-unknown-code 9", "import.map-unknown-question 10",
                "import.map-no-labels 11", "import.map-ignored-and-mapped 12", "yaml.unknown-key 13",
            ])
        #expect(checked.problems.first?.fix.description == "write trust")
    }

    @Test func `two answers with one label cannot be told by it, unless the map says which`() throws {
        let questionnaire = try Questionnaire(
            yaml: """
                questions:
                  - {id: q, text: {en: Q}, type: single, answers: {1: {en: Other}, 2: {en: Other}, 3: {en: None}}}

                """)
        let shared = try Self.map("saual: map/1\ncolumns: {q: {labels: true}}\n", for: questionnaire)
        #expect(shared.problems.map(\.code) == ["import.map-shared-label"])
        let decided = try Self.map(
            "saual: map/1\ncolumns: {q: {labels: true, codes: {Other: 2}}}\n", for: questionnaire)
        #expect(decided.problems.isEmpty && decided.value != nil)
    }

    @Test func `a map is held against the columns of the file`() throws {
        let questionnaire = try Self.questionnaire()
        let map = try Self.map(
            "saual: map/1\ncolumns: {V1: trust, V9: id, V3: age}\nignore: [start, gone]\n", for: questionnaire
        ).get()
        let applied = map.applied(to: ["V1", "V3", "age", "start", "V8"])
        #expect(applied.value == nil)
        #expect(
            applied.problems.map { "\($0.code) \($0.severity) \($0.place.column ?? "")" } == [
                "import.map-no-such-column caution gone", "import.map-no-such-column error V9",
                "import.map-hides-column error age",
            ])
        // Columns may change places.
        let swap = try Self.map("saual: map/1\ncolumns: {trust: age, age: trust}\n", for: questionnaire).get()
        #expect(swap.applied(to: ["trust", "age", "id"]).value?.columns == ["age", "trust", "id"])
    }

    @Test func `what matched, what is new and what is missing is told by the columns of the file`() throws {
        let questionnaire = try Self.questionnaire()
        let file = ["id", "V1", "group/age", "extra", "start", "media_1"]
        let map = try Self.map("saual: map/1\ncolumns: {V1: trust}\nignore: [start]\n", for: questionnaire).get()
        let mapped = try map.applied(to: file).get()
        let export = try #require(ExportColumns(questionnaire, columns: mapped.columns))
        let matching = ColumnMatching(questionnaire, file: file, map: mapped, export: export)
        #expect(
            matching.matched.map { "\($0.question) \($0.columns) \($0.way)" } == [
                "id [\"id\"] name", "trust [\"V1\"] map", "age [\"group/age\"] path",
            ])
        #expect(matching.missing.map(\.question) == ["born", "name", "media"])
        #expect(matching.new == ["extra"] && matching.ignored == ["start"])
        #expect(matching.column(behind: "trust") == "V1")
    }

    @Test func `random maps are read or refused, and never trap`() throws {
        let questionnaire = try Self.questionnaire()
        var random = SeededGenerator(seed: 26)
        let tokens = [
            "columns:", " ", "\n", "  ", "V1: trust", "a", ": ", "{", "}", "[", "]", "media[1]", "media[", "codes: ",
            "labels: true", "question: ", "ignore: ", "separator: ", "media", "$s: media", "\"", "1", "''", "- ",
            "null", "#", ",",
        ]
        for _ in 0..<2000 {
            var text = "saual: map/1\n"
            for _ in 0..<Int.random(in: 0..<24, using: &random) {
                text += tokens[Int.random(in: 0..<tokens.count, using: &random)]
            }
            guard let document = try? YAMLDocument(parsing: Array(text.utf8), file: "m") else { continue }
            let checked = ColumnMapReader.read(document, for: questionnaire)
            var codebook = FileCodebook(format: "SPSS", encoding: "utf-8")
            codebook.sets = [FileResponseSet(name: "$s", label: .empty, kind: .categories, variables: ["a", "gone"])]
            _ = checked.value?.applied(to: ["V1", "a", "media_1"], of: codebook)
            _ = ColumnMapReader.read(document, for: nil)
        }
    }

    private static func imported(
        _ path: String, _ questionnaire: Questionnaire, map: ColumnMap, expecting missing: Int
    ) throws -> Table {
        let reader = MappedReader(
            try FormatCatalog.open(path), try map.applied(to: FormatCatalog.open(path).columns).get())
        var sink = InMemorySink()
        let report = try Importer(try ImportPlan(questionnaire, columns: reader.columns)).run(reader, into: &sink)
        #expect(report.findingCounts.map { "\($0.code) \($0.count)" } == ["import.missing-column \(missing)"])
        return sink.takeTable(of: report)
    }
}

extension Column.Values {
    fileprivate var description: String { String(describing: self) }
}
