internal import SurveyData
internal import SurveyMath
internal import SurveyProblems

/// Binds targets to the rows of a sample: calibration cells and the controls in each; collects all that is wrong.
struct ControlBinding {
    let calibration: GeneralCalibration
    let targets: WeightingTargets
    let distance: CalibrationDistance
    let weights: [Double]
    private(set) var problems: [Problem] = []
    /// The calibration cell of each row; the number of cells for rows outside.
    private(set) var cellOfRow: [UInt32] = []
    /// The variables of each margin in use.
    private(set) var margins: [[String]] = []
    /// The errors of the targets, by control.
    private(set) var targetErrors: TargetErrors?

    init(
        _ calibration: GeneralCalibration, _ targets: WeightingTargets, distance: CalibrationDistance,
        weights: [Double]
    ) {
        self.calibration = calibration
        self.targets = targets
        self.distance = distance
        self.weights = weights
    }

    /// Returns the controls by cell, or nil where something is wrong.
    mutating func controls(
        _ clusterTargets: WeightingTargets?, variables: [WeightingVariable], columns: [Column]
    ) -> CalibrationControls? {
        let named = targets.variables + (clusterTargets?.variables ?? [])
        let own = variables.filter { named.contains($0.name) }
        problems += targets.unknownVariables(among: own.map(\.name) + columns.map(\.name))
        problems += targets.unknownCodes(own.compactMap(\.list))
        if let clusterTargets {
            problems += clusterTargets.unknownVariables(among: own.map(\.name) + columns.map(\.name))
            problems += clusterTargets.unknownCodes(own.compactMap(\.list))
        }
        checkBounds()
        guard problems.isEmpty else { return nil }
        let cells = CrossedCells(own.map(\.column), weights: weights)
        let population = CompensatedSum.of(cells.weights)
        guard cells.count > 0, population > 0, population.isFinite, cells.weights.allSatisfy({ $0 > 0 }) else {
            problems.append(.noWeights())
            return nil
        }
        let bound = bound(targets, own, cells, population)
        let numbers = numericColumns(targets, own, columns)
        let costs = costs(columns)
        let clusters = clusters(columns)
        var ofClusters = ClusterControls()
        if let clusterTargets, let clusters, problems.allSatisfy({ $0.severity != .error }) {
            ofClusters = clusterControls(clusterTargets, own, cells, columns, clusters)
        }
        guard bound.count + numbers.count > 0 || !problems.isEmpty else {
            problems.append(Problem.noTargets().placed(file: targets.file))
            return nil
        }
        guard !problems.contains(where: { $0.severity == .error }) else { return nil }
        margins = bound.map(\.variables)
        let controls =
            bound.flatMap { margin in
                margin.labels.indices.map {
                    CalibrationControls.Control(
                        variable: margin.label, category: margin.labels[$0], total: margin.targets[$0])
                }
            }
            + targets.numericTotals.map { .init(variable: $0.variable, category: $0.part, total: $0.total) }
        targetErrors = TargetErrors(
            bound, numbers: targets.numericTotals.map(\.standardError) + ofClusters.columns.map { _ in 0 }, of: targets)
        if let clusters {
            return averaged(controls + ofClusters.controls, bound, cells, numbers, costs, clusters, ofClusters.columns)
        }
        var refined = RefinedCells(cells.cellOfRow, count: cells.count)
        for column in numbers { refined.split(by: column) }
        if let costs { refined.split(by: costs) }
        cellOfRow = refined.cellOfRow
        let rows = refined.firstRows
        return made(
            controls,
            categoryOfCell: bound.map { margin in rows.map { margin.categoryOfCell[Int(cells.cellOfRow[$0])] } },
            counts: bound.map(\.targets.count), numbers: numbers.map { column in rows.map { column[$0] } },
            costs: rows.map { costs?[$0] ?? 1 })
    }

