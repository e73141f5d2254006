internal import SurveyData
internal import SurveyProblems
internal import SurveySchema

/// Makes a whole column of its chunks.
///
/// The loops check every value, for the rooms above index by them unchecked.
struct ColumnDecoder {
    let reader: ChunkReader
    let column: StoredColumn
    let rowCount: Int

    func decoded() throws(Problem) -> Column {
        let description = column.description
        let outlines = try reader.outlines(of: column, rowCount: rowCount)
        let values: Column.Values
        switch description.kind {
        case .answers:
            let fitsBytes =
                description.dictionary.count <= Column.mostByteAnswers && outlines.allSatisfy { $0.encoding == .uint8 }
            values = fitsBytes ? .bytes(try codes()) : .words(try codes())
        case .item, .set: values = .bytes(try codes())
        case .text: values = .indexes(try codes())
        case .number, .date:
            values = try numbers(hasKinds: outlines.contains { $0.hasKinds })
        }
        return Column(
            name: description.name, kind: description.kind, dictionary: description.dictionary, values: values)
    }

    /// Values below this are codes of the column.
    private var codeCount: Int {
        switch column.description.kind {
        case .item: 2
        case .set: 1
        default: column.description.dictionary.count
        }
    }

    private func codes<Code: CodeWord>() throws(Problem) -> [Code] {
        let codeCount = codeCount
        return try filled { (target: UnsafeMutableBufferPointer<Code>, chunk) in
            guard chunk.kinds.count == 0 else { return false }
            switch chunk.encoding {
            case .uint8: return Code.fill(target, from: UInt8.self, in: chunk.bytes, below: codeCount)
            case .uint16: return Code.fill(target, from: UInt16.self, in: chunk.bytes, below: codeCount)
            case .uint32: return Code.fill(target, from: UInt32.self, in: chunk.bytes, below: codeCount)
            default: return false
            }
        }
    }

    private func numbers(hasKinds: Bool) throws(Problem) -> Column.Values {
        let limit = column.description.kind == .date ? ColumnDecoder.farthestDay : Double.greatestFiniteMagnitude
        var kinds: [UInt8] = []
        kinds.reserveCapacity(hasKinds ? rowCount : 0)
        let numbers: [Double] = try filled { target, chunk in
            if hasKinds {
                if chunk.kinds.count == 0 {
                    kinds.append(contentsOf: repeatElement(0, count: chunk.rows))
                } else {
                    guard chunk.kinds.allSatisfy({ $0 == 0 || $0 >= MissingKind.lowest }) else { return false }
                    kinds.append(contentsOf: chunk.kinds)
                }
            }
            switch chunk.encoding {
            case .uint8: fill(target, from: UInt8.self, in: chunk.bytes)
            case .uint16: fill(target, from: UInt16.self, in: chunk.bytes)
            case .uint32: fill(target, from: UInt32.self, in: chunk.bytes)
            case .int8: fill(target, from: Int8.self, in: chunk.bytes)
            case .int16: fill(target, from: Int16.self, in: chunk.bytes)
            case .int32: fill(target, from: Int32.self, in: chunk.bytes)
            case .float64: fill(target, fromDoublesIn: chunk.bytes)
            }
            return areWithin(limit, target, kinds: chunk.kinds)
        }
        return .numbers(numbers, kinds: kinds)
    }

    /// A thousand times the days from year 1 to year 9999: far enough for every date, near enough for every calendar.
    private static let farthestDay = 4e9

    /// Fills an array of the wave's length chunk by chunk.
    private func filled<Element>(
        _ fill: (UnsafeMutableBufferPointer<Element>, StoredChunk) -> Bool
    ) throws(Problem) -> [Element] {
        var problem: Problem?
        let values = [Element](unsafeUninitializedCapacity: rowCount) { buffer, count in
            do throws(Problem) {
                var filled = 0
                try reader.read(column) { chunk, firstRow in
                    guard chunk.rows <= rowCount - firstRow else { return false }
                    filled = firstRow + chunk.rows
                    return fill(UnsafeMutableBufferPointer(rebasing: buffer[firstRow..<filled]), chunk)
                }
                count = filled
            } catch { problem = error }
        }
        if let problem { throw problem }
        guard values.count == rowCount else {
            throw .damagedRecord(reader.connection.path, table: "chunks", key: column.description.name)
        }
        return values
    }

