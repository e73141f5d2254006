// A process that the tests of SurveyStore start, to kill it, starve it of disk space, or find it holding a lock.
//
//     StoreWriter loop PATH          imports wave "2" again and again, each time a new generation, and says so at each start
//     StoreWriter limited PATH SIZE  imports wave "2" once where no file may grow beyond SIZE bytes; prints the problem
//     StoreWriter weights PATH       keeps the weight "raked" of wave "1" again and again, each time a new generation
//     StoreWriter hold PATH          begins an import, says so, and holds it until standard input ends
import Glibc
import SurveyData
import SurveyProblems
import SurveyStore

@main
struct StoreWriter {
    static let rows = 20_000

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else { exit(2) }
        do throws(Problem) {
            switch arguments[1] {
            case "loop":
                let file = try StudyFile(writing: arguments[2], creating: true, program: "StoreWriter")
                for generation in 1... {
                    print(generation)
                    fflush(nil)
                    try importWave(generation, into: file)
                }
            case "weights":
                let file = try StudyFile(writing: arguments[2], creating: false, program: "StoreWriter")
                let rows = try file.wave(named: "1").rowsImported
                for generation in 1... {
                    print(generation)
                    fflush(nil)
                    let weight = StoredWeight(
                        name: "raked", values: [Double](repeating: Double(generation), count: rows),
                        recipe: String(generation), record: [UInt8](repeating: 1, count: 3 << 20))
                    try file.keep(weight, of: "1", replacing: true)
                }
            case "limited":
                signal(SIGXFSZ, SIG_IGN)
                let size = UInt(arguments.last ?? "") ?? 0
                var limit = rlimit(rlim_cur: size, rlim_max: size)
                setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
                try importWave(1, into: StudyFile(writing: arguments[2], creating: false, program: "StoreWriter"))
            case "hold":
                let file = try StudyFile(writing: arguments[2], creating: false, program: "StoreWriter")
                let transaction = try file.beginImport(wave: "held", replacing: false)
                print("held")
                fflush(nil)
                while getchar() != EOF {}
                transaction.rollBack()
            default: exit(2)
            }
        } catch {
            print(error.code)
            exit(error.kind.exitCode)
        }
    }

    /// Imports a wave whose values tell its generation, with enough quarantined text to spill to disk before the commit.
    private static func importWave(_ generation: Int, into file: StudyFile) throws(Problem) {
        let transaction = try file.beginImport(wave: "2", replacing: true)
        let rowsPerChunk = rows / 4
        for number in 0..<4 {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(rowsPerChunk * 4)
            for row in 0..<rowsPerChunk {
                let value = UInt32(truncatingIfNeeded: number * rowsPerChunk + row + generation).littleEndian
                withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
            }
            let texts = (0..<30).map { row in
                QuarantineRecord(
                    row: row, line: row + 1, code: "import.ragged-row",
                    text: [UInt8](repeating: UInt8(truncatingIfNeeded: generation), count: 100_000))
            }
            try transaction.append(
                [ColumnChunk(rowCount: rowsPerChunk, encoding: .int32, bytes: bytes)], chunkNumber: number)
            try transaction.append(quarantined: texts)
        }
        try transaction.commit(
            ImportSummary(
                fileName: "2.csv", sha256: "", options: String(generation), rowsRead: rows + 120,
                columns: [ColumnDescription(name: "n", kind: .number)]))
    }
}
