import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

/// What is left when there is almost nothing to compute from.
struct EdgeTests {
    private let missing = MissingKind.refused.rawValue

    private func design(weights: [Double], psus: [String]? = nil) throws -> SampleDesign {
        var columns = [Column(name: "w", numbers: weights)]
        if let psus { columns.append(Column(name: "psu", texts: psus)) }
        return try SampleDesign(
            DesignSpecification(psu: psus == nil ? [] : ["psu"], weight: "w"),
            table: Table(rowCount: weights.count, columns: columns))
    }

    private func shares(_ answers: [UInt8]) -> Measure {
        Measure(
            statistic: .share, variable: "q",
            content: .shares(of: Column(name: "q", codes: ["yes", "no"], answers: answers), only: nil))
    }

    @Test func `shares of 0 and 1 have the Korn-Graubard interval, SE 0 and a flag`() throws {
        for method in EstimationOptions.ShareInterval.allCases {
            var options = EstimationOptions()
            options.shareInterval = method
            let rows = try Estimation(design: design(weights: [Double](repeating: 2, count: 40)), options: options)
                .rows([shares([UInt8](repeating: 0, count: 40))])
            #expect(rows.map(\.value) == [1, 0])
            #expect(rows.map(\.standardError) == [0, 0])
            #expect(rows.map(\.intervalMethod) == ["korn-graubard", "korn-graubard"])
            #expect(rows.map(\.flags) == [[.edge], [.edge]])
            #expect(rows.map(\.n) == [40, 0])
            #expect(rows.map(\.designEffect) == [nil, nil])
            #expect(rows[1].low == 0 && rows[0].high == 1)
            // 1 − 0.025^(1/40).
            #expect(isClose(rows[1].high ?? 0, 0.0880973, tolerance: 1e-5))
            #expect(isClose(1 - (rows[0].low ?? 0), rows[1].high ?? 1, tolerance: 1e-12))
        }
    }

