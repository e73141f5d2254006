import Foundation
import Testing

/// A row of a JSON result or of a file of reference numbers.
struct Row {
    let fields: [String: Any]

    subscript(_ name: String) -> String? { fields[name] as? String }

    /// A number; nil where the field is absent or null.
    func number(_ name: String) -> Double? { (fields[name] as? NSNumber)?.doubleValue }

    func has(_ name: String) -> Bool { fields[name] != nil }

    var by: [String: String] { fields["by"] as? [String: String] ?? [:] }

    /// The group in words: `age_group=m29, sex=1`.
    var group: String { by.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ") }
}

/// Reads JSON as the tests need it.
enum JSON {
    struct NotAnObject: Error {}

    static func object(_ text: String) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
            throw NotAnObject()
        }
        return object
    }

    static func rows(_ text: String, in field: String = "rows") throws -> [Row] {
        guard let rows = try object(text)[field] as? [[String: Any]] else { throw NotAnObject() }
        return rows.map { Row(fields: $0) }
    }

    /// The rows of a file in `Tests/Reference`.
    static func reference(_ name: String) throws -> [Row] {
        try rows(String(contentsOfFile: "\(Saual.root)/Tests/Reference/\(name)", encoding: .utf8))
    }

    /// Every object of a text with one on each line.
    static func lines(_ text: String) throws -> [Row] {
        try text.split(separator: "\n").map { Row(fields: try object(String($0))) }
    }

    /// The names of the fields of an object in the order in which they stand, which the parser does not keep.
    static func order(of text: String) -> [String] {
        var names: [String] = []
        var depth = 0
        var rest = Substring(text)
        while let first = rest.popFirst() {
            switch first {
            case "{", "[": depth += 1
            case "}", "]": depth -= 1
            case "\"":
                var word = ""
                while let next = rest.popFirst(), next != "\"" {
                    word.append(next)
                    if next == "\\", let escaped = rest.popFirst() { word.append(escaped) }
                }
                if depth == 1, rest.first == ":" { names.append(word) }
            default: break
            }
        }
        return names
    }
}

/// Expects two numbers to be equal to a relative 1e-9, or both to be absent.
func expectEqual(
    _ found: Double?, _ expected: Double?, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let found, let expected else {
        #expect(found == expected, "\(what)", sourceLocation: sourceLocation)
        return
    }
    #expect(
        abs(found - expected) <= 1e-9 * abs(expected), "\(what): \(found) instead of \(expected)",
        sourceLocation: sourceLocation)
}
