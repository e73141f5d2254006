internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyYAML

/// One wave of a study file, opened for analysis: its columns by name, with derived variables.
///
/// A wave that was asked with an older version of the latest wave's questionnaire is read in the terms of the newer one,
/// if that one maps the older version.
struct StudyWave {
    let file: StudyFile
    let record: WaveRecord
    /// In whose terms the wave is read; nil for a wave that was imported without a questionnaire.
    let questionnaire: Questionnaire?
    /// What was asked; another version than `questionnaire` where a map is applied.
    let asked: Questionnaire?
    let descriptions: [ColumnDescription]
    /// The map that is applied.
    private let view: VersionView?
    /// The map that is left out on demand; a study names its design in the terms of the latest wave all the same.
    private let unusedView: VersionView?
    /// Weights that were made for the wave; in tables they stand as number columns.
    let weightNames: [String]

    /// Opens a wave; without a name, the only one of the file.
    ///
    /// `isAsAsked` leaves the maps of later versions out.
    static func open(_ path: String, wave: String?, isAsAsked: Bool = false) throws(Problem) -> StudyWave {
        let file = try StudyFile(reading: path)
        let waves = try file.waves()
        if let wave {
            return try StudyWave(file, wave: wave, latest: try LatestWave(of: file), isAsAsked: isAsAsked)
        }
        guard let only = waves.first else { throw .noWaves(path) }
        guard waves.count == 1 else { throw .severalWaves(path, waves: waves.map(\.name)) }
        return try StudyWave(file, wave: only.name, latest: nil)
    }

    /// Opens a wave in the terms of the latest one, or as it was asked if that is nil.
    init(_ file: StudyFile, wave: String, latest: LatestWave?, isAsAsked: Bool = false) throws(Problem) {
        self.file = file
        record = try file.wave(named: wave)
        let stored = try file.columnDescriptions(of: wave)
        weightNames = try file.weights(of: wave).map(\.name)
        guard let source = try file.questionnaire(of: wave) else {
            (questionnaire, asked, view, unusedView, descriptions) = (nil, nil, nil, nil, stored)
            return
        }
        let name = "\(file.path):\(wave)"
        let asked = try QuestionnaireReader.read(try YAMLDocument(parsing: source, file: name)).get()
        self.asked = asked
        let found = try latest.flatMap { (latest) throws(Problem) in try latest.view(of: asked) }
        view = isAsAsked ? nil : found
        unusedView = isAsAsked ? found : nil
        questionnaire = view?.reference ?? asked
        descriptions = view?.descriptions(of: stored) ?? stored
    }

    /// A design of the study in the names by which this wave is read.
    func design(_ design: DesignSpecification) -> DesignSpecification {
        unusedView.map { design.renamed($0.source(ofQuestion:)) } ?? design
    }

    /// True if the wave is read in the terms of another version than the one that was asked.
    var isMapped: Bool { view != nil }

    /// Every name that can be used: columns, derived variables and made weights.
    ///
    /// A weight that was imported with its record is a column and a made weight, and stands here once.
    var names: [String] {
        let own = descriptions.map(\.name) + (questionnaire?.derived.map(\.id) ?? [])
        return own + weightNames.filter { !own.contains($0) }
    }

    /// True for a private column.
    ///
    /// What is derived from one is public: its author decided so.
    func isPrivate(_ name: String) -> Bool { descriptions.contains { $0.isPrivate && $0.name == name } }

    /// A problem of a design without the keys that it quotes, where a column of the design is private.
    func discreet(_ problem: Problem, of design: DesignSpecification) -> Problem {
        let counting = [
            "design.psu-in-two-strata", "estimation.lonely-psu", "estimation.lonely-unit", "estimation.lonely-units",
            "design.joined-strata",
        ]
        let naming = [
            "design.population-varies", "design.population-too-small", "design.probability-varies",
            "design.nothing-to-join", "design.collapse-varies", "design.empty-phase-stratum",
            "design.lonely-first-phase",
        ]
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
        let read = try self.stored(stored.uniqued)
        var columns = read.columns
        for name in made {
            let values = try file.weight(named: name, of: record.name).values
            columns.append(Column(name: name, kind: .number, values: .numbers(values, kinds: [])))
        }
        let table = Table(rowCount: record.rowsImported, columns: columns)
        guard let questionnaire else { return table }
        return try table.adding(asked, from: questionnaire)
    }

    /// Columns of the file, through the map of the version if there is one.
    private func stored(_ names: [String]) throws(Problem) -> Table {
        let sources = try view.map { (view) throws(Problem) in try view.sources(of: names) } ?? names
        let table = Table(
            rowCount: record.rowsImported, columns: try file.columns(named: sources, of: record.name))
        guard let view else { return table }
        return Table(rowCount: table.rowCount, columns: try view.columns(named: names, from: table))
    }
}

/// The latest wave of a study file and what it asked: earlier waves are read in its terms.
struct LatestWave {
    let wave: String
    let questionnaire: Questionnaire
    private let file: StudyFile
    /// The other waves.
    private let others: [String]

    /// The last wave in the order of the study, or of the file if it has no study; nil if it has no questionnaire.
    init?(of file: StudyFile) throws(Problem) {
        let names = try file.waves().map(\.name)
        guard names.count > 1 else { return nil }
        var order = names
        if let study = try file.documents().first {
            let waves = try StudyReader.read(try YAMLDocument(parsing: study.text, file: study.name)).get().waves
            order = waves.map(\.id).filter(names.contains)
        }
        guard let last = order.last ?? names.last else { return nil }
        guard let read = try LatestWave.questionnaire(of: last, in: file) else { return nil }
        wave = last
        questionnaire = read.questionnaire
        self.file = file
        others = names.filter { $0 != last }
    }

    /// How a wave that was asked with a questionnaire is read in the terms of the latest one; nil for as it was asked.
    func view(of asked: Questionnaire) throws(Problem) -> VersionView? {
        let place = "\(file.path):\(wave)"
        if questionnaire.map(from: asked.version) != nil || questionnaire.versions.isEmpty {
            return try VersionView(of: asked, as: questionnaire, file: place)
        }
        // Versions between are those of other waves.
        var between: [(questionnaire: Questionnaire, file: String)] = []
        for name in others {
            if let other = try LatestWave.questionnaire(of: name, in: file) { between.append(other) }
        }
        return try VersionView(of: asked, as: questionnaire, file: place, through: between)
    }

    private static func questionnaire(
        of wave: String, in file: StudyFile
    ) throws(Problem) -> (questionnaire: Questionnaire, file: String)? {
        guard let source = try file.questionnaire(of: wave) else { return nil }
        let place = "\(file.path):\(wave)"
        return (try QuestionnaireReader.read(try YAMLDocument(parsing: source, file: place)).get(), place)
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
