import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyStudy
import SurveyTestSupport
import SurveyYAML
import Testing

struct ReportFormTests {
    static let form = """

        report:
          form: comprehensive
          maker: authorised-body
          spheres:
            - {kk: Денсаулық сақтау, ru: Здравоохранение, en: Health care}
            - {kk: Жер қатынастары, ru: Земельные отношения, en: Land}
          bodies:
            - name: {kk: А органы, ru: Орган А, en: Body A}
          conducted by:
            name: {kk: Орган, ru: Орган, en: Body}
            email: survey@example.kz
            phone: +7 (7172) 00-00-00
            natural person: false
          started: 2022-01-10
          finished: 2022-06-30
          decision:
            assessment: {kk: Баға, ru: Оценка, en: Effect}
            risk analysis: none
          conclusions:
            - {kk: Бірінші, ru: Первое, en: First}
          passport:
            population: {kk: Ересектер, ru: Взрослые, en: Adults}
            mode: {kk: Үйде, ru: Дома, en: At home}
          tile map: {variable: region, tiles: tiles.csv}
          register:
            - id: cpi
              name: {kk: Индекс, ru: Индекс, en: Index}
              unit: points
              direction: up
              source: ngo_international
              year: 2023
              date: 2024-01-30
              reference: {kk: Есеп, ru: Отчет, en: Report}
              plan: 42
              fact: 39.0
              status printed: Не исполнено
              responsible: [{kk: Орган, ru: Орган, en: Body}]
              vintage: 2024-04-01
            - id: wgi
              name: {kk: Тиімділік, ru: Эффективность, en: Effectiveness}
              year: 2023
              unit: {kk: орын, ru: место, en: place}
              direction: up
              source: legal_statistics
              plan: [65, 68]
              mark: blank
        """

    /// The good study with field dates in both waves, and the form.
    static var good: String {
        StudyReaderTests.good.replacing(
            "    rows: {year: 2022}", with: "    rows: {year: 2022}\n    field: {start: 2022-03-01, end: 2022-04-30}")
            + form
    }

    private func study(_ text: String) throws -> StudySpecification {
        try #require(StudyReader.read(try StudyReaderTests.document(text)).value)
    }

    @Test func `a full form is read as written, without a problem`() throws {
        let checked = StudyReader.read(try StudyReaderTests.document(Self.good))
        #expect(checked.problems == [])
        let form = try #require(checked.value?.report)
        #expect(form.kind == .comprehensive && form.maker == .authorisedBody && form.source == .surveys)
        #expect(form.spheres.map { $0[.english] } == ["Health care", "Land"])
        #expect(form.bodies.map { $0[.russian] } == ["Орган А"])
        #expect(form.conductor?.email == "survey@example.kz" && form.conductor?.phone == "+7 (7172) 00-00-00")
        #expect(form.conductor?.isNaturalPerson == false)
        #expect(form.started == "2022-01-10" && form.finished == "2022-06-30")
        #expect(form.assessment?[.kazakh] == "Баға" && form.riskAnalysis == ReportForm.RiskAnalysis.none)
        #expect(form.conclusions.count == 1)
        #expect(form.passport.mode[.english] == "At home" && form.passport.sample.isEmpty)
        #expect(form.tileMap == ReportForm.TileMap(variable: "region", file: "tiles.csv"))
        let cpi = try #require(form.register.first)
        #expect(cpi.fact == RegisterEntry.Number(value: 39, decimals: 1) && cpi.plan?.least.decimals == 0)
        #expect(cpi.unit == .known(.points) && cpi.printedStatus == "Не исполнено" && cpi.vintage == "2024-04-01")
        #expect(form.register.last?.plan?.greatest.value == 68 && form.register.last?.mark == .blank)
    }

    @Test func `a study without a form has none`() throws {
        #expect(try study(StudyReaderTests.good).report == nil)
    }

    /// Indicators of the action-plan report 2023, section 1, with the statuses that its rule gives.
    @Test(
        arguments: [
            (42, 42, 39, .up, .notReached), (29.6, 29.6, 28.2, .down, .reached), (65, 68, 65, .up, .reached),
            (65, 68, 64.9, .up, .notReached), (10, 12, 12, .down, .reached), (10, 12, 12.1, .down, .notReached),
        ] as [(Double, Double, Double, IndicatorDefinition.Direction, IndicatorResult.Status)])
    func `a plan is met from its nearer end`(
        _ least: Double, _ greatest: Double, _ fact: Double, _ direction: IndicatorDefinition.Direction,
        _ status: IndicatorResult.Status
    ) {
        var entry = RegisterEntry(id: "a", name: .empty, year: "2023", unit: .known(.points), source: .other)
        entry.plan = .init(least: .init(value: least, decimals: 0), greatest: .init(value: greatest, decimals: 0))
        entry.direction = direction
        #expect(entry.status == .noData)
        entry.fact = .init(value: fact, decimals: 1)
        #expect(entry.status == status)
        entry.plan = nil
        #expect(entry.status == nil)
    }

