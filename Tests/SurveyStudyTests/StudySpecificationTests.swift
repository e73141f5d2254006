import Foundation
import SurveyProblems
import SurveySchema
import SurveyStudy
import SurveyTestSupport
import SurveyYAML
import Testing

struct StudySpecificationTests {
    private func question(_ id: String, _ type: QuestionType) -> Question {
        Question(
            id: id, text: .empty, type: type, answers: [], missing: [], when: nil, isPrivate: false, columns: [id],
            range: (nil, nil), line: 1)
    }

    private func questionnaire(_ id: String, _ questions: [Question]) -> Questionnaire {
        Questionnaire(
            id: id, version: "1", title: .empty, languages: [.english], questions: questions, derived: [],
            ownMissingKinds: [], key: [], source: [])
    }

    private var full: [Question] {
        [
            question("region", .region), question("size", .single), question("village", .text), question("w", .number),
            question("villages", .money),
        ]
    }

    @Test func `a design of known questions passes`() throws {
        let study = try StudyReader.read(try StudyReaderTests.document(StudyReaderTests.good)).get()
        let waves = [("2021", questionnaire("q", full)), ("2022", questionnaire("q", full))]
        #expect(study.check(against: waves.map { (wave: $0.0, questionnaire: $0.1) }).isEmpty)
    }

    @Test func `each name that a wave did not ask is reported at its place with the nearest`() throws {
        let marked = MarkedText(
            StudyReaderTests.good.replacing(
                "{strata: [region, size], psu: village, weight: w, fpc: villages",
                with: "{strata: [region, »sise], psu: »set, weight: »w, fpc: »region"))
        let document = try StudyReaderTests.document(marked.text)
        let study = try StudyReader.read(document).get()
        let second = [
            question("region", .region), question("size", .single), question("set", .multiple), question("w", .scale),
        ]
        let problems = study.check(against: [("2022", questionnaire("second", second))], in: document)
        let codes = [
            "study.unknown-design-question", "study.design-multiple", "study.design-not-number",
            "study.design-not-number",
        ]
        #expect(MarkedText.summary(problems) == marked.expected(codes))
        let unknown = try #require(problems.first)
        #expect(unknown.what.description == "The design names \"sise\", which wave \"2022\" did not ask")
        #expect(unknown.why.description.contains("\"second\""))
        #expect(unknown.fix.description.hasPrefix("use size,"))
    }

    @Test func `a wave that lacks a design question is named`() throws {
        let study = try StudyReader.read(try StudyReaderTests.document(StudyReaderTests.good)).get()
        let problems = study.check(against: [
            ("2021", questionnaire("q1", full)), ("2022", questionnaire("q2", full.filter { $0.id != "w" })),
        ])
        #expect(problems.map(\.what.description) == ["The design names \"w\", which wave \"2022\" did not ask"])
    }

    @Test func `files that are not there are all reported where they are named`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("study-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("data/folder.csv"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["questionnaire.yaml", "indicators.yaml"] {
            try Data().write(to: folder.appendingPathComponent(name))
        }
        let marked = MarkedText(
            StudyReaderTests.good.replacing("file: data/all.csv", with: "file: »data/folder.csv", maxReplacements: 1)
                .replacing("file: data/all.csv", with: "file: »/nowhere/all.csv").replacing(
                    "more.yaml", with: "»more.yaml"))
        let document = try StudyReaderTests.document(marked.text)
        let study = try StudyReader.read(document).get()
        let problems = study.missingFiles(relativeTo: folder.path, in: document)
        #expect(
            MarkedText.summary(problems)
                == marked.expected(["study.is-folder", "study.missing-file", "study.missing-file"]))
    }

    @Test(arguments: [
        ("a.csv", "", "a.csv"), ("a.csv", ".", "a.csv"), ("a.csv", "x/y", "x/y/a.csv"), ("a.csv", "x/", "x/a.csv"),
        ("/a.csv", "x", "/a.csv"),
    ])
    func `relative paths start at the study's folder`(_ path: String, _ folder: String, _ expected: String) {
        #expect(StudySpecification.path(path, relativeTo: folder) == expected)
    }
}
