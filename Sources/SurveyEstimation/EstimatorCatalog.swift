/// The estimators that are functions of totals, in the order in which users see them.
public enum EstimatorCatalog {
    /// Name, the sums it needs, and an instance.
    public static let all: [(statistic: StatisticKind, example: any Estimator)] = [
        (.count, Count()), (.total, Total()), (.mean, Mean()), (.share, Share(of: 0)), (.ratio, Ratio()),
    ]
}
