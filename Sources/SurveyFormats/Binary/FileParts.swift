internal import Glibc
internal import SurveyProblems

/// Reads at any place of a regular file, beside the reading from its beginning to its end.
final class FileParts {
    private let descriptor: Int32
    let file: String
    let size: Int
    /// The last bytes read, since parts mostly follow each other.
    private var window: [UInt8] = []
    private var windowStart = 0

    init(_ path: String) throws(Problem) {
        file = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableFile(path, reason: String(cString: strerror(errno))) }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isKnown ? Int(status.st_size) : 0
        guard isKnown else {
            close(descriptor)
            throw .unreadableFile(path, reason: String(cString: strerror(ESPIPE)))
        }
    }

    deinit { close(descriptor) }

    /// Bytes at an offset; a file that ends before is refused.
    func bytes(_ count: Int, at offset: Int) throws(Problem) -> [UInt8] {
        guard count >= 0, offset >= 0, offset <= size, count <= size - offset else {
            throw .truncated(file, offset: size, missing: max(1, count))
        }
        if offset >= windowStart, offset - windowStart <= window.count, count <= window.count - (offset - windowStart) {
            return Array(window[(offset - windowStart)..<(offset - windowStart + count)])
        }
        let wanted = min(max(count, 1 << 16), size - offset)
        var found = [UInt8](repeating: 0, count: wanted)
        var filled = 0
        while filled < wanted {
            let got = found.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled, off_t(offset + filled))
            }
            if got > 0 {
                filled += got
            } else if got == 0 {
                throw .truncated(file, offset: offset + filled, missing: wanted - filled)
            } else if errno != EINTR {
                throw .unreadableFile(file, reason: String(cString: strerror(errno)))
            }
        }
        window = found
        windowStart = offset
        return Array(found[..<count])
    }
}
