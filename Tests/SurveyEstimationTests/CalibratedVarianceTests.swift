import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyProblems
import SurveyTestSupport
import SurveyWeighting
import Testing

/// Variances after calibration by other routes than the engine's.
struct CalibratedVarianceTests {
    /// A sample with two invented steps of calibration, the weights of which fit no totals: the formula does not ask.
    private struct Invented {
        var sample: TestSample
        let record: CalibrationRecord

        init(seed: UInt64, drops: Bool) {
            sample = TestSample(seed: seed)
            var generator = SeededGenerator(seed: seed &+ 1)
            let n = sample.rowCount
            var before = (0..<n).map { _ in 0.5 + generator.uniform() }
            var steps: [CalibrationRecord.Step] = []
            for (number, margins) in [[3, 2], [4]].enumerated() {
                let cells = margins.reduce(1, *)
                let cellOfRow = (0..<n).map { _ in UInt32(generator.below(cells)) }
                var after = before.map { $0 * (0.5 + generator.uniform()) }
                // The second step drops some rows; the first never had some others.
                for row in 0..<n where drops && (number == 0 ? row % 17 == 3 : row % 13 == 5) { after[row] = 0 }
                steps.append(
                    CalibrationRecord.Step(
                        method: number == 0 ? .rake : .poststratify, margins: margins.map { ["m\($0)"] },
                        cellOfRow: cellOfRow.enumerated().map { after[$0] == 0 && number == 0 ? UInt32(cells) : $1 },
                        categoryOfCell: margins.count == 2
                            ? [(0..<cells).map { UInt32($0 / 2) }, (0..<cells).map { UInt32($0 % 2) }]
                            : [(0..<cells).map { UInt32($0) }],
                        before: before.indices.map { after[$0] == 0 && number == 0 ? 0 : before[$0] }, after: after,
                        turnFactors: margins.map { _ in (0..<cells).map { 0.7 + 0.1 * Double($0) } }))
                before = after
            }
            record = CalibrationRecord(steps: steps)
            // Weights were trimmed after the calibration.
            sample.weights = before.map { min($0, 1.2) }
        }

        func design(_ lonely: LonelyPSU = .fail) throws -> SampleDesign {
            try SampleDesign(
                DesignSpecification(strata: ["stratum"], psu: ["psu"], lonelyPSU: lonely),
                table: Table(
                    rowCount: sample.rowCount,
                    columns: [Column(name: "stratum", texts: sample.strata), Column(name: "psu", texts: sample.psus)]),
                weights: sample.weights, calibration: record)
        }

