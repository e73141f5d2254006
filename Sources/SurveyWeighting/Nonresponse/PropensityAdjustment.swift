public import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Divides the weights of respondents by their propensity to respond, from a logistic regression among eligible cases.
///
///     logit p = x'β,  Σ d x (r − p) = 0;      d ← d / p̂,  or in classes of p̂  d ← d · Σ eligible d / Σ respondents d
///
/// Classes part the eligible cases at quantiles of p̂, weighted by d: the first ends at the least p̂ at which a share 1/K of
/// the weight is reached, and so on. Without weights each case counts once, in the regression, the quantiles and the factors.
///
/// - Shapes: one weight a row in and out; non-respondents get 0, ineligible cases keep theirs.
/// - Missing: an eligible case without an outcome or a predictor is an error.
/// - Source: Rosenbaum and Rubin (1984); Little (1986); Documentation/Methods.md, "Weighting".
///   Checked: R 4.2.2 `glm`, Tests/Reference/weighting-steps.json.
public struct PropensityAdjustment: Sendable, Equatable {
    public var outcome: String
    public var classes: OutcomeMap
    /// Predictors that are categories: the first code is the base.
    public var categories: [String]
    /// Predictors that are numbers.
    public var numbers: [String]
    /// Quantile classes of the propensity; nil divides by the propensity itself.
    public var classCount: Int?
    /// Whether the regression, the classes and their factors count cases by their weight.
    public var isWeighted: Bool
    /// Classes with fewer respondents, and greater factors, are told and used as they are.
    public var fewestRespondents: Int
    public var greatestFactor: Double

    public init(
        outcome: String, classes: OutcomeMap, categories: [String], numbers: [String] = [], classCount: Int? = nil,
        isWeighted: Bool = true, fewestRespondents: Int = 20, greatestFactor: Double = 3
    ) {
        self.outcome = outcome
        self.classes = classes
        self.categories = categories
        self.numbers = numbers
        self.classCount = classCount
        self.isWeighted = isWeighted
        self.fewestRespondents = fewestRespondents
        self.greatestFactor = greatestFactor
    }

    /// The columns with codes that the step needs.
    public var columns: [String] { categories + [outcome] }

    /// What a step made.
    public struct Result: Sendable {
        public let weights: [Double]
        public let outcomes: [OutcomeClass?]
        /// The propensity of each eligible case; nil of others.
        public let propensities: [Double?]
        /// What replicates need to do the step again.
        public var record: AdjustmentRecord?
    }

    /// Adjusts the weights of issued cases; `columns` holds the numbers by their names.
    ///
    /// Cautions are among the problems.
    public func adjusted(
        _ weights: [Double], variables: [WeightingVariable], columns: [Column]
    ) -> Checked<Result> {
        let own = categories.compactMap { name in variables.first { $0.name == name } }
        guard own.count == categories.count, let status = variables.first(where: { $0.name == outcome }) else {
            preconditionFailure("one variable for each column of the step")
        }
        let (outcomes, unmapped) = NonresponseAdjustment(cells: [], outcome: outcome, classes: classes).outcomes(
            status, weights)
        var problems = unmapped
        let unknown = weights.indices.filter { weights[$0] != 0 && outcomes[$0] == .unknown }
        if !unknown.isEmpty { problems.append(.unknownEligibility(rows: unknown.map { $0 + 1 })) }
        // Only eligible cases take part.
        let eligible = weights.indices.map { row in
            outcomes[row] == .respondent || outcomes[row] == .nonRespondent ? weights[row] : 0
        }
        let groups = RowGroups(own, weights: eligible)
        problems += groups.problems
        let values = numbers.compactMap { name -> [Double]? in
            do throws(Problem) {
                return try PropensityAdjustment.numbers(name, columns, eligible)
            } catch {
                problems.append(error)
                return nil
            }
        }
        if let classCount, !(2...100).contains(classCount) { problems.append(.classCount(classCount)) }
        guard problems.isEmpty else { return Checked(value: nil, problems: problems) }
        guard weights.indices.contains(where: { eligible[$0] != 0 && outcomes[$0] == .respondent }) else {
            return Checked(value: nil, problems: [.noWeights()])
        }
        var model = PropensityModel(
            own, groups: groups, numbers: values, weights: eligible, isWeighted: isWeighted, classCount: classCount,
            isRespondent: { outcomes[$0] == .respondent })
        guard model.patterns.size <= PropensityPatterns.mostColumns else {
            return Checked(value: nil, problems: [.tooManyCoefficients(model.patterns.size)])
        }
        do throws(Problem) { try model.fit() } catch { return Checked(value: nil, problems: [error]) }
        return factored(weights, eligible, outcomes, model)
    }

