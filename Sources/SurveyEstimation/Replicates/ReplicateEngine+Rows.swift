internal import SurveyDesign
internal import SurveyMath
internal import SurveyProblems

extension ReplicateEngine {
    /// The estimates of a statistic of rows in each replicate, none where they do not exist.
    func estimates(of statistic: some RowStatistic) throws(Problem) -> [[Double]?] {
        try Workers.map(replicates.count, threads: threads) { (replicate, _) throws(Problem) in
            self.isFailed(replicate) ? nil : try? statistic.values(weights: self.weights(replicate: replicate))
        }
    }

    /// The covariance of estimates by their replicates.
    func covariance(of values: [Double], replicates: [[Double]?]) -> (matrix: CovarianceMatrix, dropped: Int) {
        let spreads = values.indices.map { position in
            spread(of: replicates.map { ($0?[position] ?? .nan) - values[position] })
        }
        return (
            CovarianceMatrix(spreads.map { SampleVariance.Vector(left: $0.deviations) }),
            spreads.map(\.dropped).max() ?? 0
        )
    }
}
