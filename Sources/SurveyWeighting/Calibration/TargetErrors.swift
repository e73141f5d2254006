/// The standard errors of targets that are themselves estimates, as the variance needs them.
///
/// Errors of categories of one margin are independent. Where several margins, or the size of the population beside one, give
/// the same sum, the errors of each margin hold given that sum: diag(s²) − s²s²'/Σs², so that nothing depends on which of the
/// redundant categories is left out. An error of the size itself moves all categories in proportion.
/// Source: Deville (2000); Documentation/Methods.md, "Variance after calibration".
public struct TargetErrors: Sendable, Equatable {
    /// By control: the categories of each margin one after the other, then numeric totals.
    public let values: [Double]
    /// Runs of controls whose sum has no error of theirs.
    public let heldSums: [Range<Int>]
    /// Directions in which all controls move together, by one standard error.
    public let directions: [[Double]]

    public init(values: [Double], heldSums: [Range<Int>], directions: [[Double]] = []) {
        self.values = values
        self.heldSums = heldSums
        self.directions = directions
    }

    /// From bound margins and the errors of numeric totals; nil if no target has one.
    init?(_ margins: [BoundMargin], numbers: [Double], of targets: WeightingTargets) {
        guard targets.hasErrors else { return nil }
        var starts = [0]
        for margin in margins { starts.append(starts[starts.count - 1] + margin.targets.count) }
        let size = targets.margins.first { $0.variables.isEmpty }?.categories.first
        let isHeld = targets.margins.count > 1
        values =
            margins.flatMap { $0.errors.isEmpty ? $0.targets.map { _ in 0 } : $0.errors } + numbers
        heldSums =
            isHeld ? margins.indices.map { starts[$0]..<starts[$0 + 1] } : []
        if let size, size.standardError > 0, size.total > 0, margins.contains(where: { !$0.variables.isEmpty }) {
            let part = size.standardError / size.total
            directions = [margins.flatMap { $0.targets.map { part * $0 } } + numbers.map { _ in 0 }]
        } else {
            directions = []
        }
    }

    /// A vector whose scalar product with that of another statistic is what the errors add to the covariance.
    ///
    /// - Shapes: the regression coefficient of each control in.
    public func deviations(of coefficients: [Double]) -> [Double] {
        precondition(coefficients.count == values.count, "one coefficient a control")
        var result = zip(values, coefficients).map { $0 * $1 }
        for run in heldSums {
            var (along, square) = (0.0, 0.0)
            for control in run {
                along += values[control] * result[control]
                square += values[control] * values[control]
            }
            guard square > 0 else { continue }
            for control in run { result[control] -= values[control] * (along / square) }
        }
        for direction in directions {
            result.append(zip(direction, coefficients).reduce(0) { $0 + $1.0 * $1.1 })
        }
        return result
    }

    /// How many random numbers of variance 1 make one draw of the targets.
    public var drawCount: Int { values.count { $0 > 0 } + directions.count }

    /// What a draw moves each target by; the covariance of draws of independent numbers is V_t.
    ///
    /// - Shapes: ``drawCount`` numbers in, one number a control out.
    public func changes(of numbers: [Double]) -> [Double] {
        precondition(numbers.count == drawCount, "one number for each error")
        var changes = [Double](repeating: 0, count: values.count)
        var next = 0
        for control in values.indices where values[control] > 0 {
            changes[control] = numbers[next]
            next += 1
        }
        for run in heldSums {
            var (along, square) = (0.0, 0.0)
            for control in run {
                along += values[control] * changes[control]
                square += values[control] * values[control]
            }
            guard square > 0 else { continue }
            for control in run { changes[control] -= values[control] * (along / square) }
        }
        for control in values.indices { changes[control] *= values[control] }
        for (position, direction) in directions.enumerated() {
            for control in values.indices { changes[control] += direction[control] * numbers[next + position] }
        }
        return changes
    }
}
