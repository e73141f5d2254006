internal import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Fits weights to known totals of categories: by raking several margins, or by post-stratification to one.
///
/// Everything is done on the crossed cells of the variables: a row looks up its cell twice, whatever the number of sweeps.
/// What cannot be met is found before the first sweep, with the margin, the category and what to collapse.
///
/// - Source: Deville and Särndal (1992); Documentation/Methods.md, "Weighting".
///   Checked: Tests/Reference/weighting.json.
public struct Calibration: Sendable {
    public typealias Method = CalibrationRecord.Step.Method

    public var method: Method
    public var rule: RakingRule
    /// Leaves empty categories of a post-stratification out, and their totals with them.
    public var isPartial: Bool
    /// Scales every margin to the sum of the first instead of refusing sums that differ.
    public var rescalesMargins: Bool
    /// What becomes of targets that cannot be met.
    public var whenInfeasible = WhenInfeasible.refuse
    /// The limits of the factors of nearest weights; nil takes a tenth and ten times.
    public var nearestBounds: CalibrationBounds?

    public init(
        method: Method, rule: RakingRule = .standard, isPartial: Bool = false, rescalesMargins: Bool = false
    ) {
        self.method = method
        self.rule = rule
        self.isPartial = isPartial
        self.rescalesMargins = rescalesMargins
    }

    /// What a calibration made.
    public struct Fit: Sendable {
        /// The weight of each row; 0 stays 0.
        public let weights: [Double]
        public let step: CalibrationRecord.Step
        public let margins: [WeightingSummary.Margin]
        public let sweeps: Int
        /// The largest relative distance of a category from its target.
        public let largestError: Double
    }

    /// Fits the weights of rows; rows of weight 0 take no part.
    ///
    /// - Shapes: one weight a row in and out; one variable for each name of the targets.
    /// - Missing: a row in use without a category is an error that lists the rows.
    /// - Throws: nothing; the problems hold everything that is wrong at once (`weighting.…`).
    public func fitted(
        _ weights: [Double], to targets: WeightingTargets, variables: [WeightingVariable]
    ) -> Checked<Fit> {
        let exact = exactlyFitted(weights, to: targets, variables: variables)
        guard exact.value == nil, let distance = whenInfeasible.distance else { return exact }
        var rules = GeneralCalibration(
            distance: distance, bounds: nearestBounds ?? .nearest, rescalesMargins: rescalesMargins)
        rules.rule = .nearest
        return rules.nearest(weights, to: targets, variables: variables, columns: [], after: exact.problems)
    }

    private func exactlyFitted(
        _ weights: [Double], to targets: WeightingTargets, variables: [WeightingVariable]
    ) -> Checked<Fit> {
        precondition(variables.allSatisfy { $0.column.rowCount == weights.count }, "one weight a row")
        precondition(method != .calibrate, "a general calibration is a GeneralCalibration")
        if let row = weights.firstIndex(where: { !($0 >= 0) || $0 == .infinity }) {
            return Checked(value: nil, problems: [.wrongWeight(row: row + 1)])
        }
        guard targets.numericTotals.isEmpty else { return Checked(value: nil, problems: targets.numericTargets) }
        let used = targets.variables
        let own = variables.filter { used.contains($0.name) }
        let unknown = targets.unknownVariables(among: own.map(\.name)) + targets.unknownCodes(own.compactMap(\.list))
        guard unknown.isEmpty else { return Checked(value: nil, problems: unknown) }
        if method == .poststratify, targets.margins.count != 1 {
            return Checked(
                value: nil,
                problems: [Problem.severalMargins(targets.margins.map(\.label)).placed(file: targets.file)])
        }
        let cells = CrossedCells(own.map(\.column), weights: weights)
        let population = CompensatedSum.of(cells.weights)
        guard cells.count > 0, population > 0, population.isFinite, cells.weights.allSatisfy({ $0 > 0 }) else {
            return Checked(value: nil, problems: [Problem.noWeights()])
        }
        let evened = EvenedTotals(targets, sumOfWeights: population, rescales: rescalesMargins)
        var problems = evened.problems
        // Targets of nobody say nothing of categories either.
        guard !evened.isEmpty else { return Checked(value: nil, problems: problems) }
        let binding = MarginBinding(
            targets, totals: evened, variables: own, cells: cells,
            isPartial: isPartial && method == .poststratify)
        problems += binding.problems
        guard !problems.contains(where: { $0.severity == .error }) else {
            return Checked(value: nil, problems: problems)
        }
        // The size of the population follows from any other margin.
        let named = binding.margins.filter { !$0.variables.isEmpty }
        let margins = named.isEmpty ? binding.margins : named
        let impossible = MarginFeasibility(margins).problems().map { $0.placed(file: targets.file) }
        guard impossible.isEmpty else { return Checked(value: nil, problems: problems + impossible) }
        return fit(weights, cells, margins, targets, problems)
    }

