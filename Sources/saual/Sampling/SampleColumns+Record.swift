internal import SurveyData
internal import SurveyProblems
internal import SurveySampling
internal import SurveyWeighting

extension SampleColumns {
    /// What stands beside a drawn sample: that its weight is one over its probabilities, and fitted to nothing.
    func sidecar(of drawn: DrawnFrame, sha256: String) throws(Problem) -> WeightingSidecar {
        let name = prefix + "weight"
        let weights = drawn.units.map(\.weight)
        var recipe = WeightingRecipe(name: name, base: nil, steps: [])
        recipe.baseFactors = BaseFactors(probabilities: probabilities)
        // The steps of a weight that is taken as it stands.
        let asDrawn = WeightingRecipe(name: name, base: name, steps: [])
        let table = Table(
            rowCount: weights.count,
            columns: [Column(name: name, kind: .number, values: .numbers(weights, kinds: []))])
        let summary = try Weighting.run(asDrawn, on: table, targets: [:]).get().summary
        return WeightingSidecar(
            program: "saual \(Versions.saual)", sha256: sha256, rowCount: weights.count,
            weights: [
                WeightingSidecar.Weight(
                    column: name, recipe: recipe.json(targets: [:]), values: weights,
                    archive: WeightingArchive(record: nil, summary: summary))
            ])
    }
}
