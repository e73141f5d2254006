import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyMath
import SurveyProblems
import SurveyTestSupport
import Testing

/// Tests/Reference/models-answers.json: R 4.2.2, survey 4.1-1, numDeriv, models-answers.R, 2026-11-21.
struct AnswerModelTests {
    /// The stratified sample of schools with weights of mean 1 and three levels of poverty.
    private struct Schools {
        let design: SampleDesign
        let table: Table

        init() throws {
            let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
            func numbers(_ name: String) throws -> [Double] {
                guard case .numbers(let values, _) = try data.table.column(name).values else { return [] }
                return values
            }
            let weights = try numbers("pw")
            let mean = weights.reduce(0, +) / Double(weights.count)
            let level = try numbers("meals").map { $0 < 30 ? "1 low" : $0 < 60 ? "2 middle" : "3 high" }
            table = Table(
                rowCount: data.table.rowCount,
                columns: data.table.columns + [
                    Column(name: "one", numbers: weights.map { $0 / mean }), Column(name: "level", texts: level),
                ])
            design = try SampleDesign(
                DesignSpecification(strata: ["stype"], fpc: "fpc", weight: "one"), table: table)
        }

        func fit(_ text: String, _ kind: Regression.Kind, link: ModelLink? = nil) throws -> ModelResult {
            let formula = try ModelFormula(parsing: text)
            guard case .variable(let name) = formula.response else { throw NotSupported("condition") }
            let column = try table.column(name)
            return try Estimation(design: design).model(
                Regression(
                    formula, kind: kind, link: link,
                    response: kind == .ordinal || kind == .multinomial ? .answers(column) : .numbers(column),
                    variables: table))
        }
    }

    private static func test(_ model: ModelResult, _ label: String) throws -> TestResult {
        let terms = try model.terms(named: [label])
        return try TermTest.likelihoodRatio(
            deviances: (try model.deviance(without: [label]), model.deviance), covariance: terms.covariance,
            naive: terms.naiveCovariance, degreesOfFreedom: terms.degreesOfFreedom, terms: [label])
    }

    @Test func `margins and likelihood-ratio tests by answer equal those of R`() throws {
        let schools = try Schools()
        let reference = try ReferenceFolder.json("models-answers.json")["cases"].array
        #expect(reference.count == 3)
        for wanted in reference {
            let kind = try #require(Regression.Kind(rawValue: wanted["kind"].string ?? ""))
            let name = "\(kind) \(wanted["link"].string ?? "")"
            let model = try schools.fit(
                "level ~ " + (wanted["terms"].string ?? ""), kind,
                link: ModelLink(rawValue: wanted["link"].string ?? ""))
            for (place, row) in model.coefficients.enumerated() {
                // Derivatives by extrapolation keep about nine digits.
                #expect(
                    isClose(try #require(row.value), wanted["estimate"][place].double ?? .nan, tolerance: 1e-8),
                    "\(name)")
                #expect(
                    isClose(try #require(row.standardError), wanted["se"][place].double ?? .nan, tolerance: 1e-7),
                    "\(name)")
            }
            for addsSample in [false, true] {
                let margins = try Estimation(design: schools.design).margins(
                    of: "awards", in: model, addsSample: addsSample)
                let own = wanted["margins"]
                #expect(margins.categories == own["categories"].strings && margins.answers == own["answers"].strings)
                let covariance = own[addsSample ? "with_sample" : "covariance"]
                for row in margins.values.indices {
                    #expect(isClose(margins.values[row], own["values"][row].double ?? .nan, tolerance: 1e-8), "\(name)")
                    for column in margins.values.indices {
                        #expect(
                            isClose(
                                margins.covariance[row, column], covariance[row][column].double ?? .nan,
                                tolerance: 1e-7, scale: 1e-3), "\(name) \(row) \(column)")
                    }
                }
            }
            let test = try AnswerModelTests.test(model, "awards")
            #expect(isClose(test.statistic, wanted["lrt"]["statistic"].double ?? .nan, tolerance: 1e-8), "\(name)")
            #expect(test.df2 == wanted["lrt"]["df2"].double)
            #expect(isClose(test.p, wanted["lrt"]["p"].double ?? .nan, tolerance: 1e-6), "\(name)")
            guard let published = wanted["svyolr"]["p"].double else { continue }
            // The package's Hessian is numeric.
            #expect(isClose(test.p, published, tolerance: 1e-4), "\(name) svyolr")
        }
    }

    @Test(arguments: [Regression.Kind.ordinal, .multinomial])
    func `of two answers the margins and tests are those of the logistic model`(kind: Regression.Kind) throws {
        let schools = try Schools()
        let logistic = try schools.fit("hi700 ~ ell + stype", .logistic)
        let other = try schools.fit("hi700 ~ ell + stype", kind)
        let estimation = Estimation(design: schools.design)
        let margins = try [logistic, other].map { try estimation.margins(of: "stype", in: $0, addsSample: true) }
        for category in margins[0].categories.indices {
            let place = 2 * category + 1
            #expect(isClose(margins[1].values[place], margins[0].values[category], tolerance: 1e-10))
            #expect(isClose(margins[1].values[place - 1], 1 - margins[0].values[category], tolerance: 1e-10))
            let (a, b) = (margins[1].covariance[place, place], margins[0].covariance[category, category])
            #expect(isClose(a, b, tolerance: 1e-9))
        }
        let tests = try [logistic, other].map { try AnswerModelTests.test($0, "stype") }
        #expect(isClose(tests[1].statistic, tests[0].statistic, tolerance: 1e-9))
        #expect(isClose(try #require(tests[1].weights.first), try #require(tests[0].weights.first), tolerance: 1e-9))
    }
}
