import SurveyData
import SurveyDesign
import SurveyMath
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

@testable import SurveyEstimation

struct EqualRowsTests {
    /// Interviews with a whole number of children, and half of it: the halves are not whole, so their rows stay apart.
    private struct Interviews {
        let sample = TestSample(seed: 21, strata: 5, perStratum: 4, largest: 60)
        let children: [Double?]
        let table: Table

        init() {
            var generator = SeededGenerator(seed: 22)
            let (count, q) = (sample.rowCount, sample.q)
            children = (0..<count).map { _ in generator.uniform() < 0.05 ? nil : Double(generator.below(5)) - 1 }
            let yes = zip(children, q).map { number, answer -> Double? in
                number.map { generator.uniform() < 0.3 + 0.1 * $0 + 0.1 * Double(answer % 3) ? 1 : 0 }
            }
            let visits = children.map { number -> Double? in number.map { 2 + $0 + Double(generator.below(3)) } }
            let level = children.map { number -> String in
                number.map { ["low", "middle", "top"][min(2, generator.below(3) + ($0 > 1 ? 1 : 0))] } ?? ""
            }
            table = Table(
                rowCount: count,
                columns: [
                    TestSample.number("children", children),
                    TestSample.number("halves", children.map { $0.map { $0 / 2 } }),
                    TestSample.number("yes", yes), TestSample.number("visits", visits),
                    Column(
                        name: "level", codes: ["low", "middle", "top"],
                        answers: level.map { answer in
                            ["low", "middle", "top"].firstIndex(of: answer).map { UInt8($0) }
                                ?? MissingKind.dontKnow.rawValue
                        }),
                    sample.qColumn, sample.groupColumn,
                ])
        }

        func regression(_ text: String, _ kind: Regression.Kind) throws -> Regression {
            let formula = try ModelFormula(parsing: text)
            guard case .variable(let name) = formula.response else { throw NotSupported("condition") }
            let column = try table.column(name)
            return Regression(
                formula, kind: kind, response: kind.family == nil ? .answers(column) : .numbers(column),
                variables: table)
        }
    }

    private static let models: [(response: String, kind: Regression.Kind)] = [
        ("visits", .linear), ("yes", .logistic), ("visits", .poisson), ("visits", .gamma), ("level", .ordinal),
        ("level", .multinomial),
    ]

    @Test(arguments: 0..<6, [false, true])
    func `a model of equal rows is the model of all rows`(model: Int, isReplicated: Bool) throws {
        let interviews = Interviews()
        let design = try isReplicated ? interviews.sample.replicated(.jkn) : interviews.sample.design()
        let (response, kind) = EqualRowsTests.models[model]
        let whole = try interviews.regression("\(response) ~ children*group + q", kind)
        let halves = try interviews.regression("\(response) ~ halves*group + q", kind)
        let estimation = Estimation(design: design)
        let domain = Truth(interviews.sample.groups.map { $0 != "west" })
        #expect(try RegressionRows(whole, design: design, domain: nil, missing: .domain).equal != nil)
        #expect(try RegressionRows(halves, design: design, domain: nil, missing: .domain).equal == nil)
        for domain in [nil, domain] {
            let (first, second) = (
                try estimation.model(whole, where: domain), try estimation.model(halves, where: domain)
            )
            #expect(first.n == second.n && first.incomplete == second.incomplete)
            #expect(isClose(first.deviance, second.deviance, tolerance: 1e-12))
            for (a, b) in [
                (first.nullDeviance, second.nullDeviance), (first.dispersion, second.dispersion),
                (first.criterion?.value, second.criterion?.value),
            ] { #expect(isClose(a ?? 0, b ?? 0, tolerance: 1e-12)) }
            for (a, b) in zip(first.coefficients, second.coefficients) {
                // Halving is exact, and so is the double slope.
                let factor = a.term.contains("children") ? 0.5 : 1
                #expect(isClose(try #require(a.value), factor * (try #require(b.value)), tolerance: 1e-12, scale: 1))
                #expect(
                    isClose(try #require(a.standardError), factor * (try #require(b.standardError)), tolerance: 1e-12))
            }
            if let model = first.generalized {
                let (weights, starts) = (design.weights, design.unitStarts)
                let added = try model.influences(weights: weights).map { SampleVariance.added($0, starts) }
                for (sums, own) in zip(added, try model.unitSums(weights: weights, starts: starts)) {
                    for (a, b) in zip(sums, own) { #expect(isClose(a, b, tolerance: 1e-12, scale: 1e-2)) }
                }
            }
            guard let fitted = first.fitted, let others = second.fitted else { continue }
            #expect(fitted.map(\.row) == others.map(\.row))
            for (a, b) in zip(fitted, others) { #expect(isClose(a.mean, b.mean, tolerance: 1e-12)) }
            let margins = try [first, second].map { try estimation.margins(of: "q", in: $0, addsSample: true) }
            for place in margins[0].values.indices {
                #expect(isClose(margins[0].values[place], margins[1].values[place], tolerance: 1e-12))
                let (a, b) = (margins[0].covariance[place, place], margins[1].covariance[place, place])
                #expect(isClose(a, b, tolerance: 1e-12))
            }
        }
    }

    @Test func `kinds are what a dictionary of the rows gives`() throws {
        var generator = SeededGenerator(seed: 5)
        let count = 500
        let numbers = (0..<count).map { _ in generator.uniform() < 0.1 ? Double.nan : Double(generator.below(4)) - 2e9 }
        let codes = (0..<count).map { _ in UInt16(generator.below(4)) }
        let isComplete = (0..<count).map { numbers[$0].isFinite && codes[$0] < 3 }
        let rows = (0..<count).filter { isComplete[$0] }.reversed().map { UInt32($0) }
        let equal = try #require(
            EqualRows(
                [.numbers(numbers), .categories(codes, labels: ["a", "b", "c"])], isComplete: isComplete, rows: rows))
        var kinds: [String: UInt32] = [:]
        for (place, row) in rows.enumerated() {
            let name = "\(numbers[Int(row)]) \(codes[Int(row)])"
            let kind = kinds[name] ?? UInt32(kinds.count)
            if kinds[name] == nil { #expect(equal.representatives[Int(kind)] == row) }
            kinds[name] = kind
            #expect(equal.numbers[place] == kind)
        }
        #expect(equal.representatives.count == kinds.count)
    }

    @Test(arguments: [
        [0.5, 1, 2, 3], [0, 1e-20, 1, 1], [0, 1, 2, 1e17], [0, 0, 0, .greatestFiniteMagnitude], [0, 1, 2, 1e6],
        [0, 1, 2, 3],
    ])
    func `rows that have little in common stay apart`(numbers: [Double]) {
        #expect(
            EqualRows([.numbers(numbers)], isComplete: [true, true, true, true], rows: [0, 1, 2, 3]) == nil)
    }
}
