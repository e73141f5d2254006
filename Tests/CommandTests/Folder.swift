import Foundation

/// A fresh temporary folder, removed with the value that holds it.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "saual-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// A folder that begins as a copy of another.
    convenience init(copying source: String) throws {
        try self.init()
        for name in try FileManager.default.contentsOfDirectory(atPath: source) {
            try FileManager.default.copyItem(atPath: "\(source)/\(name)", toPath: "\(path)/\(name)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    // MARK: Files

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func write(_ bytes: Data, to name: String) throws { try bytes.write(to: URL(fileURLWithPath: "\(path)/\(name)")) }

    func bytes(of name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) }

    func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    func copy(_ source: String, to name: String) throws {
        try FileManager.default.copyItem(atPath: source, toPath: "\(path)/\(name)")
    }

    /// Replaces a text that stands in a file exactly once.
    func replace(_ old: String, with new: String, in name: String) throws {
        let text = try text(of: name)
        guard text.components(separatedBy: old).count == 2 else { throw NotOnce(text: old, file: name) }
        try write(text.replacingOccurrences(of: old, with: new), to: name)
    }

    struct NotOnce: Error { let text: String, file: String }

    /// Every file below the folder, with its bytes.
    func contents() throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
            if !isFolder.boolValue { found[name] = try bytes(of: name) }
        }
        return found
    }

    /// When each file below the folder was last written.
    func times() throws -> [String: Date] {
        var found: [String: Date] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            found[name] =
                try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.modificationDate] as? Date
        }
        return found
    }

    // MARK: Running

    /// Runs `saual` here with words split at spaces; a word with a space in it stands between two bars: `--where |a = 1|`.
    @discardableResult
    func saual(_ line: String, input: Data = Data(), environment: [String: String] = [:]) throws -> Saual.Result {
        defer { withExtendedLifetime(self) {} }
        return try Saual.run(Folder.words(line), in: path, input: input, environment: environment)
    }

    private static func words(_ line: String) -> [String] {
        line.components(separatedBy: "|").enumerated().flatMap { position, part in
            position.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [part]
        }
    }
}
