import SurveyData
import SurveyDesign
import SurveyProblems
import Testing

/// What is wrong with designs of several stages, unequal probabilities and two phases is refused by name.
struct LaterStageTests {
    /// Two districts of two schools with two pupils each.
    private let columns: [Column] = [
        Column("district", ["a", "a", "a", "a", "b", "b", "b", "b"]),
        Column("school", ["1", "1", "2", "2", "1", "1", "2", "2"]),
        Column("type", ["x", "x", "y", "y", "x", "x", "x", "x"]),
        Column("N1", [4, 4, 4, 4, 4, 4, 4, 4]), Column("N2", [5, 5, 5, 5, 6, 6, 6, 6]),
        Column("p", [0.5, 0.5, 0.5, 0.5, 0.2, 0.2, 0.2, 0.2]), Column("w", [1, 1, 1, 1, 1, 1, 1, 1]),
    ]

    private func problem(_ design: DesignSpecification, _ more: Column...) -> Problem? {
        do {
            // Of two columns of one name a table takes the first.
            _ = try SampleDesign(design, table: Table(rowCount: 8, columns: more + columns))
            return nil
        } catch { return error }
    }

    private func twoStage(fpc: String? = "N2", strata: [String] = []) -> DesignSpecification {
        var design = DesignSpecification(psu: ["district"], fpc: "N1")
        design.laterStages = [LaterStage(strata: strata, units: ["school"], fpc: fpc)]
        return design
    }

    @Test func `weights are the product of the stages`() throws {
        let design = try SampleDesign(twoStage(), table: Table(rowCount: 8, columns: columns))
        // 4/2 districts times 5/2 or 6/2 schools.
        #expect(design.weightOfRow == [5, 5, 5, 5, 6, 6, 6, 6])
        #expect(design.degreesOfFreedom == 1)
    }

    @Test func `probabilities make the weight`() throws {
        var design = DesignSpecification(psu: ["district"])
        design.probabilities = ["p", "q"]
        let table = Table(rowCount: 8, columns: columns + [Column("q", [1, 1, 1, 1, 1, 1, 1, 0.5])])
        #expect(try SampleDesign(design, table: table).weightOfRow == [2, 2, 2, 2, 5, 5, 5, 10])
    }

    @Test func `a population below the sample at the second stage is refused`() {
        let found = problem(twoStage(), Column("N2", [5, 5, 5, 5, 1.5, 1.5, 1.5, 1.5]))
        #expect(found?.code == "design.population-too-small")
        #expect(found?.what.description.contains("\"b\"") == true)
    }

    @Test func `a population that changes inside a unit is refused`() {
        let found = problem(twoStage(), Column("N2", [5, 5, 5, 7, 6, 6, 6, 6]))
        #expect(found?.code == "design.population-varies")
        #expect(found?.place.rows == [4])
    }

    @Test func `a unit in two strata of its stage is refused unless labels nest`() throws {
        let torn = Column("type", ["x", "y", "y", "y", "x", "x", "x", "x"])
        #expect(problem(twoStage(strata: ["type"]), torn)?.code == "design.psu-in-two-strata")
        var nested = twoStage(strata: ["type"])
        nested.isNested = true
        #expect(problem(nested, torn) == nil)
    }

    @Test func `an empty unit of a later stage is refused with its rows`() {
        let found = problem(twoStage(), Column("school", ["1", "", "2", "2", "1", "1", "2", "2"]))
        #expect(found?.code == "design.missing-key")
        #expect(found?.place.rows == [2])
    }

    @Test(arguments: [0, -0.1, 1.5, nil] as [Double?])
    func `what is no probability is refused`(value: Double?) {
        var design = DesignSpecification(psu: ["district"])
        design.probabilities = ["p"]
        let found = problem(design, Column("p", [0.5, value, 0.5, 0.5, 0.2, 0.2, 0.2, 0.2]))
        #expect(found?.code == "design.wrong-probability")
        #expect(found?.place.rows == [2])
    }

