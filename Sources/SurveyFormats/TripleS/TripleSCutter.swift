internal import SurveyProblems
internal import SurveySchema

/// Cuts the records of a triple-S data file into cells.
struct TripleSCutter {
    enum Row {
        case row([[UInt8]])
        case ragged(found: Int, expected: Int)
    }

    /// The most bytes of text in one row.
    private static let rowLimit = 48 << 20

    private let columns: [TripleSCodebook.Column]
    private let isDelimited: Bool
    let decoder: TextDecoder
    /// Fields that each record must have.
    private let fieldCount: Int
    /// The longest place in a bitstring, by the number of its field.
    private var bits: [Int: Int] = [:]

    init(_ columns: [TripleSCodebook.Column], isDelimited: Bool, decoder: TextDecoder) {
        self.columns = columns
        self.isDelimited = isDelimited
        self.decoder = decoder
        fieldCount = columns.map(\.start).max() ?? 0
        for column in columns {
            if case .bit(let place) = column.part { bits[column.start] = max(bits[column.start] ?? 0, place + 1) }
        }
    }

    /// The cells of the record that was read last.
    func cells(_ records: TripleSRecords) throws(Problem) -> Row {
        var cells: [[UInt8]] = []
        cells.reserveCapacity(columns.count)
        let record = records.bytes
        var fields: [[UInt8]] = []
        if isDelimited {
            guard let found = records.fields() else { return .ragged(found: 0, expected: fieldCount) }
            guard found.count >= fieldCount else { return .ragged(found: found.count, expected: fieldCount) }
            fields = found
        }
        // Positions count characters.
        let isWide = !isDelimited && decoder.encoding == .utf8 && record.contains { $0 >= 0x80 }
        let starts = isWide ? TripleSCutter.starts(record) + [record.count] : nil
        let count = starts.map { $0.count - 1 } ?? record.count
        var size = 0
        // The columns of one question are cut out of the same field.
        var last: (start: Int, finish: Int)?
        var field: ArraySlice<UInt8> = []
        var isBlank = true
        for column in columns {
            if last?.start != column.start || last?.finish != column.finish {
                last = (column.start, column.finish)
                if isDelimited {
                    field = fields[column.start - 1][...]
                } else {
                    let (start, end) = (min(column.start - 1, count), min(column.finish, count))
                    field = starts.map { record[$0[start]..<$0[end]] } ?? record[start..<end]
                }
                isBlank = field.allSatisfy { $0 == 0x20 }
                if isDelimited, case .code(_, let width, isLiteral: false) = column.part {
                    field = TripleSCutter.filled(field, width)
                }
            }
            let cell = isBlank ? [] : try cell(field, column, records)
            size += cell.count
            guard size <= TripleSCutter.rowLimit else {
                throw .rowTooLarge(records.file, limit: TripleSCutter.rowLimit)
            }
            cells.append(cell)
        }
        return .row(cells)
    }

    /// Codes one after the other, with the zeros that a number lost at its beginning.
    private static func filled(_ field: ArraySlice<UInt8>, _ width: Int) -> ArraySlice<UInt8> {
        let codes = trimmed(field)
        let missing = (width - codes.count % width) % width
        return ([UInt8](repeating: 0x30, count: missing) + codes)[...]
    }

    private static func starts(_ record: [UInt8]) -> [Int] {
        record.indices.filter { record[$0] & 0xC0 != 0x80 }
    }

    private func cell(
        _ field: ArraySlice<UInt8>, _ column: TripleSCodebook.Column, _ records: TripleSRecords
    ) throws(Problem) -> [UInt8] {
        switch column.part {
        case .text:
            var text = field
            // A field of fixed width is filled up with spaces; in a delimited one they stand in quotes.
            if !isDelimited { while text.last == 0x20 { text.removeLast() } }
            return try decoded(text, records)
        case .number: return try number(field, records)
        case .date:
            let digits = TripleSCutter.trimmed(field)
            let text = String(decoding: digits.prefix(8), as: UTF8.self)
            guard digits.count >= 8, digits.allSatisfy(TripleSCutter.isDigit) else {
                return try decoded(digits, records)
            }
            let iso = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.dropFirst(6))"
            return CalendarDate(iso: iso) == nil ? Array(digits) : Array(iso.utf8)
        case .time:
            let digits = TripleSCutter.trimmed(field)
            let text = String(decoding: digits.prefix(6), as: UTF8.self)
            guard digits.count >= 6, digits.allSatisfy(TripleSCutter.isDigit) else {
                return try decoded(digits, records)
            }
            return Array("\(text.prefix(2)):\(text.dropFirst(2).prefix(2)):\(text.dropFirst(4))".utf8)
        case .bit(let place):
            // A delimited field that lost the zeros at its beginning says nothing of its places.
            guard field.count >= bits[column.start] ?? 0 else { return try decoded(field, records) }
            let bit = field[field.startIndex + place]
            return bit == 0x20 ? [] : try decoded([bit], records)
        case .code(let start, let width, let isLiteral):
            let code = TripleSCutter.trimmed(field.dropFirst(start).prefix(width))
            if isLiteral { return try decoded(code, records) }
            // Zero and spaces fill the parts that are not needed.
            return code.allSatisfy { $0 == 0x30 } ? [] : try number(code, records)
        case .logical: return try decoded(field.suffix(1), records)
        }
    }

    private func number(_ field: ArraySlice<UInt8>, _ records: TripleSRecords) throws(Problem) -> [UInt8] {
        let digits = TripleSCutter.trimmed(field)
        let isPlain = digits.count <= 15 && digits.allSatisfy(TripleSCutter.isDigit)
        if isPlain, digits.count == 1 || digits.first != 0x30 { return Array(digits) }
        let value = digits.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { CellNumber.read($0, bytes.count) }
        }
        if let value { return Array(NumberCell.text(value).utf8) }
        return try decoded(digits, records)
    }

    private func decoded(_ field: ArraySlice<UInt8>, _ records: TripleSRecords) throws(Problem) -> [UInt8] {
        let bytes = Array(field)
        if bytes.allSatisfy({ $0 < 0x80 && $0 != 0 }) { return bytes }
        var target = [UInt8](repeating: 0, count: decoder.room(for: bytes.count) + 16)
        let (length, fault) = bytes.withUnsafeBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                guard let from = source.baseAddress, let to = target.baseAddress else { return (0, Int?.none) }
                return decoder.decode(from, source.count, to: to)
            }
        }
        if fault != nil { throw decoder.problem(at: records.offset, row: nil) }
        return Array(target.prefix(length))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var part = bytes
        while part.first == 0x20 { part.removeFirst() }
        while part.last == 0x20 { part.removeLast() }
        return part
    }
}
