internal import Glibc

/// Writes a file of any size piece by piece; readers see the old content or all of the new, never a part.
///
/// The pieces go to a temporary neighbour. `finish` renames it; a stream that is dropped before leaves nothing behind.
public final class StreamedFile {
    private let path: String
    private let target: String
    private let temporary: String
    private var descriptor: Int32

    /// Opens the file; an existing one is refused unless `replacing` is true.
    public init(_ path: String, replacing: Bool) throws(Problem) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw .unwritableFile(
                    path, reason: OutputFile.message(status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL))
            }
            guard replacing else { throw .fileExists(path) }
        }
        self.path = path
        target = OutputFile.resolved(path)
        temporary = target + ".\(getpid()).part"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritableFile(path, reason: OutputFile.message(errno)) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary)
    }

    /// Adds bytes at the end.
    public func append(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
        var written = 0
        while written < bytes.count, let base = bytes.baseAddress {
            let count = Glibc.write(descriptor, base + written, bytes.count - written)
            if count < 0 {
                if errno == EINTR { continue }
                throw .unwritableFile(path, reason: OutputFile.message(errno))
            }
            written += count
        }
    }

    /// Puts bytes in the place of some that were written before, such as an offset that is known only at the end.
    public func replace(_ bytes: [UInt8], at offset: Int) throws(Problem) {
        let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
        guard written == bytes.count else { throw .unwritableFile(path, reason: OutputFile.message(errno)) }
    }

    /// Flushes everything to disk and puts the file in its place.
    public func finish() throws(Problem) {
        var failure: Int32 = fsync(descriptor) == 0 ? 0 : errno
        if close(descriptor) != 0, failure == 0 { failure = errno }
        descriptor = -1
        if failure == 0, rename(temporary, target) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(temporary)
            throw .unwritableFile(path, reason: OutputFile.message(failure))
        }
        OutputFile.flushFolder(of: target)
    }
}
