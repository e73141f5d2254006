public import SurveyProblems

/// How a sensitive answer is hidden from the interviewer, and how its share is found from what is seen.
///
/// Every method is a function of a few weighted means; its linearisation gives the variance under any design.
/// Source: Documentation/Methods.md, "Sensitive questions".
public enum SensitiveMethod: Sendable, Equatable {
    /// List experiment: the mean count of the treatment group less that of the control group (Blair and Imai 2012).
    case list
    /// Two lists with the groups exchanged: `first` is the weight of the first list's difference.
    case doubleList(first: Double)
    /// Warner (1965): with this probability the sensitive statement is drawn, else its opposite.
    case warner(probability: Double)
    /// Forced response: a yes or a no is forced with some probability, else the truth is told.
    case forced(yes: Double, truth: Double)
    /// Unrelated question (Greenberg et al. 1969): the sensitive one is drawn with this probability, else another one.
    case unrelated(probability: Double, prevalence: Double)
    /// Crosswise model: seen is whether both answers are the same; the prevalence of the harmless item is known.
    case crosswise(prevalence: Double)
    /// Crosswise model corrected by a second item that nobody has (Atsusaka and Stevenson 2023).
    case anchoredCrosswise(prevalence: Double, anchor: Double)
    /// Triangular model (Yu, Tian and Tang 2008): seen is whether one of both answers is yes.
    case triangular(prevalence: Double)

    /// Means that the method needs, in the order of ``value(at:)``.
    ///
    /// `list`: treatment, control. `doubleList`: first list in group 1 and in group 2, second list in group 2 and in
    /// group 1. `anchoredCrosswise`: "same" of the question, "same" of the anchor. The others: the share of "yes".
    public var meanCount: Int {
        switch self {
        case .list, .anchoredCrosswise: 2
        case .doubleList: 4
        case .warner, .forced, .unrelated, .crosswise, .triangular: 1
        }
    }

    /// Refuses a method whose parameters hide everything or make no sense.
    ///
    /// - Throws: ``Problem`` `estimation.sensitive-parameter`.
    public func check() throws(Problem) {
        switch self {
        case .list: break
        case .doubleList(let first):
            guard first.isFinite else { throw .sensitiveParameter("first", first, "a number") }
        case .warner(let p), .crosswise(let p):
            guard p > 0, p < 1, p != 0.5 else { throw .sensitiveParameter("p", p, "0 < p < 1, p ≠ 0.5") }
        case .forced(let yes, let truth):
            guard yes >= 0, yes < 1 else { throw .sensitiveParameter("yes", yes, "0 ≤ yes < 1") }
            guard truth > 0, truth + yes <= 1 + 1e-12 else {
                throw .sensitiveParameter("truth", truth, "0 < truth ≤ 1 − yes")
            }
        case .unrelated(let p, let q):
            guard p > 0, p <= 1 else { throw .sensitiveParameter("p", p, "0 < p ≤ 1") }
            guard q >= 0, q <= 1 else { throw .sensitiveParameter("q", q, "0 ≤ q ≤ 1") }
        case .anchoredCrosswise(let p, let anchor):
            guard p > 0, p < 1, p != 0.5 else { throw .sensitiveParameter("p", p, "0 < p < 1, p ≠ 0.5") }
            guard anchor > 0, anchor < 1, anchor != 0.5 else {
                throw .sensitiveParameter("anchor-p", anchor, "0 < anchor-p < 1, anchor-p ≠ 0.5")
            }
        case .triangular(let p):
            guard p >= 0, p < 1 else { throw .sensitiveParameter("p", p, "0 ≤ p < 1") }
        }
    }

    /// The estimated share at some means; not a number where it is not defined.
    public func value(at means: [Double]) -> Double {
        if let line { return line.slope * means[0] + line.start }
        return switch self {
        case .list: means[0] - means[1]
        case .doubleList(let first): first * (means[0] - means[1]) + (1 - first) * (means[2] - means[3])
        case .anchoredCrosswise(let p, _): 0.5 + (means[0] - 0.5) / (attention(at: means) * (2 * p - 1))
        default: .nan
        }
    }

    /// The derivative by each mean.
    public func gradient(at means: [Double]) -> [Double] {
        if let line { return [line.slope] }
        switch self {
        case .list: return [1, -1]
        case .doubleList(let first): return [first, -first, 1 - first, first - 1]
        case .anchoredCrosswise(let p, let anchor):
            let attention = attention(at: means)
            let slope = 1 / (attention * (2 * p - 1))
            return [slope, -(means[0] - 0.5) * slope / attention / (0.5 - anchor)]
        default: return []
        }
    }

    /// The share of people who follow the instructions, by an item that nobody has; 1 for other methods.
    public func attention(at means: [Double]) -> Double {
        guard case .anchoredCrosswise(_, let anchor) = self else { return 1 }
        return (means[1] - 0.5) / (0.5 - anchor)
    }

    /// The methods that turn one share into another by a straight line.
    var line: (slope: Double, start: Double)? {
        switch self {
        case .warner(let p): (1 / (2 * p - 1), (p - 1) / (2 * p - 1))
        case .forced(let yes, let truth): (1 / truth, -yes / truth)
        case .unrelated(let p, let q): (1 / p, -(1 - p) * q / p)
        case .crosswise(let p): (1 / (2 * p - 1), (p - 1) / (2 * p - 1))
        case .triangular(let p): (1 / (1 - p), -p / (1 - p))
        case .list, .doubleList, .anchoredCrosswise: nil
        }
    }
}

extension Problem {
    /// A parameter of a method for sensitive questions that the method cannot have.
    static func sensitiveParameter(_ name: String, _ value: Double, _ allowed: String) -> Problem {
        Problem(
            "estimation.sensitive-parameter", .usage, what: "\(name) of the sensitive question cannot be \(value)",
            why: "the method needs \(allowed)", fix: "give the value by which the question was asked")
    }
}
