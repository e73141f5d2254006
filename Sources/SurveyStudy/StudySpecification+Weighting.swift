public import SurveyProblems
public import SurveySchema
public import SurveyWeighting
public import SurveyYAML

/// What can be checked of `complete:` and `weighting:` only with questionnaires and targets in hand.
extension StudySpecification {
    /// The targets files of the study, each once, with the place of its name.
    func targetFiles(in document: YAMLDocument?) -> [(path: String, mark: YAMLMark?)] {
        var marks: [String: YAMLMark] = [:]
        let steps = document?.root["weighting"]?["steps"].map { $0.list ?? [$0] } ?? []
        for step in steps {
            for entry in step.map ?? [] {
                for node in [entry.value["targets"], entry.value["cluster targets"]].compactMap({ $0 }) {
                    for file in node.map?.map(\.value) ?? [node] {
                        if let path = file.scalar, marks[path] == nil { marks[path] = file.mark }
                    }
                }
            }
        }
        var seen: Set<String> = []
        let files = waves.flatMap { weighting?.chosen(for: $0.id).targetFiles ?? [] }
        return files.filter { !$0.isEmpty && seen.insert($0).inserted }.map { ($0, marks[$0]) }
    }

    /// The targets files of the study as it names them, each once.
    public var targetFiles: [String] { targetFiles(in: nil).map(\.path) }

    /// Checks the condition of interviews, the recipe and its targets against the questionnaire of every wave.
    ///
    /// `targets` has the files that could be read, by their name in the study; `document` gives the lines of study.yaml.
    public func checkWeighting(
        against questionnaires: [(wave: String, questionnaire: Questionnaire)], targets: [String: WeightingTargets],
        in document: YAMLDocument
    ) -> [Problem] {
        let reader = YAMLReader(document)
        let earlier = reader.problems.count
        var problems: [Problem] = []
        for (wave, questionnaire) in questionnaires {
            if let node = document.root["complete"], complete != nil {
                _ = reader.expression(node, in: questionnaire, expecting: .truth)
            }
            guard let recipe = weighting?.chosen(for: wave) else { continue }
            checkNames(recipe, wave, questionnaire, in: document, reader)
            if let step = recipe.panel, let earlier = step.earlier,
                let asked = questionnaires.first(where: { $0.wave == earlier })?.questionnaire
            {
                checkMembers(step, earlier, asked, in: document, reader)
            }
            for step in recipe.steps {
                guard case .calibrate(let step) = step, step.method != .calibrate else { continue }
                problems += targets[step.targets]?.numericTargets ?? []
            }
            for file in recipe.targetFiles {
                guard let own = targets[file] else { continue }
                problems += own.unknownVariables(among: questionnaire.names)
                problems += own.unknownCodes(in: questionnaire)
            }
        }
        var seen: [Problem] = []
        for problem in reader.problems.dropFirst(earlier) + problems where !seen.contains(problem) {
            seen.append(problem)
        }
        return seen
    }

    /// Checks what a panel step takes from the earlier wave.
    private func checkMembers(
        _ step: PanelAdjustment, _ earlier: String, _ questionnaire: Questionnaire, in document: YAMLDocument,
        _ reader: YAMLReader
    ) {
        let steps = document.root["weighting"]?["steps"].map { $0.list ?? [$0] } ?? []
        let node = steps.compactMap { $0["panel"] }.first
        var wanted = [step.key] + step.memberColumns
        if let weight = step.weight, weight != self.weighting?.name { wanted.append(weight) }
        for name in wanted where !questionnaire.names.contains(name) {
            let place = node?.names(name) ?? node?["propensity"]?.names(name) ?? node
            guard let mark = place?.mark else { continue }
            reader.report(.unknownWeightingQuestion(name, wave: earlier, known: questionnaire.names), at: mark)
        }
    }

