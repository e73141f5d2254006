import Foundation
import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyMath
import SurveyProblems
import SurveyTestSupport
import Testing

struct ModelTests {
    /// The stratified sample of schools, with columns of our own.
    private static func schools(_ more: [Column] = []) throws -> (design: SampleDesign, table: Table) {
        let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
        let design = try SampleDesign(
            DesignSpecification(strata: ["stype"], fpc: "fpc", weight: "pw"), table: data.table)
        return (design, Table(rowCount: data.table.rowCount, columns: data.table.columns + more))
    }

    private static func numbers(_ name: String, in table: Table) throws -> [Double] {
        guard case .numbers(let values, _) = try table.column(name).values else { return [] }
        return values
    }

    private static func fit(
        _ text: String, _ kind: Regression.Kind, link: ModelLink? = nil, more: [Column] = [],
        options: EstimationOptions = EstimationOptions(), where domain: Truth? = nil
    ) throws -> ModelResult {
        let (design, table) = try schools(more)
        let formula = try ModelFormula(parsing: text)
        guard case .variable(let name) = formula.response else { throw NotSupported("condition") }
        let column = try table.column(name)
        let isAnswer = kind == .ordinal || kind == .multinomial
        return try Estimation(design: design, options: options).model(
            Regression(
                formula, kind: kind, link: link, response: isAnswer ? .answers(column) : .numbers(column),
                variables: table), where: domain)
    }

