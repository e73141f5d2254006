internal import Glibc
public import SurveyProblems

/// A folder that only its owner may enter; unless it is kept, it goes with all its files when the work is done.
public struct PrivateFolder: ~Copyable {
    public let path: String
    private let isKept: Bool

    /// Makes a folder in the system's place for temporary files.
    public init() throws(Problem) {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        let template = (place.hasPrefix("/") ? place : "/tmp") + "/saual-XXXXXX"
        var name = Array(template.utf8CString)
        guard mkdtemp(&name) != nil else {
            throw .unwritableFile(template, reason: String(cString: strerror(errno)))
        }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        isKept = false
    }

    /// Makes a folder that stays.
    ///
    /// - Throws: ``Problem`` `verification.folder-exists`: answers of people do not go where others may look already.
    public init(keeping path: String) throws(Problem) {
        guard mkdir(path, 0o700) == 0 else {
            let reason = errno
            if reason == EEXIST { throw .folderExists(path) }
            throw .unwritableFile(path, reason: String(cString: strerror(reason)))
        }
        self.path = path
        isKept = true
    }

    deinit { if !isKept { PrivateFolder.remove(path) } }

    /// Removes a folder of files and of folders that R may have left; links are not followed.
    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                    name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                if unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
            }
            closedir(folder)
        }
        rmdir(path)
    }
}

extension Problem {
    /// A folder for rows of people that is there already.
    static func folderExists(_ path: String) -> Problem {
        Problem(
            "verification.folder-exists", .usage, what: "\"\(path)\" exists already", place: Place(file: path),
            why: "the answers of people go into a new folder that only you may enter", fix: "name a new folder")
    }
}
