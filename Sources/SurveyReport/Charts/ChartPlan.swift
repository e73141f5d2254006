internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema

/// What the chart of one indicator shows; everything is decided here, gnuplot only draws.
struct ChartPlan {
    /// One panel as a script, with its title and a description for those who do not see it.
    struct Panel {
        let title: String
        let script: ChartScript
        let description: String
    }

    /// The whole sample by wave; nil for a single wave.
    private(set) var trend: Panel?
    /// The groups of the latest wave, nil without breakdowns; of a family its members.
    private(set) var groups: Panel?
    /// Sentences that explain the marks that occur.
    private(set) var notes: [String] = []

    /// The most groups that one panel can show legibly.
    static let mostGroups = 45

    init(_ section: ReportContent.Section, words: ReportWords, numbers: ReportNumbers) {
        let figures = FigureText(section, numbers: numbers)
        let unit =
            figures.isPercent
            ? numbers.percent("").drop { $0.isWhitespace }.description
            : FigureText.unit(section.definition.unit, words: words.indicator)
        let name = section.definition.name.text(in: words.language) ?? section.definition.id
        let trend = TrendPanel(section, figures: figures, words: words, numbers: numbers)
        let groups = GroupsPanel(section, figures: figures, words: words, numbers: numbers)
        if let trend {
            let title = "\(words.chart.trend), \(unit)"
            self.trend = Panel(
                title: title, script: trend.script, description: "\(name). \(title). \(trend.descriptions)")
        }
        if let groups {
            let title = "\(words.chart.groups.filled(section.waves.last ?? "")), \(unit)"
            self.groups = Panel(
                title: title, script: groups.script, description: "\(name). \(title). \(groups.descriptions)")
        }
        guard trend != nil || groups != nil else { return }
        let figureLevel = section.all.lazy.compactMap { $0.figure?.level }.first ?? 0.95
        notes.append(words.chart.legend.filled(numbers.level(figureLevel)))
        if groups?.hasReference == true { notes.append(words.chart.dashed) }
        if trend?.hasBracketed == true || groups?.hasBracketed == true { notes.append(words.chart.hollow) }
        if trend?.hasHidden == true || groups?.hasHidden == true { notes.append(words.chart.gaps) }
        if trend?.isCut == true || groups?.isCut == true { notes.append(words.chart.cutAxis) }
        if trend?.hasBreak == true { notes.append(words.figures.breakLine) }
    }

    /// The chart of a family: its members in the latest wave.
    init(
        family: IndicatorDefinition.Family, members: [ReportContent.Section], waves: [String], words: ReportWords,
        numbers: ReportNumbers
    ) {
        guard let wave = waves.last(where: { wave in members.contains { $0.waves.contains(wave) } }) else { return }
        let figures = FigureText(members, numbers: numbers)
        guard let panel = FamilyPanel(members, wave: wave, figures: figures, words: words, numbers: numbers) else {
            return
        }
        let unit =
            figures.isPercent
            ? numbers.percent("").drop { $0.isWhitespace }.description
            : FigureText.unit(members.first?.definition.unit ?? "", words: words.indicator)
        let title = "\(words.figures.familyChart.filled(wave)), \(unit)"
        let name = family.name.text(in: words.language) ?? family.id
        groups = Panel(title: title, script: panel.script, description: "\(name). \(title). \(panel.descriptions)")
        let level = members.lazy.flatMap(\.all).compactMap { $0.figure?.level }.first ?? 0.95
        notes = [words.figures.barLegend.filled(numbers.level(level))]
        if panel.hasBracketed { notes.append(words.figures.hollowBars) }
        if panel.hasHidden { notes.append(words.chart.gaps) }
    }

    /// Experience beside perception, group by group.
    init(_ comparison: ExperiencePerception, words: ReportWords, numbers: ReportNumbers) {
        let figures = FigureText([comparison.experience, comparison.perception], numbers: numbers)
        guard let panel = ComparisonPanel(comparison, figures: figures, words: words, numbers: numbers) else { return }
        let unit =
            figures.isPercent
            ? numbers.percent("").drop { $0.isWhitespace }.description
            : FigureText.unit(comparison.experience.definition.unit, words: words.indicator)
        let title = "\(words.annex.comparison), \(unit), \(comparison.wave)"
        groups = Panel(title: title, script: panel.script, description: "\(title). \(panel.descriptions)")
        let level = comparison.experience.all.lazy.compactMap { $0.figure?.level }.first ?? 0.95
        notes = [words.annex.comparisonLegend.filled(numbers.level(level))]
        if panel.hasBracketed { notes.append(words.chart.hollow) }
        if panel.hasHidden { notes.append(words.chart.gaps) }
    }
}

/// One figure as a chart shows it.
struct ChartFigure {
    /// Estimate and interval on the printed scale; nil where nothing may or can be shown.
    let value: Double?
    let low: Double?
    let high: Double?
    let isBracketed: Bool
    let isHidden: Bool
    /// The estimate as printed, or the mark.
    let text: String
    /// The same in words, with its interval.
    let description: String

    init(_ result: IndicatorResult?, figures: FigureText, words: ReportWords) {
        switch FigureText.cell(result) {
        case .shown(let figure): self.init(figure, figures: figures)
        case .hidden: self.init(.hidden, words.marks.hiddenImpreciseShort, isHidden: true)
        case .complementary: self.init(.complementary, words.marks.complementaryShort, isHidden: true)
        case .noData: self.init(.noData, words.marks.noDataShort, isHidden: false)
        case .notComputed: self.init(.notComputed, words.marks.notComputed, isHidden: false)
        }
    }

    private init(_ figure: FigureText.Shown, figures: FigureText) {
        value = figures.scaled(figure.value)
        low = figure.estimate.low.map(figures.scaled)
        high = figure.estimate.high.map(figures.scaled)
        isBracketed = figure.isBracketed
        isHidden = false
        let bare = figures.bare(figure.value)
        text = isBracketed ? "[\(bare)]" : bare
        description = figures.estimate(figure) + (figures.interval(figure.estimate).map { " (\($0))" } ?? "")
    }

    private init(_ mark: TableNotes.Mark, _ meaning: String, isHidden: Bool) {
        value = nil
        low = nil
        high = nil
        isBracketed = false
        self.isHidden = isHidden
        text = mark.sign
        description = meaning
    }

    /// Every number that the axis must reach.
    var extent: [Double] { [value, low, high].compactMap { $0 } }
}
