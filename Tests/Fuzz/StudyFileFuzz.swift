// A study file with bytes changed: each five bytes of the input are a place (32 bits) and the new byte there.
import Glibc
import SurveyData
import SurveyProblems
import SurveyStore

private let path = ".build-fuzz/changed.saual"

/// A whole study file, made once.
private let whole: [UInt8] = {
    do throws(Problem) {
        let file = try StudyFile(writing: path, creating: true, program: "fuzz")
        let transaction = try file.beginImport(wave: "1", replacing: false)
        let columns = [
            ColumnDescription(name: "a", kind: .answers, dictionary: ["1", "2"]),
            ColumnDescription(name: "t", kind: .text, dictionary: ["x", "y"]),
            ColumnDescription(name: "n", kind: .number),
        ]
        let bytes = (0..<900).map { UInt8($0 % 2) }
        let chunks = [ColumnChunk.Encoding.uint8, .uint8, .int8].map {
            ColumnChunk(rowCount: bytes.count, encoding: $0, bytes: bytes)
        }
        for number in 0..<3 { try transaction.append(chunks, chunkNumber: number) }
        try transaction.append(findings: [Problem("a.b", .finding, what: "w \(1)", why: "y", fix: "f")])
        try transaction.append(quarantined: [QuarantineRecord(row: 1, line: 2, code: "a.b", text: bytes)])
        try transaction.commit(ImportSummary(fileName: "w.csv", sha256: "", rowsRead: 2_700, columns: columns))
        try file.record(StepRecord(name: "s", stamp: "t"))
    } catch { abort() }
    return (try? InputFile.bytes(of: path)) ?? []
}()

@_cdecl("LLVMFuzzerTestOneInput") public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    var bytes = whole
    guard let start, bytes.count > 0 else { return 0 }
    for change in 0..<count / 5 {
        let here = start + change * 5
        let place = (0..<4).reduce(0) { $0 << 8 | Int(here[$1]) }
        bytes[place % bytes.count] = here[4]
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard write(descriptor, bytes, bytes.count) == bytes.count, close(descriptor) == 0 else { abort() }
    do throws(Problem) {
        let file = try StudyFile(reading: path)
        _ = try file.verify()
        for wave in try file.waves() {
            _ = try file.table(of: wave.name, columns: try file.columnNames(of: wave.name))
            _ = try file.findings(of: wave.name)
            _ = try file.quarantine(of: wave.name)
        }
    } catch {}
    return 0
}
