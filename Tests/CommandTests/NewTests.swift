import Foundation
import SurveyTestSupport
import Testing

struct NewTests {
    @Test(arguments: ["", "--languages en", "--languages ru,kk --language ru", "--language kk"])
    func `a new study is accepted and runs as it is`(options: String) throws {
        let folder = try TemporaryFolder()
        let made = try folder.saual("new my-study \(options)")
        #expect(made.status == 0 && made.errors.isEmpty, "\(made.errors)")
        for file in ["questionnaire.yaml", "study.yaml"] {
            let checked = try folder.saual("check my-study/\(file)")
            #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.errors)")
        }
        let run = try folder.saual("run my-study/study.yaml")
        #expect(run.status == 0, "\(run.errors)")
        let again = try folder.saual("run my-study/study.yaml --check")
        #expect(again.status == 0, "\(again.errors)")
    }

    @Test func `the languages asked for are those of the files and reports`() throws {
        let folder = try TemporaryFolder()
        try folder.saual("new s --languages ru,en --language kk")
        #expect(try folder.text(of: "s/questionnaire.yaml").contains("languages: [ru, en]"))
        #expect(!(try folder.text(of: "s/questionnaire.yaml")).contains("kk:"))
        #expect(try folder.text(of: "s/README.md").contains("ЖАСАНДЫ"))
        try folder.saual("run s/study.yaml")
        let results = try FileManager.default.contentsOfDirectory(atPath: folder.file("s/results")).sorted()
        #expect(results == ["report-en.html", "report-ru.html", "report.json"])
    }

    @Test func `the example says everywhere that it is made up, and shows figures`() throws {
        let folder = try TemporaryFolder()
        try folder.saual("new s --languages en")
        let rows = try folder.text(of: "s/wave.csv").split(separator: "\n")
        #expect(rows.count == 201 && rows.dropFirst().allSatisfy { $0.hasPrefix("SYNTHETIC-") })
        for file in ["README.md", "questionnaire.yaml", "study.yaml"] {
            #expect(try folder.text(of: "s/\(file)").contains("SYNTHETIC"), "\(file)")
        }
        try folder.saual("run s/study.yaml")
        #expect(try folder.text(of: "s/results/report-en.html").contains("SYNTHETIC"))
        let figures = try JSON.rows(folder.saual("indicators s/s.saual --format json").output, in: "rows")
        #expect(figures.count == 7)
        #expect(figures.allSatisfy { $0.number("estimate") != nil }, "no figure of the example is hidden")
    }

    @Test func `the same call makes the same bytes`() throws {
        let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
        try first.saual("new s")
        try second.saual("new s")
        #expect(try first.contents() == second.contents())
        let files = Set(try first.contents().keys.map { $0.split(separator: "/").first.map(String.init) ?? "" })
        #expect(files == ["s"], "nothing stands beside the folder")
    }

    @Test func `nothing that exists is touched`() throws {
        let folder = try TemporaryFolder()
        try folder.write("mine", to: "file")
        try FileManager.default.createDirectory(atPath: folder.file("empty"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "nowhere")
        let before = folder.names
        for name in before {
            let result = try folder.saual("new \(name)")
            #expect(result.status == 2 && result.errors.contains("exists already"), "\(name)")
        }
        #expect(folder.names == before)
        #expect(try folder.text(of: "file") == "mine")
    }

    @Test(arguments: [
        ".", "..", "a/b", "/tmp/x", "-", "a b", "сауал", "~", ".hidden", String(repeating: "a", count: 101),
    ])
    func `a name that cannot be one is refused`(name: String) throws {
        let folder = try TemporaryFolder()
        let result = try folder.saual("new -- |\(name)|")
        #expect(result.status == 2 && result.errors.contains("cannot be the name of a study"), "\(result.errors)")
        #expect(folder.names.isEmpty)
    }

    @Test func `a folder that cannot be written is a problem and stays as it is`() throws {
        let folder = try TemporaryFolder()
        // Each file has one block of 512 bytes at most, so that the first does not fit.
        let result = try Saual.bash("ulimit -f 1; saual new s", in: folder.path)
        #expect(result.status == 3 && result.errors.contains("Cannot write"), "\(result.errors)")
        #expect(folder.names.isEmpty)
    }

    @Test func `a dry run names the files and writes none`() throws {
        let folder = try TemporaryFolder()
        let result = try folder.saual("new s --dry-run")
        #expect(result.status == 0 && result.output.contains("write: s/study.yaml\n"))
        #expect(folder.names.isEmpty)
    }
}
