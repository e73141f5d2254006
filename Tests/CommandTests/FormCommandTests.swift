import Foundation
import SurveyTestSupport
import Testing

struct FormCommandTests {
    @Test func `a questionnaire becomes a form and a questionnaire again`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        let out = try folder.saual("form questionnaire.yaml -o form.xlsx")
        #expect([0, 1].contains(out.status), "\(out.errors)")
        #expect(out.output.isEmpty)
        let back = try folder.saual("form form.xlsx -o back.yaml")
        #expect(back.status == 0, "\(back.errors)")
        let check = try folder.saual("check --changes questionnaire.yaml back.yaml --format json")
        #expect(check.status == 0 && check.output.contains("\"rows\":[]"), "\(check.output) \(check.errors)")
        let again = try folder.saual("form questionnaire.yaml -o form.xlsx")
        #expect(again.status == 3 || again.status == 2, "an existing file needs --force")
    }

    @Test func `a questionnaire becomes a codebook of DDI and a questionnaire again`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        let out = try folder.saual("form questionnaire.yaml -o codebook.xml")
        #expect(out.status == 0, "\(out.errors)")
        let back = try folder.saual("form codebook.xml -o back.yaml")
        // Routing is words in a codebook, which is told.
        #expect([0, 1].contains(back.status), "\(back.errors)")
        let check = try folder.saual("check back.yaml")
        #expect(check.status == 0, "\(check.errors)")
        try folder.write("<x/>", to: "x.xml")
        #expect(try folder.saual("form x.xml").status == 3)
    }

    @Test func `a questionnaire becomes triple-S, and data laid out by it are imported with the questionnaire`() throws
    {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            saual: questionnaire/1
            id: short
            version: "1"
            title: {kk: Қысқа, ru: Короткий, en: Short}
            languages: [kk, ru, en]
            key: n
            missing: {98: {kind: dont-know, label: {kk: қиын, ru: трудно, en: hard}}}
            questions:
              - {id: n, type: text, text: {kk: Н, ru: Н, en: N}}
              - {id: age, type: number, range: [0, 110], missing: [98], text: {kk: Ж, ru: В, en: Age}}
              - {id: day, type: date, text: {kk: К, ru: Д, en: Day}}
              - id: seen
                type: multiple
                text: {kk: Көрді, ru: Видел, en: Seen}
                answers: {1: {kk: а, ru: а, en: a}, 4: {kk: б, ru: б, en: b}}
              - id: trust
                type: scale
                missing: [98]
                text: {kk: Сенім, ru: Доверие, en: Trust}
                answers: {1: {kk: аз, ru: мало, en: little}, 2: {kk: көп, ru: много, en: much}}

            """, to: "q.yaml")
        let out = try folder.saual("form q.yaml -o survey.sss")
        #expect(out.status == 0 && out.errors.isEmpty, "\(out.errors)")
        #expect(try folder.saual("form q.yaml -o survey.sss").status != 0, "an existing file needs --force")
        let back = try folder.saual("form survey.sss -o back.yaml")
        #expect(back.status == 0 && back.errors.isEmpty, "\(back.errors)")
        let check = try folder.saual("check --changes q.yaml back.yaml --format json")
        #expect(check.status == 0 && check.output.contains("\"rows\":[]"), "\(check.output) \(check.errors)")
        // The same under the other ending, which DDI has too.
        try folder.write(Data(contentsOf: URL(fileURLWithPath: folder.path + "/survey.sss")), to: "survey.xml")
        let other = try folder.saual("form survey.xml").output
        #expect(try other == String(contentsOfFile: folder.path + "/back.yaml", encoding: .utf8))

        try folder.write("n,age,day,seen,trust\nA,30,20260501,1001,2\nB,98,20260502,0000,98\n", to: "survey.csv")
        let described = try folder.saual("describe survey.sss")
        #expect(described.status == 0 && described.errors.isEmpty, "\(described.errors)")
        let imported = try folder.saual("import survey.sss --questionnaire q.yaml --study s.saual --wave 1")
        #expect(imported.status == 0, "\(imported.errors)")
        let mean = try folder.saual("estimate s.saual:1 --mean age --format json")
        #expect(mean.output.contains("\"estimate\":30,"), "\(mean.output) \(mean.errors)")
    }

    @Test func `what is no form, no questionnaire or has no output is refused`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        try folder.write("a,b\n", to: "x.xlsx")
        for (line, status, words) in [
            ("form questionnaire.yaml", 2, "--output"), ("form x.xlsx", 3, "no whole workbook"),
            ("form questionnaire.yaml -o form.docx", 2, "cannot be written"),
            ("form study.yaml -o form.xlsx", 3, "is not a questionnaire"),
            ("form questionnaire.yaml -o study.yaml", 2, "cannot be written"),
            ("form study.sss", 3, "study.sss"), ("form questionnaire.sss -o form.sss", 2, "cannot be written"),
        ] as [(String, Int32, String)] {
            let result = try folder.saual(line)
            #expect(
                result.status == status && result.errors.contains(words), "\(line): \(result.status) \(result.errors)")
        }
    }
}
