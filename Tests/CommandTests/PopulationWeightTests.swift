import Foundation
import SurveyKit
import SurveyTestSupport
import Testing

/// The recipe of `Datasets/culture-and-intolerance` by every way there is: the study, the shell, Swift, and files in between.
struct PopulationWeightTests {
    private static let steps =
        "--weight w_base --nonresponse stratum --status disp --status-map aapor --trim-max 4 --trim-of median "
        + "--spread proportional --rake targets.csv"
    private static let asked = "--strata stratum --psu psu --by sex --format json"

    /// The study after its run, where files may be written.
    private static let place = Swift.Result<TemporaryFolder, any Error> { try PreparedStudy.population() }

    private struct Figures {
        let values: [Double]
        let errors: [Double]

        func isClose(to other: Figures, _ tolerance: Double) -> Bool {
            func close(_ left: [Double], _ right: [Double]) -> Bool {
                left.count == right.count && left.count >= 3
                    && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * abs($1) }
            }
            return close(values, other.values) && close(errors, other.errors)
        }
    }

    private func saual(_ line: String) throws -> Saual.Result {
        let folder = "\(try PopulationWeightTests.place.get().path)/\(PreparedStudy.populationFolder)"
        let result = try Saual.bash("saual \(line)", in: folder)
        #expect(result.status == 0, "\(line): \(result.errors)")
        return result
    }

    private func figures(
        _ source: String, _ weight: String, _ more: String = "",
        _ measures: String = "--share ready_report --mean n_adult"
    ) throws -> Figures {
        // A CSV does not say which of its codes are missing answers.
        let codes = source.hasSuffix(".csv") ? "--na 98,99" : ""
        let asked = "\(measures) \(PopulationWeightTests.asked) \(codes) \(more)"
        let found = try saual("estimate \(source) --weight \(weight) \(asked)")
        let rows = try JSONDecoder().decode(JSONTree.self, from: Data(found.output.utf8))["rows"].array
        return Figures(
            values: rows.compactMap { $0["estimate"].double }, errors: rows.compactMap { $0["se"].double })
    }

    @Test func `the recipe gives the same figures and errors from the study, from a shell and from files in between`()
        throws
    {
        let study = "culture-and-intolerance.saual:2023"
        let own = try figures(study, "weight")
        // Without the record the standard errors are others: what is compared below is not a matter of course.
        #expect(!own.isClose(to: try figures(study, "weight", "--record ignore"), 1e-3))
        _ = try saual("weight \(study) \(PopulationWeightTests.steps) --name shell --quiet")
        #expect(try figures(study, "shell").isClose(to: own, 1e-12))

        // The study's interviews, weighted, on the way through files; then weighted from the file alone.
        for ending in ["csv", "sav"] {
            _ = try saual("convert \(study) \(ending)-out.\(ending) --force")
            #expect(try figures("\(ending)-out.\(ending)", "weight").isClose(to: own, 1e-12), "\(ending)")
            _ = try saual("import \(ending)-out.\(ending) --study back.saual --wave \(ending) --replace --quiet")
            // Imported without a questionnaire, a CSV does not say which of its codes are missing answers; "n_adult" has none.
            let measure = ending == "csv" ? "--mean n_adult" : "--share ready_report --mean n_adult"
            let known = try figures(study, "weight", "", measure)
            #expect(
                try figures("back.saual:\(ending)", "weight", "", measure).isClose(to: known, 1e-12), "\(ending) back")
            #expect(
                try figures("back.saual:\(ending)", "shell", "", measure).isClose(to: known, 1e-12), "\(ending) shell")
        }
        _ = try saual("weight csv-out.csv \(PopulationWeightTests.steps) --name again -o again.csv --force --quiet")
        #expect(try figures("again.csv", "again").isClose(to: own, 1e-12))
        #expect(try figures("again.csv", "weight").isClose(to: own, 1e-12))
    }

    @Test func `a Swift program gives the weights of the shell, and its record is read by the next call`() throws {
        let study = "culture-and-intolerance.saual:2022"
        let own = try figures(study, "weight")
        let path = "\(try PopulationWeightTests.place.get().path)/\(PreparedStudy.populationFolder)"
        _ = try saual("convert \(study) swift.csv --force")

        let recipe = WeightingRecipe(
            name: "w", base: "w_base",
            steps: [
                .nonresponse(NonresponseAdjustment(cells: ["stratum"], outcome: "disp", classes: .aapor)),
                .trim(Trimming(greatest: 4, of: .median, spread: .proportional)),
                .calibrate(.init(method: .rake, targets: "targets.csv")),
            ])
        let targets = try TargetsReader.read("\(path)/targets.csv").get()
        let reader = try FormatCatalog.open("\(path)/swift.csv")
        var roles = ["psu"].map { ImportPlan.RoleColumn($0, .key) }
        roles += ["stratum", "disp", "region", "settlement", "sex", "age_band", "ready_report"].map {
            .init($0, .answers)
        }
        roles += ["w_base", "weight", "n_adult"].map { .init($0, .number) }
        let plan = try ImportPlan(roles: roles, columns: reader.columns, missing: ["98", "99"])
        var sink = InMemorySink()
        let report = try Importer(plan, options: ImportOptions()).run(reader, into: &sink)
        let table = sink.takeTable(of: report)

        let made = try Weighting.run(recipe, on: table, targets: ["targets.csv": targets]).get()
        guard case .numbers(let shell, _) = try table.column("weight").values else {
            Issue.record("no numbers")
            return
        }
        #expect(made.weights.count == shell.count)
        #expect(zip(made.weights, shell).allSatisfy { abs($0 - $1) <= 1e-12 * abs($1) })

        let weight = Column(name: "w", kind: .number, values: .numbers(made.weights, kinds: []))
        let sample = try SampleDesign(
            DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "w"),
            table: Table(rowCount: table.rowCount, columns: table.columns + [weight]), calibration: made.record)
        let result = try Estimation(design: sample).estimates(
            of: [
                Measure(
                    statistic: .share, variable: "ready_report",
                    content: .shares(of: try table.column("ready_report"), only: nil)),
                Measure(statistic: .mean, variable: "n_adult", content: .mean(try table.column("n_adult"))),
            ], by: [Breakdown(), Breakdown(by: [try table.column("sex")])])
        let swift = result.rows.compactMap(\.value)
        let errors = result.rows.compactMap(\.standardError)
        #expect(swift.count == own.values.count)
        for (found, expected) in zip(swift.sorted(), own.values.sorted()) {
            #expect(abs(found - expected) <= 1e-12 * abs(expected))
        }
        for (found, expected) in zip(errors.sorted(), own.errors.sorted()) {
            #expect(abs(found - expected) <= 1e-12 * abs(expected))
        }

        // The column of the program under another name of the shell, with the record that the program writes.
        let file = "\(path)/swift.csv"
        let kept = try #require(try WeightingSidecar.read(beside: file))
        try WeightingSidecar(
            program: "a test", sha256: kept.sha256, rowCount: table.rowCount,
            weights: [
                .init(
                    column: "weight", recipe: .object([]), values: made.weights,
                    archive: WeightingArchive(record: made.record, summary: made.summary))
            ]
        ).write(beside: file, replacing: true)
        #expect(try figures("swift.csv", "weight").isClose(to: own, 1e-12))
    }
}
