import Foundation
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct WeightingSidecarTests {
    private static let hash = String(repeating: "0a", count: 32)

    private func sidecar() throws -> WeightingSidecar {
        let sample = Sample(
            columns: [("s", ["1", "2", "2", "1"]), ("r", ["x", "x", "y", "y"])], weights: [1.1, 2, 0, 4])
        let margins = WeightingTargets([("s", [("1", 10), ("2", 20)]), ("r", [("x", 24), ("y", 6)])])
        let fit = try sample.fitted(Calibration(method: .rake), margins).get()
        let archive = WeightingArchive(
            record: CalibrationRecord(steps: [fit.step]),
            summary: WeightingSummary(
                steps: [.init("base", weights: sample.weights), .init("rake", weights: fit.weights, iterations: 3)],
                margins: fit.margins))
        let recipe = JSONText.object([
            ("base", .string("b\"1\"\n")), ("steps", .array([.number(0.1), .integer(12), .null, .bool(true)])),
        ])
        return WeightingSidecar(
            program: "saual 0", sha256: WeightingSidecarTests.hash, rowCount: 4,
            weights: [
                .init(column: "вес 1", recipe: recipe, values: fit.weights, archive: archive),
                .init(
                    column: "w2", recipe: .object([]), values: [1, 0.1 + 0.2, 0, .leastNonzeroMagnitude],
                    archive: WeightingArchive(record: nil, summary: WeightingSummary(steps: [], margins: []))),
            ])
    }

    private func code(of bytes: [UInt8]) -> String? {
        do throws(Problem) {
            _ = try WeightingSidecar(parsing: bytes, file: "w.csv.calibration.json")
            return nil
        } catch {
            #expect(error.place.file == "w.csv.calibration.json" && error.kind == .input)
            #expect(error.translationFaults == [])
            return error.code
        }
    }

    @Test func `a record comes back from its file to the last bit`() throws {
        let made = try sidecar()
        let found = try WeightingSidecar(parsing: made.bytes, file: "x")
        #expect(found.bytes == made.bytes)
        #expect(found.sha256 == WeightingSidecarTests.hash && found.rowCount == 4 && found.program == "saual 0")
        #expect(found.weights.map(\.column) == ["вес 1", "w2"])
        #expect(found.weight(in: "w2")?.values == [1, 0.1 + 0.2, 0, .leastNonzeroMagnitude])
        #expect(found.weight(in: "w2")?.archive.record == nil && found.weight(in: "w3") == nil)
        let (first, second) = (try #require(made.weights.first), try #require(found.weights.first))
        #expect(first.archive.record == second.archive.record && first.values == second.values)
        #expect(second.recipe == first.recipe)
    }

    @Test func `the file is one line of JSON that tells its recipe and what each fit met`() throws {
        let bytes = try sidecar().bytes
        #expect(bytes.last == 10 && bytes.dropLast().allSatisfy { $0 != 10 })
        let tree = try JSONDecoder().decode(JSONTree.self, from: Data(bytes))
        #expect(tree["saual"].string == "calibration/2" && tree["rows"].double == 4)
        let weight = tree["weights"][0]
        #expect(weight["fits"][0]["method"].string == "rake")
        #expect(weight["fits"][0]["margins"].array.map { $0[0].string } == ["s", "r"])
        // The raking of three rows is exact: row 2 stands for "2" in "x" alone, so row 1 gets the rest of "x".
        #expect(isClose(weight["fits"][0]["g_weights"][1].double ?? 0, 10))
        #expect(weight["steps"][1]["iterations"].double == 3)
    }

    @Test func `what is cut off, changed or of another kind is a problem with a name`() throws {
        let bytes = try sidecar().bytes
        let text = String(decoding: bytes, as: UTF8.self)
        func code(_ old: String, _ new: String) -> String? {
            let changed = text.replacing(old, with: new)
            #expect(changed != text, "\(old)")
            return self.code(of: Array(changed.utf8))
        }
        #expect(self.code(of: bytes) == nil)
        #expect(self.code(of: []) == "weighting.sidecar-unreadable")
        #expect(self.code(of: Array(bytes.prefix(bytes.count / 2))) == "weighting.sidecar-unreadable")
        #expect(self.code(of: Array("PK\u{3}\u{4}".utf8)) == "weighting.sidecar-unreadable")
        #expect(self.code(of: [0x7B, 0, 0x7D]) == "weighting.sidecar-unreadable")
        #expect(self.code(of: Array("{}".utf8)) == "weighting.sidecar-format")
        #expect(self.code(of: Array("[1, 2]".utf8)) == "weighting.sidecar-format")
        #expect(code("calibration/2", "calibration/3") == "weighting.sidecar-format")
        #expect(code("calibration/2", "report/1") == "weighting.sidecar-format")
        #expect(code("\"sha256\":\"0a", "\"sha256\":\"") == "weighting.sidecar-part")
        #expect(code("\"rows\":4", "\"rows\":\"many\"") == "weighting.sidecar-part")
        #expect(code("\"rows\":4", "\"rows\":-1") == "weighting.sidecar-part")
        #expect(code("\"rows\":4", "\"rows\":5") == "weighting.sidecar-rows")
        #expect(code("\"weights\":[", "\"weights\":4,\"other\":[") == "weighting.sidecar-part")
        #expect(code("\"column\":\"w2\"", "\"column\":\"\"") == "weighting.sidecar-part")
        #expect(code("\"column\":\"w2\"", "\"column\":\"вес 1\"") == "weighting.sidecar-twice")
        #expect(code("\"recipe\":{}", "\"recipe\":1") == "weighting.sidecar-part")
        #expect(code("\"values\":{", "\"value\":{") == "weighting.sidecar-part")
        #expect(code("\"record\":{", "\"record\":1,\"other\":{") == "weighting.sidecar-part")
        #expect(code("\"base64\":\"B", "\"base64\":\"C") == "weighting.sidecar-changed")
        #expect(code("\"base64\":\"", "\"base64\":\"!") == "weighting.sidecar-changed")
        #expect(code("\"crc32\":", "\"crc32\":1") != nil)
    }

    @Test func `damage never traps, and no changed digit of the numbers goes unseen`() throws {
        let bytes = try sidecar().bytes
        var numbers = SeededGenerator(seed: 71)
        for _ in 0..<1_500 {
            var changed = bytes
            changed[numbers.below(bytes.count)] = UInt8(numbers.below(256))
            _ = try? WeightingSidecar(parsing: changed, file: "x")
        }
        for count in stride(from: 0, to: bytes.count - 2, by: 7) {
            #expect(code(of: Array(bytes.prefix(count))) != nil)
        }
    }

    @Test func `a file is found beside its data, and an old one is not written over unasked`() throws {
        let folder = try TemporaryFolder()
        let data = folder.file("w.csv")
        #expect(try WeightingSidecar.read(beside: data) == nil && (try WeightingSidecar.read(beside: "-")) == nil)
        let made = try sidecar()
        try made.write(beside: data, replacing: false)
        #expect(try WeightingSidecar.read(beside: data)?.bytes == made.bytes)
        #expect(throws: Problem.self) { try made.write(beside: data, replacing: false) }
        #expect(throws: Problem.self) { try WeightingSidecar.check(beside: data, replacing: false) }
        try made.write(beside: data, replacing: true)
        // A folder, and a link that leads nowhere, stand in the place of the file.
        try FileManager.default.createDirectory(
            atPath: folder.file("d.csv.calibration.json"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("l.csv.calibration.json"), withDestinationPath: folder.file("nowhere"))
        for name in ["d.csv", "l.csv"] {
            do throws(Problem) {
                _ = try WeightingSidecar.read(beside: folder.file(name))
                Issue.record("\(name) was read")
            } catch { #expect(error.code == "problems.unreadable-file") }
        }
    }

    @Test func `Base64 and CRC-32 give what their standards print`() {
        // RFC 4648, section 10; the check value of CRC-32 (ISO 3309) for "123456789".
        let pairs = [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ]
        for (plain, text) in pairs {
            #expect(Base64.text(Array(plain.utf8)) == text && Base64.bytes(text) == Array(plain.utf8))
        }
        for wrong in ["Z", "Zg=", "Zg", "====", "Z===", "Zg==Zg==", "Zm9=v", "Zm 9"] {
            #expect(Base64.bytes(wrong) == nil, "\(wrong)")
        }
        #expect(Base64.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        let all = (0..<256).map { UInt8($0) }
        #expect(Base64.bytes(Base64.text(all)) == all)
    }

    @Test func `a weight made from a made weight has the fits of both behind it`() throws {
        let record = try #require(try sidecar().weights[0].archive.record)
        let both = try #require(CalibrationRecord.joining(record, record))
        #expect(both.steps == record.steps + record.steps)
        #expect(CalibrationRecord.joining(nil, record) == record && CalibrationRecord.joining(record, nil) == record)
        let issued = AdjustmentRecord(
            rule: .nonresponse, groupOfRow: [0, 0, 6, 1], cellCount: 1, before: [1, 1, 0, 1])
        let early = CalibrationRecord(steps: [], adjustments: [issued])
        // Each step is done again in replicates where it was done, before or after the fits.
        #expect(CalibrationRecord.joining(early, early)?.adjustments.map(\.fitsBefore) == [0, 0])
        #expect(CalibrationRecord.joining(record, early)?.adjustments.map(\.fitsBefore) == [record.steps.count])
    }
}
