import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

/// The default rules, and what each option changes.
struct EstimationRulesTests {
    private let sample = TestSample(seed: 71)

    /// Stratum c has one PSU.
    private let lonely = TestSample(
        strata: ["a", "a", "a", "b", "b", "c", "c"], psus: ["1", "2", "2", "3", "4", "5", "5"],
        weights: [1, 2, 1, 3, 1, 2, 2],
        y: [4, 1, 7, 2, 9, 5, 8])

    @Test func `a lonely PSU without a rule stops the work and names the strata`() throws {
        let problem = #expect(throws: Problem.self) { try Estimation(design: lonely.design()).rows([lonely.mean]) }
        #expect(problem?.code == "estimation.lonely-psu")
        #expect(problem?.kind.exitCode == 4)
        #expect(problem?.why.description == "a variance needs at least 2 PSUs in a stratum; found 1 in c")
    }

    @Test func `a lonely PSU outside the domain does not stop the work`() throws {
        let rows = try Estimation(design: lonely.design()).rows(
            [lonely.mean], where: Truth(lonely.strata.map { $0 != "c" }))
        #expect(rows[0].value != nil && rows[0].flags.isEmpty)
    }

    /// PSU sums of w·y are a 4, 9; b 6, 9; c 26: in all 54 in five PSUs.
    @Test func `each rule for a lonely PSU follows its formula`() throws {
        let others = 2 * (2.5 * 2.5 + 2.5 * 2.5) + 2 * (1.5 * 1.5 + 1.5 * 1.5)
        let expected: [(LonelyPSU, Double)] = [
            (.certainty, others), (.average, others * 3 / 2), (.adjust, others + (26 - 54.0 / 5) * (26 - 54.0 / 5)),
            (.adjustZero, others + 26 * 26),
        ]
        for (rule, variance) in expected {
            let row = try Estimation(design: lonely.design(rule)).rows([lonely.total])[0]
            #expect(isClose(row.standardError ?? 0, variance.squareRoot(), tolerance: 1e-14), "\(rule)")
            #expect(row.flags == [.lonelyPSU])
            #expect(row.degreesOfFreedom == 2)
        }
    }

    @Test func `for a mean both ways to adjust agree`() throws {
        let one = try Estimation(design: lonely.design(.adjust)).rows([lonely.mean])[0]
        let other = try Estimation(design: lonely.design(.adjustZero)).rows([lonely.mean])[0]
        #expect(isClose(one.standardError ?? 0, other.standardError ?? 1, tolerance: 1e-12))
    }

    @Test func `a stratum with one PSU of one is a census, not lonely`() throws {
        var census = lonely
        census.strata = lonely.strata
        let design = try census.design(fpc: lonely.strata.map { $0 == "c" ? 1 : 0.5 })
        let row = try Estimation(design: design).rows([census.total])[0]
        #expect(row.flags.isEmpty)
        #expect(isClose(row.standardError ?? 0, (0.5 * 34).squareRoot(), tolerance: 1e-14))
    }

    @Test func `a domain in one PSU of a stratum is centred on the stratum unless the rule reaches into domains`()
        throws
    {
        let domain = Truth([true, false, false, true, true, false, false])
        // PSU sums of w·y in the domain: a 4, 0; b 6, 9.
        let b = 2 * (1.5 * 1.5 + 1.5 * 1.5)
        let plain = try Estimation(design: lonely.design(.adjustZero)).rows([lonely.total], where: domain)[0]
        #expect(isClose(plain.standardError ?? 0, (2 * (2.0 * 2 + 2 * 2) + b).squareRoot(), tolerance: 1e-14))
        #expect(plain.flags.isEmpty)
        var options = EstimationOptions()
        options.adjustsLonelyDomains = true
        let zero = try Estimation(design: lonely.design(.adjustZero), options: options).rows(
            [lonely.total], where: domain)[0]
        #expect(isClose(zero.standardError ?? 0, (2 * 16 + b).squareRoot(), tolerance: 1e-14))
        #expect(zero.flags == [.lonelyPSU])
        let c = 19.0 / 5
        // The lonely PSU of stratum c has sum 0 in the domain and is off the grand mean as well.
        let grand = try Estimation(design: lonely.design(.adjust), options: options).rows(
            [lonely.total], where: domain)[0]
        let variance = 2 * ((4 - c) * (4 - c) + c * c) + b + c * c
        #expect(isClose(grand.standardError ?? 0, variance.squareRoot(), tolerance: 1e-14))
        let average = try Estimation(design: lonely.design(.average), options: options).rows(
            [lonely.total], where: domain)[0]
        #expect(isClose(average.standardError ?? 0, (b * 2).squareRoot(), tolerance: 1e-14))
        let certain = try Estimation(design: lonely.design(.certainty), options: options).rows(
            [lonely.total], where: domain)[0]
        #expect(isClose(certain.standardError ?? 0, plain.standardError ?? 1, tolerance: 1e-14))
    }

