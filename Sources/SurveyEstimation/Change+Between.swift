internal import SurveyDesign
internal import SurveyMath
public import SurveyProblems

extension Change {
    /// The half-width of an interval of a difference of shares up to which "no change" can be said: 5 percentage points.
    public static let defaultPrecision = 0.05
    /// The same for other statistics, as a part of the greater of the two values.
    public static let defaultRelativePrecision = 0.25

    /// Compares one figure of two samples.
    ///
    ///     Δ = θ₂ − θ₁        V(Δ) = V₁ + V₂ − 2C        Δ ± t SE
    ///
    /// - Shapes: `from` is the earlier sample. `precision` is in units of the figure (a share: 0.05 is 5 percentage
    ///   points); nil takes ``defaultPrecision`` or ``defaultRelativePrecision``. `shared` is the match of both designs,
    ///   if it was made before.
    /// - Missing: where an estimate or its standard error is not computable, the difference or its error is empty and the
    ///   verdict is `tooImprecise`. A share of exactly 0 or 1 has no standard error; its part of V is taken from its
    ///   interval: ((high − low)/t)².
    /// - Throws: ``Problem`` `estimation.no-psu-labels`, `estimation.satterthwaite-overlap`, `estimation.wrong-option`,
    ///   `estimation.replicated-overlap`.
    /// - Source: Tam (1984); Documentation/Methods.md, "Combinations and changes".
    ///   Checked: R survey 4.1-1 `svyby` and `svycontrast` on a stacked file for full overlap, V₁ + V₂ for independent
    ///   samples, Tests/Reference/waves.json and changes.json; a simulation for partial overlap.
    public static func between(
        _ from: ChangeSide, _ to: ChangeSide, overlap: Overlap, precision: Double? = nil,
        degreesOfFreedom rule: DegreesOfFreedom = .design, adjustsLonelyDomains: Bool = false,
        shared: SampleOverlap? = nil
    ) throws(Problem) -> Change {
        precondition(from.estimate.level == to.estimate.level, "both estimates have one level")
        if let precision, !(precision > 0) { throw .wrongPrecision(precision) }
        if case .number(let number) = rule, !(number > 0) { throw .wrongOption("--df", value: number) }
        if rule == .satterthwaite, overlap != .independent { throw .satterthwaiteOverlap(overlap) }
        if overlap != .independent {
            if from.design.replicates != nil || to.design.replicates != nil { throw .replicatedOverlap() }
            for side in [from, to] { try refuseStructure(of: side.design, overlap: overlap) }
        }
        var matched: SampleOverlap?
        if overlap != .independent {
            if let shared { matched = shared } else { matched = try SampleOverlap(from: from.design, to: to.design) }
        }
        var spread = Spread(from: variance(of: from.estimate), to: variance(of: to.estimate), overlap: overlap)
        if let matched {
            spread.take(
                OverlapCovariance(from: from, to: to, overlap: matched, adjustsLonelyDomains: adjustsLonelyDomains))
        }
        let freedom = degrees(rule, from, to, matched, spread)
        return change(from, to, spread, freedom: freedom, shared: matched?.count ?? 0, precision: precision)
    }

    /// Refuses shared PSUs where the covariance between samples is not known.
    private static func refuseStructure(of design: SampleDesign, overlap: Overlap) throws(Problem) {
        guard let structure = design.structure else { return }
        if case .tree(let tree) = structure.form, tree.psuFractions == nil, overlap != .stacked { return }
        throw .overlapStructure(overlap)
    }