    private func factored(
        _ weights: [Double], _ eligible: [Double], _ outcomes: [OutcomeClass?], _ model: PropensityModel
    ) -> Checked<Result> {
        var problems: [Problem] = []
        let propensities = weights.indices.map { eligible[$0] == 0 ? nil : model.propensity(at: $0) }
        var factors = [Double](repeating: 1, count: weights.count)
        if let classCount {
            let made = PropensityClasses(
                model.propensities, cases: model.cases, respondents: model.respondents, answered: model.answered,
                count: classCount)
            for (number, one) in made.classes.enumerated() {
                guard one.respondents > 0 else {
                    problems.append(.emptyClass(number + 1, low: one.low, high: one.high))
                    continue
                }
                if one.respondents < fewestRespondents || one.factor > greatestFactor {
                    problems.append(
                        .weakClass(
                            number + 1, respondents: one.respondents, fewest: fewestRespondents, factor: one.factor,
                            greatest: greatestFactor))
                }
            }
            guard !problems.contains(where: { $0.severity == .error }) else {
                return Checked(value: nil, problems: problems)
            }
            for row in factors.indices where eligible[row] != 0 {
                factors[row] = made.factor(at: Int(model.patternOfRow[row]))
            }
        } else {
            for row in factors.indices { if let own = propensities[row] { factors[row] = 1 / own } }
            let great = weights.indices.filter {
                eligible[$0] != 0 && outcomes[$0] == .respondent && factors[$0] > greatestFactor
            }
            if !great.isEmpty {
                problems.append(.greatFactors(rows: great.map { $0 + 1 }, greatest: greatestFactor))
            }
        }
        var result = weights
        for row in weights.indices where weights[row] != 0 {
            switch outcomes[row] {
            case .respondent?: result[row] *= factors[row]
            case .nonRespondent?: result[row] = 0
            case .ineligible?, .unknown?, nil: break
            }
        }
        var made = Result(weights: result, outcomes: outcomes, propensities: propensities)
        made.record = AdjustmentRecord(
            model, outcomes: outcomes, rate: isWeighted ? .weighted : .unweighted, before: weights)
        return Checked(value: made, problems: problems)
    }

    private static func numbers(
        _ name: String, _ columns: [Column], _ eligible: [Double]
    ) throws(Problem) -> [Double] {
        guard let column = columns.first(where: { $0.name == name }),
            case .numbers(let values, let kinds) = try column.asNumbers().values
        else { preconditionFailure("one column for each number of the step") }
        let missing = values.indices.filter {
            eligible[$0] != 0 && (!values[$0].isFinite || !kinds.isEmpty && kinds[$0] != 0)
        }
        guard missing.isEmpty else { throw .noCell(name, rows: missing.map { $0 + 1 }) }
        return values
    }
}

extension Problem {
    /// Cases of unknown eligibility in a regression among eligible ones.
    static func unknownEligibility(rows: [Int]) -> Problem {
        Problem(
            "weighting.unknown-eligibility", .input, what: "\(rows.count) cases of unknown eligibility are left",
            place: Place(rows: rows), why: "the propensity to respond is that of eligible cases; of these nobody knows",
            fix: "put a step \"eligibility\" before it")
    }

    /// A regression with more coefficients than can be solved for.
    static func tooManyCoefficients(_ count: Int) -> Problem {
        Problem(
            "weighting.too-many-coefficients", .computation,
            what: "The predictors of the propensity have too many categories",
            why: "the regression takes at most \(PropensityPatterns.mostColumns) coefficients; found \(count)",
            fix: "join small categories of the predictors, or leave one out")
    }

    /// A number of classes that makes none.
    static func classCount(_ count: Int) -> Problem {
        Problem(
            "weighting.class-count", .usage, what: "\(count) classes of the propensity cannot be made",
            why: "there are from 2 to 100 classes; found \(count)", fix: "ask for 5 classes")
    }

    /// A class of propensities in which nobody answered.
    static func emptyClass(_ number: Int, low: Double, high: Double) -> Problem {
        Problem(
            "weighting.empty-class", .computation, what: "Class \(number) of the propensity has no respondent",
            why:
                "respondents stand for the others of their class, with propensities from \(low.brief) to \(high.brief)",
            fix: "ask for fewer classes")
    }

    /// A class whose factor rests on few people, or is great.
    static func weakClass(
        _ number: Int, respondents: Int, fewest: Int, factor: Double, greatest: Double
    ) -> Problem {
        Problem(
            "weighting.weak-class", .finding, severity: .caution, what: "Class \(number) of the propensity is weak",
            why:
                "a class should have \(fewest) respondents and a factor up to \(greatest.brief); found \(respondents) and \(factor.brief)",
            fix: "ask for fewer classes, or trim the weights")
    }

    /// Respondents with a small propensity.
    static func greatFactors(rows: [Int], greatest: Double) -> Problem {
        Problem(
            "weighting.great-factors", .finding, severity: .caution,
            what: "\(rows.count) respondents get a factor above \(greatest.brief)", place: Place(rows: rows),
            why: "they are divided by a small propensity, which may be far from the true one",
            fix: "ask for classes of the propensity, or trim the weights")
    }
}
