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

    @Test func `what is no form, no questionnaire or has no output is refused`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        try folder.write("a,b\n", to: "x.xlsx")
        for (line, status, words) in [
            ("form questionnaire.yaml", 2, "--output"), ("form x.xlsx", 3, "no whole workbook"),
            ("form questionnaire.yaml -o form.docx", 2, "cannot be written"),
            ("form study.yaml -o form.xlsx", 3, "is not a questionnaire"),
        ] as [(String, Int32, String)] {
            let result = try folder.saual(line)
            #expect(
                result.status == status && result.errors.contains(words), "\(line): \(result.status) \(result.errors)")
        }
    }
}
