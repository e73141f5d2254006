import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct CalibrationTests {
    private func codes(_ checked: Checked<Calibration.Fit>) -> [String] { checked.problems.map(\.code) }

    /// 600 people with three variables, weights between 0.5 and 3.5.
    private func random(_ seed: UInt64, rows: Int = 600) -> Sample {
        var numbers = SeededGenerator(seed: seed)
        var columns: [(name: String, texts: [String])] = [("a", []), ("b", []), ("c", [])]
        for _ in 0..<rows {
            let a = numbers.below(3)
            columns[0].texts.append(String(a + 1))
            columns[1].texts.append(String(min(3, numbers.below(3) + (a == 2 ? 1 : 0)) + 1))
            columns[2].texts.append(["x", "y"][numbers.below(2)])
        }
        return Sample(columns: columns, weights: (0..<rows).map { _ in 0.5 + 3 * numbers.uniform() })
    }

    private let targets = WeightingTargets([
        ("a", [("1", 300), ("2", 500), ("3", 200)]), ("b", [("1", 250), ("2", 350), ("3", 300), ("4", 100)]),
        ("c", [("x", 480), ("y", 520)]),
    ])

    private func sums(_ weights: [Double], _ texts: [String]) -> [String: Double] {
        var sums: [String: Double] = [:]
        for (weight, text) in zip(weights, texts) { sums[text, default: 0] += weight }
        return sums
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func `margins are met to a billionth`(seed: UInt64) throws {
        let sample = random(seed)
        let fit = try sample.fitted(Calibration(method: .rake), targets).get()
        #expect(fit.largestError <= 1e-9)
        for (column, margin) in zip(sample.columns, targets.margins) {
            let found = sums(fit.weights, column.texts)
            for category in margin.categories {
                #expect(isClose(try #require(found[category.label]), category.total))
            }
        }
        #expect(fit.weights.allSatisfy { $0 > 0 })
        #expect(fit.margins.count == 9)
        #expect(fit.margins.allSatisfy { isClose($0.after, $0.target) })
    }

    @Test(arguments: [4, 5] as [UInt64]) func `raking one margin is post-stratification`(seed: UInt64) throws {
        let sample = random(seed)
        let one = WeightingTargets([
            ("a*c", [("1*x", 100), ("1*y", 150), ("2*x", 90), ("2*y", 160), ("3*x", 200), ("3*y", 300)])
        ])
        let raked = try sample.fitted(Calibration(method: .rake), one).get()
        let stratified = try sample.fitted(Calibration(method: .poststratify), one).get()
        #expect(zip(raked.weights, stratified.weights).allSatisfy { isClose($0, $1, tolerance: 1e-15) })
        #expect(raked.sweeps == 1)
        // By hand: each weight times target over the sum of its class.
        let crossed = zip(sample.columns[0].texts, sample.columns[2].texts).map { $0 + "*" + $1 }
        let before = sums(sample.weights, crossed)
        for row in sample.weights.indices {
            let target = try #require(one.margins[0].categories.first { $0.label == crossed[row] }).total
            #expect(isClose(stratified.weights[row], sample.weights[row] * target / (before[crossed[row]] ?? 0)))
        }
    }

    @Test(arguments: [6, 7] as [UInt64]) func `scaling the base weights and the order of rows change nothing`(
        seed: UInt64
    )
        throws
    {
        let sample = random(seed)
        let fit = try sample.fitted(Calibration(method: .rake), targets).get()
        var scaled = sample
        scaled.weights = sample.weights.map { $0 * 1234.5 }
        let other = try scaled.fitted(Calibration(method: .rake), targets).get()
        // The last bits of a sum depend on the scale.
        #expect(zip(fit.weights, other.weights).allSatisfy { isClose($0, $1, tolerance: 1e-12) })

        var numbers = SeededGenerator(seed: seed + 100)
        let order = sample.weights.indices.shuffled(using: &numbers)
        let shuffled = Sample(
            columns: sample.columns.map { column in (column.name, order.map { column.texts[$0] }) },
            weights: order.map { sample.weights[$0] })
        let again = try shuffled.fitted(Calibration(method: .rake), targets).get()
        #expect(order.indices.allSatisfy { isClose(again.weights[$0], fit.weights[order[$0]], tolerance: 1e-12) })
    }

    @Test func `the record gives each row's cell, categories and factors`() throws {
        let sample = Sample(
            columns: [("s", ["1", "2", "2", "1"]), ("r", ["x", "x", "y", "y"])], weights: [1, 2, 0, 4])
        let margins = WeightingTargets([("s", [("1", 10), ("2", 20)]), ("r", [("x", 24), ("y", 6)])])
        let step = try sample.fitted(Calibration(method: .rake), margins).get().step
        #expect(step.margins == [["s"], ["r"]])
        #expect(step.cellOfRow == [0, 2, 3, 1])
        #expect(step.categoryOfCell == [[0, 0, 1], [0, 1, 0]])
        #expect(step.before == [1, 2, 0, 4])
        #expect(step.after.map { ($0 * 1e6).rounded() / 1e6 } == [4, 20, 0, 6])
        #expect(step.turnFactors.count == 2 && step.turnFactors[1] == [1, 1, 1])
    }

    @Test func `turn factors lead from the last weights to those after each margin`() throws {
        let sample = random(9)
        let rule = RakingRule.cells(epsilon: 1e-10, sweeps: 1)
        let step = try sample.fitted(Calibration(method: .rake, rule: rule), targets).get().step
        for (number, column) in sample.columns.enumerated() {
            let turned = step.after.indices.map { step.after[$0] * step.turnFactors[number][Int(step.cellOfRow[$0])] }
            let found = sums(turned, column.texts)
            for category in targets.margins[number].categories {
                #expect(isClose(try #require(found[category.label]), category.total))
            }
        }
    }

    @Test func `shares are scaled to the sum of weights, or to the population where it is named`() throws {
        let sample = Sample(columns: [("s", ["1", "2", "2"])], weights: [10, 20, 10])
        let shares: [(String, [(String, Double)])] = [("s", [("1", 0.5), ("2", 0.5)])]
        let own = try sample.fitted(Calibration(method: .rake), WeightingTargets(shares))
        #expect(codes(own) == ["weighting.shares"])
        #expect(try own.get().weights.map { ($0 * 1e9).rounded() / 1e9 } == [20, 13.333333333, 6.666666667])
        let named = try sample.fitted(Calibration(method: .rake), WeightingTargets(shares + [("", [("", 300)])])).get()
        #expect(named.weights == [150, 100, 50])
        #expect(named.step.margins == [["s"]])
    }

    @Test func `the size of the population alone scales all weights`() throws {
        let sample = Sample(columns: [], weights: [1, 3, 0])
        let fit = try sample.fitted(Calibration(method: .poststratify), WeightingTargets([("", [("", 8)])])).get()
        #expect(fit.weights == [2, 6, 0])
        #expect(fit.step.margins == [[]])
    }

    @Test func `very many categories are crossed by a table of what occurs`() throws {
        let rows = 12_000
        let sample = Sample(
            columns: [
                ("a", (0..<rows).map { "a\($0 % 3_000)" }), ("b", (0..<rows).map { "b\($0 % 4_000)" }),
                ("c", (0..<rows).map { "c\($0 % 2)" }),
            ], weights: [Double](repeating: 1, count: rows))
        let wide = WeightingTargets([
            ("a", (0..<3_000).map { ("a\($0)", 8) }), ("b", (0..<4_000).map { ("b\($0)", 6) }),
            ("c", [("c0", 12_000), ("c1", 12_000)]),
        ])
        let fit = try sample.fitted(Calibration(method: .rake), wide).get()
        #expect(fit.weights.allSatisfy { isClose($0, 2) })
    }
}