    private func made(
        _ controls: [CalibrationControls.Control], categoryOfCell: [[UInt32]], counts: [Int], numbers: [[Double]],
        costs: [Double]
    ) -> CalibrationControls {
        var isPrescaled = calibration.isPrescaled
        if case .rSurvey = calibration.rule { isPrescaled = true }
        return CalibrationControls(
            controls: controls, categoryOfCell: categoryOfCell, categoryCounts: counts, numbers: numbers, costs: costs,
            distance: distance, bounds: calibration.bounds, rule: calibration.rule, isPrescaled: isPrescaled,
            isByCluster: calibration.cluster != nil)
    }

    /// The margins of the targets on the crossed cells; the size of the population follows from any other margin.
    private mutating func bound(
        _ targets: WeightingTargets, _ own: [WeightingVariable], _ cells: CrossedCells, _ population: Double
    ) -> [BoundMargin] {
        guard !targets.margins.isEmpty else { return [] }
        let isLenient = calibration.rule.isNearest
        let evened = EvenedTotals(
            targets, sumOfWeights: population, rescales: calibration.rescalesMargins, isLenient: isLenient)
        guard !evened.isEmpty else {
            problems += evened.problems
            return []
        }
        let binding = MarginBinding(
            targets, totals: evened, variables: own, cells: cells, isPartial: false, isLenient: isLenient)
        problems += evened.problems + binding.problems
        let named = binding.margins.filter { !$0.variables.isEmpty }
        let margins = named.isEmpty ? binding.margins : named
        if distance != .linear, !calibration.isForced, !isLenient, !problems.contains(where: { $0.severity == .error })
        {
            problems += MarginFeasibility(margins).problems().map { $0.placed(file: targets.file) }
        }
        return margins
    }

    /// The numeric controls by row: 0 outside their part.
    private mutating func numericColumns(
        _ targets: WeightingTargets, _ own: [WeightingVariable], _ columns: [Column]
    ) -> [[Double]] {
        var result: [[Double]] = []
        for total in targets.numericTotals {
            guard let column = columns.first(where: { $0.name == total.variable }),
                let values = numbers(column, line: total.line, wrong: Problem.missingAuxiliary)
            else { continue }
            var isInside = [Bool](repeating: true, count: weights.count)
            for (name, code) in zip(total.partVariables, total.partCodes) {
                guard let variable = own.first(where: { $0.name == name }) else { continue }
                let index = variable.codes.firstIndex(of: code)
                for row in isInside.indices where index == nil || variable.column.codeIndex(at: row) != index {
                    isInside[row] = false
                }
            }
            result.append(values.indices.map { isInside[$0] && weights[$0] != 0 ? values[$0] : 0 })
        }
        return result
    }

    /// The q of each row.
    private mutating func costs(_ columns: [Column]) -> [Double]? {
        guard let name = calibration.cost, let column = columns.first(where: { $0.name == name }),
            let values = numbers(column, line: nil, wrong: Problem.missingAuxiliary)
        else { return nil }
        let wrong = values.indices.filter { weights[$0] != 0 && !(values[$0] > 0) }
        guard wrong.isEmpty else {
            problems.append(.wrongCost(name, rows: wrong.map { $0 + 1 }))
            return nil
        }
        return values
    }

    /// The numbers of a column; nil, with a problem, where a row in use has none.
    private mutating func numbers(
        _ column: Column, line: Int?, wrong: (_ name: String, _ rows: [Int]) -> Problem
    ) -> [Double]? {
        do throws(Problem) {
            guard case .numbers(let values, let kinds) = try column.asNumbers().values else { return nil }
            let missing = values.indices.filter {
                weights[$0] != 0 && (!values[$0].isFinite || !kinds.isEmpty && kinds[$0] != 0)
            }
            guard missing.isEmpty else {
                problems.append(wrong(column.name, missing.map { $0 + 1 }))
                return nil
            }
            return values
        } catch {
            problems.append(error.placed(file: line == nil ? nil : targets.file, line: line))
            return nil
        }
    }

