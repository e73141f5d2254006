import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveySampling

struct SampleSelectionTests {
    /// 60 villages of 3 to 12 households in three strata.
    private static func villages() -> SamplingFrame {
        var rows: [(stratum: Int, village: Int)] = []
        for village in 0..<60 {
            for _ in 0..<(3 + village * 7 % 10) { rows.append((village % 3, village)) }
        }
        var frame = SamplingFrame(
            rowCount: rows.count, strata: ["a", "b", "c"], stratumOfRow: rows.map(\.stratum))
        frame.clusters = ((0..<60).map { "v\($0)" }, rows.map(\.village))
        return frame
    }

    private static func list(_ count: Int) -> SamplingFrame {
        var frame = SamplingFrame(
            rowCount: count, strata: ["a", "b"], stratumOfRow: (0..<count).map { $0 % 5 == 0 ? 0 : 1 })
        frame.sizes = (0..<count).map { Double(1 + $0 * 37 % 23) }
        return frame
    }

    @Test(arguments: SelectionMethod.allCases)
    func `a sample has its sizes, and its weights give the size of the frame`(method: SelectionMethod) throws {
        let frame = SampleSelectionTests.list(200)
        let drawn = try SampleSelection(method, seed: 5).draw([8, 20], from: frame)
        #expect(drawn.strata.map(\.rows) == [8, 20] && drawn.units.count == 28)
        #expect(Set(drawn.units.map(\.row)).count == 28)
        #expect(zip(drawn.units, drawn.units.dropFirst()).allSatisfy { $0.row < $1.row })
        let sizes = try #require(frame.sizes)
        for stratum in 0...1 {
            let rows = (0..<200).filter { frame.stratumOfRow[$0] == stratum }
            let own = drawn.units.filter { frame.stratumOfRow[$0.row] == stratum }
            if method.isProportional {
                // Σ x/π is Σ x of the frame in every sample of a fixed size.
                let total = rows.reduce(0) { $0 + sizes[$1] }
                #expect(isClose(own.reduce(0) { $0 + $1.weight * sizes[$1.row] }, total))
            } else {
                #expect(isClose(own.reduce(0) { $0 + $1.weight }, Double(rows.count)))
            }
        }
        // The same seed gives the same sample, another one another.
        #expect(try SampleSelection(method, seed: 5).draw([8, 20], from: frame).units == drawn.units)
        #expect(try SampleSelection(method, seed: 6).draw([8, 20], from: frame).units != drawn.units)
    }

    @Test func `what is drawn in a stratum does not depend on the others`() throws {
        let frame = SampleSelectionTests.list(200)
        func second(_ counts: [Int]) throws -> [Int] {
            try SampleSelection(.random, seed: 5).draw(counts, from: frame).units.map(\.row)
                .filter { frame.stratumOfRow[$0] == 1 }
        }
        #expect(try second([8, 20]) == second([3, 20]))
    }

