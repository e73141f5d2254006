public import SurveyData
internal import SurveyMath
public import SurveyProblems

/// Fits weights to totals of categories and of numeric variables together, as near to the base weights as a distance
/// says, and within bounds.
///
///     w = d F(x'λ/q),  Σ w x = t
///
/// What cannot be met is found before the first step where it can be: controls without a sample value, totals that
/// contradict each other, bounds that cannot reach a total.
///
/// - Source: Deville and Särndal (1992); Documentation/Methods.md, "Weighting".
///   Checked: R survey 4.1-1 `calibrate`, cases of weighting.json and calibrated.json.
public struct GeneralCalibration: Sendable, Equatable {
    /// nil takes `linear` where a numeric variable is controlled and `raking` where there are only categories.
    public var distance: CalibrationDistance?
    public var bounds: CalibrationBounds?
    /// The column whose rows get one weight each value; nil gives every row its own.
    public var cluster: String?
    /// The column of q: rows with a large q keep close to their base weight; nil is 1 everywhere.
    public var cost: String?
    /// Scales base weights first if each control is far above its sample value.
    public var isPrescaled: Bool
    /// Gives the last weights, with a caution, where the controls are not met.
    public var isForced: Bool
    /// Scales every margin to the sum of the first instead of refusing sums that differ.
    public var rescalesMargins: Bool
    public var rule: ControlRule
    /// What becomes of targets that cannot be met.
    public var whenInfeasible = WhenInfeasible.refuse
    /// The file of totals of clusters, such as households; it goes with `cluster`.
    public var clusterTargets: String?

    public init(
        distance: CalibrationDistance? = nil, bounds: CalibrationBounds? = nil, cluster: String? = nil,
        cost: String? = nil, isPrescaled: Bool = false, isForced: Bool = false, rescalesMargins: Bool = false,
        rule: ControlRule = .standard
    ) {
        self.distance = distance
        self.bounds = bounds
        self.cluster = cluster
        self.cost = cost
        self.isPrescaled = isPrescaled
        self.isForced = isForced
        self.rescalesMargins = rescalesMargins
        self.rule = rule
    }

    /// The columns that the calibration names itself: cluster and q.
    public var columns: [String] { [cluster, cost].compactMap { $0 } }

    /// Fits the weights of rows; rows of weight 0 take no part.
    ///
    /// - Shapes: one weight a row in and out; `variables` are the categorical variables of the targets, `columns` hold the
    ///   numeric ones, the cluster and q by their names. `clusterTargets` are totals of clusters, met by the same weights.
    /// - Missing: a row in use without a category, a number, a cluster or a q is an error that lists the rows.
    /// - Throws: nothing; the problems hold everything that is wrong at once (`weighting.…`).
    public func fitted(
        _ weights: [Double], to targets: WeightingTargets, clusterTargets: WeightingTargets? = nil,
        variables: [WeightingVariable], columns: [Column]
    ) -> Checked<Calibration.Fit> {
        let exact = exactlyFitted(
            weights, to: targets, clusterTargets: clusterTargets, variables: variables, columns: columns)
        guard exact.value == nil, let distance = whenInfeasible.distance else { return exact }
        var rules = self
        rules.distance = distance
        rules.bounds = bounds ?? .nearest
        rules.rule = .nearest
        rules.isPrescaled = false
        return rules.nearest(
            weights, to: targets, clusterTargets: clusterTargets, variables: variables, columns: columns,
            after: exact.problems)
    }

    func exactlyFitted(
        _ weights: [Double], to targets: WeightingTargets, clusterTargets: WeightingTargets?,
        variables: [WeightingVariable], columns: [Column]
    ) -> Checked<Calibration.Fit> {
        precondition(
            variables.allSatisfy { $0.column.rowCount == weights.count }
                && columns.allSatisfy { $0.rowCount == weights.count }, "one weight a row")
        if let row = weights.firstIndex(where: { !($0 >= 0) || $0 == .infinity }) {
            return Checked(value: nil, problems: [.wrongWeight(row: row + 1)])
        }
        let distance = distance ?? (targets.numericTotals.isEmpty ? .raking : .linear)
        var binding = ControlBinding(self, targets, distance: distance, weights: weights)
        guard let controls = binding.controls(clusterTargets, variables: variables, columns: columns) else {
            return Checked(value: nil, problems: binding.problems)
        }
        let cells = ControlCells(controls, cellOfRow: binding.cellOfRow, weights: weights)
        return fit(cells, binding, weights)
    }

