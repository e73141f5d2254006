import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import Testing

/// A second route to calibrated.json: weights and records made by plain loops, not by the room that fits weights.
struct CalibratedReferenceTests {
    private static let kinds = ["mean", "total", "ratio", "by", "ciprop"]

    @Test func `weights made by plain loops give the variances of R`() throws {
        var run = 0
        for reference in try ReferenceCase.all(of: "calibrated")
        where CalibratedReferenceTests.kinds.contains(reference.statistic["kind"].string ?? "")
            && ReferenceCase.missing(in: reference.design) == nil
            && !reference.design["steps"].array.contains(where: { $0["op"].string == "calibrate" })
        {
            run += 1
            let mismatches = try compare(reference)
            #expect(mismatches.isEmpty, "\(reference.testDescription): \(mismatches.prefix(4))")
        }
        #expect(run == 43)
    }

    private func compare(_ reference: ReferenceCase) throws -> [String] {
        var options = reference.options()
        options.rakeResiduals = .sweeps
        let (expected, statistic) = (reference.expected, reference.statistic)
        let request = try reference.request(statistic)
        let result = try Estimation(design: try reference.calibratedSample(plainly: true), options: options)
            .estimates(
                of: request.measures, by: request.breakdowns, where: try reference.domain())
        var compare = Comparison(tolerance: reference.tolerance)
        let found = result.rows.map { reference.name(of: $0, statistic) }
        for (position, name) in expected["names"].strings.enumerated() {
            guard let at = found.firstIndex(of: name) else { return ["no \(name) in \(found)"] }
            let row = result.rows[at]
            let scale = abs(row.value ?? 0)
            compare(row.value, expected["estimate"][position], name)
            compare(row.standardError, expected["se"][position], name + " se", scale: scale)
            compare(row.degreesOfFreedom, expected["df"], name + " df")
            compare(row.low, expected["ci_t"]["lower"][position], name + " low", scale: scale)
            compare(row.high, expected["ci_t"]["upper"][position], name + " high", scale: scale)
            for (second, other) in expected["names"].strings.enumerated() {
                guard let column = found.firstIndex(of: other) else { continue }
                compare(
                    result.covariance?[at, column], expected["vcov"][position][second], name + " vcov",
                    scale: compare.scale(row) * compare.scale(result.rows[column]))
            }
        }
        return compare.mismatches
    }
}
