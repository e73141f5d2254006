/// Iterative proportional fitting on crossed cells: margin after margin, each cell is multiplied by t / T̂ of its category.
///
///     w ← w · t_j / Σ_j w        for each margin in turn, until the margins are met
///
/// - Shapes: one weight a cell in, one factor a cell out.
/// - Source: Deming and Stephan (1940); Documentation/Methods.md, "Raking".
///   Checked: R survey 4.1-1 `rake`, cases of weighting.json.
struct ProportionalFitting {
    enum Ending: Equatable {
        case met
        /// R's rule was not reached.
        case stopped
        /// The margins come no nearer to their targets.
        case stalled
        case tooManySweeps
    }

    private(set) var weights: [Double]
    private(set) var sweeps = 0
    private(set) var ending = Ending.tooManySweeps
    /// The largest relative distance of a category from its target, and which one it is.
    private(set) var largestError = 0.0
    private(set) var worst = (margin: 0, category: 0)
    /// For each margin the factor of each cell on the final weights that gives the weight right after its last turn.
    private(set) var turnFactors: [[Double]] = []

    /// No progress is a factor above this on the largest error of a sweep, over so many sweeps.
    private static let slowestFactor = 0.999
    private static let patience = 50

    init(_ margins: [BoundMargin], weights start: [Double], rule: RakingRule) {
        weights = start
        var lastFactors: [[Double]] = []
        var errors: [Double] = []
        let (most, epsilon): (Int, Double?) =
            switch rule {
            case .margins(_, let sweeps): (sweeps, nil)
            case .cells(let epsilon, let sweeps):
                (sweeps, epsilon < 1 ? epsilon * start.reduce(0, +) : epsilon)
            }
        while sweeps < most {
            let before = epsilon == nil ? [] : weights
            lastFactors = margins.map { turn($0) }
            sweeps += 1
            measure(margins)
            if let epsilon {
                let change = zip(before, weights).reduce(0) { max($0, abs($1.0 - $1.1)) }
                ending = change < epsilon ? .met : .stopped
                if ending == .met { break }
            } else if case .margins(let tolerance, _) = rule {
                if largestError <= tolerance {
                    ending = .met
                    break
                }
                errors.append(largestError)
                if errors.count > Self.patience, !Self.isProgress(errors) {
                    ending = .stalled
                    break
                }
            }
        }
        if most < 1 { measure(margins) }
        note(lastFactors, margins)
    }

    private static func isProgress(_ errors: [Double]) -> Bool {
        let (before, now) = (errors[errors.count - 1 - patience], errors[errors.count - 1])
        var slowest = 1.0
        for _ in 0..<patience { slowest *= slowestFactor }
        return now <= before * slowest
    }

    /// Meets one margin; returns the factor of each category.
    private mutating func turn(_ margin: BoundMargin) -> [Double] {
        var factors = margin.sums(of: weights)
        for category in factors.indices { factors[category] = margin.targets[category] / factors[category] }
        for cell in weights.indices { weights[cell] *= factors[Int(margin.categoryOfCell[cell])] }
        return factors
    }

    private mutating func measure(_ margins: [BoundMargin]) {
        largestError = 0
        for (number, margin) in margins.enumerated() {
            for (category, sum) in margin.sums(of: weights).enumerated() {
                let error = abs(sum - margin.targets[category]) / margin.targets[category]
                // Not a number counts as far away.
                if !(error <= largestError) {
                    largestError = error.isFinite ? error : .infinity
                    worst = (number, category)
                }
            }
        }
    }

    private mutating func note(_ factors: [[Double]], _ margins: [BoundMargin]) {
        var later = [Double](repeating: 1, count: weights.count)
        turnFactors = [[Double]](repeating: later, count: margins.count)
        guard factors.count == margins.count else { return }
        for number in margins.indices.reversed() {
            turnFactors[number] = later.map { 1 / $0 }
            for cell in later.indices { later[cell] *= factors[number][Int(margins[number].categoryOfCell[cell])] }
        }
    }
}
