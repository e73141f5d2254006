public import SurveyProblems
internal import SurveySchema

extension Column {
    /// The column as numbers, for means, totals, ratios and arithmetic.
    ///
    /// Numbers and dates (days since 1970-01-01) stay as they are; answers and texts whose codes are all decimal numbers
    /// become those numbers, items 0 and 1.
    ///
    /// - Missing: kinds are kept row by row.
    /// - Throws: ``Problem`` `data.not-numbers` for a set and for codes that are no numbers, with the first of them.
    public func asNumbers() throws(Problem) -> Column {
        if case .numbers = values { return self }
        guard kind != .set else { throw .notNumbers(name, found: [kind.rawValue]) }
        let codes = kind == .item ? ["0", "1"] : dictionary
        let numbers = codes.map { Column.decimal($0) }
        let wrong = zip(codes, numbers).filter { $0.1 == nil }.map(\.0)
        guard wrong.isEmpty else { throw .notNumbers(name, found: wrong) }
        let table = numbers.map { $0 ?? 0 }
        let result: [Double] =
            switch values {
            case .bytes(let bytes): bytes.map { Int($0) < table.count ? table[Int($0)] : 0 }
            case .words(let words): words.map { Int($0) < table.count ? table[Int($0)] : 0 }
            case .indexes(let indexes): indexes.map { Int($0) < table.count ? table[Int($0)] : 0 }
            case .numbers(let numbers, _): numbers
            }
        return Column(name: name, kind: .number, values: .numbers(result, kinds: missingKinds))
    }

    /// A finite number in plain or scientific decimal notation with a point; nil for anything else.
    static func decimal(_ text: String) -> Double? {
        guard !text.isEmpty, let value = Double(text), value.isFinite else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
            default: false
            }
        }
        return isPlain ? value : nil
    }
}

extension Problem {
    /// Codes or texts that are no numbers, where numbers are needed.
    static func notNumbers(_ column: String, found: [String]) -> Problem {
        Problem(
            "data.not-numbers", .usage, what: "Column \"\(column)\" does not hold numbers",
            place: Place(column: column),
            why: "a mean, total or ratio needs decimal numbers; found \(list: found)",
            fix: "name a numeric column, or ask for its shares")
    }
}
