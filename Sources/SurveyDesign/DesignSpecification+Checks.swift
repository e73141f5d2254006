public import SurveyProblems

extension DesignSpecification {
    /// The column of the probability of units of a later stage, from 0, where it enters the variance.
    func probability(ofLaterStage number: Int) -> String? {
        pps != .none && probabilities.count > number + 1 ? probabilities[number + 1] : nil
    }

    /// Refuses rules that contradict each other, before any data is read.
    ///
    /// `readsJointLater` is for a study, where the joint probabilities stand in a file of each wave.
    /// - Throws: ``Problem`` `design.weight-and-probability`, `design.needs-probability`, `design.too-many-probabilities`,
    ///   `design.no-joint`, `design.unused-option`, `design.pps-stages`, `design.pps-lonely`, `design.phases`.
    public func checkOptions(readsJointLater: Bool = false) throws(Problem) {
        if weight != nil, !probabilities.isEmpty, pps == .none { throw .weightAndProbability() }
        if pps == .joint, joint == nil, !readsJointLater { throw .noJoint() }
        if pps != .none, pps != .joint, probabilities.isEmpty { throw .needsProbability(method: pps.rawValue) }
        if pps != .none, probabilities.count > laterStages.count + 1 {
            throw .tooManyProbabilities(count: probabilities.count, stages: laterStages.count + 1)
        }
        if pps != .none, fpc != nil { throw .unusedOption("--fpc", needs: "--pps none") }
        if pps != .joint, joint != nil { throw .unusedOption("--joint", needs: "--pps joint") }
        if let sum = sumSquaredProbabilities {
            guard pps == .hartleyRao else { throw .unusedOption("--sum-pi2", needs: "--pps hartley-rao") }
            guard sum > 0, sum.isFinite else { throw .wrongSumOfSquares(sum) }
            guard strata.isEmpty else { throw .sumOfSquaresByStratum() }
        }
        if ppsVariance != .horvitzThompson, !pps.isPairwise {
            throw .unusedOption("--pps-variance", needs: "--pps joint")
        }
        if collapseBy != nil, lonelyPSU != .collapse {
            throw .unusedOption("--collapse-by", needs: "--lonely-psu collapse")
        }
        if pps.isPairwise {
            if !laterStages.isEmpty, stages == .all { throw .ppsStages(method: pps.rawValue) }
            if ![.fail, .certainty].contains(lonelyPSU) {
                throw .ppsLonely(method: pps.rawValue, rule: lonelyPSU.rawValue)
            }
            if !usesPopulations { throw .unusedOption("--fpc none", needs: "--pps none") }
        }
    }
}

extension Problem {
    /// Two sources of one weight.
    static func weightAndProbability() -> Problem {
        Problem(
            "design.weight-and-probability", .usage, what: "--weight and --probability cannot both be given",
            why: "the weight is 1 over the probability; with --pps the weight of the file may stand beside it",
            fix: "drop one of the two")
    }

    /// A variance over pairs without the pairs.
    static func noJoint() -> Problem {
        Problem(
            "design.no-joint", .usage, what: "--pps joint needs the joint probabilities",
            why: "the variance is a sum over pairs of PSUs; no file was named",
            fix: "name the file with --joint, or use --pps brewer")
    }

    /// A method for unequal probabilities without them.
    static func needsProbability(method: String) -> Problem {
        Problem(
            "design.needs-probability", .usage, what: "--pps \(method) needs the probabilities of the PSUs",
            why: "the variance uses the probability with which each PSU was drawn; no column was named",
            fix: "name the column with --probability")
    }

    /// More columns than stages.
    static func tooManyProbabilities(count: Int, stages: Int) -> Problem {
        Problem(
            "design.too-many-probabilities", .usage, what: "--probability names more columns than stages",
            why: "with --pps there is one column a stage; found \(count) for \(stages)",
            fix: "drop the columns that are too many, or name the units of each stage with --psu")
    }

    /// An option that only another one makes meaningful.
    public static func unusedOption(_ option: String, needs: String) -> Problem {
        Problem(
            "design.unused-option", .usage, what: "\(option) has nothing to work on",
            why: "\(option) goes with \(needs) only", fix: "drop \(option), or add \(needs)")
    }

    /// A sum that cannot be one of squares.
    static func wrongSumOfSquares(_ value: Double) -> Problem {
        Problem(
            "design.wrong-sum-of-squares", .usage, what: "--sum-pi2 cannot be \(JSONText.shortest(value))",
            why: "the sum of squared probabilities over the population is above 0",
            fix: "give the sum, or leave it out: it is then estimated from the sample")
    }

    /// One sum for several strata.
    static func sumOfSquaresByStratum() -> Problem {
        Problem(
            "design.sum-of-squares-by-stratum", .usage, what: "--sum-pi2 does not go with strata",
            why: "each stratum has a sum of its own; one was given",
            fix: "leave it out: it is then estimated from the sample in each stratum")
    }

    /// Later stages with a method of one stage.
    static func ppsStages(method: String) -> Problem {
        Problem(
            "design.pps-stages", .usage, what: "--pps \(method) knows one stage",
            why: "pairs of PSUs make the variance; the design names later stages",
            fix: "use --pps brewer, or add --stages first")
    }

    /// A rule for lonely PSUs without a mean to centre on.
    static func ppsLonely(method: String, rule: String) -> Problem {
        Problem(
            "design.pps-lonely", .usage, what: "--lonely-psu \(rule) does not go with --pps \(method)",
            why: "the variance over pairs has no stratum mean; fail and certainty are possible",
            fix: "use --lonely-psu certainty")
    }
}
