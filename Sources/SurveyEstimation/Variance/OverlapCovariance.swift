internal import SurveyDesign
internal import SurveyMath

/// The covariance of two estimates through the PSUs that their samples share, and the variance of their difference as one
/// sample.
///
/// Source: Tam (1984), The American Statistician 38, 288–289; Documentation/Methods.md, "Combinations and changes".
struct OverlapCovariance {
    let from: ChangeSide
    let to: ChangeSide
    let overlap: SampleOverlap
    let adjustsLonelyDomains: Bool
    /// By PSU; later stages are drawn anew, so that samples share the first stage only.
    private let fromInfluence: [Double]
    private let toInfluence: [Double]

    init(from: ChangeSide, to: ChangeSide, overlap: SampleOverlap, adjustsLonelyDomains: Bool) {
        self.from = from
        self.to = to
        self.overlap = overlap
        self.adjustsLonelyDomains = adjustsLonelyDomains
        fromInfluence = OverlapCovariance.psuSums(from)
        toInfluence = OverlapCovariance.psuSums(to)
    }

    private static func psuSums(_ side: ChangeSide) -> [Double] {
        side.design.structure.map { SampleVariance.added(side.influence, $0.firstUnits) } ?? side.influence
    }

    private var centrings: (from: PSUCentring, to: PSUCentring) {
        (
            PSUCentring(from.design, adjustsLonelyDomains: adjustsLonelyDomains),
            PSUCentring(to.design, adjustsLonelyDomains: adjustsLonelyDomains)
        )
    }

    /// The rule `average` makes variances greater by these factors, and the covariance by their root.
    private var averaging: Double {
        let (first, second) = centrings
        return ((first.averaging(from.support) ?? .nan) * (second.averaging(to.support) ?? .nan)).squareRoot()
    }

    /// Σ over pairs of strata (m − n₁n₂/N)/(m − 1) · Σ shared (z₁ − z̄₁)(z₂ − z̄₂), and the shared PSUs that are alone.
    func exact() -> (covariance: Double, singles: Int) {
        sum { cell, shared in
            let m = Double(cell.psus.count)
            return (m - cell.expectedShared) / (m - 1) * shared.product
        }
    }

    /// Σ over pairs of strata (m − n₁n₂/N)·ρ̂·s₁·s₂: ρ̂ over the shared PSUs, s over all PSUs of each sample.
    func byCorrelation() -> (covariance: Double, singles: Int) {
        sum { cell, shared in
            let spread = shared.first.squareRoot() * shared.second.squareRoot()
            // Undefined influences, which have no spread either, leave the covariance undefined.
            guard spread != 0 else { return 0 }
            let deviations = deviation(fromInfluence, cell.from) * deviation(toInfluence, cell.to)
            return (Double(cell.psus.count) - cell.expectedShared) * (shared.product / spread) * deviations
        }
    }

    private func sum(_ term: (SampleOverlap.Cell, Moments) -> Double) -> (covariance: Double, singles: Int) {
        let averaging = averaging
        var covariance = CompensatedSum()
        var singles = 0
        for cell in overlap.cells {
            if cell.psus.count > 1 {
                let shared = Moments(cell.psus.map { (fromInfluence[$0.from], toInfluence[$0.to]) })
                covariance.add(term(cell, shared) * averaging)
            } else if cell.from.isLonely, cell.to.isLonely {
                // A stratum of one PSU in both samples has the variance of its rule, so it has its covariance too.
                covariance.add(lonelyProduct(cell))
            } else {
                singles += 1
            }
        }
        return (covariance.value, singles)
    }

    private func lonelyProduct(_ cell: SampleOverlap.Cell) -> Double {
        let (first, second) = centrings
        let pair = cell.psus[0]
        return first.centred(fromInfluence, support: from.support)[pair.from]
            * second.centred(toInfluence, support: to.support)[pair.to]
    }

    private func deviation(_ influence: [Double], _ stratum: Stratum) -> Double {
        let own = influence[stratum.psus].map { ($0, $0) }
        return (Moments(own).first / Double(max(1, stratum.psuCount - 1))).squareRoot()
    }

    /// The variance of the difference where all PSUs of both samples count as one sample.
    ///
    /// A PSU that changed its stratum stands in both strata.
    func stackedVariance() -> Double? {
        var strata: [Stratum] = []
        var sums: [Double] = []
        var marks: [UInt8] = []
        let toStrata = Dictionary(to.design.strata.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
        let fromLabels = Set(from.design.strata.map(\.label))
        for first in from.design.strata {
            let second = toStrata[first.label]
            let start = sums.count
            var isMatched = Set<Int>()
            for psu in first.psus {
                var (sum, mark) = (-fromInfluence[psu], from.support.marks[psu])
                if let partner = overlap.partner[psu], second?.psus.contains(partner) == true {
                    sum += toInfluence[partner]
                    mark |= to.support.marks[partner]
                    isMatched.insert(partner)
                }
                sums.append(sum)
                marks.append(mark)
            }
            for psu in second?.psus ?? 0..<0 where !isMatched.contains(psu) {
                sums.append(toInfluence[psu])
                marks.append(to.support.marks[psu])
            }
            strata.append(
                Stratum(
                    label: first.label, firstPSU: start, psuCount: sums.count - start,
                    population: OverlapCovariance.population(first, second)))
        }
        for second in to.design.strata where !fromLabels.contains(second.label) {
            strata.append(
                Stratum(
                    label: second.label, firstPSU: sums.count, psuCount: second.psuCount,
                    population: second.population))
            sums += toInfluence[second.psus]
            marks += to.support.marks[second.psus]
        }
        let centred = PSUCentring(
            strata: strata, lonelyPSU: to.design.specification.lonelyPSU, adjustsLonelyDomains: adjustsLonelyDomains
        ).centred(sums, support: PSUSupport(marks: marks))
        return PSUCentring.product(centred, centred)
    }

    /// The number of PSUs that both strata were drawn from; their geometric mean where they differ.
    private static func population(_ first: Stratum, _ second: Stratum?) -> Stratum.Population {
        guard let second else { return first.population }
        guard first.samplingFraction > 0, second.samplingFraction > 0 else { return .unknown }
        return .count(
            (Double(first.psuCount) / first.samplingFraction * Double(second.psuCount) / second.samplingFraction)
                .squareRoot())
    }

    /// Centred sums of squares and products of pairs.
    private struct Moments {
        let first, second, product: Double

        init(_ pairs: [(Double, Double)]) {
            let count = Double(pairs.count)
            let left = CompensatedSum.of(pairs.map(\.0)) / count
            let right = CompensatedSum.of(pairs.map(\.1)) / count
            first = CompensatedSum.of(pairs.map { ($0.0 - left) * ($0.0 - left) })
            second = CompensatedSum.of(pairs.map { ($0.1 - right) * ($0.1 - right) })
            product = CompensatedSum.of(pairs.map { ($0.0 - left) * ($0.1 - right) })
        }
    }
}
