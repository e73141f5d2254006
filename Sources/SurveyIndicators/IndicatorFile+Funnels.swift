internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Funnels: what each condition and all before it leave, of people or of contacts.
extension IndicatorFile {
    /// A stage of a funnel as it is written.
    struct Stage {
        let id: String
        let name: LocalizedText
        let condition: Expression
        let node: YAMLNode
    }

    /// Of whom the share of a stage is taken.
    enum FunnelBase: String, CaseIterable { case first, previous, base }

    /// `funnel:`: stages of people, or with `over:` of contacts, each a person and an item.
    func funnel(_ map: YAMLMap) -> IndicatorForm? {
        refuse(["scale"], in: map, with: "funnel")
        let base = base(map)
        let domain = map.node("where").flatMap { expression($0, .truth) }
        guard let node = map.node("funnel"), let funnel = reader.map(node, keys: ["over", "stages", "of"]) else {
            return nil
        }
        let of = funnel.node("of").flatMap { reader.choice($0, of: FunnelBase.self) } ?? .first
        guard let over = funnel.node("over") else {
            guard let stages = stages(funnel, item: nil), let base else { return nil }
            return people(stages, of: of, base: base, domain: domain)
        }
        guard let name = reader.text(over) else { return nil }
        guard let (list, items) = questionnaire.items(of: name), let first = items.first else {
            var seen: Set<String> = []
            let known = questionnaire.rosters.map(\.list).filter { seen.insert($0).inserted }
            reader.report(.unknownItems(name, known: known), at: over.mark)
            return nil
        }
        let item = ListItem(list: list, code: first.code)
        guard let stages = stages(funnel, item: item), let base else { return nil }
        return contacts(stages, of: of, items: items.count, base: base, domain: domain)
    }

    private func stages(_ funnel: YAMLMap, item: ListItem?) -> [Stage]? {
        guard let node = funnel.node("stages", required: true), let map = reader.openMap(node) else { return nil }
        var stages: [Stage] = []
        for entry in map.entries {
            if !IndicatorReader.isIdentifier(entry.key) { reader.report(.badIndicatorID(entry.key), at: entry.keyMark) }
            guard let stage = reader.map(entry.value, keys: ["name", "when"]) else { continue }
            let name = stage.localizedText("name", languages: languages, required: true)
            let node = stage.node("when", required: true)
            let condition = node.flatMap { expression($0, .truth, item: item) }
            if let name, let condition, let node {
                stages.append(Stage(id: entry.key, name: name, condition: condition, node: node))
            }
        }
        if map.entries.count < 2 { reader.report(.tooFew("stages", least: 2, found: map.entries.count), at: node.mark) }
        return stages.count == map.entries.count && stages.count > 1 ? stages : nil
    }

    /// A funnel of people: shares of the base, or of those of the base who reached an earlier stage.
    private func people(
        _ stages: [Stage], of: FunnelBase, base: IndicatorDefinition.Base, domain: Expression?
    ) -> IndicatorForm {
        let members = stages.indices.map { position in
            let reached = Expression.all(stages[...position].map(\.condition))
            let before: [Expression] =
                switch of {
                case _ where position == 0: []
                case .base: []
                case .first: [stages[0].condition]
                case .previous: [Expression.all(stages[..<position].map(\.condition))]
                }
            let conditions = (domain.map { [$0] } ?? []) + before
            return IndicatorForm.Member(
                code: stages[position].id, label: stages[position].name, formula: .share(reached), base: base,
                domain: conditions.isEmpty ? nil : Expression.all(conditions))
        }
        return IndicatorForm(kind: .funnel, members: members)
    }

    /// A funnel of contacts: each stage the ratio of two sums over the items.
    ///
    /// The stages were found sound for one item; `count(…)` runs the same conditions over all of them. The base of contacts
    /// is every person with every item.
    private func contacts(
        _ stages: [Stage], of: FunnelBase, items: Int, base: IndicatorDefinition.Base, domain: Expression?
    ) -> IndicatorForm? {
        let all = Expression(source: String(items), root: .number(Double(items)))
        var counts: [Expression] = []
        for position in stages.indices {
            let written = stages[...position].map { "(\($0.node.scalar ?? ""))" }
            let text = "count(\(written.joined(separator: " and ")))"
            let checked = Expression.checked(text, in: questionnaire, expecting: .number)
            guard let count = checked.value else {
                for problem in checked.problems { reader.report(problem, at: stages[position].node.mark) }
                return nil
            }
            counts.append(count)
        }
        let members = counts.indices.map { position in
            let whole: Expression =
                switch of {
                case _ where position == 0: all
                case .base: all
                case .first: counts[0]
                case .previous: counts[position - 1]
                }
            return IndicatorForm.Member(
                code: stages[position].id, label: stages[position].name, formula: .ratio(counts[position], whole),
                base: base, domain: domain)
        }
        return IndicatorForm(kind: .funnel, members: members)
    }
}
