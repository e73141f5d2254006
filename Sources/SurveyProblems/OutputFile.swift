internal import Glibc

/// Writes whole files atomically: readers see the old content or the new, never a part.
public enum OutputFile {
    /// Writes bytes to a temporary neighbour, flushes it to disk and renames it over `path`.
    ///
    /// An existing file is refused unless `replacing` is true.
    public static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(Problem) {
        if !replacing, access(path, F_OK) == 0 { throw .fileExists(path) }
        let temporary = path + ".\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritableFile(path, reason: String(cString: strerror(errno))) }
        var written = 0
        var failure: Int32 = 0
        bytes.withUnsafeBytes { source in
            while written < source.count, let base = source.baseAddress {
                let count = Glibc.write(descriptor, base + written, source.count - written)
                if count < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                written += count
            }
        }
        if failure == 0, fsync(descriptor) != 0 { failure = errno }
        close(descriptor)
        if failure == 0, rename(temporary, path) != 0 { failure = errno }
        if failure != 0 {
            unlink(temporary)
            throw .unwritableFile(path, reason: String(cString: strerror(failure)))
        }
        flushFolder(of: path)
    }

    /// Makes the rename itself survive a power cut; a file system that cannot do so is left as it is.
    private static func flushFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

extension Problem {
    /// A file that stands where an output should go.
    static func fileExists(_ path: String) -> Problem {
        Problem(
            "problems.file-exists", .usage, what: "\"\(path)\" exists already", place: Place(file: path),
            why: "an existing file is only replaced on demand", fix: "choose another name, or add --force")
    }

    /// A file that cannot be written; the reason is the system's own.
    public static func unwritableFile(_ path: String, reason: String) -> Problem {
        Problem(
            "problems.unwritable-file", .input, what: "Cannot write \"\(path)\"", place: Place(file: path),
            why: "the system says: \(reason)", fix: "check the folder, its permissions and the free space")
    }
}
