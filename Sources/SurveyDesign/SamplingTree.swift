/// Sampling of units inside units (Bellhouse 1985): what the recursion needs at each stage.
///
///     V = Σh n/(n − 1) Σi (1 − f_i)(z_i − z̄h)² + Σi f_i V(stage below, inside i)
package struct SamplingTree: Sendable {
    /// One stage after the first.
    package struct Level: Sendable {
        /// Strata inside units of the stage above; `psus` are their units.
        package let strata: [Stratum]
        /// By stratum the unit of the stage above.
        package let parents: [Int]
        /// By stratum the product of the fractions of the units above.
        package let multipliers: [Double]
        /// By unit the fraction that it was drawn with.
        package let fractions: [Double]
        /// Where the units whose sums are kept start inside each unit, and the end.
        package let firstUnits: [Int]

        package init(
            strata: [Stratum], parents: [Int], multipliers: [Double], fractions: [Double], firstUnits: [Int]
        ) {
            self.strata = strata
            self.parents = parents
            self.multipliers = multipliers
            self.fractions = fractions
            self.firstUnits = firstUnits
        }
    }

    /// The fraction of each PSU where they differ inside a stratum; nil where the stratum has one.
    package let psuFractions: [Double]?
    /// The second stage and those after it.
    package let levels: [Level]

    package init(psuFractions: [Double]?, levels: [Level]) {
        self.psuFractions = psuFractions
        self.levels = levels
    }

    /// Strata of the later stages with one sampled unit of several, which have no variance of their own.
    package var lonelyStrata: [Stratum] { levels.flatMap { $0.strata.filter(\.isLonely) } }
}
