internal import SurveyData
internal import SurveySchema

extension Column {
    /// Joins the chunks of a column to the column in memory.
    init(_ description: ColumnDescription, joining chunks: [ColumnChunk]) {
        let count = chunks.reduce(0) { $0 + $1.rowCount }
        let values: Values
        switch description.kind {
        case .item, .set: values = .bytes(Column.codes(chunks, count))
        case .answers:
            let isNarrow =
                description.dictionary.count <= Column.mostByteAnswers && chunks.allSatisfy { $0.encoding == .uint8 }
            values = isNarrow ? .bytes(Column.codes(chunks, count)) : .words(Column.codes(chunks, count))
        case .text: values = .indexes(Column.codes(chunks, count))
        case .number, .date:
            let hasMissing = chunks.contains { !$0.kinds.isEmpty }
            var kinds: [UInt8] = []
            if hasMissing {
                kinds.reserveCapacity(count)
                for chunk in chunks {
                    kinds += chunk.kinds.isEmpty ? [UInt8](repeating: 0, count: chunk.rowCount) : chunk.kinds
                }
            }
            values = .numbers(Column.numbers(chunks, count), kinds: kinds)
        }
        self.init(name: description.name, kind: description.kind, dictionary: description.dictionary, values: values)
    }

    private static func codes<Word: FixedWidthInteger>(_ chunks: [ColumnChunk], _ count: Int) -> [Word] {
        [Word](unsafeUninitializedCapacity: count) { target, filled in
            for chunk in chunks {
                let part = UnsafeMutableBufferPointer(rebasing: target[filled..<filled + chunk.rowCount])
                chunk.bytes.withUnsafeBytes { bytes in
                    switch chunk.encoding {
                    case .uint16: widen(bytes, UInt16.self, missing: Column.missingWord, into: part)
                    case .uint32: widen(bytes, UInt32.self, missing: Column.missingIndex, into: part)
                    default: widen(bytes, UInt8.self, missing: MissingKind.lowest, into: part)
                    }
                }
                filled += chunk.rowCount
            }
        }
    }

    /// Copies codes into equal or wider words; missing kinds keep their lowest byte below ones.
    private static func widen<Source: FixedWidthInteger, Target: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _: Source.Type, missing: Source,
        into target: UnsafeMutableBufferPointer<Target>
    ) {
        let high = ~Target(truncatingIfNeeded: 0xFF)
        for row in 0..<target.count {
            let word = bytes.loadUnaligned(fromByteOffset: row &* MemoryLayout<Source>.size, as: Source.self)
            let low = Target(truncatingIfNeeded: UInt8(truncatingIfNeeded: word))
            target.initializeElement(at: row, to: word >= missing ? high | low : Target(truncatingIfNeeded: word))
        }
    }

    private static func numbers(_ chunks: [ColumnChunk], _ count: Int) -> [Double] {
        [Double](unsafeUninitializedCapacity: count) { target, filled in
            for chunk in chunks {
                let part = UnsafeMutableBufferPointer(rebasing: target[filled..<filled + chunk.rowCount])
                chunk.bytes.withUnsafeBytes { bytes in
                    switch chunk.encoding {
                    case .int8, .uint8: convert(bytes, Int8.self, into: part)
                    case .int16, .uint16: convert(bytes, Int16.self, into: part)
                    case .int32, .uint32: convert(bytes, Int32.self, into: part)
                    case .float64:
                        for row in 0..<part.count {
                            part.initializeElement(
                                at: row, to: bytes.loadUnaligned(fromByteOffset: row &* 8, as: Double.self))
                        }
                    }
                }
                filled += chunk.rowCount
            }
        }
    }

    private static func convert<Source: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer, _: Source.Type, into target: UnsafeMutableBufferPointer<Double>
    ) {
        for row in 0..<target.count {
            let number = bytes.loadUnaligned(fromByteOffset: row &* MemoryLayout<Source>.size, as: Source.self)
            target.initializeElement(at: row, to: Double(number))
        }
    }
}
