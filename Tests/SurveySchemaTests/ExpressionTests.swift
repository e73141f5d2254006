import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

/// Names of every type.
struct SampleScope: ExpressionScope {
    private let types: [String: ValueType] = [
        "age": .number, "income": .number, "q": .answer(codes: ["1", "2", "-1", "07"]),
        "p": .answer(codes: ["1", "3"]),
        "level": .scale(codes: ["1", "2", "3", "4", "5"]), "region": .text, "home": .text, "met": .date, "left": .date,
        "channel": .set(codes: ["1", "x"]), "channel[1]": .truth, "gave": .truth, "жасы": .number, "not": .number,
        "age_group": .answer(codes: ["m17", "18-29", "60+"]), "two words": .number, "count": .number, "in": .number,
    ]

    func type(of name: String) -> ValueType? { types[name] }
    var names: [String] { types.keys.sorted() }
}

/// A text, what it parses to, and in which expectation.
struct ParsedCase: CustomTestStringConvertible, Sendable {
    let text: String
    let tree: String

    init(_ text: String, _ tree: String) {
        self.text = text
        self.tree = tree
    }

    var testDescription: String { text }
}

/// A text and what is wrong with it: `character code`.
struct WrongExpression: CustomTestStringConvertible, Sendable {
    let text: String
    let found: [String]

    init(_ text: String, _ found: String...) {
        self.text = text
        self.found = found
    }

    var testDescription: String { text }
}

struct ExpressionTests {
    static let parsed: [ParsedCase] = [
        .init("age >= 18", "(age >= 18)"),
        .init("18 <= age", "(age >= 18)"),
        .init("age = 1 or age = 2 and not age = 3", "or((age = 1) and((age = 2) not((age = 3))))"),
        .init("(age = 1 or age = 2) and age = 3", "and(or((age = 1) (age = 2)) (age = 3))"),
        .init("age + 2 * income - 1 > 0", "(((age + (2 * income)) - 1) > 0)"),
        .init("(age + 2) * income / 4 < -3.5e2", "((((age + 2) * income) / 4) < -350)"),
        .init("-age < --1", "((0 - age) < 1)"),
        .init("q = 1", "q in {1}"),
        .init("q = \"1\"", "q in {1}"),
        .init("1 = q", "q in {1}"),
        .init("q = -1", "q in {-1}"),
        .init("q = 07", "q in {07}"),
        .init("q != 2", "q not in {2}"),
        .init("q in [1, \"07\", -1]", "q in {1 07 -1}"),
        .init("q not in [1]", "q not in {1}"),
        .init("q = p", "(q = p)"),
        .init(
            "age_group = \"18-29\" or age_group in [\"m17\", '60+']", "or(age_group in {18-29} age_group in {m17 60+})"),
        .init("region = \"07\"", "region in {07}"),
        .init("region in [\"75\", \"71\"]", "region in {75 71}"),
        .init("region != home", "(region != home)"),
        .init("region = \"say \"\"yes\"\"\"", "region in {say \"yes\"}"),
        .init("level >= 4", "(level >= 4)"),
        .init("level = 4", "level in {4}"),
        .init("level + 1 = age", "((level + 1) = age)"),
        .init("level = age", "(level = age)"),
        .init("level in [1, 2]", "level in {1 2}"),
        .init("age in [18, 19]", "or((age = 18) (age = 19))"),
        .init("age not in [18, 19]", "not(or((age = 18) (age = 19)))"),
        .init("met >= \"2023-05-01\"", "(met >= 19478)"),
        .init("\"1970-01-02\" > met", "(met < 1)"),
        .init("met in [\"1970-01-01\"]", "or((met = 0))"),
        .init("met < left", "(met < left)"),
        .init("left - met > 30", "((left - met) > 30)"),
        .init("channel has 1", "channel has {1}"),
        .init("channel has [1, \"x\"]", "channel has {1 x}"),
        .init("channel[1] and not gave", "and(channel[1] not(gave))"),
        .init("`channel[1]` = 0 or gave = true", "or(not(channel[1]) gave)"),
        .init("missing(q) or asked(channel) or answered(age)", "or(missing(q) asked(channel) answered(age))"),
        .init("count(q = 1, gave, age > 3) >= 2", "(count(q in {1} gave (age > 3)) >= 2)"),
        .init("any(q = 1, gave)", "any(q in {1} gave)"),
        .init(
            "`two words` > 1 and `not` > 2 and жасы > 3 and count > 4",
            "and((two words > 1) (not > 2) (жасы > 3) (count > 4))"),
        .init("true and not false", "and(true not(false))"),
        .init("age", "age"),
        .init("level", "level"),
        .init("income / age", "(income / age)"),
        .init("gave", "gave"),
        .init("  \n age\t> 1\n", "(age > 1)"),
        .init("age > .5", "(age > 0.5)"),
    ]

    @Test(arguments: parsed) func `a text is parsed with its precedence, types and codes`(_ sample: ParsedCase) throws {
        let expression = try Expression(parsing: sample.text, in: SampleScope())
        #expect(expression.root.shown == sample.tree)
        #expect(expression.source == sample.text)
    }

