import SurveyDesign
import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyStudy
import SurveyTestSupport
import SurveyYAML
import Testing

struct StudyReaderTests {
    static let good = """
        saual: study/1
        id: crime-panel
        title: {kk: Сауалнама, ru: Опрос, en: Survey}
        attribution: {kk: Дерек, ru: Источник, en: Source}
        synthetic: true
        languages: [kk, ru, en]
        study file: panel.saual
        output: out/figures
        waves:
          - id: "2021"
            file: data/all.csv
            questionnaire: questionnaire.yaml
            rows: {year: 2021}
            encoding: utf-8
            delimiter: ";"
            decimal: ","
            field: {start: 2021-03-01, end: 2021-04-30}
          - id: "2022"
            file: data/all.csv
            questionnaire: questionnaire.yaml
            rows: {year: 2022}
        design: {strata: [region, size], psu: village, weight: w, fpc: villages, nest: true, lonely psu: average}
        indicators: [indicators.yaml, more.yaml]
        publication: {minimum base: 20, low base: 40, minimum psus: 2, share standard: none}
        expected findings: {import.skipped-answered: 3, import.unknown-code: 1}
        """

    static func document(_ text: String) throws -> YAMLDocument {
        try YAMLDocument(parsing: Array(text.utf8), file: "study.yaml")
    }

