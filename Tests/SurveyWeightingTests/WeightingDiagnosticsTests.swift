import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct WeightingDiagnosticsTests {
    private func column(_ name: String, _ codes: [String]) -> Column {
        let dictionary = Array(Set(codes)).sorted()
        return Column(
            name: name, kind: .answers, dictionary: dictionary,
            values: .bytes(codes.map { code in UInt8(dictionary.firstIndex(of: code) ?? 0) }))
    }

    private func number(_ name: String, _ values: [Double]) -> Column {
        Column(name: name, kind: .number, values: .numbers(values, kinds: []))
    }

    /// Ten rows raked to sex, then trimmed.
    func diagnosed() throws -> (WeightingDiagnostics, Weighting.Outcome) {
        let sex = ["1", "1", "1", "1", "1", "1", "2", "2", "2", "2"]
        let town = ["a", "b", "a", "b", "a", "b", "a", "a", "a", "b"]
        let table = Table(
            rowCount: 10,
            columns: [
                column("sex", sex), column("town", town), number("base", [1, 1, 1, 1, 1, 3, 1, 1, 1, 1]),
                number("age", [20, 30, 40, 50, 60, 70, 25, 35, 45, 55]),
            ])
        let targets = WeightingTargets(
            margins: [
                WeightingTargets.Margin(
                    variables: ["sex"],
                    categories: [
                        WeightingTargets.Category(codes: ["1"], total: 40),
                        WeightingTargets.Category(codes: ["2"], total: 60),
                    ])
            ])
        let recipe = WeightingRecipe(
            name: "weight", base: "base",
            steps: [
                .calibrate(WeightingRecipe.CalibrationStep(method: .rake, targets: "t")),
                .trim(Trimming(greatest: 14, spread: .equal)),
            ])
        let outcome = try Weighting.run(recipe, on: table, targets: ["t": targets]).get()
        return (
            try WeightingDiagnostics(
                outcome, recipe: recipe, table: table, categories: ["town"], numbers: ["age"]), outcome
        )
    }

    @Test func `each step has its sum, quantiles, effect, factors and rows at bounds by hand`() throws {
        let (found, _) = try diagnosed()
        #expect(found.steps.map(\.name) == ["base", "rake", "trim"])
        let (base, raked, trimmed) = (found.steps[0], found.steps[1], found.steps[2])
        #expect(base.sum == 12 && base.least == 1 && base.greatest == 3 && base.spread == 3)
        // n Σw²/(Σw)² = 10·18/144
        #expect(isClose(base.kishEffect, 1.25) && isClose(base.effectiveN, 8) && isClose(base.weightLoss, 0.2))
        #expect(base.leastFactor == nil && base.rowsAtGreatest == nil)
        // Type 7 of nine 1 and one 3: at 0.99 the place is 8.91, so 1 + 0.91·2.
        #expect(isClose(base.quantiles[6], 2.82) && base.quantiles[3] == 1)
        // Men 8 → 40, women 4 → 60: factors 5 and 15; weights 5 (five), 15 (five).
        #expect(isClose(raked.leastFactor ?? 0, 5) && isClose(raked.greatestFactor ?? 0, 15))
        #expect(isClose(raked.spread ?? 0, 3) && isClose(raked.sum, 100))
        // 15 is cut to 14 in five rows; the 5 cut go to the other five.
        #expect(trimmed.rowsAtGreatest == 5 && trimmed.rowsAtLeast == nil && isClose(trimmed.greatest, 14))
        #expect(isClose(trimmed.least, 6))
        // Weights over their mean of 10: 0.6 and 1.4, classes 2 and 5.
        #expect(trimmed.histogram[2] == 5 && trimmed.histogram[5] == 5 && trimmed.histogram.reduce(0, +) == 10)
    }

    @Test func `margins are followed from step to step by hand`() throws {
        let (found, _) = try diagnosed()
        #expect(found.margins.map(\.category) == ["1", "2"] && found.margins.map(\.target) == [0.4, 0.6])
        // Men: 8 of 12, then 40 of 100, then 5·6 + 14 of 100.
        for (share, wanted) in zip(found.margins[0].shares, [2.0 / 3, 0.4, 0.44]) { #expect(isClose(share, wanted)) }
        for (step, wanted) in zip(found.steps, [2.0 / 3 - 0.4, 0, 0.04]) {
            #expect(isClose(step.greatestGap ?? 9, wanted, tolerance: 1e-9, scale: 1))
            #expect(isClose(step.meanGap ?? 9, wanted, tolerance: 1e-9, scale: 1))
        }
    }

    @Test func `balance of variables not used, and the effect of the weights on them, by hand`() throws {
        let (found, outcome) = try diagnosed()
        #expect(found.balance.map(\.variable) == ["town", "town", "age"])
        let town = found.balance[0]
        #expect(town.category == "a" && found.balance[2].category == nil)
        // Town a: 6 of 12 at first; rows 1, 3, 5 and 7, 8, 9 after raking: 15 + 45 of 100.
        #expect(isClose(town.values[0] ?? 0, 0.5) && isClose(town.values[1] ?? 0, 0.6))
        #expect(town.distances[0] == 0)
        #expect(isClose(town.distances[1] ?? 0, 0.1 / 0.5))
        // Σ(w(y − m))²/W² over m(1 − m)/n at the base weights: (9·0.25 + 9·0.25)/144 over 0.25/10.
        #expect(isClose(town.effects[0] ?? 0, 4.5 / 144 / 0.025))
        let ages: [Double] = [20, 30, 40, 50, 60, 70, 25, 35, 45, 55]
        let weights = outcome.weights
        let sum = weights.reduce(0, +)
        let mean = zip(ages, weights).reduce(0) { $0 + $1.0 * $1.1 } / sum
        #expect(isClose(found.balance[2].values[2] ?? 0, mean))
        // The deviation at the base weights: Σw(y − m)²/W with m = 570/12.
        let first = 570.0 / 12
        let base: [Double] = [1, 1, 1, 1, 1, 3, 1, 1, 1, 1]
        let variance = zip(ages, base).reduce(0) { $0 + $1.1 * ($1.0 - first) * ($1.0 - first) } / 12
        #expect(isClose(found.balance[2].distances[2] ?? 0, abs(mean - first) / variance.squareRoot()))
    }

    @Test func `equal weights cost nothing`() throws {
        let table = Table(rowCount: 4, columns: [column("q", ["1", "1", "2", "2"])])
        let recipe = WeightingRecipe(name: "w", base: nil, steps: [])
        let outcome = try Weighting.run(recipe, on: table, targets: [:]).get()
        let found = try WeightingDiagnostics(outcome, recipe: recipe, table: table, categories: ["q"])
        #expect(found.steps.count == 1 && found.margins.isEmpty)
        #expect(found.steps[0].kishEffect == 1 && found.steps[0].weightLoss == 0)
        #expect(found.steps[0].greatestGap == nil && found.balance[0].effects == [1])
    }

    @Test func `variables that are not there are refused`() throws {
        let table = Table(rowCount: 1, columns: [column("q", ["1"])])
        let recipe = WeightingRecipe(name: "w", base: nil, steps: [])
        let outcome = try Weighting.run(recipe, on: table, targets: [:]).get()
        let problem = #expect(throws: Problem.self) {
            try WeightingDiagnostics(outcome, recipe: recipe, table: table, categories: ["p"])
        }
        #expect(problem?.code == "data.unknown-column")
    }
}

extension WeightingDiagnosticsTests {
    @Test func `diagnostics are kept with the weights, and no part of their bytes is`() throws {
        let (found, outcome) = try diagnosed()
        var summary = outcome.summary
        summary.diagnostics = found
        let bytes = WeightingArchive(record: outcome.record, summary: summary).packed
        #expect(WeightingArchive(packed: bytes, rowCount: 10)?.summary.diagnostics == found)
        for count in 0..<bytes.count {
            #expect(WeightingArchive(packed: Array(bytes[..<count]), rowCount: 10) == nil)
        }
        #expect(WeightingArchive(packed: bytes + [0], rowCount: 10) == nil)
    }
}