    static let wrong: [WrongExpression] = [
        .init("", "1 schema.expression-operand"),
        .init("age > ", "7 schema.expression-operand"),
        .init("age == 1", "5 schema.expression-sign"),
        .init("age > 1 && age < 2", "9 schema.expression-sign"),
        .init("age <> 1", "5 schema.expression-sign"),
        .init("!gave", "1 schema.expression-sign"),
        .init("age ≥ 1", "5 schema.expression-sign"),
        .init("age % 2", "5 schema.expression-character"),
        .init("age > 1 AND gave", "9 schema.expression-expected"),
        .init("age > 1 age", "9 schema.expression-expected"),
        .init("1 < age < 5", "9 schema.expression-expected"),
        .init("(age > 1", "9 schema.expression-expected"),
        .init("age > 1)", "8 schema.expression-expected"),
        .init("age in 1", "8 schema.expression-expected"),
        .init("age in []", "9 schema.expression-operand"),
        .init("age in [1, 2", "13 schema.expression-expected"),
        .init("age > 1.2.3", "7 schema.expression-number"),
        .init("age > 12a", "7 schema.expression-number"),
        .init("region = \"07", "10 schema.expression-open"),
        .init("`two words > 1", "1 schema.expression-open"),
        .init("`` > 1", "1 schema.expression-character"),
        .init("system(\"rm\")", "1 schema.unknown-function"),
        .init("missing()", "9 schema.expression-operand"),
        .init("missing(age + 1)", "1 schema.needs-one-name"),
        .init("missing(age, q)", "1 schema.needs-one-name"),
        .init("agge > 1 or incom < 2", "1 schema.unknown-name", "13 schema.unknown-name"),
        .init("nothing > 1 or nothing < 2", "1 schema.unknown-name"),
        .init("missing(agge)", "9 schema.unknown-name"),
        .init("q in [1, 7]", "10 schema.unknown-answer"),
        .init("q = 3", "5 schema.unknown-answer"),
        .init("q = 7.0", "5 schema.unknown-answer"),
        .init("level = 9", "9 schema.unknown-answer"),
        .init("channel has 2", "13 schema.unknown-answer"),
        .init("channel = 1", "1 schema.set-needs-has"),
        .init("channel in [1]", "1 schema.set-needs-has"),
        .init("q has 1", "1 schema.not-a-set"),
        .init("age + 1 has 1", "1 schema.not-a-set"),
        .init("q < 2", "1 schema.no-order"),
        .init("region > \"a\"", "1 schema.no-order"),
        .init("2 > q", "5 schema.no-order"),
        .init("age_group = m17", "13 schema.unquoted-code"),
        .init("age_group in [m17]", "15 schema.unquoted-code"),
        .init("region = 07", "1 schema.not-comparable"),
        .init("age = \"18\"", "1 schema.not-comparable"),
        .init("age = met", "1 schema.not-comparable"),
        .init("met > 5", "1 schema.not-comparable"),
        .init("met = \"2023-02-29\"", "7 schema.not-a-date"),
        .init("met = \"1.5.2023\"", "7 schema.not-a-date"),
        .init("gave = 2", "1 schema.not-comparable"),
        .init("\"a\" = \"a\"", "1 schema.not-comparable"),
        .init("q = age", "1 schema.not-comparable"),
        .init("q + 1 > 2", "1 schema.not-numeric"),
        .init("met + 1 > 2", "1 schema.not-numeric"),
        .init("age and gave", "1 schema.not-a-condition"),
        .init("not age", "5 schema.not-a-condition"),
        .init("q", "1 schema.not-a-condition"),
        .init("count(age)", "7 schema.not-a-condition"),
        .init("age in [income]", "9 schema.not-a-constant"),
        .init("жасы > 1 және q = 1", "10 schema.expression-expected"),
        .init("\"ә\" = жасы or region = \"Қ\" or zz = 1", "1 schema.not-comparable", "31 schema.unknown-name"),
    ]

    @Test(arguments: wrong) func `everything wrong is reported at its character`(_ sample: WrongExpression) {
        let checked = Expression.checked(sample.text, in: SampleScope())
        #expect(checked.problems.map { "\($0.place.position ?? 0) \($0.code)" } == sample.found)
        #expect(checked.value == nil)
    }

    @Test func `an unknown answer lists those allowed`() throws {
        let problem = #expect(throws: Problem.self) { try Expression(parsing: "q in [1, 7]", in: SampleScope()) }
        #expect(problem?.why.description == "its answers are 1, 2, -1, 07; found 7")
        #expect(problem?.place.variable == "q")
    }

    @Test func `the double sign is refused with advice, a keyword in capitals with the keyword`() throws {
        let double = #expect(throws: Problem.self) { try Expression(parsing: "age == 1", in: SampleScope()) }
        #expect(double?.fix.description == "write =")
        let capitals = #expect(throws: Problem.self) { try Expression(parsing: "gave AND gave", in: SampleScope()) }
        #expect(capitals?.fix.description == "write and")
        let near = #expect(throws: Problem.self) { try Expression(parsing: "incme > 1", in: SampleScope()) }
        #expect(near?.fix.values == ["income"])
    }

