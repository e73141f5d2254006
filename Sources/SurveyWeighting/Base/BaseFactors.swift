internal import SurveyData
internal import SurveyMath
internal import SurveyProblems

/// What a base weight is made of besides a column: inclusion probabilities, the plan of the sample, the household.
///
///     d = given · Π 1/π_s · N_h/n_h · m
///
/// with π_s the probability of each stage, N_h the size of the stratum in the population and n_h the cases drawn there, and m
/// the people among whom one was chosen, at most `greatestMultiplier`.
///
/// - Shapes: one factor a row out.
/// - Missing: an empty or impossible cell is an error that lists the rows.
/// - Source: Särndal, Swensson and Wretman (1992), §2.8; Documentation/Methods.md, "Weighting".
public struct BaseFactors: Sendable, Equatable {
    /// Columns with the probability of each stage, above 0 and at most 1.
    public var probabilities: [String]
    /// The strata of the plan: variables whose crossing has `population` people or addresses each.
    public var strata: [String]
    /// The column with N_h, the same in all rows of a stratum.
    public var population: String?
    /// Columns that multiply, such as the number of adults of the household.
    public var multipliers: [String]
    /// The most that a multiplier counts.
    public var greatestMultiplier: Double?

    public init(
        probabilities: [String] = [], strata: [String] = [], population: String? = nil, multipliers: [String] = [],
        greatestMultiplier: Double? = nil
    ) {
        self.probabilities = probabilities
        self.strata = strata
        self.population = population
        self.multipliers = multipliers
        self.greatestMultiplier = greatestMultiplier
    }

    public var isEmpty: Bool { probabilities.isEmpty && population == nil && multipliers.isEmpty }

    /// Columns that must be numbers.
    public var numericColumns: [String] { probabilities + [population].compactMap { $0 } + multipliers }

    /// Multiplies base weights; rows of weight 0 take no part.
    func applied(
        to weights: [Double], strata variables: [WeightingVariable], columns: [String: Column]
    ) -> Checked<[Double]> {
        var problems: [Problem] = []
        var result = weights
        func numbers(_ name: String, _ isRight: (Double) -> Bool, _ rule: (String, [Int]) -> Problem) -> [Double]? {
            guard let column = columns[name] else { preconditionFailure("one column for each name") }
            do throws(Problem) {
                guard case .numbers(let values, let kinds) = try column.asNumbers().values else { return nil }
                let wrong = values.indices.filter {
                    weights[$0] != 0
                        && (!values[$0].isFinite || !kinds.isEmpty && kinds[$0] != 0 || !isRight(values[$0]))
                }
                guard wrong.isEmpty else {
                    problems.append(rule(name, wrong.map { $0 + 1 }))
                    return nil
                }
                return values
            } catch {
                problems.append(error)
                return nil
            }
        }
        for name in probabilities {
            guard let values = numbers(name, { $0 > 0 && $0 <= 1 }, Problem.wrongProbability) else { continue }
            for row in result.indices where result[row] != 0 { result[row] /= values[row] }
        }
        for name in multipliers {
            guard let values = numbers(name, { $0 > 0 }, Problem.wrongMultiplier) else { continue }
            let most = greatestMultiplier ?? .infinity
            for row in result.indices where result[row] != 0 { result[row] *= min(values[row], most) }
        }
        if let population, let sizes = numbers(population, { $0 > 0 }, Problem.wrongMultiplier) {
            let groups = RowGroups(variables, weights: weights)
            problems += groups.problems
            if groups.problems.isEmpty { expand(&result, groups, sizes, population, &problems) }
        }
        let large = result.indices.filter { !(result[$0] <= TargetsReader.mostTotal) }
        if problems.isEmpty, !large.isEmpty {
            problems.append(.largeBase("base", rows: large.map { $0 + 1 }))
        }
        return Checked(value: problems.isEmpty ? result : nil, problems: problems)
    }

    /// Multiplies by N_h/n_h.
    private func expand(
        _ weights: inout [Double], _ groups: RowGroups, _ sizes: [Double], _ name: String, _ problems: inout [Problem]
    ) {
        var counts = [Double](repeating: 0, count: groups.count)
        var population = [Double](repeating: 0, count: groups.count)
        var differing: [Int] = []
        for row in weights.indices where weights[row] != 0 {
            let group = Int(groups.groupOfRow[row])
            if counts[group] == 0 { population[group] = sizes[row] }
            if population[group] != sizes[row] { differing.append(row + 1) }
            counts[group] += 1
        }
        guard differing.isEmpty else {
            problems.append(.populationDiffers(name, rows: differing))
            return
        }
        for group in counts.indices where population[group] < counts[group] {
            problems.append(
                .populationTooSmall(
                    groups.labels[group], of: name, population: population[group], drawn: Int(counts[group])))
        }
        for row in weights.indices where weights[row] != 0 {
            let group = Int(groups.groupOfRow[row])
            weights[row] *= population[group] / counts[group]
        }
    }
}

extension Problem {
    /// Probabilities that are none.
    static func wrongProbability(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.wrong-probability", .input,
            what: "\"\(column)\" is no inclusion probability in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "the probability of being drawn is above 0 and at most 1, and never empty",
            fix: "correct the rows; a percentage must be divided by 100")
    }

    /// Multipliers that are none.
    static func wrongMultiplier(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.wrong-multiplier", .input, what: "\"\(column)\" is not above 0 in \(rows.count) rows",
            place: Place(rows: rows, column: column),
            why: "the base weight is multiplied by it, so it must be a number above 0",
            fix: "fill in or correct the rows")
    }

    /// A stratum with several sizes.
    static func populationDiffers(_ column: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.population-differs", .input,
            what: "\"\(column)\" differs inside a stratum in \(rows.count) rows",
            place: Place(rows: rows, column: column), why: "a stratum has one size in the population",
            fix: "correct the rows, or name the variables that make the strata")
    }

    /// A stratum that is smaller than its sample.
    static func populationTooSmall(_ stratum: String, of column: String, population: Double, drawn: Int) -> Problem {
        Problem(
            "weighting.population-too-small", .input,
            what: "Stratum \"\(stratum)\" has more cases than its population",
            place: Place(column: column),
            why: "\"\(column)\" gives it \(population.brief); drawn are \(drawn)",
            fix: "correct the size, or name the variables that make the strata")
    }
}
