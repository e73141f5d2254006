internal import SurveyMath
internal import SurveyProblems

extension ReplicateWeights {
    /// Each replicate leaves out one PSU: 0, and n/(n − 1) for the others; s = (1 − f)(n − 1)/n.
    static func jk1(_ plan: ReplicatePlan, _ design: SampleDesign) throws(Problem) -> ReplicateWeights {
        guard design.strata.count == 1, let stratum = design.strata.first else {
            throw .stratifiedJackknife(strata: design.strata.count)
        }
        let n = stratum.psuCount
        guard n > 1 else { throw .replicatesOfOnePSU("jk1") }
        let count = Double(n)
        let deletions = stratum.psus.map {
            ReplicateFactors.Deletion(units: stratum.psus, others: count / (count - 1), unit: $0, own: 0)
        }
        return ReplicateWeights(
            plan, factors: ReplicateFactors(.deletions(deletions), count: n, unitCount: n),
            scale: (1 - stratum.samplingFraction) * (count - 1) / count)
    }

    /// In the stratum of the PSU left out 0 and n/(n − 1), elsewhere 1; r = (1 − f)(n − 1)/n.
    ///
    /// A census has no replicates. A single PSU follows the rule of the design, so that totals have the linearised
    /// variance: none, the mean of the other strata, or its distance from the centre as a replicate of its own.
    static func jkn(_ plan: ReplicatePlan, _ design: SampleDesign) throws(Problem) -> ReplicateWeights {
        var deletions: [ReplicateFactors.Deletion] = []
        var scales: [Double] = []
        var lonely = 0
        for stratum in design.strata where !stratum.isCensus {
            let f = stratum.samplingFraction
            guard stratum.psuCount == 1 else {
                let n = Double(stratum.psuCount)
                for psu in stratum.psus {
                    deletions.append(.init(units: stratum.psus, others: n / (n - 1), unit: psu, own: 0))
                    scales.append((1 - f) * (n - 1) / n)
                }
                continue
            }
            switch design.specification.lonelyPSU {
            case .fail, .certainty, .collapse: break
            case .average: lonely += 1
            case .adjust:
                let share = 1 / Double(design.psuCount)
                deletions.append(
                    .init(units: 0..<design.psuCount, others: 1 + share, unit: stratum.firstPSU, own: share))
                scales.append(1 - f)
            case .adjustZero:
                deletions.append(.init(units: stratum.psus, others: 1, unit: stratum.firstPSU, own: 0))
                scales.append(1 - f)
            }
        }
        guard !deletions.isEmpty else { throw .nothingToReplicate("jkn") }
        let strata = Double(design.strata.count)
        return ReplicateWeights(
            plan,
            factors: ReplicateFactors(.deletions(deletions), count: deletions.count, unitCount: design.psuCount),
            scale: lonely == 0 ? 1 : strata / (strata - Double(lonely)), scales: scales)
    }

    /// Two PSUs a stratum: 0 for the first and 2 for the second, one replicate a stratum; s = r = 1.
    static func jk2(_ plan: ReplicatePlan, _ design: SampleDesign) throws(Problem) -> ReplicateWeights {
        let others = design.strata.filter { $0.psuCount != 2 }
        guard others.isEmpty else { throw .notTwoPSUs("jk2", strata: others.map(\.label)) }
        guard design.strata.count > 1 else { throw .nothingToReplicate("jk2") }
        let deletions = design.strata.map {
            ReplicateFactors.Deletion(units: $0.psus, others: 2, unit: $0.firstPSU, own: 0)
        }
        return ReplicateWeights(
            plan,
            factors: ReplicateFactors(.deletions(deletions), count: deletions.count, unitCount: design.psuCount),
            scale: 1)
    }
}
