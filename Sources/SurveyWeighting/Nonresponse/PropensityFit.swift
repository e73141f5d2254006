internal import Glibc
internal import SurveyMath

/// Newton's method for the logistic regression of response on patterns; a step that makes the deviance grow is halved.
///
///     Σ x (respondents − cases · p) = 0,   p = 1 / (1 + e^(−x'β))        sums over patterns
///
/// - Source: Documentation/Methods.md, "Weighting". Checked: R 4.2.2 `glm`, Tests/Reference/weighting-steps.json.
struct PropensityFit {
    enum Ending: Equatable {
        case met
        /// A propensity goes to 0 or 1 in a pattern.
        case separated(Int)
        case tooManySteps
    }

    private(set) var ending = Ending.tooManySteps
    private(set) var coefficients: [Double]
    /// The propensity of each pattern.
    private(set) var means: [Double]

    private let patterns: PropensityPatterns
    private let cases: [Double]
    private let respondents: [Double]

    private static let mostSteps = 50
    /// A propensity so near to 0 or 1 has no end.
    private static let separation = 1e-8

    /// `start` are coefficients near to the solution: those of the full sample, for a replicate.
    init(_ patterns: PropensityPatterns, cases: [Double], respondents: [Double], start: [Double]? = nil) {
        self.patterns = patterns
        self.cases = cases
        self.respondents = respondents
        coefficients = start ?? [Double](repeating: 0, count: patterns.size)
        means = []
        means = propensities(coefficients)
        solve()
    }

    private mutating func solve() {
        var now = deviance(means)
        for _ in 0..<PropensityFit.mostSteps {
            let (score, information) = derivatives()
            let direction = PivotedCholesky(information, size: patterns.size).solve(score)
            var length = 1.0
            var next = coefficients
            var tried = means
            var value = Double.infinity
            for _ in 0..<30 {
                next = zip(coefficients, direction).map { $0 + length * $1 }
                tried = propensities(next)
                value = deviance(tried)
                if value <= now * (1 + 1e-14) { break }
                length /= 2
            }
            guard value.isFinite, value <= now * (1 + 1e-14) else { break }
            let moved = zip(next, coefficients).reduce(0) { max($0, abs($1.0 - $1.1) / (1 + abs($1.0))) }
            (coefficients, means, now) = (next, tried, value)
            if moved < 1e-12 {
                ending = .met
                break
            }
            if separated != nil { break }
        }
        if let separated { ending = .separated(separated) }
    }

    private func propensities(_ beta: [Double]) -> [Double] {
        (0..<patterns.count).map { pattern in
            var sum = 0.0
            for entry in patterns.starts[pattern]..<patterns.starts[pattern + 1] {
                sum += beta[Int(patterns.ones[entry])]
            }
            for number in 0..<patterns.numberCount {
                sum += beta[patterns.contrastCount + number] * patterns.numbers[pattern * patterns.numberCount + number]
            }
            return sum < 0 ? exp(sum) / (1 + exp(sum)) : 1 / (1 + exp(-sum))
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

    private var separated: Int? {
        means.indices.first {
            cases[$0] > 0
                && (means[$0] < PropensityFit.separation || means[$0] > 1 - PropensityFit.separation)
        }
    }

    private func derivatives() -> (score: [Double], information: [Double]) {
        let (size, numbers) = (patterns.size, patterns.numberCount)
        var score = [Double](repeating: 0, count: size)
        var information = [Double](repeating: 0, count: size * size)
        var columns: [Int] = []
        var values: [Double] = []
        for pattern in means.indices where cases[pattern] != 0 {
            let gap = respondents[pattern] - cases[pattern] * means[pattern]
            let weight = cases[pattern] * means[pattern] * (1 - means[pattern])
            columns.removeAll(keepingCapacity: true)
            values.removeAll(keepingCapacity: true)
            for entry in patterns.starts[pattern]..<patterns.starts[pattern + 1] {
                columns.append(Int(patterns.ones[entry]))
                values.append(1)
            }
            for number in 0..<numbers {
                columns.append(patterns.contrastCount + number)
                values.append(patterns.numbers[pattern * numbers + number])
            }
            for left in columns.indices {
                score[columns[left]] += gap * values[left]
                let (row, scaled) = (columns[left] * size, weight * values[left])
                for right in columns.indices { information[row + columns[right]] += scaled * values[right] }
            }
        }
        return (score, information)
    }
}
