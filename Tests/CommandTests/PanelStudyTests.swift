import Foundation
import SurveyTestSupport
import Testing

/// A panel of two waves: the second takes the weight of the first by key.
struct PanelStudyTests {
    private struct Person {
        let id: String
        let sex: Int
        let region: String
        let base: Double
        let answersAgain: Bool
    }

    /// 48 people of two regions, of whom every third man and every fifth woman is lost; base weights between 10 and 40.
    private static let people: [Person] = {
        var numbers = SeededGenerator(seed: 31)
        return (0..<48).map { number in
            let sex = 1 + numbers.below(2)
            return Person(
                id: "p\(100 + number)", sex: sex, region: ["01", "02"][numbers.below(2)],
                base: 10 + Double(numbers.below(300)) / 10, answersAgain: number % (sex == 1 ? 3 : 5) != 0)
        }
    }()

    private static let questionnaire = """
        saual: questionnaire/1
        id: panel
        version: "1"
        title: {en: "Panel"}
        languages: [en]
        key: id
        questions:
          - {id: id, type: text, private: true, text: {en: "Person"}}
          - {id: psu, type: text, text: {en: "PSU"}}
          - {id: region, type: single, text: {en: "Region"}, answers: {"01": {en: "North"}, "02": {en: "South"}}}
          - {id: sex, type: single, text: {en: "Sex"}, answers: {1: {en: "Man"}, 2: {en: "Woman"}}}
          - {id: w_base, type: number, text: {en: "Base weight"}}
          - {id: trust, type: single, text: {en: "Trust"}, answers: {1: {en: "Yes"}, 2: {en: "No"}}}
        """

    private static func study(_ panel: String) -> String {
        """
        saual: study/1
        id: panel
        title: {en: "Panel"}
        attribution: {en: "Made up"}
        synthetic: true
        languages: [en]
        waves:
          - {id: a, file: a.csv, questionnaire: q.yaml}
          - {id: b, file: b.csv, questionnaire: q.yaml}
        weighting:
          name: weight
          base: w_base
          steps:
            - panel: {\(panel)}
            - poststratify: {targets: targets.csv}
        design: {strata: region, psu: psu, weight: weight}
        indicators: [indicators.yaml]
        publication: {minimum base: 5, low base: 10, minimum psus: 2}
        """
    }

    private static let indicators = """
        saual: indicators/1
        indicators:
          - id: trust
            version: 1
            name: {en: "Trust"}
            share: trust = 1
            base: everyone
        """

