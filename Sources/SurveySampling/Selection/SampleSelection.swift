internal import SurveyMath
public import SurveyProblems

/// Draws a sample from a frame: stratum by stratum, in one stage or several.
///
/// Each stratum and each cluster has random numbers of its own, so that what is drawn in one does not depend on the others.
/// Units that are certain by their size are taken, and stand in strata of their own, as estimation needs.
public struct SampleSelection: Sendable {
    /// How units of the first stage are drawn.
    public var method: SelectionMethod
    /// How units are drawn at each stage after the first: `random` or `systematic`; `random` where none is named.
    public var laterMethods: [SelectionMethod] = []
    /// Units drawn in each unit above, stage by stage after the first; none takes all rows of a drawn cluster.
    ///
    /// Each stage of clusters below the first has a number; one more draws rows in the last. A unit with fewer gives all
    /// that it has.
    public var takes: [Int] = []
    /// How units of the second stage are drawn.
    public var secondMethod: SelectionMethod {
        get { laterMethods.first ?? .random }
        set { laterMethods = [newValue] + laterMethods.dropFirst() }
    }
    /// Units of the second stage drawn in each cluster; nil takes all rows of a cluster.
    public var take: Int? {
        get { takes.first }
        set { takes = newValue.map { [$0] + takes.dropFirst() } ?? [] }
    }
    /// Puts the units of each stratum in random order before they are drawn.
    public var isShuffled = false
    /// Computes the probabilities of pairs.
    public var hasPairs = false
    public var seed: UInt64

    /// The most units of the first stage of which pairs are computed.
    public static let mostPaired = 4096

    public init(_ method: SelectionMethod, seed: UInt64) { (self.method, self.seed) = (method, seed) }

    /// Draws `counts` units of the first stage in each stratum of the frame; a stratum with 0 is left out.
    ///
    /// - Throws: ``Problem`` `sampling.no-strata`, `sampling.out-of-range`, `sampling.more-than-units`, `sampling.no-size`,
    ///   `sampling.wrong-size`, `sampling.size-varies`, `sampling.sampford-too-large`, `sampling.no-pair-formula`,
    ///   `sampling.too-many-pairs`.
    public func draw(_ counts: [Int], from frame: SamplingFrame) throws(Problem) -> DrawnFrame {
        precondition(counts.count == frame.strata.count, "one count a stratum")
        precondition(!laterMethods.contains(where: \.isProportional), "later stages have equal probabilities")
        precondition(
            takes.count == frame.laterClusters.count || takes.count == frame.laterClusters.count + 1,
            "one number for each stage after the first")
        guard frame.rowCount > 0 else { throw .noStrata() }
        for take in takes { try SamplingRange.counting.check(Double(take), "take") }
        for count in counts { try SamplingRange.notNegative.check(Double(count), "n") }
        if hasPairs, counts.reduce(0, { $0 &+ $1 }) > SampleSelection.mostPaired {
            throw .tooManyPairs(most: SampleSelection.mostPaired)
        }
        let units = frame.units()
        let sizes = try method.isProportional ? sizes(of: units, in: frame) : []
        var parts: [StratumDraw] = []
        for stratum in units.indices where counts[stratum] > 0 {
            guard counts[stratum] <= units[stratum].count else {
                throw .moreThanUnits(counts[stratum], of: units[stratum].count, stratum: frame.strata[stratum])
            }
            parts.append(
                try first(counts[stratum], stratum, units[stratum], sizes.isEmpty ? [] : sizes[stratum], frame.strata))
        }
        return finished(parts, units, frame)
    }

    /// The units drawn in one stratum.
    private struct StratumDraw {
        let stratum: Int
        let drawn: [(unit: SamplingFrame.Unit, probability: Double, isCertain: Bool)]
        /// Units that were not certain.
        let population: Int
        /// Probabilities of pairs of the drawn units.
        let pairs: [[Double]]
    }

