import SurveyData
import SurveyEstimation
import SurveyTestSupport

extension ReferenceKind {
    /// The difference of two independent samples: V1 + V2, with a normal interval.
    static func waveDifference(_ reference: ReferenceCase) throws -> [String] {
        let sides = try ["wave1", "wave2"].enumerated().map { position, wave in
            let data = try ReferenceData(
                reference.json["dataset"].strings[position], file: reference.json["dataset_file"].strings[position],
                folder: reference.folder)
            let own = ReferenceCase(
                json: .object([
                    "design": reference.design[wave], "statistic": reference.statistic[wave],
                ]), data: data, folder: reference.folder)
            var options = own.options()
            options.degreesOfFreedom = .infinite
            options.keepsInfluences = true
            return ChangeSide(try own.estimates(of: own.statistic, options: options), row: 0)
        }
        let change = try Change.between(sides[0], sides[1], overlap: .independent, degreesOfFreedom: .infinite)
        var compare = Comparison(tolerance: reference.tolerance)
        let expected = reference.expected
        compare(change.difference, expected["estimate"][0], "difference")
        compare(change.standardError, expected["se"][0], "se")
        compare(change.low, expected["ci_normal"]["lower"][0], "low")
        compare(change.high, expected["ci_normal"]["upper"][0], "high")
        return compare.mismatches
    }
}
