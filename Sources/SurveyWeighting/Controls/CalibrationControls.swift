internal import SurveyMath
public import SurveyProblems

/// The controls of a general calibration: totals of categories and of numeric variables that the weights must meet.
///
///     Σ d F(x'λ/q) x = t
///
/// Rows with the same x, q and bounds form a calibration cell, so that the fit works on cells. Categories are held as the
/// category of each cell, numeric columns as one number a cell.
public struct CalibrationControls: Sendable, Equatable {
    /// One total.
    public struct Control: Sendable, Equatable {
        /// Crossed variables and their codes joined by `*`; the category of a numeric variable is empty, or `NAME=CODE`.
        public let variable: String
        public let category: String
        public let total: Double

        public init(variable: String, category: String, total: Double) {
            self.variable = variable
            self.category = category
            self.total = total
        }
    }

    /// The categories of each margin one after the other, then the numeric columns.
    public let controls: [Control]
    /// For each margin the category of each cell; the categories of a margin count from 0.
    public let categoryOfCell: [[UInt32]]
    /// How many categories each margin has.
    public let categoryCounts: [Int]
    /// For each numeric column its value in each cell.
    public let numbers: [[Double]]
    /// q of each cell: a large one lets the factors of its rows move little.
    public let costs: [Double]
    public let distance: CalibrationDistance
    public let bounds: CalibrationBounds?
    public let rule: ControlRule
    /// Base weights are scaled first if each control is far above its sample value.
    public let isPrescaled: Bool
    /// The rows of a cell share one weight: base weights are averaged in it.
    public let isByCluster: Bool

    public init(
        controls: [Control], categoryOfCell: [[UInt32]], categoryCounts: [Int], numbers: [[Double]], costs: [Double],
        distance: CalibrationDistance, bounds: CalibrationBounds?, rule: ControlRule, isPrescaled: Bool,
        isByCluster: Bool
    ) {
        self.controls = controls
        self.categoryOfCell = categoryOfCell
        self.categoryCounts = categoryCounts
        self.numbers = numbers
        self.costs = costs
        self.distance = distance
        self.bounds = bounds
        self.rule = rule
        self.isPrescaled = isPrescaled
        self.isByCluster = isByCluster
    }

    public var cellCount: Int { costs.count }

    /// Where the controls of each margin start, and the first numeric one.
    var starts: [Int] {
        var starts = [0]
        for count in categoryCounts { starts.append(starts[starts.count - 1] + count) }
        return starts
    }

    /// q of each cell as the regression for the variance takes it: by R's rule only for the linear distance without
    /// bounds, asymptotically the same for all.
    public var regressionCosts: [Double] {
        distance == .linear && bounds == nil ? costs : [Double](repeating: 1, count: costs.count)
    }

    /// Calls `body` with each control that is not 0 in a cell, and its value there.
    @inline(__always)
    func eachValue(_ cell: Int, _ starts: [Int], _ body: (_ control: Int, _ value: Double) -> Void) {
        for margin in categoryOfCell.indices { body(starts[margin] + Int(categoryOfCell[margin][cell]), 1) }
        for column in numbers.indices {
            let value = numbers[column][cell]
            if value != 0 { body(starts[categoryOfCell.count] + column, value) }
        }
    }

    /// Returns x of one control by cell.
    public func values(of control: Int) -> [Double] {
        let starts = starts
        guard let margin = categoryOfCell.indices.last(where: { starts[$0] <= control }),
            control < starts[categoryOfCell.count]
        else { return numbers[control - starts[categoryOfCell.count]] }
        let category = control - starts[margin]
        return categoryOfCell[margin].map { Int($0) == category ? 1 : 0 }
    }

    /// Returns Σ over cells of value × x, one sum a control.
    public func sums(of values: [Double]) -> [Double] {
        let starts = starts
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: controls.count)
        for cell in values.indices where values[cell] != 0 {
            let own = values[cell]
            eachValue(cell, starts) { sums[$0].add(own * $1) }
        }
        return sums.map(\.value)
    }

    /// Returns Σ over cells of weight × x², one sum a control.
    func squares(_ weights: [Double]) -> [Double] {
        let starts = starts
        var sums = [Double](repeating: 0, count: controls.count)
        for cell in weights.indices {
            let weight = weights[cell]
            eachValue(cell, starts) { sums[$0] += weight * $1 * $1 }
        }
        return sums
    }

    /// Returns Σ over cells of weight × x x', row after row.
    public func products(_ weights: [Double]) -> [Double] {
        let (starts, size) = (starts, controls.count)
        var matrix = [Double](repeating: 0, count: size * size)
        matrix.withUnsafeMutableBufferPointer { matrix in
            for cell in weights.indices where weights[cell] != 0 {
                let weight = weights[cell]
                eachValue(cell, starts) { left, first in
                    let scaled = weight * first
                    eachValue(cell, starts) { right, second in matrix[left * size + right] += scaled * second }
                }
            }
        }
        return matrix
    }

    /// Returns x'λ of each cell.
    public func linear(_ coefficients: [Double]) -> [Double] {
        let starts = starts
        return (0..<cellCount).map { cell in
            var sum = 0.0
            eachValue(cell, starts) { sum += coefficients[$0] * $1 }
            return sum
        }
    }

    /// The same controls with other totals: those of a replicate whose targets are estimates.
    ///
    /// - Shapes: one change a control.
    public func moved(by changes: [Double]) -> CalibrationControls {
        precondition(changes.count == controls.count, "one change a control")
        return CalibrationControls(
            controls: zip(controls, changes).map {
                Control(variable: $0.variable, category: $0.category, total: $0.total + $1)
            }, categoryOfCell: categoryOfCell, categoryCounts: categoryCounts, numbers: numbers, costs: costs,
            distance: distance, bounds: bounds, rule: rule, isPrescaled: isPrescaled, isByCluster: isByCluster)
    }

    /// Fits other base weights of the same rows to the same totals: what a replicate does.
    ///
    /// - Shapes: one weight a row in and out; `cellOfRow` is `cellCount` for rows outside.
    /// - Throws: ``Problem`` `weighting.controls-not-met` if these weights cannot be fitted.
    public func fitted(_ weights: [Double], cellOfRow: [UInt32]) throws(Problem) -> [Double] {
        precondition(weights.count == cellOfRow.count, "one weight a row")
        let cells = ControlCells(self, cellOfRow: cellOfRow, weights: weights)
        let fitting = ControlFitting(cells.controls, weights: cells.weights, bounds: cells.bounds)
        // The logit factor is defined for bounds with 1 between them.
        let isDefined = distance != .logit || cells.bounds.allSatisfy { $0.low < 1 && $0.high > 1 }
        guard fitting.isMet, isDefined, fitting.factors.allSatisfy(\.isFinite) else {
            throw .controlsNotMet(controls, fitting)
        }
        return cells.weights(fitting.factors)
    }
}
