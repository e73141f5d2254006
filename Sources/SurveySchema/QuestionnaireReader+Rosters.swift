internal import SurveyProblems
internal import SurveyYAML

/// What a roster runs over, as far as it could be read in the first pass.
struct RosterDraft {
    /// What names the items, as in `Roster`.
    let list: String
    let chosenIn: String?
    let items: [Answer]
}

extension QuestionDraft {
    /// The roster that the question is, nil for a question asked once.
    var roster: Roster? {
        guard let items, let type, isSound else { return nil }
        return Roster(
            id: id, text: text ?? .empty, type: type, list: items.list, chosenIn: items.chosenIn, items: items.items)
    }

    /// The question under an id, nil if its type or text has problems.
    func question(id: String, text: LocalizedText?, when: Expression?, columns: [String]) -> Question? {
        guard let type, let text else { return nil }
        var question = Question(
            id: id, text: text, type: type, answers: answers, missing: missing, when: when, isPrivate: isPrivate,
            columns: columns, range: range, line: mark.line)
        question.exclusive = exclusive
        question.most = most
        question.variants = variants
        question.sensitive = sensitive
        question.regions = regions
        return question
    }
}

/// Rosters: questions asked for each item of a list.
extension QuestionnaireReader {
    /// The number of items of a roster; each is a column.
    static let mostRosterItems = 1_000
    /// The number of items of all rosters together.
    static let mostRosterColumns = 50_000

    /// Finds what a roster runs over: a shared answer list, or a multiple question that stands before it.
    func readItems(of draft: inout QuestionDraft, _ node: YAMLNode, _ map: YAMLMap) {
        draft.isSound = draft.isSound && items(of: &draft, node)
        if draft.type == .multiple {
            reader.report(.rosterOfMultiple(draft.id), at: map.node("type")?.mark ?? draft.mark)
            draft.isSound = false
        }
        guard let items = draft.items else { return }
        let before = rosterItems
        let (most, all) = (QuestionnaireReader.mostRosterItems, QuestionnaireReader.mostRosterColumns)
        if items.items.count > most || before + items.items.count > all {
            reader.report(.tooManyItems(items.items.count, before: before, most: most, all: all), at: node.mark)
            draft.items = nil
            draft.isSound = false
        }
    }

    private func items(of draft: inout QuestionDraft, _ node: YAMLNode) -> Bool {
        guard let name = reader.text(node) else { return false }
        let named = question(name)
        let question = named?.type == .multiple ? named : nil
        if let list = lists[name] {
            if question != nil {
                reader.report(.listOrQuestion(name), at: node.mark)
                return false
            }
            draft.items = list.map { RosterDraft(list: name, chosenIn: nil, items: $0) }
            return list != nil
        }
        guard let question else {
            // A multiple question with problems has been reported; what comes of it is not.
            if let named, named.type == nil { return false }
            let multiple = questions.filter { $0.type == .multiple }.map(\.id)
            reader.report(.unknownRosterList(name, lists: lists.keys.sorted(), multiple: multiple), at: node.mark)
            return false
        }
        guard question.isSound else { return false }
        draft.items = RosterDraft(list: question.list ?? name, chosenIn: name, items: question.answers)
        return true
    }

    /// The columns of a roster: one an item.
    func readRosterColumns(of draft: inout QuestionDraft, _ map: YAMLMap) {
        if let mark = map.keyMark("column") { reader.report(.rosterColumnKey(draft.id), at: mark) }
        draft.columns = columns(of: draft, map, codes: draft.items?.items.map(\.code), place: "item")
    }

