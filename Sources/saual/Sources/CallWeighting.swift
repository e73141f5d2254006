internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveyStore
internal import SurveyWeighting

/// Weighting in the call that estimates: the variance knows of it.
struct CallWeighting {
    let method: Calibration.Method
    let targets: WeightingTargets
    /// The SHA-256 of the targets file: other targets are other numbers.
    let sha256: String
    private let rule: RakingRule
    /// The rules of a general calibration.
    let general: GeneralCalibration

    /// The largest targets file.
    private static let mostBytes = 64 << 20

    static let options: [Option] =
        [
            .value(
                "rake", "TARGETS.csv",
                Phrase(
                    "fit the weights to the totals of several margins first; the variance takes it into account",
                    ru: "сначала подогнать веса к итогам нескольких разбивок; дисперсия это учитывает",
                    kk: "алдымен салмақтарды бірнеше бөлініс қорытындысына келтіру; дисперсия оны ескереді")),
            .value(
                "poststratify", "TARGETS.csv",
                Phrase(
                    "the same with the totals of one margin", ru: "то же с итогами одной разбивки",
                    kk: "дәл сол, бір бөліністің қорытындысымен")),
        ] + GeneralCalibration.options

    /// Reads the targets that a call names, with everything that is wrong in them; no value if it names none.
    static func read(_ call: Call) throws(Problem) -> Checked<CallWeighting> {
        for (option, needs) in GeneralCalibration.companions where call.has(option) && !needs.contains(where: call.has)
        {
            throw .alone(option, needs: needs.map { "--\($0)" })
        }
        let named = ["rake", "poststratify", "calibrate"].filter(call.has)
        guard let name = named.first, let path = call.value(name) else { return Checked(value: nil, problems: []) }
        guard named.count == 1 else { throw .rakeAndPoststratify(named.map { "--\($0)" }) }
        // Read once: a pipe gives its bytes to the first reader only.
        let bytes = try InputFile.bytes(of: path, limit: mostBytes)
        let read = TargetsReader.read(bytes, file: path)
        guard let targets = read.value else { return Checked(value: nil, problems: read.problems) }
        let weighting = CallWeighting(
            method: name == "rake" ? .rake : name == "calibrate" ? .calibrate : .poststratify, targets: targets,
            sha256: try SHA256.hex(of: bytes),
            rule: call.value("conform") == "r-survey-4.1" ? .cells(epsilon: 1, sweeps: 10) : .standard,
            general: try GeneralCalibration(call))
        return Checked(value: weighting, problems: read.problems)
    }

    /// The sample with fitted weights, and what is wrong with the fit.
    func fitted(_ source: AnalysisSource) throws(Problem) -> Checked<SampleDesign> {
        let base = try source.sample()
        var variables: [WeightingVariable] = []
        for name in targets.variables {
            variables.append(try WeightingVariable(try source.answers(name), questionnaire: source.questionnaire))
        }
        let fit: Checked<Calibration.Fit>
        if method == .calibrate {
            var columns: [Column] = []
            for name in (targets.numericVariables + [general.cost].compactMap { $0 }).uniqued {
                columns.append(try source.number(name))
            }
            if let cluster = general.cluster, !columns.contains(where: { $0.name == cluster }) {
                columns.append(try source.plain(cluster))
            }
            fit = general.fitted(base.weightOfRow, to: targets, variables: variables, columns: columns)
        } else {
            fit = Calibration(method: method, rule: rule).fitted(base.weightOfRow, to: targets, variables: variables)
        }
        guard let made = fit.value else { return Checked(value: nil, problems: fit.problems) }
        let sample = try SampleDesign(
            source.design, table: source.designTable, weights: made.weights,
            calibration: CalibrationRecord(
                steps: (base.calibration?.steps ?? []) + [made.step], adjustments: base.calibration?.adjustments ?? []))
        return Checked(value: sample, problems: fit.problems)
    }
}

extension Problem {
    static func rakeAndPoststratify(_ options: [String]) -> Problem {
        Problem(
            "command.rake-and-poststratify", .usage, what: "\(list: options) do not go together here",
            why: "one call fits the weights once; steps one after the other belong in a recipe",
            fix: "drop one of them")
    }
}
