import SurveyEstimation
import SurveyProblems
import Testing

struct ModelFormulaTests {
    @Test func `sums, products and crossings become terms, those of fewer variables first`() throws {
        let formula = try ModelFormula(parsing: "y ~ a*b + C(c) + b:c + a")
        #expect(formula.terms.map(\.label) == ["a", "b", "C(c)", "a:b", "b:c"])
        #expect(formula.hasIntercept)
        #expect(formula.response == .variable("y"))
        #expect(formula.variables == ["a", "b", "c"])
    }

    @Test func `a minus takes a term or the intercept away`() throws {
        #expect(try ModelFormula(parsing: "y ~ a*b - a").terms.map(\.label) == ["b", "a:b"])
        for text in ["y ~ a - 1", "y ~ 0 + a", "y ~ -1 + a"] {
            #expect(try !ModelFormula(parsing: text).hasIntercept, "\(text)")
        }
        #expect(try ModelFormula(parsing: "y ~ 1").terms.isEmpty)
    }

    @Test func `brackets group, and a variable crossed with itself is itself`() throws {
        #expect(try ModelFormula(parsing: "y ~ (a + b):c + a:a").terms.map(\.label) == ["a", "a:c", "b:c"])
    }

    @Test func `a condition before the tilde stays as it is written`() throws {
        #expect(try ModelFormula(parsing: " q01 in [1, 2] ~ x").response == .condition("q01 in [1, 2]"))
        #expect(try ModelFormula(parsing: "name = 'a ~ b' ~ x").response == .condition("name = 'a ~ b'"))
        #expect(try ModelFormula(parsing: "`two words` ~ `gave[01]`").response == .variable("two words"))
        #expect(try ModelFormula(parsing: "доход ~ жас").terms.map(\.label) == ["жас"])
    }

    @Test func `an offset is no term`() throws {
        let formula = try ModelFormula(parsing: "y ~ a + offset(logtime)")
        #expect(formula.offsets == ["logtime"])
        #expect(formula.terms.map(\.label) == ["a"])
    }

    @Test(arguments: [
        ("y x", "estimation.formula-syntax", 4), ("y ~ a +", "estimation.formula-syntax", 8),
        ("y ~ a b", "estimation.formula-syntax", 7), ("y ~ log(a)", "estimation.formula-syntax", 5),
        ("y ~ C(a", "estimation.formula-syntax", 8), ("y ~ (a", "estimation.formula-syntax", 7),
        ("y ~ a ^ 2", "estimation.formula-syntax", 7), ("y ~ a*1", "estimation.formula-syntax", 8),
        ("y ~ `a", "estimation.formula-syntax", 5), ("y ~ ~ a", "estimation.formula-syntax", 5),
        (" ~ a", "estimation.formula-response", 1), ("y ~", "estimation.formula-syntax", 4),
        ("", "estimation.formula-syntax", 1), ("y ~ 3", "estimation.formula-syntax", 5),
    ])
    func `a wrong formula is told with its character`(text: String, code: String, position: Int) {
        #expect {
            try ModelFormula(parsing: text)
        } throws: { error in
            let problem = error as? Problem
            return problem?.code == code && problem?.place.position == position
        }
    }

    @Test func `a formula without any coefficient is refused`() {
        #expect { try ModelFormula(parsing: "y ~ 0") } throws: { ($0 as? Problem)?.code == "estimation.formula-empty" }
    }

    @Test func `formulas that would be too large are refused`() {
        let factors = (0..<12).map { "x\($0)" }
        let texts = [
            "y ~ " + factors.joined(separator: "*"), "y ~ " + String(repeating: "(", count: 100) + "a",
            "y ~ " + (0..<600).map { "x\($0)" }.joined(separator: "+"), String(repeating: "y", count: 50_000),
        ]
        for text in texts {
            #expect { try ModelFormula(parsing: text) } throws: {
                ($0 as? Problem)?.code == "estimation.formula-too-large"
            }
        }
    }
}