    @Test func `a full study is read as written`() throws {
        let checked = StudyReader.read(try Self.document(Self.good))
        #expect(checked.problems.isEmpty)
        let study = try #require(checked.value)
        #expect(study.id == "crime-panel")
        #expect(study.title[.kazakh] == "Сауалнама")
        #expect(study.attribution[.english] == "Source")
        #expect(study.isSynthetic)
        #expect(study.languages == [.kazakh, .russian, .english])
        #expect(study.studyFile == "panel.saual")
        #expect(study.output == "out/figures")
        #expect(study.waves.map(\.id) == ["2021", "2022"])
        let first = try #require(study.waves.first)
        #expect(first.file == "data/all.csv")
        #expect(first.rows?.column == "year" && first.rows?.value == "2021")
        #expect(first.encoding == "utf-8" && first.delimiter == ";" && first.decimal == ",")
        #expect(first.fieldStart == "2021-03-01" && first.fieldEnd == "2021-04-30")
        let design = DesignSpecification(
            strata: ["region", "size"], psu: ["village"], fpc: "villages", weight: "w", isNested: true,
            lonelyPSU: .average)
        #expect(study.design == design)
        #expect(study.indicatorFiles == ["indicators.yaml", "more.yaml"])
        #expect(
            study.publication == PublicationRules(minimumBase: 20, lowBase: 40, minimumPSUs: 2, shareStandard: .none))
        #expect(study.expectedFindings.map(\.code) == ["import.skipped-answered", "import.unknown-code"])
        #expect(study.expectedFindings.map(\.count) == [3, 1])
    }

    @Test func `what is left out has its documented default`() throws {
        let text = """
            saual: study/1
            id: small
            title: Small study
            languages: [en]
            waves: {id: only, file: a.csv, questionnaire: q.yaml}
            design: {}
            indicators: i.yaml
            """
        let study = try StudyReader.read(try Self.document(text)).get()
        #expect(study.title[.english] == "Small study")
        #expect(study.attribution.isEmpty && !study.isSynthetic)
        #expect(study.studyFile == "small.saual" && study.output == "results")
        #expect(study.waves.count == 1 && study.waves.first?.rows == nil && study.waves.first?.fieldStart == nil)
        #expect(study.design == DesignSpecification())
        #expect(study.publication == PublicationRules(minimumBase: 30, lowBase: 50, minimumPSUs: 3))
        #expect(study.expectedFindings.isEmpty)
    }

    @Test func `a minimum base above the standard low base leaves no brackets`() throws {
        let text = Self.good.replacing(
            "{minimum base: 20, low base: 40, minimum psus: 2, share standard: none}", with: "{minimum base: 100}")
        let study = try StudyReader.read(try Self.document(text)).get()
        #expect(study.publication == PublicationRules(minimumBase: 100, lowBase: 100, minimumPSUs: 3))
    }

    @Test func `data files may stand anywhere and paths that are written are tidied`() throws {
        let text = Self.good.replacing("file: data/all.csv", with: "file: /srv/raw/../all.csv")
            .replacing("output: out/figures", with: "output: ./out//figures/")
        let study = try StudyReader.read(try Self.document(text)).get()
        #expect(study.waves.first?.file == "/srv/raw/../all.csv")
        #expect(study.output == "out/figures")
    }

    /// One planted mistake, or several: `»` stands before the character at which each must be reported, in order.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let name: String
        let right: String
        let wrong: String
        /// A further piece of the good file, taken out.
        var alsoRight = ""
        let codes: [String]
        var testDescription: String { name }
    }

    static let mistakes: [Mistake] = [
        Mistake(name: "kind", right: "study/1", wrong: "»studie/1", codes: ["yaml.wrong-kind"]),
        Mistake(name: "future version", right: "study/1", wrong: "»study/2", codes: ["yaml.wrong-kind"]),
        Mistake(name: "no kind", right: "saual: study/1\nid", wrong: "»id", codes: ["yaml.missing-key"]),
        Mistake(name: "misspelt key", right: "synthetic:", wrong: "»synthetik:", codes: ["yaml.unknown-key"]),
        Mistake(
            name: "key twice", right: "synthetic: true", wrong: "synthetic: true\n»synthetic: true",
            codes: ["yaml.duplicate-key"]),
        Mistake(name: "id with a slash", right: "id: crime-panel", wrong: "id: »../crime", codes: ["study.bad-id"]),
        Mistake(name: "hidden file as id", right: "id: crime-panel", wrong: "id: ».crime", codes: ["study.bad-id"]),
        Mistake(name: "wave id with a colon", right: "id: \"2021\"", wrong: "id: »\"20:21\"", codes: ["study.bad-id"]),
        Mistake(
            name: "title lacks a language", right: "title: {kk: Сауалнама, ru: Опрос, en: Survey}",
            wrong: "title: »{ru: Опрос, en: Survey}", codes: ["schema.missing-translation"]),
        Mistake(
            name: "one title for three languages", right: "title: {kk: Сауалнама, ru: Опрос, en: Survey}",
            wrong: "title: »Survey", codes: ["schema.missing-translation"]),
        Mistake(
            name: "empty text", right: "attribution: {kk: Дерек,", wrong: "attribution: »{kk: \"\",",
            codes: ["schema.missing-translation"]),
        Mistake(
            name: "unknown language of a text", right: "en: Survey}", wrong: "en: Survey, »fr: Sondage}",
            codes: ["schema.undeclared-language"]),
        Mistake(
            name: "synthetic: yes", right: "synthetic: true", wrong: "synthetic: »yes", codes: ["yaml.unknown-word"]),
        Mistake(
            name: "languages", right: "languages: [kk, ru, en]", wrong: "languages: [kk, ru, en, »es, »ru]",
            codes: ["yaml.unknown-word", "study.listed-twice"]),
        Mistake(
            name: "output above the folder", right: "out/figures", wrong: "»out/../../x",
            codes: ["study.outside-folder"]),
        Mistake(name: "absolute output", right: "out/figures", wrong: "»/etc", codes: ["study.outside-folder"]),
        Mistake(
            name: "output is the folder itself", right: "out/figures", wrong: "»./", codes: ["study.outside-folder"]),
        Mistake(name: "home as output", right: "out/figures", wrong: "»~/out", codes: ["study.outside-folder"]),
        Mistake(
            name: "study file elsewhere", right: "panel.saual", wrong: "»../panel.saual",
            codes: ["study.outside-folder"]),
        Mistake(name: "duplicate wave", right: "id: \"2022\"", wrong: "id: »\"2021\"", codes: ["study.duplicate-wave"]),
        Mistake(name: "same rows", right: "{year: 2022}", wrong: "»{year: 2021}", codes: ["study.same-rows"]),
        Mistake(
            name: "same file without rows", right: "- id: \"2022\"", wrong: "- »id: \"2022\"",
            alsoRight: "\n    rows: {year: 2022}", codes: ["study.same-rows"]),
        Mistake(
            name: "rows by two columns", right: "{year: 2022}", wrong: "»{year: 2022, sex: 1}", codes: ["study.rows"]),
        Mistake(
            name: "wave without file", right: "- id: \"2022\"\n    file: data/all.csv", wrong: "- »id: \"2022\"",
            codes: ["yaml.missing-key"]),
        Mistake(
            name: "wave without questionnaire", right: "- id: \"2022\"", wrong: "- »id: \"2022\"",
            alsoRight: "    questionnaire: questionnaire.yaml\n    rows: {year: 2022}", codes: ["yaml.missing-key"]),
        Mistake(
            name: "delimiter", right: "delimiter: \";\"", wrong: "delimiter: »semicolon", codes: ["yaml.unknown-word"]),
        Mistake(name: "decimal", right: "decimal: \",\"", wrong: "decimal: »comma", codes: ["yaml.unknown-word"]),
        Mistake(
            name: "dates that do not exist", right: "{start: 2021-03-01, end: 2021-04-30}",
            wrong: "{start: »2021-02-29, end: »2021-04-31}", codes: ["study.bad-date", "study.bad-date"]),
        Mistake(
            name: "dates in another order", right: "{start: 2021-03-01,", wrong: "{start: »01.03.2021,",
            codes: ["study.bad-date"]),
        Mistake(
            name: "end before start", right: "end: 2021-04-30", wrong: "end: »2021-02-28",
            codes: ["study.period-reversed"]),
        Mistake(
            name: "design words", right: "nest: true, lonely psu: average",
            wrong: "»nested: true, lonely psu: »avarage",
            codes: ["yaml.unknown-key", "yaml.unknown-word"]),
        Mistake(
            name: "a PSU twice", right: "psu: village", wrong: "psu: [village, »village]", codes: ["study.listed-twice"]
        ),
        Mistake(
            name: "no indicators", right: "[indicators.yaml, more.yaml]", wrong: "»[]", codes: ["study.empty-list"]),
        Mistake(
            name: "minimum base below 5", right: "minimum base: 20", wrong: "minimum base: »4",
            codes: ["study.least-base"]),
        Mistake(
            name: "zeros", right: "{minimum base: 20, low base: 40, minimum psus: 2, share standard: none}",
            wrong: "{minimum base: »0, low base: »-3, minimum psus: »0}",
            codes: ["study.not-positive", "study.not-positive", "study.not-positive"]),
        Mistake(
            name: "low base below minimum", right: "low base: 40", wrong: "low base: »19", codes: ["study.low-base"]),
        Mistake(
            name: "base in words", right: "minimum base: 20", wrong: "minimum base: »twenty", codes: ["yaml.not-whole"]),
        Mistake(
            name: "share standard", right: "share standard: none", wrong: "share standard: »nsch",
            codes: ["yaml.unknown-word"]),
        Mistake(
            name: "findings", right: "import.skipped-answered: 3", wrong: "»skipped: 3, import.x: »0",
            codes: ["study.bad-finding-code", "study.not-positive"]),
    ]

    @Test(arguments: mistakes)
    func `each planted mistake is reported at its line and character, and nothing else`(_ mistake: Mistake) throws {
        #expect(Self.good.contains(mistake.right) && Self.good.contains(mistake.alsoRight))
        let wrong = Self.good.replacing(mistake.right, with: mistake.wrong, maxReplacements: 1)
            .replacing(mistake.alsoRight, with: "", maxReplacements: 1)
        let marked = MarkedText(wrong)
        #expect(marked.marks.count == mistake.codes.count)
        let checked = StudyReader.read(try Self.document(marked.text))
        #expect(MarkedText.summary(checked.problems) == marked.expected(mistake.codes))
        #expect(checked.value == nil)
        #expect(checked.problems.allSatisfy { $0.place.file == "study.yaml" })
    }

    @Test func `all mistakes of a file are reported at once`() throws {
        let marked = MarkedText(
            """
            saual: study/1
            id: »a/b
            »titel: {en: Survey}
            languages: [»xx]
            waves:
              - {id: w, file: a.csv, questionnaire: q.yaml, field: {start: »2021-13-01, end: 2021-12-01}}
              - »{id: »w, file: b.csv}
            design: {»stratum: region, lonely psu: »remove}
            indicators: [a.yaml, »a.yaml]
            publication: {minimum base: »1}
            expected findings: {x.y: »many}
            """)
        let checked = StudyReader.read(try Self.document(marked.text))
        let codes = [
            "study.bad-id", "yaml.unknown-key", "yaml.unknown-word", "study.bad-date", "yaml.missing-key",
            "study.duplicate-wave", "yaml.unknown-key", "yaml.unknown-word", "study.listed-twice", "study.least-base",
            "yaml.not-whole",
        ]
        #expect(MarkedText.summary(checked.problems) == ["1:1 yaml.missing-key"] + marked.expected(codes))
    }

    @Test func `the reason for the least minimum base is told`() throws {
        let text = Self.good.replacing("minimum base: 20", with: "minimum base: 3")
        let problem = try #require(StudyReader.read(try Self.document(text)).problems.first)
        #expect(problem.what.description == "A minimum base of 3 is not allowed")
        #expect(problem.why.description == "below 5 people a reader could recognise a person; found 3")
        #expect(problem.fix.description == "give at least 5, or leave the line out for the standard")
    }

    @Test func `a misspelt key is answered with the nearest ones`() throws {
        let text = Self.good.replacing("publication:", with: "publicaton:")
        let problem = try #require(StudyReader.read(try Self.document(text)).problems.first)
        #expect(problem.fix.description.contains("publication"))
    }

    @Test(arguments: [
        "[]", "text", "saual: study/1", "saual: [study/1]", "waves: {}", "{saual: study/1, waves: [[], 3, null]}",
    ])
    func `files of another shape are refused with a reason`(_ text: String) throws {
        let checked = StudyReader.read(try Self.document(text))
        #expect(checked.value == nil && !checked.problems.isEmpty)
    }
}
