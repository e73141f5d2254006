internal import SurveyIndicators
internal import SurveySchema

/// The groups of the latest wave: one row each, with point, interval and value, beside the whole sample.
struct GroupsPanel {
    private(set) var script: ChartScript
    private(set) var descriptions = ""
    private(set) var hasBracketed = false
    private(set) var hasHidden = false
    private(set) var hasReference = false
    private(set) var isCut = false

    /// One line of the panel: a heading without a figure, or a group with one.
    private struct Line {
        let label: [String]
        let figure: ChartFigure?
        /// Pixels from the upper edge of the plot area to the middle of the line.
        var place = 0.0
        var height: Double { (figure == nil ? 30 : 24) + (label.count > 1 ? 14 : 0) }
    }

    private static let width = 420
    private static let labelLetters = 20

    /// Returns nil when the latest wave has no group whose figure may be shown.
    init?(_ section: ReportContent.Section, figures: FigureText, words: ReportWords, numbers: ReportNumbers) {
        guard let wave = section.waves.last else { return nil }
        var lines = GroupsPanel.lines(section, wave: wave, figures: figures, words: words)
        guard lines.contains(where: { $0.figure?.value != nil }) else { return nil }
        let whole = ChartFigure(section.whole[wave], figures: figures, words: words)
        if whole.value != nil {
            lines.insert(
                Line(label: ChartScript.wrapped(words.table.whole, letters: GroupsPanel.labelLetters), figure: whole),
                at: 0)
        }
        let widest = lines.flatMap(\.label).map(\.count).max() ?? 0
        let left = Double(widest) * ChartScript.letterWidth + 12
        let right = Double(lines.compactMap { $0.figure?.text.count }.max() ?? 0) * ChartScript.letterWidth + 16
        var total = 0.0
        for place in lines.indices {
            lines[place].place = total + lines[place].height / 2 + (lines[place].figure == nil ? 4 : 0)
            total += lines[place].height
        }
        let height = Int(total) + 34
        script = ChartScript(width: GroupsPanel.width, height: height, left: left, right: right, top: 4, bottom: 30)
        let scale = AxisScale.spaced(
            covering: lines.flatMap { $0.figure?.extent ?? [] }, pixels: Double(GroupsPanel.width) - left - right,
            numbers: numbers)
        isCut = !scale.startsAtZero
        script.setRange("x", scale.least, scale.greatest)
        script.setRange("y", total, 0)
        drawAxis(scale, height: height, total: total, numbers: numbers)
        drawReference(whole, total: total)
        draw(lines, left: left)
        descriptions = lines.compactMap { line in
            line.figure.map { "\(line.label.joined(separator: " ")): \($0.description)" }
        }.joined(separator: "; ")
    }

    private static func lines(
        _ section: ReportContent.Section, wave: String, figures: FigureText, words: ReportWords
    ) -> [Line] {
        let usable = section.breakdowns.filter { $0.rows.contains { $0.results[wave] != nil } }
        let single = usable.filter { $0.variables.count == 1 }
        var lines: [Line] = []
        var count = 0
        for breakdown in single.isEmpty ? Array(usable.prefix(1)) : single {
            let rows = breakdown.rows.filter { $0.results[wave] != nil }
            guard count + rows.count <= ChartPlan.mostGroups else { continue }
            count += rows.count
            let heading = breakdown.labels.map { $0.text(in: words.language) ?? "" }.joined(separator: " × ")
            lines.append(Line(label: ChartScript.wrapped(heading, letters: 30).prefix(1).map { $0 }, figure: nil))
            for row in rows {
                let label = row.categories.map { $0.text(in: words.language) ?? "" }.joined(separator: " · ")
                lines.append(
                    Line(
                        label: ChartScript.wrapped(label, letters: labelLetters),
                        figure: ChartFigure(row.results[wave], figures: figures, words: words)))
            }
        }
        return lines
    }

    private mutating func drawAxis(_ scale: AxisScale, height: Int, total: Double, numbers: ReportNumbers) {
        for tick in scale.ticks {
            script.line(from: "first \(tick), first 0", to: "first \(tick), first \(total)", color: .grid, width: 1)
            script.write(
                numbers.text(tick, decimals: scale.decimals), at: "first \(tick), screen \(14 / Double(height))",
                color: .soft)
        }
        script.line(
            from: "first \(scale.least), first \(total)", to: "first \(scale.greatest), first \(total)", color: .axis,
            width: 1)
    }

    private mutating func drawReference(_ whole: ChartFigure, total: Double) {
        guard let value = whole.value else { return }
        hasReference = true
        if let low = whole.low, let high = whole.high {
            script.band(from: "first \(low), first 0", to: "first \(high), first \(total)")
        }
        script.line(
            from: "first \(value), first 0", to: "first \(value), first \(total)", color: .point, width: 1.2,
            isDashed: true)
    }

    private mutating func draw(_ lines: [Line], left: Double) {
        var intervals: [[Double]] = []
        var full: [[Double]] = []
        var hollow: [[Double]] = []
        for line in lines {
            let isHeading = line.figure == nil
            for (row, text) in line.label.enumerated() {
                let shift = line.label.count > 1 ? (row == 0 ? -7.5 : 7.5) : 0
                script.write(
                    text, at: "screen 0.005, first \(line.place + shift)", .left, color: .ink, isBold: isHeading)
            }
            guard let figure = line.figure else { continue }
            hasHidden = hasHidden || figure.isHidden
            script.write(
                figure.text, at: "screen 0.99, first \(line.place)", .right, color: figure.value == nil ? .soft : .ink)
            guard let value = figure.value else { continue }
            if let low = figure.low, let high = figure.high { intervals.append([low, line.place, high - low, 0]) }
            if figure.isBracketed { hollow.append([value, line.place]) } else { full.append([value, line.place]) }
            hasBracketed = hasBracketed || figure.isBracketed
        }
        script.plotIntervals(intervals)
        script.plotPoints(full, isHollow: false)
        script.plotPoints(hollow, isHollow: true)
    }
}
