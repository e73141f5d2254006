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
    func variances(of tally: Tally, _ gradients: Gradients) -> (variances: [Double?], support: [Support]) {
        let groups = tally.index.groupCount
        let estimators = gradients.estimators
        var state = State(groups: groups, estimators: estimators)
        var totalLonely = 0.0
        for stratum in design.strata {
            add(stratum, of: tally, gradients, to: &state)
            if stratum.isLonely { totalLonely += 1 - stratum.samplingFraction }
        }
        var variances = [Double?](repeating: nil, count: groups * estimators)
        for group in 0..<groups {
            guard let averaging = state.support[group].averaging else { continue }
            for estimator in 0..<estimators {
                let position = group * estimators + estimator
                var variance = state.variances[position].value
                if design.specification.lonelyPSU == .adjust {
                    // A lonely PSU outside the group has z = 0 and stands at a distance from the grand mean all the same.
                    let mean = grandMean(of: tally, gradients, group: group, estimator: estimator)
                    variance += (totalLonely - state.lonelySeen[group]) * mean * mean
                }
                variances[position] = variance * averaging
            }
        }
        return (variances, state.support)
    }

    /// The mean of all PSU sums of the sample: their total over the number of PSUs.
    func grandMean(of tally: Tally, _ gradients: Gradients, group: Int, estimator: Int) -> Double {
        var total = 0.0
        for term in 0..<gradients.terms {
            let gradient = gradients.values[(group * gradients.estimators + estimator) * gradients.terms + term]
            total += gradient * tally.totals[group * tally.width + gradients.offsets[estimator * gradients.terms + term]]
        }
        return total / Double(design.psuCount)
    }

    /// Running results of all groups, and the scratch of the stratum at hand.
    private struct State {
        var variances: [CompensatedSum]
        var support: [Support]
        /// 1 − f of the lonely strata with answers of the group.
        var lonelySeen: [Double]
        /// Groups with rows in the stratum.
        var touched: [Int] = []
        /// PSUs of the stratum with rows of the base, and with answers.
        var occupied: [Int]
        var answered: [Int]
        /// Group × estimator: first Σz, then the centre.
        var centres: [CompensatedSum]
        var squares: [CompensatedSum]

        init(groups: Int, estimators: Int) {
            let zero = [CompensatedSum](repeating: CompensatedSum(), count: groups * estimators)
            variances = zero
            centres = zero
            squares = zero
            support = [Support](repeating: Support(), count: groups)
            lonelySeen = [Double](repeating: 0, count: groups)
            occupied = [Int](repeating: 0, count: groups)
            answered = occupied
        }
    }

    private func add(_ stratum: Stratum, of tally: Tally, _ gradients: Gradients, to state: inout State) {
        let cells = tally.index.firstCells[stratum.firstPSU]..<tally.index.firstCells[stratum.psus.upperBound]
        guard !cells.isEmpty else { return }
        let estimators = gradients.estimators
        state.touched.removeAll(keepingCapacity: true)
        for cell in cells where tally.marks[cell] != 0 {
            let group = Int(tally.index.groupOfCell[cell])
            if state.occupied[group] == 0 { state.touched.append(group) }
            state.occupied[group] &+= 1
            if tally.marks[cell] & Tally.answered == 0 { continue }
            state.answered[group] &+= 1
            for estimator in 0..<estimators {
                state.centres[group &* estimators &+ estimator].add(influence(tally, gradients, cell, group, estimator))
            }
        }
        for group in state.touched {
            let rule = settle(stratum, group: group, in: &state)
            let others = Double(stratum.psuCount - state.answered[group])
            for estimator in 0..<estimators {
                let position = group &* estimators &+ estimator
                let centre =
                    switch rule {
                    case .ownMean: state.centres[position].value / Double(stratum.psuCount)
                    case .grandMean: grandMean(of: tally, gradients, group: group, estimator: estimator)
                    case .zero, .nothing, .leftOut: 0.0
                    }
                state.centres[position] = CompensatedSum(centre)
                // PSUs without an answer in the group have z = 0.
                state.squares[position] = CompensatedSum(others * centre * centre)
            }
        }
        for cell in cells where tally.marks[cell] & Tally.answered != 0 {
            let group = Int(tally.index.groupOfCell[cell])
            for estimator in 0..<estimators {
                let position = group &* estimators &+ estimator
                let deviation = influence(tally, gradients, cell, group, estimator) - state.centres[position].value
                state.squares[position].add(deviation * deviation)
            }
        }
        for group in state.touched {
            let rule = StratumRule(
                stratum, occupied: state.answered[group], rule: design.specification.lonelyPSU,
                adjustsLonelyDomains: adjustsLonelyDomains)
            let adds = rule != .nothing && rule != .leftOut && state.answered[group] > 0
            let factor = adds ? StratumRule.factor(stratum) : 0
            for position in (group &* estimators)..<((group &+ 1) &* estimators) {
                state.variances[position].add(factor * state.squares[position].value)
                state.centres[position] = CompensatedSum()
            }
            state.occupied[group] = 0
            state.answered[group] = 0
        }
    }

    /// Counts the stratum for a group and returns how it is centred.
    private func settle(_ stratum: Stratum, group: Int, in state: inout State) -> StratumRule {
        let rule = StratumRule(
            stratum, occupied: state.answered[group], rule: design.specification.lonelyPSU,
            adjustsLonelyDomains: adjustsLonelyDomains)
        state.support[group].psus += state.occupied[group]
        state.support[group].strata += 1
        guard state.answered[group] > 0 else { return rule }
        state.support[group].answeredPSUs += state.answered[group]
        state.support[group].answeredStrata += 1
        if rule != .leftOut { state.support[group].usableStrata += 1 }
        if rule != .ownMean, !stratum.isCensus { state.support[group].isLonely = true }
        if stratum.isLonely { state.lonelySeen[group] += 1 - stratum.samplingFraction }
        return rule
    }

    @inline(__always)
    func influence(_ tally: Tally, _ gradients: Gradients, _ cell: Int, _ group: Int, _ estimator: Int) -> Double {
        var z = 0.0
        for term in 0..<gradients.terms {
            z += gradients.values[(group &* gradients.estimators &+ estimator) &* gradients.terms &+ term]
                * tally.sums[cell &* tally.width &+ gradients.offsets[estimator &* gradients.terms &+ term]]
        }
        return z
    }
}
