import Foundation
import SurveyTestSupport
import Testing

/// Codebooks as pages and workbooks, and what of them is shown.
struct CodebookCommandTests {
    private static let questionnaire = """
        saual: questionnaire/1
        id: small
        version: "1"
        title: {kk: "Шағын", ru: "Малый", en: "Small"}
        languages: [kk, ru, en]
        key: id
        questions:
          - {id: id, text: {kk: "Нөмір", ru: "Номер", en: "Number"}, type: text, private: true}
          - id: trust
            text: {kk: "Сенім", ru: "Доверие", en: "Trust <b>"}
            type: single
            answers: {1: {kk: "Иә", ru: "Да", en: "=1+1"}, 2: {kk: "Жоқ", ru: "Нет", en: "No"}}
            missing: {98: {kind: dont-know, label: {kk: "Білмеймін", ru: "Не знаю", en: "Don't know"}}}
          - {id: age, text: {kk: "Жас", ru: "Возраст", en: "Age"}, type: number}
          - {id: w, text: {kk: "Салмақ", ru: "Вес", en: "Weight"}, type: number}
          - {id: chan, text: {kk: "Арна", ru: "Канал", en: "Channel"}, type: multiple,
             answers: {1: {kk: "Тел", ru: "Тел", en: "Phone"}, 2: {kk: "Веб", ru: "Веб", en: "Web"}}}

        """

