import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

/// A case of the reference collection whose steps make weights.
struct WeightingCase: CustomTestStringConvertible, Sendable {
    let json: JSONTree

    var testDescription: String { json["id"].string ?? "" }

    static func all(_ file: String) throws -> [WeightingCase] {
        try ReferenceFolder.json(file)["cases"].array.map { WeightingCase(json: $0) }
    }

    /// Weights by steps that end in weights, without replicates or numeric controls.
    var isFitted: Bool {
        json["statistic"]["kind"].string == "weights" && json["design"]["replicates"] == .null
            && json["design"]["steps"].array.allSatisfy { $0["op"].string != "calibrate" }
    }

    /// The weights after the steps under the rules of R survey 4.1.
    func weights() throws -> [Double] {
        let csv = try ReferenceFolder.csv(json["dataset_file"].string ?? "")
        var weights = try #require(csv.column(json["design"]["weights"].string ?? "")).map { Double($0) ?? .nan }
        for step in json["design"]["steps"].array {
            switch step["op"].string {
            case "subset":
                let column = try #require(csv.column(step["where"]["var"].string ?? ""))
                #expect(step["where"]["op"].string == "!=")
                weights = zip(weights, column).map { $1 == step["where"]["value"].string ? 0 : $0 }
            case "trim":
                let trimming = Trimming(
                    greatest: step["upper"].double, least: step["lower"].double,
                    isOnce: !(step["strict"].bool ?? false))
                weights = try trimming.trimmed(weights).weights
            case "rake", "post_stratify":
                let isRaking = step["op"].string == "rake"
                let margins = isRaking ? step["margins"].array : [step]
                let targets = WeightingTargets(margins: margins.map(WeightingCase.margin))
                let calibration = Calibration(
                    method: isRaking ? .rake : .poststratify,
                    rule: .cells(epsilon: step["epsilon"].double ?? 1, sweeps: step["maxit"].int ?? 10),
                    isPartial: step["partial"].bool ?? false)
                let variables = try targets.variables.map { name in
                    try WeightingVariable(Column(name, try #require(csv.column(name))))
                }
                weights = try calibration.fitted(weights, to: targets, variables: variables).get().weights
            default: Issue.record("step \(step["op"])")
            }
        }
        return weights
    }

    private static func margin(_ json: JSONTree) -> WeightingTargets.Margin {
        let names = json["by"].strings
        return WeightingTargets.Margin(
            variables: names,
            categories: json["population"].array.map { entry in
                WeightingTargets.Category(
                    codes: names.map { entry["cell"][$0].text }, total: entry["freq"].double ?? .nan)
            })
    }
}

struct WeightingReferenceTests {
    @Test(
        arguments: try WeightingCase.all("weighting.json").filter { $0.isFitted })
    func `weights are those of R survey`(reference: WeightingCase) throws {
        let found = try reference.weights().filter { $0 != 0 }
        let expected = reference.json["expected"]
        let wanted = expected["weights"].array.compactMap(\.double).filter { $0 != 0 }
        #expect(found.count == wanted.count && !wanted.isEmpty)
        for (found, expected) in zip(found, wanted) { #expect(isClose(found, expected)) }
        let step = WeightingSummary.Step("base", weights: found)
        #expect(isClose(step.sum, try #require(expected["sum"].double)))
        #expect(isClose(step.least, try #require(expected["min"].double)))
        #expect(isClose(step.greatest, try #require(expected["max"].double)))
        #expect(isClose(step.kishEffect, try #require(expected["kish_deff"].double)))
        #expect(isClose(step.effectiveN, try #require(expected["n_eff"].double)))
    }

    @Test(
        arguments: try WeightingCase.all("weighting.json").filter {
            $0.json["statistic"]["kind"].string == "nonresponse_adjust"
        })
    func `non-response factors are those of the reference`(reference: WeightingCase) throws {
        let statistic = reference.json["statistic"]
        let csv = try ReferenceFolder.csv(reference.json["dataset_file"].string ?? "")
        let base = try #require(csv.column(reference.json["design"]["weights"].string ?? "")).map { Double($0) ?? .nan }
        let outcome = try #require(statistic["respondent"].string)
        let step = NonresponseAdjustment(
            cells: statistic["cells"].strings, outcome: outcome,
            classes: .codes(["1": .respondent, "0": .nonRespondent]),
            rate: statistic["rate"].string == "unweighted" ? .unweighted : .weighted)
        let variables = try step.columns.map { name in
            try WeightingVariable(Column(name, try #require(csv.column(name))))
        }
        let result = try step.adjusted(base, variables: variables).get()
        let wanted = reference.json["expected"]["weights"].array.compactMap(\.double)
        #expect(wanted.count == base.count)
        for (found, expected) in zip(result.weights, wanted) { #expect(isClose(found, expected)) }
        for (label, factor) in reference.json["expected"]["factors"].object {
            let cell = try #require(result.cells.first { $0.label == label })
            #expect(isClose(cell.factor, try #require(factor.double)))
        }
    }
}
