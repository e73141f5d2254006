import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import Testing

/// Two routes to one number.
struct IdentityTests {
    private let sample = TestSample(seed: 11)

    private func same(_ left: Estimate, _ right: Estimate, tolerance: Double = 1e-12) -> Bool {
        guard let a = left.value, let b = right.value, let c = left.standardError, let d = right.standardError else {
            return false
        }
        return isClose(a, b, tolerance: tolerance) && isClose(c, d, tolerance: tolerance)
    }

    @Test func `the variance of the mean of a simple random sample is s²/n`() throws {
        let plain = TestSample(
            strata: ["a", "a", "a", "a", "a"], psus: ["1", "2", "3", "4", "5"], weights: [2, 2, 2, 2, 2],
            y: [3, 5, 8, 8, 11])
        let row = try #require(try Estimation(design: plain.design()).rows([plain.mean]).first)
        #expect(row.value == 7)
        #expect(isClose(row.standardError ?? 0, (9.5 / 5).squareRoot(), tolerance: 1e-14))
        #expect(row.degreesOfFreedom == 4)
        #expect(isClose(row.designEffect ?? 0, 1 / (1 - 0.5), tolerance: 1e-12))
        #expect(row.designEffectKind == "wor")
    }

    @Test func `totals, means and ratios have the textbook variance`() throws {
        let design = try sample.design()
        let rows = try Estimation(design: design).rows([sample.total, sample.mean, sample.ratio])
        let w = sample.weights
        let answered = (0..<sample.rowCount).filter { sample.y[$0] != nil }
        let y = sample.y.map { $0 ?? 0 }
        let total = answered.map { w[$0] * y[$0] }.reduce(0, +)
        let weight = answered.map { w[$0] }.reduce(0, +)
        #expect(isClose(rows[0].value ?? 0, total, tolerance: 1e-12))
        #expect(
            isClose(
                rows[0].standardError ?? 0, sample.variance { sample.y[$0] == nil ? 0 : w[$0] * y[$0] }.squareRoot()))
        let mean = total / weight
        #expect(isClose(rows[1].value ?? 0, mean, tolerance: 1e-12))
        let meanVariance = sample.variance { sample.y[$0] == nil ? 0 : w[$0] * (y[$0] - mean) / weight }
        #expect(isClose(rows[1].standardError ?? 0, meanVariance.squareRoot()))
        let both = answered.filter { sample.x[$0] != nil }
        let x = sample.x.map { $0 ?? 0 }
        let denominator = both.map { w[$0] * x[$0] }.reduce(0, +)
        let ratio = both.map { w[$0] * y[$0] }.reduce(0, +) / denominator
        #expect(isClose(rows[2].value ?? 0, ratio, tolerance: 1e-12))
        let ratioVariance = sample.variance { row in
            both.contains(row) ? w[row] * (y[row] - ratio * x[row]) / denominator : 0
        }
        #expect(isClose(rows[2].standardError ?? 0, ratioVariance.squareRoot()))
        #expect(rows[2].nBase == both.count)
    }

    @Test func `the mean of a domain is the ratio of two totals of the whole`() throws {
        let inside = sample.groups.map { $0 == "south" }
        let estimation = Estimation(design: try sample.design())
        let domain = try #require(try estimation.rows([sample.mean], where: Truth(inside)).first)
        let numerator = zip(sample.y, inside).map { $1 ? $0 : 0 }
        let denominator = zip(sample.y, inside).map { $0 == nil ? nil : ($1 ? 1.0 : 0) }
        let ratio = Measure(
            statistic: .ratio, variable: "r",
            content: .ratio(TestSample.number("n", numerator), TestSample.number("d", denominator)))
        #expect(same(domain, try #require(try estimation.rows([ratio]).first)))
        let group = try estimation.rows([sample.mean], by: [Breakdown(by: [sample.groupColumn])])
        #expect(same(domain, try #require(group.first { $0.by.first?.category == "south" })))
        let base = Measure(statistic: .mean, variable: "y", content: .mean(sample.yColumn), base: Truth(inside))
        #expect(same(domain, try #require(try estimation.rows([base]).first)))
    }

    @Test func `a share is the mean of 0 and 1, by every way to ask`() throws {
        let estimation = Estimation(design: try sample.design())
        let shares = try estimation.rows([sample.shares], by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
        let ones = sample.q.map { $0 > 2 ? nil : ($0 == 1 ? 1.0 : 0) }
        let mean = Measure(statistic: .mean, variable: "m", content: .mean(TestSample.number("m", ones)))
        let means = try estimation.rows([mean], by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
        let no = shares.filter { $0.answer == "no" }
        #expect(no.count == 4 && means.count == 4)
        for (share, mean) in zip(no, means) {
            #expect(same(share, mean))
            #expect(isClose(share.designEffect ?? 0, mean.designEffect ?? 1, tolerance: 1e-9))
            #expect(share.nBase == mean.nBase)
        }
        let joined = Measure(statistic: .share, variable: "q", content: .shares(of: sample.qColumn, only: [1]))
        let condition = Measure(
            statistic: .share, variable: "c",
            content: .condition(Truth(values: sample.q.map { $0 > 2 ? Truth.unknown : $0 == 1 ? Truth.yes : Truth.no }))
        )
        for other in try estimation.rows([joined, condition]) {
            #expect(same(other, no[0], tolerance: 1e-15))
            #expect(other.n == no[0].n)
            #expect(other.low == no[0].low)
        }
    }

    @Test func `shares of all answers sum to 1 and joined answers are their sum`() throws {
        let estimation = Estimation(design: try sample.design())
        let shares = try estimation.rows([sample.shares])
        #expect(isClose(shares.compactMap(\.value).reduce(0, +), 1, tolerance: 1e-15))
        #expect(shares.map(\.n).reduce(0, +) == shares[0].nBase)
        let joined = Measure(statistic: .share, variable: "q", content: .shares(of: sample.qColumn, only: [0, 2]))
        let row = try #require(try estimation.rows([joined]).first)
        #expect(row.answer == "yes,maybe")
        #expect(isClose(row.value ?? 0, 1 - (shares[1].value ?? 0), tolerance: 1e-15))
        #expect(isClose(row.standardError ?? 0, shares[1].standardError ?? 1, tolerance: 1e-12))
    }

    @Test func `counts of groups sum to the whole`() throws {
        let estimation = Estimation(design: try sample.design())
        let rows = try estimation.rows([sample.count], by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
        let missing = zip(sample.weights, sample.groups).filter { $1.isEmpty }.map(\.0).reduce(0, +)
        #expect(isClose(rows[0].value ?? 0, rows.dropFirst().compactMap(\.value).reduce(missing, +), tolerance: 1e-13))
        #expect(rows[0].value == rows[0].sumWeights)
        #expect(rows.dropFirst().map { $0.by[0].category } == ["north", "south", "west"])
    }

    @Test func `an item of a set is the share of those who answered the set`() throws {
        let items = (0..<2).map { item in
            Column(name: "m[\(item)]", kind: .item, values: .bytes(sample.q.map { $0 > 2 ? $0 : ($0 == item ? 1 : 0) }))
        }
        let set = Column(name: "m", kind: .set, values: .bytes(sample.q.map { $0 > 2 ? $0 : 0 }))
        let measure = Measure(
            statistic: .share, variable: "m", content: .items(set: set, items: items, codes: ["yes", "no"]))
        let breakdowns = [Breakdown(), Breakdown(by: [sample.groupColumn])]
        let estimation = Estimation(design: try sample.design())
        let rows = try estimation.rows([measure], by: breakdowns)
        let shares = try estimation.rows([sample.shares], by: breakdowns).filter { $0.answer != "maybe" }
        #expect(rows.map(\.answer) == shares.map(\.answer))
        #expect(rows.map { $0.by.map(\.category) } == shares.map { $0.by.map(\.category) })
        for (row, share) in zip(rows, shares) { #expect(same(row, share)) }
    }

    @Test func `text, number and wide answers give the shares of byte answers`() throws {
        let estimation = Estimation(design: try sample.design())
        let bytes = try estimation.rows([sample.shares])
        let names = ["yes", "no", "maybe"]
        let texts = Column(name: "q", texts: sample.q.map { $0 > 2 ? "" : names[Int($0)] })
        let numbers = TestSample.number("q", sample.q.map { $0 > 2 ? nil : Double($0) })
        let words = Column(
            name: "q", kind: .answers, dictionary: names,
            values: .words(sample.q.map { $0 > 2 ? 0xFF00 | UInt16($0) : UInt16($0) }))
        for (column, labels) in [(texts, ["maybe", "no", "yes"]), (numbers, ["0", "1", "2"]), (words, names)] {
            let rows = try estimation.rows([
                Measure(statistic: .share, variable: "q", content: .shares(of: column, only: nil))
            ])
            #expect(rows.map(\.answer) == labels)
            #expect(Set(rows.map(\.value)) == Set(bytes.map(\.value)))
            #expect(Set(rows.map(\.standardError)) == Set(bytes.map(\.standardError)))
        }
        let only = Measure(
            statistic: .share, variable: "q",
            content: .shares(of: texts, only: [texts.dictionary.firstIndex(of: "no") ?? 9]))
        #expect(try estimation.rows([only]).first?.value == bytes[1].value)
    }

    @Test func `later stages without population sizes leave the variance of the first`() throws {
        // Ultimate clusters: only PSU sums count, so splitting rows changes nothing.
        var halves = sample
        halves = halves.ordered((0..<sample.rowCount).flatMap { [$0, $0] })
        halves.weights = halves.weights.map { $0 / 2 }
        let whole = try Estimation(design: sample.design()).rows([sample.mean, sample.total])
        let split = try Estimation(design: halves.design()).rows([halves.mean, halves.total])
        for (a, b) in zip(whole, split) { #expect(same(a, b)) }
    }

    @Test func `covariances agree with variances and with linear combinations`() throws {
        var options = EstimationOptions()
        options.keepsCovariance = true
        for lonely in [LonelyPSU.certainty, .average, .adjust, .adjustZero] {
            for isAdjusted in [false, true] {
                options.adjustsLonelyDomains = isAdjusted
                var lonelySample = TestSample(seed: 12, strata: 5, perStratum: 3, largest: 4)
                for row in 0..<lonelySample.rowCount where lonelySample.strata[row] == "s4" {
                    lonelySample.psus[row] = "single"
                }
                let result = try Estimation(design: lonelySample.design(lonely), options: options).estimates(
                    of: lonelySample.every, by: [Breakdown(), Breakdown(by: [lonelySample.groupColumn])])
                let covariance = try #require(result.covariance)
                #expect(covariance.size == result.rows.count)
                for (position, row) in result.rows.enumerated() {
                    let error = try #require(row.standardError)
                    #expect(
                        isClose(
                            covariance[position, position]?.squareRoot() ?? 0, error, scale: abs(row.value ?? 0) * 1e-3),
                        "\(lonely) \(row.statistic) \(row.by)")
                }
            }
        }
    }

    @Test func `the answers of a share have covariances that sum to 0`() throws {
        var options = EstimationOptions()
        options.keepsCovariance = true
        let result = try Estimation(design: sample.design(), options: options).estimates(
            of: [sample.shares], by: [Breakdown()])
        let covariance = try #require(result.covariance)
        for row in 0..<3 {
            let sum = (0..<3).compactMap { covariance[row, $0] }.reduce(0, +)
            #expect(abs(sum) < 1e-12 * (covariance[row, row] ?? 0))
        }
        #expect(covariance.variance(of: [1, 1, 1]).map { $0 < 1e-15 } == true)
    }
}
