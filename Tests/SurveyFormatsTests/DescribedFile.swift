import Foundation
import SurveyProblems
import SurveyTestSupport

@testable import SurveyFormats

/// A file as its reader gives it, with what it says of itself, or the problem that stopped the reading.
struct DescribedFile {
    var columns: [String] = []
    var cells: [[String]] = []
    var codebook: FileCodebook?
    var problem: Problem?
    /// Bytes that the observer saw.
    var seen = 0

    static let folder = ReferenceFolder.url.appendingPathComponent("files")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    init(reference name: String, _ options: FormatOptions = FormatOptions()) {
        self.init(path: Self.folder.appendingPathComponent(name).path, options)
    }

    init(path: String, _ options: FormatOptions = FormatOptions()) {
        let counter = ByteCounter()
        do throws(Problem) {
            let reader = try FormatCatalog.open(path, options: options, onBytes: { counter.count += $0.count })
            columns = reader.columns
            codebook = reader.codebook
            let batch = RawBatch()
            while try reader.fill(batch) {
                for row in 0..<batch.rowCount {
                    cells.append((0..<batch.columnCount).map { batch.text(row, $0) })
                }
            }
        } catch {
            problem = error
        }
        seen = counter.count
    }

    init(_ bytes: [UInt8], name: String, _ options: FormatOptions = FormatOptions()) throws {
        let file = try TemporaryFile(bytes, name: name)
        self.init(path: file.path, options)
        withExtendedLifetime(file) {}
    }

    func variable(_ name: String) -> FileVariable? { codebook?[name] }
}

/// Counts on the one thread that reads.
private final class ByteCounter: @unchecked Sendable {
    var count = 0
}
