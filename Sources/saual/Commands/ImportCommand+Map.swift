internal import SurveyFormats
internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema
internal import SurveyYAML

extension ImportCommand {
    /// What `--map` gave: the map with its hash, or everything that is wrong with it.
    struct GivenMap {
        var map: ColumnMap?
        var hash: String?
        var problems: [Problem] = []

        var isWrong: Bool { problems.contains { $0.severity == .error } }
    }

    /// Reads the map and holds it against the questionnaire and, where the file can be opened twice, against its columns.
    static func map(for questionnaire: Questionnaire?, _ call: Call) throws(Problem) -> GivenMap {
        guard let path = call.value("map") else { return GivenMap() }
        guard let questionnaire else { throw .mapNeedsQuestionnaire() }
        let read = ColumnMapReader.read(try YAMLDocument(reading: path), for: questionnaire)
        var given = GivenMap(map: read.value, hash: try RawSource.hash(of: path), problems: read.problems)
        guard let map = read.value, call.operands[0] != "-" else { return given }
        let reader = try FormatCatalog.open(call.operands[0], options: FormatOptions(call))
        let applied = map.applied(to: reader)
        // Cautions come back with the findings of the import.
        if applied.value == nil { given.problems += applied.problems }
        return given
    }
}

extension Problem {
    static func mapNeedsQuestionnaire() -> Problem {
        Problem(
            "command.map-needs-questionnaire", .usage, what: "--map needs --questionnaire",
            why: "a map says which columns are which questions; without a questionnaire there are none",
            fix: "add --questionnaire Q.yaml, or drop --map")
    }
}
