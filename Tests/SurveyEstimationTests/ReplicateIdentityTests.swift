import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import SurveyWeighting
import Testing

/// What must hold between replicates and formulas, whatever the sample; seeds are fixed.
struct ReplicateIdentityTests {
    private func errors(_ design: SampleDesign, _ sample: TestSample, threads: Int? = nil) throws -> [Estimate] {
        var options = EstimationOptions()
        options.threads = threads
        return try Estimation(design: design, options: options).rows(
            sample.every, by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
    }

    /// Totals and counts: they are linear, so their replicates give the linearised variance exactly.
    private func expectLinearised(
        _ replicated: SampleDesign, _ linearised: SampleDesign, _ sample: TestSample
    ) throws {
        let found = try errors(replicated, sample)
        let expected = try errors(linearised, sample)
        for (row, other) in zip(found, expected) where [.total, .count].contains(row.statistic) {
            let (a, b) = (try #require(row.standardError), try #require(other.standardError))
            #expect(isClose(a, b, tolerance: 1e-10), "\(row.statistic) \(row.by): \(a) is not \(b)")
        }
        #expect(found.map(\.value) == expected.map(\.value))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [true, false])
    func `jkn of totals is the linearised variance`(seed: UInt64, mse: Bool) throws {
        let sample = TestSample(seed: seed)
        let fractions = sample.fractions
        try expectLinearised(
            sample.replicated(.jkn, mse: mse, fpc: fractions), sample.design(fpc: fractions), sample)
        try expectLinearised(sample.replicated(.jkn, mse: mse), sample.design(), sample)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `jkn of means follows its formula`(seed: UInt64) throws {
        let sample = TestSample(seed: seed)
        let design = try sample.replicated(.jkn, mse: true)
        let found = try #require(try Estimation(design: design).rows([sample.mean]).first)
        let rows = (0..<sample.rowCount).filter { sample.y[$0] != nil }
        func mean(_ factor: (Int) -> Double) -> Double {
            let weights = rows.map { factor($0) * sample.weights[$0] }
            return zip(rows, weights).map { (sample.y[$0] ?? 0) * $1 }.reduce(0, +) / weights.reduce(0, +)
        }
        let whole = mean { _ in 1 }
        var variance = 0.0
        for stratum in Set(sample.strata) {
            let psus = Set((0..<sample.rowCount).filter { sample.strata[$0] == stratum }.map { sample.psus[$0] })
            let n = Double(psus.count)
            for psu in psus {
                let without = mean { row in
                    sample.psus[row] == psu ? 0 : sample.strata[row] == stratum ? n / (n - 1) : 1
                }
                variance += (n - 1) / n * (without - whole) * (without - whole)
            }
        }
        #expect(isClose(try #require(found.standardError), variance.squareRoot(), tolerance: 1e-11))
    }

    @Test(arguments: [LonelyPSU.certainty, .average, .adjust, .adjustZero])
    func `jkn follows the rule for a single PSU`(rule: LonelyPSU) throws {
        var sample = TestSample(seed: 9)
        for row in 0..<sample.rowCount where sample.strata[row] == "s2" { sample.psus[row] = "p2-0" }
        try expectLinearised(sample.replicated(.jkn, mse: true, lonely: rule), sample.design(rule), sample)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `jk1 of totals is the linearised variance of a sample without strata`(seed: UInt64) throws {
        var sample = TestSample(seed: seed)
        sample.strata = sample.strata.map { _ in "all" }
        try expectLinearised(sample.replicated(.jk1, hasStrata: false), sample.design(), sample)
    }

    @Test(arguments: [ReplicateMethod.brr, .fay(0.3), .jk2], [2, 3, 7, 20])
    func `half samples of pairs give totals their linearised variance`(method: ReplicateMethod, strata: Int) throws {
        let sample = TestSample(seed: 3, strata: strata, perStratum: 2)
        try expectLinearised(sample.replicated(method, mse: method == .jk2), sample.design(), sample)
    }

    @Test func `a stratum of four PSUs is halved as two pairs`() throws {
        let sample = TestSample(seed: 4, strata: 3, perStratum: 4)
        var pairs = sample
        // p0-0 and p0-1 are a pair, p0-2 and p0-3 the other.
        pairs.strata = sample.psus.map { psu in
            String(psu.prefix(3)) + (["0", "1"].contains(psu.suffix(1)) ? "a" : "b")
        }
        try expectLinearised(sample.replicated(.brr), pairs.design(), sample)
    }

    @Test func `successive differences of totals are those of neighbours in a circle`() throws {
        let sample = TestSample(seed: 8, strata: 2, perStratum: 9)
        let design = try sample.replicated(.sdr, count: 80)
        let row = try #require(try Estimation(design: design).rows([sample.total]).first)
        let sums = sample.psuSums { sample.weights[$0] * (sample.y[$0] ?? 0) }
        var variance = 0.0
        for (_, psus) in Dictionary(grouping: sums, by: \.stratum) {
            for (position, psu) in psus.enumerated() {
                let next = psus[(position + 1) % psus.count]
                variance += (psu.sum - next.sum) * (psu.sum - next.sum) / 2
            }
        }
        #expect(isClose(try #require(row.standardError), variance.squareRoot(), tolerance: 1e-10))
    }

    /// E(V) of a total is the linearised variance; V of R replicates has a relative spread of √(2/R) and more.
    @Test(arguments: [ReplicateMethod.bootstrap, .multistage, .half, .cantyDavison], [true, false])
    func `random replicates of totals come near the linearised variance`(method: ReplicateMethod, hasFPC: Bool) throws {
        let sample = TestSample(seed: 5, strata: 3, perStratum: 6)
        // Whole numbers of copies: the sample repeated to its population has no remainder.
        let fractions = hasFPC ? sample.strata.map { _ in 0.25 } : nil
        let linearised = try #require(
            try Estimation(design: sample.design(fpc: fractions)).rows([sample.total]).first?.standardError)
        let design = try sample.replicated(method, count: 8000, seed: 20_261_121, fpc: fractions)
        let found = try #require(try Estimation(design: design).rows([sample.total]).first?.standardError)
        // √(2/8000) = 0.016 for normal totals; five of those. Repeating the sample to N = 4 n draws with the factor
        // (N − n)/(N − 1) instead of 1 − n/N: 23 PSUs instead of 24, 4 % more.
        let expected = method == .cantyDavison && hasFPC ? (24.0 / 23).squareRoot() : 1
        #expect(abs(found * found / (linearised * linearised) / (expected * expected) - 1) < 0.08)
    }

    @Test(arguments: [ReplicateMethod.multistage, .half])
    func `replicates of two stages come near the linearised variance of two stages`(method: ReplicateMethod) throws {
        // Districts and schools in them, both with population sizes: svytotal of apiclus2, R survey 4.1-1.
        let reference = try #require(
            try ReferenceCase.all(of: "means_totals").first { $0.testDescription == "total-num-clus2" })
        var specification = try reference.drawnSample().specification
        var plan = ReplicatePlan(.made(method, count: 8000, seed: 7))
        plan.centresOnEstimate = true
        specification.replicates = plan
        let design = try SampleDesign(specification, table: reference.data.table)
        #expect(design.replicates?.factors.unitOfRow != nil)
        let total = Measure(
            statistic: .total, variable: "enroll", content: .total(try reference.data.table.column("enroll")))
        let found = try #require(try Estimation(design: design).rows([total]).first?.standardError)
        let expected = try #require(reference.expected["se"][0].double)
        // Five times √(2/8000).
        #expect(abs(found * found / (expected * expected) - 1) < 0.08)
    }

    @Test(arguments: [ReplicateMethod.jkn, .bootstrap, .half, .cantyDavison, .multistage])
    func `threads change no bit`(method: ReplicateMethod) throws {
        let sample = TestSample(seed: 6)
        let design = try sample.replicated(method, seed: method.isRandom ? 1 : nil)
        let one = try errors(design, sample, threads: 1)
        for threads in [2, 3, 64] {
            let several = try errors(design, sample, threads: threads)
            #expect(one.map(\.standardError) == several.map(\.standardError))
            #expect(one.map(\.low) == several.map(\.low))
        }
    }

    @Test(arguments: [ReplicateMethod.jkn, .bootstrap, .half])
    func `the order of rows does not show`(method: ReplicateMethod) throws {
        let sample = TestSample(seed: 7)
        var generator = SeededGenerator(seed: 70)
        let shuffled = sample.ordered(Array(0..<sample.rowCount).shuffled(using: &generator))
        let seed: UInt64? = method.isRandom ? 3 : nil
        let first = try errors(try sample.replicated(method, seed: seed), sample)
        let second = try errors(try shuffled.replicated(method, seed: seed), shuffled)
        for (left, right) in zip(first, second) {
            guard let a = left.standardError, let b = right.standardError else { continue }
            #expect(isClose(a, b, tolerance: 1e-12, scale: abs(left.value ?? 0)), "\(left.statistic) \(left.by)")
        }
    }

    @Test(arguments: [true, false], [ReplicateMethod.jkn, .bootstrap])
    func `replicates given by row are those made by PSU`(areFactors: Bool, method: ReplicateMethod) throws {
        let sample = TestSample(seed: 11)
        let made = try sample.replicated(method, count: method == .jkn ? nil : 70, seed: method == .jkn ? nil : 2)
        let columns = TestSample.columns(of: made, areFactors: areFactors)
        var given = ReplicatePlan.GivenColumns(
            names: columns.columns.map(\.name), scale: columns.scale, scales: columns.scales)
        given.areFactors = areFactors
        let read = try sample.replicated(ReplicatePlan(.given(given)), columns: columns.columns)
        for (left, right) in zip(try errors(made, sample), try errors(read, sample)) {
            guard let a = left.standardError, let b = right.standardError else {
                #expect(left.standardError == nil && right.standardError == nil)
                continue
            }
            #expect(isClose(a, b, tolerance: 1e-10, scale: 1e-3 * abs(left.value ?? 0)), "\(left.statistic) \(left.by)")
            #expect(left.degreesOfFreedom == right.degreesOfFreedom, "\(left.by)")
        }
    }

    @Test func `a covariance is that of the replicates`() throws {
        let sample = TestSample(seed: 12)
        var options = EstimationOptions()
        options.keepsCovariance = true
        let jackknife = try Estimation(design: sample.replicated(.jkn, mse: true), options: options).estimates(
            of: [sample.total, sample.count], by: [Breakdown()])
        let linearised = try Estimation(design: sample.design(), options: options).estimates(
            of: [sample.total, sample.count], by: [Breakdown()])
        for row in 0..<2 {
            for column in 0..<2 {
                let (a, b) = (jackknife.covariance?[row, column], linearised.covariance?[row, column])
                #expect(isClose(try #require(a), try #require(b), tolerance: 1e-10))
            }
        }
    }

    @Test func `a difference of two rows has the variance of its replicates`() throws {
        let sample = TestSample(seed: 13)
        var options = EstimationOptions()
        options.keepsInfluences = true
        let estimation = Estimation(design: try sample.replicated(.jkn, mse: true), options: options)
        let result = try estimation.estimates(of: [sample.total, sample.count], by: [Breakdown()])
        let difference = estimation.combination(
            of: result, terms: [(0, 1), (1, -2)], statistic: .total, variable: "d", by: [])
        let plain = Estimation(design: try sample.design(), options: options)
        let expected = plain.combination(
            of: try plain.estimates(of: [sample.total, sample.count], by: [Breakdown()]), terms: [(0, 1), (1, -2)],
            statistic: .total, variable: "d", by: [])
        #expect(isClose(try #require(difference.standardError), try #require(expected.standardError), tolerance: 1e-10))
        #expect(difference.degreesOfFreedom == expected.degreesOfFreedom)
    }

    @Test func `made factors equal those of R`() throws {
        // R survey 4.1-1 as.svrepdesign; the cases of Tests/Reference/replicates.json name the files.
        for (file, method) in [("apistrat_JKn", ReplicateMethod.jkn), ("apiclus1_JK1_nofpc", .jk1)] {
            let reference = try #require(
                try ReferenceCase.all(of: "replicates").first { $0.design["replicates"]["file_key"].string == file })
            let given = try reference.sample()
            var specification = given.specification
            specification.replicates = ReplicatePlan(.made(method, count: nil, seed: nil))
            let made = try SampleDesign(specification, table: reference.data.table)
            let ours = try #require(made.replicates)
            let theirs = try #require(given.replicates)
            #expect(ours.count == theirs.count)
            #expect(isClose(ours.scale, theirs.scale))
            // Their replicates come in another order: compared as sorted columns.
            func columns(_ factor: (Int, Int) -> Double) -> [[Double]] {
                (0..<ours.count).map { replicate in
                    (0..<made.rowCount).map { factor(replicate, $0) }
                }.sorted { $0.lexicographicallyPrecedes($1) }
            }
            guard case .rows(let read, _) = theirs.factors.storage else { return }
            let left = columns { ours.factors.factor(replicate: $0, unit: Int(made.psus[$1])) }
            let right = columns { read[$0][$1] }
            for (a, b) in zip(left, right) { #expect(zip(a, b).allSatisfy { isClose($0, $1, tolerance: 1e-12) }) }
        }
    }
}
