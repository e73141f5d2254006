import Foundation
import SurveyData
import SurveyDesign
import SurveyEstimation
import SurveyMath
import SurveyProblems
import SurveySchema
import SurveyTestSupport
import Testing

/// Regressions: `glm`, `olr`, `predmeans`, `marginal_means`.
extension ReferenceKind {
    static func generalized(_ reference: ReferenceCase) throws -> [String] {
        let expected = reference.expected
        let model = try reference.model(adding: nil).result
        var compare = Comparison(tolerance: reference.tolerance)
        coefficients(model, expected, &compare)
        compare(model.degreesOfFreedom, expected["df_residual"], "df residual")
        compare(model.degreesOfFreedom, expected["df"], "df")
        compare(model.designDegreesOfFreedom, expected["design_df"], "design df")
        compare(model.deviance, expected["deviance"], "deviance")
        compare(model.nullDeviance, expected["null_deviance"], "null deviance")
        compare(try dispersion(reference, model), expected["dispersion"], "dispersion")
        let names = model.coefficients.map(\.term)
        for (position, row) in model.coefficients.enumerated() {
            compare(row.t, expected["t"][position], names[position] + " t")
            compare(row.p, expected["p_value"][position], names[position] + " p")
            compare(row.low, expected["ci_t"]["lower"][position], names[position] + " low")
            compare(row.high, expected["ci_t"]["upper"][position], names[position] + " high")
        }
        for row in 0..<model.values.count {
            for column in 0..<model.values.count {
                let scale = (model.naiveCovariance[row, row] * model.naiveCovariance[column, column]).squareRoot()
                compare(
                    model.naiveCovariance[row, column], expected["naive_cov"][row][column], "naive", scale: scale)
            }
        }
        // R 4.1-1 divides the criterion of a linear model by the variance (4.2 no longer does).
        if reference.statistic["family"].string != "gaussian" {
            compare(model.criterion?.effectiveParameters, expected["aic"]["eff.p"], "eff.p")
            compare(model.criterion?.value, expected["aic"]["AIC"], "AIC")
            compare(model.criterion?.meanEffect, expected["aic"]["deltabar"], "deltabar")
        }
        if expected["fitted_head"] != .null {
            let fitted = try #require(model.fitted).sorted { $0.row < $1.row }
            for (position, wanted) in expected["fitted_head"].array.enumerated() {
                compare(fitted[position].mean, wanted, "fitted \(position)")
            }
        }
        return compare.mismatches
    }