    /// The number of the cluster of each row.
    private mutating func clusters(_ columns: [Column]) -> [Double]? {
        guard let name = calibration.cluster, let column = columns.first(where: { $0.name == name }) else { return nil }
        let missing = weights.indices.filter { weights[$0] != 0 && column.missing(at: $0) != nil }
        guard missing.isEmpty else {
            problems.append(.missingAuxiliary(name, rows: missing.map { $0 + 1 }))
            return nil
        }
        switch column.values {
        case .numbers(let values, _): return values
        default: return weights.indices.map { Double(column.codeIndex(at: $0) ?? 0) }
        }
    }

    /// Totals of clusters: by row what its cluster has.
    private struct ClusterControls {
        var controls: [CalibrationControls.Control] = []
        var columns: [[Double]] = []
    }

    /// Binds totals of clusters; a cluster has one category and one number, the same in all of its rows.
    private mutating func clusterControls(
        _ targets: WeightingTargets, _ own: [WeightingVariable], _ cells: CrossedCells, _ columns: [Column],
        _ clusters: [Double]
    ) -> ClusterControls {
        var refined = RefinedCells(weights.map { $0 == 0 ? 1 : 0 }, count: 1)
        refined.split(by: clusters)
        let first = refined.firstRows
        var rows = [Double](repeating: 0, count: refined.count)
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: refined.count)
        for row in weights.indices where weights[row] != 0 {
            rows[Int(refined.cellOfRow[row])] += 1
            sums[Int(refined.cellOfRow[row])].add(weights[row])
        }
        let households = CompensatedSum.of(sums.indices.map { sums[$0].value / rows[$0] })
        let bound = bound(targets, own, cells, households)
        var numbers = numericColumns(targets, own, columns)
        guard problems.allSatisfy({ $0.severity != .error }) else { return ClusterControls() }
        var made = ClusterControls()
        for margin in bound {
            for (category, total) in margin.targets.enumerated() {
                made.controls.append(.init(variable: margin.label, category: margin.labels[category], total: total))
                numbers.insert(
                    weights.indices.map {
                        weights[$0] != 0 && Int(margin.categoryOfCell[Int(cells.cellOfRow[$0])]) == category ? 1 : 0
                    }, at: made.controls.count - 1)
            }
        }
        made.controls += targets.numericTotals.map { .init(variable: $0.variable, category: $0.part, total: $0.total) }
        for (number, column) in numbers.enumerated() {
            let differing = weights.indices.filter {
                weights[$0] != 0 && column[$0] != column[first[Int(refined.cellOfRow[$0])]]
            }
            guard differing.isEmpty else {
                problems.append(.clusterVaries(made.controls[number].variable, rows: differing.map { $0 + 1 }))
                break
            }
            made.columns.append(
                column.indices.map { weights[$0] == 0 ? 0 : column[$0] / rows[Int(refined.cellOfRow[$0])] })
        }
        return made
    }

    /// The controls of clusters: x and q are the plain means over the rows of each.
    private mutating func averaged(
        _ controls: [CalibrationControls.Control], _ bound: [BoundMargin], _ cells: CrossedCells,
        _ numbers: [[Double]], _ costs: [Double]?, _ clusters: [Double], _ ofClusters: [[Double]]
    ) -> CalibrationControls {
        var refined = RefinedCells(weights.map { $0 == 0 ? 1 : 0 }, count: 1)
        refined.split(by: clusters)
        cellOfRow = refined.cellOfRow
        let used = weights.indices.filter { weights[$0] != 0 }
        var rows = [Double](repeating: 0, count: refined.count)
        for row in used { rows[Int(cellOfRow[row])] += 1 }
        let ownCells = cellOfRow
        func mean(_ value: (Int) -> Double) -> [Double] {
            var sums = [CompensatedSum](repeating: CompensatedSum(), count: rows.count)
            for row in used { sums[Int(ownCells[row])].add(value(row)) }
            return zip(sums, rows).map { $0.value / $1 }
        }
        var columns: [[Double]] = []
        for margin in bound {
            for category in margin.targets.indices {
                columns.append(
                    mean { Int(margin.categoryOfCell[Int(cells.cellOfRow[$0])]) == category ? 1 : 0 })
            }
        }
        for column in numbers + ofClusters { columns.append(mean { column[$0] }) }
        let ownCosts = costs.map { costs in mean { costs[$0] } } ?? [Double](repeating: 1, count: rows.count)
        return made(controls, categoryOfCell: [], counts: [], numbers: columns, costs: ownCosts)
    }

    private mutating func checkBounds() {
        guard let bounds = calibration.bounds else {
            if distance == .logit { problems.append(.logitBounds()) }
            return
        }
        let isRange =
            bounds.low < bounds.high
            && (bounds.low > 0 || distance == .linear || bounds.low == 0 || bounds.low == -.infinity)
        let isAroundOne = bounds.scale == .weight || bounds.low < 1 && bounds.high > 1
        guard isRange, isAroundOne else {
            problems.append(.wrongBounds(low: bounds.low, high: bounds.high))
            return
        }
        guard distance == .logit else { return }
        guard bounds.low.isFinite, bounds.high.isFinite else {
            problems.append(.logitBounds())
            return
        }
        if bounds.scale == .weight, calibration.cluster == nil {
            let outside = weights.indices.filter {
                weights[$0] != 0 && !(weights[$0] > bounds.low && weights[$0] < bounds.high)
            }
            if !outside.isEmpty { problems.append(.outsideBounds(rows: outside.map { $0 + 1 })) }
        }
    }
}

