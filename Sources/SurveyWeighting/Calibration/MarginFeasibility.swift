internal import SurveyProblems

/// Looks for margins that no weights can meet, before a raking begins.
///
/// For two margins the answer is exact; of more than two each pair is looked at, which finds most, and a raking that
/// comes no further finds the rest.
struct MarginFeasibility {
    private let margins: [BoundMargin]
    /// Collapses tried for a proposal; each is a flow of its own.
    private static let mostTrials = 400

    init(_ margins: [BoundMargin]) { self.margins = margins }

    /// One problem for each pair of margins that cannot be met together.
    func problems() -> [Problem] {
        var problems: [Problem] = []
        for (number, first) in margins.enumerated() {
            for second in margins.dropFirst(number + 1) {
                if let problem = MarginFeasibility.problem(first, second) { problems.append(problem) }
            }
        }
        return problems
    }

    private static func problem(_ first: BoundMargin, _ second: BoundMargin) -> Problem? {
        let pairs = MarginFeasibility.pairs(first.categoryOfCell, second.categoryOfCell)
        guard pairs.count < first.targets.count * second.targets.count else { return nil }
        var flow = MarginFlow(first: first.targets, second: second.targets, pairs: pairs)
        switch flow.finding() {
        case .possible: return nil
        case .tooMuch(let categories, let others):
            let proposal = proposal(first, second, pairs, touching: categories, others)
            var problem = Problem.structuralZeros(
                first.label, categories.map { first.labels[$0] },
                needed: categories.reduce(0) { $0 + first.targets[$1] },
                second.label, others.map { second.labels[$0] }, available: others.reduce(0) { $0 + second.targets[$1] },
                proposal)
            problem.place.detail = categories.first.map { "\(first.label)=\(first.labels[$0])" }
            return problem
        case .leftEmpty(let pair, let categories, let others):
            let proposal = proposal(first, second, pairs, touching: categories, others)
            var problem = Problem.leftEmpty(
                first.label, first.labels[pair.0], second.label, second.labels[pair.1],
                categories.map { first.labels[$0] }, others.map { second.labels[$0] }, proposal)
            problem.place.detail = "\(first.label)=\(first.labels[pair.0])"
            return problem
        }
    }

    /// Two categories of one margin.
    struct Collapse {
        let margin: String
        let one: String
        let other: String
    }

    /// The collapse of two neighbours that makes the pair of margins possible, of several the one of least size.
    private static func proposal(
        _ first: BoundMargin, _ second: BoundMargin, _ pairs: [(first: Int, second: Int)], touching categories: [Int],
        _ others: [Int]
    ) -> Collapse {
        var candidates: [(size: Double, isFirst: Bool, one: Int, other: Int)] = []
        for (margin, isFirst, touched) in [(first, true, categories), (second, false, others)] {
            let inside = Set(touched)
            for one in touched {
                // A collapse helps only if it joins what is taken up with what is not.
                let outside = margin.targets.indices.filter { !inside.contains($0) }
                guard let near = margin.nearest(to: one, among: outside) else { continue }
                candidates.append((margin.targets[one] + margin.targets[near], isFirst, one, near))
            }
        }
        candidates.sort { ($0.size, $0.one, $0.other) < ($1.size, $1.one, $1.other) }
        for candidate in candidates.prefix(mostTrials) {
            func joined(_ margin: BoundMargin, _ isThis: Bool) -> [Double] {
                guard isThis else { return margin.targets }
                var targets = margin.targets
                targets[candidate.one] += targets[candidate.other]
                targets[candidate.other] = 0
                return targets
            }
            let moved = pairs.map { pair in
                (
                    first: candidate.isFirst && pair.first == candidate.other ? candidate.one : pair.first,
                    second: !candidate.isFirst && pair.second == candidate.other ? candidate.one : pair.second
                )
            }
            var flow = MarginFlow(
                first: joined(first, candidate.isFirst), second: joined(second, !candidate.isFirst),
                pairs: MarginFeasibility.pairs(
                    moved.map { UInt32(truncatingIfNeeded: $0.first) },
                    moved.map { UInt32(truncatingIfNeeded: $0.second) }))
            if flow.finding() == .possible { return collapse(candidate, first, second) }
        }
        return candidates.first.map { collapse($0, first, second) }
            ?? Collapse(margin: first.label, one: first.labels.first ?? "", other: first.labels.last ?? "")
    }

    private static func collapse(
        _ candidate: (size: Double, isFirst: Bool, one: Int, other: Int), _ first: BoundMargin, _ second: BoundMargin
    ) -> Collapse {
        let margin = candidate.isFirst ? first : second
        return Collapse(
            margin: margin.label, one: margin.labels[candidate.one], other: margin.labels[candidate.other])
    }

    /// The pairs that occur, each once, in their order.
    private static func pairs(_ first: [UInt32], _ second: [UInt32]) -> [(first: Int, second: Int)] {
        let keys = Set(zip(first, second).map { UInt64($0) << 32 | UInt64($1) })
        return keys.sorted().map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
    }
}

extension Problem {
    /// Categories that occur only with categories too small for them.
    static func structuralZeros(
        _ margin: String, _ categories: [String], needed: Double, _ other: String, _ others: [String],
        available: Double, _ proposal: MarginFeasibility.Collapse
    ) -> Problem {
        Problem(
            "weighting.structural-zeros", .computation,
            what: "Margins \"\(margin)\" and \"\(other)\" cannot be met together",
            why:
                "\(list: categories) of \"\(margin)\" need \(needed.brief), but respondents have them only with \(list: others) of \"\(other)\", whose targets add up to \(available.brief)",
            fix:
                "collapse \"\(proposal.one)\" with \"\(proposal.other)\" of \"\(proposal.margin)\" in the data and in the targets"
        )
    }

    /// Respondents who would get a weight of 0.
    static func leftEmpty(
        _ margin: String, _ category: String, _ other: String, _ otherCategory: String, _ categories: [String],
        _ others: [String], _ proposal: MarginFeasibility.Collapse
    ) -> Problem {
        Problem(
            "weighting.left-empty", .computation,
            what:
                "Respondents with \"\(category)\" of \"\(margin)\" and \"\(otherCategory)\" of \"\(other)\" would get weight 0",
            why:
                "\(list: categories) of \"\(margin)\" take up all of \(list: others) of \"\(other)\", and nothing is left for these respondents",
            fix:
                "collapse \"\(proposal.one)\" with \"\(proposal.other)\" of \"\(proposal.margin)\" in the data and in the targets"
        )
    }
}
