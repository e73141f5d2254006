import SurveyData
import SurveyDesign
import SurveyProblems
import SurveyTestSupport
import SurveyWeighting
import Testing

/// The weighting steps of a reference case, done by the room that fits weights under the rules of R survey.
struct FittedWeighting {
    private let data: ReferenceData
    private let design: JSONTree
    private(set) var weights: [Double]
    private(set) var record: [CalibrationRecord.Step] = []

    init(_ reference: ReferenceCase, weights: [Double]) {
        data = reference.data
        design = reference.design
        self.weights = weights
    }

    mutating func apply(_ step: JSONTree) throws {
        switch step["op"].string {
        case "subset":
            let kept = try data.truth(step["where"])
            keep(kept.values.map { $0 == Truth.yes })
        case "post_stratify", "rake": try fit(step)
        case "calibrate": try calibrate(step)
        case "standardize": try standardize(step)
        case "trim":
            let trimming = Trimming(
                greatest: step["upper"].double, least: step["lower"].double, isOnce: step["strict"].bool != true)
            weights = try trimming.trimmed(weights).weights
        default: throw NotSupported("step \(step["op"].text)")
        }
    }

    private mutating func keep(_ isKept: [Bool]) {
        for row in weights.indices where !isKept[row] { weights[row] = 0 }
    }

    private mutating func take(_ fit: Calibration.Fit) {
        weights = fit.weights
        record.append(fit.step)
    }

    private func variables(_ names: [String]) throws -> [WeightingVariable] {
        try names.map { try WeightingVariable(try data.table.column($0)) }
    }

    private mutating func fit(_ step: JSONTree) throws {
        let isRaking = step["op"].string == "rake"
        let targets = WeightingTargets(
            margins: (isRaking ? step["margins"].array : [step]).map { margin in
                let names = margin["by"].strings
                return WeightingTargets.Margin(
                    variables: names,
                    categories: margin["population"].array.map { entry in
                        WeightingTargets.Category(
                            codes: names.map { entry["cell"][$0].text }, total: entry["freq"].double ?? .nan)
                    })
            })
        let calibration = Calibration(
            method: isRaking ? .rake : .poststratify,
            rule: .cells(epsilon: step["epsilon"].double ?? 1, sweeps: step["maxit"].int ?? 10),
            isPartial: step["partial"].bool ?? false)
        take(try calibration.fitted(weights, to: targets, variables: try variables(targets.variables)).get())
    }

    /// R's model terms as margins and numeric totals: the first level of a factor is what the others leave of the whole.
    private mutating func calibrate(_ step: JSONTree) throws {
        if step["trim"] != .null { throw NotSupported("calibrate with trim") }
        let population = step["population"].object.mapValues { $0.double ?? .nan }
        let terms = step["terms"].strings
        var margins: [WeightingTargets.Margin] = []
        var numbers: [WeightingTargets.NumericTotal] = []
        for term in terms where term != "-1" {
            guard data.isFactor(term) else {
                numbers.append(.init(variable: term, total: try #require(population[term])))
                continue
            }
            let whole = try #require(population["(Intercept)"])
            let levels = try data.table.column(term).dictionary
            let named = levels.filter { population[term + $0] != nil }
            let rest = whole - named.map { population[term + $0] ?? 0 }.reduce(0, +)
            margins.append(
                WeightingTargets.Margin(
                    variables: [term],
                    categories: levels.map { .init(codes: [$0], total: population[term + $0] ?? rest) }))
        }
        if margins.isEmpty, let whole = population["(Intercept)"] {
            margins.append(WeightingTargets.Margin(variables: [], categories: [.init(codes: [], total: whole)]))
        }
        var calibration = GeneralCalibration(
            distance: CalibrationDistance(rawValue: step["calfun"].string ?? ""),
            isForced: step["force"].bool ?? false,
            rule: .rSurvey(epsilon: step["epsilon"].double ?? 1e-7, steps: step["maxit"].int ?? 50))
        if step["bounds"] != .null {
            calibration.bounds = CalibrationBounds(
                low: step["bounds"]["lower"].double ?? -.infinity, high: step["bounds"]["upper"].double ?? .infinity,
                on: step["bounds_const"].bool == true ? .weight : .factor)
        }
        if let stage = step["aggregate_stage"].int { calibration.cluster = design["ids"].strings[stage - 1] }
        if step["variance_lambda"] != .null {
            // q = x'c with one x.
            guard step["variance_lambda"].array.map(\.double) == [1], terms.count == 2, terms.contains("-1") else {
                throw NotSupported("q of several terms")
            }
            calibration.cost = terms.first { $0 != "-1" }
        }
        let targets = WeightingTargets(margins: margins, numericTotals: numbers)
        let columns = try (targets.numericVariables + calibration.columns).map { try data.table.column($0) }
        take(
            try calibration.fitted(
                weights, to: targets, variables: try variables(targets.variables), columns: columns
            ).get())
    }

    private mutating func standardize(_ step: JSONTree) throws {
        for name in step["excluding_missing"].strings {
            keep(try weights.indices.map { try data.text(name, $0) != nil })
        }
        let classes = try variables(step["by"].strings)
        let codes = try #require(classes.first).column.dictionary
        let sizes = step["population"].array.map { $0.double ?? .nan }
        let ordered = codes.allSatisfy { Double($0) != nil } ? codes : codes.sorted()
        let standard = WeightingTargets.Margin(
            variables: step["by"].strings, categories: zip(ordered, sizes).map { .init(codes: [$0], total: $1) })
        take(
            try Standardization(standard).fitted(
                weights, classes: classes, domains: try variables(step["over"].strings)
            )
            .get())
    }
}
