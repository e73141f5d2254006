import Foundation
import SurveyTestSupport
import Testing

/// `saual sample`: plans, and samples that estimation reads as they were drawn.
struct SampleCommandTests {
    /// 240 households of 24 villages in two regions; y is known for all.
    private static let frame: String = {
        var lines = ["id,region,village,people,y"]
        for household in 0..<240 {
            let village = household * 7 % 24
            let people = 20 + village * village
            lines.append(
                "h\(household),\(village % 3 == 0 ? "north" : "south"),v\(village),\(people),\(household * 13 % 29)")
        }
        return lines.joined(separator: "\n") + "\n"
    }()

    /// A folder with the frame, and `villages.csv` with one row a village.
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(frame, to: "frame.csv")
        var seen: Set<String> = []
        let lines = frame.split(separator: "\n").filter { line in
            seen.insert(String(line.split(separator: ",")[2])).inserted
        }
        try folder.write(lines.joined(separator: "\n") + "\n", to: "villages.csv")
        return folder
    }

    private static func report(_ folder: TemporaryFolder, _ line: String) throws -> [String: Any] {
        let result = try folder.saual("sample draw \(line) --format json --quiet")
        #expect(result.status == 0, "\(result.errors)")
        return try JSON.object(result.output)
    }

    /// The estimate of the total of y with the options that the draw printed.
    private static func total(
        _ folder: TemporaryFolder, _ report: [String: Any], _ file: String = "sample.csv"
    ) throws -> (value: Double, error: Double) {
        let options = try #require(report["estimate"] as? String)
        let result = try folder.saual("estimate \(file) \(options) --total y --format json --quiet")
        #expect(result.status == 0, "\(options)\n\(result.errors)")
        let row = try #require(try JSON.rows(result.output).first)
        return (try #require(row.number("estimate")), try #require(row.number("se")))
    }

    private static func numbers(_ table: CSVTable, _ column: String) throws -> [Double] {
        try #require(table.column(column)).compactMap(Double.init)
    }

    @Test func `sizes of the command are those of the formulas`() throws {
        let folder = try TemporaryFolder()
        func json(_ line: String) throws -> [String: Any] {
            let result = try folder.saual("sample size \(line) --format json")
            #expect(result.status == 0, "\(result.errors)")
            return try JSON.object(result.output)
        }
        // Krejcie and Morgan (1970): 278 of 1000.
        #expect(try json("--share 0.5 --margin 0.05 --population 1000")["n"] as? Int == 278)
        // power.prop.test(p1 = .2, p2 = .25, power = .8): n = 1093.739
        #expect(try json("--share 0.2 --to 0.25")["n"] as? Int == 1094)
        let change = try json("--mean 10 --deviation 4 --to 10.5 --overlap 0.5 --correlation 0.6 --n 704")
        #expect(abs(try #require(change["power"] as? Double) - 0.8) < 1e-3)
        let effect = try json("--deviation 3 --margin 0.2 --rho 0.05 --take 11 --response 0.5")
        #expect(effect["deff"] as? Double == 1.5)
        #expect(effect["issued"] as? Int == (effect["n"] as? Int ?? 0) * 2)
        for language in ["en", "ru", "kk"] {
            let text = try folder.saual("sample size --share 0.5 --n 400 --language \(language)").output
            #expect(text.split(separator: "\n").count == 6, "\(text)")
        }
    }

    @Test func `an allocation is a plan that draw takes`() throws {
        let folder = try SampleCommandTests.folder()
        try folder.write("region,households,sd\nnorth,80,9\nsouth,160,6\n", to: "strata.csv")
        let line =
            "sample allocate strata.csv --strata region --population households --deviation sd --allocation neyman"
        // 80·9 : 160·6 = 3 : 4
        let csv = try folder.saual("\(line) --n 35 --format csv -o plan.csv")
        #expect(csv.status == 0, "\(csv.errors)")
        let plan = CSVTable(try folder.text(of: "plan.csv"))
        #expect(plan.column("n") == ["15", "20"] && plan.column("region") == ["north", "south"])
        let report = try SampleCommandTests.report(
            folder, "frame.csv --strata region --sizes plan.csv --seed 3 -o sample.csv")
        let strata = try #require(report["strata"] as? [[String: Any]])
        #expect(strata.compactMap { $0["drawn"] as? Int } == [15, 20])
        #expect(strata.compactMap { $0["sum_weights"] as? Double }.map { $0.rounded() } == [80, 160])
    }

    @Test func `a simple random sample in strata estimates a total with its error`() throws {
        let folder = try SampleCommandTests.folder()
        let report = try SampleCommandTests.report(
            folder, "frame.csv --strata region --n 60 --seed 7 -o sample.csv")
        let found = try SampleCommandTests.total(folder, report)
        let sample = CSVTable(try folder.text(of: "sample.csv"))
        #expect(sample.rows.count == 60)
        let y = try SampleCommandTests.numbers(sample, "y")
        let regions = try #require(sample.column("region"))
        var (total, variance) = (0.0, 0.0)
        for (region, population) in [("north", 80.0), ("south", 160.0)] {
            let own = zip(y, regions).filter { $0.1 == region }.map(\.0)
            let n = Double(own.count)
            let mean = own.reduce(0, +) / n
            let spread = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
            total += population * mean
            variance += population * population * (1 - n / population) * spread / n
        }
        #expect(isClose(found.value, total) && isClose(found.error, variance.squareRoot()))
    }

    @Test func `two stages by size estimate a total with the error of both`() throws {
        let folder = try SampleCommandTests.folder()
        let report = try SampleCommandTests.report(
            folder,
            "frame.csv --psu village --n 8 --take 4 --method pps-systematic --size people --seed 7 -o sample.csv")
        let found = try SampleCommandTests.total(folder, report)
        let sample = CSVTable(try folder.text(of: "sample.csv"))
        let y = try SampleCommandTests.numbers(sample, "y")
        let first = try SampleCommandTests.numbers(sample, "sample_probability")
        let second = try SampleCommandTests.numbers(sample, "sample_probability_2")
        let villages = try #require(sample.column("sample_psu"))
        // Σ over villages of (1 − π)·(t/π − mean)² · n/(n − 1), and inside each the error of a simple random sample, over π.
        var sums: [(total: Double, probability: Double, inside: Double)] = []
        for village in Set(villages).sorted() {
            let rows = villages.indices.filter { villages[$0] == village }
            let (n, f) = (Double(rows.count), second[rows[0]])
            #expect(n == 4 && isClose(f, 0.4))
            let mean = rows.reduce(0) { $0 + y[$1] } / n
            let spread = rows.reduce(0) { $0 + (y[$1] - mean) * (y[$1] - mean) } / (n - 1)
            let inside = (n / f) * (n / f) * (1 - f) * spread / n
            sums.append((mean * n / f, first[rows[0]], inside))
        }
        let expanded = sums.map { $0.total / $0.probability }
        let mean = expanded.reduce(0, +) / 8
        var variance = zip(expanded, sums).reduce(0) {
            $0 + 8.0 / 7 * (1 - $1.1.probability) * ($1.0 - mean) * ($1.0 - mean)
        }
        variance += sums.reduce(0) { $0 + $1.inside / $1.probability }
        #expect(isClose(found.value, expanded.reduce(0, +)))
        #expect(isClose(found.error, variance.squareRoot()))
    }

    @Test func `Sampford's pairs give the Horvitz–Thompson error of a total`() throws {
        let folder = try SampleCommandTests.folder()
        let report = try SampleCommandTests.report(
            folder,
            "villages.csv --strata region --n 9 --method sampford --size people --seed 5 --joint pairs.csv -o sample.csv"
        )
        let found = try SampleCommandTests.total(folder, report)
        let sample = CSVTable(try folder.text(of: "sample.csv"))
        let y = try SampleCommandTests.numbers(sample, "y")
        let own = try SampleCommandTests.numbers(sample, "sample_probability")
        let pairs = try folder.text(of: "pairs.csv").split(separator: "\n").map { line in
            line.split(separator: ",").compactMap { Double($0) }
        }
        #expect(pairs.count == 9 && pairs.allSatisfy { $0.count == 9 })
        var variance = 0.0
        for row in y.indices {
            for column in y.indices {
                let pair = row == column ? own[row] : pairs[row][column]
                variance += (pair - own[row] * own[column]) / pair * y[row] / own[row] * y[column] / own[column]
            }
        }
        #expect(isClose(found.value, zip(y, own).reduce(0) { $0 + $1.0 / $1.1 }))
        #expect(isClose(found.error, variance.squareRoot()))
    }

    @Test func `every method draws what estimate and a study read, certain units too`() throws {
        let folder = try SampleCommandTests.folder()
        for method in ["srs", "systematic", "pps-systematic", "sampford", "brewer"] {
            // Of 12 villages by the square of their number several are certain.
            for stage in ["", "--take 3", "--psu none"] {
                let size = method.hasPrefix("s") && method != "sampford" ? "" : " --size people"
                let source = stage == "--psu none" ? "villages.csv" : "frame.csv --psu village \(stage)"
                let report = try SampleCommandTests.report(
                    folder, "\(source) --strata region --n 15 --method \(method)\(size) --seed 1 --force -o sample.csv")
                let found = try SampleCommandTests.total(folder, report)
                #expect(found.value > 0 && found.error >= 0)
                let design = try #require(report["design"] as? String)
                #expect(design.hasPrefix("design:\n  strata: sample_stratum\n"))
                if !size.isEmpty {
                    let strata = try #require(report["strata"] as? [[String: Any]])
                    #expect(strata.contains { ($0["certain"] as? Int ?? 0) > 0 })
                    #expect(try folder.text(of: "sample.csv").contains("(certain)"))
                }
            }
        }
    }

    @Test func `the drawn sample runs as a wave of a study with the printed design`() throws {
        let folder = try SampleCommandTests.folder()
        let report = try SampleCommandTests.report(
            folder, "frame.csv --strata region --psu village --n 10 --take 4 --method sampford --seed 1 -o sample.csv")
        let draft = try folder.saual(
            "describe sample.csv --draft-questionnaire --languages en -o questionnaire.yaml")
        #expect(draft.status == 0, "\(draft.errors)")
        try folder.write(
            """
            saual: indicators/1
            indicators:
              - id: mean_y
                version: 1
                name: {en: Mean of y}
                mean: y
                base: answered y
                unit: mean

            """, to: "indicators.yaml")
        let design = try #require(report["design"] as? String)
        try folder.write(
            """
            saual: study/1
            id: drawn
            title: {en: A drawn sample}
            languages: [en]
            indicators: [indicators.yaml]
            waves:
              - id: "1"
                file: sample.csv
                questionnaire: questionnaire.yaml
            \(design)
            """, to: "study.yaml")
        let run = try folder.saual("run study.yaml --quiet")
        #expect(run.status == 0, "\(run.errors)")
        let study = try JSON.rows(folder.saual("indicators drawn.saual --format json --internal --quiet").output)
        let options = try #require(report["estimate"] as? String)
        let plain = try JSON.rows(folder.saual("estimate sample.csv \(options) --mean y --format json --quiet").output)
        let (one, two) = (try #require(study.first), try #require(plain.first))
        expectEqual(one.number("estimate"), two.number("estimate"), "mean")
        expectEqual(one.number("se"), two.number("se"), "se")
    }

    @Test func `the same seed gives the same bytes, whatever the order of other strata`() throws {
        let folder = try SampleCommandTests.folder()
        let line =
            "sample draw frame.csv --strata region --psu village --n 8 --method brewer --size people --take 2 --seed"
        #expect(try folder.saual("\(line) 5 -o a.csv --quiet").status == 0)
        #expect(try folder.saual("\(line) 5 -o b.csv --quiet").status == 0)
        #expect(try folder.saual("\(line) 6 -o c.csv --quiet").status == 0)
        #expect(try folder.bytes(of: "a.csv") == folder.bytes(of: "b.csv"))
        #expect(try folder.bytes(of: "a.csv") != folder.bytes(of: "c.csv"))
    }

    @Test func `wrong calls and files are named, and nothing is written`() throws {
        let folder = try SampleCommandTests.folder()
        try folder.write("id,region,village,people,y\n1,,v1,3,1\n2,north,v1,4,2\n3,south,v1,-1,2\n", to: "holes.csv")
        try folder.write("region,n\nnorth,3\neast,2\n", to: "plan.csv")
        try folder.write("region,n\nnorth,3\nsouth,2.5\n", to: "half.csv")
        try folder.write("region,n\nnorth,3\n", to: "short.csv")
        try folder.write("region,N\nnorth,30\nnorth,20\n", to: "twice.csv")
        try folder.write("sample_weight,a\n1,2\n", to: "taken.csv")
        try folder.copy(Saual.root + "/Tests/Reference/files/plain.sav", to: "plain.sav")
        let draw = "draw frame.csv --seed 1 -o out.csv"
        let cases: [(line: String, code: String, status: Int32)] = [
            ("seize --share 0.5", "command.unknown-sample-step", 2),
            ("size --share 0.5 --margin 0.05 --method srs", "command.wrong-sample-option", 2),
            ("size --margin 0.05", "command.nothing-to-plan", 2),
            ("size --share 0.5", "command.no-sample-goal", 2),
            ("size --share 0.5 --margin 0.05 --power 0.9", "command.sample-option-needs", 2),
            ("size --share 0.5 --margin 0.05 --n 30", "command.sample-options-clash", 2),
            ("size --share 0.5 --n 2.5", "command.not-whole-number", 2),
            ("size --share 5 --margin 0.05", "sampling.out-of-range", 2),
            ("size --share 0.5 --to 0.6 --overlap 0.5", "command.sample-option-needs", 2),
            ("allocate twice.csv --strata region --population N --n 10", "command.stratum-twice", 3),
            ("allocate plan.csv --strata region --population n --n 10", "sampling.greatest-too-small", 2),
            ("allocate plan.csv --strata region --n 10", "command.sample-needs", 2),
            ("allocate", "command.missing-operand", 2),
            ("draw frame.csv --n 5 --seed 1", "command.missing-option", 2),
            ("draw frame.csv --n 5 -o out.csv", "command.sample-needs", 2),
            ("\(draw) --n 500", "sampling.greatest-too-small", 2),
            ("\(draw) --n 5 --method brewer", "sampling.no-size", 2),
            ("\(draw) --n 5 --take 3", "command.sample-option-needs", 2),
            ("\(draw) --n 5 --strata regoin", "data.unknown-column", 2),
            ("\(draw) --n 5 --allocation neyman --strata region", "command.allocate-first", 2),
            ("\(draw) --strata region --sizes plan.csv", "command.plan-stratum", 3),
            ("\(draw) --strata region --sizes half.csv", "command.plan-size", 3),
            ("\(draw) --strata region --sizes short.csv", "command.plan-lacks-strata", 3),
            ("\(draw) --n 5 --method systematic --joint j.csv", "sampling.no-pair-formula", 2),
            ("draw holes.csv --seed 1 -o out.csv --n 2 --strata region", "command.frame-without-key", 3),
            ("draw holes.csv --seed 1 -o out.csv --n 2 --method brewer --size people", "sampling.wrong-size", 3),
            (
                "draw holes.csv --seed 1 -o out.csv --n 1 --psu village --method brewer --size people",
                "sampling.wrong-size", 3
            ),
            (
                "draw frame.csv --seed 1 -o out.csv --n 2 --psu region --method brewer --size people",
                "sampling.size-varies", 3
            ),
            ("draw taken.csv --seed 1 -o out.csv --n 1", "command.sample-column-taken", 2),
            ("draw frame.csv --seed -1 --n 4 -o out.csv", "command.not-a-seed", 2),
            ("draw plain.sav --seed 1 --n 1 -o out.csv", "command.frame-not-text", 3),
            ("draw none.csv --seed 1 --n 4 -o out.csv", "problems.unreadable-file", 3),
        ]
        for (line, code, status) in cases {
            let result = try folder.saual("sample \(line) --format json")
            #expect(result.errors.contains("\"code\":\"\(code)\""), "\(line)\n\(result.errors)")
            #expect(result.status == status, "\(line): \(result.status)")
        }
        #expect(!folder.has("out.csv") && !folder.has("j.csv"))
    }
}
