internal import SurveyIndicators
internal import SurveySchema

/// Two figures of each group on one axis: experience as a point, perception as a square, each with its interval.
struct ComparisonPanel {
    private(set) var script: ChartScript
    private(set) var descriptions = ""
    private(set) var hasBracketed = false
    private(set) var hasHidden = false

    private static let width = 560
    private static let rowHeight = 32.0

    /// Groups stand by their experience, the highest first; those without a figure stand last, in the report's order.
    init?(_ comparison: ExperiencePerception, figures: FigureText, words: ReportWords, numbers: ReportNumbers) {
        var rows = comparison.rows.map { row in
            (
                label: ChartScript.wrapped(row.label.text(in: words.language) ?? row.key, letters: 24),
                experience: ChartFigure(row.experience.result, figures: figures, words: words),
                perception: ChartFigure(row.perception.result, figures: figures, words: words)
            )
        }
        rows =
            rows.filter { $0.experience.value != nil }.sorted {
                ($0.experience.value ?? 0) > ($1.experience.value ?? 0)
            } + rows.filter { $0.experience.value == nil }
        guard rows.contains(where: { $0.experience.value != nil || $0.perception.value != nil }),
            rows.count <= ChartPlan.mostGroups
        else { return nil }
        let widest = rows.flatMap(\.label).map(\.count).max() ?? 0
        let left = Double(widest) * ChartScript.letterWidth + 12
        let total = Double(rows.count) * ComparisonPanel.rowHeight
        let height = Int(total) + 34
        let pixels = Double(ComparisonPanel.width) - left - 16
        script = ChartScript(
            width: ComparisonPanel.width, height: height, left: left, right: 16, top: 4, bottom: 30)
        let scale = AxisScale.spaced(
            covering: rows.flatMap { $0.experience.extent + $0.perception.extent } + [0], pixels: pixels,
            numbers: numbers)
        script.setRange("x", scale.least, scale.greatest)
        script.setRange("y", total, 0)
        for tick in scale.ticks {
            script.line(from: "first \(tick), first 0", to: "first \(tick), first \(total)", color: .grid, width: 1)
            script.write(
                numbers.text(tick, decimals: scale.decimals), at: "first \(tick), screen \(14 / Double(height))",
                color: .soft)
        }
        var intervals: [[Double]] = []
        var full: [[Double]] = []
        var hollow: [[Double]] = []
        let half = (scale.greatest - scale.least) / max(1, pixels) * 4
        for (place, row) in rows.enumerated() {
            let middle = (Double(place) + 0.5) * ComparisonPanel.rowHeight
            for (line, text) in row.label.enumerated() {
                let shift = row.label.count == 1 ? 0.0 : (Double(line) - 0.5) * 14
                script.write(text, at: "screen 0.005, first \(middle + shift)", .left)
            }
            if place > 0 {
                let top = middle - ComparisonPanel.rowHeight / 2
                script.line(
                    from: "first \(scale.least), first \(top)", to: "first \(scale.greatest), first \(top)",
                    color: .grid, width: 0.5)
            }
            for (figure, shift) in [(row.experience, -6.0), (row.perception, 6.0)] {
                hasHidden = hasHidden || figure.isHidden
                hasBracketed = hasBracketed || figure.isBracketed
                guard let value = figure.value else { continue }
                let at = middle + shift
                if let low = figure.low, let high = figure.high { intervals.append([low, at, high - low, 0]) }
                if shift > 0 {
                    script.square(
                        from: "first \(value - half), first \(at - 4)", to: "first \(value + half), first \(at + 4)",
                        isHollow: figure.isBracketed)
                } else if figure.isBracketed {
                    hollow.append([value, at])
                } else {
                    full.append([value, at])
                }
            }
        }
        script.plotIntervals(intervals)
        script.plotPoints(full, isHollow: false)
        script.plotPoints(hollow, isHollow: true)
        descriptions = rows.map { row in
            "\(row.label.joined(separator: " ")): \(row.experience.description), \(row.perception.description)"
        }.joined(separator: "; ")
    }
}
