internal import Glibc
internal import SurveyFormats
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyWeighting
internal import SurveyYAML

/// How the weights of a source were made, on its way into another file.
struct KeptWeights {
    /// Each with the name of its column in the source.
    private(set) var weights: [WeightingSidecar.Weight] = []
    /// Cautions of weights whose record does not go along.
    private(set) var problems: [Problem] = []
    /// Rows of the source.
    private let rowCount: Int

    /// The weights of a wave among the columns that are written.
    init(of wave: StudyWave, columns: [String]) throws(Problem) {
        rowCount = wave.record.rowsImported
        for name in wave.weightNames where columns.contains(name) {
            let stored = try wave.file.weight(named: name, of: wave.record.name)
            guard let archive = try wave.weighting(name), let recipe = JSONText(parsing: stored.recipe) else {
                throw .damagedWeighting(wave.file.path, name: name)
            }
            // The cells of a private variable would tell it row by row.
            let used = Set(KeptWeights.words(in: recipe) + (archive.record?.variables ?? []))
            if let hidden = used.sorted().first(where: wave.isPrivate) {
                problems.append(.privateRecord(weight: name, column: hidden))
                continue
            }
            weights.append(
                WeightingSidecar.Weight(column: name, recipe: recipe, values: stored.values, archive: archive))
        }
    }

    /// The weights that the file beside a data file tells of, if it belongs to these rows.
    init(beside path: String) throws(Problem) {
        guard let sidecar = try WeightingSidecar.read(beside: path) else {
            rowCount = 0
            return
        }
        rowCount = sidecar.rowCount
        if try RawSource.hash(of: path) == sidecar.sha256 {
            weights = sidecar.weights
        } else {
            problems = [.otherSidecar(WeightingSidecar.path(beside: path))]
        }
    }

    var isEmpty: Bool { weights.isEmpty }

    /// Refuses to write over a record that stands beside the target already.
    func check(beside target: String, replacing: Bool) throws(Problem) {
        if !weights.isEmpty { try WeightingSidecar.check(beside: target, replacing: replacing) }
    }

    /// Writes the record beside a file that has the same rows.
    func write(beside target: String, _ report: WritingReport, replacing: Bool) throws(Problem) {
        guard !weights.isEmpty else { return }
        let written = weights.map { weight in
            var weight = weight
            weight.column = report.renamed.first { $0.name == weight.column }?.written ?? weight.column
            return weight
        }
        guard report.rowCount == rowCount else { return }
        try WeightingSidecar(
            program: "saual \(Versions.saual)", sha256: try RawSource.hash(of: target), rowCount: rowCount,
            weights: written
        ).write(beside: target, replacing: replacing)
    }

    /// Every text of a recipe, crossed variables one by one.
    private static func words(in recipe: JSONText) -> [String] {
        switch recipe {
        case .string(let text): text.split(separator: "*").map(String.init)
        case .array(let values): values.flatMap(words)
        case .object(let fields): fields.flatMap { words(in: $0.1) }
        default: []
        }
    }
}

extension CalibrationRecord {
    /// Every variable of a margin or a total.
    fileprivate var variables: [String] {
        var names: [String] = []
        for step in steps {
            for margin in step.margins { names += margin }
            for control in step.controls?.controls ?? [] {
                names.append(control.variable)
                // The part of the population that a total is of: NAME=CODE.
                names += control.category.split(separator: "=").prefix(1).map(String.init)
            }
        }
        return names.flatMap { $0.split(separator: "*").map(String.init) }
    }
}

extension Problem {
    /// A file beside the data that belongs to other rows.
    static func otherSidecar(_ path: String) -> Problem {
        Problem(
            "command.other-sidecar", .finding, severity: .caution, what: "The weight counts as fixed",
            place: Place(file: path),
            why: "the file beside the data was written for other rows or weights, so standard errors do not know of it",
            fix: "make the weight again with saual weight")
    }

    /// A record that would tell a private column row by row.
    static func privateRecord(weight: String, column: String) -> Problem {
        Problem(
            "command.private-record", .finding, severity: .caution,
            what: "How the weight \"\(weight)\" was made is not written", place: Place(column: weight),
            why: "the record has the cell of each row, which tells \"\(column)\", and that is private",
            fix: "compute from the study file; standard errors of the copy take the weight as fixed")
    }
}
