internal import SurveyMath
public import SurveyProblems

/// The share of people with a sensitive property, from answers that hide it.
///
///     θ = g(means)        influence of a row = Σ_j ∂g/∂mean_j · w (y − mean_j)/Σw over the rows of mean j
///
/// - Shapes: for each mean of the method one number a row in use, not-a-number where the row is not part of it.
/// - Missing: a row without an answer is in no mean.
/// - Throws: `estimation.sensitive-group` if a mean has no row, `estimation.sensitive-attention` if nobody followed the
///   instructions of an anchored crosswise question.
/// - Source: Documentation/Methods.md, "Sensitive questions". Checked: Tests/Reference/sensitive.json (R survey 4.1-1).
public struct SensitiveShare: RowStatistic {
    public let method: SensitiveMethod
    /// Mean × row in use.
    private let answers: [[Double]]

    public init(_ method: SensitiveMethod, answers: [[Double]]) {
        precondition(answers.count == method.meanCount && Set(answers.map(\.count)).count == 1, "one row list a mean")
        self.method = method
        self.answers = answers
    }

    public var base: [Bool] {
        answers[0].indices.map { row in answers.contains { $0[row].isFinite } }
    }

    public func values(weights: [Double]) throws(Problem) -> [Double] {
        [try share(at: means(weights: weights).map(\.value))]
    }

    public func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let means = try means(weights: weights)
        _ = try share(at: means.map(\.value))
        var influence = [Double](repeating: 0, count: weights.count)
        for (mean, slope) in method.gradient(at: means.map(\.value)).enumerated() {
            for row in influence.indices where answers[mean][row].isFinite {
                influence[row] += slope * weights[row] * (answers[mean][row] - means[mean].value) / means[mean].weights
            }
        }
        return [influence]
    }

    /// The weighted means that the method works on, and the weights behind each.
    public func means(weights: [Double]) throws(Problem) -> [(value: Double, weights: Double)] {
        var means: [(value: Double, weights: Double)] = []
        for (number, answers) in answers.enumerated() {
            var (sum, total) = (CompensatedSum(), CompensatedSum())
            for row in answers.indices where answers[row].isFinite {
                sum.add(weights[row] * answers[row])
                total.add(weights[row])
            }
            guard total.value > 0 else { throw .sensitiveGroup(number + 1, of: method.meanCount) }
            means.append((sum.value / total.value, total.value))
        }
        return means
    }

    private func share(at means: [Double]) throws(Problem) -> Double {
        let attention = method.attention(at: means)
        guard attention > 0 else { throw .sensitiveAttention(attention) }
        return method.value(at: means)
    }

    /// What the drawing of lots adds to a variance that counts only the sampling of people: Σ F w² r(r − 1)/W².
    ///
    /// `fractions` is the sampling fraction of each row. Only for methods of one share: the others have no lot to draw.
    public func randomisationVariance(weights: [Double], fractions: [Double]) -> Double? {
        guard let line = method.line else { return nil }
        var (sum, total) = (CompensatedSum(), CompensatedSum())
        for row in weights.indices where answers[0][row].isFinite {
            let r = line.slope * answers[0][row] + line.start
            sum.add(fractions[row] * weights[row] * weights[row] * r * (r - 1))
            total.add(weights[row])
        }
        return total.value > 0 ? sum.value / (total.value * total.value) : nil
    }
}

extension Problem {
    /// A group of a sensitive question without an answer.
    static func sensitiveGroup(_ number: Int, of count: Int) -> Problem {
        Problem(
            "estimation.sensitive-group", .computation, what: "Group \(number) of the sensitive question has no answer",
            why: "the method compares \(count) means, and each needs rows with a weight",
            fix: "check the column of the groups, or widen --where")
    }

    /// An anchored crosswise question that nobody can have followed.
    static func sensitiveAttention(_ attention: Double) -> Problem {
        Problem(
            "estimation.sensitive-attention", .computation,
            what: "The anchor question says that nobody followed the instructions",
            why: "the share of attentive answers must be above 0; found \(attention)",
            fix: "check the anchor's column and its known share, or estimate without --anchor")
    }
}

extension Estimation {
    /// The weight of the first of two lists with which their difference has the smallest variance.
    ///
    /// Rows as for `doubleList`; 0.5 where the variances do not tell the lists apart.
    public func optimalFirstList(_ answers: [[Double]]) throws(Problem) -> Double {
        let first = try inference(of: SensitiveShare(.doubleList(first: 1), answers: answers))
        let second = try inference(of: SensitiveShare(.doubleList(first: 0), answers: answers))
        let half = try inference(of: SensitiveShare(.doubleList(first: 0.5), answers: answers))
        guard let v1 = first.covariance[0, 0], let v2 = second.covariance[0, 0], let v = half.covariance[0, 0] else {
            return 0.5
        }
        // V(½a + ½b) = (V₁ + V₂ + 2C)/4
        let covariance = 2 * v - (v1 + v2) / 2
        let spread = v1 + v2 - 2 * covariance
        return spread > 1e-12 * (v1 + v2) ? (v2 - covariance) / spread : 0.5
    }
}
