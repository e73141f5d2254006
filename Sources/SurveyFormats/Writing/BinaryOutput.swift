internal import SurveyProblems

/// Little-endian bytes that go to a file in pieces.
struct BinaryOutput {
    private var buffer: [UInt8] = []
    private let file: StreamedFile
    private(set) var offset = 0
    private static let piece = 1 << 18

    init(_ file: StreamedFile) {
        self.file = file
        buffer.reserveCapacity(BinaryOutput.piece + 4096)
    }

    mutating func append(_ bytes: some Collection<UInt8>) {
        buffer.append(contentsOf: bytes)
        offset += bytes.count
    }

    mutating func append(_ text: String, width: Int, fill: UInt8 = 0x20) {
        let bytes = TextCut.bytes(text, most: width)
        append(bytes)
        append(repeatElement(fill, count: width - bytes.count))
    }

    mutating func int8(_ value: Int) { append(CollectionOfOne(UInt8(truncatingIfNeeded: value))) }

    mutating func int16(_ value: Int) {
        withUnsafeBytes(of: UInt16(truncatingIfNeeded: value).littleEndian) { append($0) }
    }

    mutating func int32(_ value: Int) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian) { append($0) }
    }

    mutating func int64(_ value: Int) {
        withUnsafeBytes(of: UInt64(truncatingIfNeeded: value).littleEndian) { append($0) }
    }

    mutating func double(_ value: Double) { withUnsafeBytes(of: value.bitPattern.littleEndian) { append($0) } }

    mutating func zeros(_ count: Int) { append(repeatElement(0, count: count)) }

    /// Hands full pieces on to the file.
    mutating func flush(all: Bool = false) throws(Problem) {
        guard all || buffer.count >= BinaryOutput.piece else { return }
        let result: Result<Void, Problem> = buffer.withUnsafeBytes { bytes in
            do throws(Problem) { return .success(try file.append(bytes)) } catch { return .failure(error) }
        }
        buffer.removeAll(keepingCapacity: true)
        try result.get()
    }
}
