internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// Decides which rows of a batch are imported: those of the wave, with a usable place in the design and a new key.
struct RowCheck {
    private enum Cell {
        /// One of the answers of a list.
        case coded(source: Int, table: CodeTable)
        /// A region, which may stand as a name.
        case region(RegionCells)
        case text(source: Int, missing: CodeTable?)
        /// A number of at least zero.
        case number(source: Int, missing: CodeTable?)

        func isUsable(_ rows: BatchRows, _ row: Int, decimalSign: UInt8) -> Bool {
            switch self {
            case .coded(let source, let table):
                let cell = rows.cells(source)[row]
                return table.holds(cell.start, cell.count)
            case .region(let cells): return cells.isAnswer(cells.outcome(rows, row).entry)
            case .text(let source, let missing):
                let cell = rows.cells(source)[row]
                return cell.count > 0 && !(missing?.holds(cell.start, cell.count) ?? false)
            case .number(let source, let missing):
                let cell = rows.cells(source)[row]
                guard cell.count > 0, !(missing?.holds(cell.start, cell.count) ?? false) else { return false }
                return NumberText.number(cell.start, cell.count, decimalSign: decimalSign).map { $0 >= 0 } ?? false
            }
        }

        var source: Int {
            switch self {
            case .coded(let source, _), .text(let source, _), .number(let source, _): source
            case .region(let cells): cells.source
            }
        }
    }

    private let filter: (column: Int, value: [UInt8])?
    private let strata: [Cell]
    private let psu: [Cell]
    private let weight: Cell?
    private let key: [Int]
    private let fileColumns: [String]
    private let decimalSign: UInt8
    private var keys = KeySet()

    /// Rows of the wave met so far, without records that were no rows.
    private(set) var rowsOfWave = 0

    init(_ plan: ImportPlan, _ options: ImportOptions) throws(Problem) {
        fileColumns = plan.fileColumns
        decimalSign = options.decimalSign.byte
        key = plan.key
        if let rows = options.rows {
            guard let column = plan.fileColumns.firstIndex(of: rows.column) else {
                throw .noSuchColumn(rows.column, known: plan.fileColumns)
            }
            filter = (column, Array(rows.value.utf8))
        } else {
            filter = nil
        }
        strata = try options.design.strata.map { (name) throws(Problem) in
            try RowCheck.cell(name, plan, isWeight: false)
        }
        psu = try options.design.psu.map { (name) throws(Problem) in try RowCheck.cell(name, plan, isWeight: false) }
        weight = try options.design.weight.map { (name) throws(Problem) in try RowCheck.cell(name, plan, isWeight: true)
        }
    }

    /// Takes the rows that are not imported out of the batch and reports why; returns those that are set aside.
    mutating func apply(to batch: RawBatch, _ log: FindingLog) -> [QuarantinedRow] {
        if filter == nil, strata.isEmpty, psu.isEmpty, weight == nil, key.isEmpty {
            rowsOfWave += batch.rowCount
            return []
        }
        let rows = BatchRows(batch, 0..<batch.rowCount)
        var isKept = [Bool](repeating: true, count: batch.rowCount)
        var hasDropped = false
        var aside: [QuarantinedRow] = []
        for row in 0..<batch.rowCount {
            if let filter {
                let cell = batch.cell(row, filter.column)
                guard cell.elementsEqual(filter.value) else {
                    isKept[row] = false
                    hasDropped = true
                    continue
                }
            }
            rowsOfWave += 1
            guard let problem = problem(with: rows, row) else { continue }
            reportRegions(rows, row, log)
            isKept[row] = false
            hasDropped = true
            let number = batch.rowNumbers[row]
            log.add(problem.code, column: problem.place.column, value: problem.place.detail ?? "", row: number) {
                problem
            }
            aside.append(QuarantinedRow(row: number, line: batch.lines[row], code: problem.code, raw: batch.raw(row)))
        }
        if hasDropped { batch.keep { isKept[$0] } }
        return aside
    }

    /// Why the region of a row that is set aside could not be told.
    private func reportRegions(_ rows: BatchRows, _ row: Int, _ log: FindingLog) {
        for case .region(let cells) in strata + psu {
            let outcome = cells.outcome(rows, row)
            guard !cells.isAnswer(outcome.entry), !outcome.problems.isEmpty else { continue }
            cells.report(outcome, rows, row, column: fileColumns[cells.source], log)
        }
    }

    private mutating func problem(with rows: BatchRows, _ row: Int) -> Problem? {
        for cell in strata where !cell.isUsable(rows, row, decimalSign: decimalSign) {
            return .noStratum(shown(rows, row, cell.source), column: fileColumns[cell.source])
        }
        for cell in psu where !cell.isUsable(rows, row, decimalSign: decimalSign) {
            return .noPSU(shown(rows, row, cell.source), column: fileColumns[cell.source])
        }
        if let weight, !weight.isUsable(rows, row, decimalSign: decimalSign) {
            return .badWeight(shown(rows, row, weight.source), column: fileColumns[weight.source])
        }
        guard !key.isEmpty else { return nil }
        var hash: UInt64 = 0
        for column in key {
            let cell = rows.cells(column)[row]
            hash = TextHash.of(cell.start, cell.count, seed: hash)
        }
        if keys.insert(hash) { return nil }
        return .duplicateKey(key.map { shown(rows, row, $0) }, columns: key.map { fileColumns[$0] })
    }

