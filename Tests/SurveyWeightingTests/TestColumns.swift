import SurveyProblems
import SurveyData
import SurveySchema
import SurveyTestSupport

@testable import SurveyWeighting

/// Columns from texts: what does not look like a number is a text, an empty cell is missing.
extension Column {
    init(_ name: String, _ texts: [String]) {
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
}

/// A small sample: variables and base weights.
struct Sample {
    var columns: [(name: String, texts: [String])]
    var weights: [Double]

    func variables() throws -> [WeightingVariable] {
        try columns.map { try WeightingVariable(Column($0.name, $0.texts)) }
    }

    /// Joins two categories of a variable under the name of the first, as a proposal asks for.
    func collapsing(_ one: String, _ other: String, of name: String) -> Sample {
        var copy = self
        let names = name.split(separator: "*").map(String.init)
        guard names.count == 1 else { return copy }
        for position in columns.indices where columns[position].name == name {
            copy.columns[position].texts = columns[position].texts.map { $0 == other ? one : $0 }
        }
        return copy
    }

    func fitted(_ calibration: Calibration, _ targets: WeightingTargets) throws -> Checked<Calibration.Fit> {
        calibration.fitted(weights, to: targets, variables: try variables())
    }
}

extension WeightingTargets {
    /// Margins from names and totals.
    init(_ margins: [(String, [(String, Double)])]) {
        self.init(
            file: "targets.csv",
            margins: margins.map { name, categories in
                Margin(
                    variables: name.isEmpty ? [] : name.split(separator: "*").map(String.init),
                    categories: categories.map { label, total in
                        Category(codes: name.isEmpty ? [] : label.split(separator: "*").map(String.init), total: total)
                    })
            })
    }

    /// The same with two categories of a margin joined.
    func collapsing(_ one: String, _ other: String, of name: String) -> WeightingTargets {
        WeightingTargets(
            file: file,
            margins: margins.map { margin in
                guard margin.label == name else { return margin }
                let moved = margin.categories.filter { $0.label == other }.reduce(0) { $0 + $1.total }
                return Margin(
                    variables: margin.variables,
                    categories: margin.categories.filter { $0.label != other }.map {
                        Category(codes: $0.codes, total: $0.label == one ? $0.total + moved : $0.total)
                    })
            })
    }
}
