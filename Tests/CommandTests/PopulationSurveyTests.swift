import Foundation
import SurveyTestSupport
import Testing

/// The synthetic study of `Datasets/culture-and-intolerance`: weighted results against the published national figures.
struct PopulationSurveyTests {
    /// Figures as printed by the national SDG platform (stored 2024-10-24) and the report on the Action plan of 2023;
    /// the waves were made to meet them, by weights computed a second time in make.py.
    private static let published: [(indicator: String, wave: String, percent: Double, decimals: Int)] = [
        ("sdg_16_5_1", "2022", 30.0, 1), ("sdg_16_5_1", "2023", 28.2, 1), ("ready_to_take_part", "2023", 78.1, 1),
        ("firm_refusal", "2023", 42, 0), ("ready_to_report", "2023", 78.7, 1),
        ("personal_contribution", "2022", 64.9, 1), ("personal_contribution", "2023", 66, 0),
        ("place[1]", "2023", 31.3, 1), ("place[2]", "2023", 25.3, 1), ("place[3]", "2023", 23.7, 2),
        ("place[4]", "2023", 22.8, 1), ("cause[1]", "2023", 53.2, 1), ("cause[2]", "2023", 52.5, 1),
        ("cause[3]", "2023", 41.9, 1), ("cause[4]", "2023", 21.3, 1), ("cause[5]", "2023", 18.6, 1),
        ("aware[1]", "2023", 60, 0), ("aware[2]", "2023", 44, 0), ("aware[3]", "2023", 39, 0),
    ]

    @Test func `the weighted figures meet the published ones, and the composite rises by 1.4 points`() throws {
        let study = try PreparedStudy.populationRun()
        let text = try String(contentsOfFile: "\(study)/results/report.json", encoding: .utf8)
        let whole = try JSON.rows(text).filter { $0.by.isEmpty }
        for expected in PopulationSurveyTests.published {
            let row = try #require(
                whole.first { $0["indicator"] == expected.indicator && $0["wave"] == expected.wave })
            let scale = pow(10, Double(expected.decimals))
            let printed = ((row.number("estimate") ?? .nan) * 100 * scale).rounded() / scale
            #expect(abs(printed - expected.percent) < 1e-9, "\(expected.indicator) \(expected.wave): \(printed)")
            #expect((row.number("se") ?? 0) > 0 && (row.number("n_base") ?? 0) > 6000)
        }
        let asked = "--indicator sdg_16_5_1 --wave 2023 --format json --quiet"
        let sdg = try #require(
            try JSON.rows(
                try Saual.bash("saual indicators culture-and-intolerance.saual \(asked)", in: study).output
            ).first { $0.by.isEmpty })
        #expect(sdg["status"] == "reached" && sdg["evidence"] == "not-distinguishable")
        let parts = try [("2022", -1.0), ("2023", 1.0)].map { wave, sign in
            let row = try #require(whole.first { $0["indicator"] == "personal_contribution" && $0["wave"] == wave })
            return sign * (row.number("estimate") ?? .nan)
        }
        #expect((parts.reduce(0, +) * 1000).rounded() == 14)
    }

    @Test func `a wave in another encoding and with another delimiter gives the same study`() throws {
        let folder = try PreparedStudy.population()
        let study = "\(folder.path)/\(PreparedStudy.populationFolder)"
        let data = URL(fileURLWithPath: "\(study)/data/wave-2022.csv")
        let text = try #require(String(data: try Data(contentsOf: data), encoding: .windowsCP1251))
        #expect(text.contains("отвечают вежливо"))
        let questions = [
            "describe STUDY:2022 --format json", "indicators STUDY --wave 2022 --format json --quiet",
            "quality STUDY:2022 --pairs within --format csv --quiet",
        ].map { $0.replacing("STUDY", with: "\(study)/culture-and-intolerance.saual") }
        let before = try questions.map { try folder.saual($0).output }

        try Data(PopulationSurveyTests.withCommas(text).utf8).write(to: data)
        let yaml = try folder.text(of: "\(PreparedStudy.populationFolder)/study.yaml")
        let changed = yaml.replacing("encoding: windows-1251\n    delimiter: \";\"", with: "encoding: utf-8")
        #expect(changed != yaml)
        try folder.write(changed, to: "\(PreparedStudy.populationFolder)/study.yaml")
        let run = try folder.saual("run \(study)/study.yaml --quiet")
        #expect(run.status == 0, "\(run.errors)")
        for (question, output) in zip(questions, before) {
            let now = try folder.saual(question).output
            #expect(!output.isEmpty && now == output, "\(question)")
        }
    }

    /// A file of cells between semicolons as one of cells between commas.
    private static func withCommas(_ text: String) -> String {
        var (result, cell, isQuoted) = ([UInt8](), [UInt8](), false)
        func written(_ cell: [UInt8]) -> [UInt8] {
            guard cell.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A }) else { return cell }
            return [0x22] + cell.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
        }
        for byte in text.utf8 {
            switch byte {
            case 0x22: isQuoted.toggle()
            case 0x3B where !isQuoted, 0x0A where !isQuoted:
                result += written(cell) + [byte == 0x0A ? 0x0A : 0x2C]
                cell = []
            default: cell.append(byte)
            }
        }
        return String(decoding: result + written(cell), as: UTF8.self)
    }
}
