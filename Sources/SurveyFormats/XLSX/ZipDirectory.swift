internal import Glibc
internal import SurveyProblems

/// Looks at the end of a zip file before libzip does, which makes room for as many parts as the file claims to have.
enum ZipDirectory {
    /// The most bytes of the directory: the limit of parts with names of 400 bytes.
    private static let directoryLimit: UInt64 = 4 << 20

    /// Refuses files that are no zip archives, and directories beyond the limits.
    static func check(_ descriptor: Int32, size: Int, file: String) throws(Problem) {
        let head = bytes(of: descriptor, at: 0, count: 8)
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldWorkbook(file) }
        guard size > 0 else { throw .emptyFile(file) }
        guard head.starts(with: [0x50, 0x4B]) else { throw .damagedArchive(file, reason: "0: ≠ PK") }
        // The end record has 22 bytes and a comment of at most 65,535.
        let tailStart = max(0, size - 65_557)
        let tail = bytes(of: descriptor, at: tailStart, count: size - tailStart)
        var isFound = false
        var position = tail.count - 22
        while position >= 0 {
            defer { position -= 1 }
            guard tail[position] == 0x50, number(tail, position, 4) == 0x0605_4B50 else { continue }
            isFound = true
            var parts = number(tail, position + 10, 2)
            var length = number(tail, position + 12, 4)
            if parts == 0xFFFF || length == 0xFFFF_FFFF, position >= 20, number(tail, position - 20, 4) == 0x0706_4B50 {
                let offset = number(tail, position - 12, 8)
                let record = offset < UInt64(size) ? bytes(of: descriptor, at: Int(offset), count: 56) : []
                if record.count == 56 { (parts, length) = (number(record, 32, 8), number(record, 40, 8)) }
            }
            guard parts <= UInt64(ZipArchive.partLimit), length <= directoryLimit else {
                throw .tooManyParts(Int(clamping: parts), limit: ZipArchive.partLimit, file: file)
            }
        }
        guard isFound else { throw .damagedArchive(file, reason: "0…\(size): ≠ PK 05 06") }
    }

    private static func number(_ bytes: [UInt8], _ position: Int, _ count: Int) -> UInt64 {
        var value: UInt64 = 0
        for offset in (0..<count).reversed() { value = value << 8 | UInt64(bytes[position + offset]) }
        return value
    }

    private static func bytes(of descriptor: Int32, at offset: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got <= 0 { return }
                filled += got
            }
        }
    }
}