extension Column {
    /// The index of a row in the dictionary; nil where it has no value.
    fileprivate func codeIndex(at row: Int) -> Int? {
        switch values {
        case .bytes(let raw): Int(raw[row]) < dictionary.count ? Int(raw[row]) : nil
        case .words(let raw): Int(raw[row]) < dictionary.count ? Int(raw[row]) : nil
        case .indexes(let raw): Int(raw[row]) < dictionary.count ? Int(raw[row]) : nil
        case .numbers: nil
        }
    }
}

extension Problem {
    /// Rows that lack a number or a cluster that the calibration needs.
    static func missingAuxiliary(_ variable: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.missing-auxiliary", .computation,
            what: "\"\(variable)\" is missing in \(rows.count) rows to be weighted",
            place: Place(rows: rows, column: variable),
            why: "each of these rows needs a value of every numeric variable, of the cluster and of q",
            fix: "fill in the values, or give rows without one a weight of 0")
    }

    /// Rows of one cluster that differ in what belongs to the cluster.
    static func clusterVaries(_ variable: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.cluster-varies", .input,
            what: "\"\(variable)\" differs inside a cluster in \(rows.count) rows",
            place: Place(rows: rows, column: variable),
            why: "a total of clusters counts each of them once, so its rows have one value",
            fix: "correct the rows, or put the total among those of persons")
    }

    /// A q that is not above 0.
    static func wrongCost(_ variable: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.wrong-q", .input, what: "q \"\(variable)\" is not above 0 in \(rows.count) rows",
            place: Place(rows: rows, column: variable),
            why: "q divides x'λ and must be a number above 0", fix: "correct the rows, or leave --q out")
    }

    /// Bounds that leave no room.
    static func wrongBounds(low: Double, high: Double) -> Problem {
        Problem(
            "weighting.wrong-bounds", .usage, what: "The bounds of the calibration are no range",
            why:
                "the lower bound must be from 0 and below 1, the upper above 1 (of weights: the lower below the upper); found \(low.brief) and \(high.brief)",
            fix: "give bounds such as --bounds 0.3,3")
    }

    /// The logit distance without both bounds.
    static func logitBounds() -> Problem {
        Problem(
            "weighting.logit-bounds", .usage, what: "The logit distance needs two bounds",
            why: "its factors lie between a lower and an upper bound; one is not given",
            fix: "add bounds such as --bounds 0.3,3")
    }

    /// Base weights that bounds on weights exclude from the start.
    static func outsideBounds(rows: [Int]) -> Problem {
        Problem(
            "weighting.outside-bounds", .computation, what: "\(rows.count) base weights lie outside the bounds",
            place: Place(rows: rows), why: "the logit distance starts from base weights between the bounds",
            fix: "widen the bounds, or use --distance linear or raking")
    }
}