    private static func change(
        _ from: ChangeSide, _ to: ChangeSide, _ spread: Spread, freedom: Double, shared: Int, precision: Double?
    ) -> Change {
        let level = from.estimate.level
        let values = [from.estimate.value, to.estimate.value].compactMap { $0 }
        let size = values.map(abs).max() ?? 0
        var difference = values.count == 2 ? values[1] - values[0] : nil
        if let found = difference { difference = found.isFinite ? (abs(found) < 1e-13 * size ? 0 : found) : nil }
        var error = difference == nil ? nil : spread.difference?.squareRoot()
        let scale = max(size, spread.from?.squareRoot() ?? 0, spread.to?.squareRoot() ?? 0)
        if let found = error, found < 1e-12 * scale { error = 0 }
        var limits: (low: Double, high: Double)?
        var p: Double?
        if let difference, let error, freedom >= 1,
            let t = StudentT.quantile((1 + level) / 2, degreesOfFreedom: freedom)
        {
            limits = (difference - t * error, difference + t * error)
            if error > 0 {
                p = StudentT.upperTail(abs(difference) / error, degreesOfFreedom: freedom).map { min(1, 2 * $0) }
            }
        }
        let wanted =
            precision
            ?? (from.estimate.statistic.isShare ? defaultPrecision : defaultRelativePrecision * size)
        var change = Change(
            from: from.estimate, to: to.estimate, difference: difference, standardError: error, low: limits?.low,
            high: limits?.high, level: level, degreesOfFreedom: difference == nil ? nil : freedom,
            correlation: spread.correlation, p: p, sharedPSUs: shared, overlap: spread.overlap,
            verdict: verdict(limits, precision: wanted))
        change.singleSharedPSUs = spread.singles
        change.precision = wanted
        return change
    }

    /// Our rule: an interval without 0 shows the direction; one with 0 shows "no change" only if it is narrow enough.
    private static func verdict(_ limits: (low: Double, high: Double)?, precision: Double) -> Verdict {
        guard let limits else { return .tooImprecise }
        if limits.low > 0 { return .increase }
        if limits.high < 0 { return .decrease }
        return (limits.high - limits.low) / 2 > precision ? .tooImprecise : .noChangeShown
    }

    /// The variance of one side; that of an edge share is read off its interval.
    private static func variance(of estimate: Estimate) -> Double? {
        guard estimate.statistic.isShare, estimate.flags.contains(.edge), estimate.standardError == 0 else {
            return estimate.standardError.map { $0 * $0 }
        }
        guard let low = estimate.low, let high = estimate.high, let freedom = estimate.degreesOfFreedom,
            let t = StudentT.quantile((1 + estimate.level) / 2, degreesOfFreedom: freedom)
        else { return nil }
        return ((high - low) / t) * ((high - low) / t)
    }

    private static func degrees(
        _ rule: DegreesOfFreedom, _ from: ChangeSide, _ to: ChangeSide, _ matched: SampleOverlap?, _ spread: Spread
    ) -> Double {
        switch rule {
        case .infinite: return .infinity
        case .number(let number): return number
        case .full:
            let (first, second) = (PSUSupport(inUse: from.design), PSUSupport(inUse: to.design))
            if matched == nil { return freedom(of: from.design, first) + freedom(of: to.design, second) }
            return Double(union(from.design, first, to.design, second, matched))
        case .design where matched == nil:
            return freedom(of: from.design, from.support) + freedom(of: to.design, to.support)
        case .design: return Double(union(from.design, from.support, to.design, to.support, matched))
        case .satterthwaite:
            let first = freedom(of: from.design, from.support)
            let second = freedom(of: to.design, to.support)
            guard let v1 = spread.from, let v2 = spread.to, v1 + v2 > 0, first > 0, second > 0 else {
                return first + second
            }
            return (v1 + v2) * (v1 + v2) / (v1 * v1 / first + v2 * v2 / second)
        }
    }

    /// Degrees of freedom of one sample: PSUs less strata, or those of its replicates.
    private static func freedom(of design: SampleDesign, _ support: PSUSupport) -> Double {
        design.replicateFreedom(ofPSUs: (0..<design.psuCount).filter(support.isInBase))
            ?? Double(support.degreesOfFreedom(in: design.strata))
    }

