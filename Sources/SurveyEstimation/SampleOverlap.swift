public import SurveyDesign
public import SurveyProblems

/// The PSUs that two samples share, matched by their labels; made once for many changes.
public struct SampleOverlap: Sendable {
    /// Shared PSUs of one pair of strata; nearly always one stratum with itself.
    struct Cell: Sendable {
        let from: Stratum
        let to: Stratum
        /// Their numbers in both samples, in the order of the first.
        var psus: [(from: Int, to: Int)]

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
        var numbers: [Key: (psu: Int, stratum: Int)] = [:]
        for (position, stratum) in to.strata.enumerated() {
            for psu in stratum.psus {
                numbers[Key(isNested ? stratum.label : nil, to.psuLabel(psu) ?? "")] = (psu, position)
            }
        }
        var partner = [Int?](repeating: nil, count: from.psuCount)
        var cells: [Cell] = []
        for stratum in from.strata {
            var own: [Int: Cell] = [:]
            for psu in stratum.psus {
                let key = Key(isNested ? stratum.label : nil, from.psuLabel(psu) ?? "")
                guard let found = numbers[key] else { continue }
                partner[psu] = found.psu
                own[found.stratum, default: Cell(from: stratum, to: to.strata[found.stratum], psus: [])].psus.append(
                    (psu, found.psu))
            }
            cells += own.sorted { $0.key < $1.key }.map(\.value)
        }
        self.cells = cells
        self.partner = partner
    }

    private struct Key: Hashable {
        let stratum: String?
        let psu: String

        init(_ stratum: String?, _ psu: String) {
            self.stratum = stratum
            self.psu = psu
        }
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
