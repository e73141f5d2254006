internal import SurveyDesign

/// How the PSU sums of one stratum are centred for one group, by the design's rule for lonely PSUs.
///
/// Source: Documentation/Methods.md, "Lonely PSU".
enum StratumRule {
    /// Adds nothing: a census of PSUs, or a lonely PSU that counts as certain.
    case nothing
    /// Adds nothing and does not count among the strata whose mean stands in for it.
    case leftOut
    /// Deviations from the mean of the stratum, PSUs outside the domain with sum 0 included.
    case ownMean
    /// Deviations from the mean of all PSU sums of the sample.
    case grandMean
    /// The PSU sums as they are.
    case zero

    /// The rule for a stratum in which `occupied` PSUs have rows of the group.
    init(_ stratum: Stratum, occupied: Int, rule: LonelyPSU, adjustsLonelyDomains: Bool) {
        if stratum.isCensus {
            self = .nothing
        } else if stratum.psuCount == 1 {
            switch rule {
            case .fail, .certainty, .collapse: self = .nothing
            case .average: self = .leftOut
            case .adjust: self = .grandMean
            case .adjustZero: self = .zero
            }
        } else if occupied == 1, adjustsLonelyDomains {
            switch rule {
            case .fail, .certainty, .collapse: self = .ownMean
            case .average: self = .leftOut
            case .adjust: self = .grandMean
            case .adjustZero: self = .zero
            }
        } else {
            self = .ownMean
        }
    }

    /// The factor of the sum of squares: (1 − f)·n/(n − 1), with n/(n − 1) taken as 1 for a lonely PSU.
    static func factor(_ stratum: Stratum) -> Double {
        let n = Double(stratum.psuCount)
        return (1 - stratum.samplingFraction) * (n > 1 ? n / (n - 1) : 1)
    }
}
