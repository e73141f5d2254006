internal import SurveyEstimation
internal import SurveyIndicators
internal import SurveySchema
internal import SurveyStudy

/// Makes the sentences that the figures of a report support, and no others.
///
/// A rise or fall is named when the interval of the change leaves zero out; a highest or lowest group when its interval
/// overlaps with that of no other group shown and it does not stand on a low base. A withheld figure is never spoken of.
struct ConclusionMaker {
    /// A sentence and what it says in one word.
    struct Sentence {
        enum Kind: String {
            case increase, decrease
            case noChange = "no-change-shown"
            case tooImprecise = "too-imprecise"
            case notComparable = "not-comparable"
            case plan
            case highest, lowest
            case experienceAbove = "experience-above"
            case experienceBelow = "experience-below"
            case perceptionAbove = "perception-above"
            case perceptionBelow = "perception-below"
            case noneApart = "none-apart"
            case publishedChange = "published-change"
        }

        let kind: Kind
        let text: String
        /// A text of the user that follows.
        var reason = LocalizedText.empty
    }

    /// The sentences on one indicator.
    struct Conclusion {
        /// The id and name of the indicator, and its section if it was computed.
        let id: String
        let name: LocalizedText
        let section: ReportContent.Section?
        let sentences: [Sentence]
    }

    let input: ReportInput
    let content: ReportContent
    let words: ReportWords
    let numbers: ReportNumbers

    var conclusions: [Conclusion] {
        var all: [Conclusion] = []
        for section in content.sections {
            let figures = FigureText(section, numbers: numbers)
            var sentences = changes(section, figures)
            if let row = section.planRows(waves: content.waves).last(where: { $0.plan != nil }) {
                sentences += plan(row, figures)
            }
            // Members of a family stand side by side in one table; of each only what is shown is told.
            if section.definition.family == nil {
                sentences += groups(section, figures)
            } else {
                sentences.removeAll { [.noChange, .tooImprecise, .notComparable].contains($0.kind) }
            }
            guard !sentences.isEmpty else { continue }
            let definition = section.definition
            all.append(Conclusion(id: definition.id, name: definition.name, section: section, sentences: sentences))
        }
        if let comparison = ExperiencePerception(content, input.study.report) {
            let name = LocalizedText([(words.language, words.annex.comparison)])
            all.append(
                Conclusion(
                    id: "experience-and-perception", name: name, section: nil,
                    sentences: ConclusionMaker.sentences(on: comparison, words: words)))
        }
        for entry in input.study.report?.register ?? [] {
            let sentences = register(entry)
            guard !sentences.isEmpty else { continue }
            all.append(Conclusion(id: entry.id, name: entry.name, section: nil, sentences: sentences))
        }
        return all
    }

    // MARK: Changes

    private func changes(_ section: ReportContent.Section, _ figures: FigureText) -> [Sentence] {
        let own = input.changes.filter { $0.definition.id == section.definition.id && $0.by.isEmpty }
        let waves = own.map(\.toWave)
        guard let latest = content.waves.last(where: waves.contains) ?? waves.last else { return [] }
        return own.filter { $0.toWave == latest }.flatMap { change -> [Sentence] in
            let computed = sentence(of: change, figures)
            let printed = change.definition.publishedChange(from: change.fromWave, to: change.toWave)
            guard let printed, computed != nil else { return [computed].compactMap { $0 } }
            let text = words.annex.publishedChangeSentence.filled(change.fromWave, change.toWave, printed.printed)
            return [computed, Sentence(kind: .publishedChange, text: text)].compactMap { $0 }
        }
    }

    private func sentence(of change: IndicatorChange, _ figures: FigureText) -> Sentence? {
        if let reason = change.breakReason {
            return Sentence(
                kind: .notComparable, text: words.conclusions.notComparable.filled(change.fromWave, change.toWave),
                reason: reason)
        }
        guard !change.display.isWithheld, let found = change.change, let difference = found.difference,
            let from = found.from.value, let to = found.to.value
        else { return nil }
        let direction = change.definition.direction
        let template: String
        let kind: Sentence.Kind
        var ending = ""
        switch found.verdict {
        case .increase:
            (kind, template) = (.increase, words.conclusions.rose)
            if let direction { ending = " " + (direction == .up ? words.conclusions.better : words.conclusions.worse) }
        case .decrease:
            (kind, template) = (.decrease, words.conclusions.fell)
            if let direction {
                ending = " " + (direction == .down ? words.conclusions.better : words.conclusions.worse)
            }
        case .noChangeShown: (kind, template) = (.noChange, words.conclusions.noChange)
        case .tooImprecise: (kind, template) = (.tooImprecise, words.conclusions.tooImprecise)
        }
        let interval = figures.interval(found)
        let text = (interval == nil ? words.conclusions.noInterval : template).filled(
            change.fromWave, change.toWave, figures.valueText(from), figures.valueText(to),
            figures.difference(difference, definition: change.definition, words: words.conclusions),
            numbers.level(found.level), interval ?? "")
        return Sentence(kind: interval == nil ? .tooImprecise : kind, text: text + (interval == nil ? "" : ending))
    }