    private func shown(_ rows: BatchRows, _ row: Int, _ column: Int) -> String { rows.cells(column).shown(row) }

    /// How the cells of a design column are judged: by what the plan reads from it, else as text or number.
    private static func cell(_ name: String, _ plan: ImportPlan, isWeight: Bool) throws(Problem) -> Cell {
        for reading in plan.readings {
            switch reading {
            case .coded(let source, let question)
            where question.id == name && !isWeight && plan.regions[name] != nil:
                return .region(plan.regionCells(of: name, source: source))
            case .coded(let source, let question) where question.id == name && !isWeight:
                return .coded(
                    source: source,
                    table: CodeTable(
                        codes: question.answers.enumerated().map { ($1.code, UInt16($0)) }, empty: .max, unknown: .max))
            case .coded(let source, let question) where question.id == name,
                .date(let source, let question) where question.id == name:
                return isWeight
                    ? .number(source: source, missing: CodeTable(missing: question.missing))
                    : .text(source: source, missing: CodeTable(missing: question.missing))
            case .number(let source, let own, let missing, _, _, _) where own == name:
                let table = CodeTable(missing: missing)
                return isWeight || plan.questionnaire != nil
                    ? .number(source: source, missing: table) : .text(source: source, missing: table)
            case .text(let source, let own, let missing, _) where own == name,
                .answers(let source, let own, let missing) where own == name:
                let table = CodeTable(missing: missing)
                return isWeight ? .number(source: source, missing: table) : .text(source: source, missing: table)
            default: continue
            }
        }
        guard let source = plan.fileColumns.firstIndex(of: name) else {
            throw .noSuchColumn(name, known: plan.fileColumns)
        }
        return isWeight ? .number(source: source, missing: nil) : .text(source: source, missing: nil)
    }
}

/// Keys of rows as 64-bit hashes, eight bytes a row in a table that is between two and four fifths full.
///
/// Two different keys share a hash with probability n²/2⁶⁵: three in a hundred million for a million rows. So a row taken
/// for a duplicate is one, and keys themselves, which may be long, need not be kept.
struct KeySet {
    private var slots: [UInt64]
    private var count = 0

    init() { slots = Array(repeating: 0, count: 1024) }

    /// Adds a key; false if it is there already.
    mutating func insert(_ hash: UInt64) -> Bool {
        let hash = hash == 0 ? 1 : hash
        if (count + 1) * 5 > slots.count * 4 { grow() }
        guard KeySet.place(hash, in: &slots) else { return false }
        count += 1
        return true
    }

    private static func place(_ hash: UInt64, in slots: inout [UInt64]) -> Bool {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] == hash { return false }
            slot = (slot + 1) & mask
        }
        slots[slot] = hash
        return true
    }

    private mutating func grow() {
        var larger = [UInt64](repeating: 0, count: slots.count * 2)
        for hash in slots where hash != 0 { _ = KeySet.place(hash, in: &larger) }
        slots = larger
    }
}

extension Problem {
    /// A row that belongs to no stratum.
    static func noStratum(_ value: String, column: String) -> Problem {
        Problem(
            "import.no-stratum", .finding, what: "A row has no stratum: \"\(value)\"",
            place: Place(column: column, detail: value),
            why: "every row must have a stratum that exists; the row is in quarantine",
            fix: "correct the cell in the file")
    }

    /// A row that belongs to no primary sampling unit.
    static func noPSU(_ value: String, column: String) -> Problem {
        Problem(
            "import.no-psu", .finding, what: "A row has no PSU: \"\(value)\"",
            place: Place(column: column, detail: value),
            why: "every row must have a primary sampling unit; the row is in quarantine",
            fix: "correct the cell in the file")
    }

    /// A row whose weight is no weight.
    static func badWeight(_ value: String, column: String) -> Problem {
        Problem(
            "import.bad-weight", .finding, what: "A row has no weight: \"\(value)\"",
            place: Place(column: column, detail: value),
            why: "a weight is a number of at least 0; the row is in quarantine", fix: "correct the cell in the file")
    }

    /// A row that is there already.
    static func duplicateKey(_ values: [String], columns: [String]) -> Problem {
        Problem(
            "import.duplicate-key", .finding,
            what: "A row has the key of an earlier one: \"\(values.joined(separator: ", "))\"",
            place: Place(column: columns.joined(separator: ", "), detail: values.joined(separator: ", ")),
            why: "the key must be different in every row; the first row is kept, this one is in quarantine",
            fix: "take one of the rows out of the file, or correct its key")
    }
}
