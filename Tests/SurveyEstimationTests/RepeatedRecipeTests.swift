@testable import SurveyEstimation
import SurveyData
import SurveyDesign
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import SurveyWeighting
import Testing

/// Whole recipes are done again on each replicate.
struct RepeatedRecipeTests {
    /// The sample of schools with invented outcomes, as in Tests/Reference/replicate-recipes.R.
    private struct Schools {
        let table: Table
        let complete: Truth

        init() throws {
            let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
            guard case .numbers(let numbers, _) = try data.table.column("snum").values else {
                throw NotSupported("numbers of schools")
            }
            let status = numbers.map { number in
                let school = Int(number)
                if school % 13 == 0 { return "4" }
                if school % 11 == 0 { return "3" }
                return [3, 6, 9].contains(school % 10) ? "2" : "1"
            }
            let samples = numbers.map { Int($0) % 4 == 0 ? "b" : "a" }
            table = Table(
                rowCount: data.table.rowCount,
                columns: data.table.columns + [
                    Column(name: "status", texts: status), Column(name: "sample", texts: samples),
                ])
            complete = Truth(values: status.map { $0 == "1" ? Truth.yes : Truth.no })
        }
    }

    private static func propensity(isWeighted: Bool = true, classes: Int? = nil) -> WeightingRecipe.Step {
        .propensity(
            PropensityAdjustment(
                outcome: "status", classes: .status, categories: ["stype", "sch.wide"], numbers: ["meals"],
                classCount: classes, isWeighted: isWeighted, fewestRespondents: 1, greatestFactor: 100))
    }

    private static func eligibility(_ rate: NonresponseAdjustment.Rate = .weighted) -> WeightingRecipe.Step {
        .eligibility(EligibilityAdjustment(cells: ["stype"], outcome: "status", classes: .status, rate: rate))
    }

    private static let cells = WeightingRecipe.Step.nonresponse(
        NonresponseAdjustment(
            cells: ["sch.wide"], outcome: "status", classes: .status, fewestRespondents: 1, greatestFactor: 100))

    private static let raking = WeightingRecipe.Step.calibrate(
        WeightingRecipe.CalibrationStep(method: .rake, targets: "targets.csv"))

    private static let targets = WeightingTargets(margins: [
        WeightingTargets.Margin(
            variables: ["awards"],
            categories: [("No", 2027), ("Yes", 4167)].map { WeightingTargets.Category(codes: [$0], total: $1) }),
        WeightingTargets.Margin(
            variables: ["sch.wide"],
            categories: [("No", 1072), ("Yes", 5122)].map { WeightingTargets.Category(codes: [$0], total: $1) }),
    ])

    private static func combination(_ shares: WeightCombination.Shares) -> WeightingRecipe.Step {
        .combine(WeightCombination(source: "sample", shares: shares))
    }

    private static func scaling(_ total: Double? = nil) -> WeightingRecipe.Step {
        .scale(WeightScaling(total: total, groups: ["awards"]))
    }

    private static func steps(_ id: String) throws -> [WeightingRecipe.Step] {
        switch id {
        case "propensity": [eligibility(), propensity()]
        case "propensity-rows": [eligibility(), propensity(isWeighted: false)]
        case "propensity-classes": [eligibility(), propensity(classes: 5)]
        case "eligibility-cells": [eligibility(.unweighted), cells]
        case "combined-rows": [combination(.rows)]
        case "combined-effective": [combination(.effectiveRows), raking]
        case "scaled": [scaling()]
        case "after-raking": [eligibility(), raking, propensity(), scaling(1000)]
        default: throw NotSupported(id)
        }
    }

    private func made(_ steps: [WeightingRecipe.Step], _ schools: Schools) throws -> Weighting.Outcome {
        let hasOutcome = steps.contains { $0.outcome != nil }
        return try Weighting.run(
            WeightingRecipe(name: "weight", base: "pw", steps: steps), on: schools.table,
            targets: ["targets.csv": Self.targets], complete: hasOutcome ? schools.complete : nil
        ).get()
    }

    private func design(
        _ outcome: Weighting.Outcome, _ schools: Schools, _ plan: ReplicatePlan
    ) throws -> SampleDesign {
        var specification = DesignSpecification(strata: ["stype"])
        specification.replicates = plan
        return try SampleDesign(
            specification, table: schools.table, weights: outcome.weights, calibration: outcome.record)
    }

    private func measures(_ schools: Schools) throws -> [Measure] {
        let (score, pupils) = (try schools.table.column("api00"), try schools.table.column("enroll"))
        return [
            Measure(statistic: .mean, variable: "api00", content: .mean(score)),
            Measure(statistic: .total, variable: "enroll", content: .total(pupils)),
        ]
    }

    @Test(arguments: [
        "propensity", "propensity-rows", "propensity-classes", "eligibility-cells", "combined-rows",
        "combined-effective", "scaled", "after-raking",
    ])
    func `errors of a recipe that each replicate repeats are those of R's glm and rake in a loop`(id: String) throws {
        let rows = try ReferenceFolder.json("replicate-recipes.json")["rows"].array
        let wanted = try #require(rows.first { $0["id"].string == id })
        let schools = try Schools()
        let outcome = try made(try Self.steps(id), schools)
        let design = try design(outcome, schools, ReplicatePlan(.made(.jkn, count: nil, seed: nil)))
        let found = try Estimation(design: design).rows(try measures(schools))
        // Replicates meet margins to 1e-9 of the total, of which an error is a hundredth and its changes a thousandth.
        let tolerance = id == "after-raking" || id == "combined-effective" ? 1e-7 : 1e-9
        for (estimate, name) in zip(found, ["mean", "total"]) {
            #expect(isClose(try #require(estimate.value), try #require(wanted[name].double)))
            #expect(
                isClose(
                    try #require(estimate.standardError), try #require(wanted["\(name)_se"].double),
                    tolerance: tolerance), "\(name)")
        }
    }

    @Test func `a step that a replicate cannot do has no factors`() throws {
        let outcome = try made([Self.eligibility(), Self.propensity()], try Schools())
        let adjustments = try #require(outcome.record).adjustments
        #expect(adjustments.map(\.fitsBefore) == [0, 0])
        // Everybody answers, so that no propensity is below 1.
        let propensity = try #require(adjustments.last)
        var sums = [Double](repeating: 0, count: propensity.groupCount)
        for pattern in 0..<propensity.cellCount { sums[2 * pattern] = 1 }
        #expect(propensity.factors([sums]) == nil)
        // Of a cell nothing is known.
        let eligibility = try #require(adjustments.first)
        sums = [Double](repeating: 1, count: eligibility.groupCount)
        #expect(eligibility.factors([sums]) != nil)
        let known = OutcomeClass.allCases.indices.filter { OutcomeClass.allCases[$0] != .unknown }
        for position in known { sums[position] = 0 }
        #expect(eligibility.factors([sums]) == nil)
    }

    @Test func `steps that are not repeated give another error of the same estimate`() throws {
        let schools = try Schools()
        let outcome = try made([Self.eligibility(), Self.propensity()], schools)
        let plan = ReplicatePlan(.made(.jkn, count: nil, seed: nil))
        var fixed = plan
        fixed.recalibrates = false
        let repeated = try Estimation(design: design(outcome, schools, plan)).rows(try measures(schools))
        let kept = try Estimation(design: design(outcome, schools, fixed)).rows(try measures(schools))
        for (left, right) in zip(repeated, kept) {
            #expect(left.value == right.value)
            #expect(left.standardError != right.standardError)
        }
    }
}
