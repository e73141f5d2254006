/// A step that is no fit, as far as replicates need it to do it again on their own sums: who stands for whom.
///
/// Rows fall into groups in which they have one factor; the factors follow from sums over the groups. Counts of rows are sums
/// too, in which a row of a replicate counts as often as the replicate has it.
///
/// - Source: Documentation/Methods.md, "Weighting" and "Replicates".
public struct AdjustmentRecord: Sendable, Equatable {
    /// How factors follow from sums.
    public enum Rule: Sendable, Equatable {
        /// Respondents stand for the others of their cell; groups are cells × classes.
        case nonresponse
        /// Known cases stand for the unknown ones of their cell; groups are cells × classes.
        case eligibility
        /// Respondents are divided by their propensity; groups are patterns × (respondents, others). The coefficients are
        /// those of the full sample.
        case propensity(PropensityPatterns, coefficients: [Double])
        /// Samples have shares by their rows, or by their effective rows.
        case rows, effectiveRows
        /// Groups are scaled to a total; nil is their number of rows.
        case scaling(total: Double?)
    }

    /// What is added up by group.
    public enum Addend: Sendable, Equatable {
        /// The rows themselves.
        case rows
        case weights
        case squaredWeights
    }

    public let rule: Rule
    /// The group of each row, ``groupCount`` for rows that the step leaves alone.
    ///
    /// Groups of a rule with classes are cell × classes + the position of the class.
    public let groupOfRow: [UInt32]
    public let cellCount: Int
    public let rate: NonresponseAdjustment.Rate
    /// The weight of each row before the step.
    public let before: [Double]
    /// How many of the recorded fits came before it.
    public var fitsBefore = 0

    public init(
        rule: Rule = .nonresponse, groupOfRow: [UInt32], cellCount: Int,
        rate: NonresponseAdjustment.Rate = .weighted, before: [Double]
    ) {
        self.rule = rule
        self.groupOfRow = groupOfRow
        self.cellCount = cellCount
        self.rate = rate
        self.before = before
    }

    private var classCount: Int {
        switch rule {
        case .nonresponse, .eligibility: OutcomeClass.allCases.count
        case .propensity: 2
        case .rows, .effectiveRows, .scaling: 1
        }
    }

    public var groupCount: Int { cellCount * classCount }

    /// What the factors need the sums of.
    public var addends: [Addend] {
        switch rule {
        case .nonresponse, .eligibility, .propensity: rate == .weighted ? [.weights] : [.rows]
        case .rows: [.rows]
        case .effectiveRows: [.weights, .squaredWeights]
        case .scaling(let total): total == nil ? [.weights, .rows] : [.weights]
        }
    }

    /// What each row adds to a sum.
    public func values(of addend: Addend) -> [Double] {
        switch addend {
        case .rows: before.map { $0 == 0 ? 0 : 1 }
        case .weights: before
        case .squaredWeights: before.map { $0 * $0 }
        }
    }

    /// The factor that the step gives the rows of each group, from the sums by group of each addend: 0 where rows hand
    /// their weight on.
    ///
    /// nil where the step cannot be done: weight has nobody to go to, or a regression no solution.
    public func factors(_ sums: [[Double]]) -> [Double]? {
        precondition(sums.count == addends.count && sums.allSatisfy { $0.count == groupCount }, "one sum a group")
        let found: [Double]? =
            switch rule {
            case .nonresponse: responseFactors(sums[0])
            case .eligibility: eligibilityFactors(sums[0])
            case .propensity(let patterns, let coefficients): propensityFactors(sums[0], patterns, coefficients)
            case .rows: shares(of: sums[0])
            case .effectiveRows:
                shares(of: zip(sums[0], sums[1]).map { $0 == 0 ? 0 : ($0 / $1) * $0 })
            case .scaling(let total):
                sums[0].indices.map { sums[0][$0] == 0 ? 1 : (total ?? sums[1][$0]) / sums[0][$0] }
            }
        guard let found, found.allSatisfy(\.isFinite) else { return nil }
        return found
    }

