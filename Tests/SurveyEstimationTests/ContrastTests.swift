import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

/// Contrasts: expressions and their derivatives, names of estimates, the joint test and the log scale.
struct ContrastTests {
    private func evaluated(_ text: String, _ values: [Double]) throws -> (value: Double, gradient: [Double]) {
        try ContrastExpression(text).evaluated(at: values)
    }

    @Test func `an expression means what its signs mean`() throws {
        #expect(try evaluated("1 + 2 * 3 - 4 / 2", []).value == 5)
        #expect(try evaluated("-2^2", []).value == -4)
        #expect(try evaluated("2^3^2", []).value == 512)
        #expect(try evaluated("2^-1", []).value == 0.5)
        #expect(try evaluated("(1 − 3) × 4 ÷ 2", []).value == -4)
        #expect(try evaluated("1e-3 + .5", []).value == 0.501)
        #expect(try evaluated("log(exp(2)) + sqrt(9)", []).value == 5)
    }

    @Test func `derivatives are exact`() throws {
        // Hand: g = a²/b − log(a·b) + a^b at (2, 3).
        let (value, gradient) = try evaluated("a^2/b - log(a*b) + a^b", [2, 3])
        let log2 = 0.693147180559945309
        let log6 = 1.791759469228055001
        #expect(isClose(value, 4.0 / 3 - log6 + 8, tolerance: 1e-15))
        #expect(isClose(gradient[0], 4.0 / 3 - 0.5 + 12, tolerance: 1e-15))
        #expect(isClose(gradient[1], -4.0 / 9 - 1.0 / 3 + 8 * log2, tolerance: 1e-15))
        #expect(try evaluated("a^0 + 0*a", [0]).gradient == [0])
        #expect(try evaluated("log(a)", [-1]).value.isNaN)
        #expect(!(try evaluated("1/a", [0])).value.isFinite)
    }

    @Test(arguments: [
        "", "a +", "(a", "a)", "a b", "2 3", "log(", "log()", "foo(a)", "a[", "a[]", "a{1", "a{}", "`a", "a $ b",
        "1.2.3",
        "a[1]]", "sqrt a)", "1e", "^a", "count(",
    ])
    func `what is no expression is refused with its place`(text: String) {
        let problem = #expect(throws: Problem.self) { try ContrastExpression(text) }
        #expect(problem?.code == "estimation.wrong-contrast" && problem?.place.position != nil)
    }

    @Test func `long and deep expressions do not exhaust the stack`() {
        for text in [
            String(repeating: "(", count: 100_000), String(repeating: "-", count: 100_000) + "a",
            String(repeating: "log(", count: 100_000), "a" + String(repeating: "+a", count: 100_000),
            "a" + String(repeating: "*a", count: 100_000),
            "a" + String(repeating: "^a", count: 100_000),
        ] {
            let problem = #expect(throws: Problem.self) { try ContrastExpression(text) }
            #expect(problem?.code == "estimation.wrong-contrast")
        }
    }

    @Test func `random text is read or refused`() {
        var generator = SeededGenerator(seed: 22)
        let pieces = [
            "a", "b1", "`x y`", "[", "]", "{", "}", "(", ")", "+", "-", "*", "/", "^", ",", "=", "1", "2.5", "e", "log",
            "é", " ",
        ]
        var read = 0
        for _ in 0..<20_000 {
            let text = (0..<(1 + generator.below(8))).map { _ in pieces[generator.below(pieces.count)] }.joined()
            guard let expression = try? ContrastExpression(text) else { continue }
            read += 1
            let (_, gradient) = expression.evaluated(at: expression.names.map { _ in 0.5 })
            #expect(gradient.count == expression.names.count)
        }
        #expect(read > 500)
    }

    private func result(_ options: EstimationOptions? = nil) throws -> (
        estimation: Estimation, result: EstimationResult
    ) {
        let sample = TestSample(seed: 8)
        var own = options ?? EstimationOptions()
        own.keepsCovariance = true
        own.keepsInfluences = true
        let estimation = Estimation(design: try sample.design(), options: own)
        return (
            estimation,
            try estimation.estimates(
                of: [sample.mean, sample.total, sample.shares, sample.ratio, sample.count],
                by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
        )
    }

    @Test func `names find rows by statistic, answer and group`() throws {
        let (estimation, result) = try result()
        let texts = [
            "mean(y)", "total(y)", "q[yes]", "`y/x`", "count()", "mean(y){north}", "q[no]{group=south}",
            "count(){west}",
        ]
        let found = try estimation.contrasts(try texts.map { try ContrastExpression($0) }, of: result)
        let wanted =
            [
                ("mean", "y", nil, nil), ("total", "y", nil, nil), ("share", "q", "yes", nil),
                ("ratio", "y/x", nil, nil),
                ("count", "count", nil, nil), ("mean", "y", nil, "north"), ("share", "q", "no", "south"),
                ("count", "count", nil, "west"),
            ] as [(String, String, String?, String?)]
        for (row, (statistic, variable, answer, group)) in zip(found.rows, wanted) {
            let part = try #require(
                result.rows.first {
                    $0.statistic.rawValue == statistic && $0.variable == variable && $0.answer == answer
                        && $0.by.first?.category == group
                })
            #expect(row.estimate.value == part.value)
            #expect(isClose(row.estimate.standardError ?? 0, part.standardError ?? 1, tolerance: 1e-12))
            #expect(row.estimate.degreesOfFreedom == part.degreesOfFreedom)
        }
    }

