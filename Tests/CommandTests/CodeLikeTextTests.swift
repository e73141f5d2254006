import Foundation
import Testing
import SurveyTestSupport

/// Answers that a spreadsheet, browser, shell, database or template could run stay text everywhere.
struct CodeLikeTextTests {
    private static let answers = [
        "=HYPERLINK(\"http://example.invalid\";\"click\")", "+1+1", "@SUM(A1:A9)", "<script>alert('x')</script>",
        "'; DROP TABLE chunk; --", "${HOME} `ls` $(ls)", "two\nlines", "{{ 7 * 7 }}",
    ]

    private static func estimates(_ format: String) throws -> Saual.Result {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        return try folder.saual(
            "estimate formula.csv --strata stratum --psu psu --weight weight --share answer --format \(format)")
    }

    @Test func `JSON has the answers as written, and no bracket that could open a tag`() throws {
        let result = try CodeLikeTextTests.estimates("json")
        #expect(result.status == 0 && result.errors.isEmpty)
        let found = try JSON.rows(result.output).compactMap { $0["answer"] }
        #expect(found.count == 12)
        for answer in CodeLikeTextTests.answers { #expect(found.contains(answer), "\(answer)") }
        #expect(!result.output.contains("<"))
    }

    @Test func `CSV quotes the answers and takes the force from formulas`() throws {
        let lines = try CodeLikeTextTests.estimates("csv").output
        #expect(lines.contains("\nshare,answer,\"'=HYPERLINK(\"\"http://example.invalid\"\";\"\"click\"\")\",0.0"))
        #expect(lines.contains("\nshare,answer,'+1+1,"))
        #expect(lines.contains("\nshare,answer,'@SUM(A1:A9),"))
        #expect(lines.contains("\nshare,answer,\"two\nlines\","))
        // A negative number is no formula.
        #expect(lines.contains("\nshare,answer,-2,"))
        for line in lines.split(separator: "\n") {
            let cells = line.split(separator: ",")
            #expect(!cells.contains { "=+@".contains($0.first ?? "x") }, "\(line)")
        }
    }

    @Test(arguments: ["table", "markdown"])
    func `tables keep an answer with a line break on one line`(format: String) throws {
        let output = try CodeLikeTextTests.estimates(format).output
        let rows = output.split(separator: "\n").filter { $0.hasPrefix("share") || $0.hasPrefix("| share") }
        #expect(rows.count == 12)
        #expect(rows.contains { $0.contains("two\\u{a}lines") })
    }

    @Test func `a study whose answers look like code is stored and reported as text`() throws {
        let folder = try TemporaryFolder()
        let hostile = "<script>alert(1)</script> & \\\"x\\\""
        try folder.write(
            """
            saual: questionnaire/1
            id: hostile
            version: "1"
            title: "\(hostile)"
            languages: [en]
            questions:
              - {id: stratum, text: "S", type: text}
              - {id: psu, text: "P", type: text}
              - {id: weight, text: "W", type: number}
              - id: answer
                text: "=cmd|' /C calc'!A0 \(hostile)"
                type: single
                answers: {"=1+1": "\(hostile)", "'; DROP TABLE chunk; --": "set terminal png; system('ls')"}

            """, to: "q.yaml")
        try folder.write(
            """
            saual: indicators/1
            indicators:
              - id: first
                version: 1
                name: "\(hostile)"
                share: answer = "=1+1"
                base: everyone
                by: [answer]

            """, to: "i.yaml")
        try folder.write(
            """
            saual: study/1
            id: hostile
            title: "\(hostile)"
            languages: [en]
            waves:
              - {id: "1", file: wave.csv, questionnaire: q.yaml}
            design: {strata: stratum, psu: psu, weight: weight, lonely psu: fail}
            indicators: [i.yaml]

            """, to: "study.yaml")
        let rows = (0..<400).map { "\($0 % 2),\($0 % 20),1,\($0 % 3 == 0 ? "=1+1" : "'; DROP TABLE chunk; --")\n" }
        try folder.write("stratum,psu,weight,answer\n" + rows.joined(), to: "wave.csv")
        let result = try folder.saual("run study.yaml")
        #expect(result.status == 0, "\(result.errors)")
        let page = try folder.text(of: "results/report-en.html")
        #expect(!page.contains("<script>alert"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; "))
        #expect(try !folder.text(of: "results/report.json").contains("<"))
        #expect(try folder.saual("verify hostile.saual").status == 0)
        let csv = try folder.saual("indicators hostile.saual --format csv").output
        #expect(csv.contains(",'=1+1,") && csv.contains(",'; DROP TABLE chunk; --,"))
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) == [
                "q.yaml", "i.yaml", "study.yaml", "wave.csv", "hostile.saual", "results",
            ])
    }

    @Test func `control characters of the data do not reach the terminal`() throws {
        let folder = try TemporaryFolder()
        try folder.write("q\n\u{1B}[2J\u{202E}x\n\u{1B}[2J\u{202E}x\n", to: "esc.csv")
        let table = try folder.saual("estimate esc.csv --share q")
        #expect(!table.output.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
        let missing = try folder.saual("estimate esc.csv --share |q=\u{1B}[2J|")
        #expect(missing.status == 2 && !missing.errors.contains("\u{1B}"))
    }
}