        /// Z = w·u taken through the steps row by row, straight from the formula.
        func residuals(_ u: (Int) -> Double, sweeps: Bool) -> [Double] {
            var z = (0..<sample.rowCount).map { sample.weights[$0] * u($0) }
            for step in record.steps {
                let outside = UInt32(step.categoryOfCell[0].count)
                let rows = z.indices.filter { step.cellOfRow[$0] != outside && step.after[$0] != 0 }
                func indicator(_ margin: Int, _ row: Int) -> Int {
                    Int(step.categoryOfCell[margin][Int(step.cellOfRow[row])])
                }
                if sweeps, step.method == .rake {
                    for _ in 0..<10 {
                        for margin in step.categoryOfCell.indices {
                            let w = rows.map { step.after[$0] * step.turnFactors[margin][Int(step.cellOfRow[$0])] }
                            let a = zip(rows, w).map { z[$0] / $1 }
                            for category in Set(rows.map { indicator(margin, $0) }) {
                                let own = rows.indices.filter { indicator(margin, rows[$0]) == category }
                                let mean = own.map { a[$0] }.reduce(0, +) / Double(own.count)
                                for position in own { z[rows[position]] -= w[position] * mean }
                            }
                        }
                    }
                    continue
                }
                // Rows that the step dropped are in the regression with Z/w = 0, and have Z = 0 after it.
                let all = z.indices.filter { step.cellOfRow[$0] != outside }
                var a = all.map { step.after[$0] == 0 ? 0 : z[$0] / step.after[$0] }
                let d = all.map { step.before[$0] }
                var basis: [[Double]] = []
                for (margin, categories) in step.categoryOfCell.enumerated() {
                    for category in 0...(categories.max() ?? 0) {
                        var x = all.map { indicator(margin, $0) == Int(category) ? 1.0 : 0 }
                        for _ in 0..<2 {
                            for q in basis {
                                let product = x.indices.map { d[$0] * x[$0] * q[$0] }.reduce(0, +)
                                for position in x.indices { x[position] -= product * q[position] }
                            }
                        }
                        let norm = x.indices.map { d[$0] * x[$0] * x[$0] }.reduce(0, +).squareRoot()
                        if norm > 1e-9 { basis.append(x.map { $0 / norm }) }
                    }
                }
                for q in basis {
                    let product = a.indices.map { d[$0] * a[$0] * q[$0] }.reduce(0, +)
                    for position in a.indices { a[position] -= product * q[position] }
                }
                for (position, row) in all.enumerated() { z[row] = step.after[row] * a[position] }
            }
            return z
        }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `two steps and a trimming equal the formula row by row`(seed: UInt64) throws {
        for sweeps in [false, true] {
            let invented = Invented(seed: seed, drops: seed > 2)
            let sample = invented.sample
            var options = EstimationOptions()
            options.rakeResiduals = sweeps ? .sweeps : .projection
            options.keepsInfluences = true
            options.keepsCovariance = true
            let result = try Estimation(design: invented.design(), options: options).estimates(
                of: [sample.total, sample.mean], by: [Breakdown(), Breakdown(by: [sample.groupColumn])])
            #expect(result.rows.count == 8)
            for (position, row) in result.rows.enumerated() {
                func isIn(_ k: Int) -> Bool {
                    sample.weights[k] != 0 && sample.y[k] != nil
                        && row.by.allSatisfy { $0.category == sample.groups[k] }
                }
                let size = (0..<sample.rowCount).filter(isIn).map { sample.weights[$0] }.reduce(0, +)
                let mean = try #require(row.value)
                let z = invented.residuals(
                    { k in
                        guard isIn(k), let y = sample.y[k] else { return 0 }
                        return row.statistic == .total ? y : (y - mean) / size
                    }, sweeps: sweeps)
                let expected = sample.variance { z[$0] }.squareRoot()
                #expect(isClose(row.standardError ?? 0, expected, tolerance: 1e-11), "\(row.statistic) \(row.by)")
                let sums = sample.psuSums { z[$0] }
                let scale = sums.map(\.sum).map(abs).max() ?? 0
                for (found, own) in zip(result.influences[position], sums) {
                    #expect(isClose(found, own.sum, tolerance: 1e-11, scale: scale))
                }
                #expect(isClose(result.covariance?[position, position] ?? 0, expected * expected, tolerance: 1e-11))
            }
        }
    }

    @Test func `weights that are taken as fixed have the variance without calibration`() throws {
        let invented = Invented(seed: 5, drops: false)
        var options = EstimationOptions()
        options.calibration = .ignore
        let fixed = try Estimation(design: invented.design(), options: options).rows(invented.sample.every)
        let plain = try Estimation(design: invented.sample.design()).rows(invented.sample.every)
        for (a, b) in zip(fixed, plain) { #expect(a.standardError == b.standardError) }
        options.missing = .listwise
        #expect(throws: Never.self) {
            try Estimation(design: invented.design(), options: options).rows([invented.sample.mean])
        }
        options.calibration = .use
        let problem = #expect(throws: Problem.self) {
            try Estimation(design: invented.design(), options: options).rows([invented.sample.mean])
        }
        #expect(problem?.code == "estimation.listwise-calibrated")
    }

