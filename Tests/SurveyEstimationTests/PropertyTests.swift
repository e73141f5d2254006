import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import Testing

/// What must hold for any sample; seeds are fixed.
struct PropertyTests {
    private func breakdowns(_ sample: TestSample) -> [Breakdown] {
        [Breakdown(), Breakdown(by: [sample.groupColumn]), Breakdown(by: [sample.groupColumn, sample.qColumn])]
    }

    private func all(_ sample: TestSample, threads: Int? = nil, fpc: [Double]? = nil) throws -> [Estimate] {
        var options = EstimationOptions()
        options.threads = threads
        return try Estimation(design: sample.design(fpc: fpc), options: options).rows(
            sample.every, by: breakdowns(sample))
    }

    private func expectSame(
        _ left: [Estimate], _ right: [Estimate], tolerance: Double, factor: (Estimate) -> Double = { _ in 1 }
    ) {
        #expect(left.count == right.count)
        for (a, b) in zip(left, right) {
            #expect(
                a.answer == b.answer && a.by.map(\.category) == b.by.map(\.category) && a.n == b.n && a.psus == b.psus)
            for (x, y) in [(a.value, b.value), (a.standardError, b.standardError)] {
                guard let x, let y else {
                    #expect(x == nil && y == nil)
                    continue
                }
                #expect(
                    isClose(x * factor(a), y, tolerance: tolerance, scale: abs(b.value ?? 0)),
                    "\(a.statistic) \(a.by) \(x) \(y)")
            }
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `the order of rows does not show`(seed: UInt64) throws {
        let sample = TestSample(seed: seed)
        var generator = SeededGenerator(seed: seed + 100)
        let shuffled = sample.ordered(Array(0..<sample.rowCount).shuffled(using: &generator))
        expectSame(try all(sample), try all(shuffled), tolerance: 1e-12)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the order of PSUs in the file does not change a bit`(seed: UInt64) throws {
        // Rows of a PSU stay in their order; the PSUs come in another.
        let sample = TestSample(seed: seed)
        let byPSU = Dictionary(grouping: 0..<sample.rowCount, by: { sample.psus[$0] })
        let reversed = byPSU.keys.sorted(by: >).flatMap { byPSU[$0] ?? [] }
        for (a, b) in zip(try all(sample), try all(sample.ordered(reversed))) {
            #expect(a.value == b.value && a.standardError == b.standardError && a.low == b.low)
        }
    }

    @Test func `any number of threads gives the same bits`() throws {
        let sample = TestSample(seed: 8, strata: 7, perStratum: 6, largest: 12)
        let single = try all(sample, threads: 1)
        for threads in [2, 3, 7, 64] {
            for (a, b) in zip(single, try all(sample, threads: threads)) {
                #expect(a.value == b.value && a.standardError == b.standardError && a.low == b.low && a.high == b.high)
                #expect(a.designEffect == b.designEffect && a.sumWeights == b.sumWeights)
            }
        }
    }

    @Test(arguments: [0.001, 3, 1e6])
    func `weights scale totals and counts, and nothing else`(scale: Double) throws {
        let sample = TestSample(seed: 21)
        var scaled = sample
        scaled.weights = sample.weights.map { $0 * scale }
        expectSame(try all(sample), try all(scaled), tolerance: 1e-12) { row in
            row.statistic == .total || row.statistic == .count ? scale : 1
        }
    }

    @Test(arguments: [3, 4] as [UInt64])
    func `one figure of a file and the same among many have the same bits`(seed: UInt64) throws {
        // Few figures are added up in the order of the file, many after rows were sorted by PSU.
        let sample = TestSample(seed: seed)
        for breakdown in breakdowns(sample) {
            let estimation = Estimation(design: try sample.design(), options: EstimationOptions())
            let many = try estimation.rows(sample.every, by: [breakdown])
            let alone = try sample.every.flatMap { try estimation.rows([$0], by: [breakdown]) }
            #expect(sample.every.count > 4 && many.count == alone.count)
            for (a, b) in zip(many, alone) {
                #expect(a.value == b.value && a.standardError == b.standardError && a.low == b.low && a.n == b.n)
                #expect(a.designEffect == b.designEffect && a.psus == b.psus && a.sumWeights == b.sumWeights)
            }
        }
    }

    @Test func `names of strata, PSUs and answers do not matter`() throws {
        let sample = TestSample(seed: 31)
        var renamed = sample
        renamed.strata = sample.strata.map { "страта " + String($0.reversed()) }
        renamed.psus = sample.psus.map { String($0.reversed()) + "!" }
        expectSame(try all(sample), try all(renamed), tolerance: 1e-12)
    }

    @Test func `a constant added to large values changes no standard error`() throws {
        let sample = TestSample(seed: 41)
        var shifted = sample
        // A power of two and values on its grid: the shift itself rounds nothing.
        let grid = 0x1p-20
        var exact = sample
        exact.y = sample.y.map { $0.map { ($0 / grid).rounded() * grid } }
        shifted.y = exact.y.map { $0.map { $0 + 0x1p30 } }
        let breakdown = [Breakdown(), Breakdown(by: [sample.groupColumn])]
        let plain = try Estimation(design: exact.design()).rows([exact.mean], by: breakdown)
        let moved = try Estimation(design: shifted.design()).rows([shifted.mean], by: breakdown)
        for (a, b) in zip(plain, moved) {
            #expect(isClose(a.standardError ?? 0, b.standardError ?? 1, tolerance: 1e-9))
            #expect(isClose((a.value ?? 0) + 0x1p30, b.value ?? 0, tolerance: 1e-15))
        }
    }

    @Test func `a nearly constant ratio keeps the digits of its residuals`() throws {
        let sample = TestSample(seed: 51)
        var near = sample
        near.x = sample.y.map { $0.map { ($0 * 1024).rounded() * 0x1p20 } }
        near.y = zip(near.x, sample.y).map { x, y in x.flatMap { x in y.map { 3 * x + ($0 * 64).rounded() } } }
        let row = try #require(try Estimation(design: near.design()).rows([near.ratio]).first)
        let w = near.weights
        let used = (0..<near.rowCount).filter { near.x[$0] != nil }
        let (x, y) = (near.x.map { $0 ?? 0 }, near.y.map { $0 ?? 0 })
        let denominator = used.map { w[$0] * x[$0] }.reduce(0, +)
        // R − 3 from the small parts alone.
        let excess = used.map { w[$0] * (y[$0] - 3 * x[$0]) }.reduce(0, +) / denominator
        let variance = near.variance { row in
            near.x[row] == nil ? 0 : w[row] * ((y[row] - 3 * x[row]) - excess * x[row]) / denominator
        }
        #expect(isClose(row.standardError ?? 0, variance.squareRoot(), tolerance: 1e-9))
    }

    @Test(arguments: [61, 62] as [UInt64])
    func `a sampling fraction f shrinks the variance by 1 − f`(seed: UInt64) throws {
        let sample = TestSample(seed: seed)
        let plain = try all(sample)
        let sampled = try all(sample, fpc: sample.weights.map { _ in 0.36 })
        for (a, b) in zip(plain, sampled) {
            guard let before = a.standardError, let after = b.standardError else { continue }
            #expect(isClose(before * 0.8, after, tolerance: 1e-12))
        }
    }

    /// The mean of rows that are PSUs of one stratum, and its standard error, by the textbook.
    private func expectMean(of y: [Double?], offset: Double) throws {
        let column = TestSample.number("y", y)
        let design = try SampleDesign(
            DesignSpecification(),
            table: Table(rowCount: y.count, columns: [Column(name: "z", numbers: y.map { $0 ?? 0 })]))
        let measure = Measure(statistic: .mean, variable: "y", content: .mean(column))
        let ratio = Measure(
            statistic: .ratio, variable: "y/1",
            content: .ratio(column, Column(name: "one", numbers: [Double](repeating: 1, count: y.count))))
        let answered = y.compactMap { $0 }.map { $0 - offset }
        let n = Double(answered.count)
        let mean = answered.reduce(0, +) / n
        let squares = answered.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        // Rows without an answer are PSUs of the sample all the same.
        let all = Double(y.count)
        let error = (all / (all - 1) * squares).squareRoot() / n
        for row in try Estimation(design: design).rows([measure, ratio]) {
            #expect(isClose(row.value ?? 0, offset + mean, tolerance: 1e-13))
            #expect(isClose(row.standardError ?? 0, error, tolerance: 1e-11))
        }
    }

    @Test func `values unlike those that a centre is chosen from keep their digits`() throws {
        // The centre of 12,000 rows comes from each second of them.
        let y = (0..<12_000).map { (row: Int) -> Double? in
            row.isMultiple(of: 2) ? Double(row % 7) : Double(1_000_000 + row % 11)
        }
        try expectMean(of: y, offset: 5e5)
    }

    @Test func `two answers among 100,000 rows are found`() throws {
        var y = [Double?](repeating: nil, count: 100_000)
        (y[7], y[50_011]) = (1e9 + 1, 1e9 + 4)
        try expectMean(of: y, offset: 1e9)
    }

    @Test(arguments: [1, 500]) func `PSUs that a column names but no row has are not in the sample`(more: Int) throws {
        let sample = TestSample(seed: 61)
        let rows = Array(0..<sample.rowCount).filter { sample.psus[$0] != "p1-2" }
        let names = (0..<more).map { "p9-\($0)" } + Set(sample.psus).sorted(by: >)
        let kept = sample.ordered(rows)
        let psus = Column(
            name: "psu", kind: .text, dictionary: names,
            values: .indexes(kept.psus.map { UInt32(names.firstIndex(of: $0) ?? names.count) }))
        let design = try SampleDesign(
            DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "w"),
            table: Table(
                rowCount: kept.rowCount,
                columns: [
                    Column(name: "stratum", texts: kept.strata), psus, Column(name: "w", numbers: kept.weights),
                ]))
        let own = try Estimation(design: design).rows(kept.every, by: [Breakdown()])
        let plain = try Estimation(design: kept.design()).rows(kept.every, by: [Breakdown()])
        expectSame(own, plain, tolerance: 0)
        let alone = try Estimation(design: design).rows([kept.ratio])
        expectSame(alone, plain.filter { $0.statistic == .ratio }, tolerance: 0)
        #expect(design.psuCount == 19)
    }

    @Test func `a stratum of 200,000 PSUs keeps its digits`() throws {
        let n = 200_000
        let design = try SampleDesign(
            DesignSpecification(),
            table: Table(rowCount: n, columns: [Column(name: "y", numbers: [Double](repeating: 0, count: n))]))
        let y = (0..<n).map { Double($0 % 2) + 1e6 }
        let measure = Measure(statistic: .mean, variable: "y", content: .mean(Column(name: "y", numbers: y)))
        let row = try #require(try Estimation(design: design).rows([measure]).first)
        #expect(row.value == 1e6 + 0.5)
        let expected = (0.25 * Double(n) / Double(n - 1) / Double(n)).squareRoot()
        #expect(isClose(row.standardError ?? 0, expected, tolerance: 1e-13))
    }
}
