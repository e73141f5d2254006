internal import SurveyDesign
internal import SurveyMath

/// Turns the PSU sums of estimates into vectors whose scalar products are covariances.
///
/// The value of a PSU is its sum less the centre of its stratum, times the root of the stratum's factor.
/// Source: Documentation/Methods.md, "Linearised variance" and "Lonely PSU".
struct PSUCentring {
    let strata: [Stratum]
    let lonelyPSU: LonelyPSU
    let adjustsLonelyDomains: Bool

    init(_ design: SampleDesign, adjustsLonelyDomains: Bool) {
        self.init(
            strata: design.strata, lonelyPSU: design.specification.lonelyPSU,
            adjustsLonelyDomains: adjustsLonelyDomains)
    }

    init(strata: [Stratum], lonelyPSU: LonelyPSU, adjustsLonelyDomains: Bool) {
        self.strata = strata
        self.lonelyPSU = lonelyPSU
        self.adjustsLonelyDomains = adjustsLonelyDomains
    }

    /// How the sums of estimates with the same support are centred and scaled.
    struct Scaling {
        /// By stratum.
        let rules: [StratumRule]
        /// The root of what the rule `average` multiplies a variance by; not-a-number where no variance is defined.
        let averaging: Double
    }

    /// What the PSUs behind an estimate ask for.
    func scaling(_ support: PSUSupport) -> Scaling {
        Scaling(rules: strata.map { rule($0, support) }, averaging: averaging(support)?.squareRoot() ?? .nan)
    }

    /// Centres the PSU sums of one estimate; not-a-number everywhere where its variance is not defined.
    func centred(_ sums: [Double], support: PSUSupport) -> [Double] { centred(sums, scaling(support)) }

    /// The same with a scaling that is known.
    ///
    /// `fractions` are the probabilities of PSUs where they differ inside strata.
    func centred(_ sums: consuming [Double], _ scaling: Scaling, fractions: [Double]? = nil) -> [Double] {
        var values = sums
        let grandMean = lonelyPSU == .adjust && !values.isEmpty ? CompensatedSum.of(values) / Double(values.count) : 0
        values.withUnsafeMutableBufferPointer { values in
            for (stratum, rule) in zip(strata, scaling.rules) {
                var factor = StratumRule.factor(stratum).squareRoot() * scaling.averaging
                var centre = 0.0
                switch rule {
                case .nothing, .leftOut: factor = scaling.averaging.isNaN ? .nan : 0
                case .ownMean:
                    let own = UnsafeBufferPointer(rebasing: values[stratum.psus])
                    centre = CompensatedSum.of(own) / Double(stratum.psuCount)
                case .grandMean: centre = grandMean
                case .zero: break
                }
                guard let fractions, stratum.psuCount > 1 else {
                    for psu in stratum.psus { values[psu] = (values[psu] - centre) * factor }
                    continue
                }
                for psu in stratum.psus {
                    values[psu] = (values[psu] - centre) * factor * (1 - fractions[psu]).squareRoot()
                }
            }
        }
        return values
    }

    func rule(_ stratum: Stratum, _ support: PSUSupport) -> StratumRule {
        StratumRule(
            stratum, occupied: stratum.psus.count(where: support.isAnswered), rule: lonelyPSU,
            adjustsLonelyDomains: adjustsLonelyDomains)
    }

    /// The rule `average`: strata that are left out get the mean of the others; nil where there is no other.
    func averaging(_ support: PSUSupport) -> Double? {
        var counts = LinearizedVariance.Support()
        for stratum in strata where stratum.psus.contains(where: support.isAnswered) {
            counts.answeredStrata += 1
            if rule(stratum, support) != .leftOut { counts.usableStrata += 1 }
        }
        return counts.averaging
    }

    /// Σ of the products of two vectors of ``centred(_:support:)``; nil where either variance is not defined.
    static func product(_ left: [Double], _ right: [Double]) -> Double? {
        let product = CompensatedSum.of(zip(left, right).map { $0 * $1 })
        return product.isFinite ? product : nil
    }
}
