internal import SurveySchema

/// What must be computed and judged for the indicators asked for: themselves and the parts that they are made of.
///
/// A part is judged in every breakdown in which something is made of it, whether or not that is asked for now: what may
/// be shown of a part does not depend on which figures are asked for together.
struct IndicatorRequest {
    /// One indicator and the breakdowns in which it is judged, its own first.
    struct Needed {
        let definition: IndicatorDefinition
        let breakdowns: [[String]]
    }

    let asked: [IndicatorDefinition]
    /// Parts stand before what is made of them.
    let needed: [Needed]

    init(_ asked: [IndicatorDefinition], among others: [IndicatorDefinition]) {
        self.asked = asked
        let askedIDs = Set(asked.map(\.id))
        precondition(askedIDs.count == asked.count, "ids of indicators differ")
        let all = asked + others.filter { !askedIDs.contains($0.id) }
        let order = IndicatorRequest.ordered(all)
        var judged = Dictionary(order.map { ($0.id, $0.breakdowns) }, uniquingKeysWith: { first, _ in first })
        var isNeeded = askedIDs
        for definition in order.reversed() {
            for part in definition.parts {
                let own = judged[part.indicator] ?? []
                judged[part.indicator] = own + (judged[definition.id] ?? []).filter { !own.contains($0) }
                if isNeeded.contains(definition.id) { isNeeded.insert(part.indicator) }
            }
        }
        needed = order.filter { isNeeded.contains($0.id) }.map { definition in
            Needed(definition: definition, breakdowns: judged[definition.id] ?? [])
        }
    }

    /// The definitions with parts before what is made of them, else in their order.
    private static func ordered(_ definitions: [IndicatorDefinition]) -> [IndicatorDefinition] {
        let byID = Dictionary(definitions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var order: [IndicatorDefinition] = []
        var opened: Set<String> = []
        var done: Set<String> = []
        var waiting = Array(definitions.reversed())
        while let definition = waiting.last {
            if done.contains(definition.id) {
                waiting.removeLast()
            } else if opened.insert(definition.id).inserted {
                for part in definition.parts.reversed() where !done.contains(part.indicator) {
                    guard let known = byID[part.indicator] else { preconditionFailure("parts are among the others") }
                    precondition(!opened.contains(known.id), "no indicator is a part of itself")
                    waiting.append(known)
                }
            } else {
                waiting.removeLast()
                done.insert(definition.id)
                order.append(definition)
            }
        }
        return order
    }

    /// Every variable that the figures need, with those of the routing of their bases.
    func variables(_ questionnaire: Questionnaire) -> [String] {
        IndicatorBases.variables(of: needed.map(\.definition), questionnaire)
            + needed.flatMap { $0.breakdowns.flatMap { $0 } }
    }

    /// The whole, then every breakdown that is needed, each once.
    var crossings: [[String]] {
        var crossings: [[String]] = [[]]
        var seen: Set<[String]> = [[]]
        for breakdown in needed.flatMap(\.breakdowns) where seen.insert(breakdown).inserted {
            crossings.append(breakdown)
        }
        return crossings
    }

    /// The rows of the tally of which something is made: parts of composites, and with `changes` the whole and the groups
    /// of breakdowns by one variable of everything asked for.
    func combined(forChanges changes: Bool) -> Set<Combined> {
        let byID = Dictionary(needed.map { ($0.definition.id, $0) }, uniquingKeysWith: { first, _ in first })
        let isAsked = Set(asked.map(\.id))
        var combined: Set<Combined> = []
        for needed in needed {
            let isAsked = changes && isAsked.contains(needed.definition.id)
            guard isAsked || needed.definition.isComposite else { continue }
            let breakdowns = [[]] + needed.breakdowns
            for leaf in leaves(of: needed.definition, byID) {
                for breakdown in breakdowns where needed.definition.isComposite || breakdown.count <= 1 {
                    combined.insert(Combined(measure: leaf, breakdown: breakdown))
                }
            }
        }
        return combined
    }

    /// One measure in one breakdown.
    struct Combined: Hashable, Sendable {
        let measure: String
        let breakdown: [String]
    }

    private func leaves(of definition: IndicatorDefinition, _ byID: [String: Needed]) -> [String] {
        var leaves: [String] = []
        var seen: Set<String> = []
        var waiting = [definition]
        while let next = waiting.popLast() {
            guard seen.insert(next.id).inserted else { continue }
            if next.parts.isEmpty { leaves.append(next.id) }
            waiting += next.parts.compactMap { byID[$0.indicator]?.definition }
        }
        return leaves
    }
}

extension IndicatorDefinition {
    /// True for a linear combination of other indicators.
    var isComposite: Bool { if case .composite = formula { true } else { false } }
}
