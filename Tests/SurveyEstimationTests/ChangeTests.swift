import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

/// The rules of a change, on samples small enough to be done by hand.
struct ChangeTests {
    /// A sample of one row a PSU, weight 1, in which the total of y is the sum of the PSUs.
    private func side(
        _ rows: [(stratum: String, psu: String, y: Double)], _ measure: (TestSample) -> Measure = { $0.total },
        lonely: LonelyPSU = .fail, isNested: Bool = false, fpc: Double? = nil,
        edit: (inout EstimationOptions) -> Void = { _ in }
    ) throws -> ChangeSide {
        let sample = TestSample(
            strata: rows.map(\.stratum), psus: rows.map(\.psu), weights: rows.map { _ in 1 }, y: rows.map(\.y))
        var columns = [Column(name: "stratum", texts: sample.strata), Column(name: "psu", texts: sample.psus)]
        columns.append(Column(name: "w", numbers: sample.weights))
        columns.append(Column(name: "fpc", numbers: rows.map { _ in fpc ?? 1 }))
        let design = try SampleDesign(
            DesignSpecification(
                strata: ["stratum"], psu: ["psu"], fpc: fpc == nil ? nil : "fpc", weight: "w", isNested: isNested,
                lonelyPSU: lonely),
            table: Table(rowCount: rows.count, columns: columns))
        var options = EstimationOptions()
        options.keepsInfluences = true
        edit(&options)
        return ChangeSide(
            try Estimation(design: design, options: options).estimates(of: [measure(sample)], by: [Breakdown()]),
            row: 0)
    }

    private func total(_ y: [Double], psus: [String], stratum: String = "a", fpc: Double? = nil) throws -> ChangeSide {
        try side(zip(psus, y).map { (stratum, $0, $1) }, fpc: fpc)
    }

    @Test func `the covariance goes through the shared PSUs alone`() throws {
        // Shared are c and d: (4, 8) against (5, 7), so Σ(z₁ − z̄₁)(z₂ − z̄₂) = 4, times m/(m − 1) = 2: C = 8.
        // V₁ = 4/3·Σ(z − 4.5)² of 1, 5, 4, 8 = 4/3·25; V₂ = 4/3·Σ(z − 5)² of 5, 7, 2, 6 = 4/3·14.
        let from = try total([1, 5, 4, 8], psus: ["a", "b", "c", "d"])
        let to = try total([5, 7, 2, 6], psus: ["c", "d", "e", "f"])
        let change = try Change.between(from, to, overlap: .exact)
        #expect(change.difference == 2)
        let (v1, v2, c) = (4.0 / 3 * 25, 4.0 / 3 * 14, 8.0)
        #expect(isClose(change.standardError ?? 0, (v1 + v2 - 2 * c).squareRoot(), tolerance: 1e-14))
        #expect(isClose(change.correlation ?? 0, c / (v1 * v2).squareRoot(), tolerance: 1e-14))
        #expect(change.sharedPSUs == 2 && change.singleSharedPSUs == 0 && change.overlap == .exact)
        // Six PSUs in one stratum.
        #expect(change.degreesOfFreedom == 5)
        let independent = try Change.between(from, to, overlap: .independent)
        #expect(isClose(independent.standardError ?? 0, (v1 + v2).squareRoot(), tolerance: 1e-14))
        #expect(independent.degreesOfFreedom == 6 && independent.correlation == 0)
        // ρ̂ of two PSUs is 1; s₁ = √(25/3), s₂ = √(14/3).
        let correlation = try Change.between(from, to, overlap: .correlation)
        let byCorrelation = 2 * (25.0 / 3 * 14 / 3).squareRoot()
        #expect(isClose(correlation.standardError ?? 0, (v1 + v2 - 2 * byCorrelation).squareRoot(), tolerance: 1e-14))
        // One sample of −1, −5, 1, −1, 2, 6: mean 1/3, n/(n − 1) = 6/5.
        let stacked = try Change.between(from, to, overlap: .stacked)
        let squares = [-1, -5, 1, -1, 2, 6].map { ($0 - 1.0 / 3) * ($0 - 1.0 / 3) }.reduce(0, +)
        #expect(isClose(stacked.standardError ?? 0, (6.0 / 5 * squares).squareRoot(), tolerance: 1e-14))
    }

    @Test func `population sizes take the expected overlap off the covariance`() throws {
        let from = try total([1, 5, 4, 8], psus: ["a", "b", "c", "d"], fpc: 16)
        let to = try total([5, 7, 2, 6], psus: ["c", "d", "e", "f"], fpc: 16)
        // (m − n₁n₂/N)/(m − 1) = 2 − 16/16 = 1.
        let change = try Change.between(from, to, overlap: .exact)
        let variance = 0.75 * 4 / 3 * (25.0 + 14) - 2 * 4
        #expect(isClose(change.standardError ?? 0, variance.squareRoot(), tolerance: 1e-14))
    }

