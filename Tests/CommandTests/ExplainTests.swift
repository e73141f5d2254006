import Foundation
import Testing
import SurveyTestSupport

/// `saual explain`: where a figure came from, found by its id.
struct ExplainTests {
    @Test func `a figure is explained by formula, base, rows, weight, design, input and versions`() throws {
        let folder = try PreparedStudy.envipe()
        let rows = try JSON.rows(
            folder.saual("indicators envipe-morelos.saual --indicator victim_any --wave 2025 --format json").output)
        let row = try #require(rows.first { $0.by == ["SEXO": "2"] })
        let id = try #require(row["id"])
        let result = try folder.saual("explain study.yaml \(id) --format json")
        #expect(result.status == 0, "\(result.errors)")
        let json = try JSON.object(result.output)
        #expect(json["saual"] as? String == "explain/1" && json["id"] as? String == id)
        #expect(json["definition"] as? String == "victim_any@1" && json["display"] as? String == "shown")
        #expect(json["base_expression"] as? String == "answered(victim_any)")
        #expect((json["formula"] as? [String: Any])?["expression"] as? String == "victim_any = 1")
        let figure = Row(fields: try #require(json["figure"] as? [String: Any]))
        for field in ["estimate", "se", "ci_low", "ci_high", "df", "n", "n_base"] {
            #expect(figure.number(field) == row.number(field), "\(field)")
        }
        let waves = try #require(json["waves"] as? [[String: Any]]).map(Row.init)
        #expect(waves.count == 1 && waves.first?["wave"] == "2025")
        #expect(
            waves.first?["sha256"] == "795fb07e5f58d9efc2747e14aa3ecdfbeff187e3401211fe982a5234dccf3b38")
        #expect(waves.first?.number("rows_read") == 2656 && waves.first?.number("psus") == 414)
        #expect((json["design"] as? [String: Any])?["weight"] as? String == "FAC_ELE")
        let names = try #require(json["variables"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        #expect(names == ["victim_any", "SEXO"])
    }

    @Test func `the commands of an explanation print the row again`() throws {
        let folder = try PreparedStudy.small()
        let groups = try folder.saual("indicators small-study.saual --by experience --format json").output
        for row in try JSON.rows(folder.saual("indicators small-study.saual --format json").output) + JSON.rows(groups)
        {
            let id = try #require(row["id"])
            let json = try JSON.object(folder.saual("explain study.yaml \(id) --format json").output)
            let commands = try #require(json["commands"] as? [String])
            #expect(commands.first == "saual run study.yaml" && commands.count == 2)
            var printed = ""
            for command in commands { printed = try Saual.bash(command, in: folder.path).output }
            let again = try #require(JSON.rows(printed).first { $0["id"] == id }, "\(commands)")
            #expect(again["estimate"] == row["estimate"] && again["display"] == row["display"])
        }
    }

    @Test(arguments: ["en", "ru", "kk"])
    func `a withheld figure is explained without a number, and the rule is named`(language: String) throws {
        let folder = try PreparedStudy.small()
        let rows = try JSON.rows(folder.saual("indicators small-study.saual --format json").output)
        let all = try JSON.rows(folder.saual("indicators small-study.saual --internal --format json").output)
        let hidden = rows.filter { ["hidden", "complementary"].contains($0["display"]) }
        #expect(!hidden.isEmpty)
        for row in hidden {
            let id = try #require(row["id"])
            let number = try #require(all.first { $0["id"] == id })
            let text = try folder.saual("explain small-study.saual \(id) --language \(language)").output
            let json = try folder.saual("explain small-study.saual \(id) --format json").output
            for field in ["estimate", "se", "ci_low", "ci_high", "sum_weights"] {
                guard let value = number.number(field), value != 0, value != 1 else { continue }
                #expect(!json.contains(String(value).prefix(8)), "\(id) \(field)")
            }
            let object = try JSON.object(json)
            #expect(object["figure"] is NSNull)
            #expect((object["reasons"] as? [String])?.isEmpty == false)
            #expect(!text.contains("%") && text.split(separator: "\n").count > 10, "\(text)")
        }
    }

