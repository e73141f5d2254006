internal import SurveyImport
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyWeighting

extension WaveImport {
    /// The weights that the file beside the data tells of, for the study file to keep with their records.
    ///
    /// A record is of all rows of its file: where some were set aside or not chosen, it holds no longer, and a caution
    /// says so; the column itself is a column like any other.
    func weights(
        of sidecar: WeightingSidecar?, columns: [String], _ report: ImportReport, sha256: String,
        _ questionnaire: Questionnaire?
    ) throws(Problem) -> (weights: [StoredWeight], problems: [Problem]) {
        guard let sidecar, !sidecar.weights.isEmpty else { return ([], []) }
        let file = WeightingSidecar.path(beside: path)
        guard sidecar.sha256 == sha256 else { return ([], [.otherSidecar(file)]) }
        if let absent = sidecar.weights.first(where: { !columns.contains($0.column) }) {
            throw .sidecarColumn(absent.column, file: file, known: columns)
        }
        guard report.imported == sidecar.rowCount else {
            return ([], [.partOfRecord(file, imported: report.imported, rows: sidecar.rowCount)])
        }
        let weights = sidecar.weights.map { weight in
            let question = questionnaire?.questions.first { $0.columns == [weight.column] }
            return StoredWeight(
                name: question?.id ?? weight.column, values: weight.values, recipe: weight.recipe.line,
                record: weight.archive.packed)
        }
        return (weights, [])
    }
}

extension Problem {
    /// A record of a column that the data file does not have.
    static func sidecarColumn(_ column: String, file: String, known: [String]) -> Problem {
        let near = NearestNames.of(column, among: known)
        return Problem(
            "command.sidecar-column", .input, what: "\"\(file)\" tells of a weight that the data does not have",
            place: Place(file: file), why: "there is no column \"\(column)\"; near to it: \(list: near)",
            fix: "make the weight again, or delete the file to take the weight as fixed")
    }

    /// A wave that has fewer rows than the file whose record it would take.
    static func partOfRecord(_ file: String, imported: Int, rows: Int) -> Problem {
        Problem(
            "command.part-of-record", .finding, severity: .caution,
            what: "How the weights were made is not taken into the study file", place: Place(file: file),
            why: "the record is of all \(rows) rows of the file; \(imported) of them are in the wave",
            fix: "weight the wave again with saual weight; until then standard errors take the weight as fixed")
    }
}
