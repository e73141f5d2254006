import SurveyData
import SurveyEstimation
import SurveyTestSupport

extension ReferenceCase {
    /// What a statistic of the collection means in measures and breakdowns.
    func request(_ statistic: JSONTree) throws -> (measures: [Measure], breakdowns: [Breakdown]) {
        let kind = statistic["kind"].string ?? ""
        let variables = statistic["variables"].strings
        switch kind {
        case "by":
            let by = try statistic["by"].strings.map(data.table.column)
            var inner = statistic.object
            inner["kind"] = statistic["inner"]
            return (try request(.object(inner)).measures, [Breakdown(by: by)])
        case "mean":
            return (try variables.map(mean), [Breakdown()])
        case "total" where variables.contains(where: data.isFactor) && !variables.allSatisfy(data.isFactor):
            return (try variables.flatMap(totals), [Breakdown()])
        case "total" where variables.contains(where: data.isFactor):
            let breakdowns = try variables.map { Breakdown(by: [try data.table.column($0)]) }
            return ([Measure(statistic: .count, variable: "count", content: .rows)], breakdowns)
        case "total":
            let measures = try variables.map {
                Measure(statistic: .total, variable: $0, content: .total(try data.table.column($0)))
            }
            return (measures, [Breakdown()])
        case "ratio" where statistic["separate"].bool == true: throw NotSupported("separate ratio")
        case "ratio":
            let measures = try statistic["denominator"].strings.flatMap { denominator in
                try statistic["numerator"].strings.map { numerator in
                    Measure(
                        statistic: .ratio, variable: numerator + "/" + denominator,
                        content: .ratio(try data.table.column(numerator), try data.table.column(denominator)))
                }
            }
            return (measures, [Breakdown()])
        case "ciprop":
            let name = statistic["variable"].string ?? ""
            let truth = try data.truth(.object(["var": .string(name), "op": .string("=="), "value": .number(1)]))
            return ([Measure(statistic: .share, variable: name, content: .condition(truth))], [Breakdown()])
        case "quantile", "quantile_old":
            let measures = try variables.map {
                Measure(
                    statistic: .quantile, variable: $0,
                    content: .quantiles(
                        of: try data.table.column($0), at: statistic["probs"].array.compactMap(\.double)))
            }
            return (measures, [Breakdown()])
        case "var" where variables.count > 1:
            // Every pair: a matrix row after row.
            let measures = try variables.flatMap { first in
                try variables.map { second in
                    Measure(
                        statistic: .variance, variable: first + "*" + second,
                        content: .statistic(
                            Covariance(of: try data.table.column(first), and: try data.table.column(second))))
                }
            }
            return (measures, [Breakdown()])
        case "var":
            let column = try data.table.column(variables[0])
            let measure = Measure(
                statistic: .variance, variable: variables[0], content: .statistic(Covariance(of: column)))
            return ([measure], [Breakdown()])
        case "table":
            let breakdown = Breakdown(by: try variables.map(data.table.column))
            return ([Measure(statistic: .count, variable: "count", content: .rows)], [breakdown])
        case "ftable":
            let texts = try (0..<data.table.rowCount).map { row in
                try variables.map { try data.text($0, row) ?? "" }.joined(separator: ".")
            }
            let crossed = Column(name: "crossed", texts: texts)
            return ([Measure(statistic: .share, variable: "", content: .shares(of: crossed, only: nil))], [Breakdown()])
        case "difference_in_means":
            let measures = try statistic["response"].strings.map(mean)
            return (measures, [Breakdown(by: try statistic["group"].strings.map(data.table.column))])
        default:
            throw NotSupported(kind)
        }
    }

    /// The total of a number, or of each level of a factor as a number.
    private func totals(_ name: String) throws -> [Measure] {
        guard data.isFactor(name) else {
            return [Measure(statistic: .total, variable: name, content: .total(try data.table.column(name)))]
        }
        let texts = try (0..<data.table.rowCount).map { try data.text(name, $0) }
        return Set(texts.compactMap { $0 }).sorted().map { level in
            let column = Column(name: name + level, numbers: texts.map { $0 == level ? 1 : 0 })
            return Measure(statistic: .total, variable: name + level, content: .total(column))
        }
    }

    private func mean(_ name: String) throws -> Measure {
        let column = try data.table.column(name)
        return data.isFactor(name)
            ? Measure(statistic: .share, variable: name, content: .shares(of: column, only: nil))
            : Measure(statistic: .mean, variable: name, content: .mean(column))
    }

    /// The name that the collection gives to a row.
    func name(of row: Estimate, _ statistic: JSONTree) -> String {
        switch statistic["kind"].string {
        case "by":
            let group = row.by.map(\.category).joined(separator: ".")
            return statistic["variables"].strings.count > 1 ? group + ":" + row.variable : group
        case "total" where row.statistic == .count: return row.by.map { $0.variable + $0.category }.joined()
        default: return row.variable + (row.answer ?? "")
        }
    }
}
