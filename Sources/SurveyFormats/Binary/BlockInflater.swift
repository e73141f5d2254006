internal import CZlib
internal import SurveyProblems

/// The text of a row of zlib streams that follow each other in a file, as the data of a `.zsav` do.
final class BlockInflater {
    private let source: ByteSource
    /// Compressed bytes of the blocks that were not read yet.
    private var rest: Int
    private var stream = z_stream()
    private var isOpen = false
    private var input: UnsafeMutablePointer<UInt8>
    private let inputSize = 1 << 17
    private var isInBlock = false
    /// Blocks that ended, and the bytes that they held.
    private(set) var blockCount = 0
    private(set) var byteCount = 0
    /// Bytes of the file that were read with the blocks but stand behind them.
    private(set) var behind: [UInt8] = []
    /// Where the next compressed byte stands in the file.
    private var offset: Int
    private var head: ArraySlice<UInt8> = []

    init(_ source: ByteSource, offset: Int, compressedSize: Int) throws(Problem) {
        self.source = source
        self.offset = offset
        rest = compressedSize
        input = .allocate(capacity: inputSize)
        isOpen = czlib_inflate_init(&stream) == Z_OK
        guard isOpen else { throw .unreadableFile(source.path, reason: "inflateInit") }
    }

    deinit {
        if isOpen { inflateEnd(&stream) }
        input.deallocate()
    }

    /// Bytes of the file that were read before.
    func begin(with bytes: [UInt8]) {
        let own = min(bytes.count, rest)
        head = bytes[..<own]
        behind = Array(bytes[own...])
    }

    /// Inflates at most `count` bytes; 0 where the blocks end.
    func read(into target: UnsafeMutablePointer<UInt8>, count: Int) throws(Problem) -> Int {
        stream.next_out = target
        stream.avail_out = UInt32(clamping: count)
        let wanted = stream.avail_out
        while stream.avail_out == wanted {
            if stream.avail_in == 0, try !refill() {
                if isInBlock { throw .truncated(source.path, offset: offset, missing: 1) }
                return 0
            }
            let before = stream.avail_in
            isInBlock = true
            let code = CZlib.inflate(&stream, Z_NO_FLUSH)
            offset += Int(before - stream.avail_in)
            if code == Z_STREAM_END {
                isInBlock = false
                blockCount += 1
                inflateReset(&stream)
            } else if code != Z_OK, code != Z_BUF_ERROR {
                throw .damaged(source.path, offset: offset, part: "zlib", found: String(code), allowed: "0")
            }
        }
        byteCount += Int(wanted - stream.avail_out)
        return Int(wanted - stream.avail_out)
    }

    /// Reads on for at most so many bytes; true if the blocks end there.
    func isAtEnd(within count: Int) throws(Problem) -> Bool {
        let target = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 1)
        defer { target.deallocate() }
        var read = 0
        while read <= count {
            let got = try self.read(into: target, count: count + 1 - read)
            if got == 0 { return true }
            read += got
        }
        return false
    }

    private func refill() throws(Problem) -> Bool {
        guard rest > 0 else { return false }
        var got: Int
        if !head.isEmpty {
            got = min(head.count, inputSize)
            head.prefix(got).withUnsafeBufferPointer { bytes in
                if let base = bytes.baseAddress { input.update(from: base, count: got) }
            }
            head = head.dropFirst(got)
        } else {
            got = try source.read(into: input, count: min(inputSize, rest))
            guard got > 0 else { throw .truncated(source.path, offset: offset, missing: rest) }
        }
        rest -= got
        stream.next_in = input
        stream.avail_in = UInt32(got)
        return true
    }
}