    private static func study() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(questionnaire, to: "q.yaml")
        try folder.write(
            "id,trust,age,w,chan_1,chan_2\nsecret-1,1,18,1,1,0\nsecret-2,2,40,3,1,1\nsecret-3,98,40,2,0,1\nsecret-4,2,,2,0,0\n",
            to: "w.csv")
        let result = try folder.saual("import w.csv --study s.saual --wave 1 --questionnaire q.yaml")
        #expect(result.status == 0, "\(result.errors)")
        return folder
    }

    private static func names(_ output: String) throws -> [String?] {
        try JSON.rows(output, in: "variables").map { $0["name"] }
    }

    @Test func `a page is chosen by its name or by --format, and its labels are escaped`() throws {
        let folder = try Self.study()
        #expect(try folder.saual("describe s.saual -o c.html").status == 0)
        let page = try folder.text(of: "c.html")
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("Trust &lt;b&gt;"))
        #expect(try folder.saual("describe s.saual --format html").output == page)
        // A private column is named, and no cell of it stands anywhere.
        #expect(!page.contains("secret-"))
        // The items of a question are its answers: two of four chose each.
        #expect(page.contains(">50.0</td>") && !page.contains("chan[1]"))
        for (language, title) in [("kk", "Шағын"), ("ru", "Малый")] {
            let other = try folder.saual("describe s.saual --format html --language \(language)").output
            #expect(other.contains("<h1>\(title)</h1>") && other.contains("<html lang=\"\(language)\">"))
        }
    }

    @Test func `frequencies are weighted on demand, and the page says with what`() throws {
        let folder = try Self.study()
        // Answers 1 and 2 have the weights 1 and 3 + 2.
        let page = try folder.saual("describe s.saual --format html --weight w").output
        #expect(page.contains(">16.7</td>") && page.contains(">83.3</td>") && page.contains("<code>w</code>"))
        let plain = try folder.saual("describe s.saual --format html").output
        #expect(!plain.contains(">16.7</td>"))
        let text = try folder.saual("describe s.saual --weight w --variables trust").output
        #expect(text.contains("2 No: 2 (83.33%)"))
        let json = try folder.saual("describe s.saual --weight w --format json").output
        #expect(json.contains("\"weighted_by\":\"w\"") && json.contains("\"n\":2,\"share\":0.8333333333333334"))
        let wrong = try folder.saual("describe s.saual --weight trust")
        #expect(wrong.status == 3 && wrong.errors.contains("cannot weigh the rows"))
        #expect(try folder.saual("describe w.csv --weight ww --format html").status == 2)
        #expect(
            try folder.saual("describe w.csv --weight w --variables age --format html").output.contains(
                "<code>w</code>"))
    }

    @Test func `a workbook has variables, answers and missing kinds, and no formula`() throws {
        let folder = try Self.study()
        let result = try folder.saual("describe s.saual --weight w -o c.xlsx")
        #expect(result.status == 0 && result.output.isEmpty, "\(result.errors)")
        #expect(try folder.saual("convert c.xlsx answers.csv --sheet Answers").status == 0)
        let answers = try folder.text(of: "answers.csv").split(separator: "\n")
        #expect(answers.first == "variable,code,label (en),label (kk),label (ru),n,%,weighted %")
        // Workbooks keep 16 digits of 200/3 and 250/3.
        #expect(answers.contains("trust,2,No,Жоқ,Нет,2,66.66666666666666,83.33333333333334"))
        // A text that begins with "=" is a text in the workbook; convert marks it once more for CSV.
        #expect(answers.contains { $0.hasPrefix("trust,1,'=1+1,") })
        #expect(try folder.saual("convert c.xlsx missing.csv --sheet Missing").status == 0)
        #expect(
            try folder.text(of: "missing.csv").contains("trust,does not know,98,Don't know,Білмеймін,Не знаю,1,25,25"))
        let again = try folder.saual("describe s.saual -o c.xlsx")
        #expect(again.status == 2 && again.errors.contains("add --force"))
        let nowhere = try folder.saual("describe s.saual --format xlsx")
        #expect(nowhere.status == 2 && nowhere.errors.contains("needs -o FILE"))
    }

    @Test func `words and properties narrow a codebook, in any language and without regard to case`() throws {
        let folder = try Self.study()
        func kept(_ options: String) throws -> [String?] {
            try Self.names(folder.saual("describe s.saual --format json \(options)").output)
        }
        #expect(try kept("--find ДОВЕР") == ["trust"])
        // A question brings its items.
        #expect(try kept("--find phone") == ["chan", "chan[1]", "chan[2]"])
        #expect(try kept("--find TRUST --find иә") == ["trust"])
        #expect(try kept("--find trust --find phone").isEmpty)
        #expect(try kept("--only missing") == ["trust", "age"])
        #expect(try kept("--only labelled,missing") == ["trust"])
        #expect(try kept("--only constant").isEmpty)
        let nothing = try folder.saual("describe s.saual --find nowhere")
        #expect(nothing.status == 0 && nothing.errors.contains("No variable fits"))
        let wrong = try folder.saual("describe s.saual --only labeled")
        #expect(wrong.status == 2 && wrong.errors.contains("--only labelled"))
        let page = try folder.saual("describe s.saual --only labelled --format html").output
        #expect(page.contains("Variables left out by a filter: 3"))
        #expect(try folder.saual("describe w.csv --draft-questionnaire --find x").status == 2)
    }

    @Test func `the weight of a file weighs its page, and other formats stay as they are`() throws {
        let files = ReferenceFolder.url.appendingPathComponent("files").path
        let page = try Saual.run(["describe", "sets.sav", "--format", "html"], in: files)
        #expect(page.status == 0 && page.output.contains("weighted %"))
        let json = try Saual.run(["describe", "sets.sav", "--format", "json"], in: files)
        #expect(!json.output.contains("\"share\""))
    }

    @Test func `a codebook of five hundred variables is a page of sections that can be searched`() throws {
        let folder = try TemporaryFolder()
        let names = (1...500).map { "q\($0)" }
        let rows = (0..<30).map { row in (0..<500).map { String(($0 * 7 + row) % 5 + 1) }.joined(separator: ",") }
        try folder.write(([names.joined(separator: ",")] + rows).joined(separator: "\n") + "\n", to: "big.csv")
        let page = try folder.saual("describe big.csv --format html --language kk").output
        #expect(page.components(separatedBy: "<article class=\"variable\"").count == 501)
        #expect(page.components(separatedBy: "<section id=").count == 22)
        #expect(page.contains("<a href=\"#v500\">"))
        #expect(page.utf8.count < 2_000_000)
    }
}