    private func fit(
        _ weights: [Double], _ cells: CrossedCells, _ margins: [BoundMargin], _ targets: WeightingTargets,
        _ earlier: [Problem]
    ) -> Checked<Fit> {
        var problems = earlier
        let rule = method == .rake ? rule : .standard
        let fitting = ProportionalFitting(margins, weights: cells.weights, rule: rule)
        let factors = zip(fitting.weights, cells.weights).map { $0 / $1 }
        let isWhole = factors.allSatisfy { $0.isFinite && ($0 > 0 || fitting.ending != .met) }
        guard isWhole, fitting.weights.allSatisfy(\.isFinite) else {
            return Checked(value: nil, problems: problems + [Problem.outOfRange().placed(file: targets.file)])
        }
        if let problem = unmet(fitting, margins, from: cells.weights) {
            problems.append(problem.placed(file: targets.file))
            if problem.severity == .error { return Checked(value: nil, problems: problems) }
        }
        let after = CrossedCells.byRow(factors + [0], cells.cellOfRow, times: weights)
        var step = CalibrationRecord.Step(
            method: method, margins: margins.map(\.variables), cellOfRow: cells.cellOfRow,
            categoryOfCell: margins.map(\.categoryOfCell), before: weights, after: after,
            turnFactors: fitting.turnFactors)
        step.targets = margins.map(\.targets)
        step.targetErrors = TargetErrors(margins, numbers: [], of: targets)
        step.sweeps = fitting.sweeps
        var diagnostics: [WeightingSummary.Margin] = []
        for margin in margins {
            let (before, met) = (margin.sums(of: cells.weights), margin.sums(of: fitting.weights))
            for category in margin.targets.indices {
                diagnostics.append(
                    WeightingSummary.Margin(
                        variable: margin.label, category: margin.labels[category], target: margin.targets[category],
                        before: before[category], after: met[category]))
            }
        }
        return Checked(
            value: Fit(
                weights: after, step: step, margins: diagnostics, sweeps: fitting.sweeps,
                largestError: fitting.largestError), problems: problems)
    }

    /// What is wrong with a fit that did not reach its rule.
    private func unmet(_ fitting: ProportionalFitting, _ margins: [BoundMargin], from start: [Double]) -> Problem? {
        let margin = margins[fitting.worst.margin]
        let category = fitting.worst.category
        let label = margin.labels[category]
        let sum = margin.sums(of: fitting.weights)[category]
        var problem: Problem
        switch fitting.ending {
        case .met: return nil
        case .stopped:
            problem = .stopped(
                margin.label, label, target: margin.targets[category], sum: sum, sweeps: fitting.sweeps)
        case .stalled, .tooManySweeps:
            let isStalled = fitting.ending == .stalled
            let search = CollapseSearch(margins, weights: start, worst: fitting.worst)
            if let proposal = search.proposal {
                problem =
                    isStalled
                    ? .stalled(
                        margin.label, label, target: margin.targets[category], sum: sum, sweeps: fitting.sweeps,
                        proposal)
                    : .notConverged(
                        margin.label, label, target: margin.targets[category], sum: sum, sweeps: fitting.sweeps,
                        proposal)
            } else {
                problem = .marginsApart(
                    margin.label, label, target: margin.targets[category], sum: sum, sweeps: fitting.sweeps,
                    leaving: search.marginToLeave ?? margin.label)
            }
        }
        problem.place.variable = margin.label
        problem.place.detail = "\(margin.label)=\(label)"
        return problem
    }
}

extension CrossedCells {
    /// Each row's own value times the factor of its cell.
    static func byRow(_ factors: [Double], _ cellOfRow: [UInt32], times values: [Double]) -> [Double] {
        [Double](unsafeUninitializedCapacity: values.count) { result, count in
            factors.withUnsafeBufferPointer { factors in
                cellOfRow.withUnsafeBufferPointer { cells in
                    values.withUnsafeBufferPointer { values in
                        for row in 0..<values.count {
                            result.initializeElement(at: row, to: values[row] * factors[Int(cells[row])])
                        }
                    }
                }
            }
            count = values.count
        }
    }
}

