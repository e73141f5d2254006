import Foundation
import SurveyTestSupport
import Testing

/// The reports of the population survey: numbers held against their JSON, words against their language.
struct PopulationReportTests {
    private func page(_ language: String) throws -> String {
        try String(contentsOfFile: "\(PreparedStudy.populationRun())/results/report-\(language).html", encoding: .utf8)
    }

    private func json() throws -> [String: Any] {
        try JSON.object(
            String(contentsOfFile: "\(PreparedStudy.populationRun())/results/report.json", encoding: .utf8))
    }

    @Test(arguments: ["kk", "ru", "en"])
    func `every number of a table stands in the JSON`(language: String) throws {
        let known = PrintedNumbers(PrintedNumbers.all(in: try json()).map(\.value))
        let cells = TableNumbers(try page(language)).cells
        #expect(cells.count > 10_000)
        for cell in cells where !cell.contains("×") {
            // What others have printed stands as printed, with a date or a year.
            let isForeign = ["2024", "2023"].contains { cell.contains($0) }
            for number in TableNumbers.numbers(in: cell, language: isForeign ? "ru" : language)
            where !known.hold(number) && !(isForeign && ["2024", "2023", "24"].contains(number)) {
                Issue.record("\(number) in \"\(cell)\" is not in the JSON")
            }
        }
    }

