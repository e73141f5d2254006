public import SurveyData
internal import SurveyDesign
internal import SurveyMath
public import SurveyProblems
internal import SurveyWeighting

extension Estimation {
    /// Fits a regression with the design's standard errors.
    ///
    /// - Shapes: columns and conditions have one entry for each row of the design's table.
    /// - Missing: rows that lack one of the model's own variables are set aside; their PSUs stay sampled. With
    ///   `--missing error` they are a problem.
    /// - Throws: ``Problem`` `estimation.empty-domain`, `estimation.lonely-psu`, `estimation.single-psu`,
    ///   `estimation.wrong-option`, `estimation.missing-answers`, `estimation.model-…`, `data.unknown-column`,
    ///   `data.not-numbers`, `estimation.too-many-groups`.
    /// - Source: Documentation/Methods.md, "Regression".
    public func model(_ regression: Regression, where domain: Truth? = nil) throws(Problem) -> ModelResult {
        guard options.level > 0, options.level < 1 else { throw .wrongOption("--level", value: options.level) }
        guard regression.kind.links.contains(regression.link) else {
            throw .wrongLink(regression.link.rawValue, kind: regression.kind)
        }
        let rows = try RegressionRows(regression, design: design, domain: domain, missing: options.missing)
        if options.missing == .listwise { return try listwiseModel(regression, rows) }
        let formula = regression.formula
        if regression.kind == .ordinal, !formula.hasIntercept { throw .ordinalIntercept(formula.source) }
        if regression.kind.family == nil, !formula.offsets.isEmpty { throw .offsetKind(formula.offsets) }
        // R's loop starts from each row and its weight.
        let equal = regression.loop == .r ? nil : rows.equal
        let frame = try ModelFrame(formula, rows: rows, equal: equal)
        let threads = options.threads ?? Workers.processors
        let weights = frame.summed(design.weights, scale: rows.meanWeight)
        let matrix = try ModelMatrix(frame, weights: weights, threads: threads)
        guard matrix.rank > 0 else { throw .modelSingular() }
        guard matrix.rank < rows.positions.count else {
            throw .tooManyCoefficients(columns: frame.columns.count, rows: rows.positions.count)
        }
        let name = regression.name
        switch regression.kind.family {
        case let family?:
            let response = try rows.numbers(
                of: family, name: name, rows: frame.rows, padded: matrix.paddedCount)
            let padding = [Double](repeating: 0, count: matrix.paddedCount - matrix.rowCount)
            let offset = rows.offset.isEmpty ? [] : frame.rows.map { rows.offset[Int($0)] } + padding
            let solver = GeneralizedLinearModel(
                matrix: matrix, family: family, link: regression.link, response: response, offset: offset)
            return try result(regression, rows, solver, labels: [], weights: weights)
        case nil:
            let categories = try rows.categories(name: name, rows: frame.rows, padded: matrix.paddedCount)
            if regression.kind == .ordinal {
                let solver = OrdinalModel(
                    matrix: matrix, link: regression.link, response: categories.codes,
                    categories: categories.labels.count)
                return try result(regression, rows, solver, labels: categories.labels, weights: weights)
            }
            let solver = MultinomialModel(
                matrix: matrix, response: categories.codes, categories: categories.labels.count)
            return try result(regression, rows, solver, labels: categories.labels, weights: weights)
        }
    }

    /// The model of a sample that never had the incomplete rows.
    private func listwiseModel(_ regression: Regression, _ rows: RegressionRows) throws(Problem) -> ModelResult {
        guard design.calibration?.steps.isEmpty != false || options.calibration == .ignore else {
            throw .listwiseCalibrated()
        }
        var keeps = [Bool](repeating: false, count: design.rowCount)
        let sampled = design.rows
        for position in rows.positions { keeps[Int(sampled[Int(position)])] = true }
        var options = options
        options.missing = .domain
        return try Estimation(design: design.keeping(keeps), options: options).model(
            regression, where: Truth(values: keeps.map { $0 ? Truth.yes : Truth.no }))
    }

