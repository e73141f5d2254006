import Foundation
import Glibc
import SurveyFormats
import SurveyProblems
import Testing
import SurveyTestSupport

struct CSVHostileTests {
    private static let windows = [1, 7, 61, 4096, 1 << 20]

    @Test func `random bytes and random separators never trap, and no window changes the result`() throws {
        var random = SeededGenerator(seed: 7)
        let tokens: [[UInt8]] = [
            [0x2C], [0x0A], [0x22], [0x0D], [0x3B], [0x09], [0x22, 0x22], [0x22, 0x2C, 0x22], [0x31], [0x61, 0x62],
            [0xD0, 0xB4], [0xE2, 0x82, 0xAC],
        ]
        for round in 0..<400 {
            var bytes: [UInt8] = round % 4 == 0 ? [] : Array("a,b,c\n".utf8)
            for _ in 0..<Int.random(in: 0..<300, using: &random) {
                if round % 3 == 0, Int.random(in: 0..<40, using: &random) == 0 {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                } else {
                    bytes += tokens[Int.random(in: 0..<tokens.count, using: &random)]
                }
            }
            let file = try TemporaryFile(bytes)
            let whole = ReadResult(path: file.path, FormatOptions(delimiter: "comma"))
            for window in Self.windows {
                let other = ReadResult(path: file.path, FormatOptions(delimiter: "comma", window: window))
                #expect(other == whole, "round \(round), window \(window)")
            }
        }
    }

    @Test func `a file cut off anywhere is read to a clear end`() throws {
        let text = "id,text\n1,\"a \"\"b\"\"\nc\"\n2,\"ә\"\n"
        for length in 0..<text.utf8.count {
            let result = try ReadResult(Array(text.utf8.prefix(length)))
            if let problem = result.problem { #expect(problem.kind == .input) }
            #expect(result.rows.count <= 2)
        }
    }

    @Test(arguments: [7, 1 << 18]) func `a quote that never ends is told with its line`(window: Int) throws {
        let problem = try #require(try ReadResult("a,b\n1,2\n3,\"x\n4,5\n", FormatOptions(window: window)).problem)
        #expect(problem.code == "formats.open-quote")
        #expect(problem.place.line == 3)
        #expect(problem.place.rows == [2])
        #expect(problem.why == "each opening quote needs a closing one; the one at byte offset \(10) has none")
    }

    @Test(arguments: [4096, 1 << 18, 1 << 22]) func `a cell above a mebibyte is refused, in quotes or not`(window: Int)
        throws
    {
        let long = String(repeating: "x", count: (1 << 20) + 1)
        let options = FormatOptions(window: window)
        let bare = try #require(try ReadResult("a,b\n1,2\n3,\(long)\n4,5\n", options).problem)
        #expect(bare.code == "formats.cell-too-large")
        #expect(bare.place.rows == [2])
        #expect(bare.why == "a cell may have at most \(1 << 20) bytes; the one from byte offset \(10) has more")
        let quoted = try #require(try ReadResult("a,b\n1,2\n3,\"\(long)\"\n4,5\n", options).problem)
        #expect(quoted.code == "formats.quote-too-long")
        #expect(quoted.place.line == 3)
        let allowed = try ReadResult("a,b\n1,2\n3,\(long.dropLast())\r\n4,5\n", options)
        #expect(allowed.problem == nil)
        #expect(allowed.rows.count == 3)
    }

    @Test(arguments: [1 << 18, 1 << 22]) func `a row above sixteen mebibytes is refused`(window: Int) throws {
        let part = String(repeating: "x", count: 1 << 19)
        let row = (0..<33).map { _ in part }.joined(separator: ",")
        let problem = try #require(try ReadResult("a,b\n1,2\n\(row)\n3,4\n", FormatOptions(window: window)).problem)
        #expect(problem.code == "formats.record-too-large")
        #expect(problem.place.rows == [2])
    }

    @Test func `a cell of 300 MB is refused before it fills memory`() throws {
        let file = try TemporaryFile(Array("a,b\n1,".utf8))
        let handle = try #require(FileHandle(forWritingAtPath: file.path))
        try handle.seekToEnd()
        let part = Data(repeating: 0x78, count: 1 << 20)
        for _ in 0..<300 { try handle.write(contentsOf: part) }
        try handle.close()
        let before = Self.peakMemory
        let reader = try CSVReader(path: file.path, options: FormatOptions(), onBytes: nil)
        let batch = RawBatch()
        let problem = #expect(throws: Problem.self) { while try reader.fill(batch) {} }
        #expect(problem?.code == "formats.cell-too-large")
        #expect(reader.bytesRead < 8 << 20)
        #expect(Self.peakMemory - before < 64 << 20)
    }

    @Test func `a record of separators alone does not fill memory with cells`() throws {
        let problem = try ReadResult("a,b\n" + String(repeating: ",", count: 20 << 20) + "\n").problem
        #expect(problem?.code == "formats.record-too-large")
    }

    private static var peakMemory: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }
}
