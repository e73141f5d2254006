import Foundation
import SurveyTestSupport
import Testing

struct DraftTests {
    /// Drafts, checks and imports a file, and expects that nothing is found.
    private func tryOut(_ file: String, in folder: TemporaryFolder, options: String = "") throws {
        let drafted = try folder.saual("describe \(file) --draft-questionnaire -o q.yaml --force \(options)")
        #expect(drafted.status == 0 && drafted.errors.isEmpty, "\(drafted.errors)")
        let checked = try folder.saual("check q.yaml")
        #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.errors)")
        let imported = try folder.saual("import \(file) --study s.saual --wave 1 --replace --questionnaire q.yaml")
        #expect(imported.status == 0 && imported.errors.isEmpty, "\(imported.errors)")
    }

    @Test func `the example data is imported with its draft and nothing is found`() throws {
        let folder = try TemporaryFolder()
        try tryOut(
            "\(Saual.root)/Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv", in: folder,
            options: "--languages kk,ru,en")
        let draft = try folder.text(of: "q.yaml")
        #expect(draft.contains("  - id: EDAD\n") && draft.contains("    # perhaps: missing: [96, 97, 98]\n"))
    }

    @Test func `the synthetic wave is imported with its draft and nothing is found`() throws {
        let folder = try TemporaryFolder()
        try tryOut("\(Saual.fixtures)/small-study/wave.csv", in: folder)
        let draft = try folder.text(of: "q.yaml")
        #expect(draft.contains("\nkey: id  #"))
        #expect(draft.contains("  - id: chan\n    text: {en: \"chan (describe this question)\"}\n    type: multiple\n"))
        #expect(draft.contains("      \"01\": {en: "))
    }

    @Test func `hostile headers and cells are imported with their draft and nothing is found`() throws {
        let folder = try TemporaryFolder()
        let header = ["he said \"\"hi\"\"", "Сұрақ №1: жауап, ә", "=1+2", "and", "{id}_{code}", "two\nlines", "empty"]
        var text = header.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
        for row in 0..<40 {
            text += "\(row),\(["Иә", "Жоқ"][row % 2]),\"=HYPERLINK(\"\"x\"\")\",\(["~", "- a", "b: c"][row % 3]),"
            text += "\(["01", "1"][row % 2]),\"\(row)\n\","
            text += "\n"
        }
        try folder.write(text, to: "hostile.csv")
        try tryOut("hostile.csv", in: folder)
    }

    @Test func `three hundred columns are imported with their draft and nothing is found`() throws {
        let folder = try TemporaryFolder()
        let header = (0..<300).map { "c\($0)" }.joined(separator: ",")
        let rows = (0..<30).map { row in (0..<300).map { String(row * $0 % 7) }.joined(separator: ",") }
        try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: "wide.csv")
        try tryOut("wide.csv", in: folder)
    }

    @Test func `a file that cannot be read has no draft and leaves none`() throws {
        let folder = try TemporaryFolder()
        let result = try folder.saual("describe \(Saual.fixtures)/duplicate-header.csv --draft-questionnaire -o q.yaml")
        #expect(result.status == 3 && result.errors.contains("Two columns have the name"))
        #expect(folder.names.isEmpty)
    }

    @Test func `a draft comes from standard input, and in the language of the words`() throws {
        let folder = try TemporaryFolder()
        let result = try folder.saual(
            "describe - --draft-questionnaire --language kk", input: Data("a,b\n1,2\n2,2\n".utf8))
        #expect(result.status == 0 && result.output.contains("# НОБАЙ") && result.output.contains("languages: [kk]"))
    }

    @Test func `a wave without a questionnaire has a draft, one with a questionnaire is refused`() throws {
        let folder = try TemporaryFolder()
        try folder.copy("\(Saual.fixtures)/small-study/wave.csv", to: "wave.csv")
        try folder.saual("import wave.csv --study s.saual --wave 1")
        let bare = try folder.saual("describe s.saual:1 --draft-questionnaire -o q.yaml")
        #expect(bare.status == 0, "\(bare.errors)")
        #expect(try folder.saual("check q.yaml").status == 0)
        let again = try folder.saual("import wave.csv --study t.saual --wave 1 --questionnaire q.yaml")
        #expect(again.status == 0, "\(again.errors)")
        let known = try folder.saual("describe t.saual --draft-questionnaire")
        #expect(known.status == 2 && known.output.isEmpty)
        #expect(known.errors.contains("\"t.saual:1\" has a questionnaire already"))
    }

    @Test func `options that say nothing of a draft are refused`() throws {
        let folder = try TemporaryFolder()
        try folder.write("a\n1\n", to: "a.csv")
        for (options, code) in [
            ("--draft-questionnaire --format json", "command.draft-is-yaml"),
            ("--languages en --format json", "command.only-with-draft"),
            ("--draft-questionnaire --languages en,en", "command.language-twice"),
            ("--draft-questionnaire --languages de", "command.unknown-choice"),
        ] {
            let result = try folder.saual("describe a.csv \(options)")
            #expect(result.status == 2 && result.output.isEmpty, "\(options)")
            #expect(!result.errors.isEmpty, "\(code)")
        }
    }
}
