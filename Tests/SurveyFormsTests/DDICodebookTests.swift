import Foundation
import SurveyProblems
import SurveySchema
import SurveyYAML
import Testing

@testable import SurveyForms

struct DDICodebookTests {
    private func read(_ xml: String) throws -> (questionnaire: Questionnaire?, problems: [Problem], yaml: String) {
        let (yaml, problems) = try DDICodebook.questionnaire(of: Array(xml.utf8), file: "codebook.xml")
        let checked = QuestionnaireReader.read(try YAMLDocument(parsing: Array(yaml.utf8), file: "q.yaml"))
        #expect(checked.problems.isEmpty, "\(checked.problems.map { "\($0.what) \($0.why)" })\n\(yaml)")
        return (checked.value, problems, yaml)
    }

    @Test(arguments: XLSFormTests.files) func `a questionnaire keeps its variables in a codebook`(file: String) throws {
        let text = try String(contentsOfFile: "\(XLSFormTests.root)/\(file)", encoding: .utf8)
        let document = try YAMLDocument(parsing: Array(text.utf8), file: file)
        let original = try QuestionnaireReader.read(document).get()
        let (read, _, _) = try read(DDICodebook.codebook(of: original).xml)
        let back = try #require(read)
        #expect(back.id == original.id && back.version == original.version)
        #expect(back.title == original.title)
        #expect(back.questions.count == original.questions.count)
        for (question, own) in zip(original.questions, back.questions) {
            #expect(own.columns == question.columns && own.type == question.type, "\(question.id)")
            #expect(own.text == question.text && own.answers == question.answers, "\(question.id)")
            #expect(own.missing.map(\.code) == question.missing.map(\.code), "\(question.id)")
            #expect(own.missing.map(\.label) == question.missing.map(\.label), "\(question.id)")
            #expect(own.isPrivate == question.isPrivate && own.range.least == question.range.least, "\(question.id)")
        }
    }

    @Test func `a codebook of others is read`() throws {
        let (questionnaire, problems, _) = try read(
            """
            <codeBook xmlns="http://www.icpsr.umich.edu/DDI"><dataDscr>
            <var ID="V1" name="AGE" intrvl="contin"><labl>Age in years</labl><valrng><range min="15" max="99"/></valrng></var>
            <var ID="V2" name="Q 1"><labl>Trust</labl><qstn><qstnLit>Do you trust them?</qstnLit></qstn>
            <catgry><catValu>1</catValu><labl>Yes &amp; always</labl></catgry><catgry><catValu>2</catValu><labl>No</labl></catgry>
            <catgry missing="Y"><catValu>9</catValu><labl>No answer</labl></catgry></var>
            <var name="NAME"><universe>all</universe><varFormat type="character"/></var></dataDscr></codeBook>
            """)
        let read = try #require(questionnaire)
        #expect(read.questions.map(\.id) == ["AGE", "Q_1", "NAME"])
        #expect(read.questions.map(\.type) == [.number, .single, .text])
        #expect(read.question("Q_1")?.columns == ["Q 1"])
        #expect(read.question("Q_1")?.text[.english] == "Do you trust them?")
        #expect(read.question("Q_1")?.missing.map(\.kind) == [.noAnswer])
        #expect(problems.map(\.code) == ["forms.not-translated"])
    }

    @Test func `entity bombs and files that are no codebook are refused`() {
        let bomb =
            "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><codeBook><dataDscr>&b;</dataDscr></codeBook>"
        for (xml, code) in [
            (bomb, "formats.document-type"), ("<a/>", "forms.no-codebook"), ("<a", "formats.wrong-xml"),
        ] {
            let problem = #expect(throws: Problem.self) { try read(xml) }
            #expect(problem?.code == code)
        }
    }
}

extension DDICodebookTests {
    /// `codebook.xsd` of DDI Codebook 2.5, where the environment names it; `xmllint` is the judge.
    static let schema = ProcessInfo.processInfo.environment["SAUAL_DDI_SCHEMA"]

    @Test(.enabled(if: schema != nil, "SAUAL_DDI_SCHEMA names no codebook.xsd"), arguments: XLSFormTests.files)
    func `codebooks are valid by the schema of DDI 2.5`(file: String) throws {
        let text = try String(contentsOfFile: "\(XLSFormTests.root)/\(file)", encoding: .utf8)
        let original = try QuestionnaireReader.read(YAMLDocument(parsing: Array(text.utf8), file: file)).get()
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("ddi-\(UUID().uuidString).xml").path
        try DDICodebook.codebook(of: original).xml.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xmllint", "--noout", "--nonet", "--schema", try #require(Self.schema), path]
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(words)")
    }
}
