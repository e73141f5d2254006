import Foundation
import SurveyTestSupport
import Testing

struct ConvertTests {
    private static let files = ReferenceFolder.url.appendingPathComponent("files")

    private static func run(_ words: String...) throws -> Saual.Result { try Saual.run(words, in: files.path) }

    private static func codebook(_ path: String) throws -> [String: Any] {
        let result = try run("describe", path, "--format", "json")
        #expect(result.status == 0)
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test(arguments: [
        ("sets.sav", "sav"), ("sets.sav", "zsav"), ("plain.sav", "sav"), ("stata15.dta", "dta"), ("sets.por", "por"),
    ])
    func `a codebook stays the same on the way through its own format`(source: String, ending: String) throws {
        let folder = try TemporaryFolder()
        let path = Self.files.appendingPathComponent(source).path
        let target = folder.file("out.\(ending)")
        let result = try Self.run("convert", path, target)
        #expect(result.status == 0, "\(result.errors)")
        let (before, after) = (try Self.codebook(path), try Self.codebook(target))
        #expect(NSDictionary(dictionary: before) == NSDictionary(dictionary: after))
    }

    @Test func `what Stata cannot hold is listed, and the rows are all there`() throws {
        let folder = try TemporaryFolder()
        let result = try Self.run(
            "convert", Self.files.appendingPathComponent("sets.sav").path, folder.file("out.dta"), "--format", "json")
        #expect(result.status == 0)
        #expect(result.output.contains("\"rows\":3"))
        #expect(result.output.contains("{\"code\":\"9\",\"written\":\".a\"}"))
        #expect(result.errors.contains("formats.not-held"))
        let after = try Self.run("describe", folder.file("out.dta"))
        #expect(after.output.contains("Media") == false)
        #expect(after.output.contains("code-a 1"))
    }

    @Test func `the same answers from SPSS, Stata and CSV give the same study`() throws {
        let folder = try TemporaryFolder()
        let wave = folder.file("wave.csv")
        try "id,age,trust,born\n1,18,1,1990-05-01\n2,44,2,1960-12-31\n3,,98,\n4,61,1,2001-01-01\n"
            .write(toFile: wave, atomically: true, encoding: .utf8)
        let questionnaire = folder.file("q.yaml")
        try """
        saual: questionnaire/1
        id: q
        version: "1"
        title: {en: "Q"}
        languages: [en]
        key: id
        questions:
          - {id: id, text: {en: "Number"}, type: text}
          - {id: age, text: {en: "Age"}, type: number, range: [0, 110]}
          - id: trust
            text: {en: "Trust"}
            type: single
            answers: {1: {en: "Yes"}, 2: {en: "No"}}
            missing: {98: {kind: dont-know, label: {en: "Hard to say"}}}
          - {id: born, text: {en: "Born"}, type: date}
        """.write(toFile: questionnaire, atomically: true, encoding: .utf8)
        var books: [NSDictionary] = []
        for ending in ["csv", "sav", "zsav", "dta", "xlsx", "sss"] {
            // triple-S writes a .csv of its own beside itself.
            let source = folder.file("from-\(ending).\(ending)")
            #expect(try Self.run("convert", wave, source).status == 0)
            let study = folder.file("\(ending).saual")
            let imported = try Self.run(
                "import", source, "--study", study, "--wave", "1", "--questionnaire", questionnaire)
            #expect(imported.status == 0, "\(ending): \(imported.errors)")
            books.append(NSDictionary(dictionary: try Self.codebook(study)))
        }
        #expect(books.allSatisfy { $0 == books[0] })
    }

    @Test func `a labelled file is imported by what it says of itself`() throws {
        let folder = try TemporaryFolder()
        let study = folder.file("s.saual")
        let result = try Self.run(
            "import", Self.files.appendingPathComponent("sets.sav").path, "--study", study, "--wave", "1", "--format",
            "json")
        #expect(result.status == 0)
        #expect(result.output.contains("\"import.set-not-grouped\":2"))
        let book = try Self.run("describe", study)
        #expect(book.output.contains("media      multiple  Media used"))
        #expect(book.output.contains("code-9 1"))
        let back = try Self.run("convert", study, folder.file("back.sav"))
        #expect(back.status == 0)
        let sets = try Self.codebook(folder.file("back.sav"))["sets"] as? [[String: Any]]
        #expect(sets?.first?["name"] as? String == "$media")
        #expect(sets?.first?["variables"] as? [String] == ["m1", "m2", "m3"])
    }

    @Test func `estimates leave out what the file declares as missing`() throws {
        let result = try Self.run(
            "estimate", Self.files.appendingPathComponent("plain.sav").path, "--mean", "Жасы_long_variable_name",
            "--format", "json")
        #expect(result.output.contains("\"estimate\":26.75"))
    }

    @Test func `a survey of triple-S is described, drafted, imported and converted as any other file`() throws {
        let folder = try TemporaryFolder()
        let (survey, study, draft) = (folder.file("survey.sss"), folder.file("s.saual"), folder.file("q.yaml"))
        let source = Self.files.appendingPathComponent("sets.sav").path
        let written = try Self.run("convert", source, survey)
        #expect(written.status == 0, "\(written.errors)")
        #expect(written.output.contains("m1") && written.output.contains("media_1"))
        #expect(written.errors.contains("formats.not-held"))
        #expect(try String(contentsOfFile: folder.file("survey.csv"), encoding: .utf8).contains("\"101\""))
        let book = try Self.codebook(survey)
        let sets = try #require(book["sets"] as? [[String: Any]])
        #expect(sets.first?["variables"] as? [String] == ["media_1", "media_2", "media_3"])
        #expect(book["weight"] as? String == "w")
        #expect(try Self.run("describe", survey, "--draft-questionnaire", "-o", draft).status == 0)
        let imported = try Self.run("import", survey, "--study", study, "--wave", "1", "--questionnaire", draft)
        #expect(imported.status == 0, "\(imported.errors)")
        let verified = try Self.run("convert", survey, folder.file("back.sav"))
        #expect(verified.status == 0, "\(verified.errors)")
        let own = try Self.run("convert", folder.file("survey.csv"), survey, "--force")
        #expect(own.status == 2 && own.errors.contains("formats.replaces-source"))
        #expect(try Self.run("convert", source, survey).status == 2)
        #expect(try Self.run("convert", source, survey, "--force").status == 0)
    }

    @Test func `labels take the place of codes in CSV on demand`() throws {
        let folder = try TemporaryFolder()
        let target = folder.file("out.csv")
        #expect(
            try Self.run("convert", Self.files.appendingPathComponent("plain.sav").path, target, "--labels").status == 0
        )
        #expect(try String(contentsOfFile: target, encoding: .utf8).contains("1,18,Иә,Әсел,1950-02-28"))
        #expect(try Self.run("convert", target, folder.file("x.sav"), "--labels").status == 2)
    }