    private func first(
        _ count: Int, _ stratum: Int, _ units: [SamplingFrame.Unit], _ sizes: [Double], _ names: [String]
    ) throws(Problem) -> StratumDraw {
        let probabilities =
            method.isProportional
            ? try InclusionProbabilities(sizes: sizes, count: count)
            : InclusionProbabilities(equal: count, of: units.count)
        var open = units.indices.filter { !method.isProportional || probabilities.values[$0] < 1 }
        if isShuffled {
            var stream = RandomStream(seed: seed, for: .selection, number: 2 * stratum + 1)
            open = UnitDraw.shuffled(open.count, &stream).map { open[$0] }
        }
        var stream = RandomStream(seed: seed, for: .selection, number: 2 * stratum)
        let own = open.map { probabilities.values[$0] }
        let rest = count - (units.count - open.count)
        var square: [[Double]] = []
        let positions: [Int]
        switch method {
        case .random:
            positions = UnitDraw.random(rest, of: open.count, &stream)
            if hasPairs { square = equalPairs(rest, of: open.count) }
        case .systematic:
            positions = UnitDraw.systematic(rest, of: open.count, &stream)
            if hasPairs { throw .noPairFormula(method.rawValue, stratum: names[stratum]) }
        case .proportionalSystematic:
            positions = UnitDraw.systematic(own, count: rest, &stream)
            if hasPairs { throw .noPairFormula(method.rawValue, stratum: names[stratum]) }
        case .sampford:
            let design = try SampfordDesign(own, count: rest)
            positions = design.draw(&stream)
            if hasPairs { square = design.pairs(of: positions) }
        case .brewer:
            positions = UnitDraw.brewer(own, count: rest, &stream)
            // With two units Brewer's sample is Sampford's; with more the paths of the draw are gone through.
            if hasPairs, rest > 2 {
                guard own.count <= BrewerDesign.mostUnits else {
                    throw .tooManyForBrewer(own.count, most: BrewerDesign.mostUnits, stratum: names[stratum])
                }
                square = BrewerDesign(own, count: rest).pairs(of: positions)
            } else if hasPairs {
                square = try SampfordDesign(own, count: rest).pairs(of: positions)
            }
        }
        let certain = probabilities.certain.map { (unit: units[$0], probability: 1.0, isCertain: true) }
        let others = positions.map { (unit: units[open[$0]], probability: own[$0], isCertain: false) }
        return StratumDraw(
            stratum: stratum, drawn: others + certain, population: open.count,
            pairs: hasPairs ? withCertain(square, others.map(\.probability), certain.count) : [])
    }

    private func equalPairs(_ count: Int, of units: Int) -> [[Double]] {
        let (n, all) = (Double(count), Double(units))
        let pair = all > 1 ? n * (n - 1) / (all * (all - 1)) : 1
        return (0..<count).map { row in (0..<count).map { $0 == row ? n / all : pair } }
    }

    /// Adds certain units to a square: the pair with one of them has the probability of the other.
    private func withCertain(_ square: [[Double]], _ own: [Double], _ certain: Int) -> [[Double]] {
        let all = own + [Double](repeating: 1, count: certain)
        return all.indices.map { row in
            all.indices.map { row < own.count && $0 < own.count ? square[row][$0] : all[row] * all[$0] }
        }
    }

    /// The sizes of the units by stratum.
    private func sizes(
        of units: [[SamplingFrame.Unit]], in frame: SamplingFrame
    ) throws(Problem) -> [[Double]] {
        guard let sizes = frame.sizes else {
            guard frame.clusters != nil else { throw .noSize(method.rawValue) }
            return units.map { $0.map { Double($0.rows.count) } }
        }
        let wrong = sizes.indices.filter { !(sizes[$0] > 0 && sizes[$0].isFinite) }.map { $0 + 1 }
        guard wrong.isEmpty else { throw .wrongSize(rows: wrong) }
        for unit in units.joined() {
            guard let one = unit.rows.first else { continue }
            if let other = unit.rows.first(where: { sizes[$0] != sizes[one] }) {
                throw .sizeVaries(unit.label, row: other + 1, first: sizes[one], second: sizes[other])
            }
        }
        return units.map { $0.map { $0.rows.first.map { sizes[$0] } ?? 0 } }
    }

    // MARK: The later stages, and the result

    private func finished(
        _ parts: [StratumDraw], _ units: [[SamplingFrame.Unit]], _ frame: SamplingFrame
    ) -> DrawnFrame {
        var rows: [(unit: DrawnUnit, place: (part: Int, position: Int))] = []
        var strata: [DrawnStratum] = []
        var lonely: [String] = []
        var later = LaterStages(frame, takes: takes, methods: laterMethods, seed: seed)
        for (number, part) in parts.enumerated() {
            let name = frame.strata[part.stratum]
            let certain = part.drawn.count { $0.isCertain }
            let start = rows.count
            if part.drawn.count - certain == 1, part.population > 1 { lonely.append(name) }
            for (position, drawn) in part.drawn.enumerated() {
                for inside in later.draw(in: drawn.unit) {
                    let unit = DrawnUnit(
                        row: inside.row, stratum: drawn.isCertain ? name + SampleSelection.certainMark : name,
                        cluster: drawn.unit.label, population: drawn.isCertain ? certain : part.population,
                        probability: drawn.probability, stages: inside.stages)
                    rows.append((unit, (number, position)))
                }
            }
            strata.append(
                DrawnStratum(
                    name: name, population: units[part.stratum].count, units: part.drawn.count, certain: certain,
                    rows: rows.count - start, frameRows: units[part.stratum].reduce(0) { $0 + $1.rows.count },
                    sumOfWeights: CompensatedSum.of(rows[start...].map(\.unit.weight))))
        }
        rows.sort { $0.unit.row < $1.unit.row }
        var cautions: [Problem] = []
        let certain = parts.flatMap { $0.drawn.filter(\.isCertain).map(\.unit.label) }
        if !certain.isEmpty { cautions.append(.certainUnits(certain)) }
        for (take, small) in zip(takes, later.small) where !small.isEmpty {
            cautions.append(.smallClusters(small, take: take))
        }
        if !lonely.isEmpty { cautions.append(.oneUnit(strata: lonely)) }
        let left = Set(units.indices).subtracting(parts.map(\.stratum)).sorted().filter { !units[$0].isEmpty }
        if !left.isEmpty { cautions.append(.strataLeftOut(left.map { frame.strata[$0] })) }
        return DrawnFrame(
            units: rows.map(\.unit), strata: strata, pairs: hasPairs ? pairs(parts, rows.map(\.place)) : nil,
            cautions: cautions)
    }

