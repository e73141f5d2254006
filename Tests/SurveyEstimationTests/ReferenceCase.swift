import Foundation
import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import Testing

/// One reference case, run under the rules of the preset `r-survey-4.1`.
struct ReferenceCase: CustomTestStringConvertible {
    let json: JSONTree
    let data: ReferenceData
    /// The folder that the case's paths start from.
    let folder: URL

    var testDescription: String { json["id"].string ?? "" }
    var design: JSONTree { json["design"] }
    var statistic: JSONTree { json["statistic"] }
    var expected: JSONTree { json["expected"] }
    var tolerance: Double { json["tolerance_rel"].double ?? 1e-9 }

    /// All cases of a file of `Tests/Reference`.
    static func all(of file: String) throws -> [ReferenceCase] {
        try all(of: ReferenceFolder.url.appendingPathComponent(file + ".json"))
    }

    /// All cases of a file; none if the file is not a collection of cases.
    static func all(of file: URL) throws -> [ReferenceCase] {
        let tree = try ReferenceFolder.json(file)
        guard tree["schema"].string == "survey-reference-1" else { return [] }
        let folder = file.deletingLastPathComponent().appendingPathComponent(tree["path_base"].string ?? ".")
        var tables: [String: ReferenceData] = [:]
        return try tree["cases"].array.map { json in
            // A case of two samples reads its own tables.
            let dataset = json["dataset"].string ?? json["dataset"].strings.first ?? ""
            let path = json["dataset_file"].string ?? json["dataset_file"].strings.first ?? ""
            let data = try tables[dataset] ?? ReferenceData(dataset, file: path, folder: folder)
            tables[dataset] = data
            return ReferenceCase(json: json, data: data, folder: folder)
        }
    }

    /// The sample of the case; what has no design here yet is not supported.
    func sample() throws -> SampleDesign {
        if let reason = ReferenceCase.missing(in: design) { throw NotSupported(reason) }
        return design["steps"].array.isEmpty ? try drawnSample() : try calibratedSample(plainly: false)
    }

    /// What a design asks for that cannot be built.
    static func missing(in design: JSONTree) -> String? {
        let known = ["subset", "post_stratify", "rake", "trim", "calibrate", "standardize"]
        return design["steps"].array.compactMap(\.["op"].string).first { !known.contains($0) }
    }

    func options() -> EstimationOptions {
        var options = EstimationOptions()
        options.shareInterval = .mean
        options.complete = .all
        options.keepsCovariance = true
        options.rakeResiduals = .sweeps
        options.replicateRaking = .sweeps
        options.belowFirst = .secondRow
        options.quantileDegreesOfFreedom = .design
        options.quantilesHaveEdges = false
        options.clipsArcsine = false
        options.correlationInterval = .mean
        options.adjustsLonelyDomains = design["adjust_domain_lonely"].bool ?? false
        let isBy = statistic["kind"].string == "by" || statistic["base"]["kind"].string == "by"
        // A total of a factor is our count by its levels: rows of one design.
        let isFactorTotal =
            statistic["kind"].string == "total" && statistic["variables"].strings.contains(where: data.isFactor)
        if isBy || isFactorTotal { options.degreesOfFreedom = .full }
        options.designEffect = statistic["deff"].string == "replace" ? .withReplacement : .withoutReplacement
        if let method = statistic["method"].string {
            options.shareInterval = method == "xlogit" ? .logit : .init(rawValue: method) ?? .mean
        }
        return options
    }

    func domain() throws -> Truth? {
        design["domain"] == .null ? nil : try data.truth(design["domain"])
    }

    func estimates(of statistic: JSONTree, options: EstimationOptions) throws -> EstimationResult {
        let request = try request(statistic)
        return try Estimation(design: try sample(), options: options).estimates(
            of: request.measures, by: request.breakdowns, where: try domain())
    }
}

/// Thrown where a case needs what is not there; such a case is counted, never taken as equal.
struct NotSupported: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
