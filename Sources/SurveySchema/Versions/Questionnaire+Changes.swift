internal import SurveyProblems

extension Questionnaire {
    /// Every difference from an older version, question by question in the order of this one, then what is gone.
    ///
    /// Order of answers, columns of files and comments are no differences: they do not change what was asked. Without an
    /// entry for the older version under `versions`, whatever needs one is not covered.
    public func changes(since older: Questionnaire) -> [QuestionnaireChange] {
        let map = map(from: older.version)
        var changes: [QuestionnaireChange] = []
        var sources: Set<String> = []
        for question in questions {
            let source = map.map { $0.source(of: question.id) } ?? question.id
            guard let source else {
                changes.append(
                    QuestionnaireChange(kind: .questionAdded, variable: question.id, coverage: .mapped, meaning: .gap))
                continue
            }
            guard let asked = older.question(source) else {
                if question.item != nil, older.roster(VersionMap.parts(of: source).id) != nil {
                    changes.append(
                        QuestionnaireChange(kind: .questionAdded, variable: question.id, meaning: .gap))
                    continue
                }
                changes.append(
                    QuestionnaireChange(
                        kind: .questionAdded, variable: question.id, from: source == question.id ? nil : source,
                        coverage: .notCovered, meaning: .unreadable))
                continue
            }
            sources.insert(source)
            var own = question.changes(since: asked, as: self, older)
            let whole = question.item?.roster ?? question.id
            if let entry = map?.notComparable.first(where: { $0.name == whole }) {
                if own.isEmpty {
                    let reason = entry.reason.text(in: .english)
                    own.append(
                        QuestionnaireChange(
                            kind: .declaredBreak, variable: question.id, to: reason, meaning: .incomparable))
                }
                for position in own.indices where own[position].coverage != .notCovered {
                    own[position].coverage = .mapped
                    own[position].meaning = .incomparable
                }
            }
            changes += own
        }
        for question in older.questions where !sources.contains(question.id) {
            changes.append(QuestionnaireChange(kind: .questionRemoved, variable: question.id, meaning: .lost))
        }
        return changes + derivedChanges(since: older, map)
    }

    private func derivedChanges(since older: Questionnaire, _ map: VersionMap?) -> [QuestionnaireChange] {
        var changes: [QuestionnaireChange] = []
        for variable in derived {
            let isBroken = map?.notComparable.contains { $0.name == variable.id } ?? false
            func change(_ kind: QuestionnaireChange.Kind, from: String?, to: String?) -> QuestionnaireChange {
                QuestionnaireChange(
                    kind: kind, variable: variable.id, from: from, to: to, coverage: isBroken ? .mapped : .noMapNeeded,
                    meaning: isBroken ? .incomparable : .recomputed)
            }
            guard let before = older.derivedVariable(variable.id) else {
                changes.append(change(.derivedAdded, from: nil, to: variable.rule))
                continue
            }
            if before.rule != variable.rule {
                changes.append(change(.derivedChanged, from: before.rule, to: variable.rule))
            }
            changes += variable.text.changes(since: before.text).map { language, from, to in
                QuestionnaireChange(
                    kind: .text, variable: variable.id, language: language, from: from, to: to, meaning: .wording)
            }
        }
        for variable in older.derived where derivedVariable(variable.id) == nil {
            changes.append(
                QuestionnaireChange(
                    kind: .derivedRemoved, variable: variable.id, from: variable.rule, meaning: .lost))
        }
        return changes
    }
}

extension Question {
    fileprivate func changes(
        since asked: Question, as newer: Questionnaire, _ older: Questionnaire
    ) -> [QuestionnaireChange] {
        var changes: [QuestionnaireChange] = []
        func add(
            _ kind: QuestionnaireChange.Kind, _ from: String?, _ to: String?, language: Language? = nil,
            coverage: QuestionnaireChange.Coverage = .noMapNeeded, meaning: QuestionnaireChange.Meaning
        ) {
            changes.append(
                QuestionnaireChange(
                    kind: kind, variable: id, language: language, from: from, to: to, coverage: coverage,
                    meaning: meaning))
        }
        if asked.id != id { add(.questionRenamed, asked.id, id, coverage: .mapped, meaning: .comparable) }
        let isReadable = asked.type.isReadable(as: type)
        if asked.type != type {
            add(
                .type, asked.type.rawValue, type.rawValue, coverage: isReadable ? .noMapNeeded : .notCovered,
                meaning: isReadable ? .comparable : .unreadable)
        }
        for (language, from, to) in text.changes(since: asked.text) {
            add(.text, from, to, language: language, meaning: .wording)
        }
        if isReadable {
            let recoding = newer.map(from: older.version)?.recoding(of: id)
            let kinds = newer.kinds(of: older).mapped
            let map =
                type.needsAnswers
                ? AnswerMap(of: self, from: asked, recoding: recoding, kinds: kinds) : AnswerMap(kinds: kinds)
            if type.needsAnswers { changes += answerChanges(since: asked, as: newer, map) }
            changes += missingChanges(since: asked, as: newer, older, map)
        }
        if asked.when?.source != when?.source { add(.routing, asked.when?.source, when?.source, meaning: .base) }
        if isReadable, asked.range.least != range.least || asked.range.greatest != range.greatest {
            add(.range, asked.rangeText, rangeText, meaning: .choices)
        }
        if asked.isPrivate != isPrivate {
            add(.privacy, String(asked.isPrivate), String(isPrivate), meaning: .comparable)
        }
        return changes
    }

