import SurveyData
import SurveyEstimation
import SurveyTestSupport

/// Quantiles, and the variance of a variable.
extension ReferenceKind {
    static func quantile(_ reference: ReferenceCase) throws -> [String] {
        let statistic = reference.statistic
        let type = statistic["interval_type"].string ?? ""
        var options = reference.options()
        options.quantileRule = .init(rawValue: statistic["qrule"].string ?? "") ?? .math
        options.quantileInterval =
            type == "xlogit" ? .logit : type == "quantile" ? .replicate : .init(rawValue: type) ?? .mean
        // With replicates every share is taken as it is.
        if reference.design["replicates"] != .null, type == "xlogit" { options.quantileInterval = .mean }
        if statistic["df"].string == "Infinity" {
            (options.degreesOfFreedom, options.quantileDegreesOfFreedom) = (.infinite, .infinite)
        }
        if let alpha = statistic["alpha"].double { options.level = 1 - alpha }
        let rows = try reference.estimates(of: statistic, options: options).rows
        var compare = Comparison(tolerance: reference.tolerance)
        // A tie moves an interpolated end by one row and the change of its error, which may pass two values.
        let isLinear = ["hf4", "hf5", "hf6", "hf7", "hf8", "hf9"].contains(options.quantileRule.rawValue)
        let expected = reference.expected["rows"].array
        if rows.count != expected.count { return ["\(rows.count) rows are not \(expected.count)"] }
        for (row, wanted) in zip(rows, expected) {
            let name = "\(row.variable) \(wanted["prob"].double ?? 0)"
            if wanted["flags"].strings.contains(where: { $0.hasSuffix("exact_tie") }) {
                let values = try distinct(reference, row.variable)
                for (found, key) in [(row.value, "quantile"), (row.low, "lower"), (row.high, "upper")]
                where !areNeighbours(found, wanted[key].double, values, between: isLinear ? 2 : 0) {
                    compare.mismatches.append("\(name) \(key): \(found ?? .nan) is no neighbour of \(wanted[key])")
                }
                continue
            }
            compare(row.value, wanted["quantile"], name)
            for (found, key) in [(row.low, "lower"), (row.high, "upper"), (row.standardError, "se")] {
                if wanted[key] == .null, found != nil { compare.mismatches.append("\(name) \(key) is not open") }
                compare(found, wanted[key], "\(name) \(key)", scale: abs(row.value ?? 0))
            }
        }
        return compare.mismatches
    }

    static func oldQuantile(_ reference: ReferenceCase) throws -> [String] {
        let statistic = reference.statistic
        var options = reference.options()
        options.quantileRule = statistic["ties"].string == "rounded" ? .interpolatedDistinct : .interpolated
        options.quantileInterval = statistic["interval_type"].string == "betaWald" ? .beta : .mean
        let rows = try reference.estimates(of: statistic, options: options).rows
        var compare = Comparison(tolerance: reference.tolerance)
        for (position, row) in rows.enumerated() {
            let name = reference.expected["names"][position].string ?? ""
            compare(row.value, reference.expected["estimate"][position], name)
            compare(row.low, reference.expected["lower"][position], name + " low")
            compare(row.high, reference.expected["upper"][position], name + " high")
            compare(row.standardError, reference.expected["se"][position], name + " se")
        }
        return compare.mismatches
    }

    static func variance(_ reference: ReferenceCase) throws -> [String] {
        let size = reference.statistic["variables"].strings.count
        guard size > 1 else { return try rows(reference) }
        let rows = try reference.estimates(of: reference.statistic, options: reference.options()).rows
        var compare = Comparison(tolerance: reference.tolerance)
        for (position, row) in rows.enumerated() {
            let (first, second) = (position / size, position % size)
            compare(row.value, reference.expected["matrix"][first][second], row.variable)
            compare(row.standardError, reference.expected["se"][first][second], row.variable + " se")
        }
        return compare.mismatches
    }

    private static func distinct(_ reference: ReferenceCase, _ name: String) throws -> [Double] {
        guard case .numbers(let numbers, _) = try reference.data.table.column(name).values else { return [] }
        return Set(numbers).sorted()
    }

    /// True if two numbers lie within one step of each other: what R decides by the rounding of a sum.
    private static func areNeighbours(
        _ found: Double?, _ wanted: Double?, _ values: [Double], between: Int
    ) -> Bool {
        guard let found, let wanted else { return found == nil && wanted == nil }
        let (low, high) = (min(found, wanted), max(found, wanted))
        return values.count { $0 > low && $0 < high } <= between
    }
}
