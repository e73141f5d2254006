import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import SurveyWeighting
import Testing

/// The weighting steps of a reference case, done by plain loops: what the record of a calibration is made of.
struct PlainWeighting {
    let data: ReferenceData
    var weights: [Double]
    var record: [CalibrationRecord.Step] = []

    init(_ data: ReferenceData, weights: [Double]) {
        self.data = data
        self.weights = weights
    }

    mutating func apply(_ step: JSONTree) throws {
        switch step["op"].string {
        case "subset":
            let kept = try data.truth(step["where"])
            for row in weights.indices where kept.values[row] != Truth.yes { weights[row] = 0 }
        case "post_stratify": try fit([step], sweeps: 1, epsilon: 0, method: .poststratify)
        case "rake":
            let sum = weights.reduce(0, +)
            let epsilon = step["epsilon"].double ?? 1
            try fit(
                step["margins"].array, sweeps: step["maxit"].int ?? 10, epsilon: epsilon < 1 ? epsilon * sum : epsilon,
                method: .rake)
        case "trim": trim(step)
        default: throw ReferenceData.UnknownOperation(name: step["op"].string ?? "")
        }
    }

    /// Sweeps over the margins until no cell of the joint table moves by `epsilon`.
    private mutating func fit(
        _ margins: [JSONTree], sweeps: Int, epsilon: Double, method: CalibrationRecord.Step.Method
    ) throws {
        let before = weights
        let names = margins.map { $0["by"].strings }
        let categories = try margins.map { margin in
            try weights.indices.map { row in
                try margin["population"].array.firstIndex { entry in
                    try margin["by"].strings.allSatisfy { try data.text($0, row) == entry["cell"][$0].text }
                } ?? -1
            }
        }
        // Cells are the combinations that occur among rows with a weight.
        var cells: [[Int]] = []
        let cellOfRow = weights.indices.map { row -> UInt32 in
            guard weights[row] != 0 else { return .max }
            let own = categories.map { $0[row] }
            if let found = cells.firstIndex(of: own) { return UInt32(found) }
            cells.append(own)
            return UInt32(cells.count - 1)
        }
        var turns = margins.map { _ in [Double](repeating: 1, count: cells.count) }
        func table(_ weights: [Double]) -> [Double] {
            var sums = [Double](repeating: 0, count: cells.count)
            for row in weights.indices where cellOfRow[row] != .max { sums[Int(cellOfRow[row])] += weights[row] }
            return sums
        }
        var last = table(weights)
        var factorOfCell = [Double](repeating: 1, count: cells.count)
        var done = 0
        for _ in 0..<sweeps {
            done += 1
            for (number, margin) in margins.enumerated() {
                for (category, entry) in margin["population"].array.enumerated() {
                    let rows = weights.indices.filter { weights[$0] != 0 && categories[number][$0] == category }
                    let sum = rows.map { weights[$0] }.reduce(0, +)
                    guard sum > 0 else { continue }
                    let factor = (entry["freq"].double ?? 0) / sum
                    for row in rows { weights[row] *= factor }
                    for cell in cells.indices where cells[cell][number] == category { factorOfCell[cell] *= factor }
                }
                turns[number] = factorOfCell
            }
            let next = table(weights)
            let change = zip(last, next).map { abs($0 - $1) }.max() ?? 0
            last = next
            if change < epsilon { break }
        }
        let outside = UInt32(cells.count)
        var step = CalibrationRecord.Step(
            method: method, margins: names, cellOfRow: cellOfRow.map { min($0, outside) },
            categoryOfCell: margins.indices.map { margin in cells.map { UInt32($0[margin]) } }, before: before,
            after: weights, turnFactors: turns.map { zip($0, factorOfCell).map { $0 / $1 } })
        step.targets = margins.map { $0["population"].array.map { $0["freq"].double ?? 0 } }
        step.sweeps = done
        record.append(step)
    }

    /// Cuts weights and spreads what was cut evenly over the others; `strict` repeats it.
    private mutating func trim(_ step: JSONTree) {
        let (upper, lower) = (step["upper"].double ?? .infinity, step["lower"].double ?? -.infinity)
        repeat {
            let isOutside = weights.map { $0 < lower || $0 > upper }
            guard isOutside.contains(true) else { return }
            let cut = weights.map { max(lower, min($0, upper)) }
            let moved = zip(weights, cut).map { $0 - $1 }.reduce(0, +)
            let inside = Double(isOutside.count { !$0 })
            weights = zip(cut, isOutside).map { $1 ? $0 : $0 + moved / inside }
        } while step["strict"].bool == true
    }
}

extension ReferenceCase {
    /// The design with the weights that its steps make, and their record: by plain loops, or by the room that fits weights.
    func calibratedSample(plainly isPlain: Bool) throws -> SampleDesign {
        let made = try weighted(plainly: isPlain)
        return try SampleDesign(
            try drawnSample().specification,
            table: design["replicates"] == .null ? data.table : try replicatedTable(), weights: made.weights,
            calibration: CalibrationRecord(steps: made.record))
    }

    private func weighted(plainly isPlain: Bool) throws -> (weights: [Double], record: [CalibrationRecord.Step]) {
        let weights = try drawnSample().weightOfRow
        if isPlain {
            var weighting = PlainWeighting(data, weights: weights)
            for step in design["steps"].array { try weighting.apply(step) }
            return (weighting.weights, weighting.record)
        }
        var weighting = FittedWeighting(self, weights: weights)
        for step in design["steps"].array { try weighting.apply(step) }
        return (weighting.weights, weighting.record)
    }
}
