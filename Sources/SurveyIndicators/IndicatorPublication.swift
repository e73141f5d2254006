internal import SurveyEstimation

/// Decides which figures of several indicators in one wave may be shown, where some are made of others.
///
/// Each indicator is judged by itself (``Publication``). Then, again and again until nothing changes: a figure is withheld
/// where one of its parts is; where a composite is withheld and all its parts are shown, its weakest part goes too, for a
/// reader could add them up; and the sums of every indicator are completed.
///
/// - Missing: a group in which a part has nobody has no composite.
/// - Source: Documentation/Publication.md, "Figures made of others".
struct IndicatorPublication {
    let rules: PublicationRules

    /// Sets displays and notes; `order` has parts before what is made of them.
    func apply(to all: inout [String: IndicatorFigures], in order: [String]) {
        let publication = Publication(rules: rules)
        var cells: [String: [Publication.Cell]] = [:]
        for id in order {
            guard var own = all[id] else { continue }
            var isPrecise = [Bool](repeating: true, count: own.figures.count)
            if case .share = own.definition.formula, rules.shareStandard == .nchs {
                let judged = own.figures.map { ShareStandard($0.estimate) }
                isPrecise = judged.map(\.isPrecise)
                own.notes = judged.map(\.notes)
            }
            cells[id] = zip(own.figures, isPrecise).map { figure, isPrecise in
                let row = figure.estimate
                return Publication.Cell(
                    by: row.by, nBase: row.nBase, psus: row.psus, sumWeights: row.sumWeights, isPrecise: isPrecise)
            }
            own.displays = publication.displays(of: cells[id] ?? [])
            all[id] = own
        }
        let made = order.filter { all[$0]?.definition.parts.isEmpty == false }
        guard !made.isEmpty else { return }
        var isChanged = true
        while isChanged {
            isChanged = false
            for id in made where carryOver(id, &all) { isChanged = true }
            for id in order {
                guard let displays = all[id]?.displays, let own = cells[id] else { continue }
                let completed = publication.completed(displays, of: own)
                if completed != displays {
                    all[id]?.displays = completed
                    isChanged = true
                }
            }
        }
    }

    /// Withholds what its parts would give away, and a part that a withheld figure would give away; true if any was.
    private func carryOver(_ id: String, _ all: inout [String: IndicatorFigures]) -> Bool {
        guard var own = all[id] else { return false }
        var isChanged = false
        for (position, figure) in own.figures.enumerated() {
            let parts = own.definition.parts.compactMap {
                part -> (id: String, position: Int, display: IndicatorResult.Display)? in
                guard let figures = all[part.indicator], let place = figures.position(of: figure.estimate.by) else {
                    return nil
                }
                return (part.indicator, place, figures.displays[place])
            }
            if !own.displays[position].isWithheld {
                guard parts.contains(where: \.display.isWithheld) else { continue }
                let isHidden = parts.contains { $0.display == .hidden }
                own.displays[position] = isHidden ? .hidden : .complementary
                isChanged = true
            } else if case .composite = own.definition.formula, figure.estimate.nBase > 0,
                !parts.contains(where: \.display.isWithheld),
                let weakest = parts.min(by: { bases(all, $0) < bases(all, $1) })
            {
                all[weakest.id]?.displays[weakest.position] = .complementary
                isChanged = true
            }
        }
        all[id] = own
        return isChanged
    }

    private func bases(
        _ all: [String: IndicatorFigures], _ part: (id: String, position: Int, display: IndicatorResult.Display)
    ) -> Int {
        all[part.id]?.figures[part.position].estimate.nBase ?? 0
    }
}