    // MARK: Plans

    private func plan(_ row: PlanRow, _ figures: FigureText) -> [Sentence] {
        guard let plan = row.plan, let status = row.status else { return [] }
        let planned = figures.plan(plan)
        var sentences: [Sentence] = []
        if status == .noData {
            sentences.append(Sentence(kind: .plan, text: words.conclusions.noFact.filled(row.wave, planned)))
        } else if let value = row.result?.figure?.value {
            let template =
                switch (status, row.evidence) {
                case (.reached, .shown): words.conclusions.reachedShown
                case (.reached, .notDistinguishable): words.conclusions.reachedOpen
                case (.reached, nil): words.conclusions.reached
                case (_, .shown): words.conclusions.missedShown
                case (_, .notDistinguishable): words.conclusions.missedOpen
                case (_, nil): words.conclusions.missed
                }
            sentences.append(
                Sentence(kind: .plan, text: template.filled(row.wave, planned, figures.valueText(value))))
        }
        if let printed = row.published?.status {
            sentences.append(Sentence(kind: .plan, text: words.conclusions.printedStatus.filled(printed)))
        }
        return sentences
    }

    private func register(_ entry: RegisterEntry) -> [Sentence] {
        guard let plan = entry.plan, let status = entry.status else { return [] }
        let texts = RegisterText(numbers: numbers)
        let year = entry.year
        var sentences: [Sentence] = []
        if status == .noData {
            sentences.append(
                Sentence(kind: .plan, text: words.conclusions.noFact.filled(year, texts.plan(plan, entry))))
        } else if let fact = entry.fact {
            let template = status == .reached ? words.conclusions.reached : words.conclusions.missed
            sentences.append(
                Sentence(
                    kind: .plan,
                    text: template.filled(year, texts.plan(plan, entry), texts.number(fact, entry))))
        }
        if let printed = entry.printedStatus {
            sentences.append(Sentence(kind: .plan, text: words.conclusions.printedStatus.filled(printed)))
        }
        return sentences
    }

    // MARK: Groups

    /// The highest and the lowest group of each single breakdown in the latest wave, where intervals stand apart.
    private func groups(_ section: ReportContent.Section, _ figures: FigureText) -> [Sentence] {
        guard let wave = section.waves.last else { return [] }
        var sentences: [Sentence] = []
        for breakdown in section.breakdowns where breakdown.variables.count == 1 {
            let shown = breakdown.rows.compactMap { row -> Group? in
                guard case .shown(let figure) = FigureText.cell(row.results[wave]) else { return nil }
                return Group(label: row.categories, figure: figure)
            }
            // A group without an interval could lie anywhere.
            guard shown.count > 1, shown.allSatisfy({ $0.low != nil && $0.high != nil }) else { continue }
            let ends: [(Sentence.Kind, String, (Group, Group) -> Bool)] = [
                (.highest, words.conclusions.highest, { ($0.low ?? 0) > ($1.high ?? 0) }),
                (.lowest, words.conclusions.lowest, { ($0.high ?? 0) < ($1.low ?? 0) }),
            ]
            for (kind, template, isBeyond) in ends {
                let place = shown.indices.first { mine in
                    shown.indices.allSatisfy { $0 == mine || isBeyond(shown[mine], shown[$0]) }
                }
                guard let place, !shown[place].figure.isBracketed,
                    let interval = figures.interval(shown[place].figure.estimate)
                else { continue }
                let text = template.filled(
                    wave, text(breakdown.labels), text(shown[place].label),
                    figures.valueText(shown[place].figure.value),
                    interval)
                sentences.append(Sentence(kind: kind, text: text))
            }
        }
        return sentences
    }

    private struct Group {
        let label: [LocalizedText]
        let figure: FigureText.Shown
        var low: Double? { figure.estimate.low }
        var high: Double? { figure.estimate.high }
    }

    private func text(_ texts: [LocalizedText]) -> String {
        texts.map { $0.text(in: words.language) ?? "" }.joined(separator: " · ")
    }
}
