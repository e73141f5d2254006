internal import CZlib
internal import SurveyProblems

/// The data of a `.zsav`: blocks of 4 MB less 4 KB, each compressed by itself, and the list of them.
struct SAVBlockWriter {
    private let headerOffset: Int
    private var pending: [UInt8] = []
    private var blocks: [(size: Int, compressed: Int)] = []
    private var trailerOffset = 0

    private static let blockSize = 0x3F_F000

    init(headerOffset: Int) { self.headerOffset = headerOffset }

    /// The three words before the blocks, which are known at the end.
    var header: (bytes: [UInt8], offset: Int) {
        var bytes: [UInt8] = []
        for word in [headerOffset, trailerOffset, 24 + 24 * blocks.count] {
            withUnsafeBytes(of: UInt64(word).littleEndian) { bytes += Array($0) }
        }
        return (bytes, headerOffset)
    }

    mutating func append(_ bytes: [UInt8], to output: inout BinaryOutput) throws(Problem) {
        if output.offset == headerOffset { output.zeros(24) }
        pending += bytes
        while pending.count >= SAVBlockWriter.blockSize { try endBlock(SAVBlockWriter.blockSize, &output) }
    }

    private mutating func endBlock(_ size: Int, _ output: inout BinaryOutput) throws(Problem) {
        var length = compressBound(UInt(size))
        var compressed = [UInt8](repeating: 0, count: Int(length))
        let code = compress2(&compressed, &length, pending, UInt(size), 6)
        precondition(code == Z_OK, "zlib has room for its own bound")
        output.append(compressed[..<Int(length)])
        try output.flush(all: true)
        blocks.append((size, Int(length)))
        pending.removeFirst(size)
    }

    mutating func finish(_ output: inout BinaryOutput) throws(Problem) {
        if output.offset == headerOffset { output.zeros(24) }
        if !pending.isEmpty { try endBlock(pending.count, &output) }
        trailerOffset = output.offset
        output.int64(-100)
        output.int64(0)
        output.int32(SAVBlockWriter.blockSize)
        output.int32(blocks.count)
        var plain = headerOffset
        var compressed = headerOffset + 24
        for block in blocks {
            output.int64(plain)
            output.int64(compressed)
            output.int32(block.size)
            output.int32(block.compressed)
            plain += block.size
            compressed += block.compressed
        }
    }
}
