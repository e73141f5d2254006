public import SurveyDesign
public import SurveyProblems

/// The PSUs that two samples share, matched by their labels; made once for many changes.
public struct SampleOverlap: Sendable {
    /// Shared PSUs of one pair of strata; nearly always one stratum with itself.
    struct Cell: Sendable {
        let from: Stratum
        let to: Stratum
        /// Their numbers in both samples, in the order of the first.
        let psus: [(from: Int, to: Int)]

        /// n₁n₂/N where both samples were drawn from the same N PSUs, else 0.
        ///
        /// Where the two populations differ a little, N is their geometric mean.
        var expectedShared: Double {
            guard from.label == to.label else { return 0 }
            // n₁n₂/N with N = n₁/f₁ = n₂/f₂ is √(n₁f₁n₂f₂).
            return
                (Double(from.psuCount) * from.samplingFraction * Double(to.psuCount) * to.samplingFraction).squareRoot()
        }
    }

    /// In the order of the first sample's strata, then of the second's.
    let cells: [Cell]
    /// The second sample's number of each PSU of the first, nil where it is not shared.
    let partner: [Int?]

    /// PSUs in both samples.
    public var count: Int { cells.map(\.psus.count).reduce(0, +) }

    /// Matches the PSUs of two samples: by label, or by stratum and label where labels are unique only inside strata.
    ///
    /// - Throws: ``Problem`` `estimation.no-psu-labels` where each row of a sample is a PSU.
    public init(from: SampleDesign, to: SampleDesign) throws(Problem) {
        guard from.psuLabel(0) != nil, to.psuLabel(0) != nil else { throw .noPSULabels() }
        let isNested = from.specification.isNested || to.specification.isNested
        let strata = Dictionary(to.strata.enumerated().map { ($1.label, $0) }, uniquingKeysWith: { _, last in last })
        var partner = [Int?](repeating: nil, count: from.psuCount)
        // Most PSUs stand in the same stratum of both samples, in the same order.
        for stratum in from.strata {
            guard let position = strata[stratum.label] else { continue }
            SampleOverlap.match(stratum.psus, of: from, to.strata[position].psus, of: to, &partner)
        }
        // Labels that are unique in the whole sample are the same PSU in whatever stratum they stand.
        if !isNested { SampleOverlap.match(0..<from.psuCount, of: from, 0..<to.psuCount, of: to, &partner) }
        let stratumOfPSU = to.strata.enumerated().flatMap { [Int](repeating: $0, count: $1.psuCount) }
        var cells: [Cell] = []
        for stratum in from.strata {
            let shared = stratum.psus.compactMap { psu in partner[psu].map { (from: psu, to: $0) } }
            for (position, psus) in Dictionary(grouping: shared, by: { stratumOfPSU[$0.to] }).sorted(by: {
                $0.key < $1.key
            }) {
                cells.append(Cell(from: stratum, to: to.strata[position], psus: psus))
            }
        }
        self.cells = cells
        self.partner = partner
    }

    /// Gives each PSU of some that has no partner yet the one of the others with its label.
    private static func match(
        _ psus: Range<Int>, of from: SampleDesign, _ others: Range<Int>, of to: SampleDesign, _ partner: inout [Int?]
    ) {
        var other = others.lowerBound
        for psu in psus where partner[psu] == nil && other < others.upperBound {
            guard from.psuLabel(psu) == to.psuLabel(other) else { continue }
            partner[psu] = other
            other += 1
        }
        guard partner[psus].contains(nil) else { return }
        let numbers = Dictionary(others.map { (to.psuLabel($0) ?? "", $0) }, uniquingKeysWith: { _, last in last })
        for psu in psus where partner[psu] == nil { partner[psu] = numbers[from.psuLabel(psu) ?? ""] }
    }
}

extension Problem {
    /// Samples whose PSUs have no labels to be matched by.
    static func noPSULabels() -> Problem {
        Problem(
            "estimation.no-psu-labels", .usage, what: "The samples cannot be matched",
            why: "shared PSUs are found by their labels; a sample without PSU columns has none",
            fix: "name the PSUs with --psu, or compare the samples as independent")
    }
}
