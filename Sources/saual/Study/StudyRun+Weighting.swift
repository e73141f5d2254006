internal import SurveyData
internal import SurveyDesign
internal import SurveyProblems
internal import SurveySchema
internal import SurveyStore
internal import SurveyStudy
internal import SurveyWeighting

/// The step `weight WAVE` of a run.
extension StudyRun {
    /// The design in columns of the raw files: a weight that is made stands for its base weight.
    ///
    /// A later wave of a panel needs none.
    func designOfFile(ofWave position: Int) -> DesignSpecification {
        var design = study.design(ofWave: position)
        if let recipe = study.specification.weighting?.chosen(for: study.specification.waves[position].id) {
            design.weight = recipe.base.map { study.views[position]?.source(ofQuestion: $0) ?? $0 }
        }
        return design
    }

    /// The versions through which a wave of an older one is read.
    private func termsBetween(_ wave: String) throws(Problem) -> [StepStamp.Part] {
        guard let position = study.specification.waves.firstIndex(where: { $0.id == wave }),
            let view = study.views[position]
        else { return [] }
        return try view.steps.dropFirst().map { (step) throws(Problem) in
            StepStamp.Part("terms through \(step.newer.version)", try SHA256.hex(of: step.newer.source))
        }
    }

    /// The weighting of a wave as it would run now: it depends on the import, the recipe and the targets.
    func weightStep(_ wave: String, after imported: StepStamp) throws(Problem) -> StudyProgress.Planned? {
        guard let recipe = study.specification.weighting?.chosen(for: wave) else { return nil }
        let stamp = StepStamp(
            step: "weight \(wave)",
            inputs: [
                StepStamp.Part("import", try SHA256.hex(of: Array(imported.text.utf8))),
                // A wave of an older version is read in the terms of the latest.
                StepStamp.Part("terms", try SHA256.hex(of: study.questionnaires.last?.source ?? [])),
            ] + (try termsBetween(wave))
                + recipe.targetFiles.map { StepStamp.Part($0, hashes[$0] ?? "") },
            options: [
                StepStamp.Part("name", recipe.name), StepStamp.Part("recipe", recipe.json(targets: [:]).line),
                StepStamp.Part("complete", study.specification.complete ?? ""),
            ], versions: imported.versions)
        return StudyProgress.Planned(
            name: stamp.step, stamp: try SHA256.hex(of: Array(stamp.text.utf8)),
            dependsOn: [imported.step]
                + (recipe.panel?.earlier.map { ["import \($0)", "weight \($0)"] } ?? []))
    }

    /// Makes the weight of a wave and keeps it; returns cautions, or the errors that left the file as it was.
    func weight(_ wave: String, in file: StudyFile) throws(Problem) -> [Problem] {
        guard let recipe = study.specification.weighting?.chosen(for: wave) else { return [] }
        let work = WaveWeighting(recipe: recipe, targets: study.targets, complete: study.specification.complete)
        let opened = try StudyWave(file, wave: wave, latest: try LatestWave(of: file))
        let checked = try work.run(on: opened)
        let problems = checked.problems.map { problem in
            var told = opened.discreet(problem, weighting: recipe)
            if told.place.detail == nil { told.place.detail = wave }
            return told
        }
        guard var outcome = checked.value else { return problems }
        outcome.summary.diagnostics = try work.diagnostics(of: outcome, on: opened)
        try work.keep(outcome, in: file, of: wave, replacing: true)
        return problems
    }
}

extension StudyWave {
    /// A problem of a weighting without the codes that it quotes, where a private column takes part.
    func discreet(_ problem: Problem, weighting recipe: WeightingRecipe) -> Problem {
        guard let name = problem.place.variable ?? problem.place.column,
            name.split(separator: "*").contains(where: { isPrivate(String($0)) })
        else { return problem }
        func masked(_ message: Message) -> Message {
            Message(template: message.template, values: message.values.map { _ in "…" })
        }
        var place = problem.place
        place.detail = nil
        return Problem(
            problem.code, problem.kind, severity: problem.severity, what: masked(problem.what), place: place,
            why: masked(problem.why), fix: masked(problem.fix))
    }
}
