internal import SurveyIndicators
internal import SurveySchema

/// The members of a family in one wave: a bar from zero for each, with its interval and value.
struct FamilyPanel {
    private(set) var script: ChartScript
    private(set) var descriptions = ""
    private(set) var hasBracketed = false
    private(set) var hasHidden = false

    private static let width = 420
    private static let rowHeight = 32.0

    /// Returns nil when the wave has no member whose figure may be shown, or more than one panel can hold.
    init?(
        _ members: [ReportContent.Section], wave: String, figures: FigureText, words: ReportWords,
        numbers: ReportNumbers
    ) {
        let rows = members.compactMap { member -> (label: [String], figure: ChartFigure)? in
            guard let result = member.whole[wave] else { return nil }
            let name = (member.definition.family?.member ?? member.definition.name).text(in: words.language)
            return (
                ChartScript.wrapped(name ?? member.definition.id, letters: 20),
                ChartFigure(result, figures: figures, words: words)
            )
        }
        guard rows.contains(where: { $0.figure.value != nil }), rows.count <= ChartPlan.mostGroups else { return nil }
        let widest = rows.flatMap(\.label).map(\.count).max() ?? 0
        let left = Double(widest) * ChartScript.letterWidth + 12
        let right = Double(rows.map(\.figure.text.count).max() ?? 0) * ChartScript.letterWidth + 16
        let total = Double(rows.count) * FamilyPanel.rowHeight
        let height = Int(total) + 34
        script = ChartScript(width: FamilyPanel.width, height: height, left: left, right: right, top: 4, bottom: 30)
        // A bar tells by its length, so the axis always begins at zero.
        let scale = AxisScale.spaced(
            covering: rows.flatMap(\.figure.extent) + [0], pixels: Double(FamilyPanel.width) - left - right,
            numbers: numbers)
        script.setRange("x", scale.least, scale.greatest)
        script.setRange("y", total, 0)
        for tick in scale.ticks {
            script.line(from: "first \(tick), first 0", to: "first \(tick), first \(total)", color: .grid, width: 1)
            script.write(
                numbers.text(tick, decimals: scale.decimals), at: "first \(tick), screen \(14 / Double(height))",
                color: .soft)
        }
        script.line(from: "first 0, first 0", to: "first 0, first \(total)", color: .axis, width: 1)
        var intervals: [[Double]] = []
        for (place, row) in rows.enumerated() {
            let middle = (Double(place) + 0.5) * FamilyPanel.rowHeight
            writeLabel(row.label, at: middle)
            hasHidden = hasHidden || row.figure.isHidden
            hasBracketed = hasBracketed || row.figure.isBracketed
            script.write(
                row.figure.text, at: "screen 0.99, first \(middle)", .right,
                color: row.figure.value == nil ? .soft : .ink)
            guard let value = row.figure.value else { continue }
            script.bar(
                from: "first 0, first \(middle - 9)", to: "first \(value), first \(middle + 9)",
                isHollow: row.figure.isBracketed)
            if let low = row.figure.low, let high = row.figure.high {
                intervals.append([low, middle, high - low, 0])
            }
        }
        script.plotIntervals(intervals, color: .ink)
        descriptions = rows.map { "\($0.label.joined(separator: " ")): \($0.figure.description)" }
            .joined(separator: "; ")
    }

    private mutating func writeLabel(_ lines: [String], at middle: Double) {
        for (place, line) in lines.enumerated() {
            let shift = lines.count == 1 ? 0.0 : (Double(place) - 0.5) * 14
            script.write(line, at: "screen 0.005, first \(middle + shift)", .left)
        }
    }
}
