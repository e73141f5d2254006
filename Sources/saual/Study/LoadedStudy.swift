internal import SurveyData
internal import SurveyDesign
internal import SurveyIndicators
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyWeighting
internal import SurveyYAML

/// A study.yaml with everything it names, read and checked against each other.
struct LoadedStudy: Sendable {
    let document: YAMLDocument
    /// The folder of study.yaml; the other paths are relative to it.
    let folder: String
    let specification: StudySpecification
    /// The questionnaire of each wave as it was asked, in the order of the waves.
    let questionnaires: [Questionnaire]
    /// How each wave is read in the terms of the latest one; nil where it is read as it was asked.
    let views: [VersionView?]
    /// The indicators of each wave, in the order of the waves; the same ones, typed by the wave's questionnaire.
    let indicators: [[IndicatorDefinition]]
    let indicatorDocuments: [YAMLDocument]
    /// The tiles of the report's map, if it has one.
    var tiles: StudyDocument?
    /// The maps of the waves' columns, by wave; a wave whose names say what they are has none.
    var maps: [String: WaveMap] = [:]
    /// The joint probabilities of the waves' PSUs, by the files that the waves name.
    var joints: [StudyDocument] = []
    /// The targets files of the weighting, by their names in study.yaml.
    var targets: [String: WeightingTargets] = [:]

    /// Reads a study and all its YAML files; the problems are all that is wrong in any of them.
    static func load(_ path: String) -> Checked<LoadedStudy> {
        do throws(Problem) {
            return load(try YAMLDocument(reading: path), folder: folder(of: path))
        } catch { return Checked(value: nil, problems: [error]) }
    }

    private static func load(_ document: YAMLDocument, folder: String) -> Checked<LoadedStudy> {
        // A mistake in study.yaml hides none in the files that it names.
        let (readable, own) = StudyReader.readable(document)
        guard let specification = readable else { return Checked(value: nil, problems: own) }
        var problems = own + specification.missingFiles(relativeTo: folder, in: document)

        var byFile: [String: Questionnaire] = [:]
        var tried: Set<String> = []
        for wave in specification.waves where tried.insert(wave.questionnaire).inserted {
            let path = StudySpecification.path(wave.questionnaire, relativeTo: folder)
            guard let reading = read(path, into: &problems) else { continue }
            let checked = QuestionnaireReader.read(reading)
            problems += checked.problems
            byFile[wave.questionnaire] = checked.value
            if let questionnaire = checked.value {
                problems += regions(of: questionnaire, wave, folder: folder).problems
            }
        }
        let maps = specification.maps(for: byFile, in: folder, document, into: &problems)
        var documents: [YAMLDocument] = []
        for file in specification.indicatorFiles {
            let path = StudySpecification.path(file, relativeTo: folder)
            if let reading = read(path, into: &problems) { documents.append(reading) }
        }
        let waves = specification.waves.compactMap { wave in
            byFile[wave.questionnaire].map { (id: wave.id, questionnaire: $0) }
        }
        let views = views(of: specification, byFile, folder: folder, into: &problems)
        let read = waves.map { wave in (id: wave.id, questionnaire: views[wave.id]?.reference ?? wave.questionnaire) }
        problems += specification.check(
            against: read.map { (wave: $0.id, questionnaire: $0.questionnaire) }, in: document)
        problems += specification.check(
            views: waves.compactMap { wave in views[wave.id].map { (wave: wave.id, view: $0) } }, in: document)
        var targets: [String: WeightingTargets] = [:]
        for file in specification.targetFiles {
            let path = StudySpecification.path(file, relativeTo: folder)
            let read = TargetsReader.readable(path)
            problems += read.problems.filter { !isMissing(path, by: $0) }
            targets[file] = read.targets
        }
        problems += specification.checkWeighting(
            against: read.map { (wave: $0.id, questionnaire: $0.questionnaire) }, targets: targets, in: document)
        problems += specification.checkQuality(
            against: read.map { (wave: $0.id, questionnaire: $0.questionnaire) }, in: document)
        let indicators = IndicatorReader.read(documents, waves: read)
        problems += indicators.problems
        let tiles = specification.tiles(in: folder, read, document, into: &problems)
        let joints = specification.joints(in: folder, into: &problems)
        if let last = indicators.value?.last {
            problems += specification.check(comparisonAgainst: last, in: document)
        }
        guard !problems.contains(where: { $0.severity == .error }), let definitions = indicators.value else {
            return Checked(value: nil, problems: problems)
        }
        var loaded = LoadedStudy(
            document: document, folder: folder, specification: specification,
            questionnaires: waves.map(\.questionnaire), views: waves.map { views[$0.id] },
            indicators: definitions, indicatorDocuments: documents)
        loaded.tiles = tiles
        loaded.joints = joints
        loaded.maps = maps
        loaded.targets = targets
        return Checked(value: loaded, problems: problems)
    }

    /// How waves of older versions are read in the terms of the last wave, by wave; what is wrong with a map is reported.
    private static func views(
        of specification: StudySpecification, _ questionnaires: [String: Questionnaire], folder: String,
        into problems: inout [Problem]
    ) -> [String: VersionView] {
        guard let last = specification.waves.last?.questionnaire, let reference = questionnaires[last] else {
            return [:]
        }
        var files: [String: String] = [:]
        var others: [Questionnaire] = []
        for wave in specification.waves {
            guard let asked = questionnaires[wave.questionnaire], asked.id == reference.id else { continue }
            if files.updateValue(wave.questionnaire, forKey: asked.version) == nil { others.append(asked) }
        }
        files[reference.version] = last
        var views: [String: VersionView] = [:]
        var checked: Set<String> = []
        for wave in specification.waves {
            guard let asked = questionnaires[wave.questionnaire] else { continue }
            let view = VersionView(unchecked: asked, as: reference, through: others)
            views[wave.id] = view
            for (newer, older) in view?.steps ?? [] {
                // Two files may say that they are the same version.
                let source = older.version == asked.version ? wave.questionnaire : files[older.version] ?? ""
                guard checked.insert("\(newer.version) \(source)").inserted else { continue }
                let file = StudySpecification.path(files[newer.version] ?? last, relativeTo: folder)
                problems += newer.problems(reading: older, file: file)
            }
        }
        return views
    }

    /// Reads a file that exists; one that does not was reported already.
    private static func read(_ path: String, into problems: inout [Problem]) -> YAMLDocument? {
        do throws(Problem) {
            return try YAMLDocument(reading: path)
        } catch {
            if !isMissing(path, by: error) { problems.append(error) }
            return nil
        }
    }

    /// True if a file could not be read because it is not there, or is a folder: the study has reported that already.
    private static func isMissing(_ path: String, by problem: Problem) -> Bool {
        problem.code == "problems.unreadable-file" && !StudySpecification.isFile(path)
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension LoadedStudy {
    /// The study whose study.yaml is kept in its file.
    static func specification(in document: StudyDocument) throws(Problem) -> StudySpecification {
        try StudyReader.read(try YAMLDocument(parsing: document.text, file: document.name)).get()
    }

    /// The texts that the study file keeps: study.yaml, then the indicator files, then the tiles of the map and joint probabilities.
    var documents: [StudyDocument] {
        [StudyDocument(name: "study.yaml", text: document.bytes)]
            + zip(specification.indicatorFiles, indicatorDocuments).map { StudyDocument(name: $0, text: $1.bytes) }
            + (tiles.map { [$0] } ?? []) + joints
    }
}
