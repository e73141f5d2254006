public import Foundation

/// A fresh temporary folder, removed with the value that holds it.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        path = NSTemporaryDirectory() + "saual-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// A folder that begins as a copy of another.
    public convenience init(copying source: String) throws {
        try self.init()
        for name in try FileManager.default.contentsOfDirectory(atPath: source) {
            try FileManager.default.copyItem(atPath: "\(source)/\(name)", toPath: "\(path)/\(name)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    // MARK: Files

    /// The path of a file in the folder.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The names of what stands in the folder, sorted; none if it is gone.
    public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    public func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    public func write(_ bytes: Data, to name: String) throws {
        try bytes.write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    public func bytes(of name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) }

    public func text(of name: String) throws -> String { String(decoding: try bytes(of: name), as: UTF8.self) }

    public func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    public func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    public func copy(_ source: String, to name: String) throws {
        try FileManager.default.copyItem(atPath: source, toPath: "\(path)/\(name)")
    }

    /// Replaces a text that stands in a file exactly once.
    public func replace(_ old: String, with new: String, in name: String) throws {
        let text = try text(of: name)
        guard text.components(separatedBy: old).count == 2 else { throw NotOnce(text: old, file: name) }
        try write(text.replacingOccurrences(of: old, with: new), to: name)
    }

    public struct NotOnce: Error { let text: String, file: String }

    /// Every file below the folder, with its bytes.
    public func contents() throws -> [String: Data] {
        var found: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
            if !isFolder.boolValue { found[name] = try bytes(of: name) }
        }
        return found
    }

    /// When each file below the folder was last written.
    public func times() throws -> [String: Date] {
        var found: [String: Date] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            found[name] =
                try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.modificationDate] as? Date
        }
        return found
    }
}
