internal import SurveyData
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema

/// Decimal numbers, with missing codes and a range.
final class NumberColumn: ColumnBuilder {
    private let name: String
    /// What findings call the column.
    private let shownName: String
    private let source: Int
    private let sourceName: String
    private let isPrivate: Bool
    /// Missing codes that are numbers, compared by value; the others are compared as text.
    private let missingNumbers: [(number: Double, kind: UInt8)]
    private let missingTexts: CodeTable?
    private let range: (least: Double, greatest: Double)
    /// Where a row's range depends on an answer; `range` then holds the numbers that all of them allow.
    private let variants: VariantRanges?
    private var buffer = NumberBuffer()
    private var hasFractions = false

    init(
        name: String, shownName: String, source: Int, sourceName: String, missing: [MissingCode],
        range: (least: Double?, greatest: Double?), isPrivate: Bool, decimalSign: UInt8,
        variants: VariantRanges? = nil
    ) {
        self.name = name
        self.shownName = shownName
        self.source = source
        self.sourceName = sourceName
        self.isPrivate = isPrivate
        var numbers: [(Double, UInt8)] = []
        var texts: [MissingCode] = []
        for code in missing {
            if let number = NumberText.number(of: code.code, decimalSign: decimalSign) {
                numbers.append((number, code.kind.rawValue))
            } else {
                texts.append(code)
            }
        }
        missingNumbers = numbers
        missingTexts = CodeTable(missing: texts)
        self.variants = variants
        self.range = variants?.common ?? (range.least ?? -.infinity, range.greatest ?? .infinity)
    }

    deinit { buffer.deallocate() }

    override var descriptions: [ColumnDescription] {
        [ColumnDescription(name: name, kind: .number, isPrivate: isPrivate)]
    }

    override func append(_ rows: BatchRows, _ shared: SharedWork) {
        let cells = rows.cells(source)
        if !hasFractions {
            let found = NumberCells.readWhole(cells, strictly: false, into: shared.integers, kinds: shared.kinds)
            if found.isWhole, isPlain(found, shared, count: cells.count) {
                buffer.append(
                    shared.integers, least: found.least, greatest: found.greatest,
                    kinds: found.hasEmpty ? shared.kinds : nil,
                    count: cells.count)
                return
            }
        }
        appendSlowly(cells, rows, shared)
    }

    override func finishChunk() -> [ColumnChunk] { [buffer.finish()] }

    /// True if no number is a missing code or outside the range.
    private func isPlain(_ found: NumberCells.Found, _ shared: SharedWork, count: Int) -> Bool {
        if Double(found.least) < range.least || Double(found.greatest) > range.greatest { return false }
        for missing in missingNumbers {
            guard let code = Int32(exactly: missing.number), code >= found.least, code <= found.greatest else {
                continue
            }
            var hits: Int32 = 0
            for row in 0..<count { hits |= shared.integers[row] == code ? 1 : 0 }
            if hits != 0 { return false }
        }
        return true
    }

    /// True, and a finding, if a number that not every row may have is none that this row may have.
    private func isOutside(_ number: Double, _ cells: Cells, _ rows: BatchRows, _ row: Int, _ shared: SharedWork)
        -> Bool
    {
        let allowed = variants?.range(of: rows, row) ?? (least: range.least, greatest: range.greatest, code: "")
        guard number < allowed.least || number > allowed.greatest else { return false }
        let value = cells.shown(row)
        // One number outside the ranges of two variants makes two findings, each with its range.
        let key = allowed.code.isEmpty ? value : "\(value)\u{0}\(allowed.code)"
        shared.log.add("import.out-of-range", column: sourceName, value: key, row: rows.number(row)) {
            .outOfRange(value, (allowed.least, allowed.greatest), column: sourceName, variable: shownName)
        }
        return true
    }

    private func appendSlowly(_ cells: Cells, _ rows: BatchRows, _ shared: SharedWork) {
        var hasMissing = false
        for row in 0..<cells.count {
            let cell = cells[row]
            var number = 0.0
            var kind: UInt8 = 0
            if cell.count == 0 {
                kind = MissingKind.noAnswer.rawValue
            } else if let missingTexts, missingTexts.holds(cell.start, cell.count) {
                kind = UInt8(truncatingIfNeeded: missingTexts.entry(cell.start, cell.count))
            } else if let found = NumberText.number(cell.start, cell.count, decimalSign: shared.decimalSign) {
                if let missing = missingNumbers.first(where: { $0.number == found }) {
                    kind = missing.kind
                } else if found < range.least || found > range.greatest, isOutside(found, cells, rows, row, shared) {
                    kind = MissingKind.unreadable.rawValue
                } else {
                    number = found
                }
            } else {
                kind = MissingKind.unreadable.rawValue
                let value = cells.shown(row)
                shared.log.add("import.not-a-number", column: sourceName, value: value, row: rows.number(row)) {
                    .notANumber(value, column: sourceName, variable: shownName, decimalSign: shared.decimalSign)
                }
            }
            shared.doubles[row] = number
            shared.kinds[row] = kind
            hasMissing = hasMissing || kind != 0
        }
        let kinds = hasMissing ? UnsafePointer(shared.kinds) : nil
        if let (least, greatest) = NumberCells.whole(shared.doubles, count: cells.count, into: shared.integers) {
            buffer.append(shared.integers, least: least, greatest: greatest, kinds: kinds, count: cells.count)
            hasFractions = false
        } else {
            buffer.append(shared.doubles, kinds: kinds, count: cells.count)
            hasFractions = true
        }
    }
}

extension NumberText {
    /// Reads a number from a string.
    static func number(of text: String, decimalSign: UInt8) -> Double? {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { number($0, bytes.count, decimalSign: decimalSign) }
        }
    }
}

extension Problem {
    /// A cell of a number that is none.
    static func notANumber(_ value: String, column: String, variable: String, decimalSign: UInt8) -> Problem {
        let sign = String(Unicode.Scalar(decimalSign))
        let other = sign == "." ? "," : "."
        return Problem(
            "import.not-a-number", .finding, what: "\"\(value)\" is no number of \"\(variable)\"",
            place: Place(column: column, variable: variable),
            why: "a number is digits with \"\(sign)\" as decimal sign and no spaces; this cell counts as unreadable",
            fix:
                "correct the cells, name a missing code, or give --decimal \"\(other)\" if that is the sign of the file"
        )
    }

    /// A number that the questionnaire does not allow.
    static func outOfRange(
        _ value: String, _ range: (least: Double, greatest: Double), column: String, variable: String
    ) -> Problem {
        func shown(_ limit: Double) -> String { limit.isFinite ? JSONText.shortest(limit) : "…" }
        return Problem(
            "import.out-of-range", .finding, what: "\(value) is outside the range of \"\(variable)\"",
            place: Place(column: column, variable: variable),
            why: "answers lie from \(shown(range.least)) to \(shown(range.greatest)); this cell counts as unreadable",
            fix: "correct the cells, or widen the range in the questionnaire")
    }
}
