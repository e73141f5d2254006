public import SurveyMath
public import SurveyProblems

/// The coefficients of some terms, for a joint test of them.
public struct ModelTerms: Sendable {
    /// The labels of the terms, as the formula has them.
    public let labels: [String]
    public let values: [Double]
    public let covariance: Matrix
    public let naiveCovariance: Matrix
    public let degreesOfFreedom: Double
}

extension ModelResult {
    /// Returns the coefficients of the terms of these labels: `education`, `age:sex`, or the intercept's name.
    ///
    /// - Throws: ``Problem`` `estimation.model-unknown-term`, `estimation.model-no-coefficient` where all columns of the
    ///   terms depend on others.
    public func terms(named labels: [String]) throws(Problem) -> ModelTerms {
        let wanted = try found(labels)
        let places = terms.indices.filter { place in
            terms[place].map { wanted.contains(formula.terms[$0]) }
                ?? (labels.contains(ModelFormula.intercept) && coefficients[kept[place]].term == ModelFormula.intercept)
        }
        guard !places.isEmpty else { throw .noCoefficient(labels) }
        return ModelTerms(
            labels: labels, values: places.map { values[$0] },
            covariance: covariance.block(rows: places, columns: places),
            naiveCovariance: naiveCovariance.block(rows: places, columns: places), degreesOfFreedom: degreesOfFreedom)
    }

    /// Returns the deviance of the same rows without some terms.
    ///
    /// - Throws: ``Problem`` `estimation.model-unknown-term`, `estimation.model-no-coefficient` if nothing would be
    ///   left, and those of the fit.
    public func deviance(without labels: [String]) throws(Problem) -> Double {
        let left = try found(labels)
        let remaining = formula.leavingOut(left)
        guard remaining.hasIntercept || !remaining.terms.isEmpty else { throw .noCoefficient(labels) }
        return try model.without(left).deviance
    }

    private func found(_ labels: [String]) throws(Problem) -> [ModelFormula.Term] {
        var found: [ModelFormula.Term] = []
        for label in labels where label != ModelFormula.intercept {
            guard let term = formula.term(named: label) else {
                throw .unknownTerm(label, known: formula.terms.map(\.label))
            }
            found.append(term)
        }
        return found
    }
}

extension Problem {
    /// A term that the formula does not have.
    static func unknownTerm(_ label: String, known: [String]) -> Problem {
        let near = NearestNames.of(label, among: known)
        return Problem(
            "estimation.model-unknown-term", .usage, what: "The model has no term \"\(label)\"",
            why: "its terms are \(list: known)", fix: "use \((near.isEmpty ? known : near).joined(separator: ", "))")
    }

    /// Terms without a coefficient of their own.
    static func noCoefficient(_ labels: [String]) -> Problem {
        Problem(
            "estimation.model-no-coefficient", .computation, what: "There is nothing to test",
            why: "a test needs a coefficient that is free; found none for \(list: labels)", fix: "name other terms")
    }
}
