import Foundation
import SurveyTestSupport
import Testing

/// How a weight was made goes along with it: into study files, out of them, and into every place with a standard error.
struct RecordTests {
    private static let design = "--strata region --psu psu --weight weight"
    private static let asked = "--share contact --mean w_base --count --by sex --format json"

    /// 400 issued cases, weighted by outcome and raked: `out.csv` with the file beside it.
    private func weighted() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try WeightTests.cases(folder)
        try folder.write(WeightTests.targets, to: "targets.csv")
        let made = try folder.saual(
            "weight cases.csv --weight w_base --nonresponse region --status outcome --status-map aapor "
                + "--rake targets.csv -o out.csv --quiet")
        #expect(made.status == 0, "\(made.errors)")
        return folder
    }

    /// Estimates and standard errors of a source, and its cautions.
    private func figures(
        _ folder: TemporaryFolder, _ source: String, _ more: String = ""
    ) throws -> (values: [Double], errors: [Double], cautions: [String]) {
        let found = try folder.saual("estimate \(source) \(RecordTests.design) \(RecordTests.asked) \(more)")
        #expect(found.status == 0, "\(source): \(found.errors)")
        let tree = try JSONDecoder().decode(JSONTree.self, from: Data(found.output.utf8))
        return (
            tree["rows"].array.compactMap { $0["estimate"].double }, tree["rows"].array.compactMap { $0["se"].double },
            tree["cautions"].array.compactMap { $0["code"].string }.filter { !$0.hasPrefix("estimation.") }
        )
    }

    private func areClose(_ left: [Double], _ right: [Double], _ tolerance: Double) -> Bool {
        let scale = right.map(abs).max() ?? 0
        return left.count == right.count && !left.isEmpty
            // Errors of known totals are zero up to rounding, so they are compared on the scale of the others.
            && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * max(abs($1), 1e-6 * scale) }
    }

    @Test(arguments: ["csv", "sav", "zsav", "dta", "xlsx"])
    func `an imported, exported and converted weight keeps its standard errors`(ending: String) throws {
        let folder = try weighted()
        let direct = try figures(folder, "out.csv")
        let fixed = try figures(folder, "out.csv", "--record ignore")
        #expect(direct.cautions == [] && !areClose(direct.errors, fixed.errors, 1e-3))
        // A workbook holds seventeen digits; the other formats hold the number itself.
        let tolerance = ending == "xlsx" ? 1e-9 : 1e-12

        let copy = try folder.saual("convert out.csv copy.\(ending)")
        #expect(copy.status == 0 && folder.has("copy.\(ending).calibration.json"), "\(copy.errors)")
        let there = try figures(folder, "copy.\(ending)")
        #expect(areClose(there.values, direct.values, tolerance) && areClose(there.errors, direct.errors, tolerance))
        #expect(there.cautions == [])

        let imported = try folder.saual("import copy.\(ending) --study s.saual --wave w")
        #expect(imported.status == 0, "\(imported.errors)")
        let kept = try figures(folder, "s.saual:w")
        #expect(areClose(kept.values, direct.values, tolerance) && areClose(kept.errors, direct.errors, tolerance))
        #expect(kept.cautions == [])

        // And out of the study file again.
        let back = try folder.saual("convert s.saual:w back.\(ending)")
        #expect(back.status == 0, "\(back.errors)")
        let again = try figures(folder, "back.\(ending)")
        #expect(areClose(again.values, direct.values, tolerance) && areClose(again.errors, direct.errors, tolerance))
        let described = try folder.saual("describe s.saual:w --format json")
        #expect(described.output.components(separatedBy: "\"name\":\"weight\"").count <= 2)
    }

    @Test func `replicates weight again after an import, as beside the file`() throws {
        let folder = try weighted()
        try folder.saual("import out.csv --study s.saual --wave w --quiet")
        let direct = try figures(folder, "out.csv", "--replicates jkn")
        let kept = try figures(folder, "s.saual:w", "--replicates jkn")
        #expect(areClose(kept.values, direct.values, 1e-12) && areClose(kept.errors, direct.errors, 1e-9))
    }

    @Test func `a questionnaire without the weight takes it along as a made one`() throws {
        let folder = try weighted()
        try folder.saual("describe out.csv --draft-questionnaire -o all.yaml")
        let all = try folder.text(of: "all.yaml")
        let start = try #require(all.range(of: "\n  - id: weight\n"))
        let rest = all[start.upperBound...].range(of: "\n  - id: ")?.lowerBound ?? all.endIndex
        try folder.write(String(all[..<start.lowerBound] + all[rest...]), to: "q.yaml")
        for (name, questionnaire) in [("q", "q.yaml"), ("all", "all.yaml")] {
            let imported = try folder.saual(
                "import out.csv --study \(name).saual --wave w --questionnaire \(questionnaire)")
            #expect(imported.status == 0 && !imported.errors.contains("\"weight\""), "\(imported.errors)")
            let kept = try figures(folder, "\(name).saual:w")
            #expect(areClose(kept.errors, try figures(folder, "out.csv").errors, 1e-12))
        }
        // A column of the file is not hidden by a weight of its name.
        let hidden = try folder.saual("weight all.saual:w --weight w_base --trim-max 100 --name weight --replace")
        #expect(hidden.status == 2 && hidden.errors.contains("weight"))
    }

    @Test func `a wave that is not the whole file has no record, and is told so`() throws {
        let folder = try weighted()
        for (language, word) in [("en", "is not taken into"), ("ru", "не берётся"), ("kk", "алынбайды")] {
            let part = try folder.saual(
                "import out.csv --study \(language).saual --wave w --rows region=01 --language \(language)")
            #expect(part.status == 0 && part.errors.contains(word), "\(part.errors)")
        }
        #expect(try figures(folder, "en.saual:w").cautions == ["command.weight-without-record"])
    }

    @Test func `the record of another file is left behind with a caution`() throws {
        let folder = try weighted()
        try folder.saual("convert out.csv other.csv")
        try folder.replace("c7,", with: "c007,", in: "other.csv")
        let direct = try figures(folder, "out.csv", "--record ignore")
        let found = try folder.saual("estimate other.csv \(RecordTests.design) \(RecordTests.asked)")
        #expect(found.errors.contains("The weight counts as fixed"))
        #expect(areClose(try figures(folder, "other.csv").errors, direct.errors, 1e-12))
        let imported = try folder.saual("import other.csv --study s.saual --wave w")
        #expect(imported.status == 0 && imported.errors.contains("The weight counts as fixed"))
        let converted = try folder.saual("convert other.csv next.csv")
        #expect(converted.status == 0 && converted.errors.contains("The weight counts as fixed"))
        #expect(!folder.has("next.csv.calibration.json"))
    }

    @Test func `a record is not written over, and a dry run names it`() throws {
        let folder = try weighted()
        try folder.write("{}", to: "copy.sav.calibration.json")
        let refused = try folder.saual("convert out.csv copy.sav")
        #expect(refused.status == 2 && refused.errors.contains("copy.sav.calibration.json") && !folder.has("copy.sav"))
        let dry = try folder.saual("convert out.csv copy.sav --dry-run --format json")
        #expect(dry.output.contains("\"write\":[\"copy.sav\",\"copy.sav.calibration.json\"]"))
        #expect(try folder.saual("convert out.csv copy.sav --force").status == 0)
        #expect(try figures(folder, "copy.sav").cautions == [])
        try folder.write("{}", to: "new.csv.calibration.json")
        let weight = try folder.saual("weight cases.csv --weight w_base --trim-max 50 -o new.csv")
        #expect(weight.status == 2 && !folder.has("new.csv"))
    }

    @Test func `several weights stand in one file, and a chain of weights keeps every fit`() throws {
        let folder = try weighted()
        try folder.write("variable,category,total\nsex,1,4900\nsex,2,5100\n", to: "sex.csv")
        let second = try folder.saual("weight out.csv --weight weight --poststratify sex.csv --name second -o two.csv")
        #expect(second.status == 0, "\(second.errors)")
        let tree = try JSONDecoder().decode(
            JSONTree.self, from: Data(try folder.text(of: "two.csv.calibration.json").utf8))
        #expect(tree["weights"].array.compactMap { $0["column"].string } == ["weight", "second"])
        #expect(tree["weights"][1]["fits"].array.compactMap { $0["method"].string } == ["rake", "poststratify"])
        #expect(areClose(try figures(folder, "two.csv").errors, try figures(folder, "out.csv").errors, 1e-12))

        // The same chain in a study file.
        try folder.saual("import cases.csv --study s.saual --wave w --quiet")
        try folder.saual(
            "weight s.saual:w --weight w_base --nonresponse region --status outcome --status-map aapor "
                + "--rake targets.csv --quiet")
        let kept = try folder.saual("weight s.saual:w --weight weight --poststratify sex.csv --name second --quiet")
        #expect(kept.status == 0, "\(kept.errors)")
        let line = "\(RecordTests.asked) --strata region --psu psu --weight second"
        let errors = try ["two.csv", "s.saual:w"].map { source in
            try JSONDecoder().decode(
                JSONTree.self, from: Data(try folder.saual("estimate \(source) \(line)").output.utf8)
            )["rows"].array.compactMap { $0["se"].double }
        }
        #expect(areClose(errors[1], errors[0], 1e-12))
        let converted = try folder.saual("convert s.saual:w three.sav")
        #expect(converted.status == 0)
        #expect(try folder.text(of: "three.sav.calibration.json").contains("\"column\":\"second\""))
    }

    @Test func `a trimmed weight has a record without a fit, and draws no caution`() throws {
        let folder = try TemporaryFolder()
        try WeightTests.cases(folder)
        try folder.saual("weight cases.csv --weight w_base --trim-max 50 -o out.csv --quiet")
        #expect(try figures(folder, "out.csv").cautions == [])
        try folder.saual("import out.csv --study s.saual --wave w --quiet")
        #expect(try figures(folder, "s.saual:w").cautions == [])
    }

    // MARK: Bad files beside the data

    @Test func `what stands beside the data and is no record stops the work with its name`() throws {
        let folder = try weighted()
        let good = try folder.text(of: "out.csv.calibration.json")
        let wrong: [(name: String, text: String, words: String)] = [
            ("cut off", String(good.prefix(good.count / 2)), "cannot be read"),
            ("empty", "", "cannot be read"),
            ("a table", "a,b\n1,2\n", "is not a record of weights"),
            ("an earlier format", good.replacing("calibration/2", with: "calibration/1"), "is not a record of weights"),
            ("a later format", good.replacing("calibration/2", with: "calibration/9"), "is not a record of weights"),
            (
                "no hash", good.replacing("\"sha256\":\"", with: "\"sha255\":\""),
                "does not tell how the weight was made"
            ),
            (
                "no weights", good.replacing("\"weights\":", with: "\"heights\":"),
                "does not tell how the weight was made"
            ),
            ("no recipe", good.replacing("\"recipe\":", with: "\"receipt\":"), "does not tell how the weight was made"),
            ("other rows", good.replacing("\"rows\":400", with: "\"rows\":399"), "is of other rows"),
            ("changed numbers", good.replacing("\"base64\":\"k", with: "\"base64\":\"l"), "was changed"),
            ("another checksum", good.replacing("\"crc32\":", with: "\"crc32\":7,\"was\":"), "was changed"),
        ]
        for (name, text, words) in wrong {
            #expect(text != good, "\(name)")
            try folder.write(text, to: "out.csv.calibration.json")
            for line in [
                "estimate out.csv \(RecordTests.design) --share contact", "convert out.csv no.sav",
                "import out.csv --study no.saual --wave w",
            ] {
                let found = try folder.saual(line)
                #expect(found.status == 3 && found.errors.contains(words), "\(name): \(found.errors)")
                #expect(found.errors.contains("out.csv.calibration.json"), "\(name)")
            }
            #expect(!folder.has("no.sav") && !folder.has("no.saual"))
        }
        // A weight of which the file does not speak is another weight.
        try folder.write(
            good.replacing("\"column\":\"weight\"", with: "\"column\":\"w8\""), to: "out.csv.calibration.json")
        #expect(try figures(folder, "out.csv").cautions == ["command.weight-without-record"])
        let absent = try folder.saual("import out.csv --study no.saual --wave w")
        #expect(absent.status == 3 && absent.errors.contains("that the data does not have") && !folder.has("no.saual"))
    }

    // MARK: Studies

    @Test func `indicators and reports of a study tell that nothing is known of its weight`() throws {
        let folder = try PreparedStudy.small()
        let study = try folder.text(of: "study.yaml")
        #expect(study.contains("weight: weight"))
        let file = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix(".saual") })
        let told = try folder.saual("indicators \(file) --format json")
        #expect(told.output.contains("command.figures-without-record"), "\(told.errors)")
        let json = try JSONDecoder().decode(JSONTree.self, from: Data(try folder.text(of: "results/report.json").utf8))
        #expect(json["cautions"].array.contains { $0["code"].string == "command.figures-without-record" })
        for (language, words) in [
            ("en", "Nothing tells how the weight"), ("ru", "Ничто не говорит, как сделан вес"),
            ("kk", "қалай жасалғанын ештеңе айтпайды"),
        ] {
            #expect(try folder.text(of: "results/report-\(language).html").contains(words))
        }
        let report = try folder.saual("report \(file) --format json")
        #expect(report.errors.contains("figures-without-record"))

        // Who writes that it is meant so hears nothing more; the readers of the report are told all the same.
        let design = study.replacing("weight: weight", with: "weight: weight, record: ignore")
        #expect(design != study)
        try folder.write(design, to: "study.yaml")
        let quiet = try folder.saual("run study.yaml")
        #expect(quiet.status == 0 && !quiet.errors.contains("without-record"), "\(quiet.errors)")
        #expect(try folder.text(of: "results/report.json").contains("figures-without-record"))
        #expect(try folder.saual("indicators \(file) --format json").output.contains("\"cautions\":[]"))
        let estimate = try folder.saual("estimate \(file):2026 --share contact=1 --format json")
        #expect(!estimate.output.contains("weight-without-record"), "\(estimate.errors)")
    }
}
