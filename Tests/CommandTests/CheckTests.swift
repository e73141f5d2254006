import Foundation
import Testing
import SurveyTestSupport

/// `saual check` on files that are wrong in many places: every finding at once, at its line, with the nearest valid name.
struct CheckTests {
    /// A line of a file and words that the finding there must have.
    private typealias Finding = (line: Int, words: [String])

    private static func findings(_ line: String, in folder: String, status: Int32 = 1) throws -> [Row] {
        let result = try Saual.run(line.split(separator: " ").map(String.init), in: folder)
        #expect(result.status == status)
        return try JSON.lines(result.errors)
    }

    /// Expects exactly these findings, whatever their order.
    private static func expect(_ found: [Row], _ expected: [Finding]) {
        #expect(found.count == expected.count, "\(found.map { "\($0.number("line") ?? 0): \($0["what"] ?? "")" })")
        for finding in expected {
            let isThere = found.contains { row in
                let text = [row["what"], row["why"], row["fix"]].compactMap { $0 }.joined(separator: "\n")
                return row.number("line") == Double(finding.line) && finding.words.allSatisfy(text.contains)
            }
            #expect(isThere, "line \(finding.line): \(finding.words)")
        }
    }

    @Test func `a questionnaire with nineteen mistakes gets nineteen findings`() throws {
        let found = try CheckTests.findings("check bad.yaml --format json", in: Saual.fixtures)
        CheckTests.expect(
            found,
            [
                (4, ["missing in ru"]), (6, ["\"number\" does not exist"]), (10, ["\"dont_know\"", "write dont-know"]),
                (11, ["\"kind\" is missing"]), (22, ["\"singel\"", "write \"single\""]),
                (24, ["\"age\" is used twice", "line 13"]), (31, ["\"yesno\" does not exist", "write yes_no"]),
                (32, ["\"==\"", "write ="]), (33, ["\"type\" is missing"]), (35, ["\"typ\"", "write type"]),
                (36, ["\"sexe\" does not exist", "write sex"]), (40, ["250 and 50"]), (41, ["\"97\" is not declared"]),
                (45, ["\"1\" stands twice"]), (46, ["age cannot be compared with \"old\""]),
                (50, ["\"sex\" has no answer \"3\""]), (52, ["30 after 45"]), (53, ["sex is not numeric"]),
                (54, ["first → second → first"]),
            ])
        #expect(found.allSatisfy { $0["file"] == "bad.yaml" && $0["severity"] == "error" && $0.has("position") })
    }

    @Test func `a file that is no YAML is one finding with line and character`() throws {
        let found = try CheckTests.findings("check broken.yaml --format json", in: Saual.fixtures)
        CheckTests.expect(found, [(4, ["not valid YAML", "line 3"])])
        #expect(found.first?.number("position") == 1)
    }

    @Test func `indicators are checked against their questionnaire`() throws {
        let line = "check bad-indicators.yaml --questionnaire small-study/questionnaire.yaml --format json"
        CheckTests.expect(
            try CheckTests.findings(line, in: Saual.fixtures),
            [
                (3, ["does not say its base"]), (7, ["\"unit\" is missing"]), (11, ["\"share\" and \"mean\""]),
                (16, ["\"contact\" has no answer \"3\""]), (17, ["\"contakt\"", "use contact"]),
                (18, ["\"downwards\"", "up, down"]), (19, ["\"agegroup\"", "use age_group"]),
                (20, ["\"unit\" is missing"]),
            ])
        let alone = try CheckTests.findings(
            "check bad-indicators.yaml --format json", in: Saual.fixtures, status: 2)
        #expect(alone.count == 1 && alone.first?["code"] == "command.indicators-alone")
    }

    @Test func `a study is checked with its files and the names of its design in one run`() throws {
        let found = try CheckTests.findings("check bad-study.yaml --format json", in: Saual.fixtures)
        CheckTests.expect(
            found,
            [
                (5, ["\"yes\"", "true, false"]), (6, ["\"eng\"", "\"en\""]), (9, ["no-such-file.csv"]),
                (11, ["ends before it starts"]), (12, ["\"2026\" stands twice"]), (15, ["\"regoin\"", "region"]),
                (15, ["\"sex\"", "weight"]), (15, ["\"ignore\"", "fail, certainty"]), (17, ["-5 is too small"]),
            ])
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        try folder.replace("eng]", with: "en]", in: "bad-study.yaml")
        try folder.replace("synthetic: yes", with: "synthetic: true", in: "bad-study.yaml")
        try folder.replace("ignore", with: "fail", in: "bad-study.yaml")
        try folder.replace("minimum base: -5", with: "minimum base: 30", in: "bad-study.yaml")
        let study = try folder.text(of: "bad-study.yaml").split(separator: "\n", omittingEmptySubsequences: false)
        // Without the second wave and with dates in order.
        var lines = study.enumerated().filter { ![11, 12, 13].contains($0.offset) }.map { String($0.element) }
        lines[10] = "    field: {start: 2026-05-01, end: 2026-05-28}"
        try folder.write(lines.joined(separator: "\n"), to: "bad-study.yaml")
        let second = try CheckTests.findings("check bad-study.yaml --format json", in: folder.path)
        CheckTests.expect(
            second,
            [(9, ["no-such-file.csv"]), (12, ["\"regoin\"", "region"]), (12, ["\"sex\"", "weight"])])
    }

    @Test(arguments: ["questionnaire.yaml", "indicators.yaml"])
    func `a file of a study that is there and cannot be read is a problem`(file: String) throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        // Whoever opens the memory of a process may not read its first page.
        _ = try Saual.bash("rm \(file) && ln -s /proc/self/mem \(file)", in: folder.path)
        let found = try CheckTests.findings("check study.yaml --format json", in: folder.path)
        #expect(found.contains { $0["code"] == "problems.unreadable-file" }, "\(found)")
        #expect(try folder.saual("run study.yaml").status == 3)
    }

    @Test func `check counts its findings by code, and finds nothing wrong in the good study`() throws {
        let bad = try Saual.run(["check", "bad.yaml", "--format", "json"], in: Saual.fixtures)
        let summary = try JSON.object(bad.output)
        #expect(JSON.order(of: bad.output) == ["saual", "files", "findings"])
        let counts = try #require(summary["findings"] as? [String: Int])
        #expect(counts.values.reduce(0, +) == 19)
        let good = try Saual.run(
            ["check", "study.yaml", "questionnaire.yaml", "indicators.yaml"], in: Saual.fixtures + "/small-study")
        #expect(good.status == 0 && good.errors.isEmpty)
        #expect(good.output == "Files checked: 3, problems: 0\n")
    }

    @Test func `a file of another kind says what it must be`() throws {
        let result = try Saual.run(["check", "good.csv"], in: Saual.fixtures)
        #expect(result.status == 1)
        let expected = """
            The file does not say what it is
              where: good.csv:1:1
              why:   the key "saual" must be questionnaire/1, indicators/1, study/1 or map/1; found ""
              fix:   write, for example, "saual: questionnaire/1" in the first line

            """
        #expect(result.errors == expected)
    }

    @Test func `run refuses a study with mistakes and writes nothing`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        try folder.replace("lonely psu: fail", with: "lonely psu: ignore", in: "study.yaml")
        let before = try folder.contents()
        let result = try folder.saual("run study.yaml")
        #expect(result.status == 3 && result.output.isEmpty)
        #expect(result.errors.hasPrefix("\"ignore\" is not one of the words that may stand here\n  where: study.yaml:"))
        #expect(try folder.contents() == before)
    }
}
