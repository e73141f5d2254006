import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

/// Steps of recipes against R (Tests/Reference/weighting-steps.R) and hand arithmetic.
struct WeightingStepsTests {
    /// Columns of a reference file by name; numbers where they are asked for.
    private struct Rows {
        let table: CSVTable

        init(_ name: String) throws { table = try ReferenceFolder.csv("data/\(name).csv") }

        func texts(_ name: String) throws -> [String] { try #require(table.column(name)) }
        func numbers(_ name: String) throws -> [Double] { try texts(name).map { try #require(Double($0)) } }
        func codes(_ name: String) throws -> Column { Column(name, try texts(name)) }
        func values(_ name: String) throws -> Column {
            Column(name: name, kind: .number, values: .numbers(try numbers(name), kinds: []))
        }
    }

    private static let stype = [("E", 4421.0), ("H", 755), ("M", 1018)]
    private static let wide = [("No", 1072.0), ("Yes", 5122)]

    private func expected(_ id: String) throws -> [Double] {
        let rows = try ReferenceFolder.json("weighting-steps.json")["rows"].array
        let row = try #require(rows.first { $0["id"].string == id })
        return row["weights"].array.compactMap(\.double)
    }

    private func expect(_ found: [Double], _ id: String, tolerance: Double = 1e-9) throws {
        let wanted = try expected(id)
        #expect(found.count == wanted.count)
        for (row, pair) in zip(found, wanted).enumerated() where !isClose(pair.0, pair.1, tolerance: tolerance) {
            Issue.record("\(id), row \(row + 1): \(pair.0), R has \(pair.1)")
            return
        }
    }

    private func run(_ steps: [WeightingRecipe.Step], _ columns: [Column], _ base: [Double]) throws -> [Double] {
        let weight = Column(name: "w", kind: .number, values: .numbers(base, kinds: []))
        let targets = ["t.csv": WeightingTargets([("stype", Self.stype), ("sch.wide", Self.wide)])]
        return try Weighting.run(
            WeightingRecipe(name: "weight", base: "w", steps: steps),
            on: Table(rowCount: base.count, columns: columns + [weight]), targets: targets
        ).get().weights
    }

    // MARK: Propensities

    private func answered(_ rows: Rows) throws -> Column {
        Column("status", try rows.numbers("snum").map { [3, 6, 9].contains(Int($0) % 10) ? "2" : "1" })
    }

    @Test(arguments: ["propensity-weighted", "propensity-plain", "propensity-classes"])
    func `weights divided by a propensity, or in its classes, are R's`(id: String) throws {
        let rows = try Rows("apistrat")
        var step = PropensityAdjustment(
            outcome: "status", classes: .status, categories: ["stype", "sch.wide"], numbers: ["meals"])
        step.isWeighted = id != "propensity-plain"
        step.classCount = id == "propensity-classes" ? 5 : nil
        let found = try run(
            [.propensity(step)],
            [try answered(rows), try rows.codes("stype"), try rows.codes("sch.wide"), try rows.values("meals")],
            try rows.numbers("pw"))
        try expect(found, id)
    }

    @Test func `a saturated propensity is the adjustment in cells`() throws {
        let rows = try Rows("apistrat")
        let columns = [try answered(rows), try rows.codes("stype")]
        let base = try rows.numbers("pw")
        let direct = try run(
            [.propensity(PropensityAdjustment(outcome: "status", classes: .status, categories: ["stype"]))], columns,
            base)
        let cells = try run(
            [.nonresponse(NonresponseAdjustment(cells: ["stype"], outcome: "status", classes: .status))], columns, base)
        #expect(zip(direct, cells).allSatisfy { isClose($0, $1) })
    }

    @Test func `predictors that settle the response are refused, and so are cases of unknown eligibility`() {
        let columns = [Column("status", ["1", "1", "2", "2", "4"]), Column("x", ["a", "a", "b", "b", "a"])]
        func codes(_ base: [Double], _ step: PropensityAdjustment) -> [String] {
            let variables = columns.compactMap { try? WeightingVariable($0) }
            return step.adjusted(base, variables: variables, columns: []).problems.map(\.code)
        }
        var step = PropensityAdjustment(outcome: "status", classes: .status, categories: ["x"])
        #expect(codes([1, 1, 1, 1, 0], step) == ["weighting.separation"])
        #expect(codes([1, 1, 1, 1, 1], step) == ["weighting.unknown-eligibility"])
        step.classCount = 1
        #expect(codes([1, 1, 1, 1, 0], step) == ["weighting.class-count"])
    }

    @Test func `a regression of response takes 3000 coefficients and no more`() throws {
        let codes = (0..<6002).map { "c\($0 / 2)" }
        let variables = [
            try WeightingVariable(Column("status", codes.indices.map { $0 % 2 == 0 ? "1" : "2" })),
            try WeightingVariable(Column("x", codes)),
        ]
        let step = PropensityAdjustment(outcome: "status", classes: .status, categories: ["x"])
        let checked = step.adjusted(codes.map { _ in 1 }, variables: variables, columns: [])
        #expect(checked.problems.map(\.code) == ["weighting.too-many-coefficients"])
        #expect(checked.value == nil)
    }

    @Test func `eligibility alone moves the weight of unknown cases to the known ones of their cell`() throws {
        let columns = [
            Column("status", ["1", "2", "3", "4", "1", "4"]), Column("cell", ["a", "a", "a", "a", "b", "b"]),
        ]
        let step = EligibilityAdjustment(cells: ["cell"], outcome: "status", classes: .status)
        // In a: 10 of weight, 8 of them known; in b: 3 and 1.
        let found = try run([.eligibility(step)], columns, [2, 4, 2, 2, 1, 2])
        let wanted: [Double] = [2.5, 5, 2.5, 0, 3, 0]
        #expect(zip(found, wanted).allSatisfy { isClose($0, $1) })
        let bad = step.adjusted(
            [0, 0, 0, 0, 0, 1], variables: try columns.map { try WeightingVariable($0) })
        #expect(bad.problems.map(\.code) == ["weighting.nothing-known"])
    }

    // MARK: Trimming

    @Test func `trimming at a quantile, a multiple of the median, a design effect, and by groups is R's`() throws {
        let rows = try Rows("apistrat")
        let base = try expected("trim-base")
        let columns = [try rows.codes("stype")]
        try expect(try run([.trim(Trimming(greatest: 0.9, of: .quantile))], columns, base), "trim-quantile")
        try expect(try run([.trim(Trimming(greatest: 2, of: .median))], columns, base), "trim-median")
        var effect = Trimming()
        effect.designEffect = 1.2
        let trimmed = try run([.trim(effect)], columns, base)
        try expect(trimmed, "trim-deff")
        #expect(isClose(Trimming.kishEffect(trimmed), 1.2))
        var groups = Trimming(greatest: 1.5, of: .median)
        groups.groups = ["stype"]
        try expect(try run([.trim(groups)], columns, base), "trim-groups")
    }

    @Test func `trimming that keeps margins ends where limits and margins hold`() throws {
        let rows = try Rows("apistrat")
        let columns = [try rows.codes("stype"), try rows.codes("sch.wide")]
        let base = try expected("trim-base")
        var trimming = Trimming(greatest: 2.2, of: .median)
        trimming.keepsMargins = true
        let rake = WeightingRecipe.Step.calibrate(.init(method: .rake, targets: "t.csv"))
        let found = try run([rake, .trim(trimming)], columns, base)
        // Two ways that turn until the limits hold to a billionth agree to about that.
        try expect(found, "keep-margins", tolerance: 1e-7)
        let before = try expected("keep-margins-before").sorted()
        let limit = 2.2 * (before[99] + before[100]) / 2
        #expect(found.allSatisfy { $0 <= limit * (1 + 1e-9) })
        for (name, targets) in [("stype", Self.stype), ("sch.wide", Self.wide)] {
            let codes = try rows.texts(name)
            for (code, total) in targets {
                #expect(isClose(zip(codes, found).reduce(0) { $0 + ($1.0 == code ? $1.1 : 0) }, total))
            }
        }
        var effect = Trimming()
        effect.designEffect = 1.25
        effect.keepsMargins = true
        let calm = try run([rake, .trim(effect)], columns, base)
        // The limit is searched to a billionth of the effect from below.
        #expect(Trimming.kishEffect(before) > 1.25 && isClose(Trimming.kishEffect(calm), 1.25, tolerance: 1e-6))
    }

    @Test func `a limit that the margins do not allow is refused with one that they do`() throws {
        let rows = try Rows("apistrat")
        let columns = [try rows.codes("stype"), try rows.codes("sch.wide")]
        let weight = Column(name: "w", kind: .number, values: .numbers(try expected("trim-base"), kinds: []))
        let table = Table(rowCount: 200, columns: columns + [weight])
        let targets = ["t.csv": WeightingTargets([("stype", Self.stype), ("sch.wide", Self.wide)])]
        func found(_ limit: Double) -> Checked<Weighting.Outcome> {
            var trimming = Trimming(greatest: limit)
            trimming.keepsMargins = true
            return Weighting.run(
                WeightingRecipe(
                    name: "x", base: "w",
                    steps: [.calibrate(.init(method: .rake, targets: "t.csv")), .trim(trimming)]), on: table,
                targets: targets)
        }
        // 100 schools of type E stand for 4421, so some weight is 44.21 or more.
        let problem = try #require(found(44).problems.last)
        #expect(problem.code == "weighting.limits-against-margins")
        _ = try found(try #require(problem.fix.values.first.flatMap { Double($0) })).get()
        var alone = Trimming(greatest: 50)
        alone.keepsMargins = true
        let none = Weighting.run(WeightingRecipe(name: "x", base: "w", steps: [.trim(alone)]), on: table, targets: [:])
        #expect(none.problems.map(\.code) == ["weighting.no-margins-to-keep"])
    }

    // MARK: Households

    @Test func `one weight a district meets totals of persons and of districts, as R has it`() throws {
        let rows = try Rows("apiclus1")
        let general = GeneralCalibration(distance: .linear, cluster: "dnum")
        let found = general.fitted(
            try rows.numbers("pw"), to: WeightingTargets([("stype", Self.stype)]),
            clusterTargets: WeightingTargets([("", [("", 700)])]),
            variables: [try WeightingVariable(try rows.codes("stype"))], columns: [try rows.values("dnum")])
        try expect(try found.get().weights, "households")
        #expect(isClose(try #require(found.value?.margins.last?.after), 700))
    }

    @Test func `what belongs to a household must be one in it`() throws {
        let columns = [
            Column("hh", ["1", "1", "2"]), Column("place", ["u", "r", "u"]), Column("sex", ["1", "2", "1"]),
        ]
        let variables = try columns.map { try WeightingVariable($0) }
        let found = GeneralCalibration(cluster: "hh").fitted(
            [1, 1, 1], to: WeightingTargets([("sex", [("1", 5), ("2", 5)])]),
            clusterTargets: WeightingTargets([("place", [("u", 3), ("r", 2)])]), variables: variables,
            columns: [columns[0]])
        #expect(found.problems.map(\.code) == ["weighting.cluster-varies"])
    }

    // MARK: Nearest weights

    @Test(arguments: [("nearest-ridge", WhenInfeasible.nearestRidge), ("nearest-entropy", .nearest)])
    func `the nearest weights for margins that contradict each other are R's`(
        id: String, rule: WhenInfeasible
    ) throws {
        let rows = try Rows("apistrat")
        let targets = WeightingTargets([
            ("awards", [("No", 2027), ("Yes", 4167)]), ("sch.wide", [("No", 1200), ("Yes", 5600)]),
        ])
        let variables = try ["awards", "sch.wide"].map { try WeightingVariable(try rows.codes($0)) }
        var calibration = Calibration(method: .rake)
        let base = try rows.numbers("pw")
        #expect(
            calibration.fitted(base, to: targets, variables: variables).problems.map(\.code)
                == ["weighting.contradicting-sums"])
        calibration.whenInfeasible = rule
        let found = calibration.fitted(base, to: targets, variables: variables)
        #expect(found.problems.map(\.code) == ["weighting.contradicting-sums", "weighting.nearest-weights"])
        #expect(found.problems.allSatisfy { $0.severity == .caution })
        let fit = try found.get()
        try expect(fit.weights, id)
        #expect(fit.step.isNearest)
        #expect(CalibrationRecord(steps: [fit.step]).cautions.map(\.code) == ["weighting.nearest-in-use"])
        // Other base weights of the same rows, as replicates have them, are fitted by the same rule.
        let again = try #require(fit.step.controls).fitted(base, cellOfRow: fit.step.cellOfRow)
        #expect(zip(again, fit.weights).allSatisfy { isClose($0, $1) })
    }

    @Test func `targets that can be met are met whatever is said of others`() throws {
        let rows = try Rows("apistrat")
        let targets = WeightingTargets([("stype", Self.stype), ("sch.wide", Self.wide)])
        let variables = try ["stype", "sch.wide"].map { try WeightingVariable(try rows.codes($0)) }
        let base = try rows.numbers("pw")
        var lenient = Calibration(method: .rake)
        lenient.whenInfeasible = .nearest
        let found = lenient.fitted(base, to: targets, variables: variables)
        #expect(found.problems.isEmpty)
        #expect(
            try found.get().weights
                == Calibration(method: .rake).fitted(base, to: targets, variables: variables).get().weights)
    }

    // MARK: Base weights, scale, combination

    @Test func `a base weight is made of probabilities, sizes of strata and people in the household`() throws {
        var recipe = WeightingRecipe(name: "x", base: nil, steps: [])
        recipe.baseFactors = BaseFactors(
            probabilities: ["p1", "p2"], strata: ["region"], population: "size", multipliers: ["adults"],
            greatestMultiplier: 3)
        func numbers(_ name: String, _ values: [Double]) -> Column {
            Column(name: name, kind: .number, values: .numbers(values, kinds: []))
        }
        let columns = [
            numbers("p1", [0.5, 0.25, 1]), numbers("p2", [0.2, 0.1, 1]), numbers("size", [10, 10, 7]),
            numbers("adults", [2, 5, 1]), Column("region", ["a", "a", "b"]),
        ]
        let table = Table(rowCount: 3, columns: columns)
        // 10 · 10/2 · 2, 40 · 10/2 · 3, 1 · 7/1 · 1
        #expect(try Weighting.run(recipe, on: table, targets: [:]).get().weights == [100, 600, 7])
        func codes(_ changed: Column) -> [String] {
            let own = Table(rowCount: 3, columns: columns.map { $0.name == changed.name ? changed : $0 })
            return Weighting.run(recipe, on: own, targets: [:]).problems.map(\.code)
        }
        #expect(codes(numbers("p1", [0, 0.5, 1.5])) == ["weighting.wrong-probability"])
        #expect(codes(numbers("adults", [2, 0, 1])) == ["weighting.wrong-multiplier"])
        #expect(codes(numbers("size", [10, 11, 7])) == ["weighting.population-differs"])
        #expect(codes(numbers("size", [1, 1, 7])) == ["weighting.population-too-small"])
    }

    @Test func `weights are scaled to the rows or to a number, group by group`() throws {
        let columns = [Column("g", ["a", "a", "b", "b"])]
        #expect(try run([.scale(WeightScaling())], columns, [1, 3, 2, 2]) == [0.5, 1.5, 1, 1])
        let found = try run([.scale(WeightScaling(total: 12, groups: ["g"]))], columns, [1, 3, 2, 0])
        #expect(found == [3, 9, 12, 0])
    }

    @Test func `waves and frames become one sample by their shares where they overlap`() throws {
        let columns = [
            Column("frame", ["A", "A", "A", "B", "B"]), Column("domain", ["a", "ab", "ab", "ab", "b"]),
            Column(name: "m", kind: .number, values: .numbers([1, 2, 2, 2, 1], kinds: [])),
        ]
        let base: [Double] = [10, 10, 10, 12, 12]
        let frames = WeightCombination(
            source: "frame", shares: .given(["A": 0.25, "B": 0.75]), overlap: "domain", overlapCodes: ["ab"])
        #expect(try run([.combine(frames)], columns, base) == [10, 2.5, 2.5, 9, 12])
        let waves = WeightCombination(source: "frame", shares: .rows)
        let found = try run([.combine(waves)], columns, base)
        #expect(zip(found, [6, 6, 6, 4.8, 4.8]).allSatisfy { isClose($0, $1) })
        // Equal weights: effective rows are rows.
        let effective = try run([.combine(WeightCombination(source: "frame"))], columns, base)
        #expect(zip(found, effective).allSatisfy { isClose($0, $1) })
        let multiple = WeightCombination(source: nil, multiplicity: "m")
        #expect(try run([.combine(multiple)], columns, base) == [10, 5, 5, 6, 12])
    }

    @Test func `a panel keeps its people by the weight of the wave before and who came again`() throws {
        // The base is the weight of the first wave; the dead leave the population and keep their weight until a later step.
        let columns = [
            Column("again", ["1", "1", "2", "3", "1", "2"]), Column("region", ["a", "a", "a", "a", "b", "b"]),
        ]
        let step = NonresponseAdjustment(
            cells: ["region"], outcome: "again", classes: .status, fewestRespondents: 1)
        let found = try run([.nonresponse(step), .scale(WeightScaling(total: 100))], columns, [2, 2, 2, 5, 3, 3])
        #expect(found.map { $0 > 0 } == [true, true, false, false, true, false])
        #expect(isClose(found[0], 25) && isClose(found[4], 50))
    }

    @Test func `the weights after each step are kept for whoever looks at them`() throws {
        let columns = [Column("stype", ["E", "H", "M"]), Column("sch.wide", ["No", "Yes", "Yes"])]
        let weight = Column(name: "w", kind: .number, values: .numbers([1, 2, 3], kinds: []))
        let outcome = try Weighting.run(
            WeightingRecipe(name: "x", base: "w", steps: [.scale(WeightScaling()), .scale(WeightScaling(total: 6))]),
            on: Table(rowCount: 3, columns: columns + [weight]), targets: [:]
        ).get()
        #expect(outcome.stages.map(\.name) == ["base", "scale", "scale"])
        #expect(outcome.stages.map { $0.weights.reduce(0, +) } == [6, 3, 6])
        #expect(outcome.stages.last?.weights == outcome.weights)
    }
}
