internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyYAML

/// One wave of a study file, opened for analysis: its columns by name, with derived variables.
struct StudyWave {
    let file: StudyFile
    let record: WaveRecord
    /// What was asked; nil for a wave that was imported without a questionnaire.
    let questionnaire: Questionnaire?
    let descriptions: [ColumnDescription]
    /// Weights that were made for the wave; in tables they stand as number columns.
    let weightNames: [String]

    /// Opens a wave; without a name, the only one of the file.
    static func open(_ path: String, wave: String?) throws(Problem) -> StudyWave {
        let file = try StudyFile(reading: path)
        let waves = try file.waves()
        if let wave { return try StudyWave(file, wave: wave) }
        guard let only = waves.first else { throw .noWaves(path) }
        guard waves.count == 1 else { throw .severalWaves(path, waves: waves.map(\.name)) }
        return try StudyWave(file, wave: only.name)
    }

    init(_ file: StudyFile, wave: String) throws(Problem) {
        self.file = file
        record = try file.wave(named: wave)
        descriptions = try file.columnDescriptions(of: wave)
        weightNames = try file.weights(of: wave).map(\.name)
        guard let source = try file.questionnaire(of: wave) else {
            questionnaire = nil
            return
        }
        let name = "\(file.path):\(wave)"
        questionnaire = try QuestionnaireReader.read(try YAMLDocument(parsing: source, file: name)).get()
    }

    /// Every name that can be used: columns, derived variables and made weights.
    var names: [String] { descriptions.map(\.name) + (questionnaire?.derived.map(\.id) ?? []) + weightNames }

    /// True for a private column.
    ///
    /// What is derived from one is public: its author decided so.
    func isPrivate(_ name: String) -> Bool { descriptions.contains { $0.isPrivate && $0.name == name } }

    /// A problem of a design without the keys that it quotes, where a column of the design is private.
    func discreet(_ problem: Problem, of design: DesignSpecification) -> Problem {
        let counting = ["design.psu-in-two-strata", "estimation.lonely-psu"]
        let naming = ["design.population-varies", "design.population-too-small"]
        guard (counting + naming).contains(problem.code), design.columns.contains(where: isPrivate) else {
            return problem
        }
        func masked(_ message: Message) -> Message {
            Message(template: message.template, values: message.values.map { _ in "…" })
        }
        var place = problem.place
        place.detail = nil
        return Problem(
            problem.code, problem.kind, severity: problem.severity,
            what: counting.contains(problem.code) ? problem.what : masked(problem.what), place: place,
            why: masked(problem.why), fix: problem.fix)
    }

    /// The columns of these names with the derived variables among them, each once.
    func table(of names: [String]) throws(Problem) -> Table {
        if let unknown = names.first(where: { !self.names.contains($0) }) {
            throw .unknownColumn(unknown, known: self.names)
        }
        let made = names.filter(weightNames.contains).uniqued
        let asked = names.filter { !made.contains($0) }
        let stored = questionnaire?.requiredColumns(for: asked) ?? asked
        var columns = try file.columns(named: stored.uniqued, of: record.name)
        for name in made {
            let values = try file.weight(named: name, of: record.name).values
            columns.append(Column(name: name, kind: .number, values: .numbers(values, kinds: [])))
        }
        let table = Table(rowCount: record.rowsImported, columns: columns)
        guard let questionnaire else { return table }
        return try table.adding(asked, from: questionnaire)
    }
}

extension Problem {
    static func noWaves(_ path: String) -> Problem {
        Problem(
            "command.no-waves", .input, what: "The study file has no wave", place: Place(file: path),
            why: "a wave is needed to compute anything; found none",
            fix: "import one with saual import, or run the study")
    }

    static func severalWaves(_ path: String, waves: [String]) -> Problem {
        Problem(
            "command.several-waves", .usage, what: "The study file has several waves", place: Place(file: path),
            why: "one wave must be named; the file has \(list: waves)", fix: "write \(path):\(waves[0])")
    }
}
