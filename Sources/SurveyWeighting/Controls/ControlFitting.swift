internal import SurveyMath

/// Newton's method for the factors of calibration cells.
///
///     λ ← λ + (Σ d F' x x'/q)⁻¹ (t − Σ d F x)
///
/// Redundant controls are left out by pivoting.
/// Source: Deville and Särndal (1992), §2; Deville, Särndal and Sautory (1993).
struct ControlFitting {
    private let controls: CalibrationControls
    private let weights: [Double]
    private let bounds: [(low: Double, high: Double)]
    private let totals: [Double]
    /// What a misfit is measured against, by control.
    private let scales: [Double]
    /// By control what its λ takes off the misfit, where totals may be missed; empty where they may not.
    private let penalties: [Double]

    private(set) var factors: [Double]
    /// The weighted sum of each control.
    private(set) var sums: [Double] = []
    private(set) var steps = 0
    private(set) var isMet = false
    /// The largest relative distance from a total, and whose it is.
    private(set) var largestError = 0.0
    private(set) var worst = 0

    private static let mostHalvings = 30
    /// Parts of Σ d x²/q that are tried on the diagonal, one after the other.
    private static let ridges = [0, 1e-6, 1e-3, 1]

    /// `weights` are the sums of base weights by cell, `bounds` the limits of the factor by cell.
    init(_ controls: CalibrationControls, weights: [Double], bounds: [(low: Double, high: Double)]) {
        self.controls = controls
        let named = controls.controls.map(\.total)
        let sample = controls.sums(of: weights)
        let scale = ControlFitting.prescale(controls, sample: sample)
        self.weights = scale == 1 ? weights : weights.map { $0 * scale }
        if scale != 1, controls.bounds?.scale == .weight {
            self.bounds = bounds.map { ($0.low / scale, $0.high / scale) }
        } else {
            self.bounds = bounds
        }
        totals = named
        let least = 1e-6 * CompensatedSum.of(weights.map(abs)) * scale
        scales = named.map { max(abs($0), least) }
        if case .nearest(let price, _) = controls.rule {
            let floor = CompensatedSum.of(self.weights) / 1_000
            penalties = named.map { max(abs($0), floor) / price }
        } else {
            penalties = []
        }
        factors = [Double](repeating: 1, count: weights.count)
        switch controls.rule {
        case .controls(let tolerance, let most): fit(tolerance: tolerance, most: most)
        case .nearest(_, let most): fit(tolerance: 1e-9, most: most)
        case .rSurvey(let epsilon, let most):
            if controls.distance == .linear, controls.bounds == nil {
                fit(tolerance: 1e-9, most: 20)
            } else {
                fitAsR(epsilon: epsilon, most: most)
            }
        }
        if scale != 1 { factors = factors.map { $0 * scale } }
    }

    /// The mean of total over sample value where each is above 20 and the call asks for it; otherwise 1.
    static func prescale(_ controls: CalibrationControls, sample: [Double]) -> Double {
        if controls.rule.isNearest { return ControlFitting.sizeRatio(controls, sample: sample) }
        guard controls.isPrescaled, let ratios = farRatios(controls, sample: sample) else { return 1 }
        return ratios.reduce(0, +) / Double(ratios.count)
    }

    /// The size of the population by the first margin over that of the sample; 1 without a margin.
    private static func sizeRatio(_ controls: CalibrationControls, sample: [Double]) -> Double {
        let count = controls.categoryCounts.first ?? 0
        let (wanted, found) = (controls.controls[..<count].map(\.total), sample[..<count])
        let ratio = CompensatedSum.of(wanted) / CompensatedSum.of(Array(found))
        return ratio > 0 && ratio.isFinite ? ratio : 1
    }

    /// Total over sample value by control if each is above 20, otherwise nil.
    static func farRatios(_ controls: CalibrationControls, sample: [Double]) -> [Double]? {
        guard controls.bounds != nil || controls.distance != .linear else { return nil }
        let ratios = zip(controls.controls, sample).map { $0.total / $1 }
        return !ratios.isEmpty && ratios.allSatisfy { $0 > 20 && $0.isFinite } ? ratios : nil
    }

    private struct Point {
        var coefficients: [Double]
        var arguments: [Double]
        var factors: [Double]
        var sums: [Double]
        var misfit: [Double]
        var error: Double
        var worst: Int
        var isFinite: Bool
        /// λ't − Σ d q ∫F, and the size of the numbers in it.
        var objective: Double
        var size: Double
    }

    private func point(_ coefficients: [Double]) -> Point {
        var arguments = controls.linear(coefficients)
        for cell in arguments.indices { arguments[cell] /= controls.costs[cell] }
        let factors = arguments.indices.map { cell in
            controls.distance.factor(arguments[cell], low: low(cell), high: high(cell))
        }
        let sums = controls.sums(of: zip(weights, factors).map { $0 * $1 })
        var misfit = zip(totals, sums).map { $0 - $1 }
        for control in penalties.indices { misfit[control] -= penalties[control] * coefficients[control] }
        var (objective, size) = (CompensatedSum(), 0.0)
        for (coefficient, total) in zip(coefficients, totals) {
            objective.add(coefficient * total)
            size += abs(coefficient * total)
        }
        for control in penalties.indices {
            let part = penalties[control] * coefficients[control] * coefficients[control] / 2
            objective.add(-part)
            size += part
        }
        for cell in arguments.indices where weights[cell] != 0 {
            let own = controls.distance.integral(arguments[cell], low: low(cell), high: high(cell))
            let part = weights[cell] * controls.costs[cell] * own
            objective.add(-part)
            size += abs(part)
        }
        var point = Point(
            coefficients: coefficients, arguments: arguments, factors: factors, sums: sums, misfit: misfit, error: 0,
            worst: 0, isFinite: factors.allSatisfy(\.isFinite) && sums.allSatisfy(\.isFinite),
            objective: objective.value, size: size)
        for control in misfit.indices {
            let error = abs(misfit[control]) / scales[control]
            if !(error <= point.error) { (point.error, point.worst) = (error.isFinite ? error : .infinity, control) }
        }
        return point
    }

