internal import SurveyIndicators
internal import SurveySchema

/// The whole sample by wave: points with intervals, neighbours joined by a thin line.
struct TrendPanel {
    private(set) var script: ChartScript
    private(set) var descriptions = ""
    private(set) var hasBracketed = false
    private(set) var hasHidden = false
    private(set) var isCut = false
    private(set) var hasBreak = false

    /// Returns nil when fewer than two waves have a figure that may be shown.
    init?(_ section: ReportContent.Section, figures: FigureText, words: ReportWords, numbers: ReportNumbers) {
        let waves = section.waves
        let shown = waves.map { ChartFigure(section.whole[$0], figures: figures, words: words) }
        guard shown.count(where: { $0.value != nil }) > 1 else { return nil }
        let scale = AxisScale(covering: shown.flatMap(\.extent), count: 5)
        let ticks = scale.ticks.map { numbers.text($0, decimals: scale.decimals) }
        let left = Double(ticks.map(\.count).max() ?? 1) * ChartScript.letterWidth + 14
        script = ChartScript(width: 420, height: 290, left: left, right: 10, top: 26, bottom: 30)
        script.setRange("x", 0.5, Double(waves.count) + 0.5)
        script.setRange("y", scale.least, scale.greatest)
        isCut = !scale.startsAtZero
        for (tick, text) in zip(scale.ticks, ticks) {
            let isAxis = tick == scale.least
            script.line(
                from: "graph 0, first \(tick)", to: "graph 1, first \(tick)", color: isAxis ? .axis : .grid, width: 1)
            script.write(text, at: "screen \((left - 8) / 420), first \(tick)", .right, color: .soft)
        }
        let slot = (420 - left - 10) / Double(waves.count)
        let letters = max(2, Int(slot / ChartScript.letterWidth))
        for (place, wave) in waves.enumerated() {
            let text = wave.count <= letters ? wave : wave.prefix(letters - 1) + "…"
            script.write(String(text), at: "first \(place + 1), screen \(14.0 / 290)", color: .ink)
        }
        plot(shown, breaks: waves.map { section.whole[$0]?.breakReason != nil }, labelsFit: slot >= 34)
        descriptions = zip(waves, shown).map { "\($0): \($1.description)" }.joined(separator: "; ")
    }

    private mutating func plot(_ shown: [ChartFigure], breaks: [Bool], labelsFit: Bool) {
        var path: [[Double]] = []
        var intervals: [[Double]] = []
        var full: [[Double]] = []
        var hollow: [[Double]] = []
        for (place, figure) in shown.enumerated() {
            let x = Double(place + 1)
            hasHidden = hasHidden || figure.isHidden
            if place > 0, breaks[place] {
                hasBreak = true
                path.append([])
                script.line(
                    from: "first \(x - 0.5), graph 0", to: "first \(x - 0.5), graph 1", color: .axis, width: 1.2,
                    isDashed: true)
            }
            guard let value = figure.value else {
                path.append([])
                script.write(figure.text, at: "first \(x), graph 0.06", color: .soft)
                continue
            }
            path.append([x, value])
            if let low = figure.low, let high = figure.high { intervals.append([x, low, 0, high - low]) }
            if figure.isBracketed { hollow.append([x, value]) } else { full.append([x, value]) }
            hasBracketed = hasBracketed || figure.isBracketed
            if labelsFit || place == 0 || place == shown.count - 1 {
                script.write(
                    figure.text, at: "first \(x), first \(figure.high ?? value) offset 0, character 0.65", isBold: true)
            }
        }
        script.plotPath(path)
        script.plotIntervals(intervals)
        script.plotPoints(full, isHollow: false)
        script.plotPoints(hollow, isHollow: true)
    }
}