extension Problem {
    /// A post-stratification to more than one margin.
    static func severalMargins(_ margins: [String]) -> Problem {
        Problem(
            "weighting.several-margins", .computation, what: "Post-stratification takes one margin",
            why: "its categories part the population once; found \(list: margins)",
            fix: "cross the variables in one margin, or rake the margins")
    }

    /// The total of a numeric variable where only categories can be met.
    static func numericTarget(_ variable: String) -> Problem {
        Problem(
            "weighting.numeric-target", .computation, what: "The target of \"\(variable)\" has no category",
            why: "raking and post-stratification meet totals of categories; this is the total of a numeric variable",
            fix: "calibrate to the targets with --calibrate, or delete the line")
    }

    /// Base weights that add up to nothing.
    static func noWeights() -> Problem {
        Problem(
            "weighting.no-weights", .computation, what: "There is nothing to weight",
            why: "the base weights of the respondents must add up to more than 0; found none that do",
            fix: "check the column of the base weight, and who counts as a respondent")
    }

    /// A weight that no fit can begin with.
    static func wrongWeight(row: Int) -> Problem {
        Problem(
            "weighting.wrong-weight", .input, what: "A base weight is negative or not a number",
            place: Place(rows: [row]), why: "weights to be fitted are numbers from 0; another one stands in row \(row)",
            fix: "correct the rows, or name another weight")
    }

    /// Weights too far from the targets for the numbers of a computer.
    static func outOfRange() -> Problem {
        Problem(
            "weighting.out-of-range", .computation, what: "The weights cannot be held in a number",
            why: "a factor from base weight to target must be finite and above 0; one is not",
            fix: "check the base weights and the totals for numbers of a wrong scale")
    }

    /// A raking that ended by R's rule before that was fulfilled.
    static func stopped(_ margin: String, _ category: String, target: Double, sum: Double, sweeps: Int) -> Problem {
        Problem(
            "weighting.stopped", .finding, severity: .caution, what: "Raking stopped after \(sweeps) sweeps",
            why:
                "furthest from its target is \"\(category)\" of \"\(margin)\": \(target.brief) wanted, \(sum.brief) reached",
            fix: "allow more sweeps with --maxit, or leave --rake-stop out")
    }

    /// A raking that comes no further.
    static func stalled(
        _ margin: String, _ category: String, target: Double, sum: Double, sweeps: Int,
        _ proposal: MarginFeasibility.Collapse
    ) -> Problem {
        Problem(
            "weighting.stalled", .computation, what: "The margins cannot be met together",
            why:
                "after \(sweeps) sweeps \"\(category)\" of \"\(margin)\" stays away from its target: \(target.brief) wanted, \(sum.brief) reached",
            fix:
                "collapse \"\(proposal.one)\" with \"\(proposal.other)\" of \"\(proposal.margin)\" in the data and in the targets"
        )
    }

    /// A raking that is not done after the last sweep.
    static func notConverged(
        _ margin: String, _ category: String, target: Double, sum: Double, sweeps: Int,
        _ proposal: MarginFeasibility.Collapse
    ) -> Problem {
        Problem(
            "weighting.not-converged", .computation, what: "Raking did not converge",
            why:
                "after \(sweeps) sweeps \"\(category)\" of \"\(margin)\" is furthest from its target: \(target.brief) wanted, \(sum.brief) reached",
            fix:
                "collapse \"\(proposal.one)\" with \"\(proposal.other)\" of \"\(proposal.margin)\" in the data and in the targets"
        )
    }

    /// Margins that no collapse of two categories brings together.
    static func marginsApart(
        _ margin: String, _ category: String, target: Double, sum: Double, sweeps: Int, leaving: String
    ) -> Problem {
        Problem(
            "weighting.margins-apart", .computation,
            what: "The margins cannot be met together, and joining two categories does not help",
            why:
                "after \(sweeps) sweeps \"\(category)\" of \"\(margin)\" is furthest from its target: \(target.brief) wanted, \(sum.brief) reached",
            fix: "leave margin \"\(leaving)\" out of the targets")
    }
}