    @Test func `the average of no other stratum is no variance`() throws {
        let single = TestSample(strata: ["a", "a"], psus: ["1", "1"], weights: [1, 2], y: [3, 4])
        let row = try Estimation(design: single.design(.average)).rows([single.mean])[0]
        #expect(row.value != nil && row.standardError == nil && row.low == nil)
        #expect(row.flags == [.noDegreesOfFreedom, .lonelyPSU])
    }

    @Test func `degrees of freedom are counted in the domain, missing answers included`() throws {
        let y: [Double?] = [1, nil, 3, 4, 5, 6]
        let six = TestSample(
            strata: ["a", "a", "a", "b", "b", "b"], psus: ["1", "2", "3", "4", "5", "6"], weights: [1, 1, 1, 1, 1, 1],
            y: y)
        let inside = Truth([true, true, false, false, false, false])
        func freedom(_ rule: EstimationOptions.DegreesOfFreedom, _ domain: Truth?) throws -> Double? {
            var options = EstimationOptions()
            options.degreesOfFreedom = rule
            return try Estimation(design: six.design(), options: options).rows([six.mean], where: domain)[0]
                .degreesOfFreedom
        }
        #expect(try freedom(.design, nil) == 4)
        #expect(try freedom(.design, inside) == 1)
        #expect(try freedom(.full, inside) == 4)
        #expect(try freedom(.infinite, inside) == .infinity)
        #expect(try freedom(.number(7), inside) == 7)
        let row = try Estimation(design: six.design()).rows([six.mean], where: inside)[0]
        #expect(row.psus == 1 && row.nBase == 1)
    }

