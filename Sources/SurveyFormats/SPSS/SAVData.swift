internal import SurveyProblems
internal import SurveySchema

/// Turns the rows of an SPSS file into cells.
///
/// A row is a list of eight-byte elements. In a compressed file bytes in groups of eight say of each element what it is: a
/// small number, eight bytes that follow, spaces, or the system-missing value.
final class SAVData {
    /// How the elements of one variable become a cell.
    private struct Field {
        var elements: Int
        /// Bytes of a string that hold text; 0 for a number.
        var width: Int
        var content: FileVariable.Content
    }

    private let fields: [Field]
    /// Widths of the segments of very long strings; empty for others.
    private let segments: [[Int]]
    private let decoder: TextDecoder
    private let file: String
    private let isCompressed: Bool
    private let isBigEndian: Bool
    private let bias: Double
    private let systemMissing: UInt64
    /// Bytes of text that a row may take.
    let rowSize: Int
    /// Bytes of the file that a row may take.
    private let rowBytes: Int
    /// The text of the numbers that one byte stands for, and its length; 0xFF where it is no short whole number.
    private let smallTexts: UnsafeMutablePointer<UInt64>
    private let smallLengths: UnsafeMutablePointer<UInt8>
    /// The bytes of a string before it is decoded.
    private let scratch: UnsafeMutablePointer<UInt8>
    private let plainRow: Bool

    // Where the reading stands inside a group of eight.
    private var codes: UInt64 = 0
    private var codesLeft = 0
    private var hasEnded = false

    /// The most bytes of text in one row.
    private static let rowLimit = 48 << 20
    /// The most bytes between two rows that say nothing.
    private static let mostFilling = 1 << 16
    private static let spaces: UInt64 = 0x2020_2020_2020_2020