    private func fill<Source: FixedWidthInteger>(
        _ target: UnsafeMutableBufferPointer<Double>, from: Source.Type, in bytes: UnsafeRawBufferPointer
    ) {
        guard let source = bytes.baseAddress, let start = target.baseAddress else { return }
        let width = MemoryLayout<Source>.size
        for row in 0..<target.count {
            start[row] = Double(
                Source(littleEndian: source.loadUnaligned(fromByteOffset: row &* width, as: Source.self)))
        }
    }

    private func fill(_ target: UnsafeMutableBufferPointer<Double>, fromDoublesIn bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, let start = target.baseAddress else { return }
        for row in 0..<target.count {
            let bits = UInt64(littleEndian: source.loadUnaligned(fromByteOffset: row &* 8, as: UInt64.self))
            start[row] = Double(bitPattern: bits)
        }
    }

    /// True if all values that are not missing are numbers up to a limit; NaN compares false.
    private func areWithin(
        _ limit: Double, _ values: UnsafeMutableBufferPointer<Double>, kinds: UnsafeRawBufferPointer
    ) -> Bool {
        var outside = 0
        if kinds.count == 0 {
            for row in 0..<values.count { outside &+= values[row].magnitude <= limit ? 0 : 1 }
        } else {
            for row in 0..<values.count { outside &+= kinds[row] != 0 || values[row].magnitude <= limit ? 0 : 1 }
        }
        return outside == 0
    }
}

/// An unsigned word that holds a code, or at its top a missing kind.
private protocol CodeWord: FixedWidthInteger, UnsignedInteger {
    /// The word from which on all are missing kinds.
    static var leastMissing: Self { get }
}

extension UInt8: CodeWord { fileprivate static var leastMissing: UInt8 { MissingKind.lowest } }
extension UInt16: CodeWord { fileprivate static var leastMissing: UInt16 { Column.missingWord } }
extension UInt32: CodeWord { fileprivate static var leastMissing: UInt32 { Column.missingIndex } }

extension CodeWord {
    /// Copies codes into equal or wider words; false if one is neither below `codeCount` nor a missing kind, or is too wide.
    fileprivate static func fill<Source: CodeWord>(
        _ target: UnsafeMutableBufferPointer<Self>, from: Source.Type, in bytes: UnsafeRawBufferPointer,
        below codeCount: Int
    ) -> Bool {
        guard MemoryLayout<Source>.size <= MemoryLayout<Self>.size else { return false }
        guard let source = bytes.baseAddress, let target = target.baseAddress else { return true }
        let (width, rows) = (MemoryLayout<Source>.size, bytes.count / MemoryLayout<Source>.size)
        let (leastMissing, lowestKind) = (Source.leastMissing, Source(MissingKind.lowest))
        let limit = Swift.min(Source(clamping: codeCount), leastMissing)
        // What a missing kind stands on in the target: nothing in a byte, 0xFF00 in a word.
        let shift = Self.leastMissing & ~0xFF
        var bad: Source = 0
        // No branches: the compiler makes vector instructions of this.
        for row in 0..<rows {
            let word = Source(littleEndian: source.loadUnaligned(fromByteOffset: row &* width, as: Source.self))
            let missing: Source = word >= leastMissing ? 1 : 0
            let named: Source = word & 0xFF >= lowestKind ? 1 : 0
            let code: Source = word < limit ? 1 : 0
            bad |= (code | missing & named) ^ 1
            target[row] = Self(truncatingIfNeeded: missing == 0 ? word : word & 0xFF) | (missing == 0 ? 0 : shift)
        }
        return bad == 0
    }
}
