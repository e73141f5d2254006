/// Decides which figures of one indicator in one wave may be shown.
///
/// First each figure is judged by itself (base, PSUs). Then complementary suppression: the whole, the categories of a
/// breakdown and the cells of a crossed breakdown are terms of sums (whole = its categories; row sum = its cells; column
/// sum = its cells), and a reader could subtract. While a sum has exactly one hidden term, its visible term with the
/// smallest unweighted base is hidden too (ties: smallest sum of weights, then table order), until every sum has no hidden
/// term or at least two. Sums are gone through in table order, again and again until nothing changes.
///
/// - Missing: people without an answer in the breakdown variable are in the whole and in no category; they are not counted
///   as a hidden term, so they never stand in for one. A cell without a single row is withheld but is no hidden term either:
///   it adds nothing to its sum.
/// - Source: Documentation/Publication.md, "Publication".
public struct Publication: Sendable {
    /// One figure as the rules see it.
    public struct Cell: Sendable {
        /// The variable and the category of each variable of the breakdown; empty for the whole.
        public let by: [(variable: String, category: String)]
        /// Rows in the base.
        public let nBase: Int
        /// PSUs with a row in the base.
        public let psus: Int
        /// Sum of the weights of the base.
        public let sumWeights: Double
        /// False if the figure itself is too imprecise to be shown.
        public let isPrecise: Bool

        public init(
            by: [(variable: String, category: String)], nBase: Int, psus: Int, sumWeights: Double,
            isPrecise: Bool = true
        ) {
            self.by = by
            self.nBase = nBase
            self.psus = psus
            self.sumWeights = sumWeights
            self.isPrecise = isPrecise
        }
    }

    public let rules: PublicationRules

    public init(rules: PublicationRules) { self.rules = rules }

    /// Returns what may be shown of each cell, in the order of the cells; a cell given twice is judged once.
    public func displays(of cells: [Cell]) -> [IndicatorResult.Display] {
        completed(cells.map(display), of: cells)
    }

    /// Withholds what would give away figures that are withheld already.
    func completed(_ known: [IndicatorResult.Display], of cells: [Cell]) -> [IndicatorResult.Display] {
        var displays = known
        let sums = PublicationSums(cells)
        var isHidden = cells.indices.map { displays[$0].isWithheld && cells[$0].nBase > 0 }
        var hiddenTerms = sums.all.map { sum in sum.count { isHidden[$0] } }
        var changed = true
        while changed {
            changed = false
            for position in sums.all.indices where hiddenTerms[position] == 1 {
                let visible = sums.all[position].filter { !displays[$0].isWithheld && cells[$0].nBase > 0 }
                guard let weakest = visible.min(by: { precedes($0, $1, in: cells) }) else { continue }
                displays[weakest] = .complementary
                isHidden[weakest] = true
                for other in sums.sumsOf[weakest] { hiddenTerms[other] += 1 }
                changed = true
            }
        }
        for (position, first) in sums.firstSeen.enumerated() { displays[position] = displays[first] }
        return displays
    }

    /// Judges a cell by itself.
    private func display(_ cell: Cell) -> IndicatorResult.Display {
        if cell.nBase < rules.minimumBase || cell.psus < rules.minimumPSUs || !cell.isPrecise { return .hidden }
        return cell.nBase < rules.lowBase ? .bracketed : .shown
    }

    private func precedes(_ left: Int, _ right: Int, in cells: [Cell]) -> Bool {
        let (a, b) = (cells[left], cells[right])
        if a.nBase != b.nBase { return a.nBase < b.nBase }
        if a.sumWeights != b.sumWeights { return a.sumWeights < b.sumWeights }
        return left < right
    }
}

/// The sums that a reader could form from published tables: positions of the terms of each.
struct PublicationSums {
    /// The terms of each sum, the total first where it is published.
    private(set) var all: [[Int]] = []
    /// The sums in which each cell is a term.
    private(set) var sumsOf: [[Int]]
    /// For each cell the first with the same categories: itself unless a table was given twice.
    let firstSeen: [Int]

    /// Finds the sums: every published table under each of its nearest published margins (rows, columns, the whole), and two
    /// tables whose common margin is not published, for then each tells what the other sums to.
    init(_ cells: [Publication.Cell]) {
        sumsOf = [[Int]](repeating: [], count: cells.count)
        var seen: [[String: String]: Int] = [:]
        var firstSeen: [Int] = []
        var tables: [(variables: Set<String>, cells: [Int])] = []
        let keys = cells.map { cell in
            Dictionary(cell.by.map { ($0.variable, $0.category) }, uniquingKeysWith: { a, _ in a })
        }
        for (position, key) in keys.enumerated() {
            if let first = seen[key] {
                firstSeen.append(first)
                continue
            }
            seen[key] = position
            firstSeen.append(position)
            let variables = Set(key.keys)
            if let table = tables.firstIndex(where: { $0.variables == variables }) {
                tables[table].cells.append(position)
            } else {
                tables.append((variables, [position]))
            }
        }
        self.firstSeen = firstSeen

        for (number, table) in tables.enumerated() {
            for margin in tables where margin.variables.isStrictSubset(of: table.variables) {
                let isNearest = !tables.contains {
                    margin.variables.isStrictSubset(of: $0.variables)
                        && $0.variables.isStrictSubset(of: table.variables)
                }
                guard isNearest else { continue }
                let terms = PublicationSums.grouped(table.cells, by: margin.variables, keys)
                for total in margin.cells { add([total] + (terms[keys[total]] ?? [])) }
            }
            for other in tables[(number + 1)...] {
                let common = table.variables.intersection(other.variables)
                guard common != table.variables, common != other.variables else { continue }
                guard !tables.contains(where: { $0.variables == common }) else { continue }
                let terms = PublicationSums.grouped(other.cells, by: common, keys)
                let own = PublicationSums.grouped(table.cells, by: common, keys)
                var done: Set<[String: String]> = []
                for cell in table.cells {
                    let margin = keys[cell].filter { common.contains($0.key) }
                    if done.insert(margin).inserted { add((own[margin] ?? []) + (terms[margin] ?? [])) }
                }
            }
        }
    }

    private mutating func add(_ terms: [Int]) {
        guard terms.count > 1 else { return }
        for term in terms { sumsOf[term].append(all.count) }
        all.append(terms)
    }

    private static func grouped(
        _ cells: [Int], by variables: Set<String>, _ keys: [[String: String]]
    ) -> [[String: String]: [Int]] {
        Dictionary(grouping: cells) { cell in keys[cell].filter { variables.contains($0.key) } }
    }
}
