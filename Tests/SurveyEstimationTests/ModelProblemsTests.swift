import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyMath
import SurveyProblems
import SurveyTestSupport
import Testing

struct ModelProblemsTests {
    private let sample = TestSample(seed: 11)

    private func fit(
        _ text: String, _ kind: Regression.Kind, y: [Double?]? = nil, more: [Column] = [], weights: [Double]? = nil,
        options: EstimationOptions = EstimationOptions(), where domain: Truth? = nil
    ) throws -> ModelResult {
        var sample = sample
        if let weights { sample.weights = weights }
        let response = TestSample.number("y", y ?? sample.y)
        let table = Table(
            rowCount: sample.rowCount, columns: [sample.xColumn, sample.qColumn, sample.groupColumn] + more)
        return try Estimation(design: try sample.design(), options: options).model(
            Regression(
                ModelFormula(parsing: text), kind: kind,
                response: kind == .ordinal || kind == .multinomial ? .answers(sample.qColumn) : .numbers(response),
                variables: table), where: domain)
    }

    private func code(_ body: () throws -> ModelResult) -> String {
        do {
            _ = try body()
            return "none"
        } catch let problem as Problem {
            return problem.code
        } catch {
            return "\(error)"
        }
    }

    private func rows(_ value: (Int) -> Double?) -> [Double?] { (0..<sample.rowCount).map(value) }

    @Test func `a response that does not vary is refused`() {
        #expect(code { try fit("y ~ x", .linear, y: rows { _ in 3 }) } == "estimation.model-constant")
        #expect(code { try fit("y ~ x", .logistic, y: rows { _ in 1 }) } == "estimation.model-constant")
    }

    @Test func `a factor of one category is refused`() {
        let one = Column(name: "one", texts: rows { _ in 1 }.map { _ in "a" })
        #expect(code { try fit("y ~ one", .linear, more: [one]) } == "estimation.model-one-category")
    }

    @Test func `a response outside the range of its family is refused`() {
        let rows = rows { Double($0 % 3) - 1 }
        #expect(code { try fit("y ~ x", .logistic, y: rows) } == "estimation.model-response-range")
        #expect(code { try fit("y ~ x", .poisson, y: rows) } == "estimation.model-response-range")
        #expect(code { try fit("y ~ x", .gamma, y: rows.map { $0.map(abs) }) } == "estimation.model-response-range")
    }

    @Test func `separation is refused, and the column named`() throws {
        let y = rows { $0 % 3 == 0 ? 1 : 0 }
        let teller = TestSample.number("teller", y)
        let problem = #expect(throws: Problem.self) { try fit("y ~ x + teller", .logistic, y: y, more: [teller]) }
        #expect(problem?.code == "estimation.model-separation")
        #expect(problem?.place.variable == "teller")
        // A category with one response only is half of it.
        let rare = Column(name: "rare", texts: (0..<sample.rowCount).map { $0 % 3 == 0 && $0 < 40 ? "yes" : "no" })
        #expect(code { try fit("y ~ x + rare", .logistic, y: y, more: [rare]) } == "estimation.model-separation")
    }

