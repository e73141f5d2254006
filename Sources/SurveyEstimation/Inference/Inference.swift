internal import SurveyDesign
public import SurveyProblems

/// The estimates of a row statistic with the covariance that the design gives them.
public struct Inference: Sendable {
    public let values: [Double]
    public let covariance: CovarianceMatrix
    /// By the rule of the options, counted over the rows of the base.
    public let degreesOfFreedom: Double
    /// PSUs with a row of the base.
    public let psus: Int
    /// A stratum with rows of the base went through the rule for lonely PSUs.
    public let isLonely: Bool
    /// The estimates in each replicate, none where they do not exist there; nil for linearised covariances.
    public var replicates: [[Double]?]?
    /// Replicates that the covariance leaves out.
    public var dropped = 0
}

extension Estimation {
    /// Returns the estimates of a statistic and their covariance.
    ///
    /// - Shapes: the statistic's base has one entry for each row in use.
    /// - Missing: what lacks an answer stands outside the base; its PSU counts as sampled.
    /// - Throws: ``Problem`` `estimation.empty-domain`, `estimation.lonely-psu`, `estimation.single-psu`,
    ///   `estimation.too-many-categories`, and those of the statistic.
    /// - Source: Documentation/Methods.md, "Linearised variance".
    public func inference(of statistic: some RowStatistic) throws(Problem) -> Inference {
        let base = statistic.base
        precondition(base.count == design.rows.count, "one entry for each row in use")
        guard base.contains(true) else { throw .emptyDomain() }
        if let engine = try ReplicateEngine(design, options: options) {
            return try inference(of: statistic, by: engine)
        }
        try design.checkLonelyPSUs { base[$0] }
        let engine = try InfluenceCovariance(design, options: options)
        let support = PSUSupport(of: base, design: design)
        let freedom: Double =
            switch options.degreesOfFreedom {
            case .design: Double(support.degreesOfFreedom(in: design.strata))
            case .full: Double(design.degreesOfFreedom)
            case .infinite: .infinity
            case .number(let number): number
            }
        return Inference(
            values: try statistic.values(weights: design.weights),
            covariance: try engine.covariance(of: statistic, support: support),
            degreesOfFreedom: freedom, psus: (0..<design.psuCount).count(where: support.isAnswered),
            isLonely: engine.usesLonelyRule(support))
    }

    private func inference(
        of statistic: some RowStatistic, by engine: ReplicateEngine
    ) throws(Problem) -> Inference {
        let support = PSUSupport(of: statistic.base, design: design)
        let values = try statistic.values(weights: design.weights)
        let replicates = try engine.estimates(of: statistic)
        let found = engine.covariance(of: values, replicates: replicates)
        var inference = Inference(
            values: values, covariance: found.matrix,
            degreesOfFreedom: engine.degreesOfFreedom(support, options: options),
            psus: (0..<design.psuCount).count(where: support.isAnswered), isLonely: false)
        (inference.replicates, inference.dropped) = (replicates, found.dropped)
        return inference
    }
}

extension SampleDesign {
    /// Refuses a stratum with one PSU among some rows in use, by position, if the design has no rule for it.
    func checkLonelyPSUs(_ isInDomain: (Int) -> Bool) throws(Problem) {
        guard specification.lonelyPSU == .fail, specification.pps != .joint else { return }
        let lonely = strata.filter { stratum in
            stratum.isLonely
                && (psuStarts[stratum.firstPSU]..<psuStarts[stratum.firstPSU + 1]).contains(where: isInDomain)
        }
        guard lonely.isEmpty else {
            if specification.strata.isEmpty { throw .singlePSU() }
            throw .lonelyPSU(strata: lonely.map(\.label), columns: specification.strata)
        }
        guard let structure, case .tree(let tree) = structure.form else { return }
        var later: [String] = []
        for level in tree.levels {
            for stratum in level.strata where stratum.isLonely {
                let units = level.firstUnits[stratum.firstPSU]..<level.firstUnits[stratum.firstPSU + 1]
                let rows = unitStarts[units.lowerBound]..<unitStarts[units.upperBound]
                if rows.contains(where: isInDomain) { later.append(stratum.label) }
            }
        }
        guard later.isEmpty else { throw .lonelyUnit(strata: later) }
    }

    /// Single units of later stages that contribute nothing, by any rule but `fail`.
    func lonelyLaterUnits() -> Problem? {
        guard let structure, case .tree(let tree) = structure.form, specification.lonelyPSU != .fail else { return nil }
        let lonely = tree.lonelyStrata
        return lonely.isEmpty ? nil : .lonelyUnits(strata: lonely.map(\.label))
    }
}

extension PSUSupport {
    /// The PSUs with rows of a base in which every row has an answer.
    init(of base: [Bool], design: SampleDesign) {
        marks = (0..<design.psuCount).map { psu in
            base[design.psuStarts[psu]..<design.psuStarts[psu + 1]].contains(true) ? Tally.inBase | Tally.answered : 0
        }
    }
}

extension Problem {
    /// Single units of a later stage, and no rule for them.
    static func lonelyUnit(strata: [String]) -> Problem {
        Problem(
            "estimation.lonely-unit", .computation, what: "\(strata.count) strata of a later stage have a single unit",
            place: Place(detail: strata.first),
            why: "a variance needs at least 2 units in a stratum of each stage; found 1 in \(list: strata)",
            fix: "use --stages first, or let them count 0 with --lonely-psu certainty")
    }

    /// Single units of a later stage that count 0.
    static func lonelyUnits(strata: [String]) -> Problem {
        Problem(
            "estimation.lonely-units", .finding, severity: .caution,
            what: "\(strata.count) strata of a later stage have a single unit",
            place: Place(detail: strata.first),
            why: "they contribute 0 at their stage, as --lonely-psu says: \(list: strata)",
            fix: "compare the standard errors with those of --stages first")
    }
}
