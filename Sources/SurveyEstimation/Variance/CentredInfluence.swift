internal import SurveyDesign

extension LinearizedVariance {
    /// One value a PSU for each group × estimator, such that the covariance of two estimates is their scalar product.
    ///
    /// The value is the PSU sum less the centre of its stratum, times the root of the stratum's factor. An estimate
    /// whose variance is not defined has values that are not numbers.
    func centredInfluence(of tally: Tally, _ gradients: Gradients, support: [Support]) -> [[Double]] {
        var result: [[Double]] = []
        gradients.values.withUnsafeBufferPointer { values in
            gradients.offsets.withUnsafeBufferPointer { offsets in
                result = centred(tally, gradients, support, Influence(tally, values, offsets, gradients))
            }
        }
        return result
    }

    private func centred(
        _ tally: Tally, _ gradients: Gradients, _ support: [Support], _ influence: Influence
    ) -> [[Double]] {
        var result: [[Double]] = []
        for group in 0..<tally.index.groupCount {
            let cells = (0..<tally.index.cellCount).filter {
                Int(tally.index.groupOfCell[$0]) == group && tally.marks[$0] & Tally.answered != 0
            }
            let psus = psuOfCells(cells, firstCells: tally.index.firstCells)
            let averaging = support[group].averaging?.squareRoot() ?? .nan
            for estimator in 0..<gradients.estimators {
                var values = [Double](repeating: 0, count: design.psuCount)
                for (cell, psu) in zip(cells, psus) {
                    values[psu] = influence(cell, group, estimator)
                }
                var next = 0
                for stratum in design.strata {
                    let first = next
                    while next < psus.count, psus[next] < stratum.psus.upperBound { next += 1 }
                    let rule = StratumRule(
                        stratum, occupied: next - first, rule: design.specification.lonelyPSU,
                        adjustsLonelyDomains: adjustsLonelyDomains)
                    var factor = (StratumRule.factor(stratum)).squareRoot() * averaging
                    var centre = 0.0
                    switch rule {
                    case .nothing, .leftOut: factor = averaging.isNaN ? .nan : 0
                    case .ownMean: centre = values[stratum.psus].reduce(0, +) / Double(stratum.psuCount)
                    case .grandMean:
                        centre = grandMean(of: tally, gradients, position: group * gradients.estimators + estimator)
                    case .zero: break
                    }
                    for psu in stratum.psus { values[psu] = (values[psu] - centre) * factor }
                }
                result.append(values)
            }
        }
        return result
    }

    private func psuOfCells(_ cells: [Int], firstCells: [Int]) -> [Int] {
        var psu = 0
        return cells.map { cell in
            while firstCells[psu + 1] <= cell { psu += 1 }
            return psu
        }
    }
}
