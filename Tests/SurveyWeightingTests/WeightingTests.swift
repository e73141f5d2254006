import SurveyData
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import SurveyYAML
import Testing

@testable import SurveyWeighting

struct WeightingTests {
    private func table(_ columns: [(String, [String])], base: [Double]? = nil) -> Table {
        let rows = columns.first?.1.count ?? base?.count ?? 0
        let own = columns.map { Column($0.0, $0.1) }
        let weights = base.map { [Column(name: "w", kind: .number, values: .numbers($0, kinds: []))] } ?? []
        return Table(rowCount: rows, columns: own + weights)
    }

    private let issued: [(String, [String])] = [
        ("cell", ["a", "a", "a", "a", "b", "b", "b", "b"]),
        ("outcome", ["110", "110", "210", "410", "110", "110", "220", "310"]),
        ("sex", ["1", "2", "", "1", "1", "2", "", ""]),
    ]
    private let adjustment = NonresponseAdjustment(
        cells: ["cell"], outcome: "outcome", classes: .aapor, fewestRespondents: 1)
    private let targets = ["t.csv": WeightingTargets([("sex", [("1", 60), ("2", 40)])])]

    @Test func `a recipe runs its steps in order and keeps a record and a summary`() throws {
        let recipe = WeightingRecipe(
            name: "weight", base: "w",
            steps: [
                .nonresponse(adjustment), .trim(Trimming(greatest: 1.6, of: .mean)),
                .calibrate(.init(method: .rake, targets: "t.csv")),
            ])
        let checked = Weighting.run(
            recipe, on: table(issued, base: [1, 1, 1, 1, 2, 1, 1, 1]), targets: targets)
        let outcome = try checked.get()
        #expect(checked.problems.map(\.code) == ["weighting.ineligible-left-out"])
        #expect(outcome.weights.map { $0 > 0 } == [true, true, false, false, true, true, false, false])
        #expect(isClose(outcome.weights[0] + outcome.weights[4], 60))
        #expect(isClose(outcome.weights[1] + outcome.weights[5], 40))
        #expect(outcome.summary.steps.map(\.name) == ["base", "nonresponse", "trim", "rake"])
        #expect(outcome.summary.steps.map(\.rows) == [8, 5, 4, 4])
        #expect(outcome.summary.steps.first?.sum == 9)
        #expect(outcome.summary.margins.map(\.category) == ["1", "2"])
        let record = try #require(outcome.record)
        #expect(record.steps.count == 1)
        #expect(record.steps[0].after == outcome.weights)
        #expect(record.steps[0].cellOfRow == [0, 1, 2, 2, 0, 1, 2, 2])
    }

    @Test func `without a later step ineligible cases keep their weight`() throws {
        let recipe = WeightingRecipe(name: "weight", base: nil, steps: [.nonresponse(adjustment)])
        let outcome = try Weighting.run(recipe, on: table(issued), targets: [:]).get()
        #expect(outcome.weights[3] == 1)
        // What replicates repeat is kept, and no fit.
        #expect(outcome.record?.steps.isEmpty == true)
        // Nothing is lost: respondents and ineligible cases stand for all eight.
        #expect(isClose(outcome.weights.reduce(0, +), 8))
    }

    @Test func `rows that are no interviews end with weight 0`() throws {
        let complete = Truth(values: [1, 1, 0, 0, 1, 1, 0, 2])
        let recipe = WeightingRecipe(name: "weight", base: nil, steps: [.nonresponse(adjustment)])
        let adjusted = try Weighting.run(recipe, on: table(issued), targets: [:], complete: complete).get()
        #expect(adjusted.weights[3] == 0)
        #expect(isClose(adjusted.weights.reduce(0, +), 7))
        let none = WeightingRecipe(name: "weight", base: nil, steps: [])
        let kept = try Weighting.run(none, on: table(issued), targets: [:], complete: complete).get()
        #expect(kept.weights.reduce(0, +) == 4)
    }

