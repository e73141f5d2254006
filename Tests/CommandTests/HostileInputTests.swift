import Foundation
import Testing
import SurveyTestSupport

/// Input that was not made by anyone who means well: the program answers, with an exit code of its own and bounded memory.
struct HostileInputTests {
    /// A repeatable stream of numbers (SplitMix64).
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let ownCodes: Set<Int32> = [0, 1, 2, 3, 4]

    @Test func `random bytes are answered with an exit code and words, never with a crash`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        var numbers = Numbers(state: 2026)
        let good = try folder.bytes(of: "good.csv")
        let alphabet = Array("a1,;\t\"'\r\n.-=\u{0}é".utf8)
        for round in 0..<50 {
            var bytes: [UInt8]
            switch round % 3 {
            case 0:
                bytes = (0..<Int.random(in: 1...3000, using: &numbers)).map { _ in
                    UInt8.random(in: 0...255, using: &numbers)
                }
            case 1:
                bytes = (0..<Int.random(in: 1...3000, using: &numbers)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)]
                }
            default:
                bytes = Array(good)
                for _ in 0..<Int.random(in: 1...8, using: &numbers) {
                    bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
                }
            }
            try folder.write(Data(bytes), to: "random.csv")
            for line in [
                "describe random.csv", "estimate random.csv --share q1 --strata stratum --psu psu --weight weight",
                "import random.csv --study random.saual --wave \(round)",
            ] {
                let result = try folder.saual(line)
                #expect(HostileInputTests.ownCodes.contains(result.status), "round \(round): \(line) \(result.status)")
                #expect(result.status == 0 || result.errors.contains("  why:   "), "round \(round): \(line)")
            }
        }
        #expect(try !folder.has("random.saual") || folder.saual("verify random.saual").status == 0)
    }

    @Test func `damaged YAML is answered with findings, never with a crash`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures + "/small-study")
        var numbers = Numbers(state: 7)
        for name in ["study.yaml", "questionnaire.yaml", "indicators.yaml"] {
            let whole = try folder.bytes(of: name)
            for _ in 0..<12 {
                var bytes = Array(whole)
                for _ in 0..<4 {
                    bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...127, using: &numbers)
                }
                try folder.write(Data(bytes.prefix(Int.random(in: 1...bytes.count, using: &numbers))), to: name)
                let result = try folder.saual("check study.yaml questionnaire.yaml indicators.yaml")
                #expect(result.status == 0 || result.status == 1, "\(name) \(result.status)")
            }
            try folder.write(whole, to: name)
        }
        #expect(try folder.saual("check study.yaml").status == 0)
    }

    @Test(arguments: ["\"", ""])
    func `a cell of 300 megabytes is refused with its place, in little memory`(quote: String) throws {
        let folder = try TemporaryFolder()
        for command in ["describe -", "estimate - --share q", "import - --study s.saual --wave 1"] {
            // Held to 250 MB of address space: more would end the program.
            let cell = "{ printf 'id,q\\n1,\(quote)'; head -c 300000000 /dev/zero | tr '\\0' a; printf '\(quote)\\n'; }"
            let line = "\(cell) | (ulimit -v 250000; exec saual \(command))"
            let result = try Saual.bash(line, in: folder.path)
            #expect(result.status == 3)
            let what = quote.isEmpty ? "A cell is too large" : "A cell in quotes does not end"
            let fix =
                quote.isEmpty
                ? "check that this is the file you meant and that its delimiter is right"
                : "close the quote of this cell, or double the quotes inside it"
            let message = """
                \(what)
                  where: -:2, row 1
                  why:   a cell may have at most 1048576 bytes; the one from byte offset 7 has more
                  fix:   \(fix)

                """
            #expect(result.errors == message)
        }
        #expect(try folder.contents().isEmpty)
    }

    @Test func `a file of 300 megabytes of nothing is refused at its first NUL byte`() throws {
        let folder = try TemporaryFolder()
        #expect(
            try Saual.bash("printf 'q\\n' > sparse.csv && truncate -s 300M sparse.csv", in: folder.path).status == 0)
        let result = try Saual.bash("ulimit -v 250000; exec saual describe sparse.csv", in: folder.path)
        #expect(
            result.status == 3
                && result.errors.hasPrefix("\"sparse.csv\" has a NUL byte\n  where: sparse.csv:2, row 1\n"))
    }

    @Test func `a file that is cut off in the middle of a row loses that row by name, not silently`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        let whole = try folder.bytes(of: "good.csv")
        try folder.write(whole.dropLast(6), to: "cut.csv")
        let result = try folder.saual("describe cut.csv")
        #expect(result.status == 1 && result.errors.contains("cut.csv:13, row 12"), "\(result.errors)")
    }

    @Test func `very many columns and very deep conditions are refused or read, never a crash`() throws {
        let folder = try TemporaryFolder(copying: Saual.fixtures)
        try folder.write((1...70_000).map { "c\($0)" }.joined(separator: ",") + "\n", to: "wide.csv")
        #expect(try folder.saual("describe wide.csv").status == 3)
        let deep = String(repeating: "(", count: 20_000) + "age = 1" + String(repeating: ")", count: 20_000)
        let nested = try folder.saual("estimate good.csv --count --where |\(deep)|")
        #expect(nested.status == 2 && nested.errors.contains("  why:   "))
        let long = (0..<3_000).map { "age = \($0)" }.joined(separator: " or ")
        #expect(
            HostileInputTests.ownCodes.contains(try folder.saual("estimate good.csv --count --where |\(long)|").status))
    }

    @Test func `damaged study files are found out: by verify, or by whoever reads the damaged part`() throws {
        let folder = try PreparedStudy.small()
        let whole = try folder.bytes(of: "small-study.saual")
        let commands = [
            "describe damaged.saual", "estimate damaged.saual --share sex", "indicators damaged.saual",
            "verify damaged.saual",
        ]
        let right = try commands.dropLast().map { line in
            try folder.saual(line.replacingOccurrences(of: "damaged", with: "small-study")).output
        }
        var numbers = Numbers(state: 99)
        var foundOut = 0
        for round in 0..<30 {
            var bytes = Array(whole)
            // A page is mostly empty in so small a file; what is nobody's data may be damaged unnoticed.
            var place = 0
            repeat { place = Int.random(in: 0..<bytes.count, using: &numbers) } while bytes[place] == 0
            for offset in place..<min(place + 16, bytes.count) {
                bytes[offset] ^= UInt8.random(in: 1...255, using: &numbers)
            }
            try folder.write(Data(bytes), to: "damaged.saual")
            var codes: [Int32] = []
            for (position, line) in commands.enumerated() {
                let result = try folder.saual(line)
                codes.append(result.status)
                #expect(
                    result.status == 0 || result.status == 3, "round \(round) at \(place): \(line) \(result.status)")
                // What is printed is right, or nothing is printed.
                if position < right.count, result.status == 0 { #expect(result.output == right[position], "\(place)") }
            }
            if codes.last == 3 { foundOut += 1 }
        }
        #expect(foundOut >= 20)
    }

    @Test func `a file cut short, a strange file and an empty file are no study files`() throws {
        let folder = try PreparedStudy.small()
        try folder.write(folder.bytes(of: "small-study.saual").prefix(20_000), to: "cut.saual")
        let cut = try folder.saual("verify cut.saual")
        #expect(cut.status == 3 && cut.output.isEmpty)
        let message = """
            Study file "cut.saual" is damaged
              where: cut.saual
              why:   SQLite says: database disk image is malformed
              fix:   make the study file anew from the raw files, or take a copy that is whole

            """
        #expect(cut.errors == message)
        try folder.write("id,sex\n", to: "text.saual")
        #expect(try folder.saual("verify text.saual").errors.hasPrefix("\"text.saual\" is not a study file\n"))
        try folder.write("", to: "empty.saual")
        #expect(try folder.saual("describe empty.saual").status == 3)
        let json = try folder.saual("verify cut.saual --format json")
        #expect(json.status == 3)
    }
}
