public import SurveyData
public import SurveyProblems
public import SurveySchema

extension WeightingDiagnostics {
    /// Follows the weights of an outcome from step to step.
    ///
    /// - Parameters:
    ///   - outcome: What the recipe made.
    ///   - recipe: The recipe, for the bounds of its steps.
    ///   - table: The columns that recipe, targets and the lists below name.
    ///   - categories: Variables whose shares are followed, such as key indicators and what the recipe does not use.
    ///   - numbers: Variables whose means are followed.
    ///   - questionnaire: Gives codes their order.
    /// - Missing: rows without an answer are left out of the variable's figures.
    /// - Throws: ``Problem`` `data.unknown-column`, `data.not-codes`, `data.too-many-codes`, `data.not-numbers`.
    public init(
        _ outcome: Weighting.Outcome, recipe: WeightingRecipe, table: Table, categories: [String] = [],
        numbers: [String] = [], questionnaire: Questionnaire? = nil
    ) throws(Problem) {
        var variables: [String: WeightingVariable] = [:]
        for margin in outcome.summary.margins {
            for name in margin.variable.split(separator: "*").map(String.init) where variables[name] == nil {
                guard let column = table[name] else { continue }
                // A numeric control has no categories to follow.
                if let variable = try? WeightingVariable(column, questionnaire: questionnaire) {
                    variables[name] = variable
                }
            }
        }
        let stages = outcome.stages
        let margins = MarginDiagnostics(outcome.summary.margins, variables: variables, rowCount: table.rowCount)
        let shares = stages.map { margins.shares($0.weights) }
        var steps: [Step] = []
        for (number, stage) in stages.enumerated() {
            let step = number > 0 && recipe.steps.indices.contains(number - 1) ? recipe.steps[number - 1] : nil
            steps.append(
                Step(
                    stage.name, weights: stage.weights, before: number > 0 ? stages[number - 1].weights : nil,
                    step: step, gaps: margins.gaps(shares[number])))
        }
        var figures: [BalanceDiagnostics] = []
        for name in categories {
            let variable = try WeightingVariable(try table.column(name), questionnaire: questionnaire)
            let positions = (0..<table.rowCount).map { variable.position(at: $0) }
            for (place, code) in variable.codes.enumerated() where positions.contains(place) {
                figures.append(
                    BalanceDiagnostics(
                        variable: name, category: code,
                        values: positions.map { $0 < 0 ? .nan : $0 == place ? 1 : 0 }))
            }
        }
        for name in numbers {
            guard case .numbers(let values, let kinds) = try table.column(name).asNumbers().values else { continue }
            figures.append(
                BalanceDiagnostics(
                    variable: name, category: nil,
                    values: values.indices.map { kinds.isEmpty || kinds[$0] == 0 ? values[$0] : .nan }))
        }
        let weights = stages.map(\.weights)
        self.init(
            steps: steps, margins: margins.margins(shares), balance: figures.map { $0.followed(weights) })
    }
}
