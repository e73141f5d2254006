/// What a weighting did, step by step, as people and reports read it.
public struct WeightingSummary: Sendable {
    /// The weights after one step.
    public struct Step: Sendable {
        /// `base`, `nonresponse`, `trim`, `rake`, `poststratify`, `calibrate`.
        public let name: String
        /// Rows with a weight other than 0.
        public let rows: Int
        public let sum: Double
        public let least: Double
        public let greatest: Double
        /// Kish's design effect of unequal weights, and the effective number of rows.
        public let kishEffect: Double
        public let effectiveN: Double
        /// Sweeps of a raking, steps of a calibration, passes of a trimming.
        public let iterations: Int?
        /// Share of the sum of weights that a trimming moved, and rows that it cut.
        public let movedShare: Double?
        public let rowsCut: Int?
        /// Largest relative distance from a target.
        public let largestError: Double?

        public init(
            name: String, rows: Int, sum: Double, least: Double, greatest: Double, kishEffect: Double,
            effectiveN: Double, iterations: Int? = nil, movedShare: Double? = nil, rowsCut: Int? = nil,
            largestError: Double? = nil
        ) {
            self.name = name
            self.rows = rows
            self.sum = sum
            self.least = least
            self.greatest = greatest
            self.kishEffect = kishEffect
            self.effectiveN = effectiveN
            self.iterations = iterations
            self.movedShare = movedShare
            self.rowsCut = rowsCut
            self.largestError = largestError
        }
    }

    /// One category of a target, before and after.
    public struct Margin: Sendable {
        /// Crossed variables joined by `*`, and their codes likewise; the category of a numeric variable is empty, or the
        /// part of the population that its total is of.
        public let variable: String
        public let category: String
        public let target: Double
        public let before: Double
        public let after: Double

        public init(variable: String, category: String, target: Double, before: Double, after: Double) {
            self.variable = variable
            self.category = category
            self.target = target
            self.before = before
            self.after = after
        }
    }

    public let steps: [Step]
    public let margins: [Margin]
    /// What the steps did in detail; nil where nobody asked.
    public var diagnostics: WeightingDiagnostics?

    public init(steps: [Step], margins: [Margin]) {
        self.steps = steps
        self.margins = margins
    }
}
