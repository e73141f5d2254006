internal import SurveyProblems

/// The frame around the compressed blocks of a `.zsav`: where they begin and end, and whether all are there.
final class SAVBlocks {
    private let file: String
    private let inflater: BlockInflater
    private let source: ByteSource
    private let trailerLength: Int
    private let isBigEndian: Bool

    /// Reads the three words before the blocks and lets the input go on inside them.
    init(_ input: BinaryInput, bias: Double) throws(Problem) {
        file = input.file
        source = input.source
        isBigEndian = input.isBigEndian
        let place = input.offset
        let header = Int(truncatingIfNeeded: try input.word64())
        let trailer = Int(truncatingIfNeeded: try input.word64())
        trailerLength = Int(truncatingIfNeeded: try input.word64())
        guard header == place else {
            throw .damaged(file, offset: place, part: "zheader_ofs", found: String(header), allowed: String(place))
        }
        let size = source.byteCount ?? Int.max
        guard trailer >= place + 24, trailerLength >= 24, (trailerLength - 24) % 24 == 0, trailerLength <= size,
            trailer <= size - trailerLength
        else {
            throw .damaged(
                input.file, offset: place + 8, part: "ztrailer_ofs", found: "\(trailer) + \(trailerLength)",
                allowed: "\(place + 24)–\(size)")
        }
        inflater = try BlockInflater(source, offset: place + 24, compressedSize: trailer - place - 24)
        input.inflate(inflater)
    }

    /// Reads what stands behind the blocks: it must tell of as many blocks as there were.
    func checkEnd(_ input: BinaryInput) throws(Problem) {
        // Behind the last row there is at most what fills a group of eight.
        guard try inflater.isAtEnd(within: 4096) else {
            throw .damaged(file, offset: source.bytesRead, part: "zlib", found: "> 4096", allowed: "0–4096")
        }
        var tail = inflater.behind
        let limit = min(trailerLength, 24)
        while tail.count < limit {
            let target = UnsafeMutablePointer<UInt8>.allocate(capacity: limit)
            defer { target.deallocate() }
            let got = try source.read(into: target, count: limit - tail.count)
            guard got > 0 else { throw .truncated(file, offset: source.bytesRead, missing: limit - tail.count) }
            tail += UnsafeBufferPointer(start: target, count: got)
        }
        var parts = RecordParts(tail, offset: source.bytesRead - tail.count, isBigEndian: isBigEndian, file: file)
        _ = try parts.take(20)
        let count = try parts.int32()
        guard count == inflater.blockCount, count == (trailerLength - 24) / 24 else {
            throw .damaged(
                file, offset: parts.offset - 4, part: "n_blocks", found: String(count),
                allowed: String(inflater.blockCount))
        }
    }
}