    /// The questions of a roster, one an item, each with the routing of its own item.
    func items(
        of draft: QuestionDraft, _ roster: Roster, in scope: DraftScope, uses: inout ExpressionUses
    ) -> [Question] {
        var routing: (syntax: ExpressionSyntax, text: String)?
        if let node = draft.when {
            routing = syntax(node, of: draft.id, in: scope, uses: &uses)
            if routing == nil { return [] }
        }
        if let chosenIn = roster.chosenIn { uses.names[draft.id, default: []].append(chosenIn) }
        // Where no item is meant, all have one condition.
        let isByItem = routing?.syntax.freeNames.contains { scope.roster($0.name)?.list == roster.list } ?? false
        var common: Expression?
        if let routing, let node = draft.when, !isByItem {
            let checked = checked(routing.syntax, routing.text, in: scope, expecting: .truth, uses: &uses)
            for problem in checked.problems { reader.report(problem, within: node) }
            guard checked.value != nil else { return [] }
            common = checked.value
        }
        var made: [Question] = []
        for (position, item) in roster.items.enumerated() where draft.columns.indices.contains(position) {
            var when = common
            if let routing, let node = draft.when, isByItem {
                let scope = scope.item(item.code, of: roster.list)
                let checked = checked(routing.syntax, routing.text, in: scope, expecting: .truth, uses: &uses)
                for problem in checked.problems { reader.report(problem, within: node) }
                // What is wrong with one item is wrong with all.
                guard let one = checked.value else { return [] }
                when = one
            }
            if let chosenIn = roster.chosenIn { when = QuestionnaireReader.chosen(item.code, in: chosenIn, and: when) }
            let question = draft.question(
                id: roster.name(of: item.code), text: draft.text.map { _ in roster.text(for: item) }, when: when,
                columns: [draft.columns[position].name])
            guard var question else { return [] }
            question.item = RosterItem(roster: roster.id, list: roster.list, code: item.code, label: item.label)
            made.append(question)
        }
        return made
    }

    /// The condition that an item was chosen, and a further one if there is one.
    private static func chosen(_ code: String, in question: String, and when: Expression?) -> Expression {
        let name = "\(question)[\(code)]"
        let chosen = Expression(source: Expression.written(name), root: .name(name, .truth))
        guard let when else { return chosen }
        return Expression(source: "\(chosen.source) and (\(when.source))", root: .and([chosen.root, when.root]))
    }
}

extension Problem {
    /// A multiple question for each item: a set of sets.
    static func rosterOfMultiple(_ id: String) -> Problem {
        Problem(
            "schema.roster-of-multiple", .input, what: "Roster \"\(id)\" cannot be a multiple question",
            place: Place(variable: id), why: "an item of a roster has one column, a multiple question several",
            fix: "make the type single, or write a multiple question for each item")
    }

    /// `for each:` with the name of neither a list nor an earlier multiple question.
    static func unknownRosterList(_ name: String, lists: [String], multiple: [String]) -> Problem {
        let near = NearestNames.of(name, among: lists + multiple)
        return Problem(
            "schema.unknown-roster-list", .input, what: "There is no list \"\(name)\" for a roster",
            why:
                "a roster runs over a shared answer list (\(list: lists)) or over a multiple question that stands before it (\(list: multiple)); found \"\(name)\"",
            fix: "write \(list: near.isEmpty ? lists + multiple : near), or declare the list under \"answers\"")
    }

    /// `for each:` with a name that a list and a multiple question share.
    static func listOrQuestion(_ name: String) -> Problem {
        Problem(
            "schema.list-or-question", .input, what: "\"\(name)\" is an answer list and a multiple question",
            why:
                "a roster over the list asks about every item, one over the question only about the chosen; found one name for both",
            fix: "rename the list under \"answers\"")
    }

    /// More items than there can be columns.
    static func tooManyItems(_ count: Int, before: Int, most: Int, all: Int) -> Problem {
        Problem(
            "schema.too-many-items", .input, what: "The roster has too many items",
            why:
                "at most \(most) items of one roster are read, and \(all) of all together; found \(count) after \(before)",
            fix: "take a shorter list")
    }

    /// `column` at a roster, which has a column for each item.
    static func rosterColumnKey(_ id: String) -> Problem {
        Problem(
            "schema.roster-column", .input, what: "\"column\" cannot stand at the roster \"\(id)\"",
            place: Place(variable: id), why: "a roster has one column for each item",
            fix: "write \"columns\" with a pattern such as \("{id}_{item}"), or a list of names")
    }
}