    @Test func `two stages multiply their probabilities`() throws {
        let frame = SampleSelectionTests.villages()
        for method in SelectionMethod.allCases {
            var plan = SampleSelection(method, seed: 9)
            plan.take = 3
            let drawn = try plan.draw([4, 5, 6], from: frame)
            #expect(drawn.units.count == 45 && drawn.cautions.isEmpty)
            #expect(Set(drawn.units.map(\.cluster)).count == 15)
            for unit in drawn.units {
                let size = try #require(unit.clusterSize)
                #expect(unit.population == 20 && unit.secondProbability == 3 / Double(size))
                if method.isProportional {
                    // π = n·M/ΣM · 3/M: every household of a stratum has the same weight.
                    let stratum = unit.stratum
                    let rows = drawn.strata.first { $0.name == stratum }
                    let count = Double(try #require(rows).units * 3)
                    #expect(isClose(unit.weight, Double(try #require(rows).frameRows) / count))
                }
            }
        }
    }

    @Test func `clusters that are drawn whole are one stage`() throws {
        let drawn = try SampleSelection(.random, seed: 2).draw([2, 2, 2], from: SampleSelectionTests.villages())
        let frame = SampleSelectionTests.villages()
        let clusters = Set(drawn.units.map(\.cluster))
        #expect(clusters.count == 6)
        let labels = try #require(frame.clusters)
        let rows = (0..<frame.rowCount).filter { clusters.contains(labels.labels[labels.ofRow[$0]]) }
        #expect(drawn.units.map(\.row) == rows)
        #expect(drawn.units.allSatisfy { $0.secondProbability == nil && isClose($0.weight, 10) })
    }

    @Test func `certain units are taken, told, and stand in a stratum of their own`() throws {
        var frame = SamplingFrame(rowCount: 10)
        frame.sizes = [100, 2, 3, 40, 5, 6, 1, 30, 2, 9]
        var plan = SampleSelection(.sampford, seed: 1)
        plan.hasPairs = true
        let drawn = try plan.draw([4], from: frame)
        let certain = drawn.units.filter { $0.probability == 1 }
        #expect(certain.map(\.row) == [0, 3, 7])
        #expect(certain.allSatisfy { $0.stratum == " (certain)" && $0.population == 3 && $0.weight == 1 })
        #expect(drawn.units.filter { $0.probability < 1 }.allSatisfy { $0.population == 7 && $0.stratum.isEmpty })
        #expect(drawn.strata.first?.certain == 3)
        #expect(drawn.cautions.map(\.code) == ["sampling.certain-units", "sampling.one-unit"])
        let pairs = try #require(drawn.pairs)
        for (row, one) in drawn.units.enumerated() {
            for (column, two) in drawn.units.enumerated() {
                let wanted = row == column ? one.probability : one.probability * two.probability
                #expect(isClose(pairs[row][column], wanted))
            }
        }
    }

    @Test func `the order of the frame or of labels decides what a systematic sample passes`() throws {
        var frame = SamplingFrame(rowCount: 12)
        frame.order = Array((0..<12).reversed())
        let drawn = try SampleSelection(.systematic, seed: 8).draw([4], from: frame).units.map(\.row)
        // Every third unit from the end.
        #expect(zip(drawn, drawn.dropFirst()).allSatisfy { $1 - $0 == 3 })
        var shuffled = SampleSelection(.systematic, seed: 8)
        shuffled.isShuffled = true
        #expect(try shuffled.draw([4], from: frame).units.map(\.row) != drawn)
    }

    @Test func `small clusters, lonely units and strata left out are told`() throws {
        let frame = SampleSelectionTests.villages()
        var plan = SampleSelection(.random, seed: 9)
        plan.take = 8
        let codes = try plan.draw([1, 9, 0], from: frame).cautions.map(\.code)
        #expect(codes == ["sampling.small-clusters", "sampling.one-unit", "sampling.strata-left-out"])
    }

    @Test func `what cannot be drawn is refused`() {
        func code(
            _ counts: [Int], _ frame: SamplingFrame, _ method: SelectionMethod = .random,
            _ change: (inout SampleSelection) -> Void = { _ in }
        ) -> String? {
            var plan = SampleSelection(method, seed: 1)
            change(&plan)
            return #expect(throws: Problem.self) { try plan.draw(counts, from: frame) }?.code
        }
        let villages = SampleSelectionTests.villages()
        #expect(code([0], SamplingFrame(rowCount: 0)) == "sampling.no-strata")
        #expect(code([6], SamplingFrame(rowCount: 5)) == "sampling.more-than-units")
        #expect(code([-1], SamplingFrame(rowCount: 5)) == "sampling.out-of-range")
        #expect(code([2], SamplingFrame(rowCount: 5), .brewer) == "sampling.no-size")
        #expect(code([2, 2, 2], villages, .random, { $0.take = 0 }) == "sampling.out-of-range")
        #expect(code([2, 2, 2], villages, .systematic, { $0.hasPairs = true }) == "sampling.no-pair-formula")
        // 40 units with an equal chance of a place in the sample of three are too many paths to go through.
        var many = SamplingFrame(rowCount: 40)
        many.sizes = [Double](repeating: 2, count: 40)
        #expect(code([3], many, .brewer, { $0.hasPairs = true }) == "sampling.too-many-for-brewer")
        var wrong = villages
        wrong.sizes = (0..<villages.rowCount).map { Double($0 + 1) }
        #expect(code([2, 2, 2], wrong, .sampford) == "sampling.size-varies")
        wrong.sizes?[4] = 0
        #expect(code([2, 2, 2], wrong, .sampford) == "sampling.wrong-size")
        #expect(
            code([5000], SamplingFrame(rowCount: 6000), .random, { $0.hasPairs = true }) == "sampling.too-many-pairs")
    }
}
