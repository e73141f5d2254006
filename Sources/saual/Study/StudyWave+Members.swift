internal import SurveyData
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyWeighting

extension StudyWave {
    /// The earlier wave from which a recipe takes its weights; nil for a recipe without a panel step.
    ///
    /// - Throws: ``Problem`` `command.no-panel-weight` if that wave lacks the weight, `command.panel-of-itself`.
    func members(of recipe: WeightingRecipe, complete: String?) throws(Problem) -> PanelMembers? {
        guard let step = recipe.panel, let name = step.earlier else { return nil }
        guard name != record.name else { throw .panelOfItself(name) }
        let earlier = try StudyWave(file, wave: name, latest: try LatestWave(of: file))
        let weight = step.weight ?? recipe.name
        guard earlier.names.contains(weight) else {
            throw .noPanelWeight(weight, wave: name, known: earlier.weightNames)
        }
        let condition = try complete.map { (text) throws(Problem) in try earlier.condition(text) }
        let table = try earlier.table(
            of: ([step.key, weight] + step.memberColumns + (condition?.names ?? [])).uniqued)
        return try PanelMembers(
            wave: name, key: step.key, weight: weight, table: table,
            complete: try condition.map { (condition) throws(Problem) in try condition.truth(in: table) },
            questionnaire: earlier.questionnaire)
    }
}

extension Problem {
    static func noPanelWeight(_ weight: String, wave: String, known: [String]) -> Problem {
        Problem(
            "command.no-panel-weight", .usage, what: "Wave \"\(wave)\" has no weight \"\(weight)\"",
            why: "a panel takes the weight of its earlier wave; made weights of that wave: \(list: known)",
            fix: "weight the earlier wave first, or name its weight")
    }

    static func panelOfItself(_ wave: String) -> Problem {
        Problem(
            "command.panel-of-itself", .usage, what: "Wave \"\(wave)\" is no earlier wave of itself",
            why: "a panel takes the weight of another wave by key", fix: "name the earlier wave")
    }
}
