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
    private var counts: [String: Int] = [:]
    /// Findings that have no entry of their own.
    private var unlisted = 0
    /// Different values of one column that are kept.
    private let valueLimit: Int

    /// The most findings that are listed.
    private static let listLimit = 1000

    /// A log for a file of which so many columns are read; the more there are, the fewer values of each are kept.
    init(file: String, columnCount: Int) {
        self.file = file
        valueLimit = max(1, min(20, FindingLog.listLimit / max(1, columnCount)))
    }

    /// Adds one occurrence; `problem` is made only for the first of its kind.
    func add(_ code: String, column: String? = nil, value: String = "", row: Int? = nil, _ problem: () -> Problem) {
        add(
            code, column: column, value: value, rows: CollectionOfOne(row ?? 0).prefix(row == nil ? 0 : 1), count: 1,
            problem)
    }

    /// Adds many occurrences of one kind, of which the first ten rows are enough.
    func add(
        _ code: String, column: String?, value: String = "", rows: some Collection<Int>, count: Int,
        _ problem: () -> Problem
    ) {
        counts[code, default: 0] += count
        let key = Key(code: code, column: column, value: value)
        if let position = positions[key] {
            entries[position].total += count
            let room = 10 - entries[position].problem.place.rows.count
            if room > 0 { entries[position].problem.place.rows += rows.prefix(room) }
            return
        }
        let columnKey = Key(code: code, column: column, value: "")
        guard valuesByColumn[columnKey, default: 0] < valueLimit else {
            unlisted += count
            return
        }
        valuesByColumn[columnKey, default: 0] += 1
        var first = problem().placed(file: file)
        first.place.column = first.place.column ?? column
        if !rows.isEmpty { first.place.rows = Array(rows.prefix(10)) }
        positions[key] = entries.count
        entries.append(Entry(problem: first, total: count))
    }

    /// The findings in the order of their first rows, those without a row first; the last one counts what is not listed.
    ///
    /// Cells are looked at column by column and window by window, so the order of entries follows the window; that of
    /// first rows does not.
    var problems: [Problem] {
        let listed = sorted.prefix(FindingLog.listLimit).map { entry in
            var problem = entry.problem
            problem.place.rowsTotal =
                entry.total > problem.place.rows.count && !problem.place.rows.isEmpty ? entry.total : nil
            return problem
        }
        let rest = sorted.dropFirst(FindingLog.listLimit).reduce(unlisted) { $0 + $1.total }
        return rest == 0 ? listed : listed + [.moreFindings(rest).placed(file: file)]
    }

    /// How often each code occurred, in the order of the findings.
    var totals: [(code: String, count: Int)] {
        var seen: Set<String> = []
        return sorted.compactMap { entry in
            let code = entry.problem.code
            return seen.insert(code).inserted ? (code, counts[code] ?? 0) : nil
        }
    }

    private var sorted: [Entry] {
        entries.enumerated().sorted { left, right in
            let rows = (left.element.problem.place.rows.first ?? 0, right.element.problem.place.rows.first ?? 0)
            return rows.0 != rows.1 ? rows.0 < rows.1 : left.offset < right.offset
        }.map(\.element)
    }

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
