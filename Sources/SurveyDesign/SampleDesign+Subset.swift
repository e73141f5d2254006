extension SampleDesign {
    /// Takes rows out before PSUs are counted, as if they had not been sampled; PSUs and strata left empty vanish.
    ///
    /// This is not a domain: sample sizes shrink. Population sizes and weights stay as they are. Variances over pairs and
    /// of two phases do not know smaller samples.
    package func keeping(_ isKept: [Bool]) -> SampleDesign {
        precondition(isKept.count == rowCount, "one mark a row")
        precondition(canShrink, "the sample has stages only")
        var isOccupied = [Bool](repeating: false, count: psuCount)
        for row in isKept.indices where isKept[row] && psus[row] != SampleDesign.setAside {
            isOccupied[Int(psus[row])] = true
        }
        var numbers = [UInt32](repeating: SampleDesign.setAside, count: psuCount)
        var kept: [Stratum] = []
        var next = 0
        for stratum in strata {
            let first = next
            for psu in stratum.psus where isOccupied[psu] {
                numbers[psu] = UInt32(next)
                next += 1
            }
            if next > first {
                kept.append(
                    Stratum(
                        label: stratum.label, firstPSU: first, psuCount: next - first, population: stratum.population))
            }
        }
        let renumbered = isKept.indices.map { row -> UInt32 in
            isKept[row] && psus[row] != SampleDesign.setAside ? numbers[Int(psus[row])] : SampleDesign.setAside
        }
        let occupied = isOccupied.indices.filter { isOccupied[$0] }
        var result = SampleDesign(
            specification: specification, strata: kept, psus: RowPSUs(renumbered),
            psuLabels: psuLabels?.keeping(occupied), weightOfRow: weightOfRow, cautions: cautions,
            structure: structure?.keeping(isKept, strata: kept, psus: occupied))
        result.replicates = replicates?.keeping(occupied)
        return result
    }
}
