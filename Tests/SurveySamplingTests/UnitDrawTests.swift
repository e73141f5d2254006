import SurveyMath
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveySampling

struct UnitDrawTests {
    /// All sets of `count` of `units` units.
    static func sets(_ count: Int, of units: Int) -> [[Int]] {
        (0..<(1 << units)).map { mask in (0..<units).filter { mask >> $0 & 1 == 1 } }.filter { $0.count == count }
    }

    /// How often each set comes out of so many draws.
    private func frequencies(_ draws: Int, _ draw: (inout RandomStream) -> [Int]) -> [[Int]: Int] {
        var counts: [[Int]: Int] = [:]
        for number in 0..<draws {
            var stream = RandomStream(seed: 11, for: .selection, number: number)
            counts[draw(&stream), default: 0] += 1
        }
        return counts
    }

    /// Pearson's statistic minus its degrees of freedom, over its standard deviation: about normal for many sets.
    private func excess(_ counts: [[Int]: Int], _ expected: [[Int]: Double], draws: Int) -> Double {
        let statistic = expected.reduce(0) { sum, item in
            let wanted = item.value * Double(draws)
            let gap = Double(counts[item.key] ?? 0) - wanted
            return sum + gap * gap / wanted
        }
        let freedom = Double(expected.count - 1)
        return (statistic - freedom) / (2 * freedom).squareRoot()
    }

    @Test func `probabilities and pairs equal R's package sampling`() throws {
        let cases = try ReferenceFolder.json("sampling.json")["draws"].array
        #expect(cases.count == 5)
        for reference in cases {
            let sizes = reference["sizes"].array.compactMap(\.double)
            let count = try #require(reference["n"].int)
            let found = try InclusionProbabilities(sizes: sizes, count: count)
            let expected = reference["probabilities"].array.compactMap(\.double)
            #expect(found.values.count == expected.count)
            #expect(zip(found.values, expected).allSatisfy { isClose($0, $1) }, "\(reference["name"])")
            #expect(found.certain == expected.indices.filter { expected[$0] == 1 })
            let open = found.values.filter { $0 < 1 }
            let rest = count - found.certain.count
            guard rest > 1 else { continue }
            let pairs = try SampfordDesign(open, count: rest).pairs(of: Array(open.indices))
            for row in open.indices {
                for column in open.indices {
                    let wanted = try #require(reference["pairs"][row][column].double)
                    #expect(isClose(pairs[row][column], wanted), "\(reference["name"]) \(row) \(column)")
                }
            }
        }
    }

    @Test func `pairs are those of all of Sampford's samples, and each row of them sums to (n − 1)π`() throws {
        let sizes: [Double] = [9, 2, 5, 7, 1, 8, 6]
        for count in 2...5 {
            let own = try InclusionProbabilities(sizes: sizes, count: count).values.filter { $0 < 1 }
            let rest = Int(own.reduce(0, +).rounded())
            let chances = sampford(own, rest)
            let pairs = try SampfordDesign(own, count: rest).pairs(of: Array(own.indices))
            for row in own.indices {
                for column in own.indices {
                    let wanted = chances.reduce(0) {
                        $0 + ($1.key.contains(row) && $1.key.contains(column) ? $1.value : 0)
                    }
                    #expect(isClose(pairs[row][column], wanted, tolerance: 1e-12))
                }
                let sum = pairs[row].reduce(0, +)
                #expect(isClose(sum, own[row] * Double(rest), tolerance: 1e-12))
            }
        }
    }

    @Test func `pairs keep their sums in a frame of 300 units`() throws {
        var numbers = SeededGenerator(seed: 4)
        let sizes = (0..<300).map { _ in 0.05 + numbers.uniform() * numbers.uniform() }
        let own = try InclusionProbabilities(sizes: sizes, count: 40).values
        let pairs = try SampfordDesign(own, count: 40).pairs(of: Array(own.indices))
        for row in stride(from: 0, to: 300, by: 37) {
            let sum = pairs[row].reduce(0, +)
            #expect(isClose(sum, own[row] * 40, tolerance: 1e-10))
        }
    }

    /// The probability of each sample by Sampford's formula.
    private func sampford(_ own: [Double], _ count: Int) -> [[Int]: Double] {
        let weights = UnitDrawTests.sets(count, of: own.count).map { set in
            (set, set.reduce(0) { $0 + 1 - own[$1] } * set.reduce(1) { $0 * own[$1] / (1 - own[$1]) })
        }
        let whole = weights.reduce(0) { $0 + $1.1 }
        return Dictionary(uniqueKeysWithValues: weights.map { ($0.0, $0.1 / whole) })
    }

    @Test func `Sampford's samples come as often as their formula says`() throws {
        let own = try InclusionProbabilities(sizes: [9, 2, 5, 7, 1, 8], count: 3).values
        let design = try SampfordDesign(own, count: 3)
        let counts = frequencies(40_000) { design.draw(&$0) }
        #expect(abs(excess(counts, sampford(own, 3), draws: 40_000)) < 4)
    }