    @Test func `an empty domain is a row without a value, or a problem if nothing else is asked`() throws {
        let answers: [UInt8] = [0, 1, 1, missing, missing, missing]
        let group = Column(name: "g", codes: ["a", "b"], answers: [0, 0, 0, 1, 1, 1])
        let estimation = Estimation(design: try design(weights: [1, 1, 1, 1, 1, 1]))
        let rows = try estimation.rows([shares(answers)], by: [Breakdown(by: [group])])
        #expect(rows.map { $0.by[0].category + ($0.answer ?? "") } == ["ayes", "ano", "byes", "bno"])
        let empty = rows[2]
        #expect(empty.value == nil && empty.standardError == nil && empty.low == nil && empty.designEffect == nil)
        #expect(empty.flags == [.emptyDomain])
        #expect(empty.nBase == 0 && empty.psus == 0 && empty.degreesOfFreedom == nil && empty.sumWeights == 0)
        for (measure, domain) in [
            (shares([UInt8](repeating: missing, count: 6)), nil),
            (shares(answers), Truth([Bool](repeating: false, count: 6))),
            (shares(answers), Truth(values: [UInt8](repeating: Truth.unknown, count: 6))),
        ] {
            let problem = #expect(throws: Problem.self) {
                try estimation.rows([measure], by: [Breakdown(), Breakdown(by: [group])], where: domain)
            }
            #expect(problem?.code == "estimation.empty-domain")
            #expect(problem?.kind.exitCode == 4)
        }
    }

    @Test func `one row gives an estimate and no interval, and needs a rule for its lonely PSU`() throws {
        let measures = [shares([1]), Measure(statistic: .count, variable: "n", content: .rows)]
        let problem = #expect(throws: Problem.self) { try Estimation(design: design(weights: [3])).rows(measures) }
        #expect(problem?.code == "estimation.single-psu")
        let single = try SampleDesign(
            DesignSpecification(weight: "w", lonelyPSU: .certainty),
            table: Table(rowCount: 1, columns: [Column(name: "w", numbers: [3])]))
        let rows = try Estimation(design: single).rows(measures, where: Truth([true]))
        #expect(rows.map(\.value) == [0, 1, 3])
        #expect(rows.allSatisfy { $0.low == nil && $0.high == nil && $0.flags.contains(.noDegreesOfFreedom) })
        #expect(rows.allSatisfy { $0.degreesOfFreedom == 0 })
    }

    @Test func `a domain of one PSU has an error and no interval`() throws {
        let design = try design(weights: [1, 2, 1, 1], psus: ["a", "a", "b", "b"])
        let y = Measure(statistic: .mean, variable: "y", content: .mean(Column(name: "y", numbers: [1, 5, 2, 2])))
        let row = try Estimation(design: design).rows([y], where: Truth([true, true, false, false]))[0]
        #expect(isClose(row.value ?? 0, 11.0 / 3, tolerance: 1e-15))
        // The influences of one PSU sum to 0, and PSU b counts as 0.
        #expect(row.standardError == 0)
        #expect(row.flags == [.noDegreesOfFreedom])
        #expect(row.psus == 1)
    }

    @Test func `rows of weight 0 are nowhere`() throws {
        let rows = try Estimation(design: design(weights: [1, 0, 2, 0])).rows([shares([0, 0, 1, 1])])
        #expect(rows.map(\.n) == [1, 1])
        #expect(rows.map(\.nBase) == [2, 2])
        #expect(isClose(rows[0].value ?? 0, 1.0 / 3, tolerance: 1e-15))
        let empty = #expect(throws: Problem.self) {
            try Estimation(design: design(weights: [0, 0])).rows([shares([0, 1])])
        }
        #expect(empty?.code == "estimation.empty-domain")
    }

    @Test func `negative weights are flagged, and a share outside 0…1 has the plain interval`() throws {
        let estimation = Estimation(design: try design(weights: [5, -2, 1, 1]))
        let result = try estimation.estimates(of: [shares([0, 1, 0, 0])], by: [Breakdown()])
        #expect(result.rows.map(\.value) == [7.0 / 5, -2.0 / 5])
        #expect(result.rows.allSatisfy { $0.flags == [.negativeWeight] && $0.intervalMethod == "mean" })
        #expect(result.cautions.map(\.code) == ["design.negative-weight"])
    }

    @Test func `weights that sum to nothing and ratios by 0 are undefined, not numbers`() throws {
        let nothing = try Estimation(design: design(weights: [1, -1, 2])).rows(
            [shares([0, 1, 0])],
            by: [Breakdown(), Breakdown(by: [Column(name: "g", codes: ["a", "b"], answers: [0, 0, 1])])])
        #expect(nothing[2].value == nil && nothing[2].flags == [.undefined, .negativeWeight])
        let zero = Measure(
            statistic: .ratio, variable: "r",
            content: .ratio(Column(name: "y", numbers: [1, 2, 3]), Column(name: "x", numbers: [0, 0, 0])))
        let row = try Estimation(design: design(weights: [1, 1, 2])).rows([zero])[0]
        #expect(row.value == nil && row.standardError == nil && row.flags == [.undefined])
    }

    @Test func `values that overflow are undefined, not infinite`() throws {
        let huge = Column(name: "y", numbers: [1e308, 1e308, -1e308, 1.7e308])
        for content in [Measure.Content.mean(huge), .total(huge), .ratio(huge, huge)] {
            for row in try Estimation(design: design(weights: [9, 9, 9, 9])).rows([
                Measure(statistic: .mean, variable: "y", content: content)
            ]) {
                for number in [
                    row.value, row.standardError, row.low, row.high, row.designEffect, row.effectiveN, row.sumWeights,
                ] {
                    #expect(number?.isFinite != false)
                }
            }
        }
    }

    @Test func `a constant has the standard error 0`() throws {
        var generator = SeededGenerator(seed: 3)
        let weights = (0..<300).map { _ in 0.1 + generator.uniform() }
        let constant = Column(name: "y", numbers: [Double](repeating: 0.1, count: 300))
        let design = try design(weights: weights, psus: (0..<300).map { "\($0 % 17)" })
        let rows = try Estimation(design: design).rows([
            Measure(statistic: .mean, variable: "y", content: .mean(constant)),
            Measure(statistic: .ratio, variable: "r", content: .ratio(constant, constant)),
        ])
        #expect(rows.map(\.standardError) == [0, 0])
        #expect(isClose(rows[0].value ?? 0, 0.1, tolerance: 1e-15))
        #expect(rows[1].value == 1)
    }

    @Test func `codes that the question does not have are no answers`() throws {
        let rows = try Estimation(design: design(weights: [1, 1, 1, 1])).rows([shares([0, 1, 200, 240])])
        #expect(rows.map(\.nBase) == [2, 2])
    }

    @Test func `deleting every row leaves nothing to compute from`() throws {
        var options = EstimationOptions()
        options.missing = .listwise
        let estimation = Estimation(design: try design(weights: [1, 1, 1]), options: options)
        let problem = #expect(throws: Problem.self) { try estimation.rows([shares([missing, missing, missing])]) }
        #expect(problem?.code == "estimation.empty-domain")
    }

    @Test func `a covariance matrix that does not fit is refused before it is made`() throws {
        var options = EstimationOptions()
        options.keepsCovariance = true
        let n = 40_000
        let estimation = Estimation(design: try design(weights: [Double](repeating: 1, count: n)), options: options)
        let group = Column(name: "g", numbers: (0..<n).map { Double($0 % 2_000) })
        let problem = #expect(throws: Problem.self) {
            try estimation.rows(
                [Measure(statistic: .count, variable: "n", content: .rows)], by: [Breakdown(by: [group])])
        }
        #expect(problem?.code == "estimation.covariance-too-large")
    }

    @Test func `a request for nothing is an empty result`() throws {
        let estimation = Estimation(design: try design(weights: [1, 1]))
        #expect(try estimation.rows([]).isEmpty)
        #expect(try estimation.rows([shares([0, 1])], by: []).isEmpty)
    }
}
