import SurveyData
import SurveyEstimation
import SurveyTestSupport
import Testing

extension ReferenceKind {
    /// Ratios as other rows; a separate ratio has a row a stratum, and the total that they make.
    static func ratio(_ reference: ReferenceCase) throws -> [String] {
        guard reference.statistic["separate"].bool == true else { return try rows(reference) }
        let (statistic, expected) = (reference.statistic, reference.expected)
        let table = reference.data.table
        let found = try Estimation(design: reference.sample(), options: reference.options()).separateRatio(
            of: table.column(statistic["numerator"].strings[0]),
            to: table.column(statistic["denominator"].strings[0]),
            in: table.column(reference.design["strata"].strings[0]),
            totals: statistic["denominator_totals"].object.mapValues { $0.double ?? .nan },
            where: reference.domain())
        var compare = Comparison(tolerance: reference.tolerance)
        for (position, name) in expected["names"].strings.enumerated() {
            let row = found.ratios.first { $0.by.last?.category == name }
            compare(row?.value, expected["estimate"][position], name)
            compare(row?.standardError, expected["se"][position], name + " se")
        }
        compare(found.total.value, expected["total"]["estimate"], "total")
        compare(found.total.standardError, expected["total"]["se"], "total se")
        return compare.mismatches
    }
}