    @Test func `interviews that are no respondents are an error`() {
        let complete = Truth(values: [1, 1, 0, 0, 1, 0, 0, 2])
        let recipe = WeightingRecipe(name: "weight", base: nil, steps: [.nonresponse(adjustment)])
        let found = Weighting.run(recipe, on: table(issued), targets: [:], complete: complete).problems
        #expect(found.map(\.code) == ["weighting.complete-differs"])
        #expect(found.first?.place.rows == [6])
    }

    @Test(
        arguments: [
            ([1, -1, 1, 1, 1, 1, 1, 1], "weighting.negative-base"),
            ([1, .nan, 1, 1, 1, 1, 1, 1], "weighting.missing-base"),
            ([1, .infinity, 1, 1, 1, 1, 1, 1], "weighting.missing-base"),
            ([1, 1e300, 1, 1, 1, 1, 1, 1], "weighting.large-base"),
            ([0, 0, 0, 0, 0, 0, 0, 0], "weighting.no-weights"),
        ] as [([Double], String)]) func `base weights that are none are refused`(base: [Double], code: String)
    {
        let recipe = WeightingRecipe(
            name: "weight", base: "w", steps: [.calibrate(.init(method: .rake, targets: "t.csv"))])
        let complete = Truth(values: [1, 1, 0, 0, 1, 1, 0, 0])
        let found = Weighting.run(recipe, on: table(issued, base: base), targets: targets, complete: complete)
        #expect(found.problems.map(\.code) == [code])
        #expect(found.value == nil)
    }

    @Test func `tiny base weights do not end in weights that are no numbers`() {
        let recipe = WeightingRecipe(
            name: "weight", base: "w", steps: [.calibrate(.init(method: .rake, targets: "t.csv"))])
        let complete = Truth(values: [1, 1, 0, 0, 1, 1, 0, 0])
        for tiny in [Double.leastNonzeroMagnitude, 1e-300, 1e-20] {
            let found = Weighting.run(
                recipe, on: table(issued, base: [tiny, 1, 1, 1, tiny, 1, 1, 1]), targets: targets, complete: complete)
            if let value = found.value {
                #expect(value.weights.allSatisfy { $0.isFinite })
            } else {
                #expect(["weighting.out-of-range", "weighting.no-weights"].contains(found.problems.last?.code))
            }
        }
    }

    @Test func `labels and unknown codes are told at their place`() throws {
        let questionnaire = Questionnaire.withSex
        let text = """
            variable,category,total
            sex,Мужчины,60
            sex,02,40
            """
        let read = try TargetsReader.read(Array(text.utf8), file: "t.csv").get()
        let column = Column(name: "sex", kind: .answers, dictionary: ["1", "2"], values: .bytes([0, 1]))
        let variable = try WeightingVariable(column, questionnaire: questionnaire)
        let found = Calibration(method: .rake).fitted([1, 1], to: read, variables: [variable]).problems
        #expect(MarkedText.summary(found) == ["2:5 weighting.label-for-code", "3:5 weighting.unknown-category"])
        #expect(found.first?.fix.values == ["1"])
    }

    @Test func `a variable that the data does not have is told with the nearest name`() throws {
        let read = try TargetsReader.read(Array("variable,category,total\nsexx,1,60\n".utf8), file: "t.csv").get()
        let found = read.unknownVariables(among: ["sex", "age"])
        #expect(MarkedText.summary(found) == ["2:1 weighting.unknown-variable"])
        #expect(found.first?.fix.values == ["sex"])
    }
}

extension Questionnaire {
    /// One question: sex, with labels in two languages.
    static let withSex = Questionnaire.reading(
        """
        saual: questionnaire/1
        id: q
        version: "1"
        languages: [ru, en]
        title: {ru: Опрос, en: Survey}
        questions:
          - id: sex
            text: {ru: Пол, en: Sex}
            type: single
            answers: {1: {ru: Мужчины, en: Men}, 2: {ru: Женщины, en: Women}}
        """)

    private static func reading(_ text: String) -> Questionnaire {
        do {
            return try QuestionnaireReader.read(try YAMLDocument(parsing: Array(text.utf8), file: "q.yaml")).get()
        } catch { preconditionFailure("\(error)") }
    }
}
