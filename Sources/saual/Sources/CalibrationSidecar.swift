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
        self.sha256 = sha256
        var steps: [WeightingRecipe.Step] = []
        var targets: [String: WeightingTargets] = [:]
        for (number, node) in list.enumerated() {
            guard let entry = node.map?.first else { return nil }
            let step: WeightingRecipe.Step?
            switch entry.key {
            case "nonresponse": step = NonresponseAdjustment(entry.value).map { .nonresponse($0) }
            case "trim": step = Trimming(entry.value).map { .trim($0) }
            case "rake", "poststratify", "calibrate":
                let name = String(number)
                targets[name] = WeightingTargets(entry.value, file: name)
                let read = WeightingRecipe.CalibrationStep(entry.value, method: entry.key, targets: name)
                step = targets[name] == nil ? nil : read.map { .calibrate($0) }
            default: step = nil
            }
            guard let step else { return nil }
            steps.append(step)
        }
        let base = recipe["base"].flatMap { $0.isNull ? nil : $0.scalar }
        self.recipe = WeightingRecipe(name: column, base: base, steps: steps)
        self.targets = targets
    }
}

extension NonresponseAdjustment {
    fileprivate init?(_ node: YAMLNode) {
        guard let cells = node["cells"]?.list?.compactMap(\.scalar), let outcome = node["outcome"]?.scalar,
            let rate = node["rate"]?.scalar.flatMap({ Rate(rawValue: $0) }), let classes = node["classes"]
        else { return nil }
        var map = OutcomeMap.aapor
        if let entries = classes.map {
            var codes: [String: OutcomeClass] = [:]
            for entry in entries {
                guard let outcome = OutcomeClass(rawValue: entry.key) else { return nil }
                for code in entry.value.list ?? [] { codes[code.scalar ?? ""] = outcome }
            }
            map = .codes(codes)
        }
        self.init(cells: cells, outcome: outcome, classes: map, rate: rate)
    }
}

extension Trimming {
    fileprivate init?(_ node: YAMLNode) {
        guard let scale = node["of"]?.scalar.flatMap({ Scale(rawValue: $0) }),
            let spread = node["spread"]?.scalar.flatMap({ Spread(rawValue: $0) }),
            let isOnce = node["once"]?.scalar.flatMap({ Bool($0) })
        else { return nil }
        self.init(
            greatest: node["max"]?.scalar.flatMap { Double($0) }, least: node["min"]?.scalar.flatMap { Double($0) },
            of: scale, spread: spread, isOnce: isOnce)
    }
}

extension WeightingRecipe.CalibrationStep {
    fileprivate init?(_ node: YAMLNode, method: String, targets: String) {
        guard let method = CalibrationRecord.Step.Method(rawValue: method) else { return nil }
        self.init(method: method, targets: targets)
        isPartial = node["partial"]?.scalar == "true"
        rescalesMargins = node["rescale margins"]?.scalar == "first"
        if method == .calibrate {
            guard let rules = GeneralCalibration(node) else { return nil }
            general = rules
            return
        }
        guard node["stop"]?.scalar == "cells" else { return }
        guard let epsilon = node["epsilon"]?.scalar.flatMap({ Double($0) }),
            let sweeps = node["maxit"]?.scalar.flatMap({ Int($0) })
        else { return nil }
        rule = .cells(epsilon: epsilon, sweeps: sweeps)
    }
}

extension GeneralCalibration {
    fileprivate init?(_ node: YAMLNode) {
        self.init()
        if let word = node["distance"]?.scalar {
            guard let distance = CalibrationDistance(rawValue: word) else { return nil }
            self.distance = distance
        }
        if let limits = node["bounds"]?.list {
            guard limits.count == 2,
                let scale = node["bounds on"]?.scalar.flatMap({ CalibrationBounds.Scale(rawValue: $0) })
            else { return nil }
            let numbers = limits.map { $0.isNull ? nil : $0.scalar.flatMap { Double($0) } }
            bounds = CalibrationBounds(low: numbers[0] ?? -.infinity, high: numbers[1] ?? .infinity, on: scale)
        }
        cluster = node["by cluster"]?.scalar
        cost = node["q"]?.scalar
        isPrescaled = node["prescale"]?.scalar == "true"
        isForced = node["force"]?.scalar == "true"
        rescalesMargins = node["rescale margins"]?.scalar == "first"
        guard node["stop"]?.scalar == "r" else { return }
        guard let epsilon = node["epsilon"]?.scalar.flatMap({ Double($0) }),
            let steps = node["maxit"]?.scalar.flatMap({ Int($0) })
        else { return nil }
        rule = .rSurvey(epsilon: epsilon, steps: steps)
    }
}

extension WeightingTargets {
    fileprivate init?(_ node: YAMLNode, file: String) {
        guard let list = node["margins"]?.list else { return nil }
        var margins: [Margin] = []
        for entry in list {
            guard let variables = entry["variables"]?.list?.compactMap(\.scalar),
                let categories = entry["categories"]?.list
            else { return nil }
            var read: [Category] = []
            for category in categories {
                guard let pair = category.list, pair.count == 2, let codes = pair[0].list?.compactMap(\.scalar),
                    codes.count == variables.count, let total = pair[1].scalar.flatMap({ Double($0) }),
                    total >= 0, total.isFinite
                else { return nil }
                read.append(Category(codes: codes, total: total))
            }
            margins.append(Margin(variables: variables, categories: read))
        }
        var numbers: [NumericTotal] = []
        for entry in node["numbers"]?.list ?? [] {
            guard let parts = entry.list, parts.count == 4, let variable = parts[0].scalar,
                let names = parts[1].list?.compactMap(\.scalar), let codes = parts[2].list?.compactMap(\.scalar),
                names.count == codes.count, let total = parts[3].scalar.flatMap({ Double($0) }), total.isFinite
            else { return nil }
            numbers.append(
                NumericTotal(variable: variable, partVariables: names, partCodes: codes, total: total))
        }
        self.init(file: file, margins: margins, numericTotals: numbers)
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
