internal import SurveyData
internal import SurveyDesign
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveyReport
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyWeighting
internal import SurveyYAML

/// Computes the figures of a study from its file: indicators by wave, with publication rules applied.
struct StudyFigures {
    let file: StudyFile
    let specification: StudySpecification
    /// The indicators of each wave, typed by its questionnaire.
    let indicators: [(wave: StudyWave, definitions: [IndicatorDefinition])]

    /// Opens a study file with the study that it was made from; `only` names one wave.
    ///
    /// `definitions` replaces the study's own indicator files.
    init(_ path: String, wave only: String?, definitions: [YAMLDocument] = []) throws(Problem) {
        file = try StudyFile(reading: path)
        let documents = try file.documents()
        guard let first = documents.first else { throw .noStudy(path) }
        specification = try StudyReader.read(try YAMLDocument(parsing: first.text, file: first.name)).get()
        var waves: [StudyWave] = []
        let latest = try LatestWave(of: file)
        for record in try file.waves() where only == nil || record.name == only {
            waves.append(try StudyWave(file, wave: record.name, latest: latest))
        }
        if let only, waves.isEmpty { _ = try file.wave(named: only) }
        guard !waves.isEmpty else { throw .noWaves(path) }
        var files = definitions
        if files.isEmpty {
            for document in documents.dropFirst() where specification.indicatorFiles.contains(document.name) {
                files.append(try YAMLDocument(parsing: document.text, file: document.name))
            }
        }
        let asked = waves.compactMap { wave in wave.questionnaire.map { (id: wave.record.name, questionnaire: $0) } }
        guard asked.count == waves.count else { throw .waveWithoutQuestionnaire(path) }
        let typed = try IndicatorReader.read(files, waves: asked).get()
        let breaks = try StudyFigures.versionBreaks(in: file, specification)
        indicators = zip(waves, typed).map { (wave: $0, definitions: breaks?.added(to: $1) ?? $1) }
        guard !definitions.isEmpty else { return }
        // The author of a study may make figures of a private column; a reader with a file of definitions may not.
        for (wave, definitions) in indicators {
            if let hidden = definitions.flatMap(\.variables).first(where: wave.isPrivate) {
                throw .privateColumn(hidden)
            }
        }
    }

    /// The definitions, as the latest wave types them; then the members of families that only earlier waves have.
    var definitions: [IndicatorDefinition] {
        var seen: Set<String> = []
        return indicators.reversed().flatMap(\.definitions).filter { seen.insert($0.id).inserted }
    }

    /// The questionnaire of the latest wave.
    var questionnaire: Questionnaire? { indicators.last?.wave.questionnaire }

    /// True for a column that no wave may show.
    func isPrivate(_ name: String) -> Bool { indicators.contains { $0.wave.isPrivate(name) } }

    /// Computes all figures; `breakdowns` replaces those of the definitions, `rules` is nil for internal output.
    func input(
        breakdowns: [[String]]? = nil, only: [String] = [], rules: PublicationRules?, changes wantsChanges: Bool = true,
        audits: Bool = false,
        programs: [(name: String, version: String)] = Versions.figures
    ) throws(Problem) -> (input: ReportInput, cautions: [Problem]) {
        var computedWaves: [WaveFigures] = []
        var waves: [ReportInput.Wave] = []
        var cautions: [Problem] = []
        var unrecorded: [String] = []
        for (wave, all) in indicators {
            guard let questionnaire = wave.questionnaire else { continue }
            let others = breakdowns.map { groups in all.map { $0.by(groups) } } ?? all
            let chosen = others.filter { $0.isChosen(by: only) }
            for name in others.flatMap(\.breakdowns).joined() where wave.isPrivate(name) { throw .privateColumn(name) }
            let drawn = try wave.design(of: specification).withReplicateColumns(among: wave.names)
            let needed =
                drawn.columns
                + IndicatorComputation.columns(for: chosen, among: others, of: questionnaire)
            let interviews = try wave.columns(of: specification.complete)
            let table = try wave.table(of: (needed + interviews).uniqued)
            let hash = try HexDigits()
            let design: SampleDesign
            let computed: WaveFigures
            do throws(Problem) {
                design = try wave.sample(drawn, table, complete: specification.complete)
                var computation = IndicatorComputation(
                    wave: wave.record.name, table: table, questionnaire: questionnaire, design: design, rules: rules,
                    identify: hash.of)
                computation.waves = specification.waves.map(\.id)
                computation.keepsInfluences = wantsChanges && isCompared(wave.record.name)
                computed = try computation.figures(of: chosen, among: others)
            } catch { throw wave.discreet(error, of: specification.design) }
            computedWaves.append(computed)
            for var caution in computed.cautions {
                if caution.place.detail == nil { caution.place.detail = wave.record.name }
                cautions.append(caution)
            }
            var summary = try StudyFigures.summary(of: wave, design, questionnaire)
            try fill(&summary, of: wave)
            summary.weighting = try specification.design.weight.flatMap { (name) throws(Problem) in
                try wave.weighting(name)?.summary
            }
            if wave.lacksRecord(drawn) { unrecorded.append(wave.record.name) }
            if audits { summary.audit = try audit(of: wave, all, computed.results, into: &cautions) }
            waves.append(summary)
        }
        var ordered: [IndicatorResult] = []
        for definition in definitions where definition.isChosen(by: only) {
            for wave in computedWaves { ordered += wave.results.filter { $0.definition.id == definition.id } }
        }
        var input = ReportInput(
            study: specification, waves: waves, results: ordered,
            programs: programs, isInternal: rules == nil)
        // Readers are told of the weights; the rest concerns single figures, which carry their flags.
        input.cautions = cautions.filter { $0.code.hasPrefix("weighting.") }
        if let weight = specification.design.weight, !unrecorded.isEmpty {
            let note = Problem.figuresWithoutRecord(weight, waves: unrecorded)
            // A study that says so means it; its readers are told all the same.
            if !specification.design.ignoresRecord { cautions.append(note) }
            input.cautions.append(note)
        }
        if wantsChanges { input.changes = try changes(between: computedWaves) }
        input.questionnaire = questionnaire
        return (input, cautions)
    }