    @Test func `Brewer's draws keep the probabilities exactly`() throws {
        let own = try InclusionProbabilities(sizes: [9, 2, 5, 7, 1, 8], count: 3).values
        // Every order of draws, with its chance.
        var samples: [[Int]: Double] = [:]
        func follow(_ drawn: [Int], _ chance: Double) {
            guard drawn.count < 3 else {
                samples[drawn.sorted(), default: 0] += chance
                return
            }
            let isOpen = own.indices.map { !drawn.contains($0) }
            let chances = UnitDraw.brewerChances(own, isOpen: isOpen, left: 3 - drawn.count)
            let sum = chances.reduce(0, +)
            for unit in own.indices where isOpen[unit] { follow(drawn + [unit], chance * chances[unit] / sum) }
        }
        follow([], 1)
        for unit in own.indices {
            let found = samples.reduce(0) { $0 + ($1.key.contains(unit) ? $1.value : 0) }
            #expect(isClose(found, own[unit], tolerance: 1e-12))
        }
        let counts = frequencies(40_000) { UnitDraw.brewer(own, count: 3, &$0) }
        #expect(abs(excess(counts, samples, draws: 40_000)) < 4)
    }

    @Test func `with two units Brewer's samples are Sampford's`() throws {
        let own = try InclusionProbabilities(sizes: [9, 2, 5, 7, 1, 8], count: 2).values
        let first = UnitDraw.brewerChances(own, isOpen: own.map { _ in true }, left: 2)
        let sum = first.reduce(0, +)
        for (pair, chance) in sampford(own, 2) {
            let found = [(pair[0], pair[1]), (pair[1], pair[0])].reduce(0) { total, order in
                let left = own.reduce(0, +) - own[order.0]
                return total + first[order.0] / sum * own[order.1] / left
            }
            #expect(isClose(found, chance, tolerance: 1e-12))
        }
    }

    @Test func `each simple random sample is as likely as any other`() {
        let sets = UnitDrawTests.sets(3, of: 7)
        let expected = Dictionary(uniqueKeysWithValues: sets.map { ($0, 1 / Double(sets.count)) })
        let counts = frequencies(35_000) { UnitDraw.random(3, of: 7, &$0) }
        #expect(abs(excess(counts, expected, draws: 35_000)) < 4)
    }

    @Test func `systematic samples by hand`() {
        // Ends of the parts at 0.5, 1.2, 2.0, 3.0: the points 0.7, 1.7, 2.7 fall into parts 1, 2 and 3.
        #expect(UnitDraw.systematic([0.5, 1.2, 2, 3], start: 0.7) == [1, 2, 3])
        #expect(UnitDraw.systematic([0.5, 1.2, 2, 3], start: 0) == [0, 1, 3])
        #expect(UnitDraw.systematic([0.5, 1.2, 2, 3], start: 0.2) == [0, 2, 3])
        // 3 of 8: 8/3 units apart
        let ends = (1...8).map { Double($0) * 3 / 8 }
        #expect(UnitDraw.systematic(ends, start: 0.1) == [0, 2, 5])
        #expect(UnitDraw.systematic(ends, start: 0.99) == [2, 5, 7])
    }

    @Test func `systematic samples have their size, and their units the probabilities`() throws {
        let own = try InclusionProbabilities(sizes: [9, 2, 5, 7, 1, 8], count: 3).values
        var counts = [Int](repeating: 0, count: 6)
        for number in 0..<20_000 {
            var stream = RandomStream(seed: 3, for: .selection, number: number)
            let drawn = UnitDraw.systematic(own, count: 3, &stream)
            #expect(drawn.count == 3)
            for unit in drawn { counts[unit] += 1 }
        }
        for unit in own.indices {
            // Four standard deviations of a share of 20,000 draws.
            let gap = abs(Double(counts[unit]) / 20_000 - own[unit])
            #expect(gap < 4 * (own[unit] * (1 - own[unit]) / 20_000).squareRoot())
        }
    }

    @Test func `units that are certain or vanish beside others are not lost`() throws {
        let even = try InclusionProbabilities(sizes: [2, 2, 2], count: 3)
        #expect(even.values == [1, 1, 1] && even.certain == [0, 1, 2])
        let steep = try InclusionProbabilities(sizes: [1, 1e-300, 1e-300], count: 1)
        #expect(steep.values.allSatisfy { $0 > 0 } && steep.certain.isEmpty)
        let huge = try InclusionProbabilities(sizes: [1e308, 1e308, 1e308], count: 1)
        #expect(huge.values.allSatisfy { isClose($0, 1.0 / 3) })
    }

    @Test func `sizes that are none, and samples larger than the frame, are refused`() {
        func code(_ sizes: [Double], _ count: Int) -> String? {
            #expect(throws: Problem.self) { try InclusionProbabilities(sizes: sizes, count: count) }?.code
        }
        #expect(code([1, 2], 3) == "sampling.more-than-units")
        #expect(code([1, 2], 0) == "sampling.out-of-range")
        for wrong in [0, -1, Double.nan, .infinity] { #expect(code([1, wrong, 3], 1) == "sampling.wrong-size") }
        let many = #expect(throws: Problem.self) {
            try SampfordDesign([Double](repeating: 0.5, count: 100_000), count: 50_000)
        }
        #expect(many?.code == "sampling.sampford-too-large")
    }
}
