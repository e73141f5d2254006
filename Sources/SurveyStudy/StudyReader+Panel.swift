internal import SurveyProblems
internal import SurveyWeighting
internal import SurveyYAML

/// The step by which a wave of a panel takes the weight of an earlier one.
extension YAMLReader {
    /// Takes a panel step: `from` names the earlier wave of each later one, or is `previous`.
    func panel(_ node: YAMLNode, waves: [String]) -> PanelAdjustment? {
        let keys = [
            "from", "key", "weight", "cells", "propensity", "outcome", "classes", "rate", "newcomers",
            "minimum respondents", "greatest factor",
        ]
        guard let map = map(node, keys: keys) else { return nil }
        let earlier = map.node("from", required: true).map { earlierWaves($0, waves: waves) }
        guard let key = map.text("key", required: true), let earlier else { return nil }
        var step = PanelAdjustment(
            earlierOfWave: earlier, key: key, weight: map.text("weight"), cells: names(map.node("cells")))
        if let model = map.node("propensity") { takePropensity(model, into: &step) }
        if let mark = map.keyMark("cells"), step.isModelled { report(.cellsAndPropensity(), at: mark) }
        if let rate = map.node("rate") { step.rate = choice(rate, of: NonresponseAdjustment.Rate.self) ?? .weighted }
        if let word = map.node("newcomers") {
            step.newcomers = choice(word, of: PanelAdjustment.Newcomers.self) ?? .refuse
        }
        step.outcome = map.text("outcome")
        if let classes = map.node("classes") {
            if step.outcome == nil, let mark = map.keyMark("classes") {
                report(.alone("classes", with: "outcome"), at: mark)
            }
            step.classes = outcomeMap(classes) ?? .aapor
        } else if step.outcome != nil, let mark = map.keyMark("outcome") {
            report(.alone("outcome", with: "classes"), at: mark)
        }
        if let least = map.node("minimum respondents"), let value = integer(least) {
            if value < 1 { report(.notPositive(value), at: least.mark) }
            step.fewestRespondents = value
        }
        if let greatest = map.node("greatest factor"), let value = positive(greatest) { step.greatestFactor = value }
        return step
    }

    private func takePropensity(_ node: YAMLNode, into step: inout PanelAdjustment) {
        guard let map = map(node, keys: ["categories", "numbers", "groups"]) else { return }
        (step.categories, step.numbers) = (names(map.node("categories")), names(map.node("numbers")))
        if !step.isModelled { report(.noPredictors(), at: node.mark) }
        if let groups = map.node("groups"), let count = integer(groups) {
            if !(2...100).contains(count) { report(.wrongGroups(count), at: groups.mark) }
            step.classCount = count
        }
    }

    /// The earlier wave of each later one; an earlier wave stands before the later one in the list of waves.
    private func earlierWaves(_ node: YAMLNode, waves: [String]) -> [String: String] {
        guard node.map != nil else {
            guard let word = text(node) else { return [:] }
            if word != "previous" { report(.unknownWord(word, known: ["previous"]), at: node.mark) }
            return Dictionary(zip(waves.dropFirst(), waves), uniquingKeysWith: { first, _ in first })
        }
        var earlier: [String: String] = [:]
        for entry in openMap(node)?.entries ?? [] {
            guard let later = waves.firstIndex(of: entry.key) else {
                report(.unknownWord(entry.key, known: waves), at: entry.keyMark)
                continue
            }
            guard let name = text(entry.value) else { continue }
            guard let place = waves.firstIndex(of: name) else {
                report(.unknownWord(name, known: waves), at: entry.value.mark)
                continue
            }
            if place >= later { report(.panelOrder(name, later: entry.key), at: entry.value.mark) }
            earlier[entry.key] = name
        }
        return earlier
    }
}

extension Problem {
    static func panelNotFirst() -> Problem {
        Problem(
            "study.panel-not-first", .input, what: "The step \"panel\" is not the first one",
            why: "it begins with the weight of the earlier wave, in the place of a base weight",
            fix: "put it before the other steps; there is one")
    }

    static func panelOrder(_ earlier: String, later: String) -> Problem {
        Problem(
            "study.panel-order", .input, what: "Wave \"\(later)\" cannot take the weight of \"\(earlier)\"",
            why:
                "weights are made in the order of the waves, and the earlier wave of a panel stands before the later one",
            fix: "name a wave that stands before it")
    }

    static func cellsAndPropensity() -> Problem {
        Problem(
            "study.cells-and-propensity", .input, what: "\"cells\" and \"propensity\" do not go together",
            why: "the response of members is put in cells or modelled", fix: "delete one of the two")
    }
}
