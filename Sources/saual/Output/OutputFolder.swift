internal import Glibc
internal import SurveyProblems

/// Folders for outputs.
enum OutputFolder {
    /// Makes a folder and those above it where they are missing.
    static func make(_ path: String) throws(Problem) {
        guard !path.isEmpty else { return }
        var folder = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            folder += (folder.isEmpty || folder.hasSuffix("/") ? "" : "/") + part
            if mkdir(folder, 0o755) != 0, errno != EEXIST {
                throw .unwritableFile(folder, reason: String(cString: strerror(errno)))
            }
        }
    }
}
