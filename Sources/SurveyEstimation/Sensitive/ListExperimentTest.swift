internal import SurveyDesign
internal import SurveyMath
public import SurveyProblems

/// Tests whether the harmless items of a list were answered as if the sensitive one were not there.
///
/// With F the shares of counts up to y in each group, and J harmless items, the shares of people with y harmless items and
/// with or without the sensitive one are π₁(y) = F₀(y) − F₁(y), y = 0…J−1, and π₀(y) = F₁(y) − F₀(y−1), y = 1…J. None
/// may be below 0: each is tested one-sided with its design-based error, and the smallest p counts 2J times.
/// Source: Blair and Imai (2012), §3.1; Documentation/Methods.md, "Sensitive questions". The joint test of the R package
/// `list` is another one.
public struct ListExperimentTest: Sendable {
    /// One estimated share of a type of people.
    public struct Share: Sendable {
        /// Harmless items that these people have.
        public let items: Int
        /// With the sensitive item, or without it.
        public let hasSensitive: Bool
        public let value: Double
        public let standardError: Double?
        /// The probability of a value as low if the share is 0.
        public let p: Double?
    }

    public let shares: [Share]
    /// The smallest p times 2J, at most 1.
    public let p: Double?
    /// Weighted shares of the lowest and of the highest possible count: floor and ceiling, where nothing is hidden.
    public let floorControl: Double
    public let floorTreatment: Double
    public let ceilingControl: Double
    public let ceilingTreatment: Double

    /// Counts by row in use, not-a-number where none; `items` is J, the number of harmless items.
    ///
    /// - Throws: ``Problem`` `estimation.list-items`, `estimation.sensitive-group`, `estimation.empty-domain` and those
    ///   of ``Estimation/inference(of:)``.
    public init(
        treatment: [Double], control: [Double], items: Int, estimation: Estimation
    ) throws(Problem) {
        guard items >= 1, items <= 50 else { throw .listItems(items) }
        let statistic = CountShares(treatment: treatment, control: control, items: items)
        let found = try estimation.inference(of: statistic)
        var shares: [Share] = []
        for (position, value) in found.values.enumerated() {
            let hasSensitive = position < items
            let error = found.covariance[position, position].map { $0.squareRoot() }
            var p: Double?
            if let error, error > 0, found.degreesOfFreedom >= 1 {
                p = StudentT.upperTail(-value / error, degreesOfFreedom: found.degreesOfFreedom)
            }
            shares.append(
                Share(
                    items: hasSensitive ? position : position - items + 1, hasSensitive: hasSensitive, value: value,
                    standardError: error, p: p))
        }
        self.shares = shares
        p = shares.compactMap(\.p).min().map { min(1, $0 * Double(2 * items)) }
        let weights = estimation.design.weights
        let cumulated = try statistic.cumulated(weights: weights)
        floorControl = cumulated.control[0]
        floorTreatment = cumulated.treatment[0]
        ceilingControl = 1 - cumulated.control[items - 1]
        ceilingTreatment = 1 - cumulated.treatment[items]
    }
}

/// The shares π₁(0…J−1) and π₀(1…J) of a list experiment.
private struct CountShares: RowStatistic {
    let treatment: [Double]
    let control: [Double]
    let items: Int

    var base: [Bool] { zip(treatment, control).map { $0.isFinite || $1.isFinite } }

    func cumulated(weights: [Double]) throws(Problem) -> (treatment: [Double], control: [Double]) {
        (try shares(treatment, weights, group: 1), try shares(control, weights, group: 2))
    }

    func values(weights: [Double]) throws(Problem) -> [Double] {
        let (treated, untreated) = try cumulated(weights: weights)
        return (0..<items).map { untreated[$0] - treated[$0] } + (1...items).map { treated[$0] - untreated[$0 - 1] }
    }

    func influences(weights: [Double]) throws(Problem) -> [[Double]] {
        let (treated, untreated) = try cumulated(weights: weights)
        func influence(_ counts: [Double], _ shares: [Double], _ limit: Int) -> [Double] {
            var total = CompensatedSum()
            for row in counts.indices where counts[row].isFinite { total.add(weights[row]) }
            return counts.indices.map { row in
                counts[row].isFinite
                    ? weights[row] * ((counts[row] <= Double(limit) ? 1 : 0) - shares[limit]) / total.value : 0
            }
        }
        let t = (0...items).map { influence(treatment, treated, $0) }
        let c = (0..<max(1, items)).map { influence(control, untreated, $0) }
        return (0..<items).map { y in zip(c[y], t[y]).map { $0 - $1 } }
            + (1...items).map { y in zip(t[y], c[y - 1]).map { $0 - $1 } }
    }

    /// Weighted shares of counts up to 0…J.
    private func shares(_ counts: [Double], _ weights: [Double], group: Int) throws(Problem) -> [Double] {
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: items + 1)
        var total = CompensatedSum()
        for row in counts.indices where counts[row].isFinite {
            total.add(weights[row])
            for limit in 0...items where counts[row] <= Double(limit) { sums[limit].add(weights[row]) }
        }
        guard total.value > 0 else { throw .sensitiveGroup(group, of: 2) }
        return sums.map { $0.value / total.value }
    }
}

extension Problem {
    /// A list without harmless items, or with more than anybody reads out.
    static func listItems(_ items: Int) -> Problem {
        Problem(
            "estimation.list-items", .usage, what: "A list experiment with \(items) harmless items cannot be tested",
            why: "1 to 50 items are possible", fix: "give the number of items of the control group's list")
    }
}
