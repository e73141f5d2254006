internal import SurveyProblems

/// Collects findings; those of one code, column and value become one, so that memory is bounded whatever the file holds.
final class FindingLog {
    private struct Key: Hashable {
        let code: String
        let column: String?
        let value: String
    }

    private struct Entry {
        var problem: Problem
        var total: Int
    }

    private let file: String
    private var entries: [Entry] = []
    private var positions: [Key: Int] = [:]
    private var valuesByColumn: [Key: Int] = [:]
    private var counts: [(code: String, count: Int)] = []
    private var countPositions: [String: Int] = [:]
    /// Findings that have no entry of their own.
    private var unlisted = 0

    /// Different values of one column that are listed.
    private static let valueLimit = 20
    private static let entryLimit = 1000

    init(file: String) { self.file = file }

    /// Adds one occurrence; `problem` is made only for the first of its kind.
    func add(
        _ code: String, column: String? = nil, value: String = "", row: Int? = nil, count: Int = 1, _ problem: () -> Problem
    ) {
        if let position = countPositions[code] {
            counts[position].count += count
        } else {
            countPositions[code] = counts.count
            counts.append((code, count))
        }
        let key = Key(code: code, column: column, value: value)
        if let position = positions[key] {
            entries[position].total += count
            if let row, entries[position].problem.place.rows.count < 10 { entries[position].problem.place.rows.append(row) }
            return
        }
        let columnKey = Key(code: code, column: column, value: "")
        guard entries.count < FindingLog.entryLimit, valuesByColumn[columnKey, default: 0] < FindingLog.valueLimit else {
            unlisted += count
            return
        }
        valuesByColumn[columnKey, default: 0] += 1
        var first = problem().placed(file: file)
        first.place.column = first.place.column ?? column
        if let row { first.place.rows = [row] }
        positions[key] = entries.count
        entries.append(Entry(problem: first, total: count))
    }

    /// All findings in the order of their first occurrence.
    var problems: [Problem] {
        let listed = entries.map { entry in
            var problem = entry.problem
            problem.place.rowsTotal = entry.total > problem.place.rows.count && !problem.place.rows.isEmpty ? entry.total : nil
            return problem
        }
        return unlisted == 0 ? listed : listed + [.moreFindings(unlisted).placed(file: file)]
    }

    /// How often each code occurred.
    var totals: [(code: String, count: Int)] { counts }

    /// The beginning of a cell, short enough for a message.
    static func shown(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var end = min(bytes.count, 60)
        if end == bytes.count { return String(decoding: bytes, as: UTF8.self) }
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[..<end]), as: UTF8.self) + "…"
    }
}

extension Problem {
    /// Findings beyond those that are listed.
    static func moreFindings(_ count: Int) -> Problem {
        Problem(
            "import.more-findings", .finding, what: "\(count) more findings are not listed",
            why: "at most 20 values of a column and 1000 findings in all are listed one by one",
            fix: "correct those that are listed and import again")
    }
}
