public import SurveyData
public import SurveyProblems

/// A sensitive question as a statistic of groups: what ``SensitiveShare`` is, with breakdowns and domains.
///
/// - Shapes: columns by method. One column of answers, with the anchor's behind it for the anchored crosswise model; for
///   lists the counts, and last the column of the groups.
/// - Missing: a row that lacks one of the columns is left out; its PSU counts.
/// - Throws: ``Problem`` `estimation.sensitive-parameter`, `estimation.sensitive-answer`.
public struct SensitiveStatistic: GroupStatistic {
    public let method: SensitiveMethod
    public let columns: [Column]
    /// The answer that counts as "yes" or "both the same", the group with the sensitive item in lists.
    public let marked: Double

    public init(_ method: SensitiveMethod, columns: [Column], marked: Double) {
        self.method = method
        self.columns = columns
        self.marked = marked
    }

    public func prepared(_ numbers: [[Double]]) throws(Problem) -> any PreparedStatistic {
        try method.check()
        return Prepared(share: SensitiveShare(method, answers: try answers(numbers)))
    }

    /// The numbers of the columns as the means of the method.
    public func answers(_ numbers: [[Double]]) throws(Problem) -> [[Double]] {
        switch method {
        case .list:
            try checkCounts(numbers[0], of: columns[0].name)
            return [
                zip(numbers[0], numbers[1]).map { $1 == marked ? $0 : .nan },
                zip(numbers[0], numbers[1]).map { $1.isFinite && $1 != marked ? $0 : .nan },
            ]
        case .doubleList:
            for list in 0..<2 { try checkCounts(numbers[list], of: columns[list].name) }
            func part(_ list: Int, isFirst: Bool) -> [Double] {
                zip(numbers[list], numbers[2]).map { $1.isFinite && ($1 == marked) == isFirst ? $0 : .nan }
            }
            return [
                part(0, isFirst: true), part(0, isFirst: false), part(1, isFirst: false), part(1, isFirst: true),
            ]
        default:
            return numbers.map { column in column.map { $0.isFinite ? ($0 == marked ? 1 : 0) : .nan } }
        }
    }

    /// A list is answered by a whole number of its items.
    private func checkCounts(_ counts: [Double], of name: String) throws(Problem) {
        let wrong = counts.first { $0.isFinite && ($0 < 0 || $0 != $0.rounded()) }
        if let wrong { throw .sensitiveAnswer(wrong, of: name) }
    }

    private struct Prepared: PreparedStatistic {
        let share: SensitiveShare

        func values(weights: [Double]) throws(Problem) -> [Double] { try share.values(weights: weights) }

        func influences(weights: [Double]) throws(Problem) -> [[Double]] {
            try share.influences(weights: weights).map { influence in
                zip(influence, weights).map { $1 == 0 ? 0 : $0 / $1 }
            }
        }

        func addedVariances(weights: [Double], fractions: [Double]) -> [Double] {
            share.randomisationVariance(weights: weights, fractions: fractions).map { [$0] } ?? []
        }
    }
}

extension Problem {
    /// A count that counts nothing.
    static func sensitiveAnswer(_ value: Double, of name: String) -> Problem {
        Problem(
            "estimation.sensitive-answer", .input,
            what: "\"\(name)\" has the impossible answer \(JSONText.shortest(value))",
            why: "the method takes 0, 1, 2…", fix: "check the column, or name the code of the answer by answer=CODE")
    }

    /// Lots whose variance the sampling fraction hides.
    public static func randomisation(_ fraction: Double) -> Problem {
        Problem(
            "estimation.randomisation", .finding, severity: .caution,
            what: "Standard errors of sensitive questions may be too small",
            why: "the sampling fraction reaches \(fraction), and the variance of drawn lots is then not wholly counted",
            fix: "add --randomisation-variance")
    }

    /// What the test of a list experiment found.
    public static func listTest(_ test: ListExperimentTest, of name: String) -> Problem {
        func text(_ value: Double) -> String { JSONText.shortest((value * 10000).rounded() / 10000) }
        return Problem(
            "estimation.list-test", .finding, severity: .caution,
            what: "The list experiment \"\(name)\" was tested for a design effect",
            why: """
                the smallest p times the number of tests is \(test.p.map(text) ?? "–"); answered 0: \
                \(text(test.floorControl)) and \(text(test.floorTreatment)) (control and treatment), all items: \
                \(text(test.ceilingControl)) and \(text(test.ceilingTreatment))
                """,
            fix: "below 0.05 do not publish the estimate: the list changes answers to its harmless items")
    }
}
