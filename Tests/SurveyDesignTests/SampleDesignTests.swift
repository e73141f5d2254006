import SurveyData
@testable import SurveyDesign
import SurveyProblems
import Testing

struct SampleDesignTests {
    private let table = Table(
        Column("stratum", ["b", "a", "b", "a", "b", "a"]), Column("psu", ["9", "3", "10", "2", "9", "2"]),
        Column("w", [1, 2, 3, 4, 5, 6]), Column("N", [20, 30, 20, 30, 20, 30]))

    private func problem(_ specification: DesignSpecification, _ table: Table) -> Problem? {
        do {
            _ = try SampleDesign(specification, table: table)
            return nil
        } catch {
            return error
        }
    }

    @Test func `PSUs are numbered by stratum and key in byte order, rows in file order`() throws {
        let design = try SampleDesign(DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "w"), table: table)
        #expect(design.strata.map(\.label) == ["a", "b"])
        #expect(design.strata.map(\.psus) == [0..<2, 2..<4])
        // Bytes put "10" before "9".
        #expect(design.psus.numbers == [3, 1, 2, 0, 3, 0])
        #expect(design.rows == [3, 5, 1, 2, 0, 4])
        #expect(design.psuStarts == [0, 2, 3, 4, 6])
        #expect(design.weights == [4, 6, 2, 3, 1, 5])
        #expect(design.sumWeights == 21)
        #expect(design.psuCount == 4)
        #expect(design.degreesOfFreedom == 2)
        #expect(design.cautions.isEmpty)
    }

    @Test func `numbers are keys as well as texts`() throws {
        let numbers = Table(
            Column("stratum", [2, 1, 2, 1, 2, 1]), Column("psu", [9, 3, 10, 2, 9, 2]), Column("w", [1, 2, 3, 4, 5, 6]))
        let specification = DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "w")
        let design = try SampleDesign(specification, table: numbers)
        #expect(try design.psus.numbers == SampleDesign(specification, table: table).psus.numbers)
    }

    @Test func `columns cross into strata`() throws {
        let crossed = Table(Column("region", ["n", "n", "s", "s"]), Column("type", ["u", "r", "u", "u"]))
        let design = try SampleDesign(DesignSpecification(strata: ["region", "type"]), table: crossed)
        #expect(design.strata.map(\.label) == ["n*r", "n*u", "s*u"])
        #expect(design.strata.map(\.psuCount) == [1, 1, 2])
    }

    @Test func `without PSU columns each row is one`() throws {
        let design = try SampleDesign(DesignSpecification(strata: ["stratum"], weight: "w"), table: table)
        #expect(design.psuCount == 6)
        #expect(design.rows == [1, 3, 5, 0, 2, 4])
        #expect(design.degreesOfFreedom == 4)
        let plain = try SampleDesign(DesignSpecification(weight: "w"), table: table)
        #expect(plain.rows == [0, 1, 2, 3, 4, 5])
        #expect(plain.strata.map(\.psuCount) == [6])
        #expect(plain.degreesOfFreedom == 5)
    }

    @Test func `a PSU label in two strata is refused unless it is nested`() throws {
        let repeated = Table(Column("stratum", ["a", "a", "b", "b"]), Column("psu", ["1", "2", "1", "2"]))
        let found = problem(DesignSpecification(strata: ["stratum"], psu: ["psu"]), repeated)
        #expect(found?.code == "design.psu-in-two-strata")
        #expect(found?.why.description == "a PSU belongs to one stratum; found in several: 1, 2")
        let nested = try SampleDesign(
            DesignSpecification(strata: ["stratum"], psu: ["psu"], isNested: true), table: repeated)
        #expect(nested.psus.numbers == [0, 1, 2, 3])
    }

    @Test func `population counts give sampling fractions and, without weights, weights`() throws {
        let design = try SampleDesign(DesignSpecification(strata: ["stratum"], psu: ["psu"], fpc: "N"), table: table)
        #expect(design.strata.map(\.samplingFraction) == [2.0 / 30, 2.0 / 20])
        #expect(Set(design.weights) == [15, 10])
        #expect(design.cautions.isEmpty)
    }

    @Test func `values up to 1 are fractions`() throws {
        let fractions = Table(Column("f", [0.25, 0.25, 0.25, 0.25]))
        let design = try SampleDesign(DesignSpecification(fpc: "f"), table: fractions)
        #expect(design.strata.map(\.samplingFraction) == [0.25])
        #expect(design.weights == [4, 4, 4, 4])
        let census = try SampleDesign(DesignSpecification(fpc: "one"), table: Table(Column("one", [1, 1])))
        #expect(census.strata[0].isCensus)
    }

    @Test func `without weights and sizes every row weighs 1, with a caution`() throws {
        let design = try SampleDesign(DesignSpecification(psu: ["psu"]), table: table)
        #expect(design.weights.allSatisfy { $0 == 1 })
        #expect(design.cautions.map(\.code) == ["design.no-weight"])
        #expect(design.cautions.map(\.severity) == [.caution])
    }

    @Test func `a row of weight 0 is not in use but its PSU is sampled`() throws {
        let zero = Table(Column("psu", ["1", "1", "2", "3"]), Column("w", [2, 0, 0, 3]))
        let design = try SampleDesign(DesignSpecification(psu: ["psu"], weight: "w"), table: zero)
        #expect(design.rowsInUse == 2)
        #expect(design.psuCount == 3)
        #expect(design.degreesOfFreedom == 1)
    }

    @Test func `negative weights are kept, with a caution`() throws {
        let negative = Table(Column("w", [2, -0.5, 1]))
        let design = try SampleDesign(DesignSpecification(weight: "w"), table: negative)
        #expect(design.hasNegativeWeights)
        #expect(design.sumWeights == 2.5)
        #expect(design.cautions.map(\.code) == ["design.negative-weight"])
        #expect(design.cautions.first?.place.rows == [2])
    }

    @Test func `what is missing or contradicts is refused with its rows`() {
        let gaps = Table(
            Column("stratum", ["a", "", "a"]), Column("w", [1, nil, .infinity]), Column("N", [5, 6, 5]),
            Column("n", [2, 2, 2]),
            Column("zero", [1, 0, 1]), Column("word", ["1", "x", "3"]))
        #expect(problem(DesignSpecification(strata: ["stratum"]), gaps)?.code == "design.missing-key")
        #expect(problem(DesignSpecification(strata: ["stratum"]), gaps)?.place.rows == [2])
        #expect(problem(DesignSpecification(psu: ["stratum"]), gaps)?.code == "design.missing-key")
        #expect(problem(DesignSpecification(weight: "w"), gaps)?.code == "design.missing-weight")
        #expect(problem(DesignSpecification(weight: "w"), gaps)?.place.rows == [2, 3])
        #expect(problem(DesignSpecification(fpc: "N"), gaps)?.code == "design.population-varies")
        #expect(problem(DesignSpecification(fpc: "n"), gaps)?.code == "design.population-too-small")
        #expect(problem(DesignSpecification(fpc: "zero"), gaps)?.code == "design.wrong-population")
        #expect(problem(DesignSpecification(weight: "word"), gaps)?.code == "data.not-numbers")
        #expect(problem(DesignSpecification(weight: "weight"), gaps)?.code == "data.unknown-column")
        #expect(problem(DesignSpecification(), Table(rowCount: 0, columns: []))?.code == "design.row-count")
    }

    @Test func `taking rows out shrinks the sample`() throws {
        let design = try SampleDesign(
            DesignSpecification(strata: ["stratum"], psu: ["psu"], fpc: "N", weight: "w"), table: table)
        let fewer = design.keeping([true, true, false, false, true, false])
        #expect(fewer.strata.map(\.label) == ["a", "b"])
        #expect(fewer.strata.map(\.psuCount) == [1, 1])
        #expect(fewer.strata.map(\.samplingFraction) == [1.0 / 30, 1.0 / 20])
        #expect(fewer.rows == [1, 0, 4])
        #expect(fewer.weights == [2, 1, 5])
        #expect(design.keeping([true, false, false, false, false, false]).strata.map(\.label) == ["b"])
        #expect(design.keeping([Bool](repeating: false, count: 6)).psuCount == 0)
    }

    @Test func `a rule for lonely PSUs has two names for certainty`() {
        #expect(LonelyPSU(named: "remove") == .certainty)
        #expect(LonelyPSU(named: "adjust-zero") == .adjustZero)
        #expect(LonelyPSU(named: "ignore") == nil)
    }

    @Test func `PSUs keep their labels, inside strata where they are nested`() throws {
        let table = Table(
            Column("s", ["b", "a", "b", "a"]), Column("p", ["1", "2", "3", "1"]), Column("q", ["x", "y", "z", "w"]))
        func labels(_ specification: DesignSpecification) throws -> [String?] {
            let design = try SampleDesign(specification, table: table)
            return (0..<design.psuCount).map(design.psuLabel)
        }
        #expect(try labels(DesignSpecification(psu: ["q"])) == ["w", "x", "y", "z"])
        #expect(try labels(DesignSpecification(strata: ["s"], psu: ["q"])) == ["w", "y", "x", "z"])
        #expect(try labels(DesignSpecification(strata: ["s"], psu: ["p"], isNested: true)) == ["1", "2", "1", "3"])
        #expect(try labels(DesignSpecification(strata: ["s"])) == [nil, nil, nil, nil])
        let whole = try SampleDesign(DesignSpecification(strata: ["s"], psu: ["q"]), table: table)
        let kept = whole.keeping([true, false, true, true])
        #expect((0..<kept.psuCount).map(kept.psuLabel) == ["w", "x", "z"])
    }

    @Test func `weights that were made stand in for a column`() throws {
        let table = Table(Column("w", [1, 2, 3]))
        let design = try SampleDesign(DesignSpecification(weight: "w"), table: table, weights: [5, 0, -1])
        #expect(design.weights == [5, -1] && design.rows == [0, 2])
        #expect(design.hasNegativeWeights)
        let problem = #expect(throws: Problem.self) {
            try SampleDesign(DesignSpecification(weight: "made"), table: table, weights: [5, .nan, 1])
        }
        #expect(problem?.code == "design.missing-weight")
        #expect(problem?.place.rows == [2])
    }
}
