import Foundation
import SurveyTestSupport
import Testing

struct WeightTests {
    /// 200 issued cases by region and outcome, interviews with sex; weights between 20 and 60.
    static func cases(_ folder: TemporaryFolder, name: String = "cases.csv") throws {
        var numbers = SeededGenerator(seed: 404)
        var text = "id,region,psu,w_base,outcome,sex,contact\n"
        for row in 0..<400 {
            let region = ["01", "02"][numbers.below(2)]
            let outcome = ["110", "110", "110", "120", "212", "220", "310", "410"][numbers.below(8)]
            let isInterview = outcome.hasPrefix("1")
            let sex = isInterview ? String(1 + numbers.below(2)) : ""
            let contact = isInterview ? String(1 + numbers.below(2)) : ""
            let weight = 20 + 40 * Double(numbers.below(1_000)) / 1_000
            text += "c\(row),\(region),\(region)\(row % 12),\(weight),\(outcome),\(sex),\(contact)\n"
        }
        try folder.write(text, to: name)
    }

    static let targets = "variable,category,total\nsex,1,4800\nsex,2,5200\nregion,01,5500\nregion,02,4500\n"

    private func prepared() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try WeightTests.cases(folder)
        try folder.write(WeightTests.targets, to: "targets.csv")
        return folder
    }

    private func json(_ text: String) throws -> JSONTree {
        try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
    }

    private func sums(_ table: CSVTable, _ weight: String, by name: String) throws -> [String: Double] {
        var sums: [String: Double] = [:]
        let weights = try #require(table.column(weight))
        let keys = try #require(table.column(name))
        for (key, value) in zip(keys, weights) { sums[key, default: 0] += try #require(Double(value)) }
        return sums
    }

    // MARK: Data files

    @Test func `raked weights meet the targets, and the copy keeps every cell`() throws {
        let folder = try prepared()
        let line = "weight cases.csv --weight w_base --nonresponse region --status outcome --status-map aapor"
        let result = try folder.saual(line + " --rake targets.csv --name raked -o out.csv --format json")
        #expect(result.status == 0, "\(result.errors)")
        let report = try json(result.output)
        #expect(report["saual"].string == "weights/1" && report["weight"].string == "raked")
        #expect(isClose(try #require(report["sum"].double), 10_000))
        #expect(try #require(report["largest_relative_margin_error"].double) <= 1e-9)
        #expect(report["steps"].array.map { $0["step"].string } == ["base", "nonresponse", "rake"])
        #expect(report["worst_margins"].array.count == 4)

        let copy = CSVTable(try folder.text(of: "out.csv"))
        let source = CSVTable(try folder.text(of: "cases.csv"))
        #expect(copy.header == source.header + ["raked"])
        for name in source.header { #expect(copy.column(name) == source.column(name)) }
        let bySex = try sums(copy, "raked", by: "sex")
        #expect(isClose(bySex["1"] ?? 0, 4_800) && isClose(bySex["2"] ?? 0, 5_200) && bySex[""] == 0)
        let byRegion = try sums(copy, "raked", by: "region")
        #expect(isClose(byRegion["01"] ?? 0, 5_500) && isClose(byRegion["02"] ?? 0, 4_500))
        let byOutcome = try sums(copy, "raked", by: "outcome")
        #expect(byOutcome["212"] == 0 && byOutcome["410"] == 0)
        let sidecar = try json(try folder.text(of: "out.csv.calibration.json"))
        #expect(sidecar["saual"].string == "calibration/2" && sidecar["weights"][0]["column"].string == "raked")
        #expect(sidecar["weights"][0]["recipe"]["steps"].array.count == 2)
    }

    @Test func `diagnostics follow each step, margins and variables that no step uses`() throws {
        let folder = try prepared()
        let line =
            "weight cases.csv --weight w_base --nonresponse region --status outcome --status-map aapor --rake targets.csv"
            + " --diagnostics --balance contact --balance-mean w_base"
        let found = try folder.saual(line + " -o out.csv --format json")
        #expect(found.status == 0, "\(found.errors)")
        let diagnostics = try json(found.output)["diagnostics"]
        #expect(diagnostics["steps"].array.map { $0["step"].string } == ["base", "nonresponse", "rake"])
        #expect(diagnostics["steps"][2]["largest_margin_gap"].double ?? 1 < 1e-9)
        #expect(diagnostics["steps"][0]["largest_margin_gap"].double ?? 0 > 1e-3)
        let men = try #require(diagnostics["margins"].array.first { $0["variable"].string == "sex" })
        #expect(isClose(men["target_share"].double ?? 0, 0.48) && isClose(men["shares"][2].double ?? 0, 0.48))
        let balance = diagnostics["balance"].array
        #expect(balance.map { $0["variable"].string } == ["contact", "contact", "w_base"])
        // The share of contact among interviews by the final weights, from the copy.
        let copy = CSVTable(try folder.text(of: "out.csv"))
        let by = try sums(copy, "weight", by: "contact")
        let share = (by["1"] ?? 0) / ((by["1"] ?? 0) + (by["2"] ?? 0))
        #expect(isClose(balance[0]["values"][2].double ?? 0, share))
        for language in ["en", "ru", "kk"] {
            let text = try folder.saual(line + " -o \(language).csv --language \(language)")
            #expect(text.status == 0 && text.errors.contains("ASMD") && text.errors.contains("99%"))
        }
        let alone = try folder.saual("weight cases.csv --weight w_base --trim-max 9 --balance contact -o no.csv")
        #expect(alone.status == 2 && alone.errors.contains("--diagnostics"))
        let unknown = try folder.saual(line + ",contcat -o no.csv")
        #expect(unknown.status == 2 && unknown.errors.contains("\"contcat\""))
        #expect(!folder.has("no.csv"))
    }

    @Test func `estimate takes the calibration of a made weight into account`() throws {
        let folder = try prepared()
        try folder.saual(
            "weight cases.csv --weight w_base --nonresponse region --status outcome --status-map aapor "
                + "--rake targets.csv -o out.csv --quiet")
        let line = "estimate out.csv --strata region --psu psu --weight weight --share sex --count --format json"
        let result = try folder.saual(line)
        #expect(result.status == 0, "\(result.errors)")
        let rows = try json(result.output)["rows"].array
        // Shares of a raked variable and the count are known: their errors are zero up to rounding.
        for row in rows { #expect(try #require(row["se"].double) < 1e-6 * (try #require(row["estimate"].double))) }
        let fixed = try json(try folder.saual(line + " --record ignore").output)["rows"].array
        #expect(try #require(fixed.first?["se"].double) > 1e-3)

        // With a changed file the record belongs to other rows.
        try folder.replace("c7,", with: "c007,", in: "out.csv")
        let changed = try folder.saual(line)
        #expect(changed.errors.contains("The weight counts as fixed"))
        #expect(try json(changed.output)["rows"].array.first?["se"].double == fixed.first?["se"].double)
        try folder.write("{\"column\": \"weight\"}", to: "out.csv.calibration.json")
        #expect(try folder.saual(line).status == 3)
    }

    @Test func `the rule of R stops where R stops`() throws {
        // w-rake of the reference: R survey 4.1-1, rake with its defaults.
        let folder = try TemporaryFolder()
        try folder.copy(ReferenceFolder.url.path + "/data/apiclus1.csv", to: "api.csv")
        try folder.write(
            "variable,category,total\nstype,E,4421\nstype,H,755\nstype,M,1018\nsch.wide,No,1072\nsch.wide,Yes,5122\n",
            to: "t.csv")
        let line = "weight api.csv --weight pw --rake t.csv --name raked -o out.csv --force"
        let reference = try #require(
            try ReferenceFolder.json("weighting.json")["cases"].array.first { $0["id"].string == "w-rake" })
        let expected = reference["expected"]["weights"].array.compactMap(\.double)
        for options in ["--conform r-survey-4.1", "--rake-stop cells", "--rake-stop cells --epsilon 1 --maxit 10"] {
            #expect(try folder.saual("\(line) \(options)").status == 0)
            let found = try #require(CSVTable(try folder.text(of: "out.csv")).column("raked")).compactMap { Double($0) }
            #expect(found.count == expected.count && zip(found, expected).allSatisfy { isClose($0, $1) })
        }
        let once = try folder.saual("\(line) --rake-stop cells --maxit 1")
        #expect(once.status == 0 && once.errors.contains("Raking stopped after 1 sweeps"))
    }

    @Test func `an impossible target names margin, category and a proposal, with exit 4, and writes nothing`() throws {
        let folder = try prepared()
        try folder.write(WeightTests.targets.replacing("sex,2,5200", with: "sex,2,5000\nsex,3,200"), to: "targets.csv")
        let line = "weight cases.csv --weight w_base --nonresponse region --status outcome --status-map aapor"
        for (language, word) in [("en", "collapse"), ("ru", "объедините"), ("kk", "біріктіріңіз")] {
            let result = try folder.saual("\(line) --rake targets.csv -o out.csv --language \(language)")
            #expect(result.status == 4)
            #expect(result.errors.contains("\"3\"") || result.errors.contains("«3»"))
            #expect(result.errors.contains("sex") && result.errors.contains(word))
        }
        #expect(!folder.has("out.csv") && !folder.has("out.csv.calibration.json"))
    }

    @Test func `every mistake of a targets file is told in one run`() throws {
        let folder = try prepared()
        try folder.write("variable;category;total\nsexx;1;100\nsex;2;-5\nsex;1;x\n", to: "targets.csv")
        let result = try folder.saual("weight cases.csv --weight w_base --rake targets.csv -o out.csv --format json")
        #expect(result.status == 3)
        let problems = try result.errors.split(separator: "\n").map { try json(String($0)) }
        #expect(problems.map { $0["code"].string } == ["weighting.negative-target", "weighting.total-not-number"])
        #expect(problems.map { $0["line"].int } == [3, 4])
        #expect(problems.map { $0["position"].int } == [7, 7])
    }

    @Test(arguments: [
        ("--rake targets.csv -o out.csv --name sex", 2, "command.column-taken"),
        ("--rake targets.csv", 2, "command.missing-option"), ("-o out.csv", 2, "command.no-weight-step"),
        ("--trim-max 3 --status outcome -o out.csv", 2, "command.alone"),
        ("--nonresponse region -o out.csv", 2, "command.missing-option"),
        ("--rake targets.csv --partial -o out.csv", 2, "command.alone"),
        ("--rake targets.csv --epsilon 2 -o out.csv", 2, "command.alone"),
        ("--rake targets.csv --poststratify targets.csv -o out.csv", 2, "command.two-calibrations"),
        ("--trim-max 0 -o out.csv", 2, "command.not-above-zero"),
        ("--trim-max many -o out.csv", 2, "command.not-a-number"),
        ("--trim-max 30 --replace -o out.csv", 2, "command.not-for-data-files"),
        ("--nonresponse region --status outcome -o out.csv", 3, "weighting.unmapped-outcome"),
        ("--nonresponse nowhere --status outcome -o out.csv", 2, "data.unknown-column"),
        ("--rake nowhere.csv -o out.csv", 3, "problems.unreadable-file"),
        ("--rake targets.csv -o out.csv", 4, "weighting.no-answer"),
        ("--poststratify targets.csv -o out.csv", 4, "weighting.several-margins"),
        ("--trim-max 3 -o out.csv", 4, "weighting.trim-infeasible"),
        ("--trim-max 40 -o cases.csv", 2, "problems.file-exists"),
    ]) func `a wrong call is refused and writes nothing`(options: String, status: Int, code: String) throws {
        let folder = try prepared()
        let before = try folder.contents()
        let result = try folder.saual("weight cases.csv --weight w_base \(options) --format json")
        #expect(Int(result.status) == status, "\(result.errors)")
        #expect(result.errors.contains("\"code\":\"\(code)\""), "\(result.errors)")
        #expect(try folder.contents() == before)
    }

    @Test func `bad base weights are told with their rows`() throws {
        for (cell, code) in [
            ("-3", "weighting.negative-base"), ("", "weighting.missing-base"), ("1e300", "weighting.large-base"),
            ("NaN", "weighting.missing-base"),
        ] {
            let folder = try prepared()
            try folder.write("id,w,s\na,1,x\nb,\(cell),y\n", to: "w.csv")
            try folder.write("variable,category,total\ns,x,5\ns,y,5\n", to: "t.csv")
            let result = try folder.saual("weight w.csv --weight w --rake t.csv -o out.csv --format json")
            #expect(result.status == 3 && result.errors.contains(code), "\(cell): \(result.errors)")
            #expect(result.errors.contains("\"rows\":[2]"))
        }
        let folder = try prepared()
        try folder.write("", to: "empty.csv")
        #expect(try folder.saual("weight empty.csv --trim-max 3 -o out.csv").status == 3)
        try folder.write("id,w\n", to: "none.csv")
        #expect(try folder.saual("weight none.csv --weight w --trim-max 3 -o out.csv").status == 4)
        #expect(try folder.saual("weight - --trim-max 3 -o out.csv").status == 2)
    }

    @Test func `other encodings, delimiters and decimal signs are read, and ragged rows told`() throws {
        let folder = try prepared()
        try folder.write("\u{FEFF}id;w;пол\na;1,5;м\nb;2,5;ж\nc;1\nd;2;=ж\n", to: "a.csv")
        try folder.write("variable;category;total\nпол;м;10,5\nпол;ж;20\nпол;=ж;1\n", to: "t.csv")
        let result = try folder.saual("weight a.csv --weight w --decimal , --rake t.csv -o out.csv")
        #expect(result.status == 1, "\(result.errors)")
        #expect(try folder.text(of: "out.csv") == "id;w;пол;weight\na;1,5;м;10,5\nb;2,5;ж;20\nd;2;=ж;1\n")
    }

    // MARK: Study files

    @Test func `a weight of a study file is stored with its record and used by name`() throws {
        let folder = try prepared()
        try folder.saual("import cases.csv --study s.saual --wave 1")
        let line =
            "weight s.saual:1 --weight w_base --nonresponse region --status outcome --status-map aapor --rake targets.csv --name raked"
        let result = try folder.saual(line)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try folder.saual(line).status == 2)
        #expect(try folder.saual(line + " --replace").status == 0)
        #expect(try folder.saual(line + " -o x.csv").status == 2)
        let estimate = try folder.saual(
            "estimate s.saual:1 --strata region --psu psu --weight raked --count --format json")
        let row = try #require(try json(estimate.output)["rows"].array.first)
        #expect(isClose(try #require(row["estimate"].double), 10_000))
        #expect(try #require(row["se"].double) < 1e-6)
        #expect(try folder.saual("verify s.saual").status == 0)
    }

    /// A study of one wave with non-response, trimming and raking.
    func study() throws -> TemporaryFolder {
        let folder = try prepared()
        try folder.write(
            """
            saual: questionnaire/1
            id: cases
            version: "1"
            title: {en: Cases}
            languages: [en]
            key: id
            questions:
              - {id: id, text: {en: Id}, type: text, private: true}
              - {id: region, text: {en: Region}, type: single, answers: {"01": {en: North}, "02": {en: South}}}
              - {id: psu, text: {en: PSU}, type: text}
              - {id: w_base, text: {en: Weight}, type: number}
              - {id: outcome, text: {en: Outcome}, type: single, answers: {110: {en: a}, 120: {en: b}, 212: {en: c}, 220: {en: d}, 310: {en: e}, 410: {en: f}}}
              - {id: sex, text: {en: Sex}, type: single, answers: {1: {en: Men}, 2: {en: Women}}, when: 'outcome in [110, 120]'}
              - {id: contact, text: {en: Contact}, type: single, answers: {1: {en: Yes}, 2: {en: No}}, when: 'outcome in [110, 120]'}
            """, to: "questionnaire.yaml")
        try folder.write(
            """
            saual: indicators/1
            indicators:
              - {id: contact, version: 1, name: {en: Contact}, share: contact = 1, base: asked contact, direction: up, unit: percent, by: [sex]}
              - {id: men, version: 1, name: {en: Men}, share: sex = 1, base: asked sex, direction: up, unit: percent}
            """, to: "indicators.yaml")
        try folder.write(
            """
            saual: study/1
            id: weighted
            title: {en: A weighted study}
            synthetic: true
            languages: [en]
            waves: [{id: "1", file: cases.csv, questionnaire: questionnaire.yaml}]
            design: {strata: region, psu: psu, weight: weight}
            complete: outcome in [110, 120]
            weighting:
              name: weight
              base: w_base
              steps:
                - nonresponse: {cells: region, outcome: outcome, classes: aapor}
                - trim: {max: 2, of: mean}
                - rake: {targets: targets.csv}
            indicators: [indicators.yaml]
            publication: {minimum base: 5, low base: 5, minimum psus: 1, share standard: none}
            """, to: "study.yaml")
        return folder
    }

    @Test func `a study with a recipe is run, its steps are skipped while nothing changes`() throws {
        let folder = try study()
        #expect(try folder.saual("check study.yaml").status == 0)
        let run = try folder.saual("run study.yaml")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("done: weighting 1"))
        #expect(try folder.saual("run study.yaml").output.contains("up to date"))
        let rows = try json(try folder.saual("indicators weighted.saual --format json").output)["rows"].array
        let men = try #require(rows.first { $0["indicator"].string == "men" })
        #expect(isClose(try #require(men["estimate"].double), 0.48))
        // The share of a raked variable has no sampling error.
        #expect(try #require(men["se"].double) < 1e-9)
        #expect(isClose(try #require(men["sum_weights"].double), 10_000))
        let contact = try #require(rows.first { $0["indicator"].string == "contact" && $0["by"].object.isEmpty })
        #expect(try #require(contact["se"].double) > 0.005)

        try folder.replace("sex,1,4800\nsex,2,5200", with: "sex,1,4900\nsex,2,5100", in: "targets.csv")
        let check = try folder.saual("run study.yaml --check")
        #expect(check.status == 1 && check.errors.contains("weight 1") && !check.errors.contains("import 1"))
        let again = try folder.saual("run study.yaml")
        #expect(again.status == 0 && !again.output.contains("import 1"), "\(again.output)")
        let changed = try json(try folder.saual("indicators weighted.saual --format json").output)["rows"].array
        #expect(isClose(changed.first { $0["indicator"].string == "men" }?["estimate"].double ?? 0, 0.49))
    }

    @Test func `a recipe that fails leaves no reports behind, and says why`() throws {
        let folder = try study()
        try folder.replace("region,02,4500", with: "region,02,4600", in: "targets.csv")
        let run = try folder.saual("run study.yaml")
        #expect(run.status == 4)
        #expect(run.errors.contains("contradict each other"))
        #expect(!folder.has("results"))
        // What failed is done again, also when the targets are mended.
        try folder.replace("region,02,4600", with: "region,02,4500", in: "targets.csv")
        #expect(try folder.saual("run study.yaml").status == 0)
    }

    @Test func `check tells labels, unknown names and wrong totals of a study's targets`() throws {
        let folder = try study()
        try folder.write("variable,category,total\nsex,Men,4800\nsex,2,x\nsecs,1,3\n", to: "targets.csv")
        let first = try folder.saual("check study.yaml --format json")
        #expect(first.status == 1 && first.errors.contains("weighting.total-not-number"))
        try folder.write("variable,category,total\nsex,Men,4800\nsex,2,5200\nsecs,1,3\n", to: "targets.csv")
        let second = try folder.saual("check study.yaml")
        #expect(second.status == 1)
        #expect(second.errors.contains("\"Men\" is a label of \"sex\"") && second.errors.contains("write \"1\""))
        #expect(second.errors.contains("\"secs\""))
    }

    @Test func `rows that are no interviews count nowhere, with or without a recipe`() throws {
        let folder = try study()
        let study = try folder.text(of: "study.yaml")
        let start = try #require(study.range(of: "weighting:"))
        let end = try #require(study.range(of: "indicators: ["))
        try folder.write(
            String(study[..<start.lowerBound] + study[end.lowerBound...]).replacing(
                "weight: weight", with: "weight: w_base"),
            to: "study.yaml")
        #expect(try folder.saual("run study.yaml").status == 0)
        let table = CSVTable(try folder.text(of: "cases.csv"))
        let outcomes = try #require(table.column("outcome"))
        let weights = try #require(table.column("w_base")).compactMap { Double($0) }
        let expected = zip(outcomes, weights).reduce(0) { $1.0.hasPrefix("1") ? $0 + $1.1 : $0 }
        let estimate = try folder.saual("estimate weighted.saual:1 --count --format json")
        #expect(isClose(try json(estimate.output)["rows"][0]["estimate"].double ?? 0, expected))
        let rows = try json(try folder.saual("indicators weighted.saual --format json").output)["rows"].array
        #expect(isClose(rows.first { $0["indicator"].string == "men" }?["sum_weights"].double ?? 0, expected))
    }
}
