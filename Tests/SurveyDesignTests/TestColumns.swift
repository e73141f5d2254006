import SurveyData
import SurveySchema

extension Column {
    /// Texts; an empty one is missing.
    init(_ name: String, _ texts: [String]) {
        var dictionary: [String] = []
        let indexes = texts.map { text -> UInt32 in
            if text.isEmpty { return Column.missingIndex | UInt32(MissingKind.noAnswer.rawValue) }
            if let known = dictionary.firstIndex(of: text) { return UInt32(known) }
            dictionary.append(text)
            return UInt32(dictionary.count - 1)
        }
        self.init(name: name, kind: .text, dictionary: dictionary, values: .indexes(indexes))
    }

    /// Numbers; nil is missing.
    init(_ name: String, _ numbers: [Double?]) {
        self.init(
            name: name, kind: .number,
            values: .numbers(
                numbers.map { $0 ?? 0 }, kinds: numbers.map { $0 == nil ? MissingKind.noAnswer.rawValue : 0 }))
    }
}

extension Table {
    init(_ columns: Column...) {
        self.init(rowCount: columns.first?.rowCount ?? 0, columns: columns)
    }
}
