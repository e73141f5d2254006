import Foundation
import Testing
import SurveyTestSupport

/// A study from a stranger: it writes nothing outside its folder, and nothing in it steers the terminal.
struct StrangersStudyTests {
    @Test(arguments: [("results", true), ("small-study.saual", false), ("results/report-en.html", false)])
    func `what a study writes follows no link out of its folder`(name: String, isFolder: Bool) throws {
        let folder = try PreparedStudy.small()
        let other = try TemporaryFolder()
        try other.write("precious", to: "file")
        try folder.remove("small-study.saual")
        try? folder.remove(name)
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/\(name)", withDestinationPath: isFolder ? other.path : other.path + "/file")
        let result = try folder.saual("run study.yaml")
        #expect(result.status == 3)
        #expect(
            result.errors == """
                "\(name)" is a link out of the study's folder
                  where: \(name)
                  why:   what a study writes stays below "."; this link leads elsewhere
                  fix:   delete the link, or put a folder in its place

                """)
        #expect(try other.contents() == ["file": Data("precious".utf8)])
    }

    @Test func `a link inside the study's folder is followed`() throws {
        let folder = try PreparedStudy.small()
        try folder.remove("results")
        try FileManager.default.createDirectory(atPath: folder.path + "/made", withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/results", withDestinationPath: "made")
        #expect(try folder.saual("run study.yaml").status == 0)
        #expect(folder.has("made/report-en.html"))
    }

    @Test func `names of waves and columns cannot steer the terminal`() throws {
        let folder = try TemporaryFolder()
        try folder.write("e\u{1B}[31m<b>,n\n1,2\n2,3\n2,2\n", to: "x.csv")
        let imported = try folder.saual("import x.csv --study x.saual --wave |w\u{1B}[2J\n|")
        #expect(imported.status == 2 && imported.output.isEmpty && !folder.has("x.saual"))
        #expect(
            imported.errors == """
                "w\\u{1b}[2J\\u{a}" cannot be the name of a wave
                  why:   a wave is named by letters, digits, ".", "_" and "-", at most 100, as in study.yaml
                  fix:   choose another name, such as 2025 or spring-2025

                """)
        for format in ["table", "markdown"] {
            let result = try folder.saual("estimate x.csv --mean n --by |e\u{1B}[31m<b>| --format \(format)")
            #expect(result.status == 0)
            #expect(!(result.output + result.errors).contains("\u{1B}"))
            #expect(result.output.contains(format == "table" ? "e\\u{1b}[31m<b>" : "e\\u{1b}[31m&lt;b>"))
        }
        let dry = try folder.saual("estimate x.csv --mean |e\u{1B}[31m<b>| --dry-run")
        #expect(!dry.output.contains("\u{1B}"))
    }

    @Test func `a limit on file sizes is a problem, not the end of the process`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        let result = try Saual.bash("ulimit -f 20; saual run study.yaml", in: folder.path)
        #expect(result.status == 3, "\(result.errors)")
        #expect(result.errors.contains("  why:   "))
        #expect(try folder.saual("run study.yaml").status == 0)
        #expect(try folder.saual("verify small-study.saual").status == 0)
    }
}
