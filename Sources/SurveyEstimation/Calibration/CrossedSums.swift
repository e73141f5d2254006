internal import SurveyDesign

/// A sparse matrix of sums over rows of a table: one row a unit of a grouped sample, one column a calibration cell.
struct CrossedSums: Sendable {
    /// Where the entries of each unit start, and the end.
    private let starts: [Int]
    private let columns: [UInt32]
    private let values: [Double]

    /// Adds up the weights of a grouped sample by unit and column; rows whose column is at or above `columnCount` are left
    /// out.
    init(_ grouped: SampleDesign, columnOfRow: [UInt32], columnCount: Int) {
        var starts = [Int](repeating: 0, count: grouped.unitCount + 1)
        var columns: [UInt32] = []
        var values: [Double] = []
        // The last entry of each column; it belongs to this unit if it is not below the unit's first entry.
        var last = [Int](repeating: -1, count: columnCount)
        for unit in 0..<grouped.unitCount {
            let first = columns.count
            starts[unit] = first
            for position in grouped.unitStarts[unit]..<grouped.unitStarts[unit + 1] {
                let column = columnOfRow[Int(grouped.rows[position])]
                guard Int(column) < columnCount else { continue }
                var entry = last[Int(column)]
                if entry < first {
                    entry = columns.count
                    last[Int(column)] = entry
                    columns.append(column)
                    values.append(0)
                }
                values[entry] += grouped.weights[position]
            }
        }
        starts[grouped.unitCount] = columns.count
        self.starts = starts
        self.columns = columns
        self.values = values
    }

    /// Takes matrix · vector off the target.
    func subtract(times vector: [Double], from target: inout [Double]) {
        for unit in target.indices {
            var sum = 0.0
            for entry in starts[unit]..<starts[unit + 1] { sum += values[entry] * vector[Int(columns[entry])] }
            target[unit] -= sum
        }
    }
}
