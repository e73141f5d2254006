import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

struct IndicatorCompositeTests {
    private let design = DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "weight")

    private let parts =
        ExampleWave.entry("a", "share: contact = 1, base: everyone, by: sex")
        + ExampleWave.entry("b", "share: gave = 1, base: asked gave")

    @Test func `a composite is computed in each group with the covariance of its parts`() throws {
        // The mean of a figure and its complement is one half without any error.
        let entries =
            parts + ExampleWave.entry("no", "share: contact = 2, base: everyone")
            + ExampleWave.entry("half", "mean of: [a, no], by: sex")
        let results = try ExampleWave.results(entries, ExampleWave.large, design: design).results
        let half = results.filter { $0.definition.id == "half" }
        #expect(half.map { $0.by.map(\.category) } == [[], ["1"], ["2"]])
        for result in half {
            #expect(result.figure?.value == 0.5)
            // 0 up to rounding of the PSU sums.
            #expect((result.figure?.standardError ?? 1) < 1e-12)
            #expect(result.baseExpression == "" && result.base[.english] == "bases of its parts: everyone interviewed")
        }
    }

    @Test func `a part counts with the sum of its coefficients, however deep it stands`() throws {
        let entries =
            parts + ExampleWave.entry("m", "mean of: [a, b]") + ExampleWave.entry("twice", "difference of: [m, b]")
            + ExampleWave.entry("half", "difference of: [a, b]")
        let results = try ExampleWave.results(entries, ExampleWave.large, design: design).results
        func figure(_ id: String) throws -> Estimate {
            try #require(results.first { $0.definition.id == id && $0.by.isEmpty }?.figure)
        }
        // (a + b)/2 − b = (a − b)/2
        let (twice, half) = (try figure("twice"), try figure("half"))
        #expect(isClose(try #require(twice.value), try #require(half.value) / 2))
        #expect(isClose(try #require(twice.standardError), try #require(half.standardError) / 2))
        #expect(twice.nBase == 360 && twice.degreesOfFreedom == half.degreesOfFreedom)
    }

    @Test func `a score has points and no error`() throws {
        let entries = parts + ExampleWave.entry("s", "score of: a, scale: {full: 2, steps: 10}, by: sex")
        let results = try ExampleWave.results(entries, ExampleWave.large, design: design).results
        for result in results where result.definition.id == "s" {
            let part = try #require(
                results.first { $0.definition.id == "a" && $0.by.map(\.category) == result.by.map(\.category) })
            let value = try #require(part.figure?.value)
            #expect(isClose(try #require(result.figure?.value), (value * 10).rounded(.down) / 5))
            #expect(result.figure?.standardError == nil && result.figure?.low == nil)
        }
    }

    @Test func `a wave without the parts asked for computes them and does not show them`() throws {
        let questionnaire = try ExampleQuestionnaire.questionnaire()
        let document = try ExampleQuestionnaire.document(
            "saual: indicators/1\nindicators:\n" + parts + ExampleWave.entry("m", "mean of: [a, b], by: sex"))
        let all = try IndicatorReader.read(document, questionnaire: questionnaire).get()
        let only = all.filter { $0.id == "m" }
        let computation = IndicatorComputation(
            wave: "2021", table: ExampleWave.large, questionnaire: questionnaire,
            design: try SampleDesign(design, table: ExampleWave.large), rules: nil, identify: ExampleWave.identify)
        let alone = try computation.figures(of: only, among: all).results
        let together = try computation.figures(of: all).results.filter { $0.definition.id == "m" }
        #expect(alone.map(\.id) == together.map(\.id) && alone.count == 3)
        #expect(alone.map { $0.figure?.value } == together.map { $0.figure?.value })
        let columns = IndicatorComputation.columns(for: only, among: all, of: questionnaire)
        #expect(Set(columns) == ["contact", "gave", "sex"])
    }

    @Test func `a changed part changes the ids of what is made of it, and no other`() throws {
        func ids(_ text: String) throws -> [String] {
            try ExampleWave.results(
                text + ExampleWave.entry("m", "mean of: [a, b]"), ExampleWave.large, design: design
            ).results.map(\.id)
        }
        let before = try ids(parts)
        let after = try ids(parts.replacing("gave = 1", with: "gave = 2"))
        #expect(zip(before, after).map { $0 == $1 } == [true, true, true, false, false])
    }

    /// Tables of all sizes, whole numbers from a seed.
    private func table(seed: UInt64) -> Table {
        var generator = SeededGenerator(seed: seed)
        let rows = Array(0..<Int.random(in: 60...260, using: &generator))
        func pick(_ codes: [String], _ weights: [Int]) -> [ExampleWave.Answered] {
            let bag = zip(codes, weights).flatMap { [String](repeating: $0, count: $1) }
            return rows.map { _ in .code(bag.randomElement(using: &generator) ?? codes[0]) }
        }
        let contact = pick(["1", "2"], [3, 2])
        let gave = rows.map { row -> ExampleWave.Answered in
            guard case .code("1") = contact[row] else { return .missing(.notAsked) }
            return .code(Bool.random(using: &generator) ? "1" : "2")
        }
        return Table(
            rowCount: rows.count,
            columns: [
                ExampleWave.coded("stratum", ["0"], rows.map { _ in .code("0") }),
                ExampleWave.coded("psu", (0..<9).map(String.init), rows.map { .code(String($0 % 9)) }),
                ExampleWave.coded("sex", ["1", "2"], pick(["1", "2"], [2, 3])),
                ExampleWave.coded("region", ["07", "11"], pick(["07", "11"], [1, 5])),
                ExampleWave.coded("contact", ["1", "2"], contact), ExampleWave.coded("gave", ["1", "2"], gave),
                ExampleWave.number("weight", rows.map { _ in 1 }),
            ])
    }

    @Test func `no composite gives a withheld part away, and no part a withheld composite`() throws {
        let by = "by: [sex, region, [sex, region]]"
        let entries =
            ExampleWave.entry("a", "share: contact = 1, base: everyone, \(by)")
            + ExampleWave.entry("b", "share: gave = 1, base: asked gave, \(by)")
            + ExampleWave.entry("c", "mean of: [a, b], \(by)") + ExampleWave.entry("d", "difference of: [c, a], \(by)")
        let made = [("c", ["a", "b"]), ("d", ["c", "a"])]
        let rules = PublicationRules(minimumBase: 30, lowBase: 30, minimumPSUs: 1, shareStandard: .none)
        var withheld = 0
        for seed in 1...60 {
            let results = try ExampleWave.results(
                entries, table(seed: UInt64(seed)), design: design, rules: rules
            ).results
            var displays: [String: [String: Bool]] = [:]
            for result in results {
                let group = result.by.map { "\($0.variable)=\($0.category)" }.joined(separator: ",")
                displays[result.definition.id, default: [:]][group] = result.display.isWithheld
                #expect(!result.display.isWithheld || result.figure == nil)
            }
            for (composite, parts) in made {
                for (group, isWithheld) in displays[composite] ?? [:] {
                    let hidden = parts.compactMap { displays[$0]?[group] }.count { $0 }
                    // Withheld with a part, shown with all of them.
                    #expect(isWithheld == (hidden > 0), "seed \(seed), \(composite), \(group)")
                    if isWithheld { withheld += 1 }
                }
            }
            for (id, groups) in displays {
                for variable in ["sex", "region"] {
                    let sum = groups.filter {
                        $0.key.isEmpty || $0.key.hasPrefix(variable + "=") && !$0.key.contains(",")
                    }
                    #expect(sum.values.count { $0 } != 1, "seed \(seed), \(id) by \(variable)")
                }
            }
        }
        #expect(withheld > 50)
    }

    @Test func `a composite by a breakdown that its parts do not have is withheld by their bases there`() throws {
        let entries =
            ExampleWave.entry("a", "share: contact = 1, base: everyone, by: region")
            + ExampleWave.entry("b", "share: gave = 1, base: asked gave")
            + ExampleWave.entry("c", "mean of: [a, b], by: region")
        let rules = PublicationRules(minimumBase: 30, lowBase: 30, minimumPSUs: 1, shareStandard: .none)
        var found = 0
        for seed in 1...40 {
            let table = table(seed: UInt64(seed))
            let bases = try ExampleWave.results(
                entries.replacing("asked gave", with: "asked gave, by: region"), table, design: design
            ).results.filter { $0.definition.id == "b" && $0.by.map(\.category) == ["07"] }
            guard let base = bases.first?.figure?.nBase, base < 30 else { continue }
            found += 1
            let results = try ExampleWave.results(entries, table, design: design, rules: rules).results
            let composite = results.first { $0.definition.id == "c" && $0.by.map(\.category) == ["07"] }
            #expect(composite?.display.isWithheld == true, "seed \(seed)")
        }
        #expect(found > 5)
    }
}