    private func result<Solver: RegressionSolver>(
        _ regression: Regression, _ rows: RegressionRows, _ solver: Solver, labels: [String], weights: [Double]
    ) throws(Problem) -> ModelResult {
        let fitted = try FittedRegression(
            solver, base: rows.base, weights: design.weights, scale: rows.meanWeight, loop: regression.loop)
        let inference = try inference(of: fitted)
        let matrix = solver.matrix
        let covariance = inference.covariance.matrix
        let naive = solver.map * fitted.fit.inverse * solver.map.transposed
        let layout = ModelLayout(matrix, kind: regression.kind, labels: labels)
        let parameters = regression.kind == .ordinal ? matrix.rank - 1 : inference.values.count
        let freedom: Double =
            switch options.degreesOfFreedom {
            case .infinite, .number: inference.degreesOfFreedom
            case .design, .full:
                inference.degreesOfFreedom - Double(parameters) + (regression.kind == .ordinal ? 0 : 1)
            }
        var cautions: [Problem] = []
        if freedom < 1 {
            cautions.append(.modelFewDegrees(coefficients: inference.values.count, degrees: inference.degreesOfFreedom))
        }
        let dropped = layout.entries.filter { $0.kept == nil }.map(\.term)
        if !dropped.isEmpty { cautions.append(.modelAliased(dropped)) }
        let generalized = fitted as? FittedRegression<GeneralizedLinearModel>
        var dispersion: Double?
        var criterion: ModelCriterion?
        if let generalized {
            let summary = GeneralizedSummary(generalized, weights: weights)
            dispersion = summary.dispersion
            criterion = summary.criterion(naive: naive, covariance: covariance, terms: layout.terms)
        }
        return ModelResult(
            kind: regression.kind, link: regression.link, formula: regression.formula,
            coefficients: layout.entries.map { entry in
                coefficient(entry, inference.values, covariance, degreesOfFreedom: freedom)
            },
            kept: layout.entries.indices.filter { layout.entries[$0].kept != nil }, values: inference.values,
            covariance: covariance, naiveCovariance: naive, degreesOfFreedom: freedom,
            designDegreesOfFreedom: inference.degreesOfFreedom, level: options.level, deviance: fitted.fit.deviance,
            nullDeviance: try generalized.map { (model) throws(Problem) in
                try GeneralizedSummary(model, weights: weights).nullDeviance()
            },
            dispersion: dispersion, criterion: criterion, n: rows.positions.count, incomplete: rows.incomplete,
            psus: inference.psus,
            sumWeights: CompensatedSum.of(rows.positions.map { [weights = design.weights] in weights[Int($0)] }),
            isLonely: inference.isLonely, cautions: cautions, model: fitted, answers: labels, terms: layout.terms,
            rows: rows.rows)
    }

    private func coefficient(
        _ entry: ModelLayout.Entry, _ values: [Double], _ covariance: Matrix, degreesOfFreedom: Double
    ) -> ModelCoefficient {
        guard let at = entry.kept else {
            return ModelCoefficient(
                term: entry.term, answer: entry.answer, value: nil, standardError: nil, t: nil, p: nil, low: nil,
                high: nil)
        }
        let value = values[at]
        let variance = covariance[at, at]
        let error = variance.isFinite && variance >= 0 ? variance.squareRoot() : nil
        let t = error.flatMap { $0 > 0 ? value / $0 : nil }
        let quantile = StudentT.quantile(0.5 + 0.5 * options.level, degreesOfFreedom: degreesOfFreedom)
        let reach = degreesOfFreedom >= 1 ? quantile.flatMap { quantile in error.map { quantile * $0 } } : nil
        let p =
            degreesOfFreedom >= 1
            ? t.flatMap { StudentT.upperTail(abs($0), degreesOfFreedom: degreesOfFreedom) }.map { min(1, 2 * $0) }
            : nil
        return ModelCoefficient(
            term: entry.term, answer: entry.answer, value: value, standardError: error, t: t, p: p,
            low: reach.map { value - $0 }, high: reach.map { value + $0 })
    }
}

