internal import SurveyDesign
internal import SurveyMath

/// Memory for the passes over strata.
final class VarianceScratch {
    let block = Scratch<Double>()
    let centres = Scratch<Double>()
    let sums = Scratch<CompensatedSum>()
    let occupied = Scratch<Int>()
    let answered = Scratch<Int>()
    let isInBlock = Scratch<Bool>()
    let inBlock = Scratch<Int>()
    let inStratum = Scratch<Int>()
}

/// What a pass over the cells of one stratum adds up for the groups that it meets.
///
/// Sums over PSUs are plain inside blocks of PSUs and compensated between them, so that a stratum of a million PSUs keeps
/// its digits; only the groups of a block are touched.
struct StratumPass {
    let gradients: LinearizedVariance.Gradients
    let estimators: Int
    var support: [LinearizedVariance.Support]
    /// 1 − f of the lonely strata with answers of the group.
    var lonelySeen: [Double]
    /// Group × estimator.
    let block: UnsafeMutablePointer<Double>
    let centres: UnsafeMutablePointer<Double>
    let sums: UnsafeMutablePointer<CompensatedSum>
    /// PSUs of the stratum with answers, by group.
    let answered: UnsafeMutablePointer<Int>
    private let occupied: UnsafeMutablePointer<Int>
    private let isInBlock: UnsafeMutablePointer<Bool>
    private let inBlock: UnsafeMutablePointer<Int>
    private let inStratum: UnsafeMutablePointer<Int>
    private var blockCount = 0
    private var stratumCount = 0

    /// PSUs of a block.
    private static let blockPSUs = 512

    init(_ scratch: VarianceScratch, tally: Tally, gradients: LinearizedVariance.Gradients, psuCount: Int) {
        self.gradients = gradients
        estimators = gradients.estimators
        let groups = max(1, tally.index.groupCount)
        support = [LinearizedVariance.Support](repeating: .init(), count: groups)
        lonelySeen = [Double](repeating: 0, count: groups)
        block = scratch.block.filled(max(1, groups * estimators), with: 0)
        centres = scratch.centres.filled(max(1, groups * estimators), with: 0)
        sums = scratch.sums.filled(max(1, groups * estimators), with: CompensatedSum())
        answered = scratch.answered.filled(groups, with: 0)
        occupied = scratch.occupied.filled(groups, with: 0)
        isInBlock = scratch.isInBlock.filled(groups, with: false)
        inBlock = scratch.inBlock.reserved(groups)
        inStratum = scratch.inStratum.reserved(groups)
    }

    /// Calls a function with the cells of each block of PSUs, and adds up what it left in `block`.
    @inline(__always)
    mutating func eachBlock(
        of stratum: Stratum, _ index: CellIndex, _ body: (_ cells: Range<Int>, _ pass: inout StratumPass) -> Void
    ) {
        var psu = stratum.psus.lowerBound
        while psu < stratum.psus.upperBound {
            let end = min(psu + StratumPass.blockPSUs, stratum.psus.upperBound)
            body(index.firstCells[psu]..<index.firstCells[end], &self)
            closeBlock()
            psu = end
        }
    }

    /// Notes a PSU with rows of a group.
    @inline(__always)
    mutating func touch(_ group: Int, isAnswered: Bool) {
        if occupied[group] == 0 {
            inStratum[stratumCount] = group
            stratumCount &+= 1
        }
        occupied[group] &+= 1
        if isAnswered {
            answered[group] &+= 1
            touchBlock(group)
        }
    }

    @inline(__always)
    mutating func touchBlock(_ group: Int) {
        if !isInBlock[group] {
            isInBlock[group] = true
            inBlock[blockCount] = group
            blockCount &+= 1
        }
    }

    private mutating func closeBlock() {
        for position in 0..<blockCount {
            let group = inBlock[position]
            isInBlock[group] = false
            for sum in (group &* estimators)..<((group &+ 1) &* estimators) {
                sums[sum].add(block[sum])
                block[sum] = 0
            }
        }
        blockCount = 0
    }

    /// Groups with rows in the stratum.
    var touchedInStratum: UnsafeBufferPointer<Int> { UnsafeBufferPointer(start: inStratum, count: stratumCount) }

    /// Counts the stratum for a group and returns how it is centred.
    mutating func settle(
        _ stratum: Stratum, _ group: Int, rule: LonelyPSU, _ adjustsLonelyDomains: Bool
    ) -> StratumRule {
        let rule = StratumRule(
            stratum, occupied: answered[group], rule: rule, adjustsLonelyDomains: adjustsLonelyDomains)
        support[group].psus += occupied[group]
        support[group].strata += 1
        guard answered[group] > 0 else { return rule }
        support[group].answeredPSUs += answered[group]
        support[group].answeredStrata += 1
        if rule != .leftOut { support[group].usableStrata += 1 }
        if rule != .ownMean, !stratum.isCensus { support[group].isLonely = true }
        if stratum.isLonely { lonelySeen[group] += 1 - stratum.samplingFraction }
        return rule
    }

    /// Makes ready for the next stratum.
    mutating func leaveStratum() {
        for group in touchedInStratum {
            occupied[group] = 0
            answered[group] = 0
            for sum in (group &* estimators)..<((group &+ 1) &* estimators) { sums[sum] = CompensatedSum() }
        }
        stratumCount = 0
    }
}
