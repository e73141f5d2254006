public import SurveyProblems
internal import SurveySchema

extension Column {
    /// The column as keys, for strata, PSUs and the like: dense numbers by row, and the text of each.
    ///
    /// The numbers follow the byte order of the texts and depend on nothing else, neither on row order nor on how the
    /// column is stored. Numbers are written as their shortest decimal text, dates as ISO 8601, items as `0` and `1`.
    ///
    /// - Throws: ``Problem`` `data.missing-keys` with the rows that have no value; `data.not-keys` for a set.
    public func asKeys() throws(Problem) -> (values: [UInt32], keys: [String]) {
        guard kind != .set else { throw .notKeys(name, found: kind.rawValue) }
        let kinds = missingKinds
        let missing = kinds.indices.filter { kinds[$0] != 0 }
        guard missing.isEmpty else { throw .missingKeys(name, rows: missing.map { $0 + 1 }) }
        let codes = kind == .item ? ["0", "1"] : dictionary
        switch values {
        case .bytes(let bytes): return keyed(codes, rowCount: bytes.count) { Int(bytes[$0]) }
        case .words(let words): return keyed(codes, rowCount: words.count) { Int(words[$0]) }
        case .indexes(let indexes): return keyed(codes, rowCount: indexes.count) { Int(indexes[$0]) }
        case .numbers(let numbers, _):
            let (indexes, distinct) = Column.numbered(numbers)
            let isDate = kind == .date
            let texts = distinct.map { number -> String in
                if isDate, let days = Int(exactly: number) { return CalendarDate(days: days).description }
                return JSONText.shortest(number)
            }
            return keyed(texts, rowCount: numbers.count) { indexes[$0] }
        }
    }

    /// Numbers distinct values in order of appearance; −0 is 0.
    private static func numbered(_ numbers: [Double]) -> (indexes: [Int], distinct: [Double]) {
        var positions: [UInt64: Int] = [:]
        var distinct: [Double] = []
        var last: (bits: UInt64, position: Int)?
        let indexes = numbers.map { number -> Int in
            let bits = (number == 0 ? 0 : number).bitPattern
            // Files are mostly sorted by PSU, so the last key is the likeliest.
            if let last, last.bits == bits { return last.position }
            let position = positions[bits] ?? distinct.count
            if position == distinct.count {
                positions[bits] = position
                distinct.append(number == 0 ? 0 : number)
            }
            last = (bits, position)
            return position
        }
        return (indexes, distinct)
    }

    /// Sorts the texts that occur by their bytes; equal texts get one number.
    private func keyed(_ texts: [String], rowCount: Int, index: (Int) -> Int) -> (values: [UInt32], keys: [String]) {
        var occurs = [Bool](repeating: false, count: texts.count)
        for row in 0..<rowCount { occurs[index(row)] = true }
        let used = texts.indices.filter { occurs[$0] }
            .sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
        var numbers = [UInt32](repeating: 0, count: texts.count)
        var keys: [String] = []
        for position in used {
            if keys.last.map({ $0.utf8.elementsEqual(texts[position].utf8) }) != true { keys.append(texts[position]) }
            numbers[position] = UInt32(clamping: keys.count - 1)
        }
        return ((0..<rowCount).map { numbers[index($0)] }, keys)
    }
}

extension Problem {
    /// Rows that a design cannot place.
    static func missingKeys(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "data.missing-keys", .input, what: "Column \"\(column)\" is empty in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "every row must have a key, such as its stratum or PSU; \(rows.count) rows have none",
            fix: "complete the rows in the file, or leave them out")
    }

    /// A column that can be no key.
    static func notKeys(_ column: String, found: String) -> Problem {
        Problem(
            "data.not-keys", .usage, what: "Column \"\(column)\" cannot be a key", place: Place(column: column),
            why: "a key is one answer, text, number or date; the column is of kind \(found)", fix: "name another column"
        )
    }
}
