internal import SurveyData
internal import SurveyProblems

/// The values of a column as labels: one number a row, -1 for a row without a value.
struct RowLabels {
    let codes: [Int]
    let labels: [String]

    /// Takes texts and answers as they are written, numbers by their shortest text.
    init(_ column: Column) {
        let kinds = column.missingKinds
        func isValue(_ row: Int) -> Bool { kinds.isEmpty || kinds[row] == 0 }
        func indexed<Index: BinaryInteger>(_ values: [Index]) -> [Int] {
            values.indices.map { isValue($0) ? Int(values[$0]) : -1 }
        }
        switch column.values {
        case .bytes(let values): (codes, labels) = (indexed(values), RowLabels.dictionary(of: column))
        case .words(let values): (codes, labels) = (indexed(values), RowLabels.dictionary(of: column))
        case .indexes(let values): (codes, labels) = (indexed(values), RowLabels.dictionary(of: column))
        case .numbers(let values, _):
            var positions: [Double: Int] = [:]
            var labels: [String] = []
            codes = values.indices.map { row in
                guard isValue(row), values[row].isFinite else { return -1 }
                if let known = positions[values[row]] { return known }
                positions[values[row]] = labels.count
                labels.append(JSONText.shortest(values[row]))
                return labels.count - 1
            }
            self.labels = labels
        }
    }

    /// Crosses several columns of one table; no columns give every row the code 0.
    init(crossing columns: [Column], rowCount: Int) {
        let parts = columns.map { RowLabels($0) }
        var positions: [[Int]: Int] = [:]
        var labels: [String] = []
        codes = (0..<rowCount).map { row in
            let key = parts.map { $0.codes[row] }
            if key.contains(-1) { return -1 }
            if let known = positions[key] { return known }
            positions[key] = labels.count
            labels.append(zip(parts, key).map { $0.labels[$1] }.joined(separator: "*"))
            return labels.count - 1
        }
        self.labels = labels
    }

    private static func dictionary(of column: Column) -> [String] {
        column.kind == .item ? ["0", "1"] : column.kind == .set ? ["0"] : column.dictionary
    }
}