    private func low(_ cell: Int) -> Double { bounds.isEmpty ? -.infinity : bounds[cell].low }
    private func high(_ cell: Int) -> Double { bounds.isEmpty ? .infinity : bounds[cell].high }

    /// The weight of each cell in Newton's matrix.
    private func slopes(_ point: Point) -> [Double] {
        point.arguments.indices.map { cell in
            weights[cell] * controls.distance.slope(point.arguments[cell], low: low(cell), high: high(cell))
                / controls.costs[cell]
        }
    }

    private func moved(_ point: Point, _ direction: [Double], _ length: Double) -> Point {
        self.point(zip(point.coefficients, direction).map { $0 + length * $1 })
    }

    private func squares(_ point: Point) -> Double {
        zip(point.misfit, scales).map { ($0 / $1) * ($0 / $1) }.reduce(0, +)
    }

    private mutating func fit(tolerance: Double, most: Int) {
        var now = point([Double](repeating: 0, count: totals.count))
        var isPolished = false
        while steps < most, now.isFinite, now.error > 0 {
            if now.error <= tolerance, isPolished { break }
            guard let next = descended(now) else { break }
            steps += 1
            // A step from a point that is good enough only wins digits; where it wins none, the point stays.
            isPolished = now.error <= tolerance
            if isPolished, !(next.error < now.error) { break }
            now = next
        }
        take(now)
        isMet = now.isFinite && now.error <= tolerance
    }

    /// The next point nearer to the totals; nil where there is none.
    ///
    /// λ maximises the concave function λ't − Σ d q ∫F. Newton's step is halved until the misfit shrinks, or this function
    /// grows as its slope says: where factors stand at their bounds the misfit may have to grow on the way. There the
    /// matrix can also be too flat, and a part of Σ d x²/q on its diagonal shortens the step.
    private func descended(_ now: Point) -> Point? {
        let size = totals.count
        var matrix = controls.products(slopes(now))
        for control in penalties.indices { matrix[control * size + control] += penalties[control] }
        let before = squares(now)
        let full = controls.squares(zip(weights, controls.costs).map { $0 / $1 })
        for ridge in ControlFitting.ridges {
            var ridged = matrix
            for row in 0..<size { ridged[row * size + row] += ridge * full[row] }
            let direction = PivotedCholesky(ridged, size: size).solve(now.misfit)
            let slope = zip(now.misfit, direction).map { $0 * $1 }.reduce(0, +)
            var length = 1.0
            for _ in 0..<ControlFitting.mostHalvings {
                let next = moved(now, direction, length)
                let gain = next.objective - now.objective
                let rounding = 1e-12 * (now.size + next.size)
                let isNearer = squares(next) < before && gain >= -rounding
                if next.isFinite, isNearer || gain >= 1e-4 * length * slope && gain > rounding { return next }
                length /= 2
            }
        }
        return nil
    }

    /// R survey's iteration, step by step, on R's columns: an intercept, and categories without the first of each margin.
    ///
    /// Where weights stand at their bounds the way depends on the columns.
    private mutating func fitAsR(epsilon: Double, most: Int) {
        var now = point([Double](repeating: 0, count: totals.count))
        let basis = contrasts
        let wanted = basis * totals
        var count = 1
        while true {
            let own = Matrix(rows: totals.count, columns: totals.count, values: controls.products(slopes(now)))
            let matrix = basis * own * basis.transposed
            let solution = PivotedCholesky(matrix.values, size: matrix.rows).solve(basis * now.misfit)
            let direction = basis.transposed * solution
            var length = 1.0
            var next = moved(now, direction, length)
            while !next.isFinite, count < most {
                count += 1
                length /= 2
                next = moved(now, direction, length)
            }
            now = next
            isMet = zip(basis * now.misfit, wanted).allSatisfy { abs($0) / (1 + abs($1)) < epsilon }
            count += 1
            if isMet || count > most { break }
        }
        steps = count - 1
        take(now)
    }

    /// Row by row the columns of R's model matrix in those of the controls.
    private var contrasts: Matrix {
        var rows: [[Int]] = []
        let starts = controls.starts
        for (margin, count) in controls.categoryCounts.enumerated() {
            let own = Array(starts[margin]..<starts[margin] + count)
            if margin == 0 { rows.append(own) }
            rows += own.dropFirst().map { [$0] }
        }
        rows += (starts[controls.categoryCounts.count]..<totals.count).map { [$0] }
        var matrix = Matrix(rows: rows.count, columns: totals.count)
        for (row, columns) in rows.enumerated() { for column in columns { matrix[row, column] = 1 } }
        return matrix
    }

    private mutating func take(_ point: Point) {
        factors = point.factors
        sums = point.sums
        largestError = point.error
        worst = point.worst
        guard !penalties.isEmpty else { return }
        // What counts for the reader is how far totals are missed, not how well the price is paid.
        largestError = 0
        for control in sums.indices {
            let error = abs(totals[control] - sums[control]) / scales[control]
            if !(error <= largestError) { (largestError, worst) = (error, control) }
        }
    }
}
