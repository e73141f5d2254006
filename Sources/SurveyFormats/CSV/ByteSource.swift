internal import Glibc
internal import SurveyProblems

/// A file or standard input, read forward once in windows; never mapped, so that memory stays bounded and a file that
/// is cut off while it is read is an error and not a signal.
final class ByteSource {
    let path: String
    /// Bytes of a regular file, nil for pipes.
    let byteCount: Int?
    private(set) var bytesRead = 0
    private(set) var hasEnded = false

    private let descriptor: Int32
    private let onBytes: ByteObserver?

    init(path: String, onBytes: ByteObserver?) throws(Problem) {
        self.path = path
        self.onBytes = onBytes
        if path == "-" {
            descriptor = STDIN_FILENO
            byteCount = nil
            return
        }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableFile(path, reason: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw .unreadableFile(path, reason: reason)
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw .unreadableFile(path, reason: String(cString: strerror(EISDIR)))
        }
        byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit {
        if descriptor > STDERR_FILENO { close(descriptor) }
    }

    /// Reads at most `count` bytes; 0 at the end of the file.
    func read(into target: UnsafeMutablePointer<UInt8>, count: Int) throws(Problem) -> Int {
        while !hasEnded {
            let got = Glibc.read(descriptor, target, count)
            if got > 0 {
                bytesRead += got
                onBytes?(UnsafeRawBufferPointer(start: target, count: got))
                return got
            }
            if got == 0 {
                hasEnded = true
            } else if errno != EINTR {
                throw .unreadableFile(path, reason: String(cString: strerror(errno)))
            }
        }
        return 0
    }
}
