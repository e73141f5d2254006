public import SurveyProblems

/// How weights were fitted to known totals, as far as standard errors need to know it.
///
/// Without its record a calibrated weight looks like a fixed one, and standard errors come out too large.
/// Source: Deville and Särndal (1992); Documentation/Methods.md, "Variance after calibration".
public struct CalibrationRecord: Sendable, Equatable {
    /// One fit to totals.
    public struct Step: Sendable, Equatable {
        public enum Method: String, Sendable, CaseIterable { case rake, poststratify, calibrate }

        public let method: Method
        /// The variables of each margin; several are crossed, and post-stratification has one margin.
        ///
        /// A calibration by cluster has none: its categories are numbers of the cluster.
        public let margins: [[String]]
        /// The cell of each row, from 0, in the crossing of all margins; rows outside (weight 0) have the number of cells.
        public let cellOfRow: [UInt32]
        /// For each margin, the category of each cell.
        public let categoryOfCell: [[UInt32]]
        /// The weight of each row before and after the step.
        public let before: [Double]
        public let after: [Double]
        /// For each margin the factor of each cell on `after` that gives the weight right after that margin's last turn;
        /// of a calibration empty.
        public let turnFactors: [[Double]]
        /// The totals of a general calibration with its x by cell; nil for raking and post-stratification.
        public let controls: CalibrationControls?
        /// For each margin the target of each category; nil where the weights after the step tell them.
        public var targets: [[Double]]?
        /// Sweeps over the margins that the fit took; nil where nobody kept it.
        public var sweeps: Int?
        /// The standard errors of targets that are estimates; nil where all are known.
        public var targetErrors: TargetErrors?

        public init(
            method: Method, margins: [[String]], cellOfRow: [UInt32], categoryOfCell: [[UInt32]], before: [Double],
            after: [Double], turnFactors: [[Double]], controls: CalibrationControls? = nil
        ) {
            self.method = method
            self.margins = margins
            self.cellOfRow = cellOfRow
            self.categoryOfCell = categoryOfCell
            self.before = before
            self.after = after
            self.turnFactors = turnFactors
            self.controls = controls
        }

        /// True where totals could not be met and weights near to them were taken.
        public var isNearest: Bool { controls?.rule.isNearest ?? false }

        /// Calibration cells; their rows have the same x.
        public var cellCount: Int { categoryOfCell.first?.count ?? controls?.cellCount ?? 0 }
    }

    /// In the order in which they were made.
    public let steps: [Step]
    /// The steps that are no fits and that replicates do again, in their order.
    public var adjustments: [AdjustmentRecord] = []

    public init(steps: [Step], adjustments: [AdjustmentRecord] = []) {
        self.steps = steps
        self.adjustments = adjustments
    }

    /// A recorded step of either kind.
    public enum Part: Sendable {
        case adjustment(AdjustmentRecord)
        case fit(Step)
    }

    /// All recorded steps in the order in which they were made.
    public var parts: [Part] {
        var parts: [Part] = []
        for number in 0...steps.count {
            parts += adjustments.filter { $0.fitsBefore == number }.map { .adjustment($0) }
            if number < steps.count { parts.append(.fit(steps[number])) }
        }
        return parts
    }

    /// True if nothing is recorded that a variance depends on.
    public var isEmpty: Bool { steps.isEmpty && adjustments.isEmpty }

    /// The weights before the first recorded step.
    public var first: [Double]? {
        switch parts.first {
        case .adjustment(let step): step.before
        case .fit(let step): step.before
        case nil: nil
        }
    }

    /// What every result that uses the weights has to say: that they miss totals which could not be met.
    public var cautions: [Problem] {
        let nearest = steps.filter(\.isNearest)
        guard let controls = nearest.last?.controls, let step = nearest.last else { return [] }
        var sums = [Double](repeating: 0, count: step.cellCount)
        for row in step.after.indices where Int(step.cellOfRow[row]) < sums.count {
            sums[Int(step.cellOfRow[row])] += step.after[row]
        }
        let reached = controls.sums(of: sums)
        let errors = zip(controls.controls, reached).map { control, sum in
            control.total == 0 ? abs(sum) : abs(sum - control.total) / abs(control.total)
        }
        guard let worst = errors.indices.max(by: { errors[$0] < errors[$1] }) else { return [] }
        let control = controls.controls[worst]
        return [
            .nearestInUse(
                missed: errors.count { $0 > 1e-3 }, name: control.name, target: control.total, reached: reached[worst])
        ]
    }
}

extension Problem {
    /// A result from weights that miss totals.
    static func nearestInUse(missed: Int, name: String, target: Double, reached: Double) -> Problem {
        Problem(
            "weighting.nearest-in-use", .finding, severity: .caution,
            what: "The weights are only near to their targets, which could not be met",
            why:
                "\(missed) targets are missed by more than a thousandth, most of all \"\(name)\": \(target.brief) wanted, \(reached.brief) reached",
            fix: "say so beside the result")
    }
}
