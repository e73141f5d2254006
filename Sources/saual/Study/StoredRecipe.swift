internal import SurveyProblems
internal import SurveyWeighting
internal import SurveyYAML

/// The totals that a study file keeps with a weight, so that its recipe can be run again without the targets files.
enum StoredRecipe {
    /// A recipe whose steps name the targets as they were stored, and these targets.
    ///
    /// - Throws: ``Problem`` `command.damaged-weighting` if the stored recipe does not belong to this one.
    static func targets(
        of recipe: WeightingRecipe, in text: String, file: String
    ) throws(Problem) -> (recipe: WeightingRecipe, targets: [String: WeightingTargets]) {
        // JSON is YAML.
        let document = try YAMLDocument(parsing: Array(text.utf8), file: file)
        guard let list = document.root["steps"]?.list, list.count == recipe.steps.count,
            let stored = WeightingRecipe.read(document.root, name: recipe.name, list)
        else { throw .damagedWeighting(file, name: recipe.name) }
        var recipe = recipe
        for (number, step) in recipe.steps.enumerated() {
            guard case .calibrate(var step) = step else { continue }
            guard case .calibrate(let kept) = stored.recipe.steps[number], kept.method == step.method else {
                throw .damagedWeighting(file, name: recipe.name)
            }
            step.targets = kept.targets
            step.targetsOfWave = [:]
            step.general.clusterTargets = kept.general.clusterTargets
            recipe.steps[number] = .calibrate(step)
        }
        return (recipe, stored.targets)
    }
}