    @Test func `a target that exists needs --force, and options must fit the source`() throws {
        let folder = try TemporaryFolder()
        let source = Self.files.appendingPathComponent("plain.sav").path
        let target = folder.file("out.sav")
        #expect(try Self.run("convert", source, target).status == 0)
        #expect(try Self.run("convert", source, target).status == 2)
        #expect(try Self.run("convert", source, target, "--force").status == 0)
        #expect(try Self.run("describe", source, "--decimal", ",").status == 2)
        #expect(try Self.run("describe", source, "--delimiter", ";").status == 2)
        #expect(try Self.run("convert", source, folder.file("out.docx")).status == 2)
        #expect(try Self.run("convert", "-", target).status == 2)
    }

    @Test func `a draft takes labels, missing codes and sets from the file`() throws {
        let folder = try TemporaryFolder()
        let draft = folder.file("q.yaml")
        let source = Self.files.appendingPathComponent("sets.sav").path
        #expect(try Self.run("describe", source, "--draft-questionnaire", "-o", draft).status == 0)
        #expect(try Self.run("check", draft).status == 0)
        let text = try String(contentsOfFile: draft, encoding: .utf8)
        #expect(text.contains("type: multiple"))
        #expect(text.contains("9: {kind: code-9, label: {en: \"None\"}}"))
        let result = try Self.run(
            "import", source, "--study", folder.file("s.saual"), "--wave", "1", "--questionnaire", draft)
        #expect(result.status == 0, "\(result.errors)")
    }
}
