internal import SurveyMath
public import SurveyProblems

/// The size of a sample for a share or a mean with a given margin of error.
///
/// n = z²DS² / (e² + z²DS²/N), with S² = p(1 − p)·N/(N − 1) for a share; without a population n = z²DS²/e². D is the design effect,
/// e half the width of the interval, z the normal quantile of its level.
///
/// Source: Cochran (1977), Sampling Techniques, 4.4 to 4.8; with D = 1 and 95 % the table of Krejcie and Morgan (1970).
public struct SampleSize: Sendable, Equatable {
    public var measure: PlannedMeasure
    /// The level of the interval.
    public var level = 0.95
    public var effect = PlannedDesignEffect()
    /// Units of the population; nil takes it as infinite.
    public var population: Int?
    /// The expected share of issued units that answer.
    public var responseRate = 1.0

    public init(_ measure: PlannedMeasure) { self.measure = measure }

    /// The interviews that bring the margin down to `margin`, in the units of the measure.
    ///
    /// - Throws: ``Problem`` `sampling.out-of-range`, `sampling.no-clusters`, `sampling.size-too-large`.
    public func interviews(margin: Double) throws(Problem) -> PlannedSize {
        try SamplingRange.positive.check(margin, "margin")
        let (z, spread) = try spread()
        let wanted = z * z * spread
        let exact = wanted / (margin * margin + (population.map { wanted / Double($0) } ?? 0))
        return try PlannedSize(exact: exact, responseRate: responseRate, effect: effect)
    }

    /// The interviews for a margin that is a share of the expected value.
    ///
    /// - Throws: as ``interviews(margin:)``, and `sampling.no-value` for a mean whose value is not given or 0.
    public func interviews(relativeMargin: Double) throws(Problem) -> PlannedSize {
        try SamplingRange.positive.check(relativeMargin, "relative-margin")
        guard let value = measure.value, value != 0 else { throw .noPlannedValue() }
        return try interviews(margin: relativeMargin * abs(value))
    }

    /// The margin of error that `interviews` interviews give.
    ///
    /// - Throws: ``Problem`` `sampling.out-of-range`, `sampling.no-clusters`, `sampling.more-than-population`.
    public func margin(interviews: Int) throws(Problem) -> Double {
        try SamplingRange.counting.check(Double(interviews), "n")
        let (z, spread) = try spread()
        if let population, interviews > population { throw .moreThanPopulation(interviews, population: population) }
        let inverse = 1 / Double(interviews) - (population.map { 1 / Double($0) } ?? 0)
        return z * (spread * max(0, inverse)).squareRoot()
    }

    /// The normal quantile of the level, and D·S².
    private func spread() throws(Problem) -> (z: Double, spread: Double) {
        try measure.check()
        try effect.check()
        try SamplingRange.share.check(level, "level")
        try SamplingRange.rate.check(responseRate, "response")
        if let population { try SamplingRange.counting.check(Double(population), "population") }
        guard let z = StandardNormal.quantile((1 + level) / 2) else {
            throw .samplingRange("level", range: SamplingRange.share.text, found: level)
        }
        return (z, effect.value * measure.finiteVariance(population: population.map(Double.init)))
    }
}

extension Problem {
    /// A relative margin of an unknown value.
    static func noPlannedValue() -> Problem {
        Problem(
            "sampling.no-value", .usage, what: "The expected mean is missing or 0",
            why: "a relative margin and a change are measured from the expected value",
            fix: "give the value with --mean, or use --margin")
    }

    /// A sample that has more units than its population.
    static func moreThanPopulation(_ count: Int, population: Int) -> Problem {
        Problem(
            "sampling.more-than-population", .usage, what: "The sample is larger than its population",
            why: "units are drawn without replacement; found \(count) of \(population)",
            fix: "lower --n, or correct --population")
    }
}
