import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyTestSupport
import Testing

/// Combinations and changes equal R survey 4.1-1 (R 4.2.2); Tests/Reference/changes.R, 2026-11-21.
struct ChangeReferenceTests {
    private static let ids = ["mean", "total"].flatMap { statistic in
        [
            "clus1-full", "clus1-full-domain", "clus1-partial", "clus1-partial-fpc", "clus1-partial-independent",
            "strat-full", "strat-full-domain", "strat-partial", "strat-partial-domain", "strat-partial-independent",
        ].map { $0 + "-" + statistic }
    }

    private static let medianIDs = [
        "clus1-full", "clus1-full-domain", "clus1-partial", "clus1-partial-fpc", "clus1-partial-exact",
        "clus1-partial-fpc-exact", "strat-full", "strat-partial", "strat-partial-domain", "strat-partial-exact",
        "strat-partial-domain-exact",
    ].map { $0 + "-median" }

    /// The halves of the script: the rows of each half by number from 1, or by district.
    private func rows(_ id: String, _ data: ReferenceData, second: Bool) throws -> [Bool] {
        let all = 0..<data.table.rowCount
        guard id.contains("partial") else { return all.map { _ in true } }
        if id.hasPrefix("strat") { return all.map { ($0 + 1) % 3 != (second ? 1 : 0) } }
        let districts = try all.map { Double(try data.text("dnum", $0) ?? "") ?? 0 }
        let sorted = Set(districts).sorted()
        let kept = Set(second ? sorted[4...] : sorted[..<11])
        return districts.map(kept.contains)
    }

    /// One half as a sample of its own, with its estimate of api99 or api00.
    private func side(_ id: String, second: Bool, options: EstimationOptions) throws -> ChangeSide {
        let isStratified = id.hasPrefix("strat")
        let name = isStratified ? "apistrat" : "apiclus1"
        let data = try ReferenceData(name, file: "data/\(name).csv")
        let kept = try rows(id, data, second: second)
        let numbers = kept.indices.filter { kept[$0] }
        func texts(_ name: String) throws -> Column {
            Column(name: name, texts: try numbers.map { try data.text(name, $0) ?? "" })
        }
        func decimals(_ name: String) throws -> Column {
            Column(name: name, decimals: try numbers.map { try data.text(name, $0) ?? "" })
        }
        let hasSizes = isStratified || id.contains("full") || id.contains("fpc") || id.contains("independent")
        let table = Table(
            rowCount: numbers.count,
            columns: [
                try texts("stype"), try texts("dnum"), try texts("snum"), try decimals("pw"), try decimals("fpc"),
            ])
        let design = try SampleDesign(
            DesignSpecification(
                strata: isStratified ? ["stype"] : [], psu: [isStratified ? "snum" : "dnum"],
                fpc: hasSizes ? "fpc" : nil, weight: "pw"), table: table)
        let y = try decimals(second ? "api00" : "api99")
        let measure =
            if id.hasSuffix("total") {
                Measure(statistic: .total, variable: "y", content: .total(y))
            } else if id.hasSuffix("median") {
                Measure(statistic: .quantile, variable: "y", content: .quantiles(of: y, at: [0.5]))
            } else {
                Measure(statistic: .mean, variable: "y", content: .mean(y))
            }
        var domain: Truth?
        let name2 = isStratified ? "sch.wide" : "comp.imp"
        if id.contains("domain") || id.hasPrefix("strat-partial-independent") {
            domain = Truth(try numbers.map { try data.text(name2, $0) == "Yes" })
        }
        let result = try Estimation(design: design, options: options).estimates(
            of: [measure], by: [Breakdown()], where: domain)
        return ChangeSide(result, row: 0)
    }

    private func options() -> EstimationOptions {
        var options = EstimationOptions()
        options.keepsInfluences = true
        return options
    }

