internal import SurveyData
internal import SurveySchema

/// The substantive answers of interviews as bytes, row after row, ready to be compared in pairs.
///
/// A byte is the code of an answer, of "don't know", "refused", "never dealt" or an own kind of the questionnaire: all of
/// these are answers that a copied interview copies. A question that was not put, an empty cell and an unreadable one are
/// no answers: they never count as equal, and a pair is judged only by the columns in which both have an answer.
///
/// Each interview stands twice, in `left` and in `right`, with different bytes for "no answer", so that one comparison of
/// bytes counts equal answers and nothing else.
struct AnswerMatrix {
    /// Row numbers of the interviews in their table.
    let rows: [Int]
    /// The columns that are compared.
    let names: [String]
    /// Bytes of one interview: a multiple of 64.
    let width: Int
    let left: [UInt8]
    let right: [UInt8]
    /// One bit a column for the answers there are; `width / 64` words an interview.
    let answered: [UInt64]

    private static let leftGap: UInt8 = 255
    private static let rightGap: UInt8 = 254

    /// Codes of values; numbers of more different values are not compared.
    private static let mostCodes = 240

    /// Takes the columns whose values fit into a byte.
    init(_ columns: [Column], rows: [Int]) {
        var names: [String] = []
        var coded: [[UInt8]] = []
        for column in columns {
            guard let bytes = AnswerMatrix.bytes(of: column, rows: rows) else { continue }
            names.append(column.name)
            coded.append(bytes)
        }
        self.rows = rows
        self.names = names
        let width = (names.count + 63) / 64 * 64
        var left = [UInt8](repeating: AnswerMatrix.leftGap, count: rows.count * width)
        var right = [UInt8](repeating: AnswerMatrix.rightGap, count: rows.count * width)
        var answered = [UInt64](repeating: 0, count: rows.count * (width / 64))
        for (column, bytes) in coded.enumerated() {
            let (word, bit) = (column / 64, UInt64(1) << UInt64(column % 64))
            for interview in 0..<rows.count {
                let byte = bytes[interview]
                guard byte != AnswerMatrix.leftGap else { continue }
                left[interview * width + column] = byte
                right[interview * width + column] = byte
                answered[interview * (width / 64) + word] |= bit
            }
        }
        self.width = width
        self.left = left
        self.right = right
        self.answered = answered
    }

    /// The number of columns in which an interview has an answer.
    func answerCount(of interview: Int) -> Int {
        let words = width / 64
        return (0..<words).reduce(0) { $0 + answered[interview * words + $1].nonzeroBitCount }
    }

    /// The bytes of one interview, for a hash or a comparison of all answers.
    func bytes(of interview: Int) -> ArraySlice<UInt8> { left[interview * width..<(interview + 1) * width] }

    /// The byte of each interview in one column; 255 where there is no answer.
    func values(of column: Int) -> [UInt8] { rows.indices.map { left[$0 * width + column] } }

    private static func bytes(of column: Column, rows: [Int]) -> [UInt8]? {
        let kinds = column.missingKinds
        func missing(_ row: Int) -> UInt8? { kinds.isEmpty || kinds[row] == 0 ? nil : byte(ofKind: kinds[row]) }
        switch column.values {
        case .bytes(let values): return rows.map { missing($0) ?? values[$0] }
        case .words(let values):
            guard column.dictionary.count <= mostCodes else { return nil }
            return rows.map { missing($0) ?? UInt8(truncatingIfNeeded: values[$0]) }
        case .indexes: return nil
        case .numbers(let values, _):
            var positions: [Double: UInt8] = [:]
            var bytes: [UInt8] = []
            bytes.reserveCapacity(rows.count)
            for row in rows {
                if let kind = missing(row) {
                    bytes.append(kind)
                } else if let known = positions[values[row]] {
                    bytes.append(known)
                } else {
                    guard positions.count < mostCodes else { return nil }
                    let next = UInt8(positions.count)
                    positions[values[row]] = next
                    bytes.append(next)
                }
            }
            return bytes
        }
    }

    /// A missing kind that is an answer keeps a byte of its own; the others leave a gap.
    private static func byte(ofKind kind: UInt8) -> UInt8 {
        guard let missing = MissingKind(rawValue: kind), missing.wasAsked, missing != .noAnswer, missing != .unreadable
        else { return leftGap }
        // The bytes of "not asked" and "not in wave" are free here, those of the last own kinds mark gaps.
        switch kind {
        case leftGap: return MissingKind.notInWave.rawValue
        case rightGap: return MissingKind.notAsked.rawValue
        default: return kind
        }
    }
}
