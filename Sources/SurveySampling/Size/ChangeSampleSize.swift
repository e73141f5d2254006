internal import SurveyMath
public import SurveyProblems

/// The size of each of two waves that shows a change with a given power.
///
/// V(n) = D·[(S₁² + S₂² − 2·O·ρS₁S₂)/n − (S₁² + S₂² − 2ρS₁S₂)/N]: O is the share of a wave's interviews that are with persons of
/// the other wave, ρ the correlation of their answers, D the design effect. For shares V₀ has p̄(1 − p̄) in place of both
/// variances. n is least with z_α·√V₀(n) + z_β·√V(n) ≤ |θ₂ − θ₁|. With O = 0, D = 1 and no population this is `power.prop.test`
/// of R for shares; the other tail of a two-sided test is left out, as there.
///
/// Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 4.2; Kish (1965), 12.4, for the overlap;
/// Tam (1984) for the term of N.
public struct ChangeSampleSize: Sendable, Equatable {
    /// The earlier wave.
    public var from: PlannedMeasure
    /// The later wave.
    public var to: PlannedMeasure
    /// The level of the interval of the change; its complement is the probability of a false alarm.
    public var level = 0.95
    /// True asks for a change in the planned direction only.
    public var isOneSided = false
    /// The share of interviews with persons of both waves.
    public var overlap = 0.0
    /// The correlation of the answers of such persons.
    public var correlation = 0.0
    public var effect = PlannedDesignEffect()
    /// Units of the population, the same in both waves; nil takes it as infinite.
    public var population: Int?
    /// The expected share of issued units that answer.
    public var responseRate = 1.0

    public init(from: PlannedMeasure, to: PlannedMeasure) { (self.from, self.to) = (from, to) }

    /// The interviews of each wave that show the change with a probability of `power`.
    ///
    /// - Throws: ``Problem`` `sampling.out-of-range`, `sampling.no-clusters`, `sampling.no-value`, `sampling.no-change`,
    ///   `sampling.change-out-of-reach` where even the whole population would not do, `sampling.size-too-large`.
    public func interviews(power: Double = 0.8) throws(Problem) -> PlannedSize {
        try SamplingRange.share.check(power, "power")
        let parts = try parts()
        guard let needed = StandardNormal.quantile(power) else {
            throw .samplingRange("power", range: SamplingRange.share.text, found: power)
        }
        /// What is missing to the change at a wave of 1/x interviews.
        func excess(_ x: Double) -> Double {
            parts.z * (max(0, parts.null.at(x))).squareRoot() + needed * (max(0, parts.own.at(x))).squareRoot()
                - parts.change
        }
        let least = population.map { 1 / Double($0) } ?? 0
        if parts.z + needed <= 0 || excess(1) <= 0 {
            return try PlannedSize(exact: 1, responseRate: responseRate, effect: effect)
        }
        guard population == nil || excess(least) <= 0 else { throw .changeOutOfReach(parts.change) }
        if population == nil {
            let root = (parts.z * parts.null.slope.squareRoot() + needed * parts.own.slope.squareRoot()) / parts.change
            return try PlannedSize(exact: root * root, responseRate: responseRate, effect: effect)
        }
        guard let x = excess(least) == 0 ? least : Root.between(least, 1, of: excess) else {
            throw .changeOutOfReach(parts.change)
        }
        return try PlannedSize(exact: 1 / x, responseRate: responseRate, effect: effect)
    }

    /// The probability that waves of `interviews` interviews each show the change.
    ///
    /// - Throws: as ``interviews(power:)``, and `sampling.more-than-population`.
    public func power(interviews: Int) throws(Problem) -> Double {
        try SamplingRange.counting.check(Double(interviews), "n")
        let parts = try parts()
        if let population, interviews > population { throw .moreThanPopulation(interviews, population: population) }
        let x = 1 / Double(interviews)
        let own = max(0, parts.own.at(x)).squareRoot()
        let distance = parts.change - parts.z * max(0, parts.null.at(x)).squareRoot()
        guard own > 0 else { return distance >= 0 ? 1 : 0 }
        return StandardNormal.upperTail(-distance / own) ?? 0
    }

    /// A variance that is linear in 1/n.
    private struct Variance {
        let slope: Double
        let constant: Double

        func at(_ x: Double) -> Double { slope * x - constant }
    }

    private func parts() throws(Problem) -> (z: Double, change: Double, null: Variance, own: Variance) {
        try from.check()
        try to.check()
        try effect.check()
        try SamplingRange.share.check(level, "level")
        try SamplingRange.rate.check(responseRate, "response")
        try SamplingRange.fraction.check(overlap, "overlap")
        try SamplingRange(text: "−1 ≤ x ≤ 1") { abs($0) <= 1 }.check(correlation, "correlation")
        if let population { try SamplingRange.counting.check(Double(population), "population") }
        guard let first = from.value, let second = to.value else { throw .noPlannedValue() }
        guard first != second else { throw .noPlannedChange(first) }
        guard let z = StandardNormal.quantile(isOneSided ? level : (1 + level) / 2) else {
            throw .samplingRange("level", range: SamplingRange.share.text, found: level)
        }
        let size = population.map(Double.init)
        let own = variance(from.finiteVariance(population: size), to.finiteVariance(population: size))
        var null = own
        if case (.share(let p), .share(let q)) = (from, to) {
            let middle = PlannedMeasure.share((p + q) / 2).finiteVariance(population: size)
            null = variance(middle, middle)
        }
        return (z, abs(second - first), null, own)
    }

    private func variance(_ first: Double, _ second: Double) -> Variance {
        let shared = 2 * correlation * (first * second).squareRoot()
        let all = first + second
        return Variance(
            slope: effect.value * (all - overlap * shared),
            constant: population.map { effect.value * (all - shared) / Double($0) } ?? 0)
    }
}

extension Problem {
    /// Two waves with the same value.
    static func noPlannedChange(_ value: Double) -> Problem {
        Problem(
            "sampling.no-change", .usage, what: "The two waves have the same value",
            why: "a sample of any size shows no change of 0; found \(JSONText.shortest(value)) twice",
            fix: "give the value that would matter with --to")
    }

    /// A change that even a census of both waves would not show.
    static func changeOutOfReach(_ change: Double) -> Problem {
        Problem(
            "sampling.change-out-of-reach", .computation, what: "No sample of this population shows the change",
            why:
                "with every unit in both waves the error is still too great for a change of \(JSONText.shortest(change))",
            fix: "plan a greater overlap, or ask for a greater change")
    }
}
