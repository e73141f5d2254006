internal import SurveyProblems

/// The covariances of all rows of a result, in their order.
public struct CovarianceMatrix: Sendable {
    /// Rows and columns.
    public let size: Int
    /// Row after row; not finite where an estimate has no variance.
    private let values: [Double]
    /// False where variances can come out below 0, which is then no rounding.
    private var isDefinite = true

    /// Numbers that a matrix and the PSU sums behind it may hold.
    static let mostNumbers = 1 << 26

    /// Refuses a matrix that would not fit in memory, before anything is made for it.
    static func check(rows: Int, psus: Int) throws(Problem) {
        let (numbers, overflows) = rows.multipliedReportingOverflow(by: max(psus, rows))
        guard !overflows, numbers <= mostNumbers else { throw .covarianceTooLarge(rows: rows, psus: psus) }
    }

    /// Refuses influences that would not fit in memory.
    static func checkInfluences(rows: Int, psus: Int) throws(Problem) {
        let (numbers, overflows) = rows.multipliedReportingOverflow(by: psus)
        guard !overflows, numbers <= mostNumbers else { throw .influencesTooLarge(rows: rows, psus: psus) }
    }

    /// A matrix that is known, row after row.
    init(size: Int, values: [Double]) {
        precondition(values.count == size * size, "a square matrix")
        self.size = size
        self.values = values
    }

    /// Refuses replicates of estimates that would not fit in memory.
    static func checkReplicates(rows: Int, replicates: Int) throws(Problem) {
        let (numbers, overflows) = rows.multipliedReportingOverflow(by: replicates)
        guard !overflows, numbers <= mostNumbers else { throw .replicatesTooLarge(rows: rows, replicates: replicates) }
    }

    /// Multiplies every pair of estimates.
    init(_ vectors: [SampleVariance.Vector]) {
        size = vectors.count
        var values = [Double](repeating: 0, count: size * size)
        ScalarProducts.ofPairs(vectors.map(\.left), vectors.map { $0.right ?? $0.left }) { row, column, product in
            values[row * vectors.count + column] = product
            values[column * vectors.count + row] = product
        }
        self.values = values
        isDefinite = vectors.allSatisfy(\.isDefinite)
    }

    /// The covariance of two rows, nil if either has no variance.
    public subscript(row: Int, column: Int) -> Double? {
        let value = values[row * size + column]
        return value.isFinite ? value : nil
    }

    /// The variance of a linear combination of rows, one coefficient a row.
    public func variance(of coefficients: [Double]) -> Double? {
        precondition(coefficients.count == size, "one coefficient a row")
        var sum = 0.0
        for row in 0..<size where coefficients[row] != 0 {
            for column in 0..<size where coefficients[column] != 0 {
                sum += coefficients[row] * coefficients[column] * values[row * size + column]
            }
        }
        guard sum.isFinite else { return nil }
        return sum >= 0 ? sum : isDefinite ? 0 : nil
    }
}

extension Problem {
    /// Replicates of many estimates that would not fit in memory.
    static func replicatesTooLarge(rows: Int, replicates: Int) -> Problem {
        Problem(
            "estimation.replicates-too-large", .usage,
            what: "\(rows) estimates are too many for \(replicates) replicates",
            why: "rows × replicates may be at most \(CovarianceMatrix.mostNumbers); found \(rows) × \(replicates)",
            fix: "ask for fewer variables, breakdowns or replicates; bootstrap=500 needs fewer than a jackknife")
    }

    /// Replicates whose weights could not be fitted.
    static func replicatesDropped(_ failed: Int, of count: Int) -> Problem {
        Problem(
            "estimation.replicates-dropped", .finding, severity: .caution,
            what: "\(failed) of \(count) replicates were left out",
            why: "their weights cannot be fitted to the targets: a category has no row there",
            fix: "collapse small categories of the targets if there are more than a few")
    }

    /// A covariance matrix that would not fit in memory.
    static func covarianceTooLarge(rows: Int, psus: Int) -> Problem {
        Problem(
            "estimation.covariance-too-large", .usage, what: "The covariance matrix of \(rows) rows is too large",
            why: "rows × PSUs may be at most \(CovarianceMatrix.mostNumbers); found \(rows) × \(psus)",
            fix: "ask for fewer variables or breakdowns with --covariance")
    }

    /// Influences of many estimates on many PSUs that would not fit in memory.
    static func influencesTooLarge(rows: Int, psus: Int) -> Problem {
        Problem(
            "estimation.influences-too-large", .usage, what: "\(rows) estimates are too many to compare",
            why: "rows × PSUs may be at most \(CovarianceMatrix.mostNumbers); found \(rows) × \(psus)",
            fix: "ask for fewer variables or breakdowns at once")
    }
}
