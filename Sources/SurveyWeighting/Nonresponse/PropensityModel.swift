internal import Glibc
internal import SurveyData
internal import SurveyMath
internal import SurveyProblems

/// The logistic regression of response, on patterns of predictors: rows of one pattern are added up first.
struct PropensityModel {
    /// Treatment contrasts of the categories of each pattern: the columns that are 1; then the numbers.
    private let ones: [[Int]]
    private let numbers: [[Double]]
    private let names: [String]
    private let patternOfRow: [UInt32]
    /// Weight of the cases, and of the respondents, by pattern.
    private let cases: [Double]
    private let respondents: [Double]
    private(set) var coefficients: [Double] = []
    private var fitted: [Double] = []

    private static let mostSteps = 50
    /// A propensity so near to 0 or 1 has no end.
    private static let separation = 1e-8

    init(
        _ variables: [WeightingVariable], groups: RowGroups, numbers columns: [[Double]], weights: [Double],
        isWeighted: Bool, isRespondent: (Int) -> Bool
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
        ones = first.map { row in
            [0]
                + variables.indices.compactMap { number in
                    variables[number].code(at: row).flatMap { place[number][$0] }
                }
        }
        // Numbers are centred and scaled, so that their size does not matter for the solution.
        numbers = columns.map { column in
            let own = first.map { column[$0] }
            let mean = own.reduce(0, +) / Double(max(1, own.count))
            let spread = own.reduce(0) { max($0, abs($1 - mean)) }
            return own.map { spread > 0 ? ($0 - mean) / spread : 0 }
        }
        self.names = names
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: refined.count)
        var answered = sums
        for row in weights.indices where weights[row] != 0 && Int(patternOfRow[row]) < refined.count {
            let value = isWeighted ? weights[row] : 1
            sums[Int(patternOfRow[row])].add(value)
            if isRespondent(row) { answered[Int(patternOfRow[row])].add(value) }
        }
        cases = sums.map(\.value)
        respondents = answered.map(\.value)
    }

    /// The propensity of an eligible row.
    func propensity(at row: Int) -> Double { fitted[Int(patternOfRow[row])] }

    private func linear(_ beta: [Double]) -> [Double] {
        let first = names.count
        return ones.indices.map { pattern in
            var sum = 0.0
            for column in ones[pattern] { sum += beta[column] }
            for column in numbers.indices { sum += beta[first + column] * numbers[column][pattern] }
            return sum
        }
    }

    private func deviance(_ means: [Double]) -> Double {
        var sum = CompensatedSum()
        for pattern in means.indices {
            let (yes, no) = (respondents[pattern], cases[pattern] - respondents[pattern])
            if yes > 0 { sum.add(-2 * yes * log(means[pattern])) }
            if no > 0 { sum.add(-2 * no * log1p(-means[pattern])) }
        }
        return sum.value
    }

    private static func inverse(_ value: Double) -> Double {
        value < 0 ? exp(value) / (1 + exp(value)) : 1 / (1 + exp(-value))
    }

    /// Newton's method; a step that makes the deviance grow is halved.
    ///
    /// - Throws: ``Problem`` `weighting.separation` where a propensity goes to 0 or 1, `weighting.propensity-not-fitted`.
    mutating func fit() throws(Problem) {
        let size = names.count + numbers.count
        var beta = [Double](repeating: 0, count: size)
        var means = linear(beta).map(PropensityModel.inverse)
        var now = deviance(means)
        var isDone = false
        for _ in 0..<PropensityModel.mostSteps {
            let (score, information) = derivatives(means, size: size)
            let direction = PivotedCholesky(information, size: size).solve(score)
            var length = 1.0
            var next = beta
            var tried = means
            var value = Double.infinity
            for _ in 0..<30 {
                next = zip(beta, direction).map { $0 + length * $1 }
                tried = linear(next).map(PropensityModel.inverse)
                value = deviance(tried)
                if value <= now * (1 + 1e-14) { break }
                length /= 2
            }
            guard value.isFinite, value <= now * (1 + 1e-14) else { break }
            let moved = zip(next, beta).reduce(0) { max($0, abs($1.0 - $1.1) / (1 + abs($1.0))) }
            (beta, means, now) = (next, tried, value)
            if moved < 1e-12 {
                isDone = true
                break
            }
            if let bad = separated(means) { throw .separation(describe(bad)) }
        }
        if let bad = separated(means) { throw .separation(describe(bad)) }
        guard isDone else { throw .propensityNotFitted() }
        (coefficients, fitted) = (beta, means)
    }

    private func separated(_ means: [Double]) -> Int? {
        means.indices.first {
            cases[$0] > 0
                && (means[$0] < PropensityModel.separation || means[$0] > 1 - PropensityModel.separation)
        }
    }

    private func derivatives(_ means: [Double], size: Int) -> (score: [Double], information: [Double]) {
        var score = [Double](repeating: 0, count: size)
        var information = [Double](repeating: 0, count: size * size)
        let first = names.count
        for pattern in means.indices {
            let gap = respondents[pattern] - cases[pattern] * means[pattern]
            let weight = cases[pattern] * means[pattern] * (1 - means[pattern])
            let own =
                ones[pattern].map { (column: $0, value: 1.0) }
                + numbers.indices.map { (column: first + $0, value: numbers[$0][pattern]) }
            for left in own {
                score[left.column] += gap * left.value
                for right in own {
                    information[left.column * size + right.column] += weight * left.value * right.value
                }
            }
        }
        return (score, information)
    }

    /// The categories of a pattern, for a message.
    private func describe(_ pattern: Int) -> String {
        let own = ones[pattern].dropFirst().map { names[$0] }
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