    @Test func `options that contradict each other are refused`() throws {
        func code(_ change: (inout DesignSpecification) -> Void) -> String? {
            var design = DesignSpecification(psu: ["district"])
            change(&design)
            return problem(design)?.code
        }
        #expect(code { ($0.weight, $0.probabilities) = ("w", ["p"]) } == "design.weight-and-probability")
        #expect(code { $0.pps = .brewer } == "design.needs-probability")
        #expect(code { ($0.pps, $0.probabilities) = (.brewer, ["p", "p"]) } == "design.too-many-probabilities")
        #expect(code { $0.pps = .joint } == "design.no-joint")
        #expect(code { $0.sumSquaredProbabilities = 1 } == "design.unused-option")
        #expect(code { $0.ppsVariance = .yatesGrundy } == "design.unused-option")
        #expect(code { $0.collapseBy = "type" } == "design.unused-option")
        #expect(
            code { ($0.pps, $0.probabilities, $0.sumSquaredProbabilities) = (.hartleyRao, ["p"], -1) }
                == "design.wrong-sum-of-squares")
        #expect(
            code { ($0.pps, $0.probabilities, $0.lonelyPSU) = (.overton, ["p"], .adjust) } == "design.pps-lonely")
        #expect(
            code { ($0.pps, $0.probabilities, $0.laterStages) = (.overton, ["p"], [LaterStage(units: ["school"])]) }
                == "design.pps-stages")
        #expect(code { ($0.pps, $0.probabilities) = (.brewer, ["N2"]) } == "design.wrong-probability")
        let torn = Column("p", [0.5, 0.4, 0.5, 0.5, 0.2, 0.2, 0.2, 0.2])
        var brewer = DesignSpecification(psu: ["district"])
        (brewer.pps, brewer.probabilities) = (.brewer, ["p"])
        #expect(problem(brewer, torn)?.code == "design.probability-varies")
    }

    @Test func `joint probabilities must be a square of probabilities`() throws {
        func code(_ rows: [[Double]]) -> String? {
            do {
                _ = try JointProbabilities(rows)
                return nil
            } catch { return error.code }
        }
        #expect(code([]) == "design.joint-empty")
        #expect(code([[0.5, 0.2]]) == "design.joint-not-square")
        #expect(code([[0.5, 0.2], [0.2]]) == "design.joint-not-square")
        #expect(code([[0.5, 0.2], [0.3, 0.5]]) == "design.joint-not-symmetric")
        #expect(code([[0.5, 0], [0, 0.5]]) == "design.joint-range")
        #expect(code([[0.5, 0.6], [0.6, 0.5]]) == "design.joint-range")
        #expect(code([[1.5]]) == "design.joint-range")
        #expect(code([[.nan]]) == "design.joint-range")
        var design = DesignSpecification(psu: ["district"])
        design.pps = .joint
        design.joint = try JointProbabilities([[0.5]])
        #expect(problem(design)?.code == "design.joint-size")
        design.joint = try JointProbabilities([[0.5, 0.1], [0.1, 0.25]])
        #expect(problem(design) == nil)
        let made = try SampleDesign(design, table: Table(rowCount: 8, columns: columns))
        #expect(made.weightOfRow == [2, 2, 2, 2, 4, 4, 4, 4])
    }

    @Test func `a second phase needs marks, rows and strata of its own`() {
        var design = DesignSpecification()
        design.twoPhase = TwoPhase(subset: "in", strata: ["type"])
        #expect(problem(design, Column("in", [1, 0, 2, 1, 1, 1, 0, 0]))?.code == "design.wrong-subset")
        #expect(problem(design, Column("in", [0, 0, 0, 0, 0, 0, 0, 0]))?.code == "design.empty-subset")
        #expect(problem(design, Column("in", [1, 1, 0, 0, 1, 1, 0, 0]))?.code == "design.empty-phase-stratum")
        let good = Column("in", [1, 0, 1, 1, 1, 1, 0, 0])
        #expect(problem(design, good) == nil)
        design.lonelyPSU = .certainty
        #expect(problem(design, good)?.code == "design.phases-option")
        design.lonelyPSU = .fail
        design.psu = ["district"]
        #expect(problem(design, good) == nil)
        design.twoPhase?.method = .approximate
        #expect(problem(design, good)?.code == "design.phases-of-clusters")
    }

    @Test func `a lonely stratum joins the nearest one, and the list is a caution`() throws {
        let table = Table(
            Column("s", ["a", "a", "b", "c", "c", "d", "d"]), Column("u", ["1", "2", "1", "1", "2", "1", "2"]),
            Column("wealth", [1, 1, 5, 9, 9, 4, 4]), Column("kind", ["r", "r", "u", "r", "r", "u", "u"]),
            Column("torn", [1, 2, 5, 9, 9, 4, 4]), Column("N", [4, 4, 3, 6, 6, 8, 8]))
        var design = DesignSpecification(strata: ["s"], psu: ["u"], isNested: true, lonelyPSU: .collapse)
        func strata() throws -> [String] { try SampleDesign(design, table: table).strata.map(\.label) }
        // In the order of strata a and c are as near; the first one is taken.
        #expect(try strata() == ["a+b", "c", "d"])
        design.collapseBy = "wealth"
        #expect(try strata() == ["a", "b+d", "c"])
        design.collapseBy = "kind"
        #expect(try strata() == ["a", "b+d", "c"])
        design.fpc = "N"
        let made = try SampleDesign(design, table: table)
        // 1 of 3 and 2 of 8 together; weights stay N/n of the strata as drawn.
        #expect(made.strata[1].samplingFraction == 3.0 / 11)
        #expect(made.weightOfRow == [2, 2, 3, 3, 3, 4, 4])
        #expect(made.degreesOfFreedom == 4)
        #expect((0..<7).compactMap(made.psuLabel) == ["1", "2", "b*1", "d*1", "d*2", "1", "2"])
        let caution = try #require(made.cautions.first)
        #expect(caution.code == "design.joined-strata")
        #expect(caution.why.description.contains("b + d"))
        design.collapseBy = "torn"
        #expect(throws: Problem.self) { try strata() }
        let alone = Table(Column("s", ["a", "b"]), Column("u", ["1", "2"]), Column("kind", ["r", "u"]))
        do {
            var design = DesignSpecification(strata: ["s"], lonelyPSU: .collapse)
            design.collapseBy = "kind"
            _ = try SampleDesign(design, table: alone)
            Issue.record("was not refused")
        } catch { #expect(error.code == "design.nothing-to-join") }
    }
}
