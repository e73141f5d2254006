public import Foundation

/// Finds the numbers and tables from outside that tests compare with.
public enum ReferenceFolder {
    /// `Tests/Reference`, beside the test targets.
    public static let url = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Reference")

    /// Reads a JSON file.
    public static func json(_ name: String) throws -> JSONTree { try json(url.appendingPathComponent(name)) }

    /// Reads a JSON file that stands anywhere.
    public static func json(_ file: URL) throws -> JSONTree {
        try JSONDecoder().decode(JSONTree.self, from: Data(contentsOf: file))
    }

    /// Reads a CSV file with a header row.
    public static func csv(_ name: String) throws -> CSVTable { try csv(url.appendingPathComponent(name)) }

    /// Reads a CSV file that stands anywhere.
    public static func csv(_ file: URL) throws -> CSVTable {
        CSVTable(try String(contentsOf: file, encoding: .utf8))
    }
}