    @Test func `unknown and ambiguous names are refused with those that there are`() throws {
        let (estimation, result) = try result()
        for (text, code) in [
            ("z", "unknown"), ("y", "ambiguous"), ("q", "ambiguous"), ("mean(y){nort}", "unknown"), ("q[9]", "unknown"),
            ("mean(y){other=north}", "unknown"),
        ] {
            let problem = #expect(throws: Problem.self) {
                try estimation.contrasts([try ContrastExpression(text)], of: result)
            }
            #expect(problem?.code == "estimation.\(code)-estimate", "\(text)")
        }
        let near = #expect(throws: Problem.self) {
            try estimation.contrasts([try ContrastExpression("mean(y){nort}")], of: result)
        }
        #expect(near?.why.description.contains("{group=north}") == true)
    }

    @Test func `a linear contrast is the combination of its parts`() throws {
        let (estimation, result) = try result()
        let rows = result.rows.indices.filter { result.rows[$0].statistic == .mean && !result.rows[$0].by.isEmpty }
        let combined = estimation.combination(
            of: result, terms: [(rows[1], 1), (rows[0], -1)], statistic: .mean, variable: "d", by: [])
        let contrast = try estimation.contrasts(
            [try ContrastExpression("mean(y){south} - mean(y){north}")], of: result
        ).rows[0].estimate
        #expect(isClose(contrast.value ?? 0, combined.value ?? 1, tolerance: 1e-12))
        #expect(isClose(contrast.standardError ?? 0, combined.standardError ?? 1, tolerance: 1e-12))
        #expect(contrast.degreesOfFreedom == combined.degreesOfFreedom && contrast.nBase == combined.nBase)
    }

    @Test func `the joint test and the log scale equal R`() throws {
        let wanted = try ReferenceFolder.json("hypotheses.json")
        let data = try ReferenceData("apistrat", file: "data/apistrat.csv", folder: ReferenceFolder.url)
        var options = EstimationOptions()
        options.keepsCovariance = true
        let estimation = Estimation(
            design: try SampleDesign(
                DesignSpecification(strata: ["stype"], fpc: "fpc", weight: "pw"), table: data.table), options: options)
        let measures = try ["api00", "api99", "meals"].map {
            Measure(statistic: .mean, variable: $0, content: .mean(try data.table.column($0)))
        }
        let result = try estimation.estimates(of: measures, by: [Breakdown()])
        let both = try ["api00 / api99", "log(meals)"].map { try ContrastExpression($0) }
        let joint = try #require(try estimation.contrasts(both, of: result).joint)
        #expect(isClose(joint.statistic, try #require(wanted["joint"]["f"].double)))
        #expect(joint.df1 == 2 && joint.df2 == 197)
        // 4e-261: R's own tail has fewer digits there, see UpperTailTests.
        #expect(isClose(joint.p, try #require(wanted["joint"]["p"].double), tolerance: 1e-6))
        let log = try estimation.contrasts([both[0]], of: result, isLogarithmic: true).rows[0]
        #expect(isClose(log.estimate.low ?? 0, try #require(wanted["log"]["low"].double)))
        #expect(isClose(log.estimate.high ?? 0, try #require(wanted["log"]["high"].double)))
        #expect(isClose(log.test?.p ?? 0, try #require(wanted["log"]["p"].double)))
        #expect(log.estimate.intervalMethod == "log")
        let problem = #expect(throws: Problem.self) {
            try estimation.contrasts([try ContrastExpression("api99 - api00")], of: result, isLogarithmic: true)
        }
        #expect(problem?.code == "estimation.log-of-nonpositive")
    }

    @Test func `contrasts that follow from one another count once in the joint test`() throws {
        let (estimation, result) = try result()
        let pairs = ["{south} - mean(y){north}", "{west} - mean(y){north}", "{west} - mean(y){south}"].map {
            "mean(y)" + $0
        }
        let two = try estimation.contrasts(try pairs.prefix(2).map { try ContrastExpression($0) }, of: result)
        let three = try estimation.contrasts(try pairs.map { try ContrastExpression($0) }, of: result)
        #expect(three.joint?.df1 == 2)
        #expect(isClose(three.joint?.p ?? 0, two.joint?.p ?? 1, tolerance: 1e-9))
        #expect(three.rows.allSatisfy { ($0.test?.adjustedP ?? 0) >= ($0.test?.p ?? 1) })
    }

    @Test func `a contrast that is not defined has no value and says so`() throws {
        let (estimation, result) = try result()
        let row = try estimation.contrasts([try ContrastExpression("log(mean(y) - mean(y))")], of: result).rows[0]
        #expect(row.estimate.value == nil && row.estimate.flags.contains(.undefined) && row.test == nil)
        let constant = try estimation.contrasts([try ContrastExpression("mean(y) - mean(y)")], of: result).rows[0]
        #expect(constant.estimate.value == 0 && constant.estimate.standardError == 0 && constant.test == nil)
    }
}
