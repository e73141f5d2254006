internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

/// Looks up the parts of composites and scores once every file of a wave is read.
///
/// Unknown parts, circles, parts of different units, and scores as parts are reported where the part is named.
struct IndicatorParts {
    private var drafts: [IndicatorDraft]
    private let positions: [String: Int]
    /// Composites whose parts are sound.
    private var isSettled: [Bool]

    /// Returns the definitions in the order of the drafts.
    static func settle(_ drafts: [IndicatorDraft]) -> [IndicatorDefinition] {
        var parts = IndicatorParts(drafts)
        parts.settle()
        return parts.drafts.map { $0.finished() }
    }

    private init(_ drafts: [IndicatorDraft]) {
        self.drafts = drafts
        positions = Dictionary(
            drafts.enumerated().map { ($1.definition.id, $0) }, uniquingKeysWith: { first, _ in first })
        isSettled = drafts.map(\.partMarks.isEmpty)
    }

    private mutating func settle() {
        reportUnknown()
        // A composite is settled after its parts; what never is stands in a circle or hangs on one.
        var users = [[Int]](repeating: [], count: drafts.count)
        var open = [Int](repeating: 0, count: drafts.count)
        for position in drafts.indices {
            for part in parts(of: position) {
                guard let known = part.position, !isSettled[known] else { continue }
                users[known].append(position)
                open[position] += 1
            }
        }
        var ready = drafts.indices.filter { !isSettled[$0] && open[$0] == 0 }
        while let position = ready.popLast() {
            inherit(position)
            isSettled[position] = true
            for user in users[position] {
                open[user] -= 1
                if open[user] == 0 { ready.append(user) }
            }
        }
        reportCircles(drafts.indices.filter { !isSettled[$0] })
    }

    private func parts(of position: Int) -> [(id: String, position: Int?, mark: YAMLMark)] {
        zip(drafts[position].definition.parts, drafts[position].partMarks).map { part, mark in
            (part.indicator, positions[part.indicator], mark)
        }
    }

    private func reportUnknown() {
        for position in drafts.indices {
            for part in parts(of: position) where part.position == nil {
                drafts[position].reader.report(.unknownPart(part.id, known: positions.keys.sorted()), at: part.mark)
            }
        }
    }

    /// Gives a composite the unit of its parts, which must be the same, and their breaks.
    private mutating func inherit(_ position: Int) {
        let draft = drafts[position]
        let known = parts(of: position).compactMap { part in
            part.position.map { (id: part.id, definition: drafts[$0].definition, mark: part.mark) }
        }
        guard let first = known.first else { return }
        for part in known {
            for entry in part.definition.breaks
            where !drafts[position].definition.breaks.contains(where: { $0.wave == entry.wave }) {
                drafts[position].definition.breaks.append(entry)
            }
        }
        var isSound = true
        for part in known {
            if case .score = part.definition.formula {
                draft.reader.report(.scoreAsPart(part.id), at: part.mark)
                isSound = false
            }
        }
        guard isSound else { return }
        if case .score = draft.definition.formula {
            if !first.definition.isFraction { draft.reader.report(.scoreOfNoShare(first.id), at: first.mark) }
            return
        }
        for part in known.dropFirst()
        where part.definition.unit != first.definition.unit || part.definition.isFraction != first.definition.isFraction
        {
            draft.reader.report(
                .differentUnits(
                    part.id, part.definition.unit, first: first.id, first.definition.unit), at: part.mark)
        }
        if let mark = draft.unitMark, draft.definition.unit != first.definition.unit {
            draft.reader.report(.unitOfComposite(draft.definition.unit, parts: first.definition.unit), at: mark)
        }
        drafts[position].definition.unit = first.definition.unit
        drafts[position].definition.isFraction = first.definition.isFraction
    }

    /// Reports each circle once, at the part that closes it in the first of its entries.
    private func reportCircles(_ waiting: [Int]) {
        var done: Set<Int> = []
        for start in waiting where !done.contains(start) {
            var path: [Int] = []
            var onPath: Set<Int> = []
            var position = start
            while !done.contains(position), onPath.insert(position).inserted {
                path.append(position)
                guard let next = parts(of: position).compactMap(\.position).first(where: { !isSettled[$0] }) else {
                    break
                }
                position = next
            }
            if let turn = path.firstIndex(of: position) {
                let circle = Array(path[turn...])
                // The circle begins with its first entry in the order of the files.
                let least = circle.min() ?? position
                let shift = circle.firstIndex(of: least) ?? 0
                let names = (circle[shift...] + circle[..<shift]).map { drafts[$0].definition.id }
                let next = names.count > 1 ? names[1] : names[0]
                let mark = parts(of: least).first { $0.id == next }?.mark ?? drafts[least].mark
                drafts[least].reader.report(.circleOfParts(names), at: mark)
            }
            done.formUnion(path)
        }
    }
}

extension Problem {
    static func unknownPart(_ name: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "indicators.unknown-part", .input, what: "Indicator \"\(name)\" does not exist",
            why: "the parts of an indicator are other indicators of the study: \(list: known)",
            fix: "use \(list: near.isEmpty ? known : near)")
    }

    static func circleOfParts(_ names: [String]) -> Problem {
        let path = (names.prefix(10) + (names.count > 10 ? ["…"] : []) + names.prefix(1)).joined(separator: " → ")
        return Problem(
            "indicators.circle", .input, what: "\"\(names.first ?? "")\" is a part of itself",
            why: "the parts of an indicator may not lead back to it; found \(path)",
            fix: "take one of these out of the other's parts")
    }

    static func differentUnits(_ name: String, _ unit: String, first: String, _ firstUnit: String) -> Problem {
        Problem(
            "indicators.different-units", .input, what: "\"\(name)\" and \"\(first)\" have different units",
            why: "only like can be added to like; \"\(name)\" is in \(unit), \"\(first)\" in \(firstUnit)",
            fix: "choose parts of one unit, shares with shares and means with means")
    }

    static func unitOfComposite(_ unit: String, parts: String) -> Problem {
        Problem(
            "indicators.unit-of-composite", .input, what: "The unit \"\(unit)\" is not that of the parts",
            why: "what is made of figures in \(parts) is in \(parts); found \(unit)", fix: "delete the line")
    }

    static func scoreAsPart(_ name: String) -> Problem {
        Problem(
            "indicators.score-as-part", .input, what: "\"\(name)\" is a score and cannot be a part",
            why: "a score is made of steps and has no standard error that could be carried on",
            fix: "name the indicator of which the score is made")
    }

    static func scoreOfNoShare(_ name: String) -> Problem {
        Problem(
            "indicators.score-of-no-share", .input, what: "\"\(name)\" is no share, so it has no score",
            why: "the steps of a scale go from 0 to 100 percent", fix: "name a share or a composite of shares")
    }
}
