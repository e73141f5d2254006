/// What the steps of a weighting did to the weights, to the margins of its targets, and to variables that it did not use.
public struct WeightingDiagnostics: Sendable, Equatable {
    /// The weights after one step.
    public struct Step: Sendable, Equatable {
        /// The name as the summary has it, such as `base` or `rake`.
        public let name: String
        /// Rows with a weight other than 0.
        public let rows: Int
        public let sum: Double
        public let least: Double
        public let greatest: Double
        /// The weights up to which the shares ``WeightingDiagnostics/shares`` of the rows lie (R's type 7).
        public let quantiles: [Double]
        /// Kish's design effect of unequal weights, 1 + cv².
        public let kishEffect: Double
        /// n over the effect.
        public let effectiveN: Double
        /// The share of the interviews that unequal weights cost: 1 − effective n/n.
        public let weightLoss: Double
        /// The greatest weight over the least; nil where the least is not positive.
        public let spread: Double?
        /// The least and the greatest factor from the weight before the step, over rows in use in both; nil for the first.
        public let leastFactor: Double?
        public let greatestFactor: Double?
        /// Rows at the lower and at the upper bound of the step; nil where it has none.
        public let rowsAtLeast: Int?
        public let rowsAtGreatest: Int?
        /// Rows by weight over mean weight, in the classes of ``WeightingDiagnostics/classWidth``, the last one open.
        public let histogram: [Int]
        /// The greatest and the mean distance of a category's share from its target's; nil without targets.
        public let greatestGap: Double?
        public let meanGap: Double?
    }

    /// A category of a target: its share of its margin after each step, and the one that is meant.
    public struct Margin: Sendable, Equatable {
        public let variable: String
        public let category: String
        public let target: Double
        /// By step.
        public let shares: [Double]
    }

    /// A category, or the mean of a number, of a variable that the recipe does not use.
    public struct Balance: Sendable, Equatable {
        public let variable: String
        /// The code; nil for the mean of a number.
        public let category: String?
        /// The share or mean after each step; nil where no row has a value.
        public let values: [Double?]
        /// By step the distance from the first step, over the standard deviation there (ASMD).
        public let distances: [Double?]
        /// By step the design effect of the weights on this figure, see ``WeightingDiagnostics``.
        public let effects: [Double?]
    }

    /// The shares of rows of the quantiles.
    public static let shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
    /// The width of a class of the histogram, in mean weights.
    public static let classWidth = 0.25
    /// The classes: 20 of equal width, and what is above them.
    public static let classCount = 21

    public let steps: [Step]
    public let margins: [Margin]
    public let balance: [Balance]

    public init(steps: [Step], margins: [Margin], balance: [Balance]) {
        self.steps = steps
        self.margins = margins
        self.balance = balance
    }
}