    private func prepared(panel: String = "from: previous, key: id, cells: [sex]") throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        var (first, second) = ("id,psu,region,sex,w_base,trust\n", "id,psu,region,sex,w_base,trust\n")
        for (number, person) in Self.people.enumerated() {
            let psu = "\(person.region)\(number % 4)"
            first += "\(person.id),\(psu),\(person.region),\(person.sex),\(person.base),\(1 + number % 2)\n"
            guard person.answersAgain else { continue }
            second += "\(person.id),\(psu),\(person.region),\(person.sex),,\(1 + number / 2 % 2)\n"
        }
        try folder.write(first, to: "a.csv")
        // The rows of the second wave stand in another order.
        let lines = second.split(separator: "\n")
        try folder.write(([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n", to: "b.csv")
        try folder.write("variable,category,total\nregion,01,1000\nregion,02,1500\n", to: "targets.csv")
        try folder.write(Self.questionnaire + "\n", to: "q.yaml")
        try folder.write(Self.indicators + "\n", to: "indicators.yaml")
        try folder.write(Self.study(panel) + "\n", to: "study.yaml")
        return folder
    }

    /// Weights fitted to the regions' totals.
    private static func fitted(_ weights: [(person: Person, weight: Double)]) -> [String: Double] {
        let totals = ["01": 1000.0, "02": 1500]
        var sums: [String: Double] = [:]
        for (person, weight) in weights { sums[person.region, default: 0] += weight }
        return Dictionary(
            weights.map { ($0.person.id, $0.weight * (totals[$0.person.region] ?? 0) / (sums[$0.person.region] ?? 1)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The weights of the second wave by hand: those of the first, times all over those who answered, by sex, then fitted.
    private static func expected() -> [String: Double] {
        let first = fitted(people.map { ($0, $0.base) })
        func sum(_ sex: Int, _ rule: (Person) -> Bool) -> Double {
            people.filter { $0.sex == sex && rule($0) }.reduce(0) { $0 + (first[$1.id] ?? 0) }
        }
        return fitted(
            people.filter(\.answersAgain).map { person in
                let factor = sum(person.sex) { _ in true } / sum(person.sex, \.answersAgain)
                return (person, (first[person.id] ?? 0) * factor)
            })
    }

    /// The weights that a wave has, in the order of the file's rows.
    private func weights(_ folder: TemporaryFolder, _ wave: String, _ name: String = "weight") throws -> [Double] {
        let made = try folder.saual("convert panel.saual:\(wave) \(wave).out.csv --force")
        #expect(made.status == 0, "\(made.errors)")
        let table = CSVTable(try folder.text(of: "\(wave).out.csv"))
        return try #require(table.column(name)).compactMap { Double($0) }
    }

    private func ids(_ folder: TemporaryFolder, _ file: String) throws -> [String] {
        try #require(CSVTable(try folder.text(of: file)).column("id"))
    }

    private func expect(_ found: [Double], _ ids: [String], _ wanted: [String: Double]) {
        #expect(found.count == ids.count && ids.count == wanted.count)
        for (weight, id) in zip(found, ids) { #expect(isClose(weight, wanted[id] ?? 0), "\(id)") }
    }

    @Test func `a run gives the second wave the weight of the first, and does it again when that changes`() throws {
        let folder = try prepared()
        let result = try folder.saual("run study.yaml")
        #expect(result.status == 0, "\(result.errors)")
        expect(try weights(folder, "b"), try ids(folder, "b.csv"), Self.expected())
        let json = try JSONDecoder().decode(JSONTree.self, from: Data(try folder.text(of: "results/report.json").utf8))
        let steps = json["waves"].array.map { $0["weighting"]["steps"].array.compactMap { $0["step"].string } }
        #expect(steps == [["base", "poststratify"], ["base", "panel", "poststratify"]])
        #expect(try folder.saual("run study.yaml --check").status == 0)

        // Another base weight of a person who is lost moves the weights of those who stayed.
        let lost = try #require(Self.people.first { !$0.answersAgain })
        try folder.replace(",\(lost.sex),\(lost.base),", with: ",\(lost.sex),95,", in: "a.csv")
        let stale = try folder.saual("run study.yaml --check")
        #expect(stale.status == 1 && stale.output.contains("weight b") || stale.errors.contains("weight b"))
        #expect(try folder.saual("run study.yaml").status == 0)
        let moved = try weights(folder, "b")
        #expect(!zip(moved, try ids(folder, "b.csv")).allSatisfy { isClose($0, Self.expected()[$1] ?? 0) })
        #expect(isClose(moved.reduce(0, +), 2500))
    }

    @Test func `the shell gives the weights of the study, in cells and by propensity`() throws {
        let folder = try prepared()
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        let line = "weight panel.saual:b --panel a --panel-key id --panel-weight weight --poststratify targets.csv"
        let cells = try folder.saual("\(line) --panel-cells sex --name shell --format json")
        #expect(cells.status == 0, "\(cells.errors)")
        expect(try weights(folder, "b", "shell"), try ids(folder, "b.csv"), Self.expected())
        // A saturated model of the response is the adjustment in cells.
        let model = try folder.saual(
            "\(line) --panel-propensity sex --name model --format json --max-factor 9")
        #expect(model.status == 0, "\(model.errors)")
        expect(try weights(folder, "b", "model"), try ids(folder, "b.csv"), Self.expected())
        // The recipe goes with the weight into other files and back.
        #expect(try folder.saual("convert panel.saual:b copy.sav").status == 0)
        let there = try folder.saual("estimate copy.sav --strata region --psu psu --weight shell --count --format json")
        let back = try folder.saual("estimate panel.saual:b --weight shell --count --format json")
        let counts = try [there, back].map {
            try JSONDecoder().decode(JSONTree.self, from: Data($0.output.utf8))["rows"][0]
        }
        #expect(counts[0]["estimate"].double == counts[1]["estimate"].double)
        #expect(isClose(counts[0]["estimate"].double ?? 0, 2500))
    }

    @Test func `what does not fit between the waves is told by row, and nothing is written`() throws {
        let folder = try prepared()
        #expect(try folder.saual("run study.yaml --quiet").status == 0)
        let before = try weights(folder, "b")
        let second = try folder.text(of: "b.csv")
        let lines = second.split(separator: "\n").map(String.init)
        let wrong: [(text: String, words: String)] = [
            (second.replacing("p101,", with: "p999,"), "belong to no member"),
            (second + "p998,010,01,1,,1\n", "belong to no member"),
        ]
        for (text, words) in wrong {
            #expect(text != second)
            try folder.write(text, to: "b.csv")
            let found = try folder.saual("run study.yaml")
            #expect(found.status == 3 && found.errors.contains(words), "\(found.errors)")
            #expect(!found.errors.contains("p99"), "a key is private")
        }
        try folder.write(second + lines[1].replacing("p1", with: "n1") + "\n", to: "b.csv")
        try folder.replace("cells: [sex]", with: "cells: [sex], newcomers: zero", in: "study.yaml")
        let zero = try folder.saual("run study.yaml")
        #expect(zero.status == 0 && zero.errors.contains("get weight 0"), "\(zero.errors)")
        let after = try weights(folder, "b")
        #expect(after.count == before.count + 1 && after.last == 0)
        #expect(zip(before, after).allSatisfy { isClose($0, $1) })
    }

    @Test func `a key that stands twice in a wave is told`() throws {
        let folder = try prepared()
        // Without a questionnaire nothing sets repeated keys aside.
        try folder.write(try folder.text(of: "b.csv") + "p101,010,01,1,,1\n", to: "b.csv")
        for wave in ["a", "b"] { try folder.saual("import \(wave).csv --study s.saual --wave \(wave) --quiet") }
        #expect(try folder.saual("weight s.saual:a --weight w_base --trim-max 90 --quiet").status == 0)
        let line = "weight s.saual:b --panel a --panel-key id --panel-cells sex"
        for (language, words) in [("en", "repeat the"), ("ru", "повторяющих"), ("kk", "қайталайтын")] {
            let found = try folder.saual("\(line) --language \(language)")
            #expect(found.status == 3 && found.errors.contains(words), "\(found.errors)")
        }
        for (more, code, words) in [
            ("--panel-weight w8", Int32(2), "w8"), ("--weight w_base", 2, "--weight"),
            ("--nonresponse sex --status sex", 2, "--nonresponse"), ("--panel-propensity sex", 2, "--panel-cells"),
            ("--status-map aapor", 2, "--status"),
        ] {
            let found = try folder.saual("\(line) \(more)")
            #expect(found.status == code && found.errors.contains(words), "\(more): \(found.errors)")
        }
        let itself = try folder.saual("weight s.saual:b --panel b --panel-key id")
        #expect(itself.status == 2 && itself.errors.contains("no earlier wave of itself"))
        let file = try folder.saual("weight b.csv --panel a --panel-key id -o out.csv")
        #expect(file.status == 2 && file.errors.contains("does not go with a data file") && !folder.has("out.csv"))
        let alone = try folder.saual("weight s.saual:b --weight w_base --trim-max 90 --panel-cells sex")
        #expect(alone.status == 2 && alone.errors.contains("--panel"))
        let keyless = try folder.saual("weight s.saual:b --panel a")
        #expect(keyless.status == 2 && keyless.errors.contains("--panel-key"))
    }

    @Test(arguments: [
        ("from: previous, key: id, cells: [age]", "did not ask"), ("from: previous, key: person", "did not ask"),
        ("from: {b: c}, key: id", "\"c\""), ("from: {c: a}, key: id", "\"c\""),
        ("from: {a: b}, key: id", "cannot take"),
        ("from: {b: b}, key: id", "cannot take"), ("from: before, key: id", "\"before\""), ("from: previous", "key"),
        ("key: id", "from"),
        ("from: previous, key: id, cells: [sex], propensity: {categories: [sex]}", "do not go together"),
        ("from: previous, key: id, propensity: {groups: 5}", "no predictors"),
        ("from: previous, key: id, propensity: {categories: [sex], groups: 1}", "cannot be made"),
        ("from: previous, key: id, outcome: trust", "classes"), ("from: previous, key: id, classes: aapor", "outcome"),
        ("from: previous, key: id, newcomers: base", "\"base\""), ("from: previous, key: id, rate: none", "\"none\""),
        ("from: previous, key: id, weight: w8", "did not ask"),
        ("from: previous, key: id}\n    - panel: {from: previous, key: id", "not the first one"),
    ])
    func `a mistake in a panel step is told with its line`(panel: String, words: String) throws {
        let folder = try prepared(panel: panel)
        let found = try folder.saual("check study.yaml")
        #expect(found.status == 1 && found.errors.contains(words), "\(found.errors)")
        #expect(found.errors.contains("study.yaml:15") || found.errors.contains("study.yaml:14"), "\(found.errors)")
    }
}
