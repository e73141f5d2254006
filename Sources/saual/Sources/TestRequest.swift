internal import SurveyData
internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema
internal import SurveyWeighting

/// What `saual test` is asked for, in names, in the order given.
struct TestRequest {
    /// A number, or answers whose share is meant.
    struct Tested: Hashable {
        let name: String
        let answers: [String]?
    }

    enum Test: Hashable {
        case independence(String, String)
        case groups(Tested, by: String)
        case value(String, Double)
        case paired(String, String)
        case rank(String, by: String)
        case fit(String, [Double])
        case pairwise(Tested, by: String)
        case trend(Tested, over: String)
        /// Over several sources.
        case waves(Tested)
    }

    let tests: [Test]
    let statistic: IndependenceStatistic
    let score: RankScore
    let ties: RankTies
    /// nil where it was not asked for: then pairs and the items of a set are adjusted by Holm, and nothing else is.
    let adjustment: MultipleComparisons?

    init(_ call: Call) throws(Problem) {
        var tests: [Test] = []
        for (name, value) in call.given {
            switch name {
            case "independence":
                let pair = try TestRequest.pair(value, option: name)
                tests.append(.independence(pair.0, pair.1))
            case "paired":
                let pair = try TestRequest.pair(value, option: name)
                tests.append(.paired(pair.0, pair.1))
            case "ttest" where !value.contains("~"):
                guard let (variable, text) = TestRequest.split(value, at: "="), let number = Double(text),
                    number.isFinite
                else { throw .wrongTest(value, option: name, form: "Y~G, Y=5") }
                tests.append(.value(try NameList.one(variable, option: name), number))
            case "trend" where call.operands.count > 1 && !value.contains("~"):
                tests.append(.waves(try TestRequest.tested(value, option: name)))
            case "ttest", "pairwise", "trend", "rank":
                let (tested, group) = try TestRequest.formula(value, option: name)
                switch name {
                case "ttest": tests.append(.groups(tested, by: group))
                case "pairwise": tests.append(.pairwise(tested, by: group))
                case "trend": tests.append(.trend(tested, over: group))
                default:
                    guard tested.answers == nil else { throw .wrongTest(value, option: name, form: "Y~G") }
                    tests.append(.rank(tested.name, by: group))
                }
            case "fit":
                guard let (variable, text) = TestRequest.split(value, at: "=") else {
                    throw .wrongTest(value, option: name, form: "V=0.2,0.3,0.5")
                }
                var shares: [Double] = []
                for word in try NameList.split(text, option: name) {
                    guard let share = Double(word), share.isFinite else { throw .notANumber(word, option: name) }
                    shares.append(share)
                }
                tests.append(.fit(try NameList.one(variable, option: name), shares))
            default: break
            }
        }
        guard !tests.isEmpty else { throw .noTestAsked() }
        self.tests = tests.uniqued
        statistic = try call.choice("statistic", of: IndependenceStatistic.self) ?? .f
        score = try call.choice("score", of: RankScore.self) ?? .wilcoxon
        ties = try call.choice("rank-ties", of: RankTies.self) ?? (call.has("conform") ? .rowOrder : .orderFree)
        adjustment = try call.choice("adjust", of: MultipleComparisons.self)
        // An option is obeyed or refused.
        for (option, owner) in [("statistic", "independence"), ("score", "rank"), ("rank-ties", "rank")]
        where call.has(option) && !call.has(owner) { throw .optionOfAnother(option, owner: owner) }
        if adjustment != nil, self.tests.count < 2, !call.has("pairwise"), !call.has("independence") {
            throw .optionOfAnother("adjust", owner: "pairwise")
        }
    }

    private static func split(_ text: String, at sign: Character) -> (String, String)? {
        guard let place = text.lastIndex(of: sign) else { return nil }
        let (left, right) = (String(text[..<place]), String(text[text.index(after: place)...]))
        return left.isEmpty || right.isEmpty ? nil : (left, right)
    }

    private static func pair(_ value: String, option: String) throws(Problem) -> (String, String) {
        let names = try NameList.split(value, option: option)
        guard names.count == 2 else { throw .wrongTest(value, option: option, form: "A,B") }
        return (names[0], names[1])
    }

    /// `Y~G`, `Y=1,2~G`.
    private static func formula(_ value: String, option: String) throws(Problem) -> (Tested, String) {
        guard let (left, right) = split(value, at: "~") else { throw .wrongTest(value, option: option, form: "Y~G") }
        return (try tested(left, option: option), try NameList.one(right, option: option))
    }

    /// `Y`, `Y=1,2`.
    private static func tested(_ text: String, option: String) throws(Problem) -> Tested {
        guard !text.hasSuffix("`"), let (variable, answers) = split(text, at: "=") else {
            return Tested(name: try NameList.one(text, option: option), answers: nil)
        }
        return Tested(
            name: try NameList.one(variable, option: option), answers: try NameList.split(answers, option: option))
    }

    /// Every column that the tests use, by how it is used.
    func roles(_ call: Call, weighting: CallWeighting?) -> AnalysisSource.Roles {
        var roles = AnalysisSource.Roles(
            numbers: [], answers: weighting?.targets.variables ?? [], condition: call.value("where"))
        func add(_ tested: Tested) {
            if tested.answers == nil { roles.numbers.append(tested.name) } else { roles.answers.append(tested.name) }
        }
        for test in tests {
            switch test {
            case .independence(let first, let second): roles.answers += [first, second]
            case .groups(let tested, let group), .pairwise(let tested, let group), .trend(let tested, let group):
                add(tested)
                roles.answers.append(group)
            case .waves(let tested): add(tested)
            case .value(let name, _): roles.numbers.append(name)
            case .paired(let first, let second): roles.numbers += [first, second]
            case .rank(let name, let group):
                roles.numbers.append(name)
                roles.answers.append(group)
            case .fit(let name, _): roles.answers.append(name)
            }
        }
        return roles
    }

