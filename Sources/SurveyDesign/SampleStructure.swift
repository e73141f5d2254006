/// How a sample was drawn beyond strata and PSUs of one stage: the units whose sums make its variances.
///
/// Units are numbered PSU after PSU, and inside every unit of a later stage one after the other.
package struct SampleStructure: Sendable {
    /// What the sums of units are put together by.
    package enum Form: Sendable {
        /// Units inside units: stage after stage.
        case tree(SamplingTree)
        /// Every pair of PSUs of a block.
        case pairs(PairDeltas)
        /// A sample drawn from a sample.
        case phases(SamplingPhases)
    }

    package let form: Form
    /// The unit of each row of the table; `SampleDesign.setAside` where the row was taken out.
    package let unitOfRow: [UInt32]
    /// Where the units of each PSU start, and the end.
    package let firstUnits: [Int]

    package init(form: Form, unitOfRow: [UInt32], firstUnits: [Int]) {
        self.form = form
        self.unitOfRow = unitOfRow
        self.firstUnits = firstUnits
    }

    package var unitCount: Int { firstUnits[firstUnits.count - 1] }
}

extension SampleDesign {
    /// Units whose sums make variances: PSUs where sampling has one stage.
    package var unitCount: Int { unitStarts.count - 1 }

    /// The unit of each row of the table; `setAside` where the row was taken out.
    package var unitOfRow: [UInt32] { structure?.unitOfRow ?? psus.numbers }

    /// The units of a PSU.
    package func units(of psu: Int) -> Range<Int> {
        structure.map { $0.firstUnits[psu]..<$0.firstUnits[psu + 1] } ?? psu..<psu + 1
    }
}
