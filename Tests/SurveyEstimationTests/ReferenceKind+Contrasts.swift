import SurveyEstimation
import SurveyMath
import SurveyTestSupport
import Testing

extension ReferenceKind {
    /// Linear combinations and functions of the estimates of another statistic.
    static func contrast(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected) = (reference.statistic, reference.expected)
        let base = statistic["base"]
        if base["kind"].string == "glm" { return try modelContrast(reference) }
        var options = reference.options()
        options.keepsInfluences = true
        let result = try reference.estimates(of: base, options: options)
        let names = expected["names"].strings
        let known = result.rows.map { reference.name(of: $0, base) }
        let expressions = try names.map { name in
            if statistic["linear"] != .null {
                let weights = statistic["linear"][name]
                let terms = known.enumerated().map { row, own in
                    (estimateName(of: result.rows[row]), weights[own].double ?? 0)
                }
                return ContrastExpression(linear: terms.map { (name: $0.0, coefficient: $0.1) }, text: name)
            }
            // The collection calls a group by its category; here a group belongs to a variable.
            var text = statistic["nonlinear"][name].string ?? ""
            if base["kind"].string == "by" {
                for (row, own) in known.enumerated() {
                    let written = "\(result.rows[row].variable){\(own)}"
                    text =
                        text.contains("`\(own)`")
                        ? text.replacing("`\(own)`", with: written) : text.replacing(own, with: written)
                }
            }
            return try ContrastExpression(text)
        }
        func contrasts(_ freedom: EstimationOptions.DegreesOfFreedom) throws -> ContrastResult {
            var own = options
            own.degreesOfFreedom = freedom
            return try Estimation(design: try reference.sample(), options: own).contrasts(
                expressions, of: try reference.estimates(of: base, options: own))
        }
        let (found, normal) = (try contrasts(options.degreesOfFreedom), try contrasts(.infinite))
        var compare = Comparison(tolerance: reference.tolerance)
        let scale = result.rows.compactMap(\.value).map(abs).max() ?? 0
        for (position, name) in names.enumerated() {
            let row = found.rows[position].estimate
            compare(row.value, expected["estimate"][position], name, scale: statistic["linear"] == .null ? 0 : scale)
            compare(row.standardError, expected["se"][position], name + " se")
            let cv = row.coefficientOfVariation.map { (row.value ?? 0) < 0 ? -$0 : $0 }
            compare(cv, expected["cv"][position], name + " cv")
            compare(row.degreesOfFreedom, expected["df"], name + " df")
            compare(row.low, expected["ci_t"]["lower"][position], name + " low", scale: row.standardError ?? 0)
            compare(row.high, expected["ci_t"]["upper"][position], name + " high", scale: row.standardError ?? 0)
            let plain = normal.rows[position].estimate
            compare(plain.low, expected["ci_normal"]["lower"][position], name + " low", scale: row.standardError ?? 0)
            compare(plain.high, expected["ci_normal"]["upper"][position], name + " high", scale: row.standardError ?? 0)
            for other in names.indices {
                let size = compare.scale(row) * compare.scale(found.rows[other].estimate)
                compare(
                    found.covariance[position, other], expected["vcov"][position][other], name + " vcov", scale: size)
            }
        }
        return compare.mismatches
    }

    private static func estimateName(of row: Estimate) -> EstimateName {
        EstimateName(
            statistic: row.statistic, variable: row.variable, answer: row.answer,
            groups: row.by.isEmpty
                ? nil : row.by.map { EstimateName.Group(variable: $0.variable, category: $0.category) })
    }
}