    @Test func `one shared PSU gives no covariance and is counted`() throws {
        let from = try total([1, 5, 4], psus: ["a", "b", "c"])
        let to = try total([5, 7, 2], psus: ["c", "d", "e"])
        let change = try Change.between(from, to, overlap: .exact)
        #expect(change.sharedPSUs == 1 && change.singleSharedPSUs == 1)
        #expect(change.correlation == 0)
        let independent = try Change.between(from, to, overlap: .independent)
        #expect(change.standardError == independent.standardError)
    }

    @Test func `a PSU that changed its stratum is matched with the pair of strata`() throws {
        let from = try side([("s", "1", 1), ("s", "2", 5), ("s", "3", 4), ("t", "4", 8), ("t", "5", 3)])
        let to = try side([("s", "1", 2), ("s", "6", 7), ("t", "2", 3), ("t", "3", 1), ("t", "4", 9)])
        // s–s: 1 alone; s–t: 2 and 3, (5, 4) against (3, 1): 2·(0.5·1 + 0.5·1) = 2; t–t: 4 alone.
        let change = try Change.between(from, to, overlap: .exact)
        #expect(change.sharedPSUs == 4 && change.singleSharedPSUs == 2)
        let v1 = from.estimate.standardError.map { $0 * $0 } ?? 0
        let v2 = to.estimate.standardError.map { $0 * $0 } ?? 0
        #expect(isClose(change.standardError ?? 0, (v1 + v2 - 4).squareRoot(), tolerance: 1e-14))
        // PSUs 1 to 6 in two strata.
        #expect(change.degreesOfFreedom == 4)
    }

    @Test func `nested labels are matched inside their strata`() throws {
        let rows = [("s", "1", 1.0), ("s", "2", 5), ("t", "1", 4), ("t", "2", 8)]
        let from = try side(rows, isNested: true)
        let to = try side(rows.map { ($0.0 == "s" ? "t" : "u", $0.1, $0.2) }, isNested: true)
        let change = try Change.between(from, to, overlap: .exact)
        // Only t is in both: 1 and 2 of it.
        #expect(change.sharedPSUs == 2)
        // s, t and u with two PSUs each.
        #expect(change.degreesOfFreedom == 3)
    }

    @Test func `where shared PSUs contradict the variances the correlation takes over`() throws {
        // The shared pair is far apart, the others lie between: C = 2·Σ = 2·50·… exceeds √(V₁V₂).
        let psus = ["a", "b", "c", "d", "e", "f"]
        let from = try total([0, 10, 5, 5, 5, 5], psus: psus)
        let to = try total([0, 10, 5, 5, 5, 5], psus: ["a", "b", "u", "v", "w", "x"])
        let change = try Change.between(from, to, overlap: .exact)
        // V₁ = V₂ = 6/5·50 = 60, exact C = 2·50 = 100; by correlation 2·1·s² = 2·10 = 20.
        #expect(change.overlap == .correlation)
        #expect(isClose(change.standardError ?? 0, (120.0 - 40).squareRoot(), tolerance: 1e-14))
        #expect(isClose(change.correlation ?? 0, 1.0 / 3, tolerance: 1e-14))
    }

    @Test func `the same sample twice has no change and no error`() throws {
        let from = try total([1, 5, 4, 8], psus: ["a", "b", "c", "d"])
        for overlap in [Change.Overlap.exact, .correlation, .stacked] {
            let change = try Change.between(from, from, overlap: overlap)
            #expect(change.difference == 0 && change.standardError == 0)
            #expect(change.low == 0 && change.high == 0 && change.p == nil)
            #expect(change.verdict == .noChangeShown)
        }
    }

