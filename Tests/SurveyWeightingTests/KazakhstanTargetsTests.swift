import Foundation
import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveyWeighting

/// The ready targets of Questionnaires/geography/targets.
struct KazakhstanTargetsTests {
    private static let folder = ReferenceFolder.url.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Questionnaires/geography")

    @Test(arguments: [
        ("region-sex-settlement-2023-borders-2022.csv", 20), ("region-sex-settlement-2023-borders-2018.csv", 17),
        ("margins-2023-borders-2022.csv", 20), ("margins-2023-borders-2018.csv", 17),
    ]) func `ready targets add up to the country, and their regions are those of the answer list`(
        file: String, regions: Int
    ) throws {
        let path = Self.folder.appendingPathComponent("targets/\(file)").path
        let targets = try TargetsReader.read(path).get()
        // First release of the Bureau of National Statistics for 1 January 2023.
        for margin in targets.margins { #expect(margin.total == 19_765_004) }
        let found = Set(targets.margins.flatMap { $0.categories.map { $0.codes[0] } })
        #expect(found.count == regions)
        let list = try String(contentsOf: Self.folder.appendingPathComponent("regions.yaml"), encoding: .utf8)
        for code in found { #expect(list.contains("    \"\(code)\": {"), "\(code)") }
    }

    @Test func `a sample of all regions is raked to both margins`() throws {
        let path = Self.folder.appendingPathComponent("targets/margins-2023-borders-2022.csv").path
        let targets = try TargetsReader.read(path).get()
        var rows: [[String]] = []
        for category in targets.margins[0].categories {
            for sex in ["1", "2"] { rows.append([category.codes[0], category.codes[1], sex]) }
        }
        let columns = ["region", "settlement", "sex"].enumerated().map { place, name in
            Column(name, rows.map { $0[place] })
        }
        let fit = try Calibration(method: .rake).fitted(
            [Double](repeating: 1, count: rows.count), to: targets, variables: columns.map { try WeightingVariable($0) }
        ).get()
        #expect(isClose(fit.weights.reduce(0, +), 19_765_004))
    }
}