    private func answerChanges(
        since asked: Question, as newer: Questionnaire, _ map: AnswerMap
    ) -> [QuestionnaireChange] {
        var changes: [QuestionnaireChange] = []
        var origins: [String: Int] = [:]
        for case .answer(let code) in map.answers.values { origins[code, default: 0] += 1 }
        for answer in asked.answers {
            var change = QuestionnaireChange(
                kind: .answerRecoded, variable: id, code: answer.code, from: answer.code, coverage: .mapped,
                meaning: .comparable)
            switch map.answers[answer.code] {
            case .answer(let code):
                if code == answer.code {
                    let label = answers.first { $0.code == code }?.label ?? .empty
                    changes += label.changes(since: answer.label).map { language, from, to in
                        QuestionnaireChange(
                            kind: .answerLabel, variable: id, language: language, code: code, from: from, to: to,
                            meaning: .wording)
                    }
                    continue
                }
                change.to = code
                if origins[code] ?? 0 > 1 { change.meaning = .joined }
                changes.append(change)
            case .missing(let kind):
                change.to = newer.name(of: kind)
                change.meaning = .base
                changes.append(change)
            case nil:
                changes.append(
                    QuestionnaireChange(
                        kind: .answerRemoved, variable: id, code: answer.code,
                        from: answer.label.text(in: .english), coverage: .notCovered, meaning: .unreadable))
            }
        }
        for answer in answers where origins[answer.code] == nil {
            changes.append(
                QuestionnaireChange(
                    kind: .answerAdded, variable: id, code: answer.code, to: answer.label.text(in: .english),
                    meaning: .choices))
        }
        return changes
    }

    private func missingChanges(
        since asked: Question, as newer: Questionnaire, _ older: Questionnaire, _ map: AnswerMap
    ) -> [QuestionnaireChange] {
        var changes: [QuestionnaireChange] = []
        for code in asked.missing {
            let name = older.name(of: code.kind)
            var change = QuestionnaireChange(
                kind: .missingRemoved, variable: id, code: code.code, from: name, meaning: .comparable)
            if map.turned.contains(code.code) || map.inseparable.contains(code.code)
                || newer.kinds(of: older).unknown.contains(name)
            {
                change.coverage = .notCovered
                change.meaning = .unreadable
            }
            guard let here = missing.first(where: { $0.code == code.code }) else {
                changes.append(change)
                continue
            }
            guard newer.name(of: here.kind) != name else { continue }
            var other = QuestionnaireChange(
                kind: .missingKind, variable: id, code: code.code, from: name, to: newer.name(of: here.kind),
                meaning: .base)
            other.coverage = change.coverage
            if change.coverage == .notCovered { other.meaning = .unreadable }
            changes.append(other)
        }
        for code in missing where !asked.missing.contains(where: { $0.code == code.code }) {
            changes.append(
                QuestionnaireChange(
                    kind: .missingAdded, variable: id, code: code.code, to: newer.name(of: code.kind), meaning: .choices
                ))
        }
        return changes
    }

    private var rangeText: String {
        func text(_ limit: Double?) -> String { limit.map { JSONText.shortest($0) } ?? "…" }
        return "\(text(range.least)) – \(text(range.greatest))"
    }
}

extension DerivedVariable {
    /// How the variable is made, as one text.
    fileprivate var rule: String {
        switch definition {
        case .cut(let name, let limits): "\(name): \(limits.map { JSONText.shortest($0) }.joined(separator: ", "))"
        case .number(let expression): expression.source
        case .cases(let rules): rules.map { "\($0.answer): \($0.condition.source)" }.joined(separator: "; ")
        }
    }
}

extension LocalizedText {
    /// The languages in which the text is another, in the order of the newer text, then of those that are gone.
    fileprivate func changes(since older: LocalizedText) -> [(language: Language, from: String?, to: String?)] {
        var seen: Set<Language> = []
        return (texts + older.texts).map(\.language).filter { seen.insert($0).inserted && self[$0] != older[$0] }
            .map { ($0, older[$0], self[$0]) }
    }
}
