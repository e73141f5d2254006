internal import Glibc
internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStudy
internal import SurveyYAML

extension CheckCommand {
    /// What is wrong with the maps among the files, but for those that a study among them names and checks itself.
    ///
    /// A map is for one questionnaire: of several, that of which it has the fewest mistakes. Without any, only what does not
    /// depend on the questions can be checked, which a caution says.
    static func mapProblems(
        of documents: [(document: YAMLDocument, kind: Kind)], _ questionnaires: [Questionnaire], wereRead: Bool
    ) -> [Problem] {
        let named = documents.filter { $0.kind == .study }.flatMap { mapFiles(of: $0.document) }
        var problems: [Problem] = []
        for (document, kind) in documents where kind == .map && !named.contains(realPath(document.file)) {
            let found = questionnaires.map { ColumnMapReader.read(document, for: $0).problems }
            let fewest = found.min { left, right in
                left.count { $0.severity == .error } < right.count { $0.severity == .error }
            }
            problems += fewest ?? ColumnMapReader.read(document, for: nil).problems
            if questionnaires.isEmpty, wereRead { problems.append(.mapAlone(document.file)) }
        }
        return problems
    }

    /// The maps that the waves of a study name, as the system knows them.
    private static func mapFiles(of study: YAMLDocument) -> [String] {
        let waves = study.root["waves"].map { $0.list ?? [$0] } ?? []
        let folder = LoadedStudy.folder(of: study.file)
        return waves.compactMap { $0["map"]?.scalar }.map {
            realPath(StudySpecification.path($0, relativeTo: folder))
        }
    }

    private static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension Problem {
    /// A map of which only a part could be checked.
    static func mapAlone(_ file: String) -> Problem {
        Problem(
            "command.map-alone", .finding, severity: .caution,
            what: "Questions and codes of the map were not looked up", place: Place(file: file),
            why: "a map leads to questions of a questionnaire; none is given",
            fix: "add --questionnaire Q.yaml, or check the study that names both")
    }
}
