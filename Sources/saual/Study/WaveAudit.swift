internal import SurveyData
internal import SurveyDesign
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyQuality
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyWeighting
internal import SurveyYAML

/// Audits the field of a stored wave, and computes its indicators without the interviews of flagged interviewers.
struct WaveAudit {
    let wave: StudyWave
    let plan: QualityPlan
    /// The study of the file; nil for a file that imports alone have made.
    let study: StudySpecification?

    func audit() throws(Problem) -> FieldAudit {
        let design = study.map { wave.design($0.design) } ?? DesignSpecification()
        var auditor = FieldAuditor(plan.columns, rule: plan.rule)
        auditor.strata = design.strata
        auditor.psu = design.psu
        if let own = study?.waves.first(where: { $0.id == wave.record.name }) {
            auditor.field = (
                own.fieldStart.flatMap { CalendarDate(iso: $0) }, own.fieldEnd.flatMap { CalendarDate(iso: $0) }
            )
        }
        let others =
            auditor.columnNames + design.columns + (study?.weighting?.columns ?? []) + (wave.questionnaire?.key ?? [])
            + wave.weightNames
        let answers = SubstantiveAnswers(among: wave.descriptions, of: wave.questionnaire, besides: others)
        let needed = auditor.columnNames + answers.names + (try wave.columns(of: study?.complete))
        let table = try wave.table(of: needed.uniqued)
        let complete = try study?.complete.map { (text) throws(Problem) in
            try wave.condition(text).truth(in: table)
        }
        var audit = try auditor.audit(table, answers: answers, complete: complete)
        audit.wave = wave.record.name
        return audit
    }

    /// The number of a row in the raw file, by its position in the wave.
    ///
    /// Rows that were set aside are counted where the wave is the whole file; else rows are numbered in the wave.
    func rowNumbers() throws(Problem) -> (Int) -> Int {
        let aside = Set(try wave.file.quarantine(of: wave.record.name).map(\.row))
        let isWholeFile = aside.allSatisfy { $0 >= 1 && $0 <= wave.record.rowsRead }
        guard isWholeFile, !aside.isEmpty, aside.count == wave.record.rowsQuarantined,
            study?.waves.first(where: { $0.id == wave.record.name })?.rows == nil
        else { return { $0 + 1 } }
        let numbers = (1...wave.record.rowsRead).filter { !aside.contains($0) }
        return { numbers.indices.contains($0) ? numbers[$0] : $0 + 1 }
    }

    // MARK: The indicators without

    /// Adds to an audit what its flagged interviewers do to each indicator.
    ///
    /// - Parameters:
    ///   - audit: An audit of this wave.
    ///   - results: The figures with all interviews; only the whole is compared.
    ///   - definitions: All indicators of the study.
    /// - Throws: ``Problem`` of the weighting or the estimation of what remains.
    func addEffects(
        to audit: inout FieldAudit, results: [IndicatorResult], definitions: [IndicatorDefinition]
    ) throws(Problem) {
        let rows = audit.flaggedRows
        guard let study, let questionnaire = wave.questionnaire, !rows.isEmpty else { return }
        let whole = definitions.map { $0.by([]) }
        let asDesigned = try wave.design(of: study)
        let without = try sample(asDesigned, study, leavingOut: rows)
        let names =
            asDesigned.columns + IndicatorComputation.columns(for: whole, among: whole, of: questionnaire)
        let table = try wave.table(of: names.uniqued)
        let columns = [without.weight].compactMap { $0 } + table.columns
        let sampled = Table(rowCount: table.rowCount, columns: columns)
        let computation = IndicatorComputation(
            wave: wave.record.name, table: sampled, questionnaire: questionnaire,
            design: try SampleDesign(without.design, table: sampled, calibration: without.record),
            rules: study.publication, identify: try HexDigits().of)
        let figures = try computation.figures(of: whole, among: whole)
        audit.omission = without.omission
        audit.effects = whole.compactMap { definition in
            guard
                let before = results.first(where: {
                    $0.definition.id == definition.id && $0.wave == wave.record.name && $0.by.isEmpty
                }), let after = figures.results.first(where: { $0.definition.id == definition.id && $0.by.isEmpty })
            else { return nil }
            return IndicatorEffect(definition: definition, with: before, without: after)
        }
    }

    /// A sample in which some interviews are left out.
    private struct Remaining {
        let design: DesignSpecification
        let weight: Column?
        let record: CalibrationRecord?
        let omission: FieldAudit.Omission
    }

    private func sample(
        _ design: DesignSpecification, _ study: StudySpecification, leavingOut rows: [Int]
    ) throws(Problem) -> Remaining {
        if let name = design.weight, wave.weightNames.contains(name),
            let recipe = study.weighting?.chosen(for: wave.record.name), recipe.name == name
        {
            let made = try weighted(recipe, study, leavingOut: rows)
            let column = Column(name: name, kind: .number, values: .numbers(made.weights, kinds: []))
            return Remaining(design: design, weight: column, record: made.record, omission: .reweighted)
        }
        // Weights that came with the file: whoever is left out has weight 0, and nobody stands for them.
        let table = try wave.table(of: (design.columns + wave.columns(of: study.complete)).uniqued)
        let own = try wave.interviewsOnly(design, table, complete: study.complete)
        var changed = own.design
        let weights: [Double]
        if let name = changed.weight {
            weights = try own.table.column(name).values(leavingOut: rows)
        } else {
            var equal = try SampleDesign(changed, table: own.table).weightOfRow
            for row in rows { equal[row] = 0 }
            weights = equal
            changed.weight = "weight"
        }
        let column = Column(name: changed.weight ?? "weight", kind: .number, values: .numbers(weights, kinds: []))
        return Remaining(design: changed, weight: column, record: nil, omission: .unweighted)
    }

