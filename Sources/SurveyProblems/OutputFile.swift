internal import Glibc

/// Writes whole files atomically: readers see the old content or the new, never a part.
public enum OutputFile {
    /// Writes bytes to a temporary neighbour, flushes it to disk and renames it over `path`.
    ///
    /// An existing file is refused unless `replacing` is true. A device or a pipe cannot be replaced by a file and is
    /// written to as it is; a symbolic link is followed.
    public static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(Problem) {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            guard status.st_mode & S_IFMT != S_IFDIR else { throw .unwritableFile(path, reason: message(EISDIR)) }
            let failure = write(bytes, opening: path, flags: O_WRONLY | O_CLOEXEC, flushes: false)
            if failure != 0 { throw .unwritableFile(path, reason: message(failure)) }
            return
        }
        if !replacing, access(path, F_OK) == 0 { throw .fileExists(path) }
        let target = resolved(path)
        let temporary = target + ".\(getpid()).part"
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        var failure = write(bytes, opening: temporary, flags: flags, flushes: true)
        if failure == 0, rename(temporary, target) != 0 { failure = errno }
        if failure != 0 {
            unlink(temporary)
            throw .unwritableFile(path, reason: message(failure))
        }
        flushFolder(of: target)
    }

    /// Writes all bytes to a file that is opened for it; returns 0 or the number of the system's error.
    private static func write(_ bytes: [UInt8], opening path: String, flags: Int32, flushes: Bool) -> Int32 {
        let descriptor = open(path, flags, 0o644)
        guard descriptor >= 0 else { return errno }
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
        if failure == 0, flushes, fsync(descriptor) != 0 { failure = errno }
        if close(descriptor) != 0, failure == 0 { failure = errno }
        return failure
    }

    /// The file that a path leads to; the path itself where nothing is there yet.
    static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    static func message(_ number: Int32) -> String {
        strerror(number).map { String(cString: $0) } ?? String(number)
    }

    /// Makes the rename itself survive a power cut; a file system that cannot do so is left as it is.
    static func flushFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

extension Problem {
    /// A file that stands where an output should go.
    public static func fileExists(_ path: String) -> Problem {
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
