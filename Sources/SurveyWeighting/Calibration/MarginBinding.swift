internal import SurveyData
internal import SurveyProblems

/// Binds the margins of a targets file to the crossed cells of a sample, and collects all that cannot be met.
struct MarginBinding {
    private(set) var margins: [BoundMargin] = []
    private(set) var problems: [Problem] = []
    private let targets: WeightingTargets
    private let variables: [WeightingVariable]
    private let cells: CrossedCells
    /// For each variable the index of each code.
    private let indexes: [[String: Int]]
    /// Keeps categories with respondents whose target is 0, and leaves empty ones out, without a word.
    private let isLenient: Bool

    /// Problems of one margin that are told one by one.
    private static let mostTold = 100

    /// `totals` are the targets in use, margin by margin: shares made totals, margins made equal.
    init(
        _ targets: WeightingTargets, totals: EvenedTotals, variables: [WeightingVariable], cells: CrossedCells,
        isPartial: Bool, isLenient: Bool = false
    ) {
        self.targets = targets
        self.variables = variables
        self.cells = cells
        self.isLenient = isLenient
        indexes = variables.map { variable in
            Dictionary(variable.codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
        for (number, margin) in targets.margins.enumerated() {
            bind(margin, totals: totals.totals[number], errors: totals.errors[number], isPartial: isPartial)
        }
    }

    private mutating func bind(
        _ margin: WeightingTargets.Margin, totals: [Double], errors: [Double], isPartial: Bool
    ) {
        let own = margin.variables.compactMap { name in variables.firstIndex { $0.name == name } }
        guard own.count == margin.variables.count else { return }
        let codes = margin.categories.map { category in
            zip(own, category.codes).map { indexes[$0][$1] ?? -1 }
        }
        let found = categories(of: codes, own)
        var rows = [Int](repeating: 0, count: codes.count)
        for cell in found.indices where found[cell] < UInt32(codes.count) { rows[Int(found[cell])] += cells.rows[cell] }
        let ranks = own.indices.map { CodeRanks(variables[own[$0]], in: margin, step: $0) }
        let bound = BoundMargin(
            variables: margin.variables, labels: margin.categories.map(\.label),
            codes: margin.categories.map { category in
                zip(ranks, category.codes).map { $0.rank(of: $1) }
            }, targets: totals, categoryOfCell: found, errors: errors)
        let usable = codes.indices.filter { rows[$0] > 0 && (totals[$0] > 0 || isLenient) }
        guard !usable.isEmpty else {
            problems.append(
                Problem.nothingInCommon(
                    margin.label, wanted: margin.categories.map(\.label), found: labels(of: own)
                ).placed(file: targets.file, line: margin.line, variable: margin.label))
            return
        }
        let faulty = isLenient ? [] : codes.indices.filter { (rows[$0] > 0) != (totals[$0] > 0) }
        for category in faulty.prefix(MarginBinding.mostTold) {
            let entry = margin.categories[category]
            let near = bound.nearest(to: category, among: usable).map { margin.categories[$0].label } ?? ""
            if rows[category] == 0, totals[category] > 0 {
                report(
                    isPartial
                        ? .leftOut(margin.label, entry.label, target: totals[category])
                        : .emptyCategory(margin.label, entry.label, target: totals[category], near: near),
                    margin, entry)
            } else if rows[category] > 0, totals[category] == 0 {
                report(.zeroTarget(margin.label, entry.label, rows: rows[category], near: near), margin, entry)
            }
        }
        if faulty.count > MarginBinding.mostTold {
            problems.append(
                Problem.andMore(margin.label, count: faulty.count - MarginBinding.mostTold).placed(
                    file: targets.file, line: margin.line, variable: margin.label))
        }
        reportUnmatched(bound, own, ranks, usable, margin)
        margins.append(bound.keeping(usable))
    }

    private mutating func report(
        _ problem: Problem, _ margin: WeightingTargets.Margin, _ category: WeightingTargets.Category
    ) {
        var placed = problem.placed(
            file: targets.file, line: category.line, position: category.position, variable: margin.label)
        placed.place.detail = "\(margin.label)=\(category.label)"
        problems.append(placed)
    }

    /// The category of each cell; the number of categories where there is none.
    private func categories(of codes: [[Int]], _ own: [Int]) -> [UInt32] {
        // Codes are matched one variable after the other, each prefix by its number.
        var prefixes = [UInt32](repeating: 0, count: codes.count)
        var cellPrefixes = [UInt32](repeating: 0, count: cells.count)
        for (step, variable) in own.enumerated() {
            var numbers: [UInt64: UInt32] = [:]
            for category in codes.indices where codes[category][step] >= 0 {
                let key = UInt64(prefixes[category]) << 32 | UInt64(codes[category][step])
                numbers[key] = numbers[key] ?? UInt32(truncatingIfNeeded: numbers.count)
                prefixes[category] = numbers[key] ?? 0
            }
            for cell in cellPrefixes.indices where cellPrefixes[cell] != .max {
                cellPrefixes[cell] =
                    numbers[UInt64(cellPrefixes[cell]) << 32 | UInt64(cells.codes[variable][cell])] ?? .max
            }
        }
        let none = UInt32(truncatingIfNeeded: codes.count)
        var categoryOfPrefix = [UInt32](repeating: none, count: codes.count + 1)
        for category in codes.indices where !codes[category].contains(-1) {
            categoryOfPrefix[Int(prefixes[category])] = UInt32(truncatingIfNeeded: category)
        }
        return cellPrefixes.map { $0 == .max ? none : categoryOfPrefix[Int($0)] }
    }

    /// Reports rows that fall into no category: without an answer, or with one that has no target.
    private mutating func reportUnmatched(
        _ margin: BoundMargin, _ own: [Int], _ ranks: [CodeRanks], _ usable: [Int],
        _ source: WeightingTargets.Margin
    ) {
        let none = UInt32(truncatingIfNeeded: margin.targets.count)
        var withoutAnswer = [Set<UInt32>](repeating: [], count: own.count)
        var strangers: [[Int]: (rows: Int, weight: Double)] = [:]
        for cell in 0..<cells.count where margin.categoryOfCell[cell] == none {
            let codes = own.map { Int(cells.codes[$0][cell]) }
            let missing = own.indices.filter { codes[$0] >= variables[own[$0]].codes.count }
            for step in missing { withoutAnswer[step].insert(UInt32(truncatingIfNeeded: cell)) }
            guard missing.isEmpty else { continue }
            let known = strangers[codes] ?? (0, 0)
            strangers[codes] = (known.rows + cells.rows[cell], known.weight + cells.weights[cell])
        }
        for (step, stepCells) in withoutAnswer.enumerated() where !stepCells.isEmpty {
            let rows = cells.cellOfRow.indices.filter { stepCells.contains(cells.cellOfRow[$0]) }.map { $0 + 1 }
            let problem = Problem.noAnswer(variables[own[step]].name, rows: rows)
            // A variable of several margins is reported once.
            if !problems.contains(where: { $0.code == problem.code && $0.place == problem.place }) {
                problems.append(problem)
            }
        }
        if strangers.count > MarginBinding.mostTold {
            problems.append(
                Problem.andMore(source.label, count: strangers.count - MarginBinding.mostTold).placed(
                    file: targets.file, line: source.line, variable: source.label))
        }
        let ordered = strangers.keys.sorted { $0.lexicographicallyPrecedes($1) }
        for codes in ordered.prefix(MarginBinding.mostTold) {
            guard let found = strangers[codes] else { continue }
            let label = zip(own, codes).map { variables[$0].codes[$1] }.joined(separator: "*")
            let place = own.indices.map { ranks[$0].rank(of: variables[own[$0]].codes[codes[$0]]) }
            let near = margin.nearest(to: place, among: usable).map { margin.labels[$0] } ?? ""
            var problem = Problem.noTarget(source.label, label, rows: found.rows, weight: found.weight, near: near)
                .placed(file: targets.file, line: source.line, variable: source.label)
            problem.place.detail = "\(source.label)=\(label)"
            problems.append(problem)
        }
    }

    /// The crossed codes that occur, for a message.
    private func labels(of own: [Int]) -> [String] {
        let found = Set((0..<cells.count).map { cell in own.map { Int(cells.codes[$0][cell]) } })
        return found.sorted { $0.lexicographicallyPrecedes($1) }.prefix(11).map { codes in
            zip(own, codes).map { $1 < variables[$0].codes.count ? variables[$0].codes[$1] : "" }.joined(separator: "*")
        }
    }
}

extension BoundMargin {
    /// The margin with some of its categories only.
    fileprivate func keeping(_ kept: [Int]) -> BoundMargin {
        var numbers = [UInt32](repeating: UInt32(truncatingIfNeeded: kept.count), count: targets.count + 1)
        for (number, category) in kept.enumerated() { numbers[category] = UInt32(truncatingIfNeeded: number) }
        return BoundMargin(
            variables: variables, labels: kept.map { labels[$0] }, codes: kept.map { codes[$0] },
            targets: kept.map { targets[$0] }, categoryOfCell: categoryOfCell.map { numbers[Int($0)] },
            errors: kept.map { errors[$0] })
    }
}

extension Problem {
    /// Targets and sample that share no category, most often since codes are written in two ways.
    static func nothingInCommon(_ margin: String, wanted: [String], found: [String]) -> Problem {
        Problem(
            "weighting.nothing-in-common", .computation, what: "No respondent has a category of margin \"\(margin)\"",
            why: "targets are for \(list: wanted); the sample has \(list: found)",
            fix: "write the codes in both files in the same way: 01 is not 1")
    }

    /// A category with a target in which nobody was interviewed.
    static func emptyCategory(_ margin: String, _ category: String, target: Double, near: String) -> Problem {
        Problem(
            "weighting.empty-category", .computation,
            what: "No respondent falls into \"\(category)\" of margin \"\(margin)\"",
            why: "a target above 0 needs respondents; the target is \(target.brief), respondents are 0",
            fix: "collapse \"\(category)\" with \"\(near)\" in the data and in the targets")
    }

    /// An empty category of a partial post-stratification.
    static func leftOut(_ margin: String, _ category: String, target: Double) -> Problem {
        Problem(
            "weighting.left-out", .finding, severity: .caution,
            what: "Nobody stands for \"\(category)\" of margin \"\(margin)\"",
            why: "a partial post-stratification leaves empty categories out; their total is \(target.brief)",
            fix: "collapse the category with a neighbour if the whole population is to be estimated")
    }

    /// Respondents in a category that must have nobody.
    static func zeroTarget(_ margin: String, _ category: String, rows: Int, near: String) -> Problem {
        Problem(
            "weighting.zero-target", .computation,
            what: "\(rows) respondents fall into \"\(category)\" of margin \"\(margin)\", whose target is 0",
            why: "a category with respondents needs a target above 0; found 0",
            fix: "correct the target, or collapse \"\(category)\" with \"\(near)\" in the data and in the targets")
    }

    /// Respondents in a category without a target.
    static func noTarget(_ margin: String, _ category: String, rows: Int, weight: Double, near: String) -> Problem {
        Problem(
            "weighting.no-target", .computation,
            what: "\(rows) respondents fall into \"\(category)\" of margin \"\(margin)\", which has no target",
            why: "every respondent needs a category with a target; these have weight \(weight.brief)",
            fix: "add the target of \"\(category)\", or collapse it with \"\(near)\" in the data")
    }

    /// Categories whose faults are not told one by one.
    static func andMore(_ margin: String, count: Int) -> Problem {
        Problem(
            "weighting.and-more", .computation, what: "\(count) more categories of margin \"\(margin)\" do not match",
            why: "the first ones are told one by one; \(count) more have the same faults",
            fix: "compare the codes of the targets with those of the sample")
    }

    /// Rows that cannot be put into a category.
    static func noAnswer(_ variable: String, rows: [Int]) -> Problem {
        Problem(
            "weighting.no-answer", .computation,
            what: "\"\(variable)\" is missing in \(rows.count) rows to be weighted",
            place: Place(rows: rows, column: variable), why: "each of these rows needs a category of every margin",
            fix: "fill in the answers, or give rows without one a weight of 0")
    }
}
