import SurveyData
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

/// Calibration to categories and numbers together, by our own rules; what R gives is held by the reference cases.
struct GeneralCalibrationTests {
    /// Sixty rows with a category, a region, an income, a household of two rows and a q.
    private struct Interviews {
        var sex: [String] = []
        var region: [String] = []
        var income: [Double] = []
        var household: [String] = []
        var q: [Double] = []
        var weights: [Double] = []

        init(seed: UInt64 = 7, rows: Int = 60) {
            var numbers = SeededGenerator(seed: seed)
            for row in 0..<rows {
                sex.append(row % 3 == 0 ? "1" : "2")
                region.append(["a", "b", "c"][numbers.below(3)])
                income.append((50 + 100 * numbers.uniform()).rounded())
                household.append("h\(row / 2)")
                q.append(1 + Double(numbers.below(3)))
                weights.append(5 + 10 * numbers.uniform())
            }
        }

        var numberColumns: [Column] {
            [
                Column(name: "income", kind: .number, values: .numbers(income, kinds: [])),
                Column(name: "q", kind: .number, values: .numbers(q, kinds: [])), Column("household", household),
            ]
        }

        func fitted(_ calibration: GeneralCalibration, _ targets: WeightingTargets) throws -> Checked<Calibration.Fit> {
            calibration.fitted(
                weights, to: targets,
                variables: try [("sex", sex), ("region", region)].map { try WeightingVariable(Column($0, $1)) },
                columns: numberColumns.filter { (targets.numericVariables + calibration.columns).contains($0.name) })
        }

        func sum(_ weights: [Double], _ value: (Int) -> Double) -> Double {
            weights.indices.map { weights[$0] * value($0) }.reduce(0, +)
        }
    }

    private static func targets(
        income: Double = 66_000, part: Double? = nil, sex: (Double, Double) = (220, 420),
        regions: (Double, Double, Double)? = nil
    ) -> WeightingTargets {
        var margins = [("sex", [("1", sex.0), ("2", sex.1)])]
        if let regions { margins.append(("region", [("a", regions.0), ("b", regions.1), ("c", regions.2)])) }
        var numbers = [WeightingTargets.NumericTotal(variable: "income", total: income)]
        if let part {
            numbers.append(.init(variable: "income", partVariables: ["sex"], partCodes: ["1"], total: part))
        }
        return WeightingTargets(
            file: "t.csv", margins: WeightingTargets(margins).margins, numericTotals: numbers)
    }

