import Foundation
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyFormats

struct HostileFilesTests {
    @Test(arguments: ["rows.sav", "blocks.zsav", "stata8.dta", "long-117.dta", "sets.por"])
    func `a file that is cut off at any byte is refused`(name: String) throws {
        let bytes = try DescribedFile.bytes(name)
        let file = try TemporaryFile([], name: name)
        // Behind the first Z a portable file is only filled up to the end of its line.
        let filling =
            name.hasSuffix(".por") ? bytes.reversed().prefix { [0x5A, 0x0A, 0x0D].contains($0) }.count - 1 : 0
        for length in 0..<bytes.count - filling {
            try Self.write(bytes[..<length], to: file.path)
            let read = DescribedFile(path: file.path)
            let problem = read.problem
            // An old Stata file may end behind its rows: then labels that it names are missing, which is told.
            #expect(problem != nil || read.codebook?.cautions.isEmpty == false, "\(name) cut at \(length)")
            if let problem, problem.code == "formats.truncated" {
                #expect(problem.why.values.contains { Int($0) != nil }, "the place is told")
            }
        }
    }

    @Test(arguments: [
        "sets.sav", "blocks.zsav", "sets-plain.sav", "stata8.dta", "long-118-big.dta", "sets.por", "plain.por",
    ])
    func `a file with wrong bytes ends in cells or in a problem`(name: String) throws {
        let bytes = try DescribedFile.bytes(name)
        let file = try TemporaryFile([], name: name)
        var random = SeededGenerator(seed: 8)
        for _ in 0..<120 {
            var broken = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<broken.count, using: &random)
                broken[place] =
                    [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
                    .randomElement(using: &random) ?? 0
            }
            try Self.write(broken[...], to: file.path)
            _ = DescribedFile(path: file.path)
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
}