    /// The breaks that the questionnaires tell of; nil where the latest wave has no questionnaire or maps no version.
    private static func versionBreaks(
        in file: StudyFile, _ specification: StudySpecification
    ) throws(Problem) -> VersionBreaks? {
        var asked: [(wave: String, questionnaire: Questionnaire)] = []
        let stored = try file.waves().map(\.name)
        for wave in specification.waves.map(\.id) where stored.contains(wave) {
            if let questionnaire = try StudyWave(file, wave: wave, latest: nil).questionnaire {
                asked.append((wave, questionnaire))
            }
        }
        guard let latest = asked.last?.questionnaire, !latest.versions.isEmpty else { return nil }
        // Another questionnaire is no older version of this one.
        let waves = asked.filter { $0.questionnaire.id == latest.id }.map { wave, questionnaire in
            let view = VersionView(unchecked: questionnaire, as: latest, through: asked.map(\.questionnaire))
            return (wave: wave, version: questionnaire.version, view: view)
        }
        return VersionBreaks(waves: waves)
    }

    private static func summary(
        of wave: StudyWave, _ design: SampleDesign, _ questionnaire: Questionnaire
    ) throws(Problem) -> ReportInput.Wave {
        let record = wave.record
        return ReportInput.Wave(
            id: record.name, file: record.fileName, sha256: record.sha256, rowsRead: record.rowsRead,
            imported: record.rowsImported,
            quarantined: record.rowsQuarantined,
            findings: FindingCounts.of(try wave.file.findings(of: record.name).filter { $0.severity == .error }),
            strata: design.strata.count, psus: design.psuCount, sumWeights: design.sumWeights,
            questionnaire: wave.questionnaireText)
    }
}

/// How many cells, rows or columns the findings of a code concern.
enum FindingCounts {
    /// Counts by code, in the order in which the codes first occur.
    static func of(_ findings: [Problem]) -> [(code: String, count: Int)] {
        var counts: [(code: String, count: Int)] = []
        for finding in findings {
            let count = max(1, finding.place.rowsTotal ?? finding.place.rows.count)
            if let known = counts.firstIndex(where: { $0.code == finding.code }) {
                // A damaged study file may hold any number here.
                let (sum, overflow) = counts[known].count.addingReportingOverflow(count)
                counts[known].count = overflow ? .max : sum
            } else {
                counts.append((finding.code, count))
            }
        }
        return counts
    }
}

/// SHA-256 of a text in hex; a hash that cannot be made leaves no digits.
struct HexDigits: Sendable {
    /// Tries once, so that a missing hash is a problem here and not an empty id later.
    init() throws(Problem) { _ = try SHA256.hex(of: []) }

    var of: @Sendable (String) -> String {
        { text in
            do { return try SHA256.hex(of: Array(text.utf8)) } catch { return "" }
        }
    }
}

extension IndicatorDefinition {
    /// The same indicator with other breakdowns.
    func by(_ breakdowns: [[String]]) -> IndicatorDefinition {
        var definition = self
        definition.breakdowns = breakdowns
        return definition
    }

    /// True if the indicator or its family is named; no names name all.
    func isChosen(by names: [String]) -> Bool {
        names.isEmpty || names.contains(id) || family.map { names.contains($0.id) } ?? false
    }
}

extension Problem {
    /// Figures from weights that came with the files.
    static func figuresWithoutRecord(_ weight: String, waves: [String]) -> Problem {
        Problem(
            "command.figures-without-record", .finding, severity: .caution,
            what: "Nothing tells how the weight \"\(weight)\" was made", place: Place(column: weight),
            why:
                "standard errors of \(list: waves) take it as fixed; of weights that were fitted to totals they come out too large",
            fix: "make the weight in the study, or write \"record: ignore\" in its design to say that it is meant so")
    }

    static func noStudy(_ path: String) -> Problem {
        Problem(
            "command.no-study", .usage, what: "The study file has no study", place: Place(file: path),
            why: "indicators, design and publication rules come from study.yaml; this file was made by imports alone",
            fix: "write a study.yaml and run it with saual run, or use saual estimate")
    }

    static func waveWithoutQuestionnaire(_ path: String) -> Problem {
        Problem(
            "command.wave-without-questionnaire", .input, what: "A wave has no questionnaire", place: Place(file: path),
            why: "indicators are checked against what was asked; one of the waves was imported without a questionnaire",
            fix: "import the wave again with --questionnaire")
    }
}
