import SurveyProblems
import SurveySchema
import SurveyStudy
import SurveyTestSupport
import SurveyWeighting
import SurveyYAML
import Testing

struct StudyWeightingTests {
    private static let recipe = """

        complete: outcome in [110, 120]
        weighting:
          name: weight
          base: w_base
          steps:
            - nonresponse: {cells: [region, size], outcome: outcome, classes: aapor, rate: unweighted, minimum respondents: 10, greatest factor: 2.5}
            - trim: {max: 5, min: 0.2, of: median, spread: proportional, once: true}
            - rake: {targets: {"2021": t21.csv, "2022": t22.csv}, rescale margins: first}
            - poststratify: {targets: cells.csv, partial: true}
            - rake: {targets: t.csv, stop: cells, epsilon: 0.5, maxit: 20}
        """
    private static let good =
        StudyReaderTests.good.replacing("weight: w,", with: "weight: weight,") + recipe

    @Test func `a recipe is read as written`() throws {
        let checked = StudyReader.read(try StudyReaderTests.document(Self.good))
        #expect(checked.problems.isEmpty)
        let study = try #require(checked.value)
        #expect(study.complete == "outcome in [110, 120]")
        let recipe = try #require(study.weighting)
        #expect(recipe.name == "weight" && recipe.base == "w_base")
        let nonresponse = NonresponseAdjustment(
            cells: ["region", "size"], outcome: "outcome", classes: .aapor, rate: .unweighted, fewestRespondents: 10,
            greatestFactor: 2.5)
        let trimming = Trimming(greatest: 5, least: 0.2, of: .median, spread: .proportional, isOnce: true)
        let second = recipe.chosen(for: "2022")
        #expect(
            second.steps == [
                .nonresponse(nonresponse), .trim(trimming),
                .calibrate(.init(method: .rake, targets: "t22.csv", rescalesMargins: true)),
                .calibrate(.init(method: .poststratify, targets: "cells.csv", isPartial: true)),
                .calibrate(.init(method: .rake, targets: "t.csv", rule: .cells(epsilon: 0.5, sweeps: 20))),
            ])
        #expect(second.columns == ["w_base", "region", "size", "outcome"])
        #expect(study.targetFiles == ["t21.csv", "cells.csv", "t.csv", "t22.csv"])
    }

    @Test func `classes may list codes`() throws {
        let text = Self.good.replacing(
            "classes: aapor", with: "classes: {respondent: [1], non-respondent: 2, unknown: [8, 9], ineligible: []}")
        let study = try StudyReader.read(try StudyReaderTests.document(text)).get()
        guard case .nonresponse(let step) = try #require(study.weighting?.steps.first) else {
            Issue.record("another step")
            return
        }
        #expect(
            step.classes == .codes(["1": .respondent, "2": .nonRespondent, "8": .unknown, "9": .unknown]))
    }

    @Test func `each mistake of a recipe stands at its place`() throws {
        let marked = MarkedText(
            StudyReaderTests.good + """

                weighting:
                  name: »weight
                  base: »weight
                  steps:
                    - »{rake: {targets: a.csv}, trim: {max: 3}}
                    - trim: »{of: mean}
                    - trim: {max: 3, min: »4, of: »mode}
                    - rake: »{}
                    - rake: {targets: »{"2021": a.csv, »"2023": b.csv}}
                    - rake: {targets: a.csv, »epsilon: 2, »limit: 3}
                    - »calibrat: {targets: a.csv}
                    - calibrate: {targets: a.csv, distance: »cubic, bounds: »[2, 3], »bound: 1}
                    - calibrate: {targets: a.csv, distance: »logit, »bounds on: g}
                    - calibrate: {targets: a.csv, bounds: »[0.5], bounds on: »h}
                    - nonresponse: {cells: region, outcome: o, classes: »{ineligible: [1, »1], »dead: 4}, minimum respondents: »0}
                """)
        let codes = [
            "study.weight-not-used", "study.base-is-weight", "study.several-steps", "study.no-trim-limit",
            "study.trim-limits", "yaml.unknown-word", "yaml.missing-key", "study.waves-without-targets",
            "yaml.unknown-word", "study.without-stop", "yaml.unknown-key", "yaml.unknown-key",
            "yaml.unknown-word", "study.bounds-no-range", "yaml.unknown-key", "study.logit-without-bounds",
            "study.without-bounds", "study.two-bounds", "yaml.unknown-word", "study.no-respondent-codes",
            "study.listed-twice",
            "yaml.unknown-key", "study.not-positive",
        ]
        let found = StudyReader.read(try StudyReaderTests.document(marked.text)).problems
        #expect(MarkedText.summary(found) == marked.expected(codes))
    }

    private func questionnaire(_ names: [String]) throws -> Questionnaire {
        let questions = names.map { name in
            name == "w_base"
                ? "  - {id: w_base, type: number, text: {en: W}}"
                : "  - {id: \(name), type: single, text: {en: Q}, answers: {1: {en: Men}, 2: {en: Women}, 110: {en: Yes}, 120: {en: Half}}}"
        }
        let text =
            "saual: questionnaire/1\nid: q\nversion: \"1\"\nlanguages: [en]\ntitle: {en: Q}\nquestions:\n"
            + questions.joined(separator: "\n") + "\n"
        return try QuestionnaireReader.read(try YAMLDocument(parsing: Array(text.utf8), file: "q.yaml")).get()
    }

    @Test func `balance names questions with one answer a row that may be shown`() throws {
        let text = """
            saual: questionnaire/1
            id: q
            version: "1"
            languages: [en]
            title: {en: Q}
            questions:
              - {id: w_base, type: number, text: {en: W}}
              - {id: edu, type: single, text: {en: E}, answers: {1: {en: A}, 2: {en: B}}}
              - {id: phone, type: text, private: true, text: {en: P}}
              - {id: causes, type: multiple, text: {en: C}, answers: {1: {en: A}, 2: {en: B}}}

            """
        let questionnaire = try QuestionnaireReader.read(
            try YAMLDocument(parsing: Array(text.utf8), file: "q.yaml")
        ).get()
        func problems(_ balance: String) throws -> [String] {
            let document = try StudyReaderTests.document(
                Self.good.replacing("  base: w_base\n", with: "  base: w_base\n  balance: \(balance)\n"))
            let study = try StudyReader.read(document).get()
            #expect(study.weighting?.balance.isEmpty == false)
            return study.checkWeighting(against: [("2021", questionnaire)], targets: [:], in: document)
                .filter {
                    $0.place.line == 1
                        + (Self.good.split(separator: "\n", omittingEmptySubsequences: false)
                            .firstIndex { $0.contains("base: w_base") } ?? 0) + 1
                }.map(\.code)
        }
        #expect(try problems("[edu, w_base]").isEmpty)
        #expect(try problems("[edu, phone]") == ["study.private-balance"])
        #expect(try problems("[causes]") == ["study.balance-type"])
        #expect(try problems("eduu") == ["study.unknown-weighting-question"])
    }

    @Test func `a recipe of known names and codes passes, others are told at their place`() throws {
        let targets = try TargetsReader.read(
            Array("variable,category,total\nsex,1,40\nsex,2,60\n".utf8), file: "t.csv"
        ).get()
        let all = ["region", "size", "outcome", "sex", "village"]
        let document = try StudyReaderTests.document(Self.good)
        let study = try StudyReader.read(document).get()
        let good = try questionnaire(["w_base"] + all)
        let files = Dictionary(uniqueKeysWithValues: study.targetFiles.map { ($0, targets) })
        #expect(
            study.checkWeighting(against: [("2021", good), ("2022", good)], targets: files, in: document).isEmpty)
        #expect(study.check(against: [("2021", try questionnaire(["w_base", "villages"] + all))]).isEmpty == false)

        let marked = MarkedText(
            Self.good.replacing("name: weight", with: "name: »weight").replacing("base: w_base", with: "base: »w_base")
                .replacing("[region, size], outcome: outcome", with: "[region, »size], outcome: »outcome").replacing(
                    "complete: outcome", with: "complete: »outcome"))
        let wrong = try TargetsReader.read(
            Array("variable,category,total\nsex,Men,40\nage,2,60\n".utf8), file: "t.csv"
        ).get()
        let poor = try questionnaire(["region", "weight", "sex"])
        let problems = study.checkWeighting(
            against: [("2021", poor)], targets: files.mapValues { _ in wrong },
            in: try StudyReaderTests.document(marked.text))
        let own = problems.filter { $0.place.file == "study.yaml" }
        let codes = [
            "schema.unknown-name", "study.weight-taken", "study.unknown-weighting-question",
            "study.unknown-weighting-question", "study.unknown-weighting-question",
        ]
        #expect(
            MarkedText.summary(own).map { $0.split(separator: " ")[0] }
                == marked.expected(codes).map { $0.split(separator: " ")[0] })
        #expect(own.map(\.code).sorted().suffix(4) == codes.sorted().suffix(4))
        let inTargets = problems.filter { $0.place.file == "t.csv" }
        #expect(
            MarkedText.summary(inTargets) == ["2:5 weighting.label-for-code", "3:1 weighting.unknown-variable"])
    }
}