    @Test func `as many coefficients as rows are refused, more than degrees of freedom are a caution`() throws {
        let own = Column(name: "own", texts: (0..<sample.rowCount).map { "r\($0)" })
        #expect(
            code { try fit("y ~ own", .linear, more: [own]) } == "estimation.model-too-many-coefficients")
        let many = Column(name: "many", texts: (0..<sample.rowCount).map { "g\($0 % 20)" })
        let model = try fit("y ~ many", .linear, more: [many])
        #expect(model.degreesOfFreedom < 1)
        #expect(model.cautions.map(\.code) == ["estimation.model-few-degrees"])
        #expect(model.coefficients.allSatisfy { $0.value != nil && $0.low == nil && $0.p == nil })
    }

    @Test func `rows that are incomplete everywhere, empty domains and negative weights are refused`() {
        let empty = TestSample.number("empty", rows { _ in nil })
        #expect(code { try fit("y ~ empty", .linear, more: [empty]) } == "estimation.model-no-rows")
        let nobody = Truth((0..<sample.rowCount).map { _ in false })
        #expect(code { try fit("y ~ x", .linear, where: nobody) } == "estimation.empty-domain")
        var weights = sample.weights
        weights[3] = -1
        weights[4] = -1
        #expect(
            code { try fit("y ~ 1", .linear, y: rows { Double($0) }, weights: weights) }
                == "estimation.model-negative-weight")
    }

    @Test func `weights of 0 leave rows out, billions change no estimate`() throws {
        var weights = sample.weights
        let y = rows { $0 < 5 ? 1e9 : Double($0 % 7) }
        for row in 0..<5 { weights[row] = 0 }
        let model = try fit("y ~ x", .linear, y: y, weights: weights)
        let domain = Truth((0..<sample.rowCount).map { $0 >= 5 })
        let other = try fit("y ~ x", .linear, y: y, where: domain)
        #expect(isClose(model.values[1], other.values[1]))
        let great = try fit("y ~ x", .linear, weights: sample.weights.map { $0 * 1e9 })
        let plain = try fit("y ~ x", .linear)
        #expect(isClose(great.values[1], plain.values[1], tolerance: 1e-12))
        #expect(isClose(great.covariance[1, 1], plain.covariance[1, 1], tolerance: 1e-12))
    }

    @Test func `values whose squares cannot be held are refused`() {
        let huge = TestSample.number("huge", rows { Double($0 % 5) * 1e200 })
        #expect(code { try fit("y ~ huge", .linear, more: [huge]) } == "estimation.model-range")
        let tiny = TestSample.number("tiny", rows { Double($0 % 5) * 1e-200 })
        #expect(code { try fit("y ~ tiny", .linear, more: [tiny]) } == "estimation.model-range")
        #expect(code { try fit("y ~ x", .linear, y: rows { Double($0) * 1e200 }) } == "estimation.model-response-range")
    }

    @Test func `unknown columns come with the nearest names`() {
        let problem = #expect(throws: Problem.self) { try fit("y ~ x + gruop", .linear) }
        #expect(problem?.code == "data.unknown-column")
        #expect(problem?.fix.description.contains("\"group\"") == true)
    }

    @Test func `links, offsets and formulas that a kind does not have are refused`() throws {
        #expect(code { try fit("y ~ x - 1", .ordinal) } == "estimation.model-ordinal-intercept")
        #expect(code { try fit("y ~ q + offset(x)", .multinomial) } == "estimation.model-offset")
        let model = try fit("y ~ x", .linear)
        #expect { try model.terms(named: ["z"]) } throws: { ($0 as? Problem)?.code == "estimation.model-unknown-term" }
        let estimation = Estimation(design: try sample.design())
        #expect { try estimation.margins(of: "x", in: model) } throws: {
            ($0 as? Problem)?.code == "estimation.model-margins-variable"
        }
        let ordinal = try fit("q ~ x", .ordinal)
        #expect { try estimation.margins(of: "x", in: ordinal) } throws: {
            ($0 as? Problem)?.code == "estimation.model-margins-variable"
        }
    }

    @Test func `missing answers set rows aside, or are an error`() throws {
        let model = try fit("y ~ x", .linear)
        let missing = (0..<sample.rowCount).count { sample.y[$0] == nil || sample.x[$0] == nil }
        #expect(model.incomplete == missing && missing > 0)
        #expect(model.n == sample.rowCount - missing)
        var options = EstimationOptions()
        options.missing = .error
        #expect(code { try fit("y ~ x", .linear, options: options) } == "estimation.missing-answers")
    }

    @Test func `listwise deletion is the model of the remaining rows`() throws {
        var options = EstimationOptions()
        options.missing = .listwise
        let model = try fit("y ~ x", .linear, options: options)
        var kept = sample.ordered((0..<sample.rowCount).filter { sample.y[$0] != nil && sample.x[$0] != nil })
        kept.groups = kept.groups.map { _ in "" }
        let plain = try Estimation(design: try kept.design()).model(
            Regression(
                ModelFormula(parsing: "y ~ x"), kind: .linear, response: .numbers(kept.yColumn),
                variables: Table(rowCount: kept.rowCount, columns: [kept.xColumn])))
        #expect(model.degreesOfFreedom == plain.degreesOfFreedom)
        #expect(isClose(model.covariance[1, 1], plain.covariance[1, 1], tolerance: 1e-12))
    }
}
