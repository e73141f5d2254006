internal import SurveyMath
internal import SurveyProblems
internal import SurveyWeighting

/// Turns sums by calibration cell into what the step takes off a row of each cell.
///
/// All rows of a cell have the same categories in every margin, so the regression on categories works on cells alone.
struct CellProjection: Sendable {
    private enum Rule: Sendable {
        /// One margin: the weighted mean of each category.
        case means([Double])
        /// Several margins: least squares on all categories; where the categories of each margin start.
        case regression(PivotedCholesky, starts: [Int])
        /// Ten sweeps over the margins with plain means: rows of each cell, and the factor of its weight by margin.
        case sweeps(rows: [Double], factors: [[Double]])
        /// A general calibration: least squares on all its controls.
        case controls(PivotedCholesky, CalibrationControls)
    }

    private let rule: Rule
    /// For each margin the category of each cell.
    private let categoryOfCell: [[UInt32]]
    private let categoryCounts: [Int]
    let cellCount: Int

    /// Sweeps of `CellProjection.sweeps`, as in R survey.
    private static let sweepCount = 10
    /// Categories of all margins together that a regression can take.
    static let mostCategories = 3000

    /// Prepares a step: `weights` are the sums of its base weights (over q) by cell, `rows` the rows of each cell.
    init(
        _ step: CalibrationRecord.Step, weights: [Double], rows: [Double], residuals: EstimationOptions.RakeResiduals
    ) throws(Problem) {
        if residuals == .sweeps, step.method == .rake, step.targetErrors != nil { throw .sweepsWithErrors() }
        cellCount = weights.count
        categoryOfCell = step.categoryOfCell
        let counts = step.categoryOfCell.map { ($0.max().map { Int($0) } ?? -1) + 1 }
        categoryCounts = counts
        if let controls = step.controls {
            let size = controls.controls.count
            guard size <= CellProjection.mostCategories else { throw .tooManyCategories(size) }
            rule = .controls(PivotedCholesky(controls.products(weights), size: size), controls)
        } else if step.method == .rake, residuals == .sweeps {
            rule = .sweeps(rows: rows, factors: step.turnFactors)
        } else if step.categoryOfCell.count == 1 {
            rule = .means(CellProjection.sums(weights, by: step.categoryOfCell[0], count: counts[0]))
        } else {
            var starts = [0]
            for count in counts { starts.append(starts[starts.count - 1] + count) }
            let size = starts[counts.count]
            guard size <= CellProjection.mostCategories else { throw .tooManyCategories(size) }
            var matrix = [Double](repeating: 0, count: size * size)
            for cell in weights.indices {
                for (left, first) in step.categoryOfCell.enumerated() {
                    let row = (starts[left] + Int(first[cell])) * size
                    for (right, second) in step.categoryOfCell.enumerated() {
                        matrix[row + starts[right] + Int(second[cell])] += weights[cell]
                    }
                }
            }
            rule = .regression(PivotedCholesky(matrix, size: size), starts: starts)
        }
    }

    /// Returns for each cell the correction, from the sums over its rows of base weight × influence.
    func corrections(_ sums: [Double]) -> [Double] {
        switch rule {
        case .means(let weights):
            let totals = CellProjection.sums(sums, by: categoryOfCell[0], count: weights.count)
            let means = zip(totals, weights).map { $1 == 0 ? 0 : $0 / $1 }
            return categoryOfCell[0].map { means[Int($0)] }
        case .regression(let factored, let starts):
            var right = [Double](repeating: 0, count: factored.size)
            for cell in sums.indices {
                for (margin, categories) in categoryOfCell.enumerated() {
                    right[starts[margin] + Int(categories[cell])] += sums[cell]
                }
            }
            let coefficients = factored.solve(right)
            var corrections = [Double](repeating: 0, count: cellCount)
            for (margin, categories) in categoryOfCell.enumerated() {
                for cell in corrections.indices {
                    corrections[cell] += coefficients[starts[margin] + Int(categories[cell])]
                }
            }
            return corrections
        case .controls(let factored, let controls): return controls.linear(factored.solve(controls.sums(of: sums)))
        case .sweeps(let rows, let factors): return swept(sums, rows: rows, factors: factors)
        }
    }

    /// The regression coefficient of each control, from the same sums; nil for sweeps, which have none.
    func coefficients(_ sums: [Double]) -> [Double]? {
        switch rule {
        case .means(let weights):
            let totals = CellProjection.sums(sums, by: categoryOfCell[0], count: weights.count)
            return zip(totals, weights).map { $1 == 0 ? 0 : $0 / $1 }
        case .regression(let factored, let starts):
            var right = [Double](repeating: 0, count: factored.size)
            for cell in sums.indices {
                for (margin, categories) in categoryOfCell.enumerated() {
                    right[starts[margin] + Int(categories[cell])] += sums[cell]
                }
            }
            return factored.solve(right)
        case .controls(let factored, let controls): return factored.solve(controls.sums(of: sums))
        case .sweeps: return nil
        }
    }

    /// Z ← Z − w_j · (plain mean of Z/w_j in the category), margin after margin, ten times.
    ///
    /// With w_j = w·f_j(cell) and Z = Z₀ − w·c(cell), the mean over the rows of a category needs only Σ Z₀/w and the number
    /// of rows by cell.
    private func swept(_ sums: [Double], rows: [Double], factors: [[Double]]) -> [Double] {
        var corrections = [Double](repeating: 0, count: cellCount)
        let counts = categoryOfCell.indices.map {
            CellProjection.sums(rows, by: categoryOfCell[$0], count: categoryCounts[$0])
        }
        for _ in 0..<CellProjection.sweepCount {
            for (margin, categories) in categoryOfCell.enumerated() {
                let left = corrections.indices.map { cell -> Double in
                    let factor = factors[margin][cell]
                    return rows[cell] == 0 ? 0 : (sums[cell] - rows[cell] * corrections[cell]) / factor
                }
                let totals = CellProjection.sums(left, by: categories, count: categoryCounts[margin])
                for cell in corrections.indices where rows[cell] != 0 {
                    let category = Int(categories[cell])
                    corrections[cell] += factors[margin][cell] * totals[category] / counts[margin][category]
                }
            }
        }
        return corrections
    }

    private static func sums(_ values: [Double], by categories: [UInt32], count: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for (cell, category) in categories.enumerated() { sums[Int(category)] += values[cell] }
        return sums
    }
}

extension Problem {
    /// Sweeps, which have no coefficients, with errors of targets.
    static func sweepsWithErrors() -> Problem {
        Problem(
            "estimation.sweeps-with-errors", .usage,
            what: "--rake-residuals sweeps does not go with targets that have standard errors",
            why: "what these errors add to a variance is known from the regression on the margins alone",
            fix: "use --rake-residuals projection")
    }

    /// Margins with more categories together than a regression can take.
    static func tooManyCategories(_ count: Int) -> Problem {
        Problem(
            "estimation.too-many-categories", .usage, what: "The margins of the raking have too many categories",
            why: "the variance after raking takes at most \(CellProjection.mostCategories); found \(count)",
            fix: "join small categories of the targets, or take the weights as fixed with --record ignore")
    }
}
