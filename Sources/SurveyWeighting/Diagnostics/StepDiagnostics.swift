internal import SurveyMath

extension WeightingDiagnostics.Step {
    /// Describes the weights after a step, beside those before it.
    init(
        _ name: String, weights: [Double], before: [Double]?, step: WeightingRecipe.Step?,
        gaps: (greatest: Double, mean: Double)?
    ) {
        let used = weights.filter { $0 != 0 }
        let sorted = used.sorted()
        let sum = CompensatedSum.of(used)
        let mean = used.isEmpty ? 0 : sum / Double(used.count)
        let effect = Trimming.kishEffect(used)
        self.name = name
        rows = used.count
        self.sum = sum
        least = sorted.first ?? 0
        greatest = sorted.last ?? 0
        quantiles = WeightingDiagnostics.shares.map { Trimming.quantile($0, of: sorted) }
        kishEffect = effect
        effectiveN = effect > 0 ? Double(used.count) / effect : 0
        weightLoss = effect > 0 ? 1 - 1 / effect : 0
        spread = sorted.first.flatMap { $0 > 0 ? (sorted.last ?? 0) / $0 : nil }
        let factors = before.map { before in
            weights.indices.filter { weights[$0] != 0 && before[$0] != 0 }.map { weights[$0] / before[$0] }
        }
        leastFactor = factors?.min()
        greatestFactor = factors?.max()
        let bounded = Self.bounded(step, weights: used, factors: factors ?? [], least: least, greatest: greatest)
        rowsAtLeast = bounded.least
        rowsAtGreatest = bounded.greatest
        histogram = Self.histogram(used, mean: mean)
        greatestGap = gaps?.greatest
        meanGap = gaps?.mean
    }

    /// Rows at the bounds of a step; a bound that is reached up to rounding is reached.
    private static func bounded(
        _ step: WeightingRecipe.Step?, weights: [Double], factors: [Double], least: Double, greatest: Double
    ) -> (least: Int?, greatest: Int?) {
        func count(_ values: [Double], at bound: Double) -> Int {
            values.count { abs($0 - bound) <= 1e-9 * max(abs(bound), 1e-300) }
        }
        switch step {
        case .trim(let trimming) where trimming.groups.isEmpty:
            let isCut = trimming.greatest != nil || trimming.designEffect != nil
            return (
                trimming.least.map { _ in count(weights, at: least) }, isCut ? count(weights, at: greatest) : nil
            )
        case .calibrate(let calibration):
            guard calibration.method == .calibrate, let bounds = calibration.general.bounds else { return (nil, nil) }
            let values = bounds.scale == .factor ? factors : weights
            return (
                bounds.low.isFinite ? count(values, at: bounds.low) : nil,
                bounds.high.isFinite ? count(values, at: bounds.high) : nil
            )
        default: return (nil, nil)
        }
    }

    /// Rows by weight over mean; weights below 0 stand in the first class.
    private static func histogram(_ weights: [Double], mean: Double) -> [Int] {
        var counts = [Int](repeating: 0, count: WeightingDiagnostics.classCount)
        guard mean > 0 else { return counts }
        for weight in weights {
            let place = weight / mean / WeightingDiagnostics.classWidth
            counts[place < Double(counts.count - 1) ? max(0, Int(place)) : counts.count - 1] += 1
        }
        return counts
    }
}
