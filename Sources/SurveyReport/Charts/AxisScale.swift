/// A range for an axis with ticks at round numbers: 1, 2 or 5 times a power of ten.
struct AxisScale {
    let least: Double
    let greatest: Double
    /// The places of the ticks.
    let ticks: [Double]
    /// The decimals that the ticks need.
    let decimals: Int
    var startsAtZero: Bool { least == 0 }

    /// Covers all values with about `count` steps.
    ///
    /// Zero is on the axis where it is not far: when the lowest value is below half of the highest.
    init(covering values: [Double], count: Int) {
        let finite = values.filter(\.isFinite)
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        if low >= 0, low < high / 2 { low = 0 }
        if high <= 0, high > low / 2 { high = 0 }
        if high - low <= max(abs(high), abs(low)) * 1e-9 {
            let room = max(abs(high) * 0.1, 1e-6)
            low = low == 0 ? 0 : low - room
            high += room
        }
        let (step, exponent) = AxisScale.step((high - low) / Double(max(1, count)))
        decimals = min(12, max(0, -exponent))
        let first = (low / step + 1e-9).rounded(.down)
        let last = (high / step - 1e-9).rounded(.up)
        let steps = min(50, max(1, Int(clamping: last - first)))
        ticks = (0...steps).map { (first + Double($0)) * step }
        least = first * step
        greatest = (first + Double(steps)) * step
    }

    /// The finest scale whose numbers stand clear of each other along an axis of a length in pixels.
    static func spaced(covering values: [Double], pixels: Double, numbers: ReportNumbers) -> AxisScale {
        for count in [5, 4, 3, 2] {
            let scale = AxisScale(covering: values, count: count)
            let letters = scale.ticks.map { numbers.text($0, decimals: scale.decimals).count }.max() ?? 0
            let room = pixels / Double(max(1, scale.ticks.count - 1))
            if Double(letters) * ChartScript.letterWidth + 10 <= room { return scale }
        }
        return AxisScale(covering: values, count: 1)
    }

    private static func step(_ rough: Double) -> (step: Double, exponent: Int) {
        var exponent = 0
        var unit = 1.0
        while unit * 10 <= rough, exponent < 300 {
            unit *= 10
            exponent += 1
        }
        while unit > rough, exponent > -12 {
            exponent -= 1
            unit = 1 / AxisScale.power(-exponent)
        }
        for factor in [1.0, 2, 5] where unit * factor >= rough { return (unit * factor, exponent) }
        return (unit * 10, exponent + 1)
    }

    private static func power(_ exponent: Int) -> Double { (0..<exponent).reduce(1.0) { value, _ in value * 10 } }
}

extension Int {
    /// The nearest whole number that fits.
    fileprivate init(clamping value: Double) {
        self = value.isFinite ? (Int(exactly: value.rounded()) ?? (value < 0 ? .min : .max)) : 0
    }
}
