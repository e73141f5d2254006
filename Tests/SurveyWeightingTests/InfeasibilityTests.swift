import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

struct InfeasibilityTests {
    private func problems(_ sample: Sample, _ targets: WeightingTargets, partial: Bool = false) throws -> [Problem] {
        try sample.fitted(Calibration(method: partial ? .poststratify : .rake, isPartial: partial), targets).problems
    }

    /// People by age group and sex; nobody is in group 3.
    private let people = Sample(
        columns: [("age", ["1", "1", "2", "2", "4", "4"]), ("sex", ["1", "2", "1", "2", "1", "2"])],
        weights: [1, 2, 1, 2, 1, 2])

    @Test func `an empty category is named, and collapsing as proposed succeeds`() throws {
        let targets = WeightingTargets([
            ("age", [("1", 10), ("2", 30), ("3", 20), ("4", 40)]), ("sex", [("1", 50), ("2", 50)]),
        ])
        // Without a questionnaire a code that nobody has stands nowhere in an order.
        let found = try problems(people, targets)
        #expect(found.map(\.code) == ["weighting.empty-category"])
        let problem = try #require(found.first)
        #expect(problem.kind.exitCode == 4)
        #expect(problem.what.values == ["3", "age"])
        #expect(problem.place.detail == "age=3")
        let near = try #require(problem.fix.values.last)
        let fit = try people.fitted(Calibration(method: .rake), targets.collapsing(near, "3", of: "age")).get()
        #expect(fit.largestError <= 1e-9)
    }

    @Test func `a respondent without a target is named with rows and weight, and the proposal succeeds`() throws {
        let targets = WeightingTargets([("age", [("1", 10), ("2", 30)]), ("sex", [("1", 20), ("2", 20)])])
        let problem = try #require(try problems(people, targets).first)
        #expect(problem.code == "weighting.no-target")
        #expect(problem.what.values == ["2", "4", "age"])
        #expect(problem.why.values == ["3"])
        #expect(problem.fix.values == ["4", "2"])
        _ = try people.collapsing("2", "4", of: "age").fitted(Calibration(method: .rake), targets).get()
    }

    @Test func `a target of 0 with respondents is refused, without them it says nothing`() throws {
        let zero = WeightingTargets([("age", [("1", 10), ("2", 30), ("3", 0), ("4", 0)])])
        let problem = try #require(try problems(people, zero).first)
        #expect(problem.code == "weighting.zero-target")
        #expect(problem.what.values == ["2", "4", "age"])
        #expect(problem.fix.values == ["4", "2"])
        let mended = try people.collapsing("2", "4", of: "age").fitted(
            Calibration(method: .rake), zero.collapsing("2", "4", of: "age")
        ).get()
        #expect(isClose(mended.weights.reduce(0, +), 40))
    }

    @Test func `margins of different sums are refused, or scaled to the first on demand`() throws {
        let targets = WeightingTargets([("age", [("1", 10), ("2", 30), ("4", 60)]), ("sex", [("1", 50), ("2", 60)])])
        let problem = try #require(try problems(people, targets).first)
        #expect(problem.code == "weighting.contradicting-sums")
        #expect(problem.why.values == ["age", "100", "sex", "110"])
        let scaled = try people.fitted(Calibration(method: .rake, rescalesMargins: true), targets)
        #expect(scaled.problems.map(\.code) == ["weighting.rescaled"])
        #expect(isClose(try scaled.get().weights.reduce(0, +), 100))
    }

    @Test func `a crossed margin that contradicts its own variable is refused by category`() throws {
        let targets = WeightingTargets([
            ("sex", [("1", 50), ("2", 50)]),
            ("age*sex", [("1*1", 20), ("2*1", 20), ("4*1", 20), ("1*2", 10), ("2*2", 15), ("4*2", 15)]),
        ])
        let found = try problems(people, targets)
        #expect(found.map(\.code) == ["weighting.contradicting-category", "weighting.contradicting-category"])
        #expect(found.first?.why.values == ["sex", "50", "age*sex", "60"])
    }

