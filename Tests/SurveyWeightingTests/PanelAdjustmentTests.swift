import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

/// The weight of an earlier wave by key: hand arithmetic, and R (Tests/Reference/panel.R).
struct PanelAdjustmentTests {
    /// Five members of two cells, and one row without a weight.
    private func members(
        keys: [String] = ["a", "b", "c", "d", "e", "f"], weights: [Double] = [10, 10, 20, 20, 30, 0],
        cells: [String] = ["x", "x", "x", "y", "y", "y"], complete: Truth? = nil
    ) throws -> PanelMembers {
        let weight = Column(name: "w", kind: .number, values: .numbers(weights, kinds: []))
        return try PanelMembers(
            wave: "2022", key: "id", weight: "w",
            table: Table(rowCount: keys.count, columns: [Column("id", keys), Column("r", cells), weight]),
            complete: complete)
    }

    private func step(_ cells: [String] = ["r"]) -> PanelAdjustment {
        var step = PanelAdjustment(earlier: "2022", key: "id", cells: cells)
        step.fewestRespondents = 1
        return step
    }

    private func adjusted(
        _ step: PanelAdjustment, _ keys: [String?], _ members: PanelMembers, inUse: [Bool]? = nil,
        classes: [OutcomeClass?]? = nil
    ) -> Checked<PanelAdjustment.Result> {
        step.adjusted(
            keys: keys, isInUse: inUse ?? keys.map { _ in true }, classes: classes, members: members)
    }

