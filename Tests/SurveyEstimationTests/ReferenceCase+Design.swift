import Foundation
import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import Testing

extension ReferenceCase {
    /// What the design of a case says, in the words of a specification; R's rule `adjust` centres on 0.
    func specification() throws -> DesignSpecification {
        let lonely = design["lonely_psu"].string ?? "fail"
        var specification = DesignSpecification(
            strata: Array(design["strata"].strings.prefix(1)), psu: Array(design["ids"].strings.prefix(1)),
            fpc: design["fpc"].strings.first, weight: design["weights"].string,
            isNested: design["nest"].bool ?? false,
            lonelyPSU: lonely == "adjust" ? .adjustZero : try #require(LonelyPSU(named: lonely)))
        let stages = max(design["ids"].strings.count, design["strata"].strings.count, design["fpc"].strings.count)
        func name(_ key: String, _ stage: Int) -> String? {
            stage < design[key].strings.count ? design[key].strings[stage] : nil
        }
        if stages > 1 {
            specification.laterStages = (1..<stages).map { stage in
                LaterStage(
                    strata: [name("strata", stage)].compactMap { $0 }, units: [name("ids", stage)].compactMap { $0 },
                    fpc: name("fpc", stage))
            }
        }
        specification.stages = design["ultimate_cluster"].bool == true ? .first : .all
        specification.probabilities = design["probs"].strings + [design["probs"].string].compactMap { $0 }
        if let method = design["pps"]["method"].string {
            specification.pps = try #require(PPSMethod(rawValue: method == "hr" ? "hartley-rao" : method))
            specification.ppsVariance = design["pps"]["variance"].string == "YG" ? .yatesGrundy : .horvitzThompson
            // The collection gives the sum of squares over n, and the probabilities as fpc.
            specification.sumSquaredProbabilities = design["pps"]["sum_pi2"].double.map {
                $0 * Double(data.table.rowCount)
            }
            specification.dropsSmallDeltas = true
            specification.joint = try joint()
            specification.probabilities = design["fpc"].strings
            specification.fpc = nil
            for stage in specification.laterStages.indices { specification.laterStages[stage].fpc = nil }
        }
        if design["two_phase"] != .null {
            let two = design["two_phase"]
            let (strata, ids, fpc) = (two["strata"].array, two["ids"].array, two["fpc"].array)
            specification.strata = strata.first?.strings ?? []
            specification.psu = ids.first?.strings ?? []
            specification.fpc = fpc.first?.strings.first
            specification.twoPhase = TwoPhase(
                subset: two["subset"].string ?? "", strata: strata.last?.strings ?? [],
                units: ids.last?.strings ?? [], fpc: fpc.count > 1 ? fpc[1].strings.first : nil,
                method: try #require(TwoPhase.Method(rawValue: two["method"].string ?? "full")))
        }
        return specification
    }

    /// The joint probabilities of the case, from their own table.
    func joint() throws -> JointProbabilities? {
        guard let name = design["pps"]["joint"].string else { return nil }
        let csv = try ReferenceFolder.csv(folder.appendingPathComponent("data/" + name + ".csv"))
        return try JointProbabilities(csv.rows.map { row in row.map { Double($0) ?? .nan } })
    }

    /// The sample without its weighting steps.
    func drawnSample() throws -> SampleDesign {
        design["replicates"] == .null
            ? try SampleDesign(specification(), table: data.table) : try replicatedSample()
    }
}