    @Test func `coefficients and errors equal those at 50 digits`() throws {
        let reference = try ReferenceFolder.json("model-precision.json")["cases"].array
        #expect(reference.count == 7)
        for entry in reference {
            var text = (entry["response"].string ?? "") + " ~ " + entry["terms"].strings.joined(separator: " + ")
            var more: [Column] = []
            if let offset = entry["log_offset"].string {
                let (_, table) = try ModelTests.schools()
                more = [Column(name: "shift", numbers: try ModelTests.numbers(offset, in: table).map { log($0) })]
                text += " + offset(shift)"
            }
            let kind = try #require(Regression.Kind(rawValue: entry["kind"].string ?? ""))
            let model = try ModelTests.fit(
                text, kind, link: ModelLink(rawValue: entry["link"].string ?? ""), more: more)
            for (position, row) in model.coefficients.enumerated() {
                let name = "\(entry["kind"]) \(entry["link"]) \(row.term)"
                let (value, error) = (try #require(row.value), try #require(row.standardError))
                #expect(isClose(value, entry["estimate"][position].double ?? .nan, tolerance: 1e-12), "\(name)")
                #expect(isClose(error, entry["se"][position].double ?? .nan, tolerance: 1e-12), "\(name) se")
            }
        }
    }

    @Test func `formulas have the columns of R`() throws {
        let cases = try ReferenceFolder.json("models-formulas.json")["cases"].array
        #expect(cases.count == 13)
        for entry in cases {
            let text = entry["formula"].string ?? ""
            let model = try ModelTests.fit(text, .linear)
            let kept = model.kept.map { model.coefficients[$0] }
            let names = entry["names"].string.map { [$0] } ?? entry["names"].strings
            #expect(kept.map(\.term) == names, "\(text)")
            #expect((kept.count < model.coefficients.count) == entry["aliased"].bool, "\(text)")
            for (position, row) in kept.enumerated() {
                let wanted = entry["estimate"][position].double ?? entry["estimate"].double ?? .nan
                let error = entry["se"][position].double ?? entry["se"].double ?? .nan
                #expect(isClose(try #require(row.value), wanted), "\(text) \(row.term)")
                #expect(isClose(try #require(row.standardError), error), "\(text) \(row.term) se")
            }
        }
    }

    @Test func `R's loop and the solution differ by what R stops short of, and by no more`() throws {
        let (design, table) = try ModelTests.schools()
        var regression = Regression(
            try ModelFormula(parsing: "hi700 ~ ell + meals + stype"), kind: .logistic,
            response: .numbers(try table.column("hi700")), variables: table)
        let solution = try Estimation(design: design).model(regression)
        regression.loop = .r
        let loop = try Estimation(design: design).model(regression)
        for (first, second) in zip(solution.coefficients, loop.coefficients) {
            let (a, b) = (try #require(first.standardError), try #require(second.standardError))
            #expect(isClose(a, b, tolerance: 1e-7), "\(first.term)")
        }
    }

    @Test func `a multinomial model of two answers is the logistic one`() throws {
        let logistic = try ModelTests.fit("hi700 ~ ell + meals + stype", .logistic)
        let multinomial = try ModelTests.fit("hi700 ~ ell + meals + stype", .multinomial)
        for (first, second) in zip(logistic.coefficients, multinomial.coefficients) {
            #expect(second.answer == "1")
            #expect(isClose(try #require(second.value), try #require(first.value), tolerance: 1e-10))
            #expect(isClose(try #require(second.standardError), try #require(first.standardError), tolerance: 1e-10))
        }
    }

    @Test func `a saturated multinomial model has the logarithms of shares and their delta-method errors`() throws {
        let (design, table) = try ModelTests.schools()
        var options = EstimationOptions()
        options.keepsCovariance = true
        let shares = try Estimation(design: design, options: options).estimates(
            of: [
                Measure(
                    statistic: .share, variable: "sch.wide",
                    content: .shares(of: try table.column("stype"), only: nil))
            ], by: [Breakdown(by: [try table.column("sch.wide")])])
        let model = try ModelTests.fit("stype ~ C(sch.wide) - 1", .multinomial)
        let covariance = try #require(shares.covariance)
        for row in model.coefficients {
            let group = row.term == "C(sch.wide)Yes" ? "Yes" : "No"
            let places = shares.rows.indices.filter { shares.rows[$0].by.first?.category == group }
            let base = try #require(places.first { shares.rows[$0].answer == "E" })
            let own = try #require(places.first { shares.rows[$0].answer == row.answer })
            let (p, q) = (try #require(shares.rows[own].value), try #require(shares.rows[base].value))
            let (a, b) = (try #require(covariance[own, own]), try #require(covariance[base, base]))
            let c = try #require(covariance[own, base])
            let variance = a / (p * p) + b / (q * q) - 2 * c / (p * q)
            #expect(isClose(try #require(row.value), log(p / q), tolerance: 1e-9, scale: 1))
            #expect(isClose(try #require(row.standardError), variance.squareRoot(), tolerance: 1e-9))
        }
    }

    @Test(arguments: [ModelLink.logit, .probit, .cloglog])
    func `an ordinal model of two answers is the binary model of the first one`(link: ModelLink) throws {
        let (_, table) = try ModelTests.schools()
        let low = Column(name: "low", numbers: try ModelTests.numbers("hi700", in: table).map { 1 - $0 })
        let binary = try ModelTests.fit("low ~ ell + meals", .logistic, link: link, more: [low])
        let ordinal = try ModelTests.fit("hi700 ~ ell + meals", .ordinal, link: link)
        // P(y ≤ 0) = F(ζ − x'β): slopes change their sign, the threshold is the intercept.
        let order = [ordinal.coefficients[2], ordinal.coefficients[0], ordinal.coefficients[1]]
        for (position, (first, second)) in zip(binary.coefficients, order).enumerated() {
            let sign = position == 0 ? 1.0 : -1
            #expect(isClose(sign * (try #require(second.value)), try #require(first.value), tolerance: 1e-9))
            // Apart from the logit the information differs: expected there, of the rows themselves here.
            guard link == .logit else { continue }
            #expect(isClose(try #require(second.standardError), try #require(first.standardError), tolerance: 1e-9))
        }
        #expect(ordinal.coefficients[2].term == "0|1")
    }

    @Test func `no number depends on threads`() throws {
        let sample = TestSample(seed: 5, strata: 30, perStratum: 40, largest: 60)
        let table = Table(
            rowCount: sample.rowCount, columns: [sample.yColumn, sample.xColumn, sample.qColumn, sample.groupColumn])
        let design = try sample.design()
        var results: [ModelResult] = []
        for threads in [1, 2, 5] {
            var options = EstimationOptions()
            options.threads = threads
            results.append(
                try Estimation(design: design, options: options).model(
                    Regression(
                        ModelFormula(parsing: "y ~ x + q*group"), kind: .gamma, response: .numbers(sample.yColumn),
                        variables: table)))
        }
        #expect(sample.rowCount > 32_768)
        for other in results.dropFirst() {
            #expect(other.values == results[0].values)
            #expect(other.covariance == results[0].covariance)
        }
    }

    @Test func `a shift and another unit of a variable change its coefficient by their factor alone`() throws {
        let (_, table) = try ModelTests.schools()
        let far = Column(name: "far", numbers: try ModelTests.numbers("ell", in: table).map { 1e6 * ($0 + 2020) })
        let plain = try ModelTests.fit("hi700 ~ ell + meals", .logistic)
        let shifted = try ModelTests.fit("hi700 ~ far + meals", .logistic, more: [far])
        for place in [1, 2] {
            let factor = place == 1 ? 1e6 : 1
            let (a, b) = (plain.coefficients[place], shifted.coefficients[place])
            // The shift of 2020 costs the differences of the variable two digits.
            #expect(isClose(factor * (try #require(b.value)), try #require(a.value), tolerance: 1e-10))
            #expect(isClose(factor * (try #require(b.standardError)), try #require(a.standardError), tolerance: 1e-10))
        }
    }

    @Test func `a column that repeats others has no coefficient, and is named`() throws {
        let (_, table) = try ModelTests.schools()
        let twice = Column(name: "twice", numbers: try ModelTests.numbers("ell", in: table).map { 2 * $0 + 1 })
        let model = try ModelTests.fit("api00 ~ ell + twice + meals", .linear, more: [twice])
        let plain = try ModelTests.fit("api00 ~ ell + meals", .linear)
        #expect(model.coefficients[2].value == nil && model.coefficients[2].standardError == nil)
        #expect(model.kept == [0, 1, 3])
        #expect(model.degreesOfFreedom == plain.degreesOfFreedom)
        #expect(model.cautions.map(\.code) == ["estimation.model-aliased"])
        for (first, second) in zip(model.kept.map { model.coefficients[$0] }, plain.coefficients) {
            #expect(isClose(try #require(first.standardError), try #require(second.standardError)))
        }
    }

    @Test func `a share is its own logistic model`() throws {
        let (design, table) = try ModelTests.schools()
        let column = try table.column("hi700")
        let share = try #require(
            try Estimation(design: design).rows([Measure(statistic: .mean, variable: "p", content: .mean(column))])
                .first)
        let model = try ModelTests.fit("hi700 ~ 1", .logistic)
        let p = try #require(share.value)
        #expect(isClose(try #require(model.coefficients[0].value), log(p / (1 - p))))
        #expect(isClose(try #require(model.coefficients[0].standardError) * p * (1 - p), share.standardError ?? .nan))
        // PSUs − strata + 1 − 1.
        #expect(model.degreesOfFreedom == 197)
    }

    @Test func `margins of a saturated model are the means of its groups`() throws {
        let (design, table) = try ModelTests.schools()
        let model = try ModelTests.fit("api00 ~ awards", .linear)
        let margins = try Estimation(design: design).margins(of: "awards", in: model)
        let means = try Estimation(design: design).rows(
            [Measure(statistic: .mean, variable: "api00", content: .mean(try table.column("api00")))],
            by: [Breakdown(by: [try table.column("awards")])])
        #expect(margins.categories == ["No", "Yes"])
        for (place, mean) in means.enumerated() {
            #expect(isClose(margins.values[place], mean.value ?? .nan))
            #expect(isClose(margins.covariance[place, place].squareRoot(), mean.standardError ?? .nan))
        }
    }
}
