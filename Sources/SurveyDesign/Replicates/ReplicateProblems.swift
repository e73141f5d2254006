internal import SurveyProblems

extension Problem {
    static func ownReplicateCount(_ method: String) -> Problem {
        Problem(
            "design.replicates-own-count", .usage, what: "The number of replicates of \(method) cannot be chosen",
            why: "it follows from the strata and PSUs of the sample", fix: "drop the number behind \(method)")
    }

    static func replicateCount(_ count: Int) -> Problem {
        Problem(
            "design.replicates-count", .usage, what: "\(count) replicates cannot be made",
            why: "their number lies between 2 and \(ReplicateWeights.greatestCount); found \(count)",
            fix: "write for example bootstrap=500")
    }

    static func noReplicateSeed(_ method: String) -> Problem {
        Problem(
            "design.replicates-no-seed", .usage, what: "Replicates of \(method) need a seed",
            why: "they are drawn at random; without a seed nobody could make the same figures again",
            fix: "add --seed 1 or any other whole number, or a seed in the study")
    }

    static func stratifiedJackknife(strata: Int) -> Problem {
        Problem(
            "design.replicates-jk1-strata", .computation, what: "jk1 does not go with strata",
            why: "it takes the whole sample for one stratum; the design has \(strata)",
            fix: "use jkn, which leaves out one PSU of a stratum at a time")
    }

    static func replicatesOfOnePSU(_ method: String) -> Problem {
        Problem(
            "design.replicates-one-psu", .computation, what: "\(method) needs at least 2 PSUs",
            why: "no stratum of the sample has more than 1", fix: "name other PSUs with --psu")
    }

    static func replicatesOfPairs(_ method: String) -> Problem {
        Problem(
            "design.replicates-unequal", .computation, what: "\(method) makes no replicates of this sample",
            why: "PSUs were drawn in pairs of unequal probability or in two phases, which its factors do not know",
            fix: "use bootstrap with --pps brewer, leave --pps out, or take linearised variances")
    }

    static func nothingToReplicate(_ method: String) -> Problem {
        Problem(
            "design.replicates-none", .computation, what: "\(method) makes no replicates of this sample",
            why: "a variance needs at least 2 PSUs that were drawn from more; no stratum has them",
            fix: "use another method, or name other PSUs with --psu")
    }

    static func notTwoPSUs(_ method: String, strata: [String]) -> Problem {
        Problem(
            "design.replicates-not-two", .computation, what: "\(strata.count) strata do not have two PSUs",
            why: "\(method) needs exactly 2 PSUs in each stratum; found another number in \(list: strata)",
            fix: "use jkn or bootstrap, or merge strata and PSUs")
    }

    static func oddPSUs(_ method: String, strata: [String]) -> Problem {
        Problem(
            "design.replicates-odd", .computation, what: "\(strata.count) strata have an odd number of PSUs",
            why: "\(method) halves pairs of PSUs, so each stratum needs an even number; odd in \(list: strata)",
            fix: "use bootstrap or jkn, or merge strata and PSUs")
    }

    static func noHadamard(_ method: String, order: Int, above: Int) -> Problem {
        Problem(
            "design.replicates-order", .usage, what: "\(method) cannot make \(order) replicates",
            why:
                "their number is the order of a Hadamard matrix, a multiple of 4 above \(above), and not every one is known",
            fix: "drop the number, and the smallest possible one is taken")
    }

    static func tooManyPairs(_ method: String, pairs: Int, most: Int) -> Problem {
        Problem(
            "design.replicates-pairs", .computation, what: "The sample has too many pairs of PSUs for \(method)",
            why: "at most \(most) can be balanced; found \(pairs)", fix: "use bootstrap or jkn")
    }

    static func replicatesTooLarge(_ count: Int, units: Int) -> Problem {
        Problem(
            "design.replicates-size", .usage, what: "\(count) replicates of \(units) units do not fit in memory",
            why: "at most \(ReplicateWeights.greatestSize) bytes are kept", fix: "ask for fewer replicates")
    }

    static func replicatesLonely(_ method: String, strata: [String], rules: String) -> Problem {
        Problem(
            "design.replicates-lonely", .computation, what: "\(strata.count) strata have a single PSU",
            place: Place(detail: strata.first),
            why: "\(method) needs at least 2 PSUs in a stratum; found 1 in \(list: strata)",
            fix: "choose a rule with --lonely-psu (for \(method): \(rules)), or merge the strata")
    }

    static func replicatesLonelyRule(_ method: String, rule: String) -> Problem {
        Problem(
            "design.replicates-lonely-rule", .computation, what: "\(method) cannot follow --lonely-psu \(rule)",
            why: "its replicates can only leave a single PSU as it is", fix: "use --lonely-psu certainty, or jkn")
    }

    static func populationsDropped(_ method: String) -> Problem {
        Problem(
            "design.replicates-no-fpc", .finding, severity: .caution,
            what: "Population sizes are not used by \(method)",
            why: "its half samples or differences know no sampling fraction, so standard errors are a little too large",
            fix: "use bootstrap or jkn if a large part of the PSUs was sampled")
    }

    static func fewReplicateColumns(_ names: [String]) -> Problem {
        Problem(
            "design.replicates-columns", .usage, what: "\(names.count) columns of replicate weights were found",
            why: "a variance needs at least 2; found \(list: names)",
            fix: "name them all, for example --replicate-weights 'w_*'")
    }

    static func missingReplicate(column: String, rows: [Int]) -> Problem {
        Problem(
            "design.replicates-missing", .input, what: "A replicate weight is missing in \(rows.count) rows",
            place: Place(rows: rows, column: column), why: "each row needs a number; a missing one is not 0",
            fix: "fill in the rows, or leave the column out and correct the scale")
    }

    static func replicatesWithoutWeight(rows: [Int]) -> Problem {
        Problem(
            "design.replicates-stray", .input, what: "\(rows.count) rows have replicate weights but no weight",
            place: Place(rows: rows), why: "a row of weight 0 is in no estimate, so it cannot be in its variance",
            fix: "correct the weights, or take the rows out of the file")
    }

    static func noReplicateScale() -> Problem {
        Problem(
            "design.replicates-no-scale", .usage, what: "The scale of the replicate weights is not known",
            why: "it depends on how they were made, and a guess would make every standard error wrong",
            fix: "add --replicate-method (jk1, jkn, jk2, brr, fay=0.3, sdr, bootstrap) or --replicate-scale")
    }

    static func twoScales() -> Problem {
        Problem(
            "design.replicates-two-scales", .usage,
            what: "--replicate-method and --replicate-scale do not go together",
            why: "the method gives a scale of its own", fix: "drop one of them")
    }

    static func wrongReplicateScale(_ scale: Double) -> Problem {
        Problem(
            "design.replicates-wrong-scale", .usage,
            what: "A scale of replicates cannot be \(JSONText.shortest(scale))",
            why: "the scale is above 0, and so is at least one scale of a replicate, none below 0",
            fix: "look it up in the documentation of the file")
    }

    static func replicateScaleCount(_ count: Int, columns: Int) -> Problem {
        Problem(
            "design.replicates-scales", .usage, what: "There are \(count) scales for \(columns) replicates",
            why: "each replicate has one scale", fix: "write one number a line, in the order of the columns")
    }

    static func noStratumScales() -> Problem {
        Problem(
            "design.replicates-jkn-scales", .usage, what: "Given weights of jkn need a scale for each replicate",
            why: "it is (n − 1)/n of the stratum of the PSU left out, which the columns do not name",
            fix: "add --replicate-rscales FILE with one number a line")
    }
}
