import Foundation
import SurveyTestSupport
import Testing

/// Steps of `saual weight` besides cells, limits and margins, and what a later call knows of them.
struct WeightStepsTests {
    private func prepared() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try WeightTests.cases(folder)
        try folder.write(WeightTests.targets, to: "targets.csv")
        return folder
    }

    private func json(_ text: String) throws -> JSONTree {
        try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
    }

    private static let outcomes = "--status outcome --status-map aapor"

    @Test func `eligibility, propensity, raking, trimming with margins kept, and scale are one recipe`() throws {
        let folder = try prepared()
        let result = try folder.saual(
            "weight cases.csv --weight w_base --eligibility region --propensity region,psu --classes 4 "
                + "\(Self.outcomes) --rake targets.csv --trim-max 1.8 --trim-of median --keep-margins --scale-to n "
                + "-o out.csv --format json")
        #expect(result.status == 0, "\(result.errors)")
        let report = try json(result.output)
        let steps = report["steps"].array.compactMap { $0["step"].string }
        #expect(steps == ["base", "eligibility", "propensity", "rake", "trim", "scale"])
        #expect(isClose(try #require(report["sum"].double), try #require(report["n"].double)))
        // A later call makes the record again from the sidecar, with both fits.
        let estimate = try json(
            try folder.saual("estimate out.csv --psu psu --weight weight --share contact --format json").output)
        #expect(estimate["design"]["calibration"].array.count == 2)
        #expect(estimate["cautions"].array.isEmpty)
    }

    @Test func `nearest weights are refused, given on request, and stamped in later results`() throws {
        let folder = try prepared()
        try folder.write(
            "variable,category,total\nsex,1,4800\nsex,2,5200\nregion,01,6500\nregion,02,4500\n", to: "apart.csv")
        let line = "weight cases.csv --weight w_base --nonresponse region \(Self.outcomes) --rake apart.csv"
        let refused = try folder.saual(line + " -o out.csv --format json")
        #expect(refused.status == 4 && !folder.has("out.csv"))
        let result = try folder.saual(line + " --when-infeasible nearest -o out.csv --format json")
        #expect(result.status == 0, "\(result.errors)")
        let codes = try json(result.output)["cautions"].array.compactMap { $0["code"].string }
        #expect(codes.contains("weighting.contradicting-sums") && codes.contains("weighting.nearest-weights"))
        let estimate = try folder.saual("estimate out.csv --psu psu --weight weight --share contact --format json")
        #expect(
            try json(estimate.output)["cautions"].array.map { $0["code"].string } == ["weighting.nearest-in-use"])
        #expect(estimate.errors.contains("weighting.nearest-in-use"))
    }

    @Test func `a weight of which nothing tells how it was made draws a caution, unless it is meant so`() throws {
        let folder = try prepared()
        let line = "estimate cases.csv --psu psu --weight w_base --share contact"
        let told = try folder.saual(line)
        #expect(told.status == 0 && told.errors.contains("Nothing tells how the weight \"w_base\" was made"))
        let machine = try json(try folder.saual(line + " --format json").output)
        #expect(machine["cautions"].array.map { $0["code"].string } == ["command.weight-without-record"])
        #expect(try folder.saual(line + " --record ignore").errors.isEmpty)
    }

    @Test func `base weights are made of probabilities and multipliers`() throws {
        let folder = try TemporaryFolder()
        try folder.write("id,p1,p2,adults\na,0.5,0.1,2\nb,0.25,0.2,7\n", to: "drawn.csv")
        let result = try folder.saual(
            "weight drawn.csv --probability p1,p2 --times adults --times-max 4 -o out.csv --format json")
        #expect(result.status == 0, "\(result.errors)")
        #expect(CSVTable(try folder.text(of: "out.csv")).column("weight") == ["40", "80"])
    }

    @Test(arguments: [
        ("--trim-deff 1.3 --trim-max 5", "command.two-trims"), ("--keep-margins", "command.alone"),
        ("--trim-max 5 --keep-margins", "command.alone"), ("--when-infeasible nearest", "command.alone"),
        ("--nonresponse region --propensity region --status outcome", "command.two-responses"),
        ("--rake targets.csv --trim-max 5 --keep-margins --once", "command.once-keeping-margins"),
        ("--propensity region", "command.missing-option"), ("--classes 5", "command.alone"),
        ("--combine region --combine-shares a=0.5", "command.wrong-shares"),
        ("--combine region --overlap both", "command.wrong-overlap"), ("--scale-by region", "command.alone"),
        ("--scale-to 0", "command.not-above-zero"), ("--cluster-targets targets.csv", "command.alone"),
    ]) func `options that do not go together are refused`(options: String, code: String) throws {
        let folder = try prepared()
        let result = try folder.saual("weight cases.csv --weight w_base \(options) -o out.csv --format json")
        #expect(result.status == 2, "\(result.errors)")
        let found = try JSON.lines(result.errors).map { $0["code"] }
        #expect(found == [code])
        #expect(!folder.has("out.csv"))
    }
}