    @Test func `what calibration controls has no error`() throws {
        let data = try ReferenceData("apistrat", file: "data/apistrat.csv")
        guard case .numbers(let weights, _) = try data.table.column("pw").values else { return }
        var weighting = PlainWeighting(data, weights: weights)
        let totals = ["stype": ["E": 4421.0, "H": 755, "M": 1018], "sch.wide": ["No": 1072.0, "Yes": 5122]]
        try weighting.apply(CalibratedVarianceTests.rake(["stype", "sch.wide"], totals))
        let design = try SampleDesign(
            DesignSpecification(strata: ["stype"], fpc: "fpc"), table: data.table, weights: weighting.weights,
            calibration: CalibrationRecord(steps: weighting.record))
        let count = Measure(statistic: .count, variable: "", content: .rows)
        let share = Measure(
            statistic: .share, variable: "sch.wide", content: .shares(of: try data.table.column("sch.wide"), only: nil))
        let rows = try Estimation(design: design).rows(
            [count, share],
            by: [
                Breakdown(), Breakdown(by: [try data.table.column("stype")]),
                Breakdown(by: [try data.table.column("awards")]),
            ])
        // A school with awards has met its target school-wide, so that some shares are 1.
        for row in rows where !row.flags.contains(.edge) {
            let isControlled = row.by.isEmpty || (row.statistic == .count && row.by[0].variable == "stype")
            #expect((row.standardError == 0) == isControlled, "\(row.statistic) \(row.by): \(row.standardError ?? -1)")
        }
    }

    @Test func `raking and steps one after the other equal R's calibrate and postStratify`() throws {
        let reference = try ReferenceFolder.json("calibration.json")["rows"].array
        #expect(reference.count == 30)
        for wanted in reference {
            let name = wanted["data"].string ?? ""
            let data = try ReferenceData(name, file: "data/\(name).csv")
            guard case .numbers(let weights, _) = try data.table.column("pw").values else { continue }
            let totals = [
                "stype": ["E": 4421.0, "H": 755, "M": 1018], "sch.wide": ["No": 1072.0, "Yes": 5122],
                "awards": ["No": 2027, "Yes": 4167], "comp.imp": ["No": 1500, "Yes": 4694],
            ]
            var weighting = PlainWeighting(data, weights: weights)
            for step in (wanted["steps"].string ?? "").split(separator: ";") {
                let parts = step.split(separator: ":")
                let names = parts[1].split(separator: ",").map(String.init)
                try weighting.apply(
                    parts[0] == "rake"
                        ? CalibratedVarianceTests.rake(names, totals)
                        : CalibratedVarianceTests.margin(names[0], totals, ["op": .string("post_stratify")]))
            }
            let isStratified = name == "apistrat"
            let design = try SampleDesign(
                DesignSpecification(
                    strata: isStratified ? ["stype"] : [], psu: isStratified ? [] : ["dnum"],
                    fpc: isStratified ? "fpc" : nil),
                table: data.table, weights: weighting.weights, calibration: CalibrationRecord(steps: weighting.record))
            let (y, x) = (try data.table.column("api00"), try data.table.column("meals"))
            let measure =
                switch wanted["statistic"].string {
                case "mean": Measure(statistic: .mean, variable: "y", content: .mean(y))
                case "total": Measure(statistic: .total, variable: "y", content: .total(y))
                default: Measure(statistic: .ratio, variable: "x/y", content: .ratio(x, y))
                }
            let domain =
                wanted["domain"].string == ""
                ? nil : Truth(try (0..<data.table.rowCount).map { try data.text("comp.imp", $0) == "Yes" })
            let row = try #require(try Estimation(design: design).rows([measure], where: domain).first)
            var compare = Comparison(tolerance: 1e-9)
            compare(row.value, wanted["estimate"], "estimate")
            compare(row.standardError, wanted["se"], "se")
            #expect(compare.mismatches.isEmpty, "\(wanted["id"].string ?? "") \(compare.mismatches)")
        }
    }

    private static func margin(
        _ name: String, _ totals: [String: [String: Double]], _ other: [String: JSONTree] = [:]
    ) -> JSONTree {
        var fields = other
        fields["by"] = .array([.string(name)])
        fields["population"] = .array(
            (totals[name] ?? [:]).sorted { $0.key < $1.key }.map {
                .object(["cell": .object([name: .string($0.key)]), "freq": .number($0.value)])
            })
        return .object(fields)
    }

    private static func rake(_ names: [String], _ totals: [String: [String: Double]]) -> JSONTree {
        .object([
            "op": .string("rake"), "maxit": .number(500), "epsilon": .number(1e-15),
            "margins": .array(names.map { margin($0, totals) }),
        ])
    }
}
