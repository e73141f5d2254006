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

    /// Refuses a path on whose way below the folder a symbolic link leads out of the folder.
    ///
    /// A study may come from a stranger, links and all; what it writes stays where its user put it.
    static func keep(_ path: String, inside folder: String) throws(Problem) {
        guard let root = real(folder.isEmpty ? "." : folder) else { return }
        var place = folder
        for part in path.split(separator: "/") {
            place += (place.isEmpty || place.hasSuffix("/") ? "" : "/") + part
            var status = stat()
            guard lstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { continue }
            guard let target = real(place), target.hasPrefix(root == "/" ? root : root + "/") else {
                throw .leadsOutside(place, of: folder.isEmpty ? "." : folder)
            }
        }
    }

    /// Where a path leads; nil where nothing is there.
    private static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}

extension Problem {
    static func leadsOutside(_ path: String, of folder: String) -> Problem {
        Problem(
            "command.leads-outside", .input, what: "\"\(path)\" is a link out of the study's folder",
            place: Place(file: path), why: "what a study writes stays below \"\(folder)\"; this link leads elsewhere",
            fix: "delete the link, or put a folder in its place")
    }
}
