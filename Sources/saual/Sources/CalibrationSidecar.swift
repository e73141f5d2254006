internal import Glibc
internal import SurveyData
internal import SurveyProblems
internal import SurveyWeighting
internal import SurveyYAML

/// The file that `saual weight` writes beside a data file: how its weight was made, so that the record is not lost.
///
/// The record itself has numbers for each row. It is made again from the rows by the same recipe, and used only if that
/// gives the weights that stand in the file.
struct CalibrationSidecar {
    let recipe: WeightingRecipe
    let targets: [String: WeightingTargets]
    private let sha256: String

    /// The name of the file that goes with a data file.
    static func path(of file: String) -> String { file + ".calibration.json" }

    /// Weights made again may differ from those written by what the order of sums does.
    private static let tolerance = 1e-9

    /// Reads what stands beside a file about a weight; nil where there is nothing about it.
    static func read(beside file: String, weight: String?) throws(Problem) -> CalibrationSidecar? {
        let path = path(of: file)
        guard let weight, access(path, F_OK) == 0 else { return nil }
        let bytes = try InputFile.bytes(of: path, limit: 64 << 20)
        let root = try YAMLDocument(parsing: bytes, file: path).root
        guard root["column"]?.scalar == weight else { return nil }
        guard root["saual"]?.scalar == "calibration/1", let sidecar = CalibrationSidecar(root) else {
            throw .damagedSidecar(path)
        }
        return sidecar
    }

    /// Columns with codes that the recipe needs; the base weight is a number.
    var answers: [String] {
        let variables = recipe.targetFiles.flatMap { targets[$0]?.variables ?? [] }
        let numeric = recipe.numericColumns
        return (recipe.columns.filter { $0 != recipe.base && !numeric.contains($0) } + variables).uniqued
    }

    var numbers: [String] {
        let controls = recipe.targetFiles.flatMap { targets[$0]?.numericVariables ?? [] }
        return ([recipe.base].compactMap { $0 } + recipe.numericColumns + controls).uniqued
    }

    /// The record of the rows, or a caution why there is none and the weight counts as fixed.
    func record(
        of table: Table, weight: Column, sha256 found: String, file: String
    ) -> (record: CalibrationRecord?, caution: Problem?) {
        let path = CalibrationSidecar.path(of: file)
        guard found == sha256, let made = Weighting.run(recipe, on: table, targets: targets).value,
            case .numbers(let values, _) = weight.values, values.count == made.weights.count
        else { return (nil, .otherSidecar(path)) }
        let isSame = zip(values, made.weights).allSatisfy { abs($0 - $1) <= CalibrationSidecar.tolerance * abs($1) }
        return isSame ? (made.record, nil) : (nil, .otherSidecar(path))
    }

    private init?(_ root: YAMLNode) {
        guard let sha256 = root["sha256"]?.scalar, let column = root["column"]?.scalar, let recipe = root["recipe"],
            let list = recipe["steps"]?.list
        else { return nil }
        guard let read = WeightingRecipe.read(recipe, name: column, list) else { return nil }
        self.sha256 = sha256
        (self.recipe, targets) = (read.recipe, read.targets)
    }
}

extension Problem {
    /// A file beside the data that is none of ours, or was changed.
    static func damagedSidecar(_ path: String) -> Problem {
        Problem(
            "command.damaged-sidecar", .input, what: "\"\(path)\" does not tell how the weight was made",
            place: Place(file: path), why: "the file beside the data must be the one that saual weight wrote",
            fix: "make the weight again, or delete the file to take the weight as fixed")
    }

    /// A file beside the data that belongs to other rows.
    static func otherSidecar(_ path: String) -> Problem {
        Problem(
            "command.other-sidecar", .finding, severity: .caution, what: "The weight counts as fixed",
            place: Place(file: path),
            why: "the file beside the data was written for other rows or weights, so standard errors do not know of it",
            fix: "make the weight again with saual weight")
    }
}
