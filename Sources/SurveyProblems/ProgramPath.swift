internal import Glibc

/// Finds programs in the folders of the search path.
package enum ProgramPath {
    /// The search path of this process; nil if it has none.
    package static var ofProcess: String? { getenv("PATH").map { String(cString: $0) } }

    /// Returns the first file of a name that may be run.
    package static func find(_ name: String, in searchPath: String) -> String? {
        for folder in searchPath.split(separator: ":") {
            let path = "\(folder)/\(name)"
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 { return path }
        }
        return nil
    }
}
