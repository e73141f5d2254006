import Foundation
import SurveyTestSupport
import Testing

/// Samples of three stages from a frame to estimates and studies.
struct SampleStagesTests {
    /// Two regions of 10 districts of 3 to 6 villages of 4 to 12 households, with the money of each.
    private static func frame(_ folder: TemporaryFolder) throws {
        var text = "household,region,district,village,money\n"
        var number = 0
        for district in 0..<20 {
            for village in 0..<(3 + district % 4) {
                for _ in 0..<(4 + (district * 3 + village * 5) % 9) {
                    text += "h\(number),\(district < 10 ? "01" : "02"),d\(district),v\(village)"
                    text += ",\(20 + (number * 37 + district * 11) % 97)\n"
                    number += 1
                }
            }
        }
        try folder.write(text, to: "frame.csv")
    }

    private static let draw =
        "sample draw frame.csv --strata region --psu district,village --n 8 --take 2,3 --seed 2026 -o sample.csv"

    private func sample(_ line: String) throws -> (folder: TemporaryFolder, json: JSONTree) {
        let folder = try TemporaryFolder()
        try Self.frame(folder)
        let drawn = try folder.saual("\(line) --format json")
        #expect(drawn.status == 0, "\(drawn.errors)")
        return (folder, try JSONDecoder().decode(JSONTree.self, from: Data(drawn.output.utf8)))
    }

