internal import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Gives the members of a panel who answered a later wave the weight of the earlier one, and lets them stand for the others.
///
///     w₂ = w₁ · (response step among the members of the earlier wave)
///
/// Members are the rows of the earlier wave with a weight; they are joined by a key. The response step is that of
/// ``NonresponseAdjustment`` in cells, or of ``PropensityAdjustment``, with variables of the earlier wave, which are known of
/// everybody in it. A member without a row in the later wave did not respond.
///
/// - Shapes: one key and one weight a row of each wave; the result has one weight a row of the later wave.
/// - Missing: a row in use without a key, and a key that stands twice, are errors; so is a key that no member has, unless
///   newcomers get weight 0.
/// - Source: Lynn (2009), Methodology of Longitudinal Surveys; Documentation/Methods.md, "Weighting".
///   Checked: by hand, and R 4.2.2 `glm` and `merge`, Tests/Reference/panel.json.
public struct PanelAdjustment: Sendable, Equatable {
    /// What becomes of rows of the later wave that no member has.
    public enum Newcomers: String, Sendable, CaseIterable { case refuse, zero }

    /// The earlier wave of each later one; a wave that is none of them begins with its base weight.
    public var earlierOfWave: [String: String]
    /// The earlier wave of the wave that is weighted, once it is chosen.
    public var earlier: String?
    /// The column that names a person in both waves.
    public var key: String
    /// The weight of the earlier wave; nil for the weight of the same name as the one that is made.
    public var weight: String?
    /// The variables of the earlier wave whose crossing makes the cells; none means one cell.
    public var cells: [String]
    /// Predictors of the response that are categories, and numbers; with one of them there are no cells.
    public var categories: [String] = []
    public var numbers: [String] = []
    /// Quantile classes of the propensity; nil divides by the propensity itself.
    public var classCount: Int?
    /// The outcome of the later wave; nil if every row of it is an interview.
    public var outcome: String?
    public var classes: OutcomeMap
    public var rate: NonresponseAdjustment.Rate
    public var newcomers: Newcomers
    public var fewestRespondents = 20
    public var greatestFactor = 3.0

    public init(
        earlierOfWave: [String: String] = [:], earlier: String? = nil, key: String, weight: String? = nil,
        cells: [String] = [], outcome: String? = nil, classes: OutcomeMap = .aapor,
        rate: NonresponseAdjustment.Rate = .weighted, newcomers: Newcomers = .refuse
    ) {
        self.earlierOfWave = earlierOfWave
        self.earlier = earlier
        self.key = key
        self.weight = weight
        self.cells = cells
        self.outcome = outcome
        self.classes = classes
        self.rate = rate
        self.newcomers = newcomers
    }

    /// True where the response is modelled instead of put in cells.
    public var isModelled: Bool { !categories.isEmpty || !numbers.isEmpty }

    /// The columns of the earlier wave besides key and weight.
    public var memberColumns: [String] { cells + categories + numbers }

    /// What a step made.
    public struct Result: Sendable {
        /// One weight a row of the later wave.
        public let weights: [Double]
        /// The class of each row of the later wave; nil of rows that no member has.
        public let outcomes: [OutcomeClass?]
        /// Members of the earlier wave, and those among them who responded.
        public let members: Int
        public let respondents: Int
    }

    /// A name that no column of a file has.
    private static let outcomeName = "panel outcome"
    private static let codes: [OutcomeClass: UInt8] = [.respondent: 0, .nonRespondent: 1, .ineligible: 2, .unknown: 3]

    /// Makes the weights of a later wave; cautions are among the problems.
    ///
    /// - Parameters:
    ///   - keys: The key of each row of the later wave, nil where it is missing.
    ///   - isInUse: Which rows of the later wave take part: interviews, or issued cases where there are outcomes.
    ///   - classes: The class of each row in use; nil if all are respondents.
    ///   - members: The earlier wave.
    /// - Returns: One weight and one class a row of the later wave; no value where something does not fit.
    public func adjusted(
        keys: [String?], isInUse: [Bool], classes: [OutcomeClass?]?, members: PanelMembers
    ) -> Checked<Result> {
        precondition(keys.count == isInUse.count && classes.map { $0.count == keys.count } ?? true)
        let found = members.rowOfKey()
        var problems = found.problems
        let joined = join(keys, isInUse, found.rows, members, into: &problems)
        guard !problems.contains(where: { $0.severity == .error }) else {
            return Checked(value: nil, problems: problems)
        }
        var outcomes = [OutcomeClass](repeating: .nonRespondent, count: members.weights.count)
        for row in keys.indices {
            guard let member = joined[row] else { continue }
            outcomes[member] = classes.map { $0[row] ?? .nonRespondent } ?? .respondent
        }
        let made = responded(members, outcomes)
        problems += made.problems.map { members.placed($0) }
        guard let weightOfMember = made.value else { return Checked(value: nil, problems: problems) }
        var weights = [Double](repeating: 0, count: keys.count)
        var classOfRow = [OutcomeClass?](repeating: nil, count: keys.count)
        for row in keys.indices {
            guard let member = joined[row] else { continue }
            classOfRow[row] = outcomes[member]
            weights[row] =
                outcomes[member] == .respondent || outcomes[member] == .ineligible ? weightOfMember[member] : 0
        }
        let used = members.weights.indices.filter { members.weights[$0] > 0 }
        return Checked(
            value: Result(
                weights: weights, outcomes: classOfRow, members: used.count,
                respondents: used.count { outcomes[$0] == .respondent }), problems: problems)
    }

