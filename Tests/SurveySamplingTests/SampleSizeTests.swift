import SurveyProblems
import SurveyTestSupport
import Testing

@testable import SurveySampling

struct SampleSizeTests {
    @Test func `sizes for a share of a half equal the table of Krejcie and Morgan`() throws {
        // Krejcie and Morgan (1970), Educational and Psychological Measurement 30, table 1: 95 %, margin 0.05; they round to
        // the nearest whole number and write χ² = 3.841.
        let table = [
            10: 10, 50: 44, 100: 80, 200: 132, 300: 169, 500: 217, 700: 248, 1000: 278, 1500: 306, 2000: 322, 5000: 357,
            10000: 370, 50000: 381,
        ]
        for (population, size) in table {
            var plan = SampleSize(.share(0.5))
            plan.population = population
            let exact = try plan.interviews(margin: 0.05).exact
            #expect(abs(exact - Double(size)) <= 0.51, "\(population): \(exact)")
        }
    }

    @Test func `a size by hand`() throws {
        // z = 1.959963984540054; z²·0.2·0.8/0.03² = 682.9...
        let z = 1.959963984540054
        let plan = try SampleSize(.share(0.2)).interviews(margin: 0.03)
        #expect(isClose(plan.exact, z * z * 0.16 / 0.0009))
        #expect(plan.interviews == 683 && plan.issued == 683 && plan.clusters == nil)
        let mean = try SampleSize(.mean(50, deviation: 20)).interviews(relativeMargin: 0.04)
        #expect(isClose(mean.exact, z * z * 400 / 4))
    }

    @Test func `the design effect multiplies, the response rate divides, clusters hold the interviews`() throws {
        var plan = SampleSize(.share(0.2))
        plan.effect.interviewsPerCluster = 11
        plan.effect.intraclassCorrelation = 0.05
        plan.effect.weightVariation = 0.5
        plan.effect.other = 0.9
        // 0.9 · 1.25 · 1.5
        #expect(isClose(plan.effect.value, 1.6875))
        plan.responseRate = 0.6
        let plain = try SampleSize(.share(0.2)).interviews(margin: 0.03).exact
        let size = try plan.interviews(margin: 0.03)
        #expect(isClose(size.exact, 1.6875 * plain))
        #expect(size.interviews == 1153 && size.issued == 1922 && size.clusters == 105)
    }

    @Test func `the margin of the size is the margin that was asked for`() throws {
        for population in [nil, 900, 40_000] {
            for measure in [PlannedMeasure.share(0.03), .mean(7, deviation: 2)] {
                var plan = SampleSize(measure)
                plan.population = population
                plan.effect.other = 1.7
                plan.level = 0.9
                let margin = 0.011
                let size = try plan.interviews(margin: margin)
                #expect(try plan.margin(interviews: size.interviews) <= margin)
                if size.interviews > 1 { #expect(try plan.margin(interviews: size.interviews - 1) > margin) }
            }
        }
        var census = SampleSize(.share(0.5))
        census.population = 50
        #expect(try census.margin(interviews: 50) == 0)
    }

    @Test func `sizes and powers of a change of a share equal power.prop.test`() throws {
        let cases = try ReferenceFolder.json("sampling.json")["changes"].array
        #expect(cases.count == 40)
        for reference in cases {
            func number(_ name: String) throws -> Double { try #require(reference[name].double) }
            var plan = ChangeSampleSize(from: .share(try number("from")), to: .share(try number("to")))
            plan.level = try number("level")
            plan.isOneSided = reference["one_sided"].bool == true
            let size = try plan.interviews(power: number("power")).exact
            // R solves by uniroot with tol = 1e-12; its significance 1 − level has lost a digit.
            #expect(isClose(size, try number("n"), tolerance: 1e-9), "\(reference)")
            #expect(isClose(try plan.power(interviews: 700), try number("power_of_700")), "\(reference)")
        }
    }

    @Test func `overlap and correlation make the waves smaller, by hand`() throws {
        // z = 1.959963984540054 + 0.8416212335729143; V = 2·16·(1 − 0.5·0.6)
        var plan = ChangeSampleSize(from: .mean(10, deviation: 4), to: .mean(10.5, deviation: 4))
        plan.overlap = 0.5
        plan.correlation = 0.6
        let z = 1.959963984540054 + 0.8416212335729143
        #expect(isClose(try plan.interviews().exact, z * z * 32 * 0.7 / 0.25))
        #expect(isClose(try plan.power(interviews: 704), 0.8, tolerance: 1e-3))
    }

    @Test func `in a finite population the size gives the power asked for`() throws {
        for overlap in [0, 0.4, 1] {
            var plan = ChangeSampleSize(from: .share(0.2), to: .share(0.25))
            plan.overlap = overlap
            plan.correlation = overlap > 0 ? 0.5 : 0
            plan.population = 3000
            plan.effect.other = 1.3
            let size = try plan.interviews(power: 0.8)
            #expect(try plan.power(interviews: size.interviews) >= 0.8)
            #expect(try plan.power(interviews: size.interviews - 1) < 0.8)
            var infinite = plan
            infinite.population = nil
            #expect(try infinite.interviews(power: 0.8).interviews > size.interviews)
        }
    }

    @Test func `what cannot be planned is refused`() {
        func code(_ work: () throws -> Void) -> String? { #expect(throws: Problem.self, performing: work)?.code }
        #expect(code { _ = try SampleSize(.share(1.2)).interviews(margin: 0.1) } == "sampling.out-of-range")
        #expect(code { _ = try SampleSize(.share(0)).interviews(margin: 0.1) } == "sampling.out-of-range")
        #expect(code { _ = try SampleSize(.share(0.5)).interviews(margin: 0) } == "sampling.out-of-range")
        #expect(code { _ = try SampleSize(.share(0.5)).interviews(margin: .nan) } == "sampling.out-of-range")
        #expect(code { _ = try SampleSize(.share(0.5)).interviews(margin: 1e-9) } == "sampling.size-too-large")
        #expect(
            code { _ = try SampleSize(.mean(nil, deviation: 3)).interviews(relativeMargin: 0.1) } == "sampling.no-value"
        )
        var clusters = SampleSize(.share(0.5))
        clusters.effect.intraclassCorrelation = 0.05
        #expect(code { _ = try clusters.interviews(margin: 0.1) } == "sampling.no-clusters")
        var small = SampleSize(.share(0.5))
        small.population = 10
        #expect(code { _ = try small.margin(interviews: 11) } == "sampling.more-than-population")
        let same = ChangeSampleSize(from: .share(0.5), to: .share(0.5))
        #expect(code { _ = try same.interviews() } == "sampling.no-change")
        var panel = ChangeSampleSize(from: .share(0.5), to: .share(0.501))
        (panel.population, panel.overlap, panel.correlation) = (100, 0.1, 0.5)
        #expect(code { _ = try panel.interviews() } == "sampling.change-out-of-reach")
    }
}
