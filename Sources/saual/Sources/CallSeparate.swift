internal import SurveyEstimation
internal import SurveyProblems
internal import SurveyStore
internal import SurveyWeighting

/// The totals by stratum with which a call estimates a total by separate ratios.
struct CallSeparate {
    let numerator: String
    let denominator: String
    let variable: String
    let totals: [String: Double]
    /// The SHA-256 of the file: other totals give other numbers.
    let sha256: String

    static let options: [Option] = [
        .value(
            "separate", "TOTALS.csv",
            Phrase(
                "with one --ratio A/B: its ratio in each stratum, and the total of A from these totals of B",
                ru: "с одним --ratio A/B: отношение в каждой страте и сумма A по этим суммам B",
                kk: "бір --ratio A/B болғанда: әр стратадағы қатынас және B-нің осы қосындылары бойынша A қосындысы"))
    ]

    /// Reads the totals, with everything that is wrong in them; no value if the call names none.
    static func read(_ call: Call, _ request: StatisticsRequest) throws(Problem) -> Checked<CallSeparate> {
        guard let path = call.value("separate") else { return Checked(value: nil, problems: []) }
        let others = ["by", "no-total", "covariance", "contrast", "standardize"]
        if let option = others.first(where: call.has) { throw .separateAlone("--\(option)") }
        guard request.statistics.count == 1, case .ratio(let numerator, let denominator) = request.statistics[0] else {
            throw .separateOfOneRatio()
        }
        let bytes = try InputFile.bytes(of: path, limit: 64 << 20)
        let read = TargetsReader.read(bytes, file: path)
        guard let targets = read.value else { return Checked(value: nil, problems: read.problems) }
        guard targets.margins.count == 1, targets.numericTotals.isEmpty, targets.margins[0].variables.count == 1 else {
            let found = targets.margins.map(\.label) + targets.numericTotals.map(\.variable)
            return Checked(value: nil, problems: read.problems + [.separateFile(found, file: path)])
        }
        let categories = targets.margins[0].categories.map { ($0.codes.first ?? "", $0.total) }
        return Checked(
            value: CallSeparate(
                numerator: numerator, denominator: denominator, variable: targets.margins[0].variables[0],
                totals: Dictionary(categories, uniquingKeysWith: { first, _ in first }),
                sha256: try SHA256.hex(of: bytes)
            ), problems: read.problems)
    }

    /// The ratio of each stratum, and the total that they make.
    func computed(_ estimation: Estimation, _ source: AnalysisSource) throws(Problem) -> EstimationResult {
        let found = try estimation.separateRatio(
            of: try source.number(numerator), to: try source.number(denominator), in: try source.groups(variable),
            totals: totals, where: source.domain)
        return EstimationResult(rows: found.ratios + [found.total], cautions: found.cautions)
    }
}

extension Problem {
    /// An option that asks for other rows than a separate ratio has.
    static func separateAlone(_ option: String) -> Problem {
        Problem(
            "command.separate-alone", .usage, what: "\(option) does not go with --separate",
            why: "a separate ratio has one row a stratum and one total, and no other groups", fix: "drop one of the two"
        )
    }

    /// Something else than one ratio.
    static func separateOfOneRatio() -> Problem {
        Problem(
            "command.separate-of-one-ratio", .usage, what: "--separate goes with one --ratio and nothing else",
            why: "its totals are those of the denominator of that ratio",
            fix: "ask for one --ratio A/B, and for other statistics in a call of their own")
    }

    /// A file of totals of something else than the strata.
    static func separateFile(_ found: [String], file: String) -> Problem {
        Problem(
            "command.separate-file", .input, what: "The totals of --separate are not those of one variable",
            place: Place(file: file),
            why:
                "each row gives the total of the denominator in one stratum, all of one variable; found \(list: found)",
            fix: "write rows of one variable: variable,category,total")
    }
}
