internal import SurveyProblems
internal import SurveyYAML

/// Wordings chosen by the answer to another question, and the models of sensitive questions.
extension QuestionnaireReader {
    /// Reads what refers to other questions, once all of them are known.
    mutating func readVariants() {
        for position in questions.indices {
            var draft = questions[position]
            if let node = draft.variantsNode { readVariants(of: &draft, node) }
            if let node = draft.sensitiveNode { readSensitive(of: &draft, node) }
            if draft.variantsNode != nil || draft.sensitiveNode != nil { replace(position, with: draft) }
        }
    }

    private func readVariants(of draft: inout QuestionDraft, _ node: YAMLNode) {
        if draft.items != nil { reader.report(.variantsOfRoster(draft.id), at: node.mark) }
        guard let map = reader.map(node, keys: ["by", "texts", "ranges"]) else { return }
        let by = map.node("by", required: true).flatMap { chooser(of: draft, $0) }
        let codes = by?.answers.map(\.code)
        var texts: [String: LocalizedText] = [:]
        if let node = map.node("texts", required: true), let entries = byAnswer(node, of: by) {
            for entry in entries {
                if let text = reader.localizedText(entry.value, languages: languages) { texts[entry.key] = text }
            }
            let present = Set(entries.map(\.key))
            let absent = (codes ?? []).filter { !present.contains($0) }
            if let by, !absent.isEmpty { reader.report(.variantsWithoutText(absent, by: by.id), at: node.mark) }
        }
        let ranges = ranges(of: draft, map, by: by)
        guard let by, let codes, codes.allSatisfy({ texts[$0] != nil }) else {
            // The question has no wording to be shown by, which has been reported.
            draft.text = draft.text ?? .empty
            return
        }
        let variants = QuestionVariants(
            by: by.id,
            variants: codes.map {
                QuestionVariants.Variant(code: $0, text: texts[$0] ?? .empty, range: ranges[$0] ?? (nil, nil))
            })
        draft.text = draft.text ?? variants.text
        draft.variants = variants
    }

    /// The question whose answer chooses: coded, asked once, and put to everyone to whom the variants are.
    private func chooser(of draft: QuestionDraft, _ node: YAMLNode) -> QuestionDraft? {
        guard let name = reader.text(node) else { return nil }
        guard let by = question(name) else {
            reader.report(.unknownName(name, known: questions.map(\.id)), at: node.mark)
            return nil
        }
        guard let type = by.type, by.isSound else { return nil }
        guard type.isCoded, by.roster == nil, by.id != draft.id else {
            reader.report(.variantsByUncoded(name), at: node.mark)
            return nil
        }
        if let when = by.when?.scalar, when != draft.when?.scalar {
            reader.report(.variantsByRouted(name, when: when, of: draft.id), at: node.mark)
        }
        return by
    }

    /// The entries of a map by the answers of a question; one that is no answer is reported.
    private func byAnswer(_ node: YAMLNode, of by: QuestionDraft?) -> [YAMLEntry]? {
        guard let map = reader.openMap(node) else { return nil }
        guard let by else { return map.entries }
        let codes = by.answers.map(\.code)
        let known = Set(codes)
        for entry in map.entries where !known.contains(entry.key) {
            reader.report(.unknownAnswer(entry.key, of: by.id, codes: codes), at: entry.keyMark)
        }
        return map.entries
    }

    private func ranges(
        of draft: QuestionDraft, _ map: YAMLMap, by: QuestionDraft?
    ) -> [String: (least: Double?, greatest: Double?)] {
        guard let node = map.node("ranges") else { return [:] }
        if let type = draft.type, type != .number, type != .money {
            reader.report(.rangeNotAllowed(draft.id, type: type), at: map.keyMark("ranges") ?? node.mark)
            return [:]
        }
        if draft.range.least != nil || draft.range.greatest != nil {
            reader.report(.twoRanges(draft.id), at: map.keyMark("ranges") ?? node.mark)
        }
        var ranges: [String: (least: Double?, greatest: Double?)] = [:]
        for entry in byAnswer(node, of: by) ?? [] {
            ranges[entry.key] = limits(entry.value, key: entry.key, of: draft.id)
        }
        return ranges
    }

    // MARK: Sensitive questions

    private enum ModelName: String, CaseIterable { case list, crosswise }

    private func readSensitive(of draft: inout QuestionDraft, _ node: YAMLNode) {
        guard let map = reader.map(node, keys: ["model", "treatment", "prevalence"]),
            let model = map.node("model", required: true).flatMap({ reader.choice($0, of: ModelName.self) })
        else { return }
        let foreign = model == .list ? "prevalence" : "treatment"
        if let mark = map.keyMark(foreign) { reader.report(.wrongModelKey(foreign, model: model.rawValue), at: mark) }
        switch model {
        case .list: readList(of: &draft, map, node)
        case .crosswise: readCrosswise(of: &draft, map, node)
        }
    }

    private func readList(of draft: inout QuestionDraft, _ map: YAMLMap, _ node: YAMLNode) {
        if let type = draft.type, type != .number {
            reader.report(.listNotNumber(draft.id, type: type), at: node.mark)
        }
        if draft.variantsNode == nil { reader.report(.listWithoutVariants(draft.id), at: node.mark) }
        guard let treatment = map.node("treatment", required: true), let code = reader.text(treatment),
            let variants = draft.variants
        else { return }
        let codes = variants.variants.map(\.code)
        guard codes.contains(code) else {
            reader.report(.unknownAnswer(code, of: variants.by, codes: codes), at: treatment.mark)
            return
        }
        draft.sensitive = .list(treatment: code)
    }

