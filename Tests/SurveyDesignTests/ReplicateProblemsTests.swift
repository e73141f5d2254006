@testable import SurveyDesign
import SurveyData
import SurveyProblems
import SurveyTestSupport
import Testing

/// What replicates cannot be made of, each with its code and its words in three languages.
struct ReplicateProblemsTests {
    /// PSUs by stratum.
    private func table(_ sizes: [Int], extra: [Column] = []) -> Table {
        var (strata, psus): ([String], [String]) = ([], [])
        for (stratum, size) in sizes.enumerated() {
            for psu in 0..<size {
                strata += ["s\(stratum)", "s\(stratum)"]
                psus += ["p\(stratum)-\(psu)", "p\(stratum)-\(psu)"]
            }
        }
        let rows = strata.count
        let columns = [
            Column("s", strata), Column("p", psus),
            Column("w", [Double](repeating: 2, count: rows)),
            Column("f", [Double](repeating: 0.5, count: rows)),
        ]
        return Table(rowCount: rows, columns: columns + extra)
    }

    private func problem(
        _ plan: ReplicatePlan, _ sizes: [Int] = [3, 3], lonely: LonelyPSU = .fail, extra: [Column] = []
    ) -> Problem? {
        var specification = DesignSpecification(strata: ["s"], psu: ["p"], weight: "w", lonelyPSU: lonely)
        specification.replicates = plan
        do {
            _ = try SampleDesign(specification, table: table(sizes, extra: extra))
            return nil
        } catch { return error }
    }

    private func made(_ method: ReplicateMethod, count: Int? = nil, seed: UInt64? = 1) -> ReplicatePlan {
        ReplicatePlan(.made(method, count: count, seed: seed))
    }

    private func expect(_ problem: Problem?, _ code: String, exit: Int32) {
        #expect(problem?.code == code)
        #expect(problem?.kind.exitCode == exit)
        #expect(problem?.translationFaults == [])
    }

    @Test func `methods refuse samples that they do not fit`() {
        expect(problem(made(.brr)), "design.replicates-odd", exit: 4)
        expect(problem(made(.fay(0.3)), [2, 1]), "design.replicates-odd", exit: 4)
        expect(problem(made(.jk2)), "design.replicates-not-two", exit: 4)
        expect(problem(made(.jk2), [2]), "design.replicates-none", exit: 4)
        expect(problem(made(.jk1)), "design.replicates-jk1-strata", exit: 4)
        expect(problem(made(.jk1), [1]), "design.replicates-one-psu", exit: 4)
        expect(problem(made(.sdr), [1], lonely: .certainty), "design.replicates-one-psu", exit: 4)
        expect(problem(made(.jkn), [1, 1], lonely: .certainty), "design.replicates-none", exit: 4)
        expect(problem(made(.cantyDavison), [1, 1], lonely: .certainty), "design.replicates-none", exit: 4)
    }

    @Test(arguments: [ReplicateMethod.jkn, .bootstrap, .half, .multistage, .cantyDavison, .sdr])
    func `a single PSU without a rule is refused`(method: ReplicateMethod) {
        expect(problem(made(method), [3, 1]), "design.replicates-lonely", exit: 4)
        #expect(problem(made(method), [3, 1], lonely: .certainty) == nil)
    }

    @Test(arguments: [ReplicateMethod.bootstrap, .half, .multistage, .cantyDavison])
    func `a bootstrap follows no rule but certainty`(method: ReplicateMethod) {
        expect(problem(made(method), [3, 1], lonely: .adjust), "design.replicates-lonely-rule", exit: 4)
    }

    @Test(arguments: [ReplicateMethod.bootstrap, .half, .multistage, .cantyDavison])
    func `random replicates need a seed`(method: ReplicateMethod) {
        expect(problem(made(method, seed: nil)), "design.replicates-no-seed", exit: 2)
    }

    @Test func `numbers of replicates are checked`() {
        expect(problem(made(.jkn, count: 4)), "design.replicates-own-count", exit: 2)
        expect(problem(made(.bootstrap, count: 1)), "design.replicates-count", exit: 2)
        expect(problem(made(.bootstrap, count: .max)), "design.replicates-count", exit: 2)
        expect(problem(made(.brr, count: 6), [2, 2]), "design.replicates-order", exit: 2)
        expect(problem(made(.brr, count: 4), [2, 2, 2, 2]), "design.replicates-order", exit: 2)
        expect(problem(made(.sdr, count: 92)), "design.replicates-order", exit: 2)
        #expect(problem(made(.brr, count: 12), [2, 2]) == nil)
    }