    /// The member of each row in use; what does not fit is reported by row, for keys may be private.
    private func join(
        _ keys: [String?], _ isInUse: [Bool], _ rowOfKey: [String: Int], _ members: PanelMembers,
        into problems: inout [Problem]
    ) -> [Int?] {
        var joined = [Int?](repeating: nil, count: keys.count)
        var firstRow: [Int: Int] = [:]
        var (nameless, twice, strangers): ([Int], [Int], [Int]) = ([], [], [])
        for row in keys.indices where isInUse[row] {
            guard let own = keys[row] else {
                nameless.append(row + 1)
                continue
            }
            guard let member = rowOfKey[own] else {
                strangers.append(row + 1)
                continue
            }
            if firstRow.updateValue(row, forKey: member) != nil { twice.append(row + 1) }
            joined[row] = member
        }
        if !nameless.isEmpty { problems.append(.panelWithoutKey(key, rows: nameless)) }
        if !twice.isEmpty { problems.append(.panelKeyTwice(key, rows: twice)) }
        if !strangers.isEmpty {
            problems.append(
                newcomers == .zero
                    ? .newcomersLeftOut(rows: strangers, earlier: members.wave)
                    : .newcomers(key, rows: strangers, earlier: members.wave))
        }
        return joined
    }

    /// The weights of the members after the response step.
    private func responded(_ members: PanelMembers, _ outcomes: [OutcomeClass]) -> Checked<[Double]> {
        let status = Column(
            name: PanelAdjustment.outcomeName, kind: .answers, dictionary: ["1", "2", "3", "4"],
            values: .bytes(outcomes.map { PanelAdjustment.codes[$0] ?? 3 }))
        var variables: [WeightingVariable] = []
        do throws(Problem) {
            variables.append(try WeightingVariable(status))
            for name in cells + categories {
                variables.append(
                    try WeightingVariable(members.table.column(name), questionnaire: members.questionnaire))
            }
            guard isModelled else {
                let step = NonresponseAdjustment(
                    cells: cells, outcome: PanelAdjustment.outcomeName, classes: .status, rate: rate,
                    fewestRespondents: fewestRespondents, greatestFactor: greatestFactor)
                let made = step.adjusted(members.weights, variables: variables)
                return Checked(value: made.value?.weights, problems: made.problems)
            }
            let step = PropensityAdjustment(
                outcome: PanelAdjustment.outcomeName, classes: .status, categories: categories, numbers: numbers,
                classCount: classCount, isWeighted: rate == .weighted, fewestRespondents: fewestRespondents,
                greatestFactor: greatestFactor)
            let columns = try numbers.map { (name) throws(Problem) in try members.table.column(name) }
            let made = step.adjusted(members.weights, variables: variables, columns: columns)
            return Checked(value: made.value?.weights, problems: made.problems)
        } catch { return Checked(value: nil, problems: [error]) }
    }
}

extension Problem {
    /// Rows without a key.
    static func panelWithoutKey(_ key: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.panel-without-key", .input, what: "\"\(key)\" is missing in \(rows.count) rows",
            place: Place(rows: rows, column: key), why: "each row of a panel is joined to the earlier wave by its key",
            fix: "fill in the rows, or leave them out of the interviews")
    }

    /// A key that stands twice in one wave.
    static func panelKeyTwice(_ key: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.panel-key-twice", .input, what: "\(rows.count) rows repeat the \"\(key)\" of a row before them",
            place: Place(rows: rows, column: key), why: "a key names one person of each wave",
            fix: "remove the repeated interviews, or correct their keys")
    }

    /// Rows of the later wave that no member of the earlier one has.
    static func newcomers(_ key: String, rows: [Int], earlier: String) -> Problem {
        Problem(
            "weighting.panel-newcomers", .input, what: "\(rows.count) rows belong to no member of wave \"\(earlier)\"",
            place: Place(rows: rows, column: key),
            why: "the weight of a panel is that of the earlier wave; a member has a row with a weight there",
            fix: "correct the keys, or give newcomers weight 0 with \"newcomers: zero\"")
    }

    /// Rows of the later wave that get weight 0.
    static func newcomersLeftOut(rows: [Int], earlier: String) -> Problem {
        Problem(
            "weighting.panel-newcomers-left-out", .finding, severity: .caution,
            what: "\(rows.count) rows get weight 0", place: Place(rows: rows),
            why: "they belong to no member of wave \"\(earlier)\", and the weight is one of the panel",
            fix: "weight them as a sample of their own, if they are one")
    }
}
