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
        guard let stored = document.root["steps"]?.list, stored.count == recipe.steps.count else {
            throw .damagedWeighting(file, name: recipe.name)
        }
        var recipe = recipe
        var targets: [String: WeightingTargets] = [:]
        for (number, step) in recipe.steps.enumerated() {
            guard case .calibrate(var step) = step else { continue }
            guard let margins = stored[number][step.method.rawValue]?["margins"]?.list else {
                throw .damagedWeighting(file, name: recipe.name)
            }
            var own: [WeightingTargets.Margin] = []
            for margin in margins {
                guard let variables = margin["variables"]?.list?.compactMap(\.scalar),
                    let categories = margin["categories"]?.list
                else { throw .damagedWeighting(file, name: recipe.name) }
                var totals: [WeightingTargets.Category] = []
                for category in categories {
                    guard let parts = category.list, parts.count == 2, let codes = parts[0].list?.compactMap(\.scalar),
                        let total = parts[1].scalar.flatMap(Double.init), total.isFinite
                    else { throw .damagedWeighting(file, name: recipe.name) }
                    totals.append(WeightingTargets.Category(codes: codes, total: total))
                }
                own.append(WeightingTargets.Margin(variables: variables, categories: totals))
            }
            step.targets = "#\(number)"
            step.targetsOfWave = [:]
            targets[step.targets] = WeightingTargets(margins: own)
            recipe.steps[number] = .calibrate(step)
        }
        return (recipe, targets)
    }
}
