internal import SurveyProblems
internal import SurveyWeighting

/// The weight of an earlier wave by key, from the options of `saual weight`.
extension WeightRequest {
    static let panelOptions: [Option] = [
        .value(
            "panel", "WAVE",
            Phrase(
                "begin with the weight of an earlier wave of the study, by key",
                ru: "начать с веса более ранней волны исследования, по ключу",
                kk: "зерттеудің ертерек толқынының салмағынан кілт бойынша бастау")),
        .value(
            "panel-key", "COL",
            Phrase(
                "column that names a person in both waves", ru: "столбец, называющий человека в обеих волнах",
                kk: "екі толқында да адамды атайтын баған")),
        .value(
            "panel-weight", "COL",
            Phrase(
                "weight of the earlier wave (default: that of the same name)",
                ru: "вес более ранней волны (по умолчанию одноимённый)",
                kk: "ертерек толқынның салмағы (әдепкіде аттасы)")),
        .value(
            "panel-cells", "A[*B]",
            Phrase(
                "cells of the earlier wave in which members who answered stand for the others",
                ru: "ячейки более ранней волны, где ответившие представляют остальных участников",
                kk: "ертерек толқындағы ұяшықтар: жауап бергендер басқа қатысушыларды танытады")),
        .value(
            "panel-propensity", "A[,B…]",
            Phrase(
                "the same by the propensity to answer again: predictors of the earlier wave that are categories",
                ru: "то же по склонности ответить снова: предикторы-категории более ранней волны",
                kk: "дәл сол, қайта жауап беру бейімділігі бойынша: ертерек толқынның санат предикторлары")),
        .value(
            "panel-numbers", "X[,Y…]",
            Phrase("predictors that are numbers", ru: "предикторы-числа", kk: "сан предикторлар")),
        .choice(
            "panel-newcomers", PanelAdjustment.Newcomers.allCases.map(\.rawValue),
            Phrase(
                "rows of no member: refuse, or weight 0 (default: refuse)",
                ru: "строки не участников: отказ или вес 0 (по умолчанию refuse)",
                kk: "қатысушыға жатпайтын жолдар: бас тарту не салмағы 0 (әдепкісі: refuse)")),
    ]

    static let panelModels = ["panel-propensity", "panel-numbers"]

    static func panel(_ call: Call) throws(Problem) -> PanelAdjustment? {
        guard let wave = call.value("panel") else { return nil }
        let others = outcomeSteps + ["weight", "probability", "population", "times"]
        if let other = others.first(where: call.has) { throw .panelAndOther(other) }
        if call.has("panel-cells"), panelModels.contains(where: call.has) { throw .panelCellsAndModel() }
        guard let key = call.value("panel-key") else { throw .missingOption("panel-key", command: "weight") }
        if call.has("status-map"), !call.has("status") { throw .missingOption("status", command: "weight") }
        func list(_ option: String) throws(Problem) -> [String] {
            try call.value(option).map { (text) throws(Problem) in try NameList.split(text, option: option) } ?? []
        }
        func one(_ option: String) throws(Problem) -> String? {
            try call.value(option).map { (text) throws(Problem) in try NameList.one(text, option: option) }
        }
        var step = PanelAdjustment(
            earlier: wave, key: try NameList.one(key, option: "panel-key"), weight: try one("panel-weight"),
            cells: try call.value("panel-cells").map { (text) throws(Problem) in
                try NameList.crossing(text, option: "panel-cells")
            } ?? [], outcome: try one("status"), classes: call.has("status-map") ? .aapor : .status,
            rate: try call.choice("rate", of: NonresponseAdjustment.Rate.self) ?? .weighted,
            newcomers: try call.choice("panel-newcomers", of: PanelAdjustment.Newcomers.self) ?? .refuse)
        step.categories = try list("panel-propensity")
        step.numbers = try list("panel-numbers")
        step.classCount = try count(call, "classes")
        if let least = try count(call, "min-cell") { step.fewestRespondents = least }
        if let greatest = try positive(call, "max-factor") { step.greatestFactor = greatest }
        return step
    }
}

extension Problem {
    static func panelAndOther(_ option: String) -> Problem {
        Problem(
            "command.panel-and-other", .usage, what: "--panel and --\(option) do not go together",
            why:
                "a panel begins with the weight of the earlier wave, and its response step is among the members of that wave",
            fix: "drop one of the two; several steps are a recipe of study.yaml")
    }

    static func panelCellsAndModel() -> Problem {
        Problem(
            "command.panel-cells-and-model", .usage, what: "--panel-cells does not go with --panel-propensity",
            why: "the response of members is put in cells or modelled", fix: "drop one of the two")
    }

    static func panelNeedsStudy() -> Problem {
        Problem(
            "command.panel-needs-study", .usage, what: "--panel does not go with a data file",
            why: "the earlier wave and its weight are taken from the study file that has both waves",
            fix: "import both waves with saual import, and weight STUDY.saual:WAVE")
    }
}