    @Test func `a stratum with one PSU in both samples has the covariance of its rule`() throws {
        let rows = [("s", "1", 1.0), ("s", "2", 5), ("t", "3", 9)]
        for lonely in [LonelyPSU.certainty, .average, .adjust, .adjustZero] {
            let from = try side(rows, lonely: lonely)
            let to = try side(rows.map { ($0.0, $0.1, 2 * $0.2 + 1) }, lonely: lonely)
            let exact = try Change.between(from, to, overlap: .exact)
            let stacked = try Change.between(from, to, overlap: .stacked)
            #expect(
                isClose(exact.standardError ?? 0, stacked.standardError ?? 1, tolerance: 1e-13), "\(lonely)")
        }
    }

    @Test func `the verdict follows the interval, then the precision`() throws {
        let psus = (0..<40).map { "p\($0)" }
        func share(_ ones: Int) throws -> ChangeSide {
            try side(
                psus.enumerated().map { ("a", $1, $0 < ones ? 1 : 0) },
                { sample in
                    Measure(
                        statistic: .share, variable: "c", content: .condition(Truth(sample.y.map { $0 == 1 })))
                })
        }
        let low = try share(4)
        let high = try share(36)
        #expect(try Change.between(low, high, overlap: .independent).verdict == .increase)
        #expect(try Change.between(high, low, overlap: .independent).verdict == .decrease)
        let middle = try Change.between(low, try share(5), overlap: .independent)
        #expect(middle.precision == 0.05)
        #expect(middle.verdict == .tooImprecise)
        let wide = try Change.between(low, try share(5), overlap: .independent, precision: 0.5)
        #expect(wide.verdict == .noChangeShown)
        let mean = try Change.between(
            try total([10, 12], psus: ["a", "b"]), try total([11, 13], psus: ["c", "d"]), overlap: .independent)
        // A quarter of the greater total, 24.
        #expect(mean.precision == 6)
    }

    @Test func `a share of 0 enters with the width of its interval`() throws {
        func share(_ ones: Int, of n: Int) throws -> ChangeSide {
            try side(
                (0..<n).map { ("a", "p\($0)", $0 < ones ? 1 : 0) },
                { sample in
                    Measure(
                        statistic: .share, variable: "c", content: .condition(Truth(sample.y.map { $0 == 1 })))
                })
        }
        let zero = try share(0, of: 20)
        let both = try Change.between(zero, zero, overlap: .independent)
        // Upper limit 1 − 0.025^(1/20) = 0.1684…; t cancels, since both have 19 degrees of freedom and the change 38.
        #expect(both.difference == 0)
        #expect(both.verdict == .tooImprecise)
        let upper = try #require(zero.estimate.high)
        let t19 = 2.0930240544082634  // R 4.2.2: qt(0.975, 19)
        #expect(isClose(both.standardError ?? 0, 2.0.squareRoot() * upper / t19))
        let large = try share(0, of: 2000)
        #expect(try Change.between(large, large, overlap: .independent).verdict == .noChangeShown)
    }

    @Test func `what is not computable has no verdict but too imprecise`() throws {
        let single = try side([("s", "1", 1), ("t", "2", 5)], lonely: .certainty)
        let change = try Change.between(single, single, overlap: .independent)
        #expect(change.degreesOfFreedom == 0)
        #expect(change.difference == 0 && change.low == nil && change.p == nil)
        #expect(change.verdict == .tooImprecise)
        let undefined = try side(
            [("s", "1", 1), ("s", "2", 5)],
            { sample in
                Measure(
                    statistic: .ratio, variable: "y/0",
                    content: .ratio(sample.yColumn, TestSample.number("0", [0, 0])))
            })
        let some = try side([("s", "1", 1), ("s", "2", 5)], { $0.mean })
        for overlap in Change.Overlap.allCases {
            let empty = try Change.between(undefined, some, overlap: overlap)
            #expect(empty.difference == nil && empty.standardError == nil && empty.correlation ?? 0 == 0)
            #expect(empty.verdict == .tooImprecise)
        }
    }

    @Test func `degrees of freedom follow the rule that is named`() throws {
        let from = try total([1, 5, 4, 8], psus: ["a", "b", "c", "d"])
        let to = try total([50, 7, 20], psus: ["x", "y", "z"])
        let v1 = from.estimate.standardError.map { $0 * $0 } ?? 0
        let v2 = to.estimate.standardError.map { $0 * $0 } ?? 0
        func degrees(_ rule: Change.DegreesOfFreedom, _ overlap: Change.Overlap = .independent) throws -> Double? {
            try Change.between(from, to, overlap: overlap, degreesOfFreedom: rule).degreesOfFreedom
        }
        #expect(try degrees(.design) == 5)
        #expect(try degrees(.full) == 5)
        #expect(try degrees(.full, .exact) == 6)
        #expect(try degrees(.infinite) == .infinity)
        #expect(try degrees(.number(7)) == 7)
        let expected = (v1 + v2) * (v1 + v2) / (v1 * v1 / 3 + v2 * v2 / 2)
        #expect(isClose(try degrees(.satterthwaite) ?? 0, expected, tolerance: 1e-14))
    }

    @Test func `rules that do not fit are refused`() throws {
        let sample = TestSample(seed: 3)
        var options = EstimationOptions()
        options.keepsInfluences = true
        let rows = ChangeSide(
            try Estimation(design: sample.design(hasPSUs: false), options: options).estimates(
                of: [sample.mean], by: [Breakdown()]), row: 0)
        func code(_ body: () throws -> Void) -> String? { #expect(throws: Problem.self, performing: body)?.code }
        #expect(code { _ = try Change.between(rows, rows, overlap: .exact) } == "estimation.no-psu-labels")
        #expect(
            code { _ = try Change.between(rows, rows, overlap: .stacked, degreesOfFreedom: .satterthwaite) }
                == "estimation.satterthwaite-overlap")
        for precision in [0, -1, Double.nan] {
            #expect(
                code { _ = try Change.between(rows, rows, overlap: .independent, precision: precision) }
                    == "estimation.wrong-precision")
        }
        #expect(
            code { _ = try Change.between(rows, rows, overlap: .independent, degreesOfFreedom: .number(0)) }
                == "estimation.wrong-option")
        #expect(try Change.between(rows, rows, overlap: .independent).difference == 0)
    }
}
