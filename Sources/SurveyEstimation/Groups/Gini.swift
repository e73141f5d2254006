public import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Estimates the Gini index of inequality of an amount.
///
///     G = Σ_k w_k x_k (2C_k − w_k)/(W·T) − 1 = ΣΣ w_k w_l max(x_k, x_l)/(W·T) − 1
///     influence = 2(x_k C(x_k) + T(x_k))/(W·T) − (G + 1)(1/W + x_k/T)
///
/// C_k is the running weight in order of x, T = Σwx, C(x) the weight of rows up to x, and T(x) the amount Σwx of rows
/// above it: the exact derivative of G by the weight of a row. Equal amounts may stand in any order.
///
/// - Shapes: rows of a group in, one number between 0 and 1 out.
/// - Missing: rows without an amount are left out; their PSUs still count in the variance.
/// - Throws: ``Problem`` `estimation.negative-amount` for an amount below 0. Undefined where all amounts are 0.
/// - Source: Deville (1999); Osier (2009). Checked: R survey 4.1-1 `withReplicates`, Tests/Reference/replicates.json, and
///   the jackknife.
public struct Gini: GroupStatistic {
    public let columns: [Column]

    public init(of column: Column) { columns = [column] }

    public func prepared(_ numbers: [[Double]]) throws(Problem) -> any PreparedStatistic {
        try refuseNegative(numbers[0], of: columns[0].name)
        return PreparedGini(amounts: AscendingNumbers(numbers[0]))
    }
}

/// Numbers with the order in which they ascend.
struct AscendingNumbers {
    let values: [Double]
    let order: [Int]

    init(_ values: [Double]) {
        self.values = values
        let sorted = SortedRows(
            values, slots: [UInt16](repeating: 0, count: values.count), rows: values.indices.map { UInt32($0) },
            rowCount: values.count)
        order = sorted.positions.map { Int($0) }
    }

    /// Where each run of equal numbers starts and ends, in ascending order.
    func eachRun(_ body: (Range<Int>) -> Void) {
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            body(start..<end)
            start = end
        }
    }
}

/// Refuses amounts below 0.
func refuseNegative(_ amounts: [Double], of variable: String) throws(Problem) {
    if let lowest = amounts.min(), lowest < 0 { throw .negativeAmount(lowest, of: variable) }
}

private struct PreparedGini: PreparedStatistic {
    let amounts: AscendingNumbers

    private func sums(_ weights: [Double]) throws(Problem) -> (weight: Double, amount: Double) {
        let weight = try positiveTotal(weights)
        let amount = CompensatedSum.of(zip(amounts.values, weights).map { $0 * $1 })
        guard amount > 0, amount.isFinite else { throw .noAmount() }
        return (weight, amount)
    }

    func values(weights: [Double]) throws(Problem) -> [Double] {
        let (weight, amount) = try sums(weights)
        var running = CompensatedSum()
        var sum = CompensatedSum()
        for row in amounts.order {
            running.add(weights[row])
            sum.add(weights[row] * amounts.values[row] / amount * ((2 * running.value - weights[row]) / weight))
        }
        return [sum.value - 1]
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let (weight, amount) = try sums(weights)
        let index = try values(weights: weights)[0]
        var influences = [Double](repeating: 0, count: weights.count)
        var below = CompensatedSum()
        var up = CompensatedSum()
        amounts.eachRun { run in
            let x = amounts.values[amounts.order[run.lowerBound]]
            for row in amounts.order[run] {
                below.add(weights[row])
                up.add(weights[row] * x)
            }
            let slope =
                2 * (x * below.value + (amount - up.value)) / amount / weight
                - (index + 1) * (1 / weight + x / amount)
            for row in amounts.order[run] { influences[row] = slope }
        }
        return [influences]
    }
}

extension Problem {
    /// An amount below 0 where inequality or poverty is asked for.
    static func negativeAmount(_ amount: Double, of variable: String) -> Problem {
        Problem(
            "estimation.negative-amount", .computation, what: "\"\(variable)\" has amounts below 0",
            place: Place(variable: variable),
            why: "inequality and poverty are defined for amounts of 0 and more; found \(JSONText.shortest(amount))",
            fix: "keep the rows with --where, or derive a variable without them")
    }

    /// Amounts that are all 0.
    static func noAmount() -> Problem {
        Problem(
            "estimation.no-amount", .computation, what: "All amounts are 0",
            why: "an index of inequality divides by their total; found 0", fix: "check the amounts, or widen the domain"
        )
    }
}