    /// The dispersion as R 4.1-1 has it.
    ///
    /// It divides weights scaled by the mean of all rows by weights scaled by the mean of the complete rows; with
    /// replicates it is the sum of squared Pearson residuals, each times its weight over the mean weight.
    private static func dispersion(_ reference: ReferenceCase, _ model: ModelResult) throws -> Double? {
        let design = try reference.sample()
        let mean = design.sumWeights / Double(design.rowsInUse)
        guard reference.design["replicates"] != .null else {
            return model.dispersion.map { $0 * (model.incomplete > 0 ? model.sumWeights / Double(model.n) / mean : 1) }
        }
        let name = reference.statistic["formula"].string?.split(separator: "~").first.map(String.init) ?? ""
        guard case .numbers(let answers, _) = try reference.data.table.column(name).values else { return nil }
        let isBinomial = reference.statistic["family"].string == "quasibinomial"
        let weights = design.weightOfRow
        return try #require(model.fitted).map { row, fitted in
            let residual = answers[row] - fitted
            return weights[row] / mean * residual * residual / (isBinomial ? fitted * (1 - fitted) : 1)
        }.reduce(0, +)
    }

    static func ordinal(_ reference: ReferenceCase) throws -> [String] {
        let model = try reference.model(adding: nil).result
        var compare = Comparison(tolerance: reference.tolerance)
        coefficients(model, reference.expected, &compare)
        compare(model.designDegreesOfFreedom, reference.expected["df"], "df")
        compare(model.deviance, reference.expected["deviance"], "deviance")
        return compare.mismatches
    }

    /// Predictive margins with the sampling variance (`predmeans`) and without it (`marginal_means`).
    static func margins(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected) = (reference.statistic, reference.expected)
        let group = statistic["group"].string
        let (estimation, model) = try reference.model(adding: group)
        let margins = try estimation.margins(
            of: group ?? statistic["factor"].string ?? "", in: model, addsSample: group != nil)
        var compare = Comparison(tolerance: reference.tolerance)
        for (position, name) in expected["names"].strings.enumerated() {
            let at = try #require(margins.categories.firstIndex(of: name))
            let error = margins.covariance[at, at].squareRoot()
            compare(margins.values[at], expected["estimate"][position], name)
            compare(error, expected["se"][position], name + " se")
            compare(margins.degreesOfFreedom, expected["df"], name + " df")
            let quantile = StudentT.quantile(0.975, degreesOfFreedom: margins.degreesOfFreedom) ?? .nan
            compare(margins.values[at] - quantile * error, expected["ci_t"]["lower"][position], name + " low")
            for (second, other) in expected["names"].strings.enumerated() {
                let column = try #require(margins.categories.firstIndex(of: other))
                let scale = error * margins.covariance[column, column].squareRoot()
                compare(
                    margins.covariance[at, column], expected["vcov"][position][second], name + " vcov", scale: scale)
            }
        }
        return compare.mismatches
    }

    /// Joint tests of terms by Wald and by the working likelihood ratio.
    static func termTest(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected) = (reference.statistic, reference.expected)
        let model = try reference.model(adding: nil).result
        let labels = statistic["terms"].strings
        let terms = try model.terms(named: labels)
        var compare = Comparison(tolerance: reference.tolerance)
        let test: TestResult
        if statistic["method"].string == "LRT" {
            test = try TermTest.likelihoodRatio(
                deviances: (try model.deviance(without: labels), model.deviance),
                covariance: terms.covariance, naive: terms.naiveCovariance,
                degreesOfFreedom: terms.degreesOfFreedom, terms: labels)
            compare(test.statistic, expected["chisq"], "chisq")
            for (position, weight) in test.weights.enumerated() {
                compare(weight, expected["lambda"][position], "lambda \(position)")
            }
        } else {
            test = try TermTest.wald(
                beta: terms.values, covariance: terms.covariance, degreesOfFreedom: terms.degreesOfFreedom,
                terms: labels)
            compare(test.statistic, expected["F"], "F")
        }
        compare(test.df1, expected["df"], "df")
        compare(test.df2, expected["ddf"], "ddf")
        compare(test.p, expected["p_value"], "p")
        return compare.mismatches
    }

    /// A linear combination of coefficients.
    static func modelContrast(_ reference: ReferenceCase) throws -> [String] {
        let (statistic, expected) = (reference.statistic, reference.expected)
        let model = try reference.model(adding: nil, statistic: statistic["base"]).result
        var compare = Comparison(tolerance: reference.tolerance)
        for (position, name) in expected["names"].strings.enumerated() {
            let shares = model.coefficients.map { statistic["linear"][name][$0.term].double ?? 0 }
            let value = zip(shares, model.values).map { $0 * $1 }.reduce(0, +)
            let column = model.covariance * shares
            compare(value, expected["estimate"][position], name)
            let error = zip(shares, column).map { $0 * $1 }.reduce(0, +).squareRoot()
            compare(error, expected["se"][position], name + " se")
        }
        return compare.mismatches
    }

    private static func coefficients(_ model: ModelResult, _ expected: JSONTree, _ compare: inout Comparison) {
        let names = model.coefficients.map(\.term)
        if names != expected["names"].strings {
            compare.mismatches.append("names \(names) are not \(expected["names"].strings)")
        }
        for (position, row) in model.coefficients.enumerated() {
            let (value, error) = (row.value ?? .nan, row.standardError ?? .nan)
            compare(row.value, expected["estimate"][position], row.term)
            compare(row.standardError, expected["se"][position], row.term + " se")
            compare(error / value, expected["cv"][position], row.term + " cv")
            let normal = StandardNormal.quantile(0.975) ?? .nan
            compare(value - normal * error, expected["ci_normal"]["lower"][position], row.term + " low")
            compare(value + normal * error, expected["ci_normal"]["upper"][position], row.term + " high")
            for (second, other) in model.coefficients.enumerated() {
                compare(
                    model.covariance[position, second], expected["vcov"][position][second], row.term + " vcov",
                    scale: error * (other.standardError ?? .nan))
            }
        }
    }
}

extension ReferenceCase {
    /// The regression of a case; a group of predictive margins is one term more.
    func model(
        adding group: String?, statistic: JSONTree? = nil, loop: ModelLoop = .r
    ) throws -> (estimation: Estimation, result: ModelResult) {
        let statistic = statistic ?? self.statistic
        // Names of R may hold dots, names of ours too.
        var formula = try ModelFormula(parsing: statistic["formula"].string ?? "")
        if let group { formula = formula.adding(group, isCategorical: true) }
        let kind: Regression.Kind =
            switch statistic["family"].string {
            case "quasibinomial", "binomial": .logistic
            case "quasipoisson", "poisson": .poisson
            case "Gamma": .gamma
            case nil: .ordinal
            default: .linear
            }
        guard case .variable(let name) = formula.response else { throw NotSupported("response") }
        let word = statistic["link"].string ?? statistic["method"].string
        var regression = Regression(
            formula, kind: kind, link: word.flatMap { ModelLink(rawValue: $0) },
            response: kind == .ordinal ? .answers(try answers(name)) : .numbers(try data.table.column(name)),
            variables: Table(
                rowCount: data.table.rowCount,
                columns: try data.table.names.map { data.isFactor($0) ? try answers($0) : try data.table.column($0) }))
        regression.loop = loop
        var options = options()
        options.degreesOfFreedom = .design
        let estimation = Estimation(design: try sample(), options: options)
        return (estimation, try estimation.model(regression, where: try domain()))
    }

    /// A factor with its levels in their order.
    private func answers(_ name: String) throws -> Column {
        let dictionary = try ReferenceFolder.json(folder.appendingPathComponent("dictionary.json"))
        let columns = dictionary["datasets"][json["dataset"].string ?? ""]["columns"].array
        let levels = columns.first { $0["name"].string == name }?["levels"].strings ?? []
        // Names of persons and places are texts, no factors.
        guard !levels.isEmpty, levels.count <= Column.mostByteAnswers else { return try data.table.column(name) }
        let answers = try (0..<data.table.rowCount).map { row -> UInt8 in
            guard let text = try data.text(name, row), let at = levels.firstIndex(of: text) else {
                return MissingKind.noAnswer.rawValue
            }
            return UInt8(at)
        }
        return Column(name: name, codes: levels, answers: answers)
    }
}