    init(
        _ dictionary: SAVDictionary, _ variables: [SAVVariable], contents: [FileVariable.Content],
        decoder: TextDecoder, file: String
    ) throws(Problem) {
        self.decoder = decoder
        self.file = file
        isCompressed = dictionary.compression > 0
        isBigEndian = dictionary.isBigEndian
        bias = dictionary.bias
        systemMissing = dictionary.systemMissing.bitPattern
        fields = zip(variables, contents).map { variable, content in
            Field(elements: variable.elements, width: variable.width, content: content)
        }
        segments = variables.map { $0.width > 255 ? $0.segments : [] }
        plainRow = fields.allSatisfy { $0.content == .number && $0.elements == 1 }
        let elements = variables.reduce(0) { $0 + $1.elements }
        rowBytes = elements * 8 + (elements / 8 + 2) * 8
        rowSize = fields.reduce(16) { size, field in
            size + 1 + (field.width > 0 ? decoder.room(for: field.elements * 8) + 8 : NumberCell.longest)
        }
        guard rowSize <= SAVData.rowLimit else { throw .rowTooLarge(file, limit: SAVData.rowLimit) }
        smallTexts = .allocate(capacity: 256)
        smallLengths = .allocate(capacity: 256)
        scratch = .allocate(capacity: elements * 8 + 16)
        for code in 0..<256 {
            var text = [UInt8](repeating: 0, count: NumberCell.longest)
            let length = text.withUnsafeMutableBufferPointer { buffer in
                buffer.baseAddress.map { NumberCell.write(Double(code) - dictionary.bias, to: $0) } ?? 0
            }
            smallLengths[code] = length <= 8 ? UInt8(length) : 0xFF
            smallTexts[code] = text.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }.littleEndian
        }
    }

    deinit {
        smallTexts.deallocate()
        smallLengths.deallocate()
        scratch.deallocate()
    }

    /// Reads rows until the batch has no room for another, or `limit` rows; true where the data end.
    func fill(
        _ batch: RawBatch, from input: BinaryInput, size: Int, firstRow: Int, limit: Int
    ) throws(Problem) -> Bool {
        input.reserveBehind(rowBytes + 64)
        var used = 0
        var cell = 0
        var row = 0
        while used + rowSize <= size, cell + fields.count <= size {
            if row == limit { return true }
            // Behind the last byte one more row may be read, so a row is read without a test at each element.
            let waiting = try input.gather(rowBytes)
            if try isAtEnd(input, waiting) { return true }
            let start = used
            let found = read(input, into: batch, cell: cell, at: used)
            if let fault = found.fault { throw decoder.problem(at: fault, row: firstRow + row) }
            guard input.position <= input.end, !hasEnded else {
                throw .truncated(file, offset: input.offset - max(0, -input.waiting), missing: max(1, -input.waiting))
            }
            used = found.used
            batch.note(
                record: UInt64(start) | UInt64(max(start, used - 1)) << 32, number: firstRow + row, line: firstRow + row
            )
            cell += fields.count
            row += 1
        }
        return false
    }

    /// True if no row follows; passes what only fills the last group.
    ///
    /// Nothing but filling goes on for ever in a file that unpacks to zeros, so only so much of it is believed.
    private func isAtEnd(_ input: BinaryInput, _ waiting: Int) throws(Problem) -> Bool {
        guard isCompressed else { return waiting == 0 }
        var filled = 0
        while true {
            if codesLeft == 0 {
                guard try input.gather(8) > 0 else { return true }
                try input.require(8)
                filled += 8
                guard filled <= SAVData.mostFilling else {
                    throw .damaged(
                        file, offset: input.offset, part: "opcodes 0", found: "> \(SAVData.mostFilling)",
                        allowed: "0–\(SAVData.mostFilling)")
                }
                loadCodes(input)
                try input.gather(rowBytes)
            }
            while codesLeft > 0 {
                switch UInt8(truncatingIfNeeded: codes) {
                case 0: nextCode()
                case 252: return true
                default: return false
                }
            }
        }
    }

    /// True if rows follow beyond those that the file announced.
    func hasMore(in input: BinaryInput) throws(Problem) -> Bool {
        try !isAtEnd(input, try input.gather(1))
    }

    @inline(__always)
    private func loadCodes(_ input: BinaryInput) {
        codes = UInt64(littleEndian: UnsafeRawPointer(input.base + input.position).loadUnaligned(as: UInt64.self))
        input.position += 8
        codesLeft = 8
    }

    @inline(__always)
    private func nextCode() {
        codes >>= 8
        codesLeft &-= 1
    }

    private func read(
        _ input: BinaryInput, into batch: RawBatch, cell firstCell: Int, at start: Int
    ) -> (used: Int, fault: Int?) {
        let bytes = batch.bytes
        let cells = batch.fields
        var used = start
        var cell = firstCell
        // Local copies stay in registers.
        let base = UnsafeRawPointer(input.base)
        let end = input.end
        var position = input.position
        var codes = self.codes
        var left = codesLeft
        let isCompressed = isCompressed
        defer {
            input.position = position
            self.codes = codes
            codesLeft = left
        }

        /// The code of the next element: 253 where eight bytes of it follow.
        @inline(__always)
        func code() -> UInt8 {
            guard isCompressed else { return 253 }
            while true {
                if left == 0 {
                    if position > end { return 252 }
                    codes = UInt64(littleEndian: (base + position).loadUnaligned(as: UInt64.self))
                    position &+= 8
                    left = 8
                }
                let code = UInt8(truncatingIfNeeded: codes)
                codes >>= 8
                left &-= 1
                if code != 0 { return code }
            }
        }

        for field in 0..<fields.count {
            let begin = used
            if fields[field].width == 0 {
                let code = code()
                let isNumber = plainRow || fields[field].content == .number
                if code < 252, isNumber, smallLengths[Int(code)] != 0xFF {
                    UnsafeMutableRawPointer(bytes + used).storeBytes(of: smallTexts[Int(code)], as: UInt64.self)
                    used &+= Int(smallLengths[Int(code)])
                } else if code == 255 {
                    // System-missing: an empty cell.
                } else if code == 252 {
                    hasEnded = true
                    return (used, nil)
                } else {
                    var value = Double(code) - bias
                    var isMissing = false
                    if code >= 253 {
                        var word = SAVData.spaces
                        if code == 253 {
                            word = (base + position).loadUnaligned(as: UInt64.self)
                            position &+= 8
                            word = isBigEndian ? UInt64(bigEndian: word) : UInt64(littleEndian: word)
                        }
                        value = Double(bitPattern: word)
                        isMissing = word == systemMissing || value.isNaN
                    }
                    if !isMissing {
                        used &+=
                            isNumber
                            ? NumberCell.write(value, to: bytes + used)
                            : SPSSTime.write(value, as: fields[field].content, to: bytes + used)
                    }
                }
            } else {
                var length = 0
                for _ in 0..<fields[field].elements {
                    var word = SAVData.spaces
                    let code = code()
                    if code == 253 {
                        word = (base + position).loadUnaligned(as: UInt64.self)
                        position &+= 8
                    } else if code == 252 {
                        hasEnded = true
                        return (used, nil)
                    } else if code < 252 {
                        // Some programs keep eight bytes that are a small number as one.
                        let bits = (Double(code) - bias).bitPattern
                        word = isBigEndian ? bits.bigEndian : bits.littleEndian
                    }
                    UnsafeMutableRawPointer(scratch + length).storeBytes(of: word, as: UInt64.self)
                    length &+= 8
                }
                let (made, fault) = text(field, length, to: bytes + used)
                if let fault { return (used, input.offset - input.position + position - length + fault) }
                used &+= made
            }
            cells[cell] = UInt64(truncatingIfNeeded: begin) | UInt64(truncatingIfNeeded: used) &<< 32
            bytes[used] = 0x09
            used &+= 1
            cell &+= 1
        }
        return (used, nil)
    }

    /// Writes the string that stands in the scratch bytes, without the spaces at its end.
    private func text(
        _ field: Int, _ length: Int, to target: UnsafeMutablePointer<UInt8>
    ) -> (made: Int, fault: Int?) {
        let width = fields[field].width
        var count = width
        if width > 255 {
            // Segments of 255 bytes take 256 of the row: they move together.
            count = 0
            var source = 0
            for segment in segments[field] {
                let own = min(segment, width - count)
                (scratch + count).update(from: scratch + source, count: max(0, own))
                count += max(0, own)
                source += (segment + 7) / 8 * 8
            }
        }
        while count > 0, scratch[count - 1] == 0x20 || scratch[count - 1] == 0 { count -= 1 }
        if count == 0 { return (0, nil) }
        let (made, fault) = decoder.decode(scratch, count, to: target)
        return (made, fault)
    }
}

extension Problem {
    /// A row that no memory should hold.
    static func rowTooLarge(_ file: String, limit: Int) -> Problem {
        Problem(
            "formats.row-too-large", .input, what: "The rows of \"\(file)\" are too long", place: Place(file: file),
            why: "a row may take at most \(limit) bytes of text", fix: "take long texts out of the file")
    }
}