    @Test func `a condition and a number are told apart where one is expected`() throws {
        let scope = SampleScope()
        #expect(throws: Problem.self) { try Expression(parsing: "age", in: scope, expecting: .truth) }
        #expect(throws: Problem.self) { try Expression(parsing: "age > 1", in: scope, expecting: .number) }
        #expect(throws: Problem.self) { try Expression(parsing: "met", in: scope, expecting: .number) }
        #expect(try Expression(parsing: "level * 2", in: scope, expecting: .number).root.shown == "(level * 2)")
        #expect(try Expression(parsing: "gave", in: scope, expecting: .truth).root.shown == "gave")
    }

    @Test func `the names of an expression are listed once, in order`() throws {
        let text = "q = 1 or missing(income) or count(channel has 1, q = 2) > age or region = home"
        #expect(
            try Expression(parsing: text, in: SampleScope()).names == [
                "q", "income", "channel", "age", "region", "home",
            ])
    }

    @Test func `depth, height and length are bounded`() {
        let scope = SampleScope()
        func code(_ text: String) -> String? { Expression.checked(text, in: scope).problems.first?.code }
        func brackets(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "gave" + String(repeating: ")", count: depth)
        }
        #expect(code(brackets(64)) == nil)
        #expect(code(brackets(65)) == "schema.expression-size")
        #expect(code(String(repeating: "not ", count: 65) + "gave") == "schema.expression-size")
        #expect(code(String(repeating: "-", count: 65) + "1 > age") == "schema.expression-size")
        #expect(code("age" + String(repeating: " + age", count: 200) + " > 1") == nil)
        #expect(code("age" + String(repeating: " + age", count: 1_000) + " > 1") == "schema.expression-size")
        #expect(code("gave" + String(repeating: " or gave", count: 1_200)) == nil)
        #expect(code(String(repeating: " ", count: 10_001)) == "schema.expression-size")
        #expect(code(String(repeating: "ә", count: 10_001)) == "schema.expression-size")
        #expect(code(String(repeating: "(", count: 1_000_000)) == "schema.expression-size")
    }

    @Test func `random token soup never traps and always gives a value or a problem`() {
        let tokens = [
            "age", "q", "level", "region", "met", "channel", "gave", "zz", "`two words`", "1", "07", "-1", "2.5",
            "1e999",
            "\"07\"", "'x'", "\"2023-05-01\"", "\"", "`", "(", ")", "[", "]", ",", "+", "-", "*", "/", "=", "!=", "<",
            ">=",
            "==", "!", "and", "or", "not", "in", "has", "missing", "missing(", "count(", "any(", "true", "false", "ә",
            "\u{0}",
            "channel[1]", "q[", "🏔️", "e\u{301}", ".", "..", "in[1", "has[",
        ]
        var random = SeededGenerator(seed: 20_240_601)
        for _ in 0..<20_000 {
            let text = (0..<random.below(14)).map { _ in tokens[random.below(tokens.count)] }
                .joined(separator: random.below(3) == 0 ? "" : " ")
            let checked = Expression.checked(text, in: SampleScope())
            #expect((checked.value == nil) == !checked.problems.isEmpty)
            let length = text.unicodeScalars.count
            #expect(checked.problems.allSatisfy { (1...length + 1).contains($0.place.position ?? 0) })
        }
    }

    @Test func `random characters never trap`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<5_000 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<random.below(40)).compactMap { _ in
                        Unicode.Scalar(random.below(4) == 0 ? random.below(0x1_1000) : random.below(128))
                    }))
            _ = Expression.checked(text, in: SampleScope())
        }
    }
}

extension ExpressionNode {
    /// The tree in one line, for comparing.
    fileprivate var shown: String {
        func all(_ nodes: [ExpressionNode]) -> String { nodes.map(\.shown).joined(separator: " ") }
        switch self {
        case .truth(let value): return String(value)
        case .number(let value): return JSONText.shortest(value)
        case .name(let name, _): return name
        case .not(let node): return "not(\(node.shown))"
        case .and(let nodes): return "and(\(all(nodes)))"
        case .or(let nodes): return "or(\(all(nodes)))"
        case .compare(let comparison, let left, let right):
            return "(\(left.shown) \(comparison.rawValue) \(right.shown))"
        case .member(let name, let codes, let negated):
            return "\(name)\(negated ? " not" : "") in {\(codes.joined(separator: " "))}"
        case .has(let name, let codes): return "\(name) has {\(codes.joined(separator: " "))}"
        case .missing(let name): return "missing(\(name))"
        case .asked(let name): return "asked(\(name))"
        case .answered(let name): return "answered(\(name))"
        case .arithmetic(let arithmetic, let left, let right):
            return "(\(left.shown) \(arithmetic.rawValue) \(right.shown))"
        case .count(let nodes): return "count(\(all(nodes)))"
        case .any(let nodes): return "any(\(all(nodes)))"
        }
    }
}