    private func fit(_ cells: ControlCells, _ binding: ControlBinding, _ weights: [Double]) -> Checked<Calibration.Fit>
    {
        var problems = binding.problems
        let file = binding.targets.file
        let check = rule.isNearest ? nil : ControlFeasibility(cells, isForced: isForced)
        problems += (check?.problems ?? []).map { $0.placed(file: file) }
        guard !problems.contains(where: { $0.severity == .error }) else {
            return Checked(value: nil, problems: problems)
        }
        let controls = check.map { cells.controls.with(totals: $0.totals) } ?? cells.controls
        let fitting = ControlFitting(controls, weights: cells.weights, bounds: cells.bounds)
        let after = cells.weights(fitting.factors)
        guard after.allSatisfy(\.isFinite) else {
            return Checked(value: nil, problems: problems + [Problem.outOfRange().placed(file: file)])
        }
        if !fitting.isMet {
            let wider = BoundsSearch(controls, weights: cells.weights, base: cells.widest).text
            var problem = Problem.controlsNotMet(
                controls.controls, fitting, isForced: isForced, wider: wider
            ).placed(
                file: file, variable: controls.controls[fitting.worst].variable)
            problem.place.detail = controls.controls[fitting.worst].name
            problems.append(problem)
            guard isForced else { return Checked(value: nil, problems: problems) }
        }
        let negative = after.indices.filter { after[$0] < 0 }
        if !negative.isEmpty { problems.append(.negativeWeights(rows: negative.map { $0 + 1 })) }
        let before = controls.sums(of: cells.weights)
        var step = CalibrationRecord.Step(
            method: .calibrate, margins: cluster == nil ? binding.margins : [], cellOfRow: cells.cellOfRow,
            categoryOfCell: controls.categoryOfCell, before: cells.base, after: after, turnFactors: [],
            controls: controls)
        step.targetErrors = binding.targetErrors
        let margins = controls.controls.indices.map { position in
            let control = controls.controls[position]
            return WeightingSummary.Margin(
                variable: control.variable, category: control.category, target: control.total,
                before: before[position], after: fitting.sums[position])
        }
        return Checked(
            value: Calibration.Fit(
                weights: after, step: step, margins: margins, sweeps: fitting.steps, largestError: fitting.largestError),
            problems: problems)
    }
}

extension CalibrationControls.Control {
    /// The control as messages name it, such as `sex=1`, `income` or `income, region=75`; empty is the population.
    var name: String {
        if variable.isEmpty || category.isEmpty { return variable }
        return category.utf8.contains(0x3D) ? "\(variable), \(category)" : "\(variable)=\(category)"
    }
}

extension CalibrationControls {
    /// The controls with other totals.
    func with(totals: [Double]) -> CalibrationControls {
        CalibrationControls(
            controls: zip(controls, totals).map { Control(variable: $0.variable, category: $0.category, total: $1) },
            categoryOfCell: categoryOfCell, categoryCounts: categoryCounts, numbers: numbers, costs: costs,
            distance: distance, bounds: bounds, rule: rule, isPrescaled: isPrescaled, isByCluster: isByCluster)
    }
}

extension Problem {
    /// A calibration that came to its end with a control unmet.
    static func controlsNotMet(
        _ controls: [CalibrationControls.Control], _ fitting: ControlFitting, isForced: Bool = false,
        wider: String? = nil
    ) -> Problem {
        let control = controls[fitting.worst]
        if let wider { return .tightBounds(control, fitting, isForced: isForced, wider: wider) }
        return Problem(
            "weighting.controls-not-met", isForced ? .finding : .computation, severity: isForced ? .caution : .error,
            what: "The calibration did not converge",
            why:
                "after \(fitting.steps) steps \"\(control.name)\" is furthest from its total: \(control.total.brief) wanted, \(fitting.sums[fitting.worst].brief) reached",
            fix: "widen the bounds, collapse categories, or leave a control out")
    }

    /// A calibration that comes to its end between wider bounds.
    static func tightBounds(
        _ control: CalibrationControls.Control, _ fitting: ControlFitting, isForced: Bool, wider: String
    ) -> Problem {
        Problem(
            "weighting.tight-bounds", isForced ? .finding : .computation, severity: isForced ? .caution : .error,
            what: "The bounds are too tight for the totals together",
            why:
                "after \(fitting.steps) steps \"\(control.name)\" is furthest from its total: \(control.total.brief) wanted, \(fitting.sums[fitting.worst].brief) reached",
            fix: "widen the bounds to --bounds \(wider)")
    }

    /// Weights below 0, which the linear distance can give.
    static func negativeWeights(rows: [Int]) -> Problem {
        Problem(
            "weighting.negative-weights", .finding, severity: .caution,
            what: "\(rows.count) weights are negative after the calibration", place: Place(rows: rows),
            why: "the linear distance without bounds meets every total, if need be with weights below 0",
            fix: "use --distance raking, or set bounds such as --bounds 0.3,3")
    }
}
