internal import SurveySchema

extension Column {
    /// By row 0 for a value or the byte of a missing kind; empty if no row is missing.
    ///
    /// An index that the dictionary does not have is `unreadable`, so that damaged data cannot pass for an answer.
    public var missingKinds: [UInt8] {
        switch values {
        case .numbers(_, let kinds): return kinds
        case .bytes(let bytes):
            let valid = UInt8(clamping: min(codeCount, Int(MissingKind.lowest)))
            if bytes.allSatisfy({ $0 < valid }) { return [] }
            return bytes.map {
                $0 < valid ? 0 : $0 >= MissingKind.lowest ? $0 : MissingKind.unreadable.rawValue
            }
        case .words(let words):
            let valid = UInt16(clamping: min(codeCount, Int(Column.missingWord)))
            if words.allSatisfy({ $0 < valid }) { return [] }
            return words.map {
                $0 < valid
                    ? 0 : $0 >= Column.missingWord ? Column.kind(UInt8($0 & 0xFF)) : MissingKind.unreadable.rawValue
            }
        case .indexes(let indexes):
            let valid = UInt32(clamping: min(codeCount, Int(Column.missingIndex)))
            if indexes.allSatisfy({ $0 < valid }) { return [] }
            return indexes.map {
                $0 < valid
                    ? 0 : $0 >= Column.missingIndex ? Column.kind(UInt8($0 & 0xFF)) : MissingKind.unreadable.rawValue
            }
        }
    }

    /// How many different values the coded rows may have.
    var codeCount: Int {
        switch kind {
        case .item: 2
        case .set: 1
        case .answers, .text, .number, .date: dictionary.count
        }
    }

    /// The byte of a missing kind; anything else that stands in its place is unreadable.
    private static func kind(_ byte: UInt8) -> UInt8 {
        byte >= MissingKind.lowest ? byte : MissingKind.unreadable.rawValue
    }

    /// Returns for each row a byte looked up by its code, and another for a row without a valid one.
    func looked(up table: [UInt8], missing: UInt8) -> [UInt8] {
        switch values {
        case .bytes(let bytes):
            var full = [UInt8](repeating: missing, count: 256)
            for (index, value) in table.prefix(Int(MissingKind.lowest)).enumerated() { full[index] = value }
            return full.withUnsafeBufferPointer { full in bytes.map { full[Int($0)] } }
        case .words(let words):
            let count = min(table.count, Int(Column.missingWord))
            return table.withUnsafeBufferPointer { table in words.map { Int($0) < count ? table[Int($0)] : missing } }
        case .indexes(let indexes):
            let count = min(table.count, Int(Column.missingIndex))
            return table.withUnsafeBufferPointer { table in indexes.map { Int($0) < count ? table[Int($0)] : missing } }
        case .numbers(let numbers, _): return [UInt8](repeating: missing, count: numbers.count)
        }
    }
}