    @Test func `reasons name the rule that hides a figure`() throws {
        let folder = try PreparedStudy.small()
        let rows = try JSON.rows(folder.saual("indicators small-study.saual --format json").output)
        // Worked out from the internal figures: region 03 has 20 interviews in two PSUs; 02 is broad enough but imprecise.
        let expected: [(by: [String: String], reasons: [String])] = [
            (["region": "03"], ["minimum-base", "minimum-psus"]), (["region": "02"], ["precision"]),
            (["age_group": "m29"], ["minimum-base"]), (["region": "01"], []),
        ]
        for (by, reasons) in expected {
            let id = try #require(rows.first { $0["indicator"] == "contact_share" && $0.by == by }?["id"])
            let json = try JSON.object(folder.saual("explain small-study.saual \(id) --format json").output)
            #expect(json["reasons"] as? [String] == reasons, "\(by)")
        }
    }

    @Test func `composites, members of families and changes are explained too`() throws {
        let folder = try PreparedStudy.contacts()
        let output = try JSON.object(folder.saual("indicators contacts-study.saual --change --format json").output)
        let rows = try #require(output["rows"] as? [[String: Any]]).map(Row.init)
        let changes = try #require(output["changes"] as? [[String: Any]]).map(Row.init)
        #expect(!changes.isEmpty)
        let some = ["gap", "points", "per_contact[asked]", "bribe_at[02]", "cause[3]"].compactMap { id in
            rows.first { $0["indicator"] == id && $0["wave"] == "2023" }
        }
        #expect(some.count == 5)
        for row in some + changes.filter({ $0["indicator"] == "gap" || $0["indicator"] == "ready_to_report" }) {
            let id = try #require(row["id"])
            let json = try JSON.object(folder.saual("explain study.yaml \(id) --format json").output)
            #expect(json["id"] as? String == id && json["display"] as? String == row["display"])
            #expect((json["formula"] as? [String: String])?["expression"]?.isEmpty == false)
            #expect((json["waves"] as? [Any])?.count == (row["to_wave"] == nil ? 1 : 2))
            var printed = ""
            for command in try #require(json["commands"] as? [String]) {
                printed = try Saual.bash(command, in: folder.path).output
            }
            #expect(printed.contains(id), "\(json["commands"] ?? "")")
        }
        let gap = try JSON.object(
            folder.saual("explain contacts-study.saual \(try #require(some[0]["id"])) --format json").output)
        #expect(try #require(gap["base"] as? String).count > 10)
        let variables = try #require(gap["variables"] as? [[String: Any]]).compactMap { $0["name"] as? String }
        #expect(Set(variables).isSuperset(of: ["ready_part", "causes", "experience"]))
    }

    @Test func `the steps of a weight are told with their sums`() throws {
        let folder = try WeightTests().study()
        #expect(try folder.saual("run study.yaml").status == 0)
        let id = try #require(JSON.rows(folder.saual("indicators weighted.saual --format json").output).first?["id"])
        let json = try JSON.object(folder.saual("explain study.yaml \(id) --format json").output)
        let wave = try #require((json["waves"] as? [[String: Any]])?.first)
        let steps = try #require(wave["weighting"] as? [[String: Any]]).compactMap { $0["step"] as? String }
        #expect(steps == ["base", "nonresponse", "trim", "rake"])
        let text = try folder.saual("explain study.yaml \(id)").output
        #expect(text.contains("rake: sum 10000.0") && text.contains("outcome in [110, 120]"))
    }

    @Test func `an id that no figure has is answered with the nearest`() throws {
        let folder = try PreparedStudy.small()
        let rows = try JSON.rows(folder.saual("indicators small-study.saual --format json").output)
        let id = try #require(rows.first?["id"])
        let wrong = (id.hasSuffix("0") ? "1" : "0") + id.dropFirst()
        let near = try folder.saual("explain small-study.saual \(wrong)")
        #expect(near.status == 2 && near.output.isEmpty && near.errors.contains("use \(id)"), "\(near.errors)")
        let none = try folder.saual("explain small-study.saual nonsense")
        #expect(none.status == 2 && none.errors.hasPrefix("No figure has the id \"nonsense\"\n"))
        #expect(try folder.saual("explain small-study.saual").status == 2)
        #expect(try folder.saual("explain wave.csv \(id)").status == 2)
    }
}
