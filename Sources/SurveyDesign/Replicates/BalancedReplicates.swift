internal import SurveyMath
internal import SurveyProblems

extension ReplicateWeights {
    /// Half samples balanced by a Hadamard matrix of order R: 2 − ρ or ρ; s = 1/(R(1 − ρ)²).
    ///
    /// A stratum with more than two PSUs, an even number, is divided into pairs in their order.
    /// Source: McCarthy (1969); Judkins (1990), Journal of Official Statistics 6, 223–239.
    static func balanced(
        _ plan: ReplicatePlan, _ design: SampleDesign, rho: Double, count: Int?
    ) throws(Problem) -> ReplicateWeights {
        let name = plan.method?.name ?? "brr"
        let odd = design.strata.filter { !$0.psuCount.isMultiple(of: 2) }
        guard odd.isEmpty else { throw .oddPSUs(name, strata: odd.map(\.label)) }
        let pairs = design.psuCount / 2
        let matrix = try hadamard(name, above: pairs, count: count)
        try checkSize(count: matrix.order, units: design.psuCount, bytes: 1)
        let codes = codes(count: matrix.order, units: design.psuCount) { psu, replicate in
            // The first row is all 1 and balances nothing.
            let isFirst = matrix[1 + psu / 2, replicate] > 0
            return isFirst == psu.isMultiple(of: 2) ? 1 : 0
        }
        return ReplicateWeights(
            plan,
            factors: coded(
                codes, count: matrix.order, low: [Double](repeating: rho, count: design.psuCount),
                step: [Double](repeating: 2 - 2 * rho, count: design.psuCount)),
            scale: 1 / (Double(matrix.order) * (1 - rho) * (1 - rho)))
    }

    /// Successive differences: 1 + 2^(−3/2)(H_a − H_a′) with rows a, a′ of a Hadamard matrix; s = 4/R.
    ///
    /// The units of a stratum stand in a circle in their order, each with the row that it shares with the next one; so half
    /// the squared differences of neighbours add up to the variance. After all rows were used, the next round takes them
    /// in other steps, so that pairs of rows come again as late as possible.
    /// Source: Fay and Train (1995), Proceedings of the Section on Government Statistics, 154–159.
    static func successiveDifferences(
        _ plan: ReplicatePlan, _ design: SampleDesign, count: Int?
    ) throws(Problem) -> ReplicateWeights {
        let most = design.strata.map(\.psuCount).max() ?? 0
        guard most > 1 else { throw .replicatesOfOnePSU("sdr") }
        let matrix = try hadamard("sdr", above: count ?? max(4, min(most, 80)) - 1, count: count)
        try checkSize(count: matrix.order, units: design.psuCount, bytes: 1)
        let rows = pairsOfRows(design, order: matrix.order)
        let codes = codes(count: matrix.order, units: design.psuCount) { psu, replicate in
            UInt8(1 + (matrix[rows[psu].own, replicate] - matrix[rows[psu].next, replicate]) / 2)
        }
        let half = 0.5.squareRoot()
        return ReplicateWeights(
            plan,
            factors: coded(
                codes, count: matrix.order, low: [Double](repeating: 1 - half, count: design.psuCount),
                step: [Double](repeating: half, count: design.psuCount)),
            scale: 4 / Double(matrix.order))
    }

    /// For each PSU its row of the matrix and that of its neighbour.
    private static func pairsOfRows(_ design: SampleDesign, order: Int) -> [(own: Int, next: Int)] {
        var rows = [(own: Int, next: Int)](repeating: (0, 0), count: design.psuCount)
        // The first row is all 1. In steps that share no divisor with their number all others come once a round.
        let usable = order - 1
        func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }
        let steps = (1...max(1, usable / 2)).filter { divisor(usable, $0) == 1 }
        var used = 0
        for stratum in design.strata where stratum.psuCount > 1 {
            var psu = stratum.firstPSU
            let end = stratum.psus.upperBound
            while psu < end {
                let (round, place) = used.quotientAndRemainder(dividingBy: usable)
                let step = steps[round % steps.count]
                var length = min(end - psu, usable - place)
                // A circle of one unit would say nothing: the last of a stratum is never left alone.
                if end - psu - length == 1, length > 2 { length -= 1 }
                if length == 1 || end - psu - length == 1 {
                    used += length
                    continue
                }
                func row(_ number: Int) -> Int { 1 + number * step % usable }
                for unit in 0..<length {
                    rows[psu + unit] = (row(place + unit), row(unit + 1 < length ? place + unit + 1 : place))
                }
                psu += length
                used += length
            }
        }
        return rows
    }

    private static func hadamard(_ method: String, above number: Int, count: Int?) throws(Problem) -> HadamardMatrix {
        if let count {
            guard method == "sdr" || count > number, count >= 4, let matrix = HadamardMatrix(order: count) else {
                throw .noHadamard(method, order: count, above: method == "sdr" ? 3 : number)
            }
            return matrix
        }
        guard let matrix = HadamardMatrix(above: number) else {
            throw .tooManyPairs(method, pairs: number, most: HadamardMatrix.greatestOrder - 1)
        }
        return matrix
    }

    /// Codes of all units and replicates in the layout of ``ReplicateFactors``.
    static func codes(count: Int, units: Int, _ code: (_ unit: Int, _ replicate: Int) -> UInt8) -> [UInt8] {
        let lanes = ReplicateFactors.lanes
        var codes = [UInt8](repeating: 0, count: ReplicateFactors.size(count: count, units: units))
        for replicate in 0..<count {
            let (block, lane) = replicate.quotientAndRemainder(dividingBy: lanes)
            for unit in 0..<units { codes[(block * units + unit) * lanes + lane] = code(unit, replicate) }
        }
        return codes
    }

    static func coded(_ codes: [UInt8], count: Int, low: [Double], step: [Double]) -> ReplicateFactors {
        ReplicateFactors(.coded(codes, low: low, step: step), count: count, unitCount: low.count)
    }
}