    private func total(_ folder: TemporaryFolder, _ source: String, _ options: String) throws -> (Double, Double) {
        let found = try folder.saual("estimate \(source) \(options) --total money --format json")
        #expect(found.status == 0, "\(found.errors)")
        let result = try JSONDecoder().decode(JSONTree.self, from: Data(found.output.utf8))
        #expect(result["cautions"].array.isEmpty, "\(found.output)")
        let row = result["rows"][0]
        return (try #require(row["estimate"].double), try #require(row["se"].double))
    }

    private struct Row {
        let stratum, district, village: String
        let units: [Double]
        let money: Double
    }

    private func rows(_ folder: TemporaryFolder) throws -> [Row] {
        let table = CSVTable(try folder.text(of: "sample.csv"))
        func column(_ name: String) throws -> [String] { try #require(table.column(name)) }
        func numbers(_ name: String) throws -> [Double] { try column(name).map { try #require(Double($0)) } }
        let (strata, districts, villages) = (
            try column("sample_stratum"), try column("sample_psu"), try column("sample_psu_2")
        )
        let sizes = try ["sample_fpc", "sample_fpc_2", "sample_fpc_3"].map(numbers)
        let money = try numbers("money")
        return money.indices.map { row in
            Row(
                stratum: strata[row], district: districts[row], village: villages[row],
                units: sizes.map { $0[row] }, money: money[row])
        }
    }

    /// Total and variance of one unit's parts: N/n Σ t, N²(1 − n/N) s²/n + N/n Σ v (Cochran 1977, chapter 10).
    private func stage(_ parts: [(total: Double, variance: Double)], of population: Double) -> (Double, Double) {
        let n = Double(parts.count)
        let mean = parts.reduce(0) { $0 + $1.total } / n
        let spread = parts.reduce(0) { $0 + ($1.total - mean) * ($1.total - mean) } / (n - 1)
        let own = population * population * (1 - n / population) * spread / n
        return (population * mean, own + population / n * parts.reduce(0) { $0 + $1.variance })
    }

    @Test func `three stages are drawn, and estimated by the formula of three stages`() throws {
        let (folder, json) = try sample(Self.draw)
        #expect(json["take"].array.compactMap(\.double) == [2, 3])
        let rows = try rows(folder)
        #expect(rows.count == 8 * 2 * 3)
        var (total, variance) = (0.0, 0.0)
        for stratum in Dictionary(grouping: rows, by: \.stratum).values {
            let districts = Dictionary(grouping: stratum, by: \.district).values.map { district in
                let villages = Dictionary(grouping: district, by: \.village).values.map { village in
                    stage(village.map { ($0.money, 0) }, of: village[0].units[2])
                }
                return stage(villages.map { (total: $0.0, variance: $0.1) }, of: district[0].units[1])
            }
            let whole = stage(districts.map { (total: $0.0, variance: $0.1) }, of: stratum[0].units[0])
            (total, variance) = (total + whole.0, variance + whole.1)
        }
        let options = try #require(json["estimate"].string)
        #expect(options.contains("--psu sample_psu,sample_psu_2,sample_unit"))
        let found = try self.total(folder, "sample.csv", options)
        #expect(isClose(found.0, total) && isClose(found.1, variance.squareRoot()))
        // The weight is known to be fitted to nothing: no caution, neither beside the file nor in a study.
        #expect(json["columns"].array.count == 11 && folder.has("sample.csv.calibration.json"))
        // Straight into a study file, and computed from there.
        #expect(try folder.saual("import sample.csv --study s.saual --wave w --quiet").status == 0)
        let kept = try self.total(folder, "s.saual:w", options)
        #expect(isClose(kept.0, total) && isClose(kept.1, variance.squareRoot()))
        // The probabilities make the base weight of a recipe.
        let weighted = try folder.saual(
            "weight s.saual:w --probability sample_probability,sample_probability_2,sample_probability_3 --name base "
                + "--format json")
        #expect(weighted.status == 0, "\(weighted.errors)")
        let again = try self.total(
            folder, "s.saual:w", options.replacing("--weight sample_weight", with: "--weight base"))
        #expect(isClose(again.0, total) && isClose(again.1, variance.squareRoot()))
    }

    @Test func `a study runs with the design that the draw prints`() throws {
        let (folder, json) = try sample(Self.draw)
        let questions = try #require(json["questions"].string)
        try folder.write(
            """
            saual: questionnaire/1
            id: drawn
            version: "1"
            title: {en: "Drawn"}
            languages: [en]
            questions:
              - {id: money, type: number, text: {en: "Money"}}

            """ + questions.split(separator: "\n").map { "  \($0)\n" }.joined(), to: "q.yaml")
        let design = try #require(json["design"].string)
        try folder.write(
            """
            saual: study/1
            id: drawn
            title: {en: "Drawn"}
            languages: [en]
            waves: [{id: w, file: sample.csv, questionnaire: q.yaml}]
            \(design)indicators: [i.yaml]
            publication: {minimum base: 5, low base: 5, minimum psus: 2}
            """ + "\n", to: "study.yaml")
        try folder.write(
            """
            saual: indicators/1
            indicators:
              - {id: money, version: 1, name: {en: "Money"}, mean: money, unit: tenge, base: everyone}
            """ + "\n", to: "i.yaml")
        let run = try folder.saual("run study.yaml")
        #expect(run.status == 0, "\(run.errors)")
        let figures = try folder.saual("indicators drawn.saual --format json")
        let row = try JSONDecoder().decode(JSONTree.self, from: Data(figures.output.utf8))["rows"][0]
        let options = try #require(json["estimate"].string)
        let direct = try folder.saual("estimate sample.csv \(options) --mean money --format json")
        let expected = try JSONDecoder().decode(JSONTree.self, from: Data(direct.output.utf8))["rows"][0]
        #expect(isClose(row["estimate"].double ?? 0, expected["estimate"].double ?? -1))
        #expect(isClose(row["se"].double ?? 0, expected["se"].double ?? -1))
    }

    @Test func `by size, and with villages drawn whole, the printed options are read too`() throws {
        for (line, columns) in [
            (
                "sample draw frame.csv --strata region --psu district,village --method sampford --n 8 --take 2,3 --seed 4 "
                    + "--second-method systematic,srs -o sample.csv",
                ["sample_psu", "sample_psu_2", "sample_unit", "sample_probability_3"]
            ),
            (
                "sample draw frame.csv --strata region --psu district,village --n 8 --take 2 --seed 4 -o sample.csv",
                ["sample_psu_2", "sample_fpc_2"]
            ),
        ] {
            let (folder, json) = try sample(line)
            let table = CSVTable(try folder.text(of: "sample.csv"))
            for column in columns { #expect(table.header.contains(column)) }
            let found = try total(folder, "sample.csv", try #require(json["estimate"].string))
            #expect(found.0 > 0 && found.1 > 0)
            let weights = try #require(table.column("sample_weight")).compactMap { Double($0) }
            let money = try #require(table.column("money")).compactMap { Double($0) }
            #expect(isClose(found.0, zip(weights, money).reduce(0) { $0 + $1.0 * $1.1 }))
        }
    }

    @Test func `stages that do not fit together are refused, with nothing written`() throws {
        let folder = try TemporaryFolder()
        try Self.frame(folder)
        let draw = "sample draw frame.csv --n 4 --seed 1 -o sample.csv"
        for (options, words) in [
            ("--psu district,village", "do not fit together"), ("--psu district --take 2,3", "do not fit together"),
            ("--psu district,village --take 2,3,4", "do not fit together"),
            ("--psu district,village --take 2,x", "\"2,x\""),
            ("--psu district,village --take 2,0", "outside its range"),
            ("--psu district --take 2 --second-method brewer", "brewer"),
            ("--psu district --take 2 --second-method srs,srs", "do not fit together"), ("--take 2,3", "--psu"),
        ] {
            let found = try folder.saual("\(draw) \(options)")
            #expect(found.status != 0 && found.errors.contains(words), "\(options): \(found.errors)")
            #expect(!folder.has("sample.csv"))
        }
    }

    @Test func `Brewer's pairs are written, and give the errors of Sen, Yates and Grundy`() throws {
        let folder = try TemporaryFolder()
        try Self.frame(folder)
        // 20 districts of unequal size; four of ten in each region.
        let drawn = try folder.saual(
            "sample draw frame.csv --strata region --psu district --method brewer --n 8 --joint pairs.csv --seed 5 "
                + "-o sample.csv --format json")
        #expect(drawn.status == 0, "\(drawn.errors)")
        let json = try JSONDecoder().decode(JSONTree.self, from: Data(drawn.output.utf8))
        let table = CSVTable(try folder.text(of: "sample.csv"))
        let (districts, money) = (
            try #require(table.column("sample_psu")), try #require(table.column("money")).compactMap { Double($0) }
        )
        let probabilities = try #require(table.column("sample_probability")).compactMap { Double($0) }
        var (order, sums, own): ([String], [String: Double], [String: Double]) = ([], [:], [:])
        for row in money.indices {
            if sums[districts[row]] == nil { order.append(districts[row]) }
            sums[districts[row], default: 0] += money[row] / probabilities[row]
            own[districts[row]] = probabilities[row]
        }
        let pairs = try folder.text(of: "pairs.csv").split(separator: "\n").map {
            $0.split(separator: ",").compactMap { Double($0) }
        }
        #expect(pairs.count == 8 && order.count == 8)
        var variance = 0.0
        for (row, one) in order.enumerated() {
            for (column, two) in order.enumerated() where row < column {
                let difference = (sums[one] ?? 0) - (sums[two] ?? 0)
                let product = (own[one] ?? 0) * (own[two] ?? 0)
                variance += (product - pairs[row][column]) / pairs[row][column] * difference * difference
            }
        }
        let options = try #require(json["estimate"].string)
        let found = try total(folder, "sample.csv", "\(options) --pps-variance yates-grundy")
        #expect(isClose(found.1, variance.squareRoot()))
    }
}
