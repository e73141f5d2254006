import Foundation
import SurveyData
import SurveySchema
import SurveyTestSupport

/// A reference table as typed columns: texts and factors as texts, all else as numbers; an empty cell is missing.
struct ReferenceData {
    let table: Table
    private let factors: Set<String>

    init(_ dataset: String, file: String, folder: URL = ReferenceFolder.url) throws {
        let csv = try ReferenceFolder.csv(folder.appendingPathComponent(file))
        let described = try ReferenceFolder.json(folder.appendingPathComponent("dictionary.json"))["datasets"][dataset][
            "columns"
        ].array
        var factors = Set<String>()
        for entry in described where entry["type"].string != "numeric" { factors.insert(entry["name"].string ?? "") }
        self.factors = factors
        let columns = csv.header.map { name in
            factors.contains(name)
                ? Column(name: name, texts: csv.column(name) ?? [])
                : Column(name: name, decimals: csv.column(name) ?? [])
        }
        table = Table(rowCount: csv.rows.count, columns: columns)
    }

    func isFactor(_ name: String) -> Bool { factors.contains(name) }

    /// The text of a cell; nil where it is missing.
    func text(_ name: String, _ row: Int) throws -> String? {
        let column = try table.column(name)
        switch column.values {
        case .indexes(let indexes):
            return Int(indexes[row]) < column.dictionary.count ? column.dictionary[Int(indexes[row])] : nil
        case .numbers(let numbers, let kinds):
            return kinds.isEmpty || kinds[row] == 0 ? JSONTree.number(numbers[row]).text : nil
        default: return nil
        }
    }

    /// A condition of a reference case; a comparison with a missing value is false.
    func truth(_ condition: JSONTree) throws -> Truth {
        Truth(values: try (0..<table.rowCount).map { try holds(condition, $0) ? Truth.yes : Truth.no })
    }

    private func holds(_ condition: JSONTree, _ row: Int) throws -> Bool {
        if case .array(let all) = condition["all"] { return try all.allSatisfy { try holds($0, row) } }
        if case .array(let any) = condition["any"] { return try any.contains { try holds($0, row) } }
        let found = try text(condition["var"].string ?? "", row)
        let value = condition["value"]
        let operation = condition["op"].string ?? ""
        if operation == "is_na" { return found == nil }
        guard let found else { return false }
        let (left, right) = (Double(found) ?? .nan, value.double ?? .nan)
        switch operation {
        case "not_na": return true
        case "==": return found == value.text
        case "!=": return found != value.text
        case "in": return value.array.contains { $0.text == found }
        case "<": return left < right
        case "<=": return left <= right
        case ">": return left > right
        case ">=": return left >= right
        default: throw UnknownOperation(name: operation)
        }
    }

    struct UnknownOperation: Error { let name: String }
}

extension Column {
    /// Texts as they stand; the dictionary has them in order of first appearance.
    init(name: String, texts: [String]) {
        var numbers: [String: UInt32] = [:]
        var dictionary: [String] = []
        let indexes = texts.map { text -> UInt32 in
            if text.isEmpty { return Column.missingIndex | UInt32(MissingKind.noAnswer.rawValue) }
            if let number = numbers[text] { return number }
            numbers[text] = UInt32(dictionary.count)
            dictionary.append(text)
            return UInt32(dictionary.count - 1)
        }
        self.init(name: name, kind: .text, dictionary: dictionary, values: .indexes(indexes))
    }

    /// Decimal numbers; an empty cell is missing.
    init(name: String, decimals: [String]) {
        let kinds = decimals.map { $0.isEmpty ? MissingKind.noAnswer.rawValue : 0 }
        self.init(
            name: name, kind: .number,
            values: .numbers(decimals.map { Double($0) ?? 0 }, kinds: kinds.allSatisfy { $0 == 0 } ? [] : kinds))
    }

    init(name: String, numbers: [Double]) {
        self.init(name: name, kind: .number, values: .numbers(numbers, kinds: []))
    }

    /// Answers by their position; 255 and the like are missing kinds.
    init(name: String, codes: [String], answers: [UInt8]) {
        self.init(name: name, kind: .answers, dictionary: codes, values: .bytes(answers))
    }
}