    /// PSUs less strata of both samples together; independent samples have strata of their own.
    private static func union(
        _ from: SampleDesign, _ first: PSUSupport, _ to: SampleDesign, _ second: PSUSupport, _ matched: SampleOverlap?
    ) -> Int {
        guard let matched else {
            return first.degreesOfFreedom(in: from.strata) + second.degreesOfFreedom(in: to.strata)
        }
        var labels = Set<String>()
        var psus = 0
        for stratum in from.strata where stratum.psus.contains(where: first.isInBase) { labels.insert(stratum.label) }
        for stratum in to.strata where stratum.psus.contains(where: second.isInBase) { labels.insert(stratum.label) }
        var isCounted = [Bool](repeating: false, count: to.psuCount)
        for psu in 0..<from.psuCount where first.isInBase(psu) {
            psus += 1
            if let partner = matched.partner[psu] { isCounted[partner] = true }
        }
        for psu in 0..<to.psuCount where second.isInBase(psu) && !isCounted[psu] { psus += 1 }
        return psus - labels.count
    }
}

/// The variances of both sides, their covariance, and the rule that gave it.
private struct Spread {
    let from: Double?
    let to: Double?
    var overlap: Change.Overlap
    var covariance = 0.0
    var singles = 0

    init(from: Double?, to: Double?, overlap: Change.Overlap) {
        (self.from, self.to, self.overlap) = (from, to, overlap)
    }

    /// V₁ + V₂ − 2C.
    var difference: Double? {
        guard let from, let to else { return nil }
        let found = from + to - 2 * covariance
        return found.isFinite ? max(0, found) : nil
    }

    var correlation: Double? {
        guard let from, let to, from > 0, to > 0 else { return overlap == .independent ? 0 : nil }
        let found = covariance / (from * to).squareRoot()
        return found.isFinite ? min(1, max(-1, found)) : nil
    }

    /// Takes the covariance by the rule; by correlation where the exact one and the variances contradict each other.
    mutating func take(_ source: OverlapCovariance) {
        guard let from, let to else { return }
        switch overlap {
        case .independent: break
        case .exact:
            (covariance, singles) = source.exact()
            if covariance * covariance > from * to * (1 + 1e-9) {
                overlap = .correlation
                (covariance, singles) = source.byCorrelation()
            }
        case .correlation: (covariance, singles) = source.byCorrelation()
        case .stacked: covariance = source.stackedVariance().map { (from + to - $0) / 2 } ?? .nan
        }
    }
}

extension PSUSupport {
    /// The PSUs with a row of weight other than 0.
    init(inUse design: SampleDesign) {
        self.init(
            marks: (0..<design.psuCount).map {
                design.psuStarts[$0 + 1] > design.psuStarts[$0] ? Tally.inBase | Tally.answered : 0
            })
    }
}

extension Problem {
    /// Satterthwaite's rule with samples that are not independent.
    static func satterthwaiteOverlap(_ overlap: Change.Overlap) -> Problem {
        Problem(
            "estimation.satterthwaite-overlap", .usage, what: "--df satterthwaite goes with independent samples only",
            why: "the rule takes two variances without covariance; found --overlap \(overlap.rawValue)",
            fix: "drop --df, or compare the samples as independent")
    }

    /// Shared PSUs of samples whose covariance has no formula here.
    static func overlapStructure(_ overlap: Change.Overlap) -> Problem {
        Problem(
            "estimation.overlap-structure", .usage, what: "--overlap \(overlap.rawValue) does not go with this design",
            why: "the covariance over shared PSUs is known for one phase with equal probabilities inside strata",
            fix: "compare the samples as independent, or use --stages first with --overlap exact")
    }

    /// Replicates of samples that share PSUs.
    static func replicatedOverlap() -> Problem {
        Problem(
            "estimation.replicated-overlap", .usage,
            what: "Samples that share PSUs cannot be compared by their replicates",
            why: "the replicates of both would have to leave out or draw the same PSUs, which nobody can tell of these",
            fix: "compare without replicates, or as independent samples with --overlap independent")
    }

    /// A precision that is not above 0.
    static func wrongPrecision(_ value: Double) -> Problem {
        Problem(
            "estimation.wrong-precision", .usage, what: "--precision cannot be \(JSONText.shortest(value))",
            why: "a precision is above 0; found \(JSONText.shortest(value))",
            fix: "write for example --precision 0.05 for 5 percentage points")
    }
}