    private func columns(_ values: [Double], _ names: [String] = ["r1", "r2"]) -> [Column] {
        names.map { Column($0, values) }
    }

    private func given(
        _ method: ReplicateMethod? = nil, scale: Double? = nil, scales: [Double]? = nil, names: [String] = ["r1", "r2"]
    ) -> ReplicatePlan {
        ReplicatePlan(.given(.init(names: names, method: method, scale: scale, scales: scales)))
    }

    @Test func `given replicates need a scale, and one only`() {
        let extra = columns([Double](repeating: 2, count: 12))
        func found(_ plan: ReplicatePlan) -> Problem? { problem(plan, extra: extra) }
        expect(found(given()), "design.replicates-no-scale", exit: 2)
        expect(found(given(.brr, scale: 1)), "design.replicates-two-scales", exit: 2)
        expect(found(given(scale: 0)), "design.replicates-wrong-scale", exit: 2)
        expect(found(given(scale: .infinity)), "design.replicates-wrong-scale", exit: 2)
        expect(found(given(scale: 1, scales: [1])), "design.replicates-scales", exit: 2)
        expect(found(given(scale: 1, scales: [1, -1])), "design.replicates-wrong-scale", exit: 2)
        expect(found(given(scale: 1, scales: [0, 0])), "design.replicates-wrong-scale", exit: 2)
        expect(found(given(.jkn)), "design.replicates-jkn-scales", exit: 2)
        expect(found(given(.jk1)), "design.replicates-jk1-strata", exit: 4)
        expect(found(given(.brr, names: ["r1"])), "design.replicates-columns", exit: 2)
        #expect(found(given(.jkn, scales: [1, 1])) == nil)
        #expect(found(given(.cantyDavison)) == nil)
    }

    @Test func `a missing replicate weight is no 0, and one without a weight is refused`() {
        var values = [Double](repeating: 2, count: 12)
        values[4] = .nan
        expect(problem(given(.brr), extra: columns(values)), "design.replicates-missing", exit: 3)
        let weightless = Column("w", [0] + [Double](repeating: 2, count: 11))
        var specification = DesignSpecification(strata: ["s"], psu: ["p"], weight: "w")
        specification.replicates = given(.brr)
        let all = table([3, 3], extra: columns([Double](repeating: 1, count: 12)))
        let mixed = Table(rowCount: 12, columns: [weightless] + all.columns)
        #expect {
            try SampleDesign(specification, table: mixed)
        } throws: { ($0 as? Problem)?.code == "design.replicates-stray" }
    }

    @Test func `the scale of a method is that of its formula`() throws {
        func scale(_ method: ReplicateMethod) throws -> Double {
            let names = (0..<10).map { "r\($0)" }
            var specification = DesignSpecification(strata: ["s"], psu: ["p"], weight: "w")
            specification.replicates = given(method, names: names)
            let table = table([3, 6], extra: columns([Double](repeating: 2, count: 18), names))
            return try #require(try SampleDesign(specification, table: table).replicates).scale
        }
        #expect(try scale(.brr) == 0.1)
        #expect(try isClose(scale(.fay(0.3)), 1 / (10 * 0.49)))
        #expect(try scale(.sdr) == 0.4)
        #expect(try scale(.bootstrap) == 1.0 / 9)
        #expect(try scale(.jk2) == 1)
        // ñ = 2/(1/3 + 1/6) = 4: 4/3 of 1/9.
        #expect(try isClose(scale(.cantyDavison), 4.0 / 27))
    }

    @Test func `half samples leave population sizes out, and say so`() throws {
        var specification = DesignSpecification(strata: ["s"], psu: ["p"], fpc: "f", weight: "w")
        specification.replicates = made(.brr)
        let replicates = try #require(try SampleDesign(specification, table: table([2, 2])).replicates)
        #expect(replicates.cautions.map(\.code) == ["design.replicates-no-fpc"])
        #expect(replicates.cautions.allSatisfy { $0.translationFaults.isEmpty })
    }
}
