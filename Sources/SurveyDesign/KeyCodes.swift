package import SurveyData
internal import SurveyProblems
internal import SurveySchema

/// A column as a few keys: the distinct keys that occur, in order, and the number of the key of each row.
///
/// Strings are touched once a distinct key; rows only ever see numbers.
package struct KeyCodes: Sendable {
    /// The order in which keys are numbered.
    package enum Order: Sendable {
        /// By the bytes of the key, whatever the locale: strata and PSUs.
        case bytes
        /// Answers as the questionnaire lists them, numbers by value, other texts by bytes: groups of a table.
        case natural
    }

    /// The key of each row, or of each of the rows asked for; `missing` where a row has none.
    package let codes: [UInt32]
    package let labels: [String]

    /// The code of a row without a key.
    package var missing: UInt32 { UInt32(labels.count) }

    package init(codes: [UInt32], labels: [String]) {
        self.codes = codes
        self.labels = labels
    }

    /// Takes the keys of a column; a byte or index that its dictionary does not know is no key.
    ///
    /// With `rows`, codes has one entry for each of them, in their order; labels are those of the whole column.
    package init(_ column: Column, in order: Order, at rows: [UInt32]? = nil) {
        let names = KeyCodes.names(of: column)
        switch column.values {
        case .bytes(let raw): self.init(raw: raw, names: names, kind: column.kind, order: order, rows: rows)
        case .words(let raw): self.init(raw: raw, names: names, kind: column.kind, order: order, rows: rows)
        case .indexes(let raw): self.init(raw: raw, names: names, kind: column.kind, order: order, rows: rows)
        case .numbers(let numbers, let kinds):
            let whole = column.kind == .number ? WholeNumbers(numbers, kinds: kinds) : nil
            let all =
                whole.map { KeyCodes(whole: $0, order: order) }
                ?? KeyCodes(numbers: numbers, kinds: kinds, areDates: column.kind == .date, order: order)
            self.init(codes: rows.map { rows in rows.map { all.codes[Int($0)] } } ?? all.codes, labels: all.labels)
        }
    }

    /// Items and sets have no dictionary: their bytes are their keys.
    static func names(of column: Column) -> [String] {
        switch column.kind {
        case .item: ["0", "1"]
        case .set: ["0"]
        default: column.dictionary
        }
    }

    private init<Raw: FixedWidthInteger & UnsignedInteger>(
        raw: [Raw], names: [String], kind: Column.Kind, order: Order, rows: [UInt32]?
    ) {
        let known = names.count
        var occurs = [Bool](repeating: false, count: known)
        raw.withUnsafeBufferPointer { raw in
            occurs.withUnsafeMutableBufferPointer { occurs in
                for value in raw where Int(value) < known { occurs[Int(value)] = true }
            }
        }
        var used = names.indices.filter { occurs[$0] }
        if order == .bytes || kind == .text { used = KeyOrder.sorted(used, names: names, byValue: order == .natural) }
        var map = [UInt32](repeating: UInt32(used.count), count: known)
        for (code, name) in used.enumerated() { map[name] = UInt32(code) }
        let missing = UInt32(used.count)
        codes = map.withUnsafeBufferPointer { map in
            raw.withUnsafeBufferPointer { raw in
                guard let rows else { return raw.map { Int($0) < known ? map[Int($0)] : missing } }
                return rows.map { row in
                    let value = Int(raw[Int(row)])
                    return value < known ? map[value] : missing
                }
            }
        }
        labels = used.map { names[$0] }
    }

    private init(whole: WholeNumbers, order: Order) {
        let names = whole.distinct.map(String.init)
        let used =
            order == .bytes ? KeyOrder.sorted(Array(names.indices), names: names, byValue: false) : Array(names.indices)
        var codeOf = [UInt32](repeating: 0, count: names.count)
        for (code, name) in used.enumerated() { codeOf[name] = UInt32(code) }
        let missing = UInt32(names.count)
        self.init(codes: whole.mapped(codeOf, missing: missing), labels: used.map { names[$0] })
    }

    private init(numbers: [Double], kinds: [UInt8], areDates: Bool, order: Order) {
        var numberOf: [UInt64: UInt32] = [:]
        var distinct: [Double] = []
        var found = [UInt32](repeating: .max, count: numbers.count)
        // Neighbouring rows often share their value, so the last one is looked at before the table.
        var last: (bits: UInt64, number: UInt32)?
        for (row, number) in numbers.enumerated() where !number.isNaN && (kinds.isEmpty || kinds[row] == 0) {
            let bits = (number == 0 ? 0 : number).bitPattern
            if let last, last.bits == bits {
                found[row] = last.number
                continue
            }
            let code = numberOf[bits] ?? UInt32(distinct.count)
            if Int(code) == distinct.count {
                numberOf[bits] = code
                distinct.append(number == 0 ? 0 : number)
            }
            found[row] = code
            last = (bits, code)
        }
        let names = distinct.map { number in
            guard areDates, let days = Int(exactly: number) else { return JSONText.shortest(number) }
            return CalendarDate(days: days).description
        }
        var used = distinct.indices.sorted { distinct[$0] < distinct[$1] }
        if order == .bytes { used = KeyOrder.sorted(used, names: names, byValue: false) }
        var map = [UInt32](repeating: 0, count: distinct.count)
        for (code, name) in used.enumerated() { map[name] = UInt32(code) }
        let missing = UInt32(distinct.count)
        codes = found.map { $0 == .max ? missing : map[Int($0)] }
        labels = used.map { names[$0] }
    }

    /// Rows without a key, from 1.
    package var rowsWithoutKey: [Int] {
        let missing = missing
        guard codes.contains(missing) else { return [] }
        return codes.indices.filter { codes[$0] == missing }.map { $0 + 1 }
    }
}