    @Test func `a row without an answer is listed`() throws {
        let sample = Sample(columns: [("sex", ["1", "", "2", ""])], weights: [1, 1, 1, 0])
        let problem = try #require(try problems(sample, WeightingTargets([("sex", [("1", 5), ("2", 5)])])).first)
        #expect(problem.code == "weighting.no-answer")
        #expect(problem.place.rows == [2])
    }

    @Test func `codes written in two ways are told apart from single empty categories`() throws {
        let sample = Sample(columns: [("sex", ["1", "2"])], weights: [1, 1])
        let found = try problems(sample, WeightingTargets([("sex", [("01", 5), ("02", 5)])]))
        #expect(found.map(\.code) == ["weighting.nothing-in-common"])
    }

    @Test func `a partial post-stratification leaves empty categories out`() throws {
        let targets = WeightingTargets([("age", [("1", 10), ("2", 30), ("3", 20), ("4", 40)])])
        let found = try people.fitted(Calibration(method: .poststratify, isPartial: true), targets)
        #expect(found.problems.map(\.code) == ["weighting.left-out"])
        #expect(isClose(try found.get().weights.reduce(0, +), 80))
    }

    @Test func `post-stratification to two margins is refused`() throws {
        let targets = WeightingTargets([("age", [("1", 10)]), ("sex", [("1", 10)])])
        let found = try people.fitted(Calibration(method: .poststratify), targets).problems
        #expect(found.map(\.code) == ["weighting.several-margins"])
    }

    // MARK: Structural zeros

    /// Region 3 has only city people; its target is larger than that of the city.
    private let zeros = Sample(
        columns: [
            ("region", ["1", "1", "2", "2", "3", "3"]),
            ("place", ["city", "village", "city", "village", "city", "city"]),
        ], weights: [1, 1, 1, 1, 1, 1])

    @Test func `zero cells that leave a margin without room are found before the first sweep`() throws {
        let targets = WeightingTargets([
            ("region", [("1", 20), ("2", 20), ("3", 60)]), ("place", [("city", 50), ("village", 50)]),
        ])
        let problem = try #require(try problems(zeros, targets).first)
        #expect(problem.code == "weighting.structural-zeros")
        #expect(problem.kind.exitCode == 4)
        #expect(problem.why.values == ["3", "region", "60", "city", "place", "50"])
        #expect(problem.fix.values == ["3", "2", "region"])
        let (one, other, margin) = (problem.fix.values[0], problem.fix.values[1], problem.fix.values[2])
        let fit = try zeros.collapsing(one, other, of: margin).fitted(
            Calibration(method: .rake), targets.collapsing(one, other, of: margin)
        ).get()
        #expect(fit.largestError <= 1e-9)
    }

    @Test func `margins that would leave respondents with weight 0 are refused`() throws {
        let targets = WeightingTargets([
            ("region", [("1", 20), ("2", 20), ("3", 60)]), ("place", [("city", 60), ("village", 40)]),
        ])
        let problem = try #require(try problems(zeros, targets).first)
        #expect(problem.code == "weighting.left-empty")
        #expect(problem.what.values.suffix(2) == ["city", "place"])
        let (one, other, margin) = (problem.fix.values[0], problem.fix.values[1], problem.fix.values[2])
        _ = try zeros.collapsing(one, other, of: margin).fitted(
            Calibration(method: .rake), targets.collapsing(one, other, of: margin)
        ).get()
    }

    @Test func `three margins that only fail together are reported when raking comes no further`() throws {
        // Each pair of margins can be met; the parity of the three cannot: only even combinations occur.
        let sample = Sample(
            columns: [("a", ["0", "0", "1", "1"]), ("b", ["0", "1", "0", "1"]), ("c", ["0", "1", "1", "0"])],
            weights: [1, 1, 1, 1])
        let targets = WeightingTargets([
            ("a", [("0", 10), ("1", 90)]), ("b", [("0", 10), ("1", 90)]), ("c", [("0", 10), ("1", 90)]),
        ])
        let problem = try #require(try problems(sample, targets).first)
        #expect(problem.code == "weighting.stalled" || problem.code == "weighting.not-converged")
        #expect(["0", "1"].contains(problem.why.values[1]))
        let margin = problem.why.values[2]
        let (one, other) = (problem.fix.values[0], problem.fix.values[1])
        _ = try sample.collapsing(one, other, of: margin).fitted(
            Calibration(method: .rake), targets.collapsing(one, other, of: margin)
        ).get()
    }