    @Test func `rows without an answer are a domain, are deleted, or are refused`() throws {
        var options = EstimationOptions()
        let domain = try Estimation(design: sample.design()).rows([sample.total])[0]
        options.missing = .listwise
        let listwise = try Estimation(design: sample.design(), options: options).rows([sample.total])[0]
        var fewer = sample
        let kept = (0..<sample.rowCount).filter { sample.y[$0] != nil }
        fewer = sample.ordered(kept)
        let deleted = try Estimation(design: fewer.design()).rows([fewer.total])[0]
        #expect(listwise.value == domain.value)
        #expect(isClose(listwise.standardError ?? 0, deleted.standardError ?? 1, tolerance: 1e-14))
        options.missing = .error
        let problem = #expect(throws: Problem.self) {
            try Estimation(design: sample.design(), options: options).rows([sample.total])
        }
        #expect(problem?.code == "estimation.missing-answers")
        #expect(
            problem?.place.rows == Array((0..<sample.rowCount).filter { sample.y[$0] == nil }.map { $0 + 1 }.prefix(10))
        )
        let complete = Truth(sample.y.map { $0 != nil })
        let allowed = try Estimation(design: sample.design(), options: options).rows([sample.total], where: complete)[0]
        #expect(allowed.standardError == domain.standardError)
    }

    /// The published warning: deleting missing answers first makes the standard error of a total too small.
    @Test func `deleting rows of yrbs makes the standard error of the total of qn8 11 percent smaller`() throws {
        let data = try ReferenceData("yrbs", file: "data/yrbs.csv")
        let design = try SampleDesign(
            DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "weight"), table: data.table)
        let measure = Measure(statistic: .total, variable: "qn8", content: .total(try data.table.column("qn8")))
        var options = EstimationOptions()
        let domain = try Estimation(design: design, options: options).rows([measure])[0]
        options.missing = .listwise
        let listwise = try Estimation(design: design, options: options).rows([measure])[0]
        let ratio = (listwise.standardError ?? 0) / (domain.standardError ?? 1)
        #expect((0.885...0.895).contains(ratio), "\(ratio)")
    }

    @Test func `several variables are complete each for itself, or all together`() throws {
        var options = EstimationOptions()
        let each = try Estimation(design: sample.design(), options: options).rows([sample.mean, sample.shares])
        options.complete = .all
        let all = try Estimation(design: sample.design(), options: options).rows([sample.mean, sample.shares])
        let both = Truth((0..<sample.rowCount).map { sample.y[$0] != nil && sample.q[$0] < MissingKind.lowest })
        let domain = try Estimation(design: sample.design()).rows([sample.mean, sample.shares], where: both)
        #expect(each[0].nBase > all[0].nBase)
        for (a, b) in zip(all, domain) {
            #expect(a.value == b.value && a.nBase == b.nBase)
            #expect(isClose(a.standardError ?? 0, b.standardError ?? 1, tolerance: 1e-13))
        }
    }

    @Test func `rows without a category are in the whole, in no group, and in a caution`() throws {
        let result = try Estimation(design: sample.design()).estimates(
            of: [sample.count], by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
        let without = sample.groups.count { $0.isEmpty }
        #expect(without > 0)
        #expect(result.rows[0].n == sample.rowCount)
        #expect(result.rows.dropFirst().map(\.n).reduce(0, +) == sample.rowCount - without)
        #expect(result.cautions.map(\.code) == ["estimation.missing-category"])
        #expect(result.cautions[0].what.description == "\"group\" has no category in \(without) rows")
    }

    @Test func `crossed groups have the last variable fastest and only combinations that occur`() throws {
        let first = Column(name: "a", codes: ["x", "y", "z"], answers: [0, 0, 1, 1, 2, 2, 0])
        let second = Column(name: "b", codes: ["p", "q"], answers: [1, 0, 1, 1, 0, 0, 1])
        let rows = try Estimation(design: lonely.design(.certainty)).rows(
            [lonely.count], by: [Breakdown(by: [first, second])])
        #expect(rows.map { $0.by.map(\.category).joined() } == ["xp", "xq", "yq", "zp"])
        #expect(rows[0].by.map(\.variable) == ["a", "b"])
        let inside = Truth([true, false, true, false, false, false, false])
        let fewer = try Estimation(design: lonely.design(.certainty)).rows(
            [lonely.count], by: [Breakdown(by: [first, second])], where: inside)
        #expect(fewer.map { $0.by.map(\.category).joined() } == ["xq", "yq"])
    }

    @Test func `the design effect compares with the sampling that the weights allow`() throws {
        var small = sample
        small.weights = sample.weights.map { $0 / 10 }
        #expect(try Estimation(design: small.design()).rows([small.mean])[0].designEffectKind == "wr")
        var large = sample
        large.weights = sample.weights.map { $0 * 10 }
        #expect(try Estimation(design: large.design()).rows([large.mean])[0].designEffectKind == "wor")
        var options = EstimationOptions()
        options.designEffect = .withoutReplacement
        // Weights that sum to less than n leave no population to sample from.
        let none = try Estimation(design: small.design(), options: options).rows([small.mean])[0]
        #expect(none.designEffect == nil && none.designEffectKind == nil && none.effectiveN == nil)
    }

    @Test func `equal values have no design effect, however far they are from the others`() throws {
        var sample = sample
        sample.y = sample.groups.enumerated().map { $0.element == "west" ? 1.1 : 3 + 0.7 * Double($0.offset % 5) }
        sample.x = sample.x.enumerated().map { sample.groups[$0.offset] == "west" ? 3.3 : $0.element }
        let rows = try Estimation(design: sample.design()).rows(
            [sample.mean, sample.total, sample.ratio], by: [Breakdown(by: [sample.groupColumn])])
        for row in rows {
            let isEqual = row.by.first?.category == "west"
            #expect((row.designEffect == nil) == isEqual && (row.effectiveN == nil) == isEqual, "\(row.statistic)")
        }
    }

    @Test func `a group in which every value is 0 has estimates of 0 without error`() throws {
        var sample = sample
        sample.y = sample.y.enumerated().map { sample.groups[$0.offset] == "west" ? 0 : $0.element.map { 40 + $0 } }
        let rows = try Estimation(design: sample.design()).rows(
            [sample.mean, sample.total, sample.ratio], by: [Breakdown(by: [sample.groupColumn])])
        for row in rows where row.by.first?.category == "west" {
            #expect(row.value == 0 && row.standardError == 0 && row.low == 0 && row.high == 0, "\(row.statistic)")
        }
    }

    @Test func `a count compares with the whole base`() throws {
        let design = try sample.design()
        let rows = try Estimation(design: design).rows(
            [sample.count], by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
        #expect(rows[0].designEffect == nil)
        let ones = Measure(
            statistic: .total, variable: "t",
            content: .total(TestSample.number("t", sample.groups.map { $0 == "west" ? 1 : 0 })))
        let total = try Estimation(design: design).rows([ones])[0]
        let count = try #require(rows.first { $0.by.first?.category == "west" })
        #expect(isClose(count.designEffect ?? 0, total.designEffect ?? 1, tolerance: 1e-9))
        #expect(isClose(count.standardError ?? 0, total.standardError ?? 1, tolerance: 1e-12))
    }

    @Test(arguments: EstimationOptions.ShareInterval.allCases)
    func `each interval of a share holds it and is named`(method: EstimationOptions.ShareInterval) throws {
        var options = EstimationOptions()
        options.shareInterval = method
        for row in try Estimation(design: sample.design(), options: options).rows([sample.shares]) {
            let (low, high, value) = (try #require(row.low), try #require(row.high), try #require(row.value))
            #expect(low < value && value < high)
            #expect(row.intervalMethod == method.rawValue)
        }
    }
}
