import SurveyData
import SurveyEstimation
import SurveyTestSupport
import Testing

/// Statistics that are functions of totals.
extension ReferenceKind {
    /// Estimates, errors, covariances, intervals and design effects by name.
    static func rows(_ reference: ReferenceCase) throws -> [String] {
        let (expected, statistic) = (reference.expected, reference.statistic)
        var options = reference.options()
        let result = try reference.estimates(of: statistic, options: options)
        options.degreesOfFreedom = .infinite
        let normal = try reference.estimates(of: statistic, options: options)
        var compare = Comparison(tolerance: reference.tolerance)
        let found = result.rows.map { reference.name(of: $0, statistic) }
        let names = expected["names"].strings
        if Set(found) != Set(names) { return ["names \(found) are not \(names)"] }
        let order = names.compactMap(found.firstIndex(of:))
        for (position, at) in order.enumerated() {
            let row = result.rows[at]
            let name = names[position]
            compare(row.value, expected["estimate"][position], name)
            compare(row.standardError, expected["se"][position], name + " se", scale: abs(row.value ?? 0))
            compare(row.degreesOfFreedom, expected["df"], name + " df")
            compare(row.low, expected["ci_t"]["lower"][position], name + " low", scale: abs(row.value ?? 0))
            compare(row.high, expected["ci_t"]["upper"][position], name + " high", scale: abs(row.value ?? 0))
            compare(
                normal.rows[at].low, expected["ci_normal"]["lower"][position], name + " low", scale: abs(row.value ?? 0)
            )
            compare(
                normal.rows[at].high, expected["ci_normal"]["upper"][position], name + " high",
                scale: abs(row.value ?? 0))
            let cv = row.coefficientOfVariation.map { (row.value ?? 0) < 0 ? -$0 : $0 }
            compare(cv, expected["cv"][position], name + " cv", scale: 1)
            if statistic["deff"] != .null { compare(row.designEffect, expected["deff"][position], name + " deff") }
            guard expected["vcov"] != .null else { continue }
            for (second, other) in order.enumerated() {
                let scale = compare.scale(row) * compare.scale(result.rows[other])
                compare(result.covariance?[at, other], expected["vcov"][position][second], name + " vcov", scale: scale)
            }
        }
        if let total = expected["total"]["estimate"].double, let row = result.rows.first,
            let denominator = statistic["denominator_total"].double
        {
            compare((row.value ?? 0) * denominator, .number(total), "predicted total")
            compare((row.standardError ?? 0) * denominator, expected["total"]["se"], "predicted total se")
        }
        return compare.mismatches
    }

    static func kish(_ reference: ReferenceCase) throws -> [String] {
        let column = try reference.data.table.column(reference.statistic["weight"].string ?? "")
        guard case .numbers(let weights, _) = column.values else { return ["no weights"] }
        let kish = try #require(KishEffect(weights: weights))
        var compare = Comparison(tolerance: reference.tolerance)
        compare(Double(kish.n), reference.expected["n"], "n")
        compare(kish.designEffect, reference.expected["kish_deff"], "deff")
        compare(kish.effectiveN, reference.expected["n_eff"], "n_eff")
        compare(kish.coefficientOfVariation, reference.expected["cv_weights"], "cv")
        return compare.mismatches
    }

    static func proportion(_ reference: ReferenceCase) throws -> [String] {
        let row = try #require(
            try reference.estimates(of: reference.statistic, options: reference.options()).rows.first)
        var compare = Comparison(tolerance: reference.tolerance)
        compare(row.value, reference.expected["estimate"], "share")
        compare(row.standardError, reference.expected["se"], "se")
        compare(row.low, reference.expected["lower"], "low")
        compare(row.high, reference.expected["upper"], "high")
        compare(row.degreesOfFreedom, reference.expected["df"], "df")
        return compare.mismatches
    }

    /// Weighted counts by cell; a cell that does not occur has no row and counts 0.
    static func table(_ reference: ReferenceCase) throws -> [String] {
        let statistic = reference.statistic
        let rows = try reference.estimates(of: statistic, options: reference.options()).rows
        let sum = rows.compactMap(\.value).reduce(0, +)
        let factor = statistic["Ntotal"].double.map { $0 / sum } ?? 1
        var compare = Comparison(tolerance: reference.tolerance)
        for cell in reference.expected["cells"].array {
            let row = rows.first { row in row.by.allSatisfy { cell["cell"][$0.variable].text == $0.category } }
            let value = (row?.value ?? 0) * factor
            compare(statistic["round"].bool == true ? value.rounded() : value, cell["freq"], "\(cell["cell"])")
        }
        return compare.mismatches
    }

    static func difference(_ reference: ReferenceCase) throws -> [String] {
        let result = try reference.estimates(of: reference.statistic, options: reference.options())
        var compare = Comparison(tolerance: reference.tolerance)
        combine(result, [-1, 1], reference.expected, 0, "difference", &compare)
        for row in 0..<2 {
            compare(result.rows[row].value, reference.expected["group_means"][row], "mean \(row)")
            for column in 0..<2 {
                let scale = compare.scale(result.rows[row]) * compare.scale(result.rows[column])
                compare(
                    result.covariance?[row, column], reference.expected["group_vcov"][row][column], "vcov", scale: scale
                )
            }
        }
        return compare.mismatches
    }

    static func combine(
        _ result: EstimationResult, _ coefficients: [Double], _ expected: JSONTree, _ position: Int, _ name: String,
        _ compare: inout Comparison
    ) {
        let value = zip(result.rows, coefficients).map { ($0.value ?? .nan) * $1 }.reduce(0, +)
        let scale = result.rows.compactMap(\.value).map(abs).max() ?? 0
        compare(value, expected["estimate"][position], name, scale: scale)
        compare(result.covariance?.variance(of: coefficients)?.squareRoot(), expected["se"][position], name + " se")
    }
}
