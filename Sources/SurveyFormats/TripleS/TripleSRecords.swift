internal import SurveyProblems

/// The records of a triple-S data file, one a line.
final class TripleSRecords {
    private let input: BinaryInput
    /// The record that was read last.
    private(set) var bytes: [UInt8] = []
    /// Where it begins in the file.
    private(set) var offset = 0
    private(set) var number = 0

    var file: String { input.file }

    init(_ input: BinaryInput) throws(Problem) {
        self.input = input
        if try input.gather(3) >= 3, (0..<3).allSatisfy({ input.base[$0] == [0xEF, 0xBB, 0xBF][$0] }) {
            input.position = 3
        }
    }

    /// Reads the next record, whose line may end in CR, LF, or both in either order; false at the end of the file.
    func next() throws(Problem) -> Bool {
        var length = 0
        offset = input.offset
        while true {
            if input.waiting == length, try input.gather(length + 1) == length {
                guard length > 0 else { return false }
                take(length)
                return true
            }
            let byte = input.base[input.position + length]
            if byte == 0x0A || byte == 0x0D {
                take(length)
                input.position += 1
                if try input.gather(1) > 0 {
                    let second = input.base[input.position]
                    if second != byte, second == 0x0A || second == 0x0D { input.position += 1 }
                }
                return true
            }
            length += 1
            guard length <= CSVScanner.recordLimit else {
                throw .recordTooLarge(row: number + 1, line: number + 1, offset: offset, file: input.file)
            }
        }
    }

    private func take(_ length: Int) {
        bytes = Array(UnsafeBufferPointer(start: input.base + input.position, count: length))
        input.position += length
        number += 1
    }

    /// The fields of the record, delimited by commas; nil if a quote is not closed or text stands behind one.
    func fields() -> [[UInt8]]? {
        var fields: [[UInt8]] = []
        var position = 0
        let end = bytes.count
        while true {
            while position < end, bytes[position] == 0x20 { position += 1 }
            var field: [UInt8] = []
            if position < end, bytes[position] == 0x22 {
                position += 1
                while true {
                    guard position < end else { return nil }
                    if bytes[position] == 0x22 {
                        guard position + 1 < end, bytes[position + 1] == 0x22 else { break }
                        position += 1
                    }
                    field.append(bytes[position])
                    position += 1
                }
                position += 1
                while position < end, bytes[position] == 0x20 { position += 1 }
                guard position == end || bytes[position] == 0x2C else { return nil }
            } else {
                let start = position
                while position < end, bytes[position] != 0x2C { position += 1 }
                field = Array(bytes[start..<position])
                while field.last == 0x20 { field.removeLast() }
            }
            fields.append(field)
            guard position < end else { return fields }
            position += 1
        }
    }
}