    private func checkNames(
        _ recipe: WeightingRecipe, _ wave: String, _ questionnaire: Questionnaire, in document: YAMLDocument,
        _ reader: YAMLReader
    ) {
        let node = document.root["weighting"]
        let known = questionnaire.names
        func report(_ problem: Problem, _ node: YAMLNode?) {
            if let mark = (node ?? document.root["weighting"])?.mark { reader.report(problem, at: mark) }
        }
        if known.contains(recipe.name) {
            report(.weightTaken(recipe.name, wave: wave), node?["name"])
        }
        if let base = recipe.base {
            if let question = questionnaire.question(base) {
                if question.type != .number, question.type != .money {
                    report(.designNotNumber(base, wave: wave, type: question.type.rawValue), node?["base"])
                }
            } else {
                report(.unknownWeightingQuestion(base, wave: wave, known: known), node?["base"])
            }
        }
        let baseNode = node?["base"]
        for name in recipe.baseFactors.strata + recipe.baseFactors.numericColumns where !known.contains(name) {
            report(.unknownWeightingQuestion(name, wave: wave, known: known), baseNode?.names(name))
        }
        for name in recipe.balance {
            let list = node?["balance"]
            let place = list?.list?.first { $0.scalar == name } ?? list
            if !known.contains(name) {
                report(.unknownWeightingQuestion(name, wave: wave, known: known), place)
            } else if questionnaire.question(name)?.isPrivate == true {
                report(.privateBalance(name), place)
            } else if questionnaire.derivedVariable(name) == nil {
                let type = questionnaire.question(name)?.type
                if type.map({ $0.isCoded || $0 == .number || $0 == .money }) != true {
                    report(.balanceType(name, type: type?.rawValue ?? "for each"), place)
                }
            }
        }
        let steps = node?["steps"].map { $0.list ?? [$0] } ?? []
        for (number, step) in recipe.steps.enumerated() {
            let place = steps.indices.contains(number) ? steps[number][step.name] : nil
            for name in step.ownColumns where !known.contains(name) {
                report(.unknownWeightingQuestion(name, wave: wave, known: known), place?.names(name) ?? place)
            }
        }
    }
}

extension YAMLNode {
    /// The node below this one that is a name, or the key of a map that is.
    fileprivate func names(_ name: String) -> YAMLNode? {
        for entry in map ?? [] {
            if entry.value.scalar == name { return entry.value }
            if let found = (entry.value.list ?? []).first(where: { $0.scalar == name }) { return found }
            if entry.value[name] != nil { return entry.value }
        }
        return nil
    }
}

extension Problem {
    static func weightTaken(_ name: String, wave: String) -> Problem {
        Problem(
            "study.weight-taken", .input, what: "Wave \"\(wave)\" has a question named \"\(name)\" already",
            why: "a made weight must not hide a question; found \"\(name)\" in the questionnaire",
            fix: "give the weight another name")
    }

    static func privateBalance(_ name: String) -> Problem {
        Problem(
            "study.private-balance", .input, what: "\"balance\" names \"\(name)\", which is private",
            why: "the shares or means of what it names stand in the report", fix: "leave it out")
    }

    static func balanceType(_ name: String, type: String) -> Problem {
        Problem(
            "study.balance-type", .input, what: "\"balance\" cannot follow \"\(name)\"",
            why: "a share or mean needs one answer a row, of a list or a number; found \"\(type)\"",
            fix: "name another question, or derive a variable from this one")
    }

    static func unknownWeightingQuestion(_ name: String, wave: String, known: [String]) -> Problem {
        let near = NearestNames.of(name, among: known)
        return Problem(
            "study.unknown-weighting-question", .input,
            what: "The weighting names \"\(name)\", which wave \"\(wave)\" did not ask",
            why: "what a recipe names must be a question of every wave; there is no \"\(name)\"",
            fix: "use \(list: near.isEmpty ? known : near), or add the question to the questionnaire")
    }
}
