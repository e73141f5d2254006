import Foundation
import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

extension ReferenceKind {
    /// A function of the weights, computed again with the weights of each replicate.
    static func withReplicates(_ reference: ReferenceCase) throws -> [String] {
        let design = try reference.sample()
        let arguments = reference.statistic["args"]
        func numbers(_ name: String) throws -> [Double] {
            guard case .numbers(let values, _) = try reference.data.table.column(arguments[name].string ?? "").values
            else {
                throw NotSupported("text \(name)")
            }
            return design.rows.map { values[Int($0)] }
        }
        let function: WeightFunction
        switch reference.statistic["fn"].string {
        case "weighted_correlation": function = .correlation(try numbers("x"), try numbers("y"))
        case "ratio_of_totals": function = .ratio(try numbers("num"), try numbers("den"))
        case "gini": function = .gini(try numbers("x"))
        case "poverty_rate": function = .poverty(try numbers("x"), fraction: arguments["fraction"].double ?? 0.6)
        case "quantile_inverse_cdf": function = .quantile(try numbers("x"), p: arguments["p"].double ?? 0.5)
        case "coef_linear": function = .slope(try numbers("y"), try numbers("x"))
        case "log_mean": function = .logMean(try numbers("x"))
        default: throw NotSupported(reference.statistic["fn"].string ?? "")
        }
        let statistic = FunctionOfWeights(base: design.rows.map { _ in true }, function: function)
        let inference = try Estimation(design: design, options: reference.options()).inference(of: statistic)
        var compare = Comparison(tolerance: reference.tolerance)
        let expected = reference.expected
        for position in inference.values.indices {
            compare(inference.values[position], expected["estimate"][position], "estimate \(position)")
            compare(
                inference.covariance[position, position]?.squareRoot(), expected["se"][position], "se \(position)",
                scale: abs(inference.values[position]))
        }
        compare(inference.degreesOfFreedom, expected["df"], "df")
        return compare.mismatches
    }
}

/// The functions of the collection, as its README defines them.
enum WeightFunction: Sendable {
    case correlation([Double], [Double])
    case ratio([Double], [Double])
    case gini([Double])
    case poverty([Double], fraction: Double)
    case quantile([Double], p: Double)
    case slope([Double], [Double])
    case logMean([Double])

    func values(_ w: [Double]) -> [Double] {
        switch self {
        case .correlation(let x, let y):
            let (mx, my) = (mean(x, w), mean(y, w))
            let dx = x.map { $0 - mx }
            let dy = y.map { $0 - my }
            return [sum(w, dx, dy) / (sum(w, dx, dx) * sum(w, dy, dy)).squareRoot()]
        case .ratio(let y, let x): return [zip(w, y).map(*).reduce(0, +) / zip(w, x).map(*).reduce(0, +)]
        case .gini(let x):
            let order = x.indices.sorted { x[$0] < x[$1] }
            let total = w.reduce(0, +)
            var (running, first, second) = (0.0, 0.0, 0.0)
            for row in order {
                running += w[row]
                first += w[row] * x[row] * running
                second += w[row] * w[row] * x[row]
            }
            return [(2 * first - second) / (total * zip(w, x).map(*).reduce(0, +)) - 1]
        case .poverty(let x, let fraction):
            let line = fraction * quantile(x, w, 0.5)
            return [zip(w, x).filter { $1 < line }.map(\.0).reduce(0, +) / w.reduce(0, +)]
        case .quantile(let x, let p): return [quantile(x, w, p)]
        case .slope(let y, let x):
            let mx = mean(x, w)
            let dx = x.map { $0 - mx }
            let slope = sum(w, dx, y) / sum(w, dx, dx)
            return [mean(y, w) - slope * mx, slope]
        case .logMean(let x): return [log(mean(x, w))]
        }
    }

    private func mean(_ x: [Double], _ w: [Double]) -> Double { zip(w, x).map(*).reduce(0, +) / w.reduce(0, +) }

    private func sum(_ w: [Double], _ x: [Double], _ y: [Double]) -> Double {
        w.indices.map { w[$0] * x[$0] * y[$0] }.reduce(0, +)
    }

    /// The smallest value with a running weight of at least p of the total.
    private func quantile(_ x: [Double], _ w: [Double], _ p: Double) -> Double {
        let order = x.indices.sorted { x[$0] < x[$1] }
        let total = w.reduce(0, +)
        var running = 0.0
        for row in order {
            running += w[row]
            if running >= p * total { return x[row] }
        }
        return .nan
    }
}

/// A statistic that is any function of the weights; it has replicates, and no influences.
struct FunctionOfWeights: RowStatistic {
    let base: [Bool]
    let function: WeightFunction

    func values(weights: [Double]) throws(Problem) -> [Double] { function.values(weights) }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] { [] }
}
