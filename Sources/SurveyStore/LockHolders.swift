internal import Glibc
internal import SurveyProblems

/// Tells which processes hold locks of SQLite on a file.
///
/// Asked of `/proc/locks`: opening the file to ask it would, on closing it, drop the locks of our own process.
enum LockHolders {
    /// SQLite locks the 512 bytes from here on, whatever the size of the file (its PENDING_BYTE).
    private static let firstByte = 0x4000_0000

    /// Returns the process numbers in ascending order; our own only if there is no other.
    static func processes(of path: String) -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0, let bytes = try? InputFile.bytes(of: "/proc/locks") else { return [] }
        let holders = processes(in: String(decoding: bytes, as: UTF8.self), inode: UInt(status.st_ino))
        let others = holders.subtracting([Int(getpid())])
        return (others.isEmpty ? holders : others).sorted()
    }

    /// Reads lines such as `1: POSIX  ADVISORY  WRITE 3312 fe:00:132456 1073741825 1073741825`.
    static func processes(in locks: String, inode: UInt) -> Set<Int> {
        var found: Set<Int> = []
        for line in locks.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count == 8, fields[1] == "POSIX", let process = Int(fields[4]), process > 0,
                let number = fields[5].split(separator: ":").last, UInt(number) == inode,
                let first = Int(fields[6]), first >= firstByte, first < firstByte + 512
            else { continue }
            found.insert(process)
        }
        return found
    }
}
