import Foundation
import Testing
import SurveyTestSupport

struct StandardInputTests {
    private static let line = "--strata stratum --psu psu --weight weight --share q1 --by sex --format ndjson"

    @Test func `a dash reads standard input, to the same numbers and ids as the file`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        let input = try folder.bytes(of: "good.csv")
        let piped = try folder.saual("estimate - \(StandardInputTests.line)", input: input)
        #expect(piped.status == 0 && piped.errors.isEmpty)
        #expect(try piped.output == folder.saual("estimate good.csv \(StandardInputTests.line)").output)
        #expect(
            try folder.saual("describe - --format json", input: input).output
                == folder.saual("describe good.csv --format json").output)
        let slow = try Saual.bash(
            "while read -r row; do echo \"$row\"; sleep 0.01; done < good.csv | saual estimate - \(StandardInputTests.line)",
            in: folder.path)
        #expect(slow.output == piped.output)
    }

    @Test func `an import from standard input keeps the hash of what came`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        let input = try folder.bytes(of: "good.csv")
        let piped = try folder.saual("import - --study s.saual --wave 1 --format json", input: input)
        #expect(piped.status == 0)
        let file = try folder.saual("import good.csv --study s.saual --wave 2 --format json")
        let hashes = try [piped, file].map { try JSON.object($0.output)["sha256"] as? String }
        #expect(hashes[0] == hashes[1] && hashes[0]?.count == 64)
    }

    @Test func `an empty standard input is an empty file`() throws {
        let folder = try TemporaryFolder()
        let result = try folder.saual("describe -")
        #expect(result.status == 3)
        #expect(result.errors.hasPrefix("\"-\" is empty\n"))
    }

    @Test func `a pipe that closes early ends the program quietly`() throws {
        let folder = try PreparedStudy.envipe()
        for command in [
            "report envipe-morelos.saual --format json", "indicators envipe-morelos.saual --format csv --quiet",
            "help --man",
            "estimate envipe-morelos.saual:2025 --share EDAD --format json",
        ] {
            let line =
                "set -o pipefail; { saual \(command); echo \"code $?\" >&2; } 2> codes | head -c 20 > /dev/null; tail -1 codes"
            let result = try Saual.bash(line, in: folder.path)
            #expect(
                result.output == "code 0\n" || result.output == "code 1\n" || result.output == "code 2\n",
                "\(command): \(result.output)")
        }
        let closed = try Saual.bash("saual help estimates 2>&-; echo $?", in: folder.path)
        #expect(closed.output == "2\n")
    }
}
