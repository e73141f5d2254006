internal import SurveyData
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyWeighting

/// Makes a weight of a stored wave by a recipe, and keeps it in the study file with its record.
struct WaveWeighting {
    let recipe: WeightingRecipe
    let targets: [String: WeightingTargets]
    /// Which rows are interviews, as study.yaml says; nil means all.
    let complete: String?

    /// Makes the weight of a wave; the problems hold errors and cautions.
    func run(on wave: StudyWave) throws(Problem) -> Checked<Weighting.Outcome> {
        let known = wave.names
        let unknown = recipe.targetFiles.compactMap { targets[$0] }.flatMap { $0.unknownVariables(among: known) }
        guard unknown.isEmpty else { return Checked(value: nil, problems: unknown) }
        let condition = try complete.map { (text) throws(Problem) in try wave.condition(text) }
        let variables = recipe.targetFiles.flatMap { file in
            (targets[file]?.variables ?? []) + (targets[file]?.numericVariables ?? [])
        }
        let table = try wave.table(of: (recipe.columns + variables + (condition?.names ?? [])).uniqued)
        let interviews = try condition.map { (condition) throws(Problem) in try condition.truth(in: table) }
        var checked = Weighting.run(
            recipe, on: table, targets: targets, complete: interviews, questionnaire: wave.questionnaire,
            members: try wave.members(of: recipe, complete: complete))
        // A weight that is made from a made weight has the fits of both behind it.
        if var made = checked.value, let base = recipe.base, let earlier = try wave.weighting(base)?.record {
            made.record = CalibrationRecord.joining(earlier, made.record)
            checked = Checked(value: made, problems: checked.problems)
        }
        return checked
    }

    /// What the steps did, with the balance of variables: shares of answers, means of numbers.
    func diagnostics(
        of outcome: Weighting.Outcome, on wave: StudyWave, categories: [String], numbers: [String]
    ) throws(Problem) -> WeightingDiagnostics {
        let known = Set(wave.names)
        let targets = outcome.summary.margins.flatMap { $0.variable.split(separator: "*").map(String.init) }
        let table = try wave.table(of: (targets.filter(known.contains) + categories + numbers).uniqued)
        return try WeightingDiagnostics(
            outcome, recipe: recipe, table: table, categories: categories, numbers: numbers,
            questionnaire: wave.questionnaire)
    }

    /// The same for the variables that the recipe names, each by its type.
    func diagnostics(of outcome: Weighting.Outcome, on wave: StudyWave) throws(Problem) -> WeightingDiagnostics {
        let types: Set<QuestionType> = [.number, .money]
        let numbers = recipe.balance.filter { name in
            wave.questionnaire?.question(name).map { types.contains($0.type) }
                ?? wave.questionnaire?.derivedVariable(name).map { $0.answers.isEmpty } ?? false
        }
        return try diagnostics(
            of: outcome, on: wave, categories: recipe.balance.filter { !numbers.contains($0) }, numbers: numbers)
    }

    /// Keeps what was made.
    func keep(_ outcome: Weighting.Outcome, in file: StudyFile, of wave: String, replacing: Bool) throws(Problem) {
        let archive = WeightingArchive(record: outcome.record, summary: outcome.summary)
        try file.keep(
            StoredWeight(
                name: recipe.name, values: outcome.weights, recipe: recipe.json(targets: targets).line,
                record: archive.packed), of: wave, replacing: replacing)
    }
}

extension StudyWave {
    /// True for a weight that was made for the wave and is no column of its file.
    func isMadeOnly(_ name: String) -> Bool {
        weightNames.contains(name) && !descriptions.contains { $0.name == name }
    }

    /// A condition in the names of the wave's questionnaire.
    func condition(_ text: String) throws(Problem) -> Expression {
        if let questionnaire { return try Expression(parsing: text, in: questionnaire, expecting: .truth) }
        return try Expression(parsing: text, in: BareScope(descriptions: descriptions), expecting: .truth)
    }

    /// The record of a weight that was made for the wave; nil for a column of the file.
    func weighting(_ name: String) throws(Problem) -> WeightingArchive? {
        guard weightNames.contains(name) else { return nil }
        let stored = try file.weight(named: name, of: record.name)
        guard let archive = WeightingArchive(packed: stored.record, rowCount: stored.values.count) else {
            throw .damagedWeighting(file.path, name: name)
        }
        return archive
    }
}

extension Problem {
    /// The record of a weight that this version cannot read.
    static func damagedWeighting(_ path: String, name: String) -> Problem {
        Problem(
            "command.damaged-weighting", .input, what: "The record of weight \"\(name)\" cannot be read",
            place: Place(file: path),
            why: "without it standard errors would take a calibrated weight for a fixed one",
            fix: "make the weight again, or run the study again")
    }
}