    @Test func `a printed status does not make a fact`() {
        var entry = RegisterEntry(id: "trust_acs", name: .empty, year: "2023", unit: .known(.percent), source: .other)
        entry.plan = .init(least: .init(value: 64.5, decimals: 1), greatest: .init(value: 64.5, decimals: 1))
        entry.direction = .up
        entry.printedStatus = "Исполнено"
        #expect(entry.status == .noData)
    }

    @Test func `what is not yet filled in is one caution that lists it, and the study can be used`() throws {
        let text =
            StudyReaderTests.good + """

                report:
                  »form: thematic
                  maker: other
                  conducted by: {name: {kk: А, ru: А, en: A}, natural person: true}
                  register:
                    - id: x
                      name: {kk: А, ru: А, en: A}
                      year: 2022
                      unit: percent
                      source: media
                      fact: 1.5
                """
        let marked = MarkedText(text)
        let checked = StudyReader.read(try StudyReaderTests.document(marked.text))
        #expect(MarkedText.summary(checked.problems) == marked.expected(["study.open-places"]))
        #expect(checked.problems.first?.severity == .caution)
        let study = try #require(checked.value)
        let places = try #require(study.report).openPlaces(of: study.waves)
        #expect(
            places == [
                .subject, .email, .phone, .started, .finished, .fieldDates(wave: "2022"), .registerDate(id: "x"),
                .registerReference(id: "x"), .assessment, .riskAnalysis,
            ])
        #expect(checked.problems.first?.what.values == ["10"])
    }

    @Test(arguments: [("comprehensive", 1, "study.narrow-comprehensive"), ("thematic", 2, "study.broad-thematic")])
    func `a form that does not fit its objects draws a caution`(_ form: String, _ bodies: Int, _ code: String) throws {
        let list = Array(repeating: "{kk: А, ru: А, en: A}", count: bodies).joined(separator: ", ")
        let text = Self.good.replacing("form: comprehensive", with: "form: \(form)")
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let from = try #require(lines.firstIndex { $0.contains("spheres:") })
        let to = try #require(lines.firstIndex { $0.contains("conducted by:") })
        lines.replaceSubrange(from..<to, with: ["  bodies: [\(list)]"])
        let checked = StudyReader.read(try StudyReaderTests.document(lines.joined(separator: "\n")))
        #expect(checked.problems.map(\.code) == [code])
        #expect(checked.problems.allSatisfy { $0.severity == .caution } && checked.value != nil)
    }

    static let mistakes: [StudyReaderTests.Mistake] = [
        .init(
            name: "comprehensive by another subject", right: "form: comprehensive\n  maker: authorised-body",
            wrong: "form: »comprehensive\n  maker: other", codes: ["study.comprehensive-maker"]),
        .init(name: "form", right: "form: comprehensive", wrong: "form: »complex", codes: ["yaml.unknown-word"]),
        .init(name: "maker", right: "maker: authorised-body", wrong: "maker: »agency", codes: ["yaml.unknown-word"]),
        .init(name: "no form", right: "  form: comprehensive\n  maker", wrong: "  »maker", codes: ["yaml.missing-key"]),
        .init(
            name: "special state body", right: "- name: {kk: А органы, ru: Орган А, en: Body A}",
            wrong: "- {name: {kk: А, ru: А, en: A}, »special: true}", codes: ["study.special-body"]),
        .init(name: "misspelt key", right: "conclusions:", wrong: "»conclusion:", codes: ["yaml.unknown-key"]),
        .init(
            name: "e-mail", right: "survey@example.kz", wrong: "»survey.example.kz", codes: ["study.bad-email"]),
        .init(name: "phone", right: "+7 (7172) 00-00-00", wrong: "»ask Aigul", codes: ["study.bad-phone"]),
        .init(
            name: "legal form not stated", right: "conducted by:\n    name", wrong: "conducted by:\n    »name",
            alsoRight: "\n    natural person: false", codes: ["yaml.missing-key"]),
        .init(
            name: "contact of an organisation", right: "natural person: false",
            wrong: "natural person: false\n    contact published: »false", codes: ["study.contact-of-organisation"]),
        .init(name: "date", right: "started: 2022-01-10", wrong: "started: »10.01.2022", codes: ["study.bad-date"]),
        .init(
            name: "dates reversed", right: "finished: 2022-06-30", wrong: "finished: »2022-01-09",
            codes: ["study.monitoring-reversed"]),
        .init(
            name: "assessment lacks a language", right: "assessment: {kk: Баға, ru: Оценка, en: Effect}",
            wrong: "assessment: »{kk: Баға, en: Effect}", codes: ["schema.missing-translation"]),
        .init(
            name: "risk analysis", right: "risk analysis: none", wrong: "risk analysis: »no",
            codes: ["schema.missing-translation"]),
        .init(
            name: "source of the register", right: "source: ngo_international", wrong: "source: »ngo",
            codes: ["yaml.unknown-word"]),
        .init(name: "unit", right: "unit: points", wrong: "unit: »point", codes: ["yaml.unknown-word"]),
        .init(name: "plan reversed", right: "[65, 68]", wrong: "»[68, 65]", codes: ["study.bad-plan"]),
        .init(name: "plan of three", right: "[65, 68]", wrong: "»[65, 66, 68]", codes: ["study.bad-plan"]),
        .init(name: "fact in words", right: "fact: 39.0", wrong: "fact: »good", codes: ["yaml.not-a-number"]),
        .init(
            name: "plan without direction", right: "plan: 42", wrong: "plan: »42",
            alsoRight: "\n      direction: up", codes: ["study.plan-without-direction"]),
        .init(
            name: "fact and mark", right: "mark: blank", wrong: "mark: »blank\n      fact: 66",
            codes: ["study.fact-and-mark"]),
        .init(name: "id twice", right: "id: wgi", wrong: "id: »cpi", codes: ["study.listed-twice"]),
        .init(name: "id", right: "id: wgi", wrong: "id: »w gi", codes: ["study.bad-id"]),
        .init(
            name: "tile map without file", right: "{variable: region, tiles: tiles.csv}",
            wrong: "»{variable: region}", codes: ["yaml.missing-key"]),
    ]

    @Test(arguments: mistakes)
    func `each planted mistake is reported at its line and character`(_ mistake: StudyReaderTests.Mistake) throws {
        #expect(Self.good.contains(mistake.right) && Self.good.contains(mistake.alsoRight))
        let wrong = Self.good.replacing(mistake.right, with: mistake.wrong, maxReplacements: 1)
            .replacing(mistake.alsoRight, with: "", maxReplacements: 1)
        let marked = MarkedText(wrong)
        let problems = StudyReader.read(try StudyReaderTests.document(marked.text)).problems
        #expect(MarkedText.summary(problems.filter { $0.severity == .error }) == marked.expected(mistake.codes))
    }

    @Test func `every problem of the form speaks Russian and Kazakh with all its values`() throws {
        var problems = TileLayout.read(Array("code,column,row\n1,1,1\n1,1,1\n2,x,1\n".utf8), file: "t").problems
        problems += TileLayout.read(Array("a,b\n".utf8), file: "t").problems
        for mistake in Self.mistakes {
            let wrong = Self.good.replacing(mistake.right, with: mistake.wrong, maxReplacements: 1)
                .replacing(mistake.alsoRight, with: "", maxReplacements: 1)
            problems += StudyReader.read(try StudyReaderTests.document(MarkedText(wrong).text)).problems
        }
        let own = Dictionary(problems.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        for problem in own.values where problem.code.hasPrefix("study.") { #expect(problem.translationFaults == []) }
        #expect(own.keys.count { $0.hasPrefix("study.") } >= 14)
        #expect(Problem.openPlaces([.subject, .registerDate(id: "a")]).translationFaults == [])
    }

    @Test(arguments: [
        ("name@example.kz", true), ("a.b+c@sub.example.kz", true), ("хат@пошта.қаз", true), ("name@example", false),
        ("@example.kz", false), ("a@b@c.kz", false), ("a b@example.kz", false), ("a@-b.kz", false), ("a@.kz", false),
        ("<script>@x.kz", false), ("", false), ("a\n@x.kz", false),
    ])
    func `an e-mail address has the shape of one`(_ text: String, _ isGood: Bool) throws {
        let quoted = "\"\(text.replacing("\n", with: "\\n"))\""
        let document = try StudyReaderTests.document(Self.good.replacing("survey@example.kz", with: quoted))
        #expect(StudyReader.read(document).problems.map(\.code) == (isGood ? [] : ["study.bad-email"]))
    }
}
