internal import SurveyEstimation
internal import SurveyProblems
internal import SurveyStore
internal import SurveyStudy

/// How `change` compares two samples, from its options and from what a study says of its waves.
struct ChangeRules {
    let estimation: EstimationOptions
    let overlap: Change.Overlap
    let degreesOfFreedom: Change.DegreesOfFreedom
    /// For every figure, or for shares only where it comes from the study.
    let precision: Double?
    let sharePrecision: Double?
    /// True if equal labels are the same PSUs because the user says so.
    let isByWord: Bool

    /// What a study says of the changes between its waves.
    struct Study {
        let sharesPSUs: Bool
        let precision: Double?

        /// What the study of two waves says under `change:`; nil for waves of two files, and where it says nothing.
        static func of(_ operands: [String]) throws(Problem) -> Study? {
            var paths: [String] = []
            for operand in operands {
                guard case .study(let path, _) = try SourceReference(operand) else { return nil }
                paths.append(path)
            }
            guard Set(paths).count == 1, let document = try StudyFile(reading: paths[0]).documents().first,
                let plan = try LoadedStudy.specification(in: document).change
            else { return nil }
            return Study(sharesPSUs: plan.overlap != .independent, precision: plan.precision)
        }
    }

    init(_ call: Call, study: Study?) throws(Problem) {
        var estimation = try DesignOptions.rules(call, allowsSatterthwaite: true)
        estimation.keepsInfluences = true
        self.estimation = estimation
        let isShared = call.has("shared-psu") || study?.sharesPSUs == true
        let wanted = try call.choice("overlap", of: Change.Overlap.self)
        if let wanted, wanted != .independent, !isShared { throw .overlapWithoutSharedPSU(wanted) }
        overlap = wanted ?? (isShared ? .exact : .independent)
        isByWord = call.has("shared-psu") && study?.sharesPSUs != true && overlap != .independent
        degreesOfFreedom =
            call.value("df") == "satterthwaite" ? .satterthwaite : Change.DegreesOfFreedom(estimation.degreesOfFreedom)
        precision = try call.number("precision")
        sharePrecision = study?.precision
    }

    func precision(of statistic: StatisticKind) -> Double? {
        precision ?? (statistic.isShare ? sharePrecision : nil)
    }
}

extension Problem {
    static func overlapWithoutSharedPSU(_ overlap: Change.Overlap) -> Problem {
        Problem(
            "command.overlap-without-shared-psu", .usage,
            what: "--overlap \(overlap.rawValue) needs to know that PSUs are shared",
            why: "equal labels are the same PSUs only where --shared-psu or the study says so",
            fix: "add --shared-psu, or drop --overlap")
    }
}