    @Test(arguments: ["kk", "en"])
    func `the row of a code prints each number of the figure or the change with that code`(language: String) throws {
        let object = try json()
        var printed: [String: [String]] = [:]
        for row in try page(language).components(separatedBy: "<tr").dropFirst() {
            guard let start = row.range(of: "<td class=\"code\"><code>") else { continue }
            let id = String(row[start.upperBound...].prefix(12))
            let text = row[..<start.lowerBound].replacing(/<[^>]*>/, with: " ")
            printed[id] = TableNumbers.numbers(in: String(text), language: language)
        }
        var compared = 0
        for (list, keys) in [
            ("rows", ["estimate", "ci_low", "ci_high", "n", "n_base", "n_eff", "bound_low", "bound_high"]),
            ("changes", ["from", "to", "difference", "ci_low", "ci_high"]),
        ] {
            for row in try #require(object[list] as? [[String: Any]]) {
                let id = try #require(row["id"] as? String)
                let numbers = try #require(printed[id], "\(id) has no row")
                for key in keys {
                    guard let value = (row[key] as? NSNumber)?.doubleValue else { continue }
                    compared += 1
                    if !PrintedNumbers.print(value, among: numbers) {
                        Issue.record("\(row["indicator"] ?? "") \(id): \(key) \(value) is not among \(numbers)")
                    }
                }
            }
        }
        #expect(compared > 15_000)
    }

    @Test func `what the waves, the field and the plan are told with stands in a table`() throws {
        let object = try json()
        let cells = TableNumbers(try page("en")).cells
        let printed = PrintedNumbers(
            cells.flatMap { TableNumbers.numbers(in: $0, language: "en") }.compactMap(Double.init))
        let waves = try #require(object["waves"] as? [[String: Any]])
        for wave in waves {
            let outcomes = try #require(wave["outcomes"] as? [String: Any])
            let audit = try #require(wave["audit"] as? [String: Any])
            let keys: Set = [
                "issued", "cases", "interviews", "interviewers", "least_interviews", "most_interviews", "duplicates",
                "straight_lines", "suspects", "flagged", "short", "overlapping", "rows_read", "imported", "quarantined",
            ]
            for (key, value) in PrintedNumbers.all(in: [outcomes, audit, wave], keys: keys) {
                #expect(
                    cells.contains { cell in
                        TableNumbers.numbers(in: cell, language: "en").contains { Double($0) == value }
                    }, "\(key) \(value)")
            }
            let rates = try #require(outcomes["rates"] as? [String: Double])
            #expect(rates.count == 16)
            for (name, rate) in rates {
                // One decimal of a percentage.
                #expect(printed.hold(String(format: "%.1f", rate * 100)), "\(name)")
            }
        }
        // Of the 11,900 cases of each wave 7,199 are interviews: data/wave-*.csv, codes 110 and 120.
        #expect(waves.compactMap { $0["interviews"] as? Int } == [7199, 7199])
    }

    @Test func `whoever gave and whoever was only asked add up to the indicator of both`() throws {
        let rows = try JSON.rows(
            String(contentsOfFile: "\(PreparedStudy.populationRun())/results/report.json", encoding: .utf8))
        for wave in ["2022", "2023"] {
            func whole(_ id: String) throws -> Double {
                let row = try #require(rows.first { $0["indicator"] == id && $0["wave"] == wave && $0.by.isEmpty })
                return try #require(row.number("estimate"))
            }
            #expect(abs(try whole("paid") + whole("asked_refused") - whole("sdg_16_5_1")) < 1e-12)
        }
    }

    @Test func `the computed change of the composite stands beside the published one`() throws {
        let changes = try #require(try json()["changes"] as? [[String: Any]])
        let change = try #require(
            changes.first { $0["indicator"] as? String == "personal_contribution" && $0["published"] != nil })
        let published = try #require(change["published"] as? [String: Any])
        #expect(published["printed"] as? String == "+1,1")
        #expect(abs((published["value"] as? Double ?? .nan) - 0.011) < 1e-15)
        // 66.27 less 64.90, as printed to one decimal: +1.4.
        #expect(((change["difference"] as? Double ?? .nan) * 1000).rounded() == 14)
        for language in ["kk", "ru", "en"] { #expect(try page(language).contains("+1,1")) }
    }

    @Test func `experience stands beside perception in each of the twenty regions`() throws {
        let comparison = try #require(try json()["experience_perception"] as? [String: Any])
        let groups = try #require(comparison["groups"] as? [[String: Any]])
        #expect(groups.count == 20)
        let rows = try JSON.rows(
            String(contentsOfFile: "\(PreparedStudy.populationRun())/results/report.json", encoding: .utf8))
        for (figure, id) in [("experience", "sdg_16_5_1"), ("perception", "level_here_high")] {
            let whole = try #require(
                rows.first { $0["indicator"] == id && $0["wave"] == "2023" && $0.by.isEmpty })
            for group in groups {
                let row = try #require(rows.first { $0["id"] == group[figure] as? String })
                let side = group["\(figure)_against_whole"] as? String
                let isAbove = (row.number("ci_low") ?? 0) > (whole.number("ci_high") ?? 1)
                let isBelow = (row.number("ci_high") ?? 1) < (whole.number("ci_low") ?? 0)
                #expect(side == (isAbove ? "above" : isBelow ? "below" : "not-distinguishable"))
            }
        }
        for language in ["kk", "ru", "en"] {
            let text = try page(language)
            #expect(text.contains("id=\"comparison\"") && text.contains("id=\"compared-caption\""))
            #expect(text.components(separatedBy: "<figure>").count > 20)
        }
    }

    @Test(arguments: ["kk", "ru", "en"])
    func `every annex is there, in the words of the language`(language: String) throws {
        let text = try page(language)
        let reader = PageReader(text)
        #expect(reader.isWellFormed && Set(reader.ids).count == reader.ids.count)
        for id in ["questionnaire", "methods", "field", "bases", "provenance"] { #expect(reader.ids.contains(id)) }
        for link in reader.links where link.hasPrefix("#") { #expect(reader.ids.contains(String(link.dropFirst()))) }
        if language == "en" {
            // What was printed in Russian stands as it was printed.
            let words = reader.words.replacing("Не исполнено", with: "").replacing("Исполнено", with: "")
            let foreign = words.split(whereSeparator: \.isWhitespace).filter { word in
                word.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
            }
            #expect(foreign.isEmpty, "\(Set(foreign))")
        } else {
            let latin = reader.words.split { !($0.isASCII && $0.isLetter) }.filter {
                // A base says its condition as the study has it; 1424 is called by its official name, Call-центр.
                $0.count > 1 && !["SHA", "II", "III", "contact", "Call"].contains($0)
            }
            #expect(latin.isEmpty, "\(Set(latin))")
        }
        #expect(text.utf8.count < 6_000_000)
        for sign in ["http:", "https:", "<img", "<iframe", "@import", "javascript:"] {
            #expect(!text.replacing("http://www.w3.org/2000/svg", with: "").contains(sign), "\(sign)")
        }
    }
}
