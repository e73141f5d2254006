internal import SurveyMath
internal import SurveyProblems

/// Looks at controls before a fit: those without a sample value, those that contradict others, those out of reach.
struct ControlFeasibility {
    private(set) var problems: [Problem] = []
    /// The totals to fit to: of a redundant control what the others say.
    private(set) var totals: [Double]

    /// Totals that differ by less than this, relatively, are the same number rounded in two ways.
    private static let tolerance = 1e-6

    init(_ cells: ControlCells, isForced: Bool) {
        let (controls, weights) = (cells.controls, cells.weights)
        totals = controls.controls.map(\.total)
        let sample = controls.sums(of: weights)
        let least = 1e-6 * CompensatedSum.of(weights)
        checkEmpty(controls, weights)
        guard problems.isEmpty else { return }
        checkRedundant(controls, weights, least: least)
        guard problems.allSatisfy({ $0.severity == .caution }) else { return }
        checkReach(cells, isForced: isForced)
        if case .controls = controls.rule, !controls.isPrescaled,
            let ratios = ControlFitting.farRatios(controls, sample: sample)
        {
            problems.append(.farTotals(least: ratios.min() ?? 0))
        }
    }

    private mutating func checkEmpty(_ controls: CalibrationControls, _ weights: [Double]) {
        let sizes = controls.absolute.sums(of: weights)
        for (number, control) in controls.controls.enumerated() where sizes[number] == 0 && control.total != 0 {
            problems.append(
                ControlFeasibility.placed(.emptyControl(control.name, total: control.total), control))
        }
    }

    /// A control that others determine must have the total that follows from theirs.
    private mutating func checkRedundant(_ controls: CalibrationControls, _ weights: [Double], least: Double) {
        let size = controls.controls.count
        let matrix = controls.products(zip(weights, controls.costs).map { $0 / $1 })
        let factored = PivotedCholesky(matrix, size: size)
        guard factored.rank < size else { return }
        let kept = Set(factored.independent)
        for number in 0..<size where !kept.contains(number) {
            let control = controls.controls[number]
            let column = (0..<size).map { matrix[$0 * size + number] }
            let coefficients = factored.solve(column)
            var sum = CompensatedSum()
            var scale = max(abs(control.total), least)
            for other in kept {
                sum.add(coefficients[other] * controls.controls[other].total)
                scale = max(scale, abs(coefficients[other] * controls.controls[other].total))
            }
            let gap = abs(sum.value - control.total)
            if gap > ControlFeasibility.tolerance * scale {
                problems.append(
                    ControlFeasibility.placed(
                        .contradictingControl(control.name, total: control.total, others: sum.value), control))
            } else {
                totals[number] = sum.value
            }
        }
    }

    /// Whatever the factors between the bounds, a sum lies between two numbers; the total must too.
    private mutating func checkReach(_ cells: ControlCells, isForced: Bool) {
        let controls = cells.controls
        guard controls.bounds != nil || controls.distance == .raking else { return }
        let scale = ControlFitting.prescale(controls, sample: controls.sums(of: cells.weights))
        let perWeight = controls.bounds?.scale == .weight ? 1 : scale
        let isPositive = controls.distance != .linear
        var lows = [Double](repeating: isPositive ? 0 : -.infinity, count: controls.cellCount)
        var highs = [Double](repeating: .infinity, count: controls.cellCount)
        for cell in cells.bounds.indices {
            lows[cell] = max(lows[cell], cells.bounds[cell].low)
            highs[cell] = cells.bounds[cell].high
        }
        var least = [Double](repeating: 0, count: controls.controls.count)
        var most = least
        let starts = controls.starts
        var wider: BoundsSearch?
        for cell in 0..<controls.cellCount where cells.weights[cell] > 0 {
            let (low, high) = (cells.weights[cell] * lows[cell], cells.weights[cell] * highs[cell])
            controls.eachValue(cell, starts) { control, value in
                least[control] += perWeight * value * (value > 0 ? low : high)
                most[control] += perWeight * value * (value > 0 ? high : low)
            }
        }
        for (number, control) in controls.controls.enumerated() {
            let total = totals[number]
            let slack = 1e-9 * abs(total)
            guard total < least[number] - slack || total > most[number] + slack else { continue }
            // Looked for once: bounds that do for all controls.
            let found = wider ?? BoundsSearch(controls.with(totals: totals), weights: cells.weights, base: cells.widest)
            wider = found
            let problem: Problem =
                found.text.map {
                    .outOfReach(
                        control.name, total: total, least: least[number], most: most[number], isForced: isForced,
                        wider: $0)
                }
                ?? .beyondBounds(
                    control.name, total: total, least: least[number], most: most[number], isForced: isForced)
            problems.append(ControlFeasibility.placed(problem, control))
        }
    }

    private static func placed(_ problem: Problem, _ control: CalibrationControls.Control) -> Problem {
        var placed = problem.placed(variable: control.variable.isEmpty ? nil : control.variable)
        placed.place.detail = control.name
        return placed
    }
}

extension CalibrationControls {
    /// The controls with |x| for x.
    var absolute: CalibrationControls {
        CalibrationControls(
            controls: controls, categoryOfCell: categoryOfCell, categoryCounts: categoryCounts,
            numbers: numbers.map { $0.map(abs) }, costs: costs, distance: distance, bounds: bounds, rule: rule,
            isPrescaled: isPrescaled, isByCluster: isByCluster)
    }
}

extension Problem {
    /// A control that is 0 in every row.
    static func emptyControl(_ control: String, total: Double) -> Problem {
        Problem(
            "weighting.empty-control", .computation, what: "\"\(control)\" is 0 in every row to be weighted",
            why: "a total other than 0 needs rows that add to it; the total is \(total.brief)",
            fix: "correct the total, or leave it out")
    }

    /// A control whose total others contradict.
    static func contradictingControl(_ control: String, total: Double, others: Double) -> Problem {
        Problem(
            "weighting.contradicting-control", .computation,
            what: "The total of \"\(control)\" contradicts the other totals",
            why:
                "in every row it follows from the others, which give it \(others.brief); its own total is \(total.brief)",
            fix: "correct the totals, or leave this one out")
    }

    /// A control that no weights between the bounds can meet.
    static func outOfReach(
        _ control: String, total: Double, least: Double, most: Double, isForced: Bool, wider: String
    ) -> Problem {
        Problem(
            "weighting.out-of-reach", isForced ? .finding : .computation, severity: isForced ? .caution : .error,
            what: "The total of \"\(control)\" is out of reach",
            why:
                "with factors between the bounds it comes out from \(least.brief) to \(most.brief); the total is \(total.brief)",
            fix: "widen the bounds to --bounds \(wider), or correct the total")
    }

    /// A control that no bounds help.
    static func beyondBounds(
        _ control: String, total: Double, least: Double, most: Double, isForced: Bool
    ) -> Problem {
        Problem(
            "weighting.beyond-bounds", isForced ? .finding : .computation, severity: isForced ? .caution : .error,
            what: "The total of \"\(control)\" is out of reach of any factors",
            why:
                "it comes out from \(least.brief) to \(most.brief), and no wider bounds meet all totals; this one is \(total.brief)",
            fix: "correct the total, or leave the control out")
    }

    /// Base weights on another scale than the totals.
    static func farTotals(least: Double) -> Problem {
        Problem(
            "weighting.far-totals", .computation, what: "Every total is more than 20 times its sample value",
            why: "base weights should add up to about the population; the smallest ratio is \(least.brief)",
            fix: "correct the base weights, or scale them first with --prescale")
    }
}