    @Test(arguments: [
        GeneralCalibration(), GeneralCalibration(distance: .raking), GeneralCalibration(cost: "q"),
        GeneralCalibration(distance: .raking, cost: "q"),
        GeneralCalibration(distance: .linear, bounds: CalibrationBounds(low: 0.7, high: 1.6)),
        GeneralCalibration(distance: .raking, bounds: CalibrationBounds(low: 0.7, high: 1.6)),
        GeneralCalibration(distance: .logit, bounds: CalibrationBounds(low: 0.6, high: 1.8)),
        GeneralCalibration(distance: .linear, bounds: CalibrationBounds(low: 4, high: 20, on: .weight)),
        GeneralCalibration(distance: .logit, bounds: CalibrationBounds(low: 3, high: 25, on: .weight)),
        GeneralCalibration(cluster: "household"), GeneralCalibration(distance: .raking, cluster: "household"),
    ]) func `every control is met to a billionth, within the bounds`(calibration: GeneralCalibration) throws {
        let sample = Interviews()
        let targets = GeneralCalibrationTests.targets(part: 24_000, regions: (200, 220, 220))
        let fit = try sample.fitted(calibration, targets).get()
        let w = fit.weights
        for (sum, target) in [
            (sample.sum(w) { sample.sex[$0] == "1" ? 1 : 0 }, 220),
            (sample.sum(w) { sample.sex[$0] == "2" ? 1 : 0 }, 420),
            (sample.sum(w) { sample.region[$0] == "b" ? 1 : 0 }, 220), (sample.sum(w) { sample.income[$0] }, 66_000),
            (sample.sum(w) { sample.sex[$0] == "1" ? sample.income[$0] : 0 }, 24_000.0),
        ] {
            #expect(isClose(sum, target))
        }
        #expect(fit.largestError <= 1e-9)
        for row in w.indices {
            guard let bounds = calibration.bounds else { break }
            let value = bounds.scale == .weight ? w[row] : w[row] / sample.weights[row]
            #expect(value >= bounds.low * (1 - 1e-12) && value <= bounds.high * (1 + 1e-12))
        }
        if calibration.cluster != nil {
            for row in stride(from: 0, to: w.count, by: 2) { #expect(w[row] == w[row + 1]) }
        }
        #expect(fit.margins.map(\.variable) == ["sex", "sex", "region", "region", "region", "income", "income"])
        #expect(fit.margins.last?.category == "sex=1")
        // The record fits the same weights again, as a replicate would others.
        let controls = try #require(fit.step.controls)
        let again = try controls.fitted(sample.weights, cellOfRow: fit.step.cellOfRow)
        for (found, first) in zip(again, w) { #expect(isClose(found, first)) }
        let halved = try controls.fitted(
            sample.weights.enumerated().map { ($0 / 2) % 5 == 1 ? 0 : $1 * 1.1 }, cellOfRow: fit.step.cellOfRow)
        #expect(isClose(sample.sum(halved) { sample.income[$0] }, 66_000) && halved[3] == 0)
        let archive = WeightingArchive(
            record: CalibrationRecord(steps: [fit.step]), summary: WeightingSummary(steps: [], margins: fit.margins))
        #expect(WeightingArchive(packed: archive.packed, rowCount: 60)?.record == archive.record)
    }

    @Test func `the linear distance to one total is the ratio of cross products`() throws {
        // g = 1 + x (t − Σdx) / Σdx²: with d = 1, x = 1, 2, 3 and t = 12, g = 1 + 6x/14.
        let x = Column(name: "x", kind: .number, values: .numbers([1, 2, 3], kinds: []))
        let targets = WeightingTargets(margins: [], numericTotals: [.init(variable: "x", total: 12)])
        let fit = try GeneralCalibration().fitted([1, 1, 1], to: targets, variables: [], columns: [x]).get()
        for (found, expected) in zip(fit.weights, [1 + 6.0 / 14, 1 + 12.0 / 14, 1 + 18.0 / 14]) {
            #expect(isClose(found, expected))
        }
        // With q = x every factor is the same: t/Σdx = 2.
        var ratio = GeneralCalibration()
        ratio.cost = "x"
        let weights = try ratio.fitted([1, 1, 1], to: targets, variables: [], columns: [x]).get().weights
        #expect(weights.allSatisfy { isClose($0, 2) })
    }

    @Test func `categories alone are raked by default, numbers are met linearly`() throws {
        let sample = Interviews()
        let margins = WeightingTargets([
            ("sex", [("1", 220), ("2", 420)]), ("region", [("a", 200), ("b", 220), ("c", 220)]),
        ])
        let raked = try Calibration(method: .rake).fitted(
            sample.weights, to: margins,
            variables: try [("sex", sample.sex), ("region", sample.region)].map {
                try WeightingVariable(Column($0, $1))
            }
        ).get()
        let fit = try sample.fitted(GeneralCalibration(), margins).get()
        #expect(fit.step.controls?.distance == .raking)
        for (found, expected) in zip(fit.weights, raked.weights) { #expect(isClose(found, expected, tolerance: 1e-8)) }
        let numeric = try sample.fitted(GeneralCalibration(), GeneralCalibrationTests.targets()).get()
        #expect(numeric.step.controls?.distance == .linear)
    }

    @Test func `rows of weight 0 take no part`() throws {
        var sample = Interviews()
        for row in [4, 5, 17] {
            sample.weights[row] = 0
            sample.income[row] = .nan
        }
        let fit = try sample.fitted(GeneralCalibration(), GeneralCalibrationTests.targets(income: 60_000)).get()
        #expect([4, 5, 17].allSatisfy { fit.weights[$0] == 0 })
    }

    @Test func `negative weights are told`() throws {
        let x = Column(name: "x", kind: .number, values: .numbers([1, 2, 30], kinds: []))
        let targets = WeightingTargets(
            margins: WeightingTargets([("", [("", 3)])]).margins, numericTotals: [.init(variable: "x", total: 3)])
        let checked = GeneralCalibration().fitted([1, 1, 1], to: targets, variables: [], columns: [x])
        #expect(checked.problems.map(\.code) == ["weighting.negative-weights"])
        #expect(checked.value?.weights.contains { $0 < 0 } == true)
        let trimmed = try Trimming(greatest: 100).trimmed(try #require(checked.value?.weights))
        #expect(trimmed.weights == checked.value?.weights)
    }

    // MARK: What cannot be met

    private func codes(_ calibration: GeneralCalibration, _ targets: WeightingTargets) throws -> [String] {
        let checked = try Interviews().fitted(calibration, targets)
        #expect(checked.value == nil)
        return checked.problems.filter { $0.severity == .error }.map(\.code)
    }

    @Test(arguments: [
        (1.0, 2.0), (1.2, 2.0), (0.5, 1.0), (0.5, 0.9), (2.0, 0.5), (-0.2, 3.0), (.nan, 2.0),
    ]) func `bounds that do not hold 1 between them are refused`(low: Double, high: Double) throws {
        let bounds = CalibrationBounds(low: low, high: high)
        for distance in [CalibrationDistance.raking, .logit] {
            let found = try codes(
                GeneralCalibration(distance: distance, bounds: bounds), GeneralCalibrationTests.targets())
            #expect(found == ["weighting.wrong-bounds"])
        }
    }

    @Test func `the logit distance needs bounds, and base weights between bounds on weights`() throws {
        let targets = GeneralCalibrationTests.targets()
        #expect(try codes(GeneralCalibration(distance: .logit), targets) == ["weighting.logit-bounds"])
        let open = CalibrationBounds(low: 0.5)
        #expect(try codes(GeneralCalibration(distance: .logit, bounds: open), targets) == ["weighting.logit-bounds"])
        let narrow = CalibrationBounds(low: 8, high: 12, on: .weight)
        #expect(
            try codes(GeneralCalibration(distance: .logit, bounds: narrow), targets) == ["weighting.outside-bounds"])
    }

    @Test func `bounds that cannot reach a total are told before the fit, with the total`() throws {
        let calibration = GeneralCalibration(bounds: CalibrationBounds(low: 0.9, high: 1.1))
        let checked = try Interviews().fitted(calibration, GeneralCalibrationTests.targets(income: 500_000))
        #expect(checked.value == nil)
        let found = checked.problems.filter { ["weighting.out-of-reach", "weighting.beyond-bounds"].contains($0.code) }
        #expect(found.count == checked.problems.count && found.contains { $0.place.detail == "income" })
        #expect(found.allSatisfy { $0.kind == .computation && $0.severity == .error })
    }

    @Test func `controls that bounds cannot meet together give no weights unless they are forced`() throws {
        // Each total is in reach of factors from 0.9 to 1.1, all three together are not.
        let sample = Interviews()
        let base = sample.weights
        let (one, income) = (
            sample.sum(base) { sample.sex[$0] == "1" ? 1 : 0 },
            sample.sum(base) { sample.sex[$0] == "1" ? sample.income[$0] : 0 }
        )
        let two = sample.sum(base) { sample.sex[$0] == "2" ? 1 : 0 }
        let targets = WeightingTargets(
            margins: WeightingTargets([("sex", [("1", one * 0.91), ("2", two)])]).margins,
            numericTotals: [.init(variable: "income", partVariables: ["sex"], partCodes: ["1"], total: income * 1.09)])
        var calibration = GeneralCalibration(bounds: CalibrationBounds(low: 0.9, high: 1.1))
        let failed = try sample.fitted(calibration, targets)
        #expect(failed.value == nil)
        #expect(failed.problems.map(\.code) == ["weighting.tight-bounds"])
        // The bounds that are proposed do.
        let proposed = try #require(failed.problems.first?.fix.values.first).split(separator: ",").map { Double($0) }
        let wider = CalibrationBounds(low: try #require(proposed[0]), high: try #require(proposed[1]))
        #expect(try sample.fitted(GeneralCalibration(bounds: wider), targets).get().largestError <= 1e-9)
        calibration.isForced = true
        let forced = try sample.fitted(calibration, targets)
        #expect(forced.problems.map(\.severity) == [.caution])
        #expect(try #require(forced.value).weights.allSatisfy(\.isFinite))
    }

    @Test func `totals that contradict each other are told`() throws {
        let sums = try codes(GeneralCalibration(), GeneralCalibrationTests.targets(regions: (200, 220, 300)))
        #expect(sums == ["weighting.contradicting-sums"])
        // Twice the same column under two names.
        let x = [1.0, 2, 3]
        let columns = ["x", "y"].map { Column(name: $0, kind: .number, values: .numbers(x, kinds: [])) }
        func fit(_ second: Double) -> Checked<Calibration.Fit> {
            GeneralCalibration().fitted(
                [1, 1, 1],
                to: WeightingTargets(
                    margins: [],
                    numericTotals: [.init(variable: "x", total: 12), .init(variable: "y", total: second)]),
                variables: [], columns: columns)
        }
        #expect(fit(13).problems.map(\.code) == ["weighting.contradicting-control"])
        #expect(isClose(fit(12).value?.weights[0] ?? 0, 1 + 6.0 / 14))
    }

    @Test func `a control that is 0 everywhere is refused, and so is a category without respondents`() throws {
        var sample = Interviews()
        sample.income = sample.income.map { _ in 0 }
        let zero = try sample.fitted(GeneralCalibration(), GeneralCalibrationTests.targets())
        #expect(zero.problems.map(\.code) == ["weighting.empty-control"])
        let strange = GeneralCalibrationTests.targets(regions: nil)
        let margins =
            strange.margins + WeightingTargets([("region", [("a", 300), ("b", 200), ("c", 100), ("d", 40)])]).margins
        let found = try codes(
            GeneralCalibration(),
            WeightingTargets(file: "t.csv", margins: margins, numericTotals: strange.numericTotals))
        #expect(found == ["weighting.empty-category"])
    }

    @Test func `rows without a number, a cluster or a q above 0 are listed`() throws {
        var sample = Interviews()
        sample.income[3] = .nan
        sample.household[8] = ""
        sample.q[10] = 0
        let checked = try sample.fitted(
            GeneralCalibration(cluster: "household", cost: "q"), GeneralCalibrationTests.targets())
        #expect(checked.value == nil)
        let found = checked.problems.map { "\($0.code) \($0.place.rows)" }
        #expect(
            found == [
                "weighting.missing-auxiliary [4]", "weighting.wrong-q [11]", "weighting.missing-auxiliary [9]",
            ])
    }

    @Test func `totals far above the sample need to be scaled first`() throws {
        let sample = Interviews()
        let targets = GeneralCalibrationTests.targets(income: 6_600_000, sex: (22_000, 42_000))
        var calibration = GeneralCalibration(distance: .logit, bounds: CalibrationBounds(low: 0.5, high: 2))
        let refused = try sample.fitted(calibration, targets)
        #expect(refused.value == nil && refused.problems.contains { $0.code == "weighting.out-of-reach" })
        calibration = GeneralCalibration(distance: .raking)
        #expect(try sample.fitted(calibration, targets).problems.map(\.code) == ["weighting.far-totals"])
        calibration = GeneralCalibration(
            distance: .logit, bounds: CalibrationBounds(low: 0.5, high: 2), isPrescaled: true)
        let fit = try sample.fitted(calibration, targets).get()
        #expect(isClose(sample.sum(fit.weights) { sample.income[$0] }, 6_600_000))
        calibration = GeneralCalibration(
            distance: .linear, bounds: CalibrationBounds(low: 300, high: 2500, on: .weight), isPrescaled: true)
        let weights = try sample.fitted(calibration, targets).get().weights
        #expect(weights.allSatisfy { $0 >= 300 - 1e-9 && $0 <= 2500 + 1e-9 })
    }

    /// Totals come from factors between the bounds, so that they can be met; many of these stand near a bound.
    @Test(arguments: 1...60) func `totals that can be met between bounds are met`(seed: Int) throws {
        var numbers = SeededGenerator(seed: UInt64(seed) &* 977)
        let sample = Interviews(seed: UInt64(seed), rows: 9 + numbers.below(60))
        let (low, high) = ([0.2, 0.5, 0.7][numbers.below(3)], [1.3, 2, 5][numbers.below(3)])
        let skewed = sample.income.map { _ in (3 * numbers.uniform() - 1.5) * (3 * numbers.uniform() - 1.5) }
        let factors = sample.weights.map { _ in
            let u = numbers.uniform()
            return low + (high - low) * min(max((u - 0.5) * 2.4 + 0.5, 0.001), 0.999)
        }
        let made = zip(sample.weights, factors).map { $0 * $1 }
        func sum(_ value: (Int) -> Double) -> Double { sample.sum(made, value) }
        let targets = WeightingTargets(
            margins: WeightingTargets([
                ("sex", [("1", sum { sample.sex[$0] == "1" ? 1 : 0 }), ("2", sum { sample.sex[$0] == "2" ? 1 : 0 })])
            ]).margins,
            numericTotals: [
                .init(variable: "income", total: sum { sample.income[$0] }),
                .init(variable: "skewed", total: sum { skewed[$0] }),
            ])
        let columns =
            sample.numberColumns + [Column(name: "skewed", kind: .number, values: .numbers(skewed, kinds: []))]
        for distance in CalibrationDistance.allCases {
            let fit = try GeneralCalibration(
                distance: distance, bounds: CalibrationBounds(low: low, high: high)
            ).fitted(
                sample.weights, to: targets, variables: [try WeightingVariable(Column("sex", sample.sex))],
                columns: columns
            ).get()
            #expect(fit.largestError <= 1e-9, "\(distance)")
        }
    }

    @Test(arguments: 1...40) func `random controls are met or refused, never half met`(seed: Int) throws {
        var numbers = SeededGenerator(seed: UInt64(seed))
        let sample = Interviews(seed: UInt64(seed), rows: 12 + numbers.below(60))
        let total = 300 + 600 * numbers.uniform()
        let share = 0.1 + 0.8 * numbers.uniform()
        let targets = GeneralCalibrationTests.targets(
            income: total * (60 + 80 * numbers.uniform()), sex: (total * share, total * (1 - share)))
        for distance in CalibrationDistance.allCases {
            let bounds = distance == .logit || seed % 2 == 0 ? CalibrationBounds(low: 0.2, high: 5) : nil
            let checked = try sample.fitted(GeneralCalibration(distance: distance, bounds: bounds), targets)
            guard let fit = checked.value else {
                #expect(checked.problems.contains { $0.severity == .error })
                continue
            }
            #expect(fit.largestError <= 1e-9 && fit.weights.allSatisfy(\.isFinite))
            if distance != .linear || bounds != nil { #expect(fit.weights.allSatisfy { $0 > 0 }) }
        }
    }
}
