internal import Glibc
internal import SurveyProblems

/// Makes a folder with all its files at once: it is there whole, or not at all.
enum NewFolder {
    /// Writes the files into a hidden neighbour, which then gets the folder's name.
    ///
    /// - Parameters:
    ///   - files: Paths below the folder and what they hold; at most one folder deep.
    ///   - name: The folder; nothing may have this name, not even an empty folder.
    /// - Throws: ``Problem`` `command.folder-exists`, and what the system says if a file cannot be written.
    static func write(_ files: [(path: String, text: String)], to name: String) throws(Problem) {
        guard isAbsent(name) else { throw .folderExists(name) }
        let temporary = try hiddenNeighbour(of: name)
        do throws(Problem) {
            for (path, text) in files {
                if let end = path.lastIndex(of: "/") { try OutputFolder.make("\(temporary)/\(path[..<end])") }
                try OutputFile.write(Array(text.utf8), to: "\(temporary)/\(path)", replacing: false)
            }
            guard isAbsent(name) else { throw .folderExists(name) }
            if rename(temporary, name) != 0 { throw .unwritableFile(name, reason: String(cString: strerror(errno))) }
        } catch {
            remove(files.map(\.path), in: temporary)
            throw error
        }
    }

    private static func isAbsent(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) != 0 && errno == ENOENT
    }

    private static func hiddenNeighbour(of name: String) throws(Problem) -> String {
        for number in 0..<100 {
            let path = ".\(name).\(getpid())-\(number).part"
            if mkdir(path, 0o755) == 0 { return path }
            guard errno == EEXIST else { break }
        }
        throw .unwritableFile(name, reason: String(cString: strerror(errno)))
    }

    /// Takes away what was written so far.
    private static func remove(_ paths: [String], in folder: String) {
        for path in paths { unlink("\(folder)/\(path)") }
        for path in paths {
            if let end = path.lastIndex(of: "/") { rmdir("\(folder)/\(path[..<end])") }
        }
        rmdir(folder)
    }
}

extension Problem {
    /// Something of this name stands where a folder is to be made.
    static func folderExists(_ name: String) -> Problem {
        Problem(
            "command.folder-exists", .usage, what: "\"\(name)\" exists already", place: Place(file: name),
            why: "a study is begun in a folder of its own, and nothing that is there is touched",
            fix: "choose another name, or move what is there away")
    }
}
