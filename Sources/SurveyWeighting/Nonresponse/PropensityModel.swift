internal import SurveyData
internal import SurveyMath
internal import SurveyProblems

/// The logistic regression of response, on patterns of predictors: rows of one pattern are added up first.
struct PropensityModel {
    let patterns: PropensityPatterns
    /// The pattern of each eligible row.
    let patternOfRow: [UInt32]
    /// Weight of the cases, and of the respondents, by pattern; the rows that answered.
    let cases: [Double]
    let respondents: [Double]
    let answered: [Int]
    /// The propensity of each pattern, and the coefficients.
    private(set) var propensities: [Double] = []
    private(set) var coefficients: [Double] = []
    /// What each column stands for.
    private let names: [String]

    init(
        _ variables: [WeightingVariable], groups: RowGroups, numbers columns: [[Double]], weights: [Double],
        isWeighted: Bool, classCount: Int?, isRespondent: (Int) -> Bool
    ) {
        var refined = RefinedCells(groups.groupOfRow, count: groups.count)
        for column in columns { refined.split(by: column) }
        patternOfRow = refined.cellOfRow
        let first = refined.firstRows
        var names = [""]
        var place: [[Int?]] = []
        for variable in variables {
            // Codes that no eligible case has make no column.
            let found = Set(first.compactMap { variable.code(at: $0) }).sorted()
            var own = [Int?](repeating: nil, count: variable.codes.count)
            for code in found.dropFirst() {
                own[code] = names.count
                names.append("\(variable.name)=\(variable.codes[code])")
            }
            place.append(own)
        }
        let ones = first.map { row in
            [0]
                + variables.indices.compactMap { number in
                    variables[number].code(at: row).flatMap { place[number][$0] }
                }
        }
        // Numbers are centred and scaled, so that their size does not matter for the solution.
        let numbers = columns.map { column in
            let own = first.map { column[$0] }
            let mean = own.reduce(0, +) / Double(max(1, own.count))
            let spread = own.reduce(0) { max($0, abs($1 - mean)) }
            return own.map { spread > 0 ? ($0 - mean) / spread : 0 }
        }
        patterns = PropensityPatterns(
            ones: ones, contrastCount: names.count, numbers: numbers, classCount: classCount)
        self.names = names
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: refined.count)
        var yes = sums
        var answered = [Int](repeating: 0, count: refined.count)
        for row in weights.indices where weights[row] != 0 && Int(patternOfRow[row]) < refined.count {
            let (value, pattern) = (isWeighted ? weights[row] : 1, Int(patternOfRow[row]))
            sums[pattern].add(value)
            guard isRespondent(row) else { continue }
            yes[pattern].add(value)
            answered[pattern] += 1
        }
        cases = sums.map(\.value)
        respondents = yes.map(\.value)
        self.answered = answered
    }

    /// The propensity of an eligible row.
    func propensity(at row: Int) -> Double { propensities[Int(patternOfRow[row])] }

    /// Fits the regression.
    ///
    /// - Throws: ``Problem`` `weighting.separation` where a propensity goes to 0 or 1, `weighting.propensity-not-fitted`.
    mutating func fit() throws(Problem) {
        let fit = PropensityFit(patterns, cases: cases, respondents: respondents)
        switch fit.ending {
        case .met: (coefficients, propensities) = (fit.coefficients, fit.means)
        case .separated(let pattern): throw .separation(describe(pattern))
        case .tooManySteps: throw .propensityNotFitted()
        }
    }

    /// The categories of a pattern, for a message.
    private func describe(_ pattern: Int) -> String {
        let own = patterns.ones[patterns.starts[pattern]..<patterns.starts[pattern + 1]].dropFirst().map {
            names[Int($0)]
        }
        return own.isEmpty ? "–" : own.joined(separator: ", ")
    }
}

extension WeightingVariable {
    /// The index of a row's code; nil where it has none.
    func code(at row: Int) -> Int? {
        let raw: Int =
            switch column.values {
            case .bytes(let raw): Int(raw[row])
            case .words(let raw): Int(raw[row])
            case .indexes, .numbers: codes.count
            }
        return raw < codes.count ? raw : nil
    }
}

extension Problem {
    /// Predictors that settle the response.
    static func separation(_ pattern: String) -> Problem {
        Problem(
            "weighting.separation", .computation, what: "The propensity to respond has no finite value",
            why: "among the cases with \(pattern) everybody or nobody answered, and the predictors tell it",
            fix: "leave a predictor out or join its categories, or adjust in cells")
    }

    /// A regression without an end.
    static func propensityNotFitted() -> Problem {
        Problem(
            "weighting.propensity-not-fitted", .computation, what: "The regression of response did not converge",
            why: "Newton's method came to no end in 50 steps", fix: "leave a predictor out, or adjust in cells")
    }
}