    private func position(_ cell: Int, _ outcome: OutcomeClass) -> Int {
        cell * OutcomeClass.allCases.count + (OutcomeClass.allCases.firstIndex(of: outcome) ?? 0)
    }

    private func responseFactors(_ sums: [Double]) -> [Double]? {
        var factors = [Double](repeating: 0, count: groupCount)
        for cell in 0..<cellCount {
            func sum(_ outcome: OutcomeClass) -> Double { sums[position(cell, outcome)] }
            let eligible = sum(.respondent) + sum(.nonRespondent)
            let known = eligible + sum(.ineligible)
            guard sum(.respondent) > 0 else {
                if eligible > 0 || sum(.unknown) > 0 { return nil }
                factors[position(cell, .ineligible)] = 1
                continue
            }
            let ofKnown = (known + sum(.unknown)) / known
            factors[position(cell, .respondent)] = ofKnown * (eligible / sum(.respondent))
            factors[position(cell, .ineligible)] = ofKnown
        }
        return factors
    }

    private func eligibilityFactors(_ sums: [Double]) -> [Double]? {
        var factors = [Double](repeating: 0, count: groupCount)
        for cell in 0..<cellCount {
            let known: [OutcomeClass] = [.respondent, .nonRespondent, .ineligible]
            let sum = known.reduce(0) { $0 + sums[position(cell, $1)] }
            let unknown = sums[position(cell, .unknown)]
            guard sum > 0 || unknown == 0 else { return nil }
            for outcome in known { factors[position(cell, outcome)] = sum > 0 ? (sum + unknown) / sum : 1 }
        }
        return factors
    }

    private func propensityFactors(
        _ sums: [Double], _ patterns: PropensityPatterns, _ coefficients: [Double]
    ) -> [Double]? {
        let respondents = (0..<cellCount).map { sums[2 * $0] }
        let cases = (0..<cellCount).map { sums[2 * $0] + sums[2 * $0 + 1] }
        guard let found = patterns.factors(cases: cases, respondents: respondents, start: coefficients) else {
            return nil
        }
        return found.flatMap { [$0, 0] }
    }

    /// The part of each size in all; nil where a sample is empty.
    private func shares(of sizes: [Double]) -> [Double]? {
        let sum = sizes.reduce(0, +)
        return sizes.allSatisfy { $0 > 0 } ? sizes.map { $0 / sum } : nil
    }
}

extension AdjustmentRecord {
    /// A step with cells and classes.
    init(
        _ rule: Rule, _ cellOfRow: [UInt32], cellCount: Int, outcomes: [OutcomeClass?],
        rate: NonresponseAdjustment.Rate, before: [Double]
    ) {
        let classes = OutcomeClass.allCases
        let outside = UInt32(truncatingIfNeeded: cellCount * classes.count)
        let groups = cellOfRow.indices.map { row -> UInt32 in
            guard before[row] != 0, Int(cellOfRow[row]) < cellCount, let outcome = outcomes[row],
                let position = classes.firstIndex(of: outcome)
            else { return outside }
            return cellOfRow[row] &* UInt32(classes.count) &+ UInt32(position)
        }
        self.init(rule: rule, groupOfRow: groups, cellCount: cellCount, rate: rate, before: before)
    }

    /// A propensity step: eligible cases by pattern and response.
    init(
        _ model: PropensityModel, outcomes: [OutcomeClass?], rate: NonresponseAdjustment.Rate, before: [Double]
    ) {
        let count = model.patterns.count
        let groups = model.patternOfRow.indices.map { row -> UInt32 in
            guard before[row] != 0, Int(model.patternOfRow[row]) < count else {
                return UInt32(truncatingIfNeeded: 2 * count)
            }
            return model.patternOfRow[row] &* 2 &+ (outcomes[row] == .respondent ? 0 : 1)
        }
        self.init(
            rule: .propensity(model.patterns, coefficients: model.coefficients), groupOfRow: groups, cellCount: count,
            rate: rate, before: before)
    }
}