    /// The results, each with whether it estimates a share.
    func results(
        _ estimation: Estimation, _ source: AnalysisSource
    ) throws(Problem) -> [(test: TestResult, isShare: Bool)] {
        var found: [(test: TestResult, isShare: Bool)] = []
        // What is adjusted together by an explicit --adjust: all that is no comparison of pairs.
        var single: [Int] = []
        for test in tests {
            switch test {
            case .pairwise(let tested, let group):
                let all = try estimation.pairwise(
                    of: try variable(tested, source), by: try source.groups(group), adjustment: adjustment ?? .holm,
                    where: source.domain)
                found += all.map { ($0, tested.answers != nil) }
            case .independence(let first, let second):
                let start = found.count
                let (left, right) = (try sides(first, source), try sides(second, source))
                for one in left {
                    for other in right {
                        found.append(
                            (
                                try estimation.independence(
                                    of: one, and: other, statistic: statistic, where: source.domain), false
                            ))
                    }
                }
                if found.count - start > 1, adjustment == nil {
                    adjust(&found, Array(start..<found.count), by: .holm)
                } else {
                    single += start..<found.count
                }
            case .groups(let tested, let group):
                single.append(found.count)
                found.append(
                    (
                        try estimation.tTest(
                            of: try variable(tested, source), by: try source.groups(group), where: source.domain),
                        tested.answers != nil
                    ))
            case .trend(let tested, let group):
                single.append(found.count)
                found.append(
                    (
                        try estimation.trend(
                            of: try variable(tested, source), over: try source.groups(group), where: source.domain),
                        tested.answers != nil
                    ))
            // Needs several sources, and is answered by `TestCommand+Waves.swift`.
            case .waves: break
            case .value(let name, let value):
                single.append(found.count)
                found.append(
                    (
                        try estimation.tTest(
                            of: TestedVariable(try source.number(name)), value: value, where: source.domain), false
                    ))
            case .paired(let first, let second):
                single.append(found.count)
                found.append(
                    (
                        try estimation.pairedTTest(
                            of: try source.number(first), and: try source.number(second), where: source.domain), false
                    ))
            case .rank(let name, let group):
                single.append(found.count)
                found.append(
                    (
                        try estimation.rankTest(
                            of: try source.number(name), by: try source.groups(group), score: score, ties: ties,
                            where: source.domain), false
                    ))
            case .fit(let name, let shares):
                single.append(found.count)
                found.append(
                    (try estimation.fit(of: try source.groups(name), to: shares, where: source.domain), false))
            }
        }
        if let adjustment { adjust(&found, single, by: adjustment) }
        return found
    }

    private func adjust(
        _ found: inout [(test: TestResult, isShare: Bool)], _ positions: [Int], by adjustment: MultipleComparisons
    ) {
        guard positions.count > 1 else { return }
        for (position, p) in zip(positions, adjustment.adjusted(positions.map { found[$0].test.p })) {
            found[position].test.adjustedP = p
        }
    }

    /// A variable, or each item of a multiple-response set: people are tested, not mentions.
    private func sides(_ name: String, _ source: AnalysisSource) throws(Problem) -> [Column] {
        let column = try source.answers(name)
        guard column.kind == .set, let question = source.questionnaire?.question(name),
            case .bytes(let answered) = column.values
        else { return [try source.groups(name)] }
        var sides: [Column] = []
        for item in try source.items(of: question) {
            guard case .bytes(let chosen) = item.values else { continue }
            sides.append(
                Column(
                    name: item.name, kind: .answers, dictionary: ["0", "1"],
                    values: .bytes(zip(answered, chosen).map { $0 < MissingKind.lowest ? ($1 == 1 ? 1 : 0) : $0 })))
        }
        return sides
    }

    func variable(_ tested: Tested, _ source: AnalysisSource) throws(Problem) -> TestedVariable {
        guard let answers = tested.answers else { return TestedVariable(try source.number(tested.name)) }
        let column = try source.groups(tested.name)
        var indexes: [Int] = []
        for code in answers {
            guard let index = column.dictionary.firstIndex(of: code) else {
                throw .unknownAnswer(code, of: tested.name, known: column.dictionary)
            }
            indexes.append(index)
        }
        return TestedVariable(column, answers: indexes.uniqued)
    }
}

extension Problem {
    static func noTestAsked() -> Problem {
        Problem(
            "command.no-test-asked", .usage, what: "No test is asked for",
            why:
                "\"saual test\" needs at least one of --independence, --ttest, --paired, --rank, --fit, --pairwise, --trend",
            fix: "add, for example, --independence q1,region")
    }

    static func wrongTest(_ value: String, option: String, form: String) -> Problem {
        Problem(
            "command.wrong-test", .usage, what: "\"\(value)\" cannot be read for --\(option)",
            why: "--\(option) is written \(form); found \"\(value)\"",
            fix: "write it so, a name with other signs in backquotes")
    }

    static func optionOfAnother(_ option: String, owner: String) -> Problem {
        Problem(
            "command.option-of-another", .usage, what: "--\(option) has nothing to act on",
            why: "--\(option) goes with --\(owner), which is not asked for", fix: "add --\(owner), or drop --\(option)")
    }
}
