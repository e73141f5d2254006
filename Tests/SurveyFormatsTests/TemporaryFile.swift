import Foundation
import SurveyFormats
import SurveyProblems

/// A file that is deleted when the test is done with it.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8], name: String = "data.csv") throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("formats-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appendingPathComponent(name).path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
}

/// A file as a reader gives it, or the problem that stopped the reading.
struct ReadResult: Equatable, CustomStringConvertible {
    struct Row: Equatable {
        var number: Int
        var line: Int
        var cells: [String]
        var raw: String
    }

    struct Rejected: Equatable {
        var code: String
        var row: Int
        var line: Int
        var raw: String
    }

    var columns: [String] = []
    var rows: [Row] = []
    var rejected: [Rejected] = []
    var problem: Problem?
    var findings: [String] = []

    var cells: [[String]] { rows.map(\.cells) }

    var description: String {
        "\(columns) \(rows) \(rejected) \(problem.map { $0.code + " " + $0.why.description } ?? "")"
    }

    init(path: String, _ options: FormatOptions = FormatOptions()) {
        do throws(Problem) {
            let reader = try FormatCatalog.open(path, options: options)
            columns = reader.columns
            let batch = RawBatch()
            while try reader.fill(batch) {
                for row in 0..<batch.rowCount {
                    rows.append(
                        Row(
                            number: batch.rowNumbers[row], line: batch.lines[row],
                            cells: (0..<batch.columnCount).map { batch.text(row, $0) },
                            raw: String(decoding: batch.raw(row), as: UTF8.self)))
                }
                findings += batch.findings.map { finding in
                    let problem = finding.problem(columns: reader.columns)
                    return "\(problem.code) \(finding.row ?? 0) \(problem.place.column ?? "")"
                }
                rejected += batch.rejected.map {
                    Rejected(
                        code: $0.problem.code, row: $0.row, line: $0.line, raw: String(decoding: $0.raw, as: UTF8.self))
                }
            }
        } catch {
            problem = error
            problem?.place.file = nil
        }
    }

    init(_ bytes: [UInt8], _ options: FormatOptions = FormatOptions(), name: String = "data.csv") throws {
        let file = try TemporaryFile(bytes, name: name)
        self.init(path: file.path, options)
        withExtendedLifetime(file) {}
    }

    init(_ text: String, _ options: FormatOptions = FormatOptions(), name: String = "data.csv") throws {
        try self.init(Array(text.utf8), options, name: name)
    }
}