    private func areClose(_ found: [Double], _ expected: [Double]) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { isClose($0, $1) }
    }

    private func codes<Value>(_ checked: Checked<Value>) -> [String] {
        for problem in checked.problems { #expect(problem.translationFaults == []) }
        return checked.problems.map(\.code)
    }

    // MARK: By hand

    @Test func `members who answered stand for the others of their cell, in whatever order they come`() throws {
        // Cell x: 10 + 10 + 20 over 10 + 20 is 4/3; cell y: 20 + 30 over 30 is 5/3.
        let made = try adjusted(step(), ["e", "c", "a"], try members()).get()
        #expect(areClose(made.weights, [50, 80.0 / 3, 40.0 / 3]))
        #expect(made.members == 5 && made.respondents == 3)
        #expect(made.outcomes == [.respondent, .respondent, .respondent])
        // Nobody's weight is lost.
        #expect(isClose(made.weights.reduce(0, +), 90))
        var counts = step()
        counts.rate = .unweighted
        // By counts: 3 over 2 and 2 over 1.
        #expect(areClose(try adjusted(counts, ["e", "c", "a"], try members()).get().weights, [60, 30, 15]))
        // One cell: 90 over 60.
        #expect(areClose(try adjusted(step([]), ["e", "c", "a"], try members()).get().weights, [45, 30, 15]))
    }

    @Test func `whoever is no longer eligible stands for themselves, and the unknown for both`() throws {
        let classes: [OutcomeClass?] = [.respondent, .respondent, .ineligible, .unknown]
        let made = try adjusted(step(), ["e", "a", "c", "b"], try members(), classes: classes).get()
        // x: a answered, c is not eligible, b unknown: 40/30 on a and c, and a stands for nobody else: 10 · 4/3, 20 · 4/3.
        #expect(areClose(made.weights, [50, 40.0 / 3, 80.0 / 3, 0]))
        #expect(made.outcomes == classes)
        let refused = try adjusted(
            step(), ["e", "a", "c"], try members(), classes: [.respondent, .respondent, .nonRespondent]
        ).get()
        // x: 40 over 10.
        #expect(areClose(refused.weights, [50, 40, 0]))
    }

    @Test func `rows that take no part are not joined`() throws {
        let made = try adjusted(step(), ["e", nil, "a", "c"], try members(), inUse: [true, false, true, true]).get()
        #expect(areClose(made.weights, [50, 0, 40.0 / 3, 80.0 / 3]))
        #expect(made.outcomes[1] == nil)
        // A row of weight 0, or one that was no interview, is no member.
        let complete = Truth(values: [Truth.yes, Truth.yes, Truth.no, Truth.yes, Truth.yes, Truth.yes])
        let less = try adjusted(step(), ["e", "a"], try members(complete: complete)).get()
        #expect(areClose(less.weights, [50, 20]) && less.members == 4)
    }

    @Test func `keys match whether they were read as numbers or as texts`() throws {
        let texts = Column("id", ["7", "012", "3"])
        let numbers = Column(name: "id", kind: .number, values: .numbers([7, 12, 3], kinds: []))
        let coded = Column(name: "id", kind: .answers, dictionary: ["3", "7"], values: .bytes([1, 0, 255]))
        #expect(PanelMembers.keys(of: texts) == ["7", "012", "3"])
        #expect(PanelMembers.keys(of: numbers) == ["7", "12", "3"])
        #expect(PanelMembers.keys(of: coded) == ["7", "3", nil])
    }

    // MARK: What does not fit

    @Test func `keys that stand twice, are missing or belong to nobody are told all at once, by row`() throws {
        let found = adjusted(step(), ["a", "a", nil, "zz", "f"], try members(keys: ["a", "b", "", "d", "b", "f"]))
        #expect(found.value == nil)
        #expect(
            codes(found) == [
                "weighting.panel-without-key", "weighting.panel-key-twice", "weighting.panel-without-key",
                "weighting.panel-key-twice", "weighting.panel-newcomers",
            ])
        #expect(found.problems.map(\.place.rows) == [[3], [5], [3], [2], [4, 5]])
        // Rows of the earlier wave say so; no key is printed, for it may be private.
        #expect(found.problems.map { $0.place.detail } == ["2022", "2022", nil, nil, nil])
        #expect(found.problems.allSatisfy { !$0.what.description.contains("zz") })
    }

    @Test func `newcomers get weight 0 where that is asked for`() throws {
        var zero = step()
        zero.newcomers = .zero
        let found = adjusted(zero, ["e", "new", "c", "a", "f"], try members())
        #expect(codes(found) == ["weighting.panel-newcomers-left-out"] && found.problems[0].severity == .caution)
        #expect(areClose(try found.get().weights, [50, 0, 80.0 / 3, 40.0 / 3, 0]))
    }

    @Test func `a cell in which nobody answered, and a variable that a member lacks, are told of the earlier wave`()
        throws
    {
        let empty = adjusted(step(), ["c", "a"], try members())
        #expect(empty.value == nil && codes(empty) == ["weighting.empty-cell"])
        #expect(empty.problems[0].place.detail == "2022, r=y")
        let lacking = adjusted(step(), ["e", "a"], try members(cells: ["x", "x", "", "y", "y", "y"]))
        #expect(lacking.value == nil && codes(lacking) == ["weighting.no-cell"])
        #expect(lacking.problems[0].place.rows == [3] && lacking.problems[0].place.detail == "2022")
        let nobody = adjusted(step(), [nil], try members(), inUse: [false])
        #expect(nobody.value == nil && codes(nobody) == ["weighting.no-weights"])
        for weights in [[1, .nan, 1, 1, 1, 1], [1, -1, 1, 1, 1, 1], [1, 1e16, 1, 1, 1, 1]] {
            #expect(throws: Problem.self) { try members(weights: weights) }
        }
    }

    // MARK: In a recipe

    private func recipe(_ step: PanelAdjustment, _ more: [WeightingRecipe.Step] = []) -> WeightingRecipe {
        WeightingRecipe(name: "weight", base: nil, steps: [.panel(step)] + more)
    }

    @Test func `a recipe goes on from the weight of the panel`() throws {
        let table = Table(rowCount: 3, columns: [Column("id", ["e", "c", "a"]), Column("s", ["1", "1", "2"])])
        let targets = ["t": WeightingTargets([("s", [("1", 100), ("2", 20)])])]
        let made = try Weighting.run(
            recipe(step(), [.calibrate(.init(method: .poststratify, targets: "t"))]), on: table, targets: targets,
            members: try members()
        ).get()
        // 50 and 80/3 to 100: times 300/230; 40/3 to 20.
        let factor = 300.0 / 230
        #expect(areClose(made.weights, [50 * factor, 80.0 / 3 * factor, 20]))
        #expect(made.summary.steps.map(\.name) == ["base", "panel", "poststratify"])
        let before = try #require(made.record?.first)
        #expect(areClose(before, [50, 80.0 / 3, 40.0 / 3]))
        let without = Weighting.run(recipe(step()), on: table, targets: [:])
        #expect(without.value == nil && codes(without) == ["weighting.panel-without-members"])
    }

    @Test func `with outcomes, refusals and the ineligible of the later wave get weight 0`() throws {
        var own = step()
        (own.outcome, own.classes) = ("disp", .aapor)
        let table = Table(
            rowCount: 4, columns: [Column("id", ["e", "a", "c", "b"]), Column("disp", ["110", "120", "450", "210"])])
        let found = Weighting.run(recipe(own), on: table, targets: [:], members: try members())
        // x: a stands for b; c has left the population with its 20.
        #expect(areClose(try found.get().weights, [50, 20, 0, 0]))
        #expect(codes(found) == ["weighting.ineligible-left-out"])
        let strange = Table(
            rowCount: 1, columns: [Column("id", ["e"]), Column("disp", ["x"])])
        #expect(
            codes(Weighting.run(recipe(own), on: strange, targets: [:], members: try members()))
                == ["weighting.unmapped-outcome"])
    }

    @Test func `a recipe chosen for a wave knows the earlier one, and the first wave has none`() throws {
        let spoken = PanelAdjustment(earlierOfWave: ["2023": "2022"], key: "id", cells: ["r"], outcome: "disp")
        var recipe = WeightingRecipe(name: "weight", base: "w_base", steps: [.panel(spoken)])
        recipe.baseFactors = BaseFactors(probabilities: ["p"])
        let later = recipe.chosen(for: "2023")
        #expect(later.panel?.earlier == "2022" && later.base == nil && later.baseFactors.isEmpty)
        #expect(later.columns == ["disp", "id"] && later.steps[0].outcome?.column == "disp")
        let first = recipe.chosen(for: "2022")
        #expect(first.panel == nil && first.base == "w_base" && first.columns == ["w_base", "p"])
        // Nothing happens in a wave without an earlier one.
        let table = Table(
            rowCount: 2,
            columns: ["w_base", "p"].map { Column(name: $0, kind: .number, values: .numbers([0.5, 0.25], kinds: [])) })
        let made = try Weighting.run(first, on: table, targets: [:]).get()
        #expect(made.weights == [1, 1] && made.summary.steps.map(\.name) == ["base"])
    }

    // MARK: Against R

    @Test(arguments: ["cells", "cells-counts", "propensity", "propensity-classes"])
    func `panel weights are R's`(id: String) throws {
        let rows = try ReferenceFolder.csv("data/apistrat.csv")
        func texts(_ name: String) throws -> [String] { try #require(rows.column(name)) }
        func values(_ name: String) throws -> Column {
            Column(name: name, kind: .number, values: .numbers(try texts(name).compactMap { Double($0) }, kinds: []))
        }
        let members = try PanelMembers(
            wave: "1", key: "cds", weight: "pw",
            table: Table(
                rowCount: rows.rows.count,
                columns: [
                    Column("cds", try texts("cds")), Column("stype", try texts("stype")),
                    Column("awards", try texts("awards")), try values("meals"), try values("pw"),
                ]))
        let all = try ReferenceFolder.json("panel.json")["rows"].array
        let expected = try #require(all.first { $0["id"].string == id })
        var step = PanelAdjustment(earlier: "1", key: "cds")
        if id.hasPrefix("cells") {
            step.cells = ["stype", "awards"]
            step.rate = id == "cells-counts" ? .unweighted : .weighted
        } else {
            (step.categories, step.numbers) = (["stype", "awards"], ["meals"])
            step.classCount = id == "propensity-classes" ? 5 : nil
        }
        let keys = expected["keys"].array.map(\.string)
        let made = try adjusted(step, keys, members).get()
        #expect(keys.count > 120 && made.members == 200 && made.respondents == keys.count)
        let weights = expected["weights"].array.compactMap(\.double)
        #expect(areClose(made.weights, weights))
        // Nobody's weight is lost.
        if id == "cells" { #expect(isClose(made.weights.reduce(0, +), members.weights.reduce(0, +))) }
    }
}