    private func readCrosswise(of draft: inout QuestionDraft, _ map: YAMLMap, _ node: YAMLNode) {
        if let type = draft.type, draft.isSound, type != .single || draft.answers.count != 2 {
            reader.report(.crosswiseNotTwo(draft.id, type: type, count: draft.answers.count), at: node.mark)
        }
        guard let value = map.node("prevalence", required: true), let prevalence = reader.number(value) else { return }
        guard prevalence > 0, prevalence < 1, prevalence != 0.5 else {
            reader.report(.prevalence(prevalence, of: draft.id), at: value.mark)
            return
        }
        draft.sensitive = .crosswise(prevalence: prevalence)
    }
}

extension QuestionVariants {
    /// The different wordings side by side, for a question that has no text of its own.
    var text: LocalizedText {
        let languages = variants.first?.text.texts.map(\.language) ?? []
        return LocalizedText(
            languages.map { language in
                var texts: [String] = []
                for variant in variants {
                    if let text = variant.text[language], !texts.contains(text) { texts.append(text) }
                }
                return (language, texts.joined(separator: " / "))
            })
    }
}

extension Problem {
    /// Wordings of a roster.
    static func variantsOfRoster(_ id: String) -> Problem {
        Problem(
            "schema.variants-of-roster", .input, what: "Roster \"\(id)\" cannot have variants",
            place: Place(variable: id), why: "a question is asked for each item, or worded by another answer, not both",
            fix: "write a question of its own for each item")
    }

    /// Wordings chosen by something that is no list of answers.
    static func variantsByUncoded(_ name: String) -> Problem {
        Problem(
            "schema.variants-by", .input, what: "\"\(name)\" cannot choose the wording",
            place: Place(variable: name),
            why: "another question of type single, scale or region, asked once, chooses the wording; found \(name)",
            fix: "name the question that holds the random arm")
    }

    /// A choosing question that is not put to everyone who needs it.
    static func variantsByRouted(_ name: String, when: String, of id: String) -> Problem {
        Problem(
            "schema.variants-by-routed", .input, what: "\"\(name)\" does not choose for everyone",
            place: Place(variable: name),
            why: "it is asked when \(when); whoever is asked \"\(id)\" must have an answer to it",
            fix: "delete \"when\" there, or write the same at \"\(id)\"")
    }

    /// Answers of the choosing question without a wording.
    static func variantsWithoutText(_ absent: [String], by name: String) -> Problem {
        Problem(
            "schema.variants-without-text", .input, what: "Answers of \"\(name)\" have no wording: \(list: absent)",
            place: Place(variable: name), why: "each answer of \"\(name)\" chooses a text; none for \(list: absent)",
            fix: "add a text for each of them")
    }

    /// One range for all and one for each wording.
    static func twoRanges(_ id: String) -> Problem {
        Problem(
            "schema.two-ranges", .input, what: "\"\(id)\" has a range and ranges of its variants",
            place: Place(variable: id), why: "which numbers may be answered is said once",
            fix: "delete \"range\", or \"ranges\"")
    }

    /// A key of another model.
    static func wrongModelKey(_ key: String, model: String) -> Problem {
        Problem(
            "schema.wrong-model-key", .input, what: "\"\(key)\" cannot stand at the model \"\(model)\"",
            why: "treatment belongs to list, prevalence to crosswise; found \(key) at \(model)",
            fix: "delete the line, or correct the model")
    }

    /// A list experiment that does not count.
    static func listNotNumber(_ id: String, type: QuestionType) -> Problem {
        Problem(
            "schema.list-not-number", .input, what: "List question \"\(id)\" is not a number",
            place: Place(variable: id),
            why: "a list experiment asks how many statements are true; the type is \(type.rawValue)",
            fix: "make the type number")
    }

    /// A list experiment with one wording.
    static func listWithoutVariants(_ id: String) -> Problem {
        Problem(
            "schema.list-without-variants", .input, what: "List question \"\(id)\" has no variants",
            place: Place(variable: id),
            why: "a list experiment compares two lists of statements, drawn at random", fix: "add \"variants\"")
    }

    /// A crosswise question that is not answered by one of two.
    static func crosswiseNotTwo(_ id: String, type: QuestionType, count: Int) -> Problem {
        Problem(
            "schema.crosswise-answers", .input, what: "Crosswise question \"\(id)\" does not have two answers",
            place: Place(variable: id),
            why:
                "its type is single, its first answer says that both statements are alike and its second that they differ; found \(type.rawValue) with \(count)",
            fix: "make the type single with two answers")
    }

    /// A prevalence from which nothing can be estimated.
    static func prevalence(_ value: Double, of id: String) -> Problem {
        Problem(
            "schema.prevalence", .input, what: "The prevalence \(JSONText.shortest(value)) of \"\(id)\" cannot be used",
            place: Place(variable: id),
            why:
                "it is the known probability of the innocent statement, above 0, below 1 and not 0.5, where answers would say nothing; found \(JSONText.shortest(value))",
            fix: "write the probability, such as 0.25")
    }
}
