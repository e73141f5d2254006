import SurveyProblems
import SurveyStore
import SurveyTestSupport
import Testing

struct StudyDocumentTests {
    @Test func `the texts of a study come back in their order, and new ones take the place of all`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("s.saual")
        let file = try StudyFile(writing: path, creating: true, program: "test")
        #expect(try file.documents() == [])
        let first = [
            StudyDocument(name: "study.yaml", text: Array("saual: study/1 # Қазақ\n".utf8)),
            StudyDocument(name: "indicators.yaml", text: []),
        ]
        try file.replaceDocuments(with: first)
        #expect(try file.documents() == first)
        try file.replaceDocuments(with: [first[1]])
        #expect(try StudyFile(reading: path).documents() == [first[1]])
        #expect(try file.verify() == [])
    }
}