    /// Whether margins can be met, from brute force: every set of categories of the first needs room in the second.
    private func hall(_ first: [Double], _ second: [Double], _ pairs: Set<[Int]>) -> Bool {
        (1..<(1 << first.count)).allSatisfy { set in
            let members = first.indices.filter { set >> $0 & 1 == 1 }
            let neighbours = second.indices.filter { other in members.contains { pairs.contains([$0, other]) } }
            return members.reduce(0) { $0 + first[$1] } <= neighbours.reduce(0) { $0 + second[$1] } + 1e-6
        }
    }

    @Test func `the flow agrees with Hall's condition on random tables`() {
        var numbers = SeededGenerator(seed: 77)
        var possible = 0
        for _ in 0..<3_000 {
            let (rows, columns) = (1 + numbers.below(5), 1 + numbers.below(5))
            var first = (0..<rows).map { _ in Double(1 + numbers.below(9)) }
            var second = (0..<columns).map { _ in Double(1 + numbers.below(9)) }
            let (a, b) = (first.reduce(0, +), second.reduce(0, +))
            if a < b { first[0] += b - a } else { second[0] += a - b }
            var pairs: Set<[Int]> = []
            for row in 0..<rows {
                for column in 0..<columns where numbers.below(3) > 0 { pairs.insert([row, column]) }
            }
            var flow = MarginFlow(
                first: first, second: second,
                pairs: pairs.sorted { $0.lexicographicallyPrecedes($1) }.map { ($0[0], $0[1]) })
            let expected = hall(first, second, pairs)
            switch flow.finding() {
            case .tooMuch(let members, let neighbours):
                #expect(!expected)
                #expect(members.reduce(0) { $0 + first[$1] } > neighbours.reduce(0) { $0 + second[$1] })
            case .leftEmpty, .possible:
                #expect(expected)
                possible += 1
            }
        }
        #expect(possible > 300)
    }

    @Test func `what the flow calls possible is raked, what it refuses is not, and its proposal helps`() throws {
        var numbers = SeededGenerator(seed: 78)
        var refused = 0
        for _ in 0..<300 {
            var sample = Sample(columns: [("a", []), ("b", [])], weights: [])
            let (rows, columns) = (2 + numbers.below(4), 2 + numbers.below(4))
            for row in 0..<rows {
                for column in 0..<columns where numbers.below(5) > 1 || row == column % rows || column == row % columns
                {
                    sample.columns[0].texts.append(String(row))
                    sample.columns[1].texts.append(String(column))
                    sample.weights.append(0.5 + numbers.uniform())
                }
            }
            var first = (0..<rows).map { _ in Double(5 + numbers.below(40)) }
            var second = (0..<columns).map { _ in Double(5 + numbers.below(40)) }
            let (a, b) = (first.reduce(0, +), second.reduce(0, +))
            if a < b { first[0] += b - a } else { second[0] += a - b }
            let targets = WeightingTargets([
                ("a", first.enumerated().map { (String($0), $1) }), ("b", second.enumerated().map { (String($0), $1) }),
            ])
            let found = try sample.fitted(Calibration(method: .rake), targets)
            guard let problem = found.problems.first else {
                #expect(try found.get().largestError <= 1e-9)
                continue
            }
            refused += 1
            #expect(["weighting.structural-zeros", "weighting.left-empty"].contains(problem.code))
            let (one, other, margin) = (problem.fix.values[0], problem.fix.values[1], problem.fix.values[2])
            let mended = try sample.collapsing(one, other, of: margin).fitted(
                Calibration(method: .rake), targets.collapsing(one, other, of: margin))
            // One collapse may not be enough; then the next problem is another one.
            if let next = mended.problems.first { #expect(next != problem) }
        }
        #expect(refused > 30)
    }
}
