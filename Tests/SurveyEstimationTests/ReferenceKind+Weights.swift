import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import SurveyWeighting
import Testing

/// Weights and non-response factors.
extension ReferenceKind {
    /// The weights of rows in use, their summary, and totals that they give with standard errors.
    static func weights(_ reference: ReferenceCase) throws -> [String] {
        let (expected, sample) = (reference.expected, try reference.sample())
        let found = sample.weightOfRow.filter { $0 != 0 }
        let wanted = expected["weights"].array.filter { $0.double != 0 }
        if found.count != wanted.count || wanted.isEmpty { return ["\(found.count) weights, not \(wanted.count)"] }
        var compare = Comparison(tolerance: reference.tolerance)
        for (row, expected) in wanted.enumerated() { compare(found[row], expected, "weight \(row)") }
        let kish = try #require(KishEffect(weights: found))
        compare(found.reduce(0, +), expected["sum"], "sum")
        compare(found.min(), expected["min"], "least")
        compare(found.max(), expected["max"], "greatest")
        compare(kish.designEffect, expected["kish_deff"], "deff")
        compare(kish.effectiveN, expected["n_eff"], "n_eff")
        for name in reference.statistic["totals_of"].strings {
            let column = try reference.data.table.column(name)
            let isFactor = reference.data.isFactor(name)
            let measure =
                isFactor
                ? Measure(statistic: .count, variable: name, content: .rows)
                : Measure(statistic: .total, variable: name, content: .total(column))
            let rows = try Estimation(design: sample, options: reference.options()).estimates(
                of: [measure], by: [isFactor ? Breakdown(by: [column]) : Breakdown()]
            ).rows
            for row in rows {
                let label = name + row.by.map(\.category).joined()
                let value = row.value ?? 0
                compare(value, expected["totals"][label], "total " + label)
                compare(
                    row.standardError, expected["totals_se"][label], "total " + label + " se",
                    scale: max(abs(value), sample.sumWeights))
            }
        }
        return compare.mismatches
    }

    /// The factor of each cell, and the weights.
    static func nonresponseAdjustment(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected, table) = (reference.statistic, reference.expected, reference.data.table)
        let step = NonresponseAdjustment(
            cells: statistic["cells"].strings, outcome: try #require(statistic["respondent"].string),
            classes: .codes(["1": .respondent, "0": .nonRespondent]),
            rate: statistic["rate"].string == "unweighted" ? .unweighted : .weighted)
        let variables = try step.columns.map { try WeightingVariable(try table.column($0)) }
        let result = try step.adjusted(try reference.sample().weightOfRow, variables: variables).get()
        var compare = Comparison(tolerance: reference.tolerance)
        let wanted = expected["weights"].array
        if wanted.count != result.weights.count { return ["\(result.weights.count) weights, not \(wanted.count)"] }
        for (row, weight) in wanted.enumerated() { compare(result.weights[row], weight, "weight \(row)") }
        for (label, factor) in expected["factors"].object {
            compare(result.cells.first { $0.label == label }?.factor, factor, label)
        }
        return compare.mismatches
    }
}
