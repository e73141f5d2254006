import Foundation
import SurveyData
import SurveyFormats
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import SurveyYAML
import Testing

@testable import SurveyImport

/// Several answers in one cell, by codes and by labels.
struct JoinedCellsTests {
    private static func questionnaire(_ more: String = "") throws -> Questionnaire {
        try Questionnaire(
            yaml: """
                missing: {98: {kind: dont-know, label: {en: Hard to say}}}
                questions:
                  - id: met
                    text: {en: Whom did you meet?}
                    type: multiple
                    answers: {1: {en: road police}, 3: {en: tax office}, 5: {en: "court, all kinds"}\(more)}
                    missing: [98]

                """)
    }

    private static func map(_ entry: String, _ questionnaire: Questionnaire) throws -> Checked<ColumnMap> {
        let text = "saual: map/1\ncolumns:\n  V: \(entry)\n"
        return ColumnMapReader.read(try YAMLDocument(parsing: Array(text.utf8), file: "map.yaml"), for: questionnaire)
    }

    /// The chosen codes of each cell, or why there is none; and the words that are found unknown.
    private static func read(_ cells: [String], by entry: String) throws -> (rows: [String], unknown: [String]) {
        let questionnaire = try questionnaire()
        let folder = try TemporaryFolder()
        try folder.write("n,V\n" + cells.map { "1,\"\($0)\"\n" }.joined(), to: "w.csv")
        let bare = try FormatCatalog.open(folder.file("w.csv"))
        let reader = MappedReader(bare, try map(entry, questionnaire).get().applied(to: bare).get())
        return try shown(reader, questionnaire)
    }

    private static func shown(
        _ reader: any FormatReader, _ questionnaire: Questionnaire
    ) throws -> (rows: [String], unknown: [String]) {
        var sink = InMemorySink()
        let report = try Importer(try ImportPlan(questionnaire, columns: reader.columns)).run(reader, into: &sink)
        let table = sink.takeTable(of: report)
        let rows = try (0..<table.rowCount).map { row in
            if let kind = try table.column("met").missing(at: row) { return "<\(kind.name)>" }
            return try ["1", "3", "5"].filter { code in
                guard case .bytes(let bytes) = try table.column("met[\(code)]").values else { return false }
                return bytes[row] == 1
            }.joined(separator: "+")
        }
        let unknown = report.findings.filter { $0.code != "import.extra-columns" }.map {
            "\($0.code) \($0.what.values.first ?? "") \($0.place.rows.map(String.init).joined(separator: ","))"
        }
        return (rows, unknown)
    }

    @Test func `codes stand apart by spaces or semicolons, or by what the map says`() throws {
        let cells = ["1 5", "1;3;5", " 3 ; 1 ", "98", "", "3;", "5;8"]
        let rows = ["1+5", "1+3+5", "1+3", "<dont-know>", "<no-answer>", "3", "5"]
        let found = try Self.read(cells, by: "met")
        #expect(found.rows == rows && found.unknown == ["formats.unknown-choice 8 7"])
        let commas = try Self.read(["1,5", "1, 3", "98", "1;3"], by: "{question: met, separator: \",\"}")
        #expect(commas.rows == ["1+5", "1+3", "<dont-know>", "<unreadable>"])
        #expect(commas.unknown == ["formats.unknown-choice 1;3 4"])
    }

    @Test func `labels are answers too where the map says so, exact but for spaces around them`() throws {
        let cells = [
            "road police; tax office", "tax office", " Hard to say", "1;tax office", "1 3",
            "court, all kinds;road police",
            "Road police", "road police; mayor", "mayor", "\u{A0}tax office\u{A0};1",
        ]
        let found = try Self.read(cells, by: "{question: met, labels: true}")
        #expect(
            found.rows == ["1+3", "3", "<dont-know>", "1+3", "1+3", "1+5", "<unreadable>", "1", "<unreadable>", "1+3"])
        #expect(found.unknown == ["formats.unknown-choice Road police 7", "formats.unknown-choice mayor 8,9"])
        // Without it they are no answers, as before.
        #expect(try Self.read(["tax office"], by: "met").rows == ["<unreadable>"])
    }

    @Test func `texts of the map go before labels and codes`() throws {
        let found = try Self.read(
            ["ГАИ; tax office", "1;3", "nobody", "tax office"],
            by: "{question: met, labels: true, codes: {ГАИ: 1, 1: 3, nobody: \"\", tax office: 5}}")
        #expect(found.rows == ["1+5", "3", "<no-answer>", "5"] && found.unknown == [])
    }

    @Test func `a label of two answers, a word with the separator in it, and codes of others are told at once`() throws
    {
        let shared = try Self.map("{question: met, labels: true}", Self.questionnaire(", 6: {en: road police}"))
        #expect(shared.problems.map(\.code) == ["import.map-shared-label"] && shared.value == nil)
        let decided = try Self.map(
            "{question: met, labels: true, codes: {road police: 6}}", Self.questionnaire(", 6: {en: road police}"))
        #expect(decided.problems.isEmpty)
        let inside = try Self.map("{question: met, labels: true, separator: \", \"}", Self.questionnaire())
        #expect(inside.problems.map(\.code) == ["import.map-separator-inside"])
        let semicolon = try Self.map("{question: met, labels: true}", Self.questionnaire(", 6: {en: a;b}"))
        #expect(semicolon.problems.map(\.code) == ["import.map-separator-inside"])
        let wrong = try Self.map("{question: met, codes: {x: 7, y: 98}, separator: \"\"}", Self.questionnaire())
        #expect(wrong.problems.map(\.code) == ["import.map-unknown-code", "import.map-separator-inside"])
        let alone = try Self.map("{question: \"met[1]\", separator: \";\"}", Self.questionnaire())
        #expect(alone.problems.map(\.code) == ["import.map-separator-unused"])
    }

    @Test func `a column with the label of a question holds labels, with its name codes`() throws {
        let questionnaire = try Self.questionnaire()
        let folder = try TemporaryFolder()
        for (heading, rows) in [
            ("Whom did you meet?", ["1+3", "1+3", "<unreadable>"]), ("g/met", ["<unreadable>", "1+3", "<unreadable>"]),
        ] {
            try folder.write("n,\(heading)\n1,road police; tax office\n1,1 3\n1,mayor\n", to: "w.csv")
            let bare = try FormatCatalog.open(folder.file("w.csv"))
            let match = try #require(ExportColumns(questionnaire, columns: bare.columns))
            #expect(try Self.shown(ExportReader(bare, match), questionnaire).rows == rows, "\(heading)")
        }
    }

    @Test func `random cells give answers or findings, and never trap`() throws {
        var random = SeededGenerator(seed: 31)
        let tokens = ["1", "3", "98", ";", " ", ",", "tax office", "road police", "\u{A0}", "é", "я", "\t", "9"]
        let cells = (0..<500).map { _ in
            (0..<Int.random(in: 0..<8, using: &random)).map { _ in
                tokens[Int.random(in: 0..<tokens.count, using: &random)]
            }.joined()
        }
        for entry in [
            "met", "{question: met, labels: true}", "{question: met, separator: \" \"}",
            "{question: met, separator: \"; \"}",
        ] {
            #expect(try Self.read(cells, by: entry).rows.count == 500)
        }
    }
}
