internal import Glibc

/// Reads whole files that people write (YAML, maps); data files are read in windows elsewhere.
public enum InputFile {
    /// Returns the bytes of a file, refusing one above `limit` bytes before reading it.
    public static func bytes(of path: String, limit: Int = 16 << 20) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        try read(path, limit: limit) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// Reads a file of any size from its beginning to its end, handing each window of bytes on.
    public static func windows(of path: String, body: (UnsafeRawBufferPointer) -> Void) throws(Problem) {
        try read(path, limit: .max, body: body)
    }

    private static func read(_ path: String, limit: Int, body: (UnsafeRawBufferPointer) -> Void) throws(Problem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableFile(path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadableFile(path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .unreadableFile(path, reason: String(cString: strerror(EISDIR)))
        }
        guard status.st_size <= limit else { throw .fileTooLarge(path, bytes: Int(status.st_size), limit: limit) }
        var window = [UInt8](repeating: 0, count: 1 << 18)
        var total = 0
        while true {
            let count = Glibc.read(descriptor, &window, window.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadableFile(path, reason: String(cString: strerror(errno)))
            }
            if count == 0 { return }
            total += count
            guard total <= limit else { throw .fileTooLarge(path, bytes: total, limit: limit) }
            window.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}

extension Problem {
    /// A file that cannot be opened or read; the reason is the system's own.
    public static func unreadableFile(_ path: String, reason: String) -> Problem {
        Problem(
            "problems.unreadable-file", .input, what: "Cannot read \"\(path)\"", place: Place(file: path),
            why: "the system says: \(reason)", fix: "check the name and the permissions of the file")
    }

    /// A file above the size that its kind may have.
    static func fileTooLarge(_ path: String, bytes: Int, limit: Int) -> Problem {
        Problem(
            "problems.file-too-large", .input, what: "\"\(path)\" is too large", place: Place(file: path),
            why: "a file of this kind may have at most \(limit) bytes; found \(bytes)",
            fix: "check that this is the file you meant")
    }
}
