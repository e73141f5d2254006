public import SurveyProblems

extension DesignSpecification {
    /// What the design says beyond strata, PSUs, fpc and weight of one stage, as fields of a JSON result.
    ///
    /// Only what was said is here: a design of one stage has no details.
    public var details: [(String, JSONText)] {
        func list(_ names: [String]) -> JSONText { .array(names.map { .string($0) }) }
        var fields: [(String, JSONText)] = []
        if !laterStages.isEmpty {
            let stages = laterStages.map { stage in
                JSONText.object([
                    ("strata", list(stage.strata)), ("units", list(stage.units)),
                    ("fpc", stage.fpc.map { .string($0) } ?? .null),
                ])
            }
            fields.append(("later_stages", .array(stages)))
        }
        if stages != .all { fields.append(("stages", .string(stages.rawValue))) }
        if !usesPopulations { fields.append(("uses_fpc", .bool(false))) }
        if !probabilities.isEmpty { fields.append(("probability", list(probabilities))) }
        if pps != .none {
            fields.append(("pps", .string(pps.rawValue)))
            if pps.isPairwise { fields.append(("pps_variance", .string(ppsVariance.rawValue))) }
            if let sum = sumSquaredProbabilities { fields.append(("sum_pi2", .number(sum))) }
            if let jointFile { fields.append(("joint", .string(jointFile))) }
            if dropsSmallDeltas { fields.append(("drops_small_deltas", .bool(true))) }
        }
        if let collapseBy { fields.append(("collapse_by", .string(collapseBy))) }
        if ignoresRecord { fields.append(("record", .string("ignore"))) }
        if let two = twoPhase {
            fields.append(
                (
                    "second_phase",
                    .object([
                        ("subset", .string(two.subset)), ("strata", list(two.strata)), ("units", list(two.units)),
                        ("fpc", two.fpc.map { .string($0) } ?? .null), ("method", .string(two.method.rawValue)),
                    ])
                ))
        }
        return fields
    }

    /// The design with other names for its columns.
    public func renamed(_ name: (String) -> String) -> DesignSpecification {
        var design = self
        design.strata = strata.map(name)
        design.psu = psu.map(name)
        design.weight = weight.map(name)
        design.fpc = fpc.map(name)
        design.laterStages = laterStages.map { stage in
            LaterStage(strata: stage.strata.map(name), units: stage.units.map(name), fpc: stage.fpc.map(name))
        }
        design.probabilities = probabilities.map(name)
        design.collapseBy = collapseBy.map(name)
        design.twoPhase = twoPhase.map { two in
            TwoPhase(
                subset: name(two.subset), strata: two.strata.map(name), units: two.units.map(name),
                fpc: two.fpc.map(name), method: two.method)
        }
        if case .given(var given)? = replicates?.source {
            given.names = given.names.map(name)
            design.replicates?.source = .given(given)
        }
        return design
    }
}
