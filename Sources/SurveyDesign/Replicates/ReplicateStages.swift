/// The units of a sample stage by stage, as far as replicates that draw at every stage need them.
package struct ReplicateStages: Sendable {
    /// Units of a stage that are drawn together: a stratum inside one unit of the stage above.
    package struct Group: Sendable {
        package let units: Range<Int>
        /// The sampling fraction, 0 without a population size.
        package let fraction: Double
        /// The unit of the stage above; 0 at the first stage.
        package let parent: Int

        package init(units: Range<Int>, fraction: Double, parent: Int) {
            self.units = units
            self.fraction = fraction
            self.parent = parent
        }
    }

    /// By stage, first to last; units of a stage are numbered without gaps, in the order of the groups.
    package let stages: [[Group]]
    /// The unit of the last stage of each row of the table; nil where that is the PSU.
    package let unitOfRow: [UInt32]?

    package init(stages: [[Group]], unitOfRow: [UInt32]?) {
        self.stages = stages
        self.unitOfRow = unitOfRow
    }

    /// The stages of a design.
    package init(_ design: SampleDesign) {
        let strata = design.strata.map { Group(units: $0.psus, fraction: $0.samplingFraction, parent: 0) }
        guard case .tree(let tree)? = design.structure?.form else {
            self.init(stages: [strata], unitOfRow: nil)
            return
        }
        let later = tree.levels.map { level in
            zip(level.strata, level.parents).map { stratum, parent in
                Group(units: stratum.psus, fraction: stratum.samplingFraction, parent: parent)
            }
        }
        self.init(stages: [strata] + later, unitOfRow: design.structure?.unitOfRow)
    }

    /// Units of a stage.
    func unitCount(_ stage: Int) -> Int { stages[stage].last?.units.upperBound ?? 0 }
}