    /// What is added to the name of a stratum for its certain units.
    public static let certainMark = " (certain)"

    /// The square of all pairs, in the order in which the rows name their units; strata are drawn independently.
    private func pairs(_ parts: [StratumDraw], _ places: [(part: Int, position: Int)]) -> [[Double]] {
        var order: [(part: Int, position: Int)] = []
        var seen: Set<Int> = []
        for place in places where seen.insert(place.part << 32 | place.position).inserted { order.append(place) }
        return order.map { one in
            order.map { two in
                if one.part == two.part { return parts[one.part].pairs[one.position][two.position] }
                return parts[one.part].drawn[one.position].probability
                    * parts[two.part].drawn[two.position].probability
            }
        }
    }
}

extension Problem {
    /// A method by size without a size.
    static func noSize(_ method: String) -> Problem {
        Problem(
            "sampling.no-size", .usage, what: "--method \(method) needs --size",
            why: "units are drawn in proportion to a size; no column is named",
            fix: "add --size COL, or use --method srs")
    }

    /// Two sizes in one cluster.
    static func sizeVaries(_ cluster: String, row: Int, first: Double, second: Double) -> Problem {
        Problem(
            "sampling.size-varies", .input, what: "The size changes inside cluster \"\(cluster)\"",
            place: Place(rows: [row]),
            why:
                "a cluster is drawn with one size; found \(JSONText.shortest(first)) and \(JSONText.shortest(second))",
            fix: "correct the column, or leave --size out to take the rows of the cluster")
    }

    /// A method whose pairs have no known probability.
    static func noPairFormula(_ method: String, stratum: String) -> Problem {
        Problem(
            "sampling.no-pair-formula", .usage, what: "--joint does not go with --method \(method)",
            why: "there is no formula for the pairs of this method; stratum \"\(stratum)\"",
            fix: "use --method sampford, or leave --joint out and estimate with --pps brewer")
    }

    /// A stratum of Brewer's method with more units than its paths can be gone through for.
    static func tooManyForBrewer(_ units: Int, most: Int, stratum: String) -> Problem {
        Problem(
            "sampling.too-many-for-brewer", .usage, what: "--joint is too costly for --method brewer here",
            why:
                "pairs of more than two units come from all paths of the draw, of at most \(most) units; stratum \"\(stratum)\" has \(units)",
            fix: "use --method sampford, or leave --joint out and estimate with --pps brewer")
    }

    /// More pairs than a file of them may have.
    static func tooManyPairs(most: Int) -> Problem {
        Problem(
            "sampling.too-many-pairs", .usage, what: "The sample is too large for --joint",
            why: "pairs of at most \(most) units are computed",
            fix: "leave --joint out and estimate with --pps brewer")
    }

    /// Units that are in every sample.
    static func certainUnits(_ labels: [String]) -> Problem {
        Problem(
            "sampling.certain-units", .finding, severity: .caution,
            what: "\(labels.count) units are certain: \(list: labels)",
            why: "their size is so great that they are in every sample; each stands for itself alone",
            fix: "draw more rows in them, or divide them in the frame")
    }

    /// Clusters with fewer rows than are to be drawn in each.
    static func smallClusters(_ labels: [String], take: Int) -> Problem {
        Problem(
            "sampling.small-clusters", .finding, severity: .caution,
            what: "\(labels.count) clusters have fewer than \(take) units: \(list: labels)",
            why: "all their units are drawn, so that the sample is smaller than planned",
            fix: "join small clusters in the frame, or draw more clusters")
    }

    /// Strata with a single drawn unit.
    static func oneUnit(strata: [String]) -> Problem {
        Problem(
            "sampling.one-unit", .finding, severity: .caution,
            what: "\(strata.count) strata have a single drawn unit: \(list: strata)",
            why: "one unit shows no variation, so standard errors need a rule of --lonely-psu",
            fix: "draw at least two in each, or join strata")
    }

    /// Strata of the frame from which nothing was drawn.
    static func strataLeftOut(_ names: [String]) -> Problem {
        Problem(
            "sampling.strata-left-out", .finding, severity: .caution,
            what: "Nothing was drawn in \(names.count) strata: \(list: names)",
            why: "their units had no chance, so that the sample says nothing about them",
            fix: "give each stratum at least two, or take it out of the frame and say so")
    }
}
