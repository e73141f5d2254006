internal import SurveyDesign
internal import SurveyProblems
internal import SurveyWeighting

extension AnalysisSource {
    /// The sample of the source: its design, weights and their calibration.
    func sample() throws(Problem) -> SampleDesign {
        try SampleDesign(design, table: designTable, calibration: calibration)
    }

    /// The design as results name it.
    func json(of sample: SampleDesign) -> JSONText {
        let names = design
        func list(_ names: [String]) -> JSONText { .array(names.map { .string($0) }) }
        var fields: [(String, JSONText)] = [("strata", list(names.strata)), ("psu", list(names.psu))]
        if let fpc = names.fpc { fields.append(("fpc", .string(fpc))) }
        if let weight = names.weight { fields.append(("weight", .string(weight))) }
        fields += [
            ("nest", .bool(names.isNested)), ("lonely_psu", .string(names.lonelyPSU.rawValue)),
            ("n_strata", .integer(sample.strata.count)), ("n_psus", .integer(sample.psuCount)),
            ("df", .integer(sample.degreesOfFreedom)),
            ("sum_weights", .number(sample.sumWeights)),
        ]
        fields += names.details
        if let replicates = sample.replicates { fields.append(("replicates", replicates.json)) }
        if let record = sample.calibration, !record.steps.isEmpty {
            fields.append(
                (
                    "calibration",
                    .array(
                        record.steps.map { step in
                            .object([
                                ("method", .string(step.method.rawValue)), ("margins", .array(step.margins.map(list))),
                            ])
                        })
                ))
        }
        return .object(fields)
    }
}