    /// Runs the recipe of the study again, with the rows as non-respondents.
    private func weighted(
        _ recipe: WeightingRecipe, _ study: StudySpecification, leavingOut rows: [Int]
    ) throws(Problem) -> Weighting.Outcome {
        let stored = try wave.file.weight(named: recipe.name, of: wave.record.name)
        var (recipe, targets) = try StoredRecipe.targets(of: recipe, in: stored.recipe, file: wave.file.path)
        let condition = try study.complete.map { (text) throws(Problem) in try wave.condition(text) }
        let variables = recipe.targetFiles.flatMap {
            (targets[$0]?.variables ?? []) + (targets[$0]?.numericVariables ?? [])
        }
        let table = try wave.table(of: (recipe.columns + variables + (condition?.names ?? [])).uniqued)
        var complete =
            try condition.map { (condition) throws(Problem) in try condition.truth(in: table).values }
            ?? [UInt8](repeating: Truth.yes, count: table.rowCount)
        for row in rows { complete[row] = Truth.no }

        var columns = table.columns
        var isOutcomeKnown = true
        for outcome in recipe.steps.compactMap(\.outcome) {
            guard let place = columns.firstIndex(where: { $0.name == outcome.column }) else { continue }
            if let changed = columns[place].asNonRespondents(rows, outcome.classes) {
                columns[place] = changed
            } else {
                columns[place] = columns[place].withoutAnswer(rows)
                isOutcomeKnown = false
            }
        }
        if !isOutcomeKnown {
            // No code says "non-respondent": the cases are taken as never issued.
            var weights = [Double](repeating: 1, count: table.rowCount)
            let base = recipe.base ?? "base"
            if let name = recipe.base {
                weights = try table.column(name).values(leavingOut: rows)
            } else {
                for row in rows { weights[row] = 0 }
            }
            columns.insert(Column(name: base, kind: .number, values: .numbers(weights, kinds: [])), at: 0)
            recipe.base = base
        }
        let checked = Weighting.run(
            recipe, on: Table(rowCount: table.rowCount, columns: columns), targets: targets,
            complete: Truth(values: complete), questionnaire: wave.questionnaire,
            members: try wave.members(of: recipe, complete: study.complete))
        do throws(Problem) { return try checked.get() } catch { throw wave.discreet(error, weighting: recipe) }
    }
}

extension Column {
    /// The numbers of the column with 0 in some rows.
    fileprivate func values(leavingOut rows: [Int]) throws(Problem) -> [Double] {
        guard case .numbers(var numbers, let kinds) = try asNumbers().values else { return [] }
        for row in numbers.indices where !kinds.isEmpty && kinds[row] != 0 { numbers[row] = 0 }
        for row in rows { numbers[row] = 0 }
        return numbers
    }

    /// The outcomes with some rows as non-respondents; nil if no outcome of the column says so.
    fileprivate func asNonRespondents(_ rows: [Int], _ classes: OutcomeMap) -> Column? {
        switch values {
        case .bytes(var bytes):
            guard let index = dictionary.firstIndex(where: { classes.outcome(of: $0) == .nonRespondent }) else {
                return nil
            }
            for row in rows { bytes[row] = UInt8(clamping: index) }
            return Column(name: name, kind: kind, dictionary: dictionary, values: .bytes(bytes))
        case .words(var words):
            guard let index = dictionary.firstIndex(where: { classes.outcome(of: $0) == .nonRespondent }) else {
                return nil
            }
            for row in rows { words[row] = UInt16(clamping: index) }
            return Column(name: name, kind: kind, dictionary: dictionary, values: .words(words))
        case .indexes(var indexes):
            guard let index = dictionary.firstIndex(where: { classes.outcome(of: $0) == .nonRespondent }) else {
                return nil
            }
            for row in rows { indexes[row] = UInt32(clamping: index) }
            return Column(name: name, kind: kind, dictionary: dictionary, values: .indexes(indexes))
        case .numbers(var numbers, let kinds):
            let found = Set(numbers).sorted().first { classes.outcome(of: JSONText.shortest($0)) == .nonRespondent }
            guard let found else { return nil }
            for row in rows { numbers[row] = found }
            return Column(name: name, kind: kind, dictionary: dictionary, values: .numbers(numbers, kinds: kinds))
        }
    }

    /// The column with no answer in some rows.
    fileprivate func withoutAnswer(_ rows: [Int]) -> Column {
        let kind = MissingKind.noAnswer.rawValue
        let changed: Values
        switch values {
        case .bytes(var bytes):
            for row in rows { bytes[row] = kind }
            changed = .bytes(bytes)
        case .words(var words):
            for row in rows { words[row] = Column.missingWord | UInt16(kind) }
            changed = .words(words)
        case .indexes(var indexes):
            for row in rows { indexes[row] = Column.missingIndex | UInt32(kind) }
            changed = .indexes(indexes)
        case .numbers(let numbers, var kinds):
            if kinds.isEmpty { kinds = [UInt8](repeating: 0, count: numbers.count) }
            for row in rows { kinds[row] = kind }
            changed = .numbers(numbers, kinds: kinds)
        }
        return Column(name: name, kind: self.kind, dictionary: dictionary, values: changed)
    }
}
