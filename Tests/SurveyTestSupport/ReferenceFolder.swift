public import Foundation

/// Finds the numbers and tables from outside that tests compare with.
public enum ReferenceFolder {
    /// `Tests/Reference`, beside the test targets.
    public static let url = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Reference")

    /// Reads a JSON file.
    public static func json(_ name: String) throws -> JSONTree {
        try JSONDecoder().decode(JSONTree.self, from: Data(contentsOf: url.appendingPathComponent(name)))
    }

    /// Reads a CSV file with a header row.
    public static func csv(_ name: String) throws -> CSVTable {
        CSVTable(try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8))
    }
}