extension Regression {
    /// The name of the response.
    var name: String {
        switch formula.response {
        case .variable(let name): name
        case .condition(let text): text
        }
    }
}

extension CovarianceMatrix {
    /// Every number; not finite where an estimate has no variance.
    var matrix: Matrix {
        var matrix = Matrix(rows: size, columns: size)
        for row in 0..<size { for column in 0..<size { matrix[row, column] = self[row, column] ?? .nan } }
        return matrix
    }
}

/// The parameters of a model in the order of results: every column of the formula, also those that were left out.
struct ModelLayout {
    struct Entry {
        let term: String
        let answer: String?
        /// The position among the parameters that have a value.
        let kept: Int?
    }

    private(set) var entries: [Entry] = []
    /// For each kept parameter its term.
    private(set) var terms: [Int?] = []

    init(_ matrix: ModelMatrix, kind: Regression.Kind, labels: [String]) {
        let columns = matrix.frame.columns
        func add(answer: String?, withIntercept: Bool) {
            for (number, column) in columns.enumerated() where withIntercept || column.term != nil {
                let isKept = matrix.kept.contains(number)
                entries.append(Entry(term: column.name, answer: answer, kept: isKept ? terms.count : nil))
                if isKept { terms.append(column.term) }
            }
        }
        switch kind {
        case .ordinal:
            add(answer: nil, withIntercept: false)
            for (lower, upper) in zip(labels, labels.dropFirst()) {
                entries.append(Entry(term: "\(lower)|\(upper)", answer: nil, kept: terms.count))
                terms.append(nil)
            }
        case .multinomial: for label in labels.dropFirst() { add(answer: label, withIntercept: true) }
        default: add(answer: nil, withIntercept: true)
        }
    }
}

extension Problem {
    /// A link that a kind of model does not have.
    static func wrongLink(_ link: String, kind: Regression.Kind) -> Problem {
        Problem(
            "estimation.model-link", .usage, what: "--link \(link) does not go with --\(kind.rawValue)",
            why: "it takes \(kind.links.map(\.rawValue).joined(separator: ", ")); found \(link)",
            fix: "drop --link, or name one of these")
    }

    /// An ordinal model has thresholds in the place of an intercept.
    static func ordinalIntercept(_ formula: String) -> Problem {
        Problem(
            "estimation.model-ordinal-intercept", .usage, what: "An ordinal model cannot go without its thresholds",
            place: Place(detail: formula), why: "the thresholds stand for the intercept; found -1 or 0",
            fix: "delete -1 or 0 from the formula")
    }

    /// An offset where there is none.
    static func offsetKind(_ names: [String]) -> Problem {
        Problem(
            "estimation.model-offset", .usage, what: "An offset does not go with this kind of model",
            why: "ordinal and multinomial models have none; found \(list: names)", fix: "drop the offset")
    }

    /// As many coefficients as rows.
    static func tooManyCoefficients(columns: Int, rows: Int) -> Problem {
        Problem(
            "estimation.model-too-many-coefficients", .computation, what: "The model has too many coefficients",
            why: "there must be more complete rows than coefficients; found \(rows) rows and \(columns) coefficients",
            fix: "name fewer terms, or join small categories")
    }

    /// A design that cannot tell how precise so many coefficients are.
    static func modelFewDegrees(coefficients: Int, degrees: Double) -> Problem {
        Problem(
            "estimation.model-few-degrees", .finding, severity: .caution,
            what: "The model has more coefficients than the design has degrees of freedom",
            why:
                "intervals and tests need a degree left; found \(coefficients) coefficients, \(JSONText.shortest(degrees)) degrees",
            fix: "name fewer terms, or give the degrees with --df")
    }

    /// Columns that depend on others.
    static func modelAliased(_ columns: [String]) -> Problem {
        Problem(
            "estimation.model-aliased", .finding, severity: .caution,
            what: "\(columns.count) columns of the model depend on columns before them",
            place: Place(detail: columns.first),
            why: "such a column has no coefficient of its own; found \(list: columns)",
            fix: "leave them out, or leave out what they repeat")
    }
}
