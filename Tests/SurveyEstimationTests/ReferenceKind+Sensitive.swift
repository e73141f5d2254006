import SurveyData
import SurveyDesign
@testable import SurveyEstimation
import SurveyTestSupport
import Testing

/// Sensitive questions and small areas.
extension ReferenceKind {
    static func randomizedResponse(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected) = (reference.statistic, reference.expected)
        let (p, q) = (statistic["p"].double ?? .nan, statistic["q"].double ?? .nan)
        let method: SensitiveMethod
        switch statistic["model"].string {
        case "warner": method = .warner(probability: p)
        case "crosswise": method = .crosswise(prevalence: p)
        case "unrelated": method = .unrelated(probability: p, prevalence: q)
        case "forced":
            method = .forced(
                yes: statistic["p_forced_yes"].double ?? .nan, truth: statistic["p_truth"].double ?? .nan)
        default: throw NotSupported("model")
        }
        try method.check()
        let sample = try reference.sample()
        guard case .numbers(let numbers, _) = try reference.data.table.column(statistic["response"].strings[0]).values
        else { return ["no numbers"] }
        let answers = sample.rows.map { numbers[Int($0)] }
        let share = SensitiveShare(method, answers: [answers])
        let found = try Estimation(design: sample, options: reference.options()).inference(of: share)
        var compare = Comparison(tolerance: reference.tolerance)
        compare(found.values[0], expected["estimate"][0], "estimate")
        compare(found.covariance[0, 0]?.squareRoot(), expected["se"][0], "se")
        compare(found.degreesOfFreedom, expected["df"], "df")
        compare(try share.means(weights: sample.weights)[0].value, expected["lambda"], "lambda")
        return compare.mismatches
    }

    static func fayHerriot(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected, table) = (reference.statistic, reference.expected, reference.data.table)
        func numbers(_ name: String) throws -> [Double] {
            guard case .numbers(let numbers, _) = try table.column(name).values else { return [] }
            return numbers
        }
        let methods: [String: FayHerriot.Method] = [
            "REML": .reml, "ML": .ml, "moment_pr": .prasadRao, "moment_fh": .fayHerriot,
        ]
        guard let method = methods[statistic["method"].string ?? ""] else { throw NotSupported("method") }
        let (y, d) = (try numbers(statistic["response"].string ?? ""), try numbers(statistic["variance"].string ?? ""))
        let terms = try statistic["terms"].strings.map { name in
            name == "(Intercept)" ? [Double](repeating: 1, count: table.rowCount) : try numbers(name)
        }
        let areas = y.indices.map { row in
            FayHerriot.Area(name: "\(row)", direct: (y[row], d[row]), covariates: terms.map { $0[row] })
        }
        let found = try FayHerriot(areas, method: method)
        var compare = Comparison(tolerance: reference.tolerance)
        compare(found.variance, expected["sigma2_u"], "A")
        for (position, value) in found.coefficients.enumerated() { compare(value, expected["beta"][position], "beta") }
        for row in terms.indices {
            for column in terms.indices {
                let scale =
                    (found.covariance[row * terms.count + row] * found.covariance[column * terms.count + column])
                    .squareRoot()
                compare(
                    found.covariance[row * terms.count + column], expected["beta_vcov"][row][column], "vcov",
                    scale: scale)
            }
        }
        for (position, area) in found.estimates.enumerated() {
            compare(area.shrinkage, expected["gamma"][position], "gamma \(position)")
            compare(area.value, expected["eblup"][position], "eblup \(position)")
            compare(area.synthetic, expected["synthetic"][position], "synthetic \(position)")
            compare(area.parts.g1, expected["g1"][position], "g1 \(position)")
            compare(area.parts.g2, expected["g2"][position], "g2 \(position)")
            compare(area.parts.g3, expected["g3"][position], "g3 \(position)")
            compare(area.meanSquaredError, expected["mse"][position], "mse \(position)")
        }
        return compare.mismatches
    }
}
