internal import SurveyDesign
internal import SurveyMath

/// The variance of functions of totals by linearisation, for all groups of a breakdown at once.
///
///     z(PSU) = gradient · sums of the PSU        V = Σh (1 − f) n/(n − 1) Σi (z − z̄h)²
///
/// Sums are centred before they are squared. A PSU of the sample without rows in the group has z = 0, and counts.
/// Source: Särndal, Swensson and Wretman (1992), §5.5; Documentation/Methods.md, "Linearised variance".
struct LinearizedVariance {
    /// The gradients of the estimators in each group.
    struct Gradients {
        /// Estimator × term: which sum of a cell.
        let offsets: [Int]
        /// Group × estimator × term; 0 where an estimate is not defined.
        var values: [Double]
        let terms: Int
        let estimators: Int
    }

    /// What the sample knows of a group.
    struct Support {
        /// PSUs and strata with a row of the base, missing answers included: they make the degrees of freedom.
        var psus = 0
        var strata = 0
        /// PSUs with an answer.
        var answeredPSUs = 0
        /// A stratum with rows of the group went through the rule for lonely PSUs.
        var isLonely = false
        /// Strata with answers, and how many of them have a variance of their own.
        var answeredStrata = 0
        var usableStrata = 0

        /// The rule `average`: strata that are left out get the mean of the others.
        var averaging: Double? {
            usableStrata > 0 ? Double(answeredStrata) / Double(usableStrata) : answeredStrata > 0 ? nil : 1
        }
    }

    let design: SampleDesign
    let adjustsLonelyDomains: Bool

    /// Returns group × estimator variances (nil where no stratum has one), and what supports each group.
    func variances(
        of tally: Tally, _ gradients: Gradients, scratch: VarianceScratch
    ) -> (variances: [Double?], support: [Support]) {
        let groups = tally.index.groupCount
        let estimators = gradients.estimators
        var pass = StratumPass(scratch, tally: tally, gradients: gradients, psuCount: design.psuCount)
        let variances = gradients.values.withUnsafeBufferPointer { values in
            gradients.offsets.withUnsafeBufferPointer { offsets in
                tally.index.groupOfCell.withUnsafeBufferPointer { groupOfCell -> [CompensatedSum] in
                    var variances = [CompensatedSum](repeating: CompensatedSum(), count: groups * estimators)
                    for stratum in design.strata {
                        add(
                            stratum, tally, Influence(tally, values, offsets, gradients), groupOfCell, &pass, &variances
                        )
                    }
                    return variances
                }
            }
        }
        let lonely = design.specification.lonelyPSU == .adjust ? design.strata.filter(\.isLonely) : []
        let totalLonely = lonely.map { 1 - $0.samplingFraction }.reduce(0, +)
        let found = (0..<groups * estimators).map { position -> Double? in
            let group = position / estimators
            guard let averaging = pass.support[group].averaging else { return nil }
            // By the rule `adjust` a lonely PSU outside the group, with z = 0, is off the grand mean all the same.
            let mean = totalLonely == 0 ? 0 : grandMean(of: tally, gradients, position: position)
            return (variances[position].value + (totalLonely - pass.lonelySeen[group]) * mean * mean) * averaging
        }
        return (found, pass.support)
    }

    /// The mean of all PSU sums of the sample: their total over the number of PSUs.
    func grandMean(of tally: Tally, _ gradients: Gradients, position: Int) -> Double {
        let (group, estimator) = (position / gradients.estimators, position % gradients.estimators)
        var total = 0.0
        for term in 0..<gradients.terms {
            total +=
                gradients.values[position * gradients.terms + term]
                * tally.totals[group * tally.width + gradients.offsets[estimator * gradients.terms + term]]
        }
        return total / Double(design.psuCount)
    }

    /// gradient · sums of a cell.
    struct Influence {
        private let sums: UnsafePointer<Double>
        private let width: Int
        private let values: UnsafeBufferPointer<Double>
        private let offsets: UnsafeBufferPointer<Int>
        private let terms: Int
        private let estimators: Int

        init(
            _ tally: Tally, _ values: UnsafeBufferPointer<Double>, _ offsets: UnsafeBufferPointer<Int>,
            _ gradients: Gradients
        ) {
            sums = tally.sums
            width = tally.width
            self.values = values
            self.offsets = offsets
            terms = gradients.terms
            estimators = gradients.estimators
        }

        @inline(__always)
        func callAsFunction(_ cell: Int, _ group: Int, _ estimator: Int) -> Double {
            let own = sums + cell &* width
            let first = (group &* estimators &+ estimator) &* terms
            let start = estimator &* terms
            var z = values[first] * own[offsets[start]]
            // Nearly every estimator has two terms.
            if terms == 2 { return z + values[first &+ 1] * own[offsets[start &+ 1]] }
            for term in 1..<max(1, terms) { z += values[first &+ term] * own[offsets[estimator &* terms &+ term]] }
            return z
        }
    }

    private func add(
        _ stratum: Stratum, _ tally: Tally, _ influence: Influence, _ groupOfCell: UnsafeBufferPointer<UInt32>,
        _ pass: inout StratumPass, _ variances: inout [CompensatedSum]
    ) {
        let estimators = pass.estimators
        pass.eachBlock(of: stratum, tally.index) { cells, pass in
            for cell in cells {
                let mark = tally.marks[cell]
                if mark == 0 { continue }
                let group = Int(groupOfCell[cell])
                pass.touch(group, isAnswered: mark & Tally.answered != 0)
                if mark & Tally.answered == 0 { continue }
                let sums = pass.block + group &* estimators
                for estimator in 0..<estimators { sums[estimator] += influence(cell, group, estimator) }
            }
        }
        for group in pass.touchedInStratum {
            let rule = pass.settle(stratum, group, rule: design.specification.lonelyPSU, adjustsLonelyDomains)
            let others = Double(stratum.psuCount - pass.answered[group])
            for position in (group &* estimators)..<((group &+ 1) &* estimators) {
                let centre: Double =
                    switch rule {
                    case .ownMean: pass.sums[position].value / Double(stratum.psuCount)
                    case .grandMean: grandMean(of: tally, pass.gradients, position: position)
                    case .zero, .nothing, .leftOut: 0
                    }
                pass.centres[position] = centre
                // PSUs without an answer in the group have z = 0.
                pass.sums[position] = CompensatedSum(others * centre * centre)
            }
        }
        pass.eachBlock(of: stratum, tally.index) { cells, pass in
            for cell in cells where tally.marks[cell] & Tally.answered != 0 {
                let group = Int(groupOfCell[cell])
                pass.touchBlock(group)
                let sums = pass.block + group &* estimators
                let centres = pass.centres + group &* estimators
                for estimator in 0..<estimators {
                    let deviation = influence(cell, group, estimator) - centres[estimator]
                    sums[estimator] += deviation * deviation
                }
            }
        }
        for group in pass.touchedInStratum {
            let rule = StratumRule(
                stratum, occupied: pass.answered[group], rule: design.specification.lonelyPSU,
                adjustsLonelyDomains: adjustsLonelyDomains)
            if rule != .nothing, rule != .leftOut, pass.answered[group] > 0 {
                let factor = StratumRule.factor(stratum)
                for position in (group &* estimators)..<((group &+ 1) &* estimators) {
                    variances[position].add(factor * pass.sums[position].value)
                }
            }
        }
        pass.leaveStratum()
    }
}