    private func differences(_ change: Change, _ wanted: JSONTree) -> [String] {
        var compare = Comparison(tolerance: 1e-9)
        let scale = max(abs(change.from.value ?? 0), abs(change.to.value ?? 0))
        compare(change.difference, wanted["estimate"], "difference", scale: scale * 1e-3)
        compare(change.standardError, wanted["se"], "se")
        compare(change.degreesOfFreedom, wanted["df"], "df")
        compare(change.low, wanted["ci_low"], "low", scale: scale * 1e-3)
        compare(change.high, wanted["ci_high"], "high", scale: scale * 1e-3)
        // Below 1e-16 GSL's tail of t holds six digits.
        if let p = change.p, let expected = wanted["p"].double,
            !isClose(p, expected, tolerance: p < 1e-16 ? 1e-5 : 1e-9)
        {
            compare.mismatches.append("p: \(p) is not \(expected)")
        }
        return compare.mismatches
    }

    @Test(arguments: ids)
    func `changes equal svyby and svycontrast on the stacked file, or the sum of two variances`(id: String) throws {
        let rows = try ReferenceFolder.json("changes.json")["rows"].array
        let wanted = try #require(rows.first { $0["id"].string == id })
        let (from, to) = (
            try side(id, second: false, options: options()), try side(id, second: true, options: options())
        )
        let overlap: Change.Overlap = id.contains("independent") ? .independent : .stacked
        let change = try Change.between(from, to, overlap: overlap)
        #expect(differences(change, wanted) == [])
        if id.contains("full") {
            // With every PSU in both samples the exact covariance is that of the stacked file.
            let exact = try Change.between(from, to, overlap: .exact)
            #expect(differences(exact, wanted) == [])
            #expect(exact.overlap == .exact)
            #expect(exact.sharedPSUs == from.design.psuCount)
            #expect(isClose(exact.correlation ?? 0, change.correlation ?? 1))
            let byCorrelation = try Change.between(from, to, overlap: .correlation)
            #expect(differences(byCorrelation, wanted) == [])
        }
    }

    @Test(arguments: medianIDs)
    func `changes of medians have the covariance of Woodruff's influences`(id: String) throws {
        let rows = try ReferenceFolder.json("changes.json")["rows"].array
        let wanted = try #require(rows.first { $0["id"].string == id })
        let (from, to) = (
            try side(id, second: false, options: options()), try side(id, second: true, options: options())
        )
        let isExact = id.contains("exact")
        #expect(differences(try Change.between(from, to, overlap: isExact ? .exact : .stacked), wanted) == [])
        if id.contains("full") {
            #expect(differences(try Change.between(from, to, overlap: .exact), wanted) == [])
        }
    }

    @Test func `independent samples of two designs have V1 + V2`() throws {
        let reference = try #require(
            try ReferenceFolder.json("waves.json")["cases"].array.first { $0["id"].string == "independent-diff" })
        let sides = try ["wave1", "wave2"].enumerated().map { position, wave in
            let name = reference["dataset"].strings[position]
            let data = try ReferenceData(name, file: reference["dataset_file"].strings[position])
            let design = reference["design"][wave]
            let sample = try SampleDesign(
                DesignSpecification(
                    strata: design["strata"].strings, fpc: design["fpc"].strings.first,
                    weight: design["weights"].string),
                table: data.table)
            var options = options()
            options.degreesOfFreedom = .infinite
            let variable = reference["statistic"][wave]["variables"].strings[0]
            let measure = Measure(
                statistic: .mean, variable: variable, content: .mean(try data.table.column(variable)))
            return ChangeSide(
                try Estimation(design: sample, options: options).estimates(of: [measure], by: [Breakdown()]), row: 0)
        }
        let change = try Change.between(
            sides[0], sides[1], overlap: .independent, degreesOfFreedom: .infinite)
        var compare = Comparison(tolerance: 1e-9)
        compare(change.difference, reference["expected"]["estimate"][0], "difference")
        compare(change.standardError, reference["expected"]["se"][0], "se")
        compare(change.low, reference["expected"]["ci_normal"]["lower"][0], "low")
        compare(change.high, reference["expected"]["ci_normal"]["upper"][0], "high")
        #expect(compare.mismatches == [])
        #expect(change.correlation == 0)
        #expect(change.sharedPSUs == 0)
        #expect(change.verdict == .increase)
    }
}
