import Foundation
import SurveyData
import SurveyProblems
import SurveyStore
import Testing
import SurveyTestSupport

/// A wave whose every value follows from its row, so that a reader can tell it whole.
struct SyntheticWave {
    var rows: Int
    var chunkRows = ColumnChunk.fullRows
    var name = "1"

    static let descriptions: [ColumnDescription] = [
        ColumnDescription(name: "sex", kind: .answers, dictionary: ["1", "2"]),
        ColumnDescription(name: "district", kind: .answers, dictionary: (0..<300).map { "d\($0)" }),
        ColumnDescription(name: "age", kind: .number),
        ColumnDescription(name: "weight", kind: .number),
        ColumnDescription(name: "day", kind: .date),
        ColumnDescription(name: "comment", kind: .text, dictionary: ["жақсы", "", "a,\"b\"\n"], isPrivate: true),
        ColumnDescription(name: "channel", kind: .set),
        ColumnDescription(name: "channel[1]", kind: .item),
    ]

    var chunkCount: Int { (rows + chunkRows - 1) / chunkRows }

    func chunks(_ number: Int) -> [ColumnChunk] {
        let range = number * chunkRows..<min(rows, (number + 1) * chunkRows)
        func bytes<Value>(_ value: (Int) -> Value) -> [UInt8] {
            range.flatMap { row in withUnsafeBytes(of: value(row)) { Array($0) } }
        }
        return [
            chunk(range, .uint8, bytes { $0 % 10 == 9 ? 245 : UInt8($0 % 2) }),
            chunk(range, .uint16, bytes { $0 % 10 == 9 ? 0xFF00 + 246 : UInt16($0 % 300) }),
            chunk(range, .int8, bytes { Int8($0 % 90) }, kinds: bytes { $0 % 10 == 9 ? 243 : UInt8(0) }),
            chunk(range, .float64, bytes { Double($0) * 0.1 }),
            chunk(range, .int32, bytes { Int32(18_000 + $0 % 365) }),
            chunk(range, .uint8, bytes { $0 % 10 == 9 ? 241 : UInt8($0 % 3) }),
            chunk(range, .uint8, bytes { $0 % 10 == 9 ? 241 : UInt8(0) }),
            chunk(range, .uint8, bytes { $0 % 10 == 9 ? 241 : UInt8($0 % 2) }),
        ]
    }

    private func chunk(_ range: Range<Int>, _ encoding: ColumnChunk.Encoding, _ bytes: [UInt8], kinds: [UInt8] = [])
        -> ColumnChunk
    {
        ColumnChunk(rowCount: range.count, encoding: encoding, bytes: bytes, kinds: kinds)
    }

    var summary: ImportSummary {
        ImportSummary(
            fileName: "/data/wave.csv", sha256: String(repeating: "ab", count: 32), options: #"{"encoding":"utf-8"}"#,
            questionnaire: Array("saual: questionnaire/1\n".utf8), rowsRead: rows, columns: SyntheticWave.descriptions)
    }

    @discardableResult
    func store(in file: StudyFile, replacing: Bool = false) throws -> WaveRecord {
        let transaction = try file.beginImport(wave: name, replacing: replacing)
        for number in 0..<chunkCount { try transaction.append(chunks(number), chunkNumber: number) }
        return try transaction.commit(summary)
    }

    /// True if the file gives back every value.
    func isWhole(in file: StudyFile) throws -> Bool {
        let columns = try file.columns(named: ["sex", "district", "age", "weight", "day", "comment"], of: name)
        guard columns.allSatisfy({ $0.rowCount == rows }),
            case .bytes(let sex) = columns[0].values, case .words(let district) = columns[1].values,
            case .numbers(let age, let kinds) = columns[2].values,
            case .numbers(let weight, let none) = columns[3].values,
            case .numbers(let day, _) = columns[4].values, case .indexes(let comment) = columns[5].values,
            kinds.count == rows, none.isEmpty
        else { return false }
        return (0..<rows).allSatisfy { row in
            let isMissing = row % 10 == 9
            return sex[row] == (isMissing ? 245 : UInt8(row % 2))
                && district[row] == (isMissing ? 0xFFF6 : UInt16(row % 300))
                && kinds[row] == (isMissing ? 243 : 0) && age[row] == Double(row % 90)
                && weight[row] == Double(row) * 0.1
                && day[row] == Double(18_000 + row % 365)
                && comment[row] == (isMissing ? 0xFFFF_FFF1 : UInt32(row % 3))
        }
    }
}

/// Opens a new study file.
func newStudyFile(in folder: TemporaryFolder, _ name: String = "s.saual") throws -> StudyFile {
    try StudyFile(writing: folder.file(name), creating: true, program: "saual test")
}
