internal import SurveyData
internal import SurveyMath
internal import SurveyProblems

/// The estimates of one variable in each group of another, with their covariance.
struct GroupEstimates {
    let variable: String
    let groupVariable: String
    let groups: [String]
    let values: [Double]
    let rows: [Estimate]
    let covariance: Matrix
    /// Of the rows that have an answer and a group.
    let degreesOfFreedom: Double
    let level: Double

    /// Rows that lack an answer or a group are outside; their PSUs count as sampled, and not for the degrees of freedom.
    init(
        _ tested: TestedVariable, by group: Column, estimation: Estimation, where domain: Truth?
    ) throws(Problem) {
        let complete = try tested.complete(by: group, design: estimation.design, where: domain)
        var options = estimation.options
        options.keepsCovariance = true
        options.keepsInfluences = false
        let own = Estimation(design: estimation.design, options: options)
        let whole = try own.estimates(of: [tested.measure], by: [Breakdown()], where: complete)
        let result = try own.estimates(of: [tested.measure], by: [Breakdown(by: [group])], where: complete)
        variable = tested.column.name
        groupVariable = group.name
        rows = result.rows
        groups = result.rows.map { $0.by[0].category }
        level = options.level
        degreesOfFreedom = whole.rows.first?.degreesOfFreedom ?? 0
        guard groups.count > 1 else { throw .oneCategory(group.name, found: groups) }
        guard groups.count <= CrossedTable.mostCells else { throw .tooManyCells([group.name], cells: groups.count) }
        var values: [Double] = []
        var covariance = Matrix(rows: groups.count, columns: groups.count)
        for (row, estimate) in result.rows.enumerated() {
            guard let value = estimate.value else { throw .notComputable(variable) }
            values.append(value)
            for column in groups.indices {
                guard let found = result.covariance?[row, column] else { throw .notComputable(variable) }
                covariance[row, column] = found
            }
        }
        self.values = values
        self.covariance = covariance
    }

    /// Σ c·θ with its t test on ν degrees of freedom.
    func contrast(
        _ coefficients: [Double], kind: TestResult.Kind, method: String = "", groups named: [String],
        degreesOfFreedom freedom: Double
    ) throws(Problem) -> TestResult {
        let estimate = zip(coefficients, values).map { $0 * $1 }.reduce(0, +)
        let size = zip(coefficients, values).map { abs($0 * $1) }.max() ?? 0
        let variance = zip(coefficients, covariance * coefficients).map { $0 * $1 }.reduce(0, +)
        var test = try TTest(
            estimate: estimate, variance: variance, size: size, degreesOfFreedom: freedom, level: level,
            variable: variable
        ).result(kind, method: method, variables: [variable, groupVariable])
        test.groups = named
        test.n = rows.map(\.nBase).reduce(0, +)
        return test
    }
}
