import SurveyDesign
import SurveyEstimation
import SurveyIndicators
import SurveySchema
import SurveyStudy

@testable import SurveyReport

/// A made-up study of five waves and twelve indicators, as large and as uneven as real ones.
enum DemoReport {
    static func text(_ kk: String, _ ru: String, _ en: String) -> LocalizedText {
        LocalizedText([(.kazakh, kk), (.russian, ru), (.english, en)])
    }

    static let attribution = text(
        "Деректер: ойдан шығарылған сұрастыру, еркін пайдалануға болады.",
        "Данные: вымышленный опрос, свободное использование.",
        "Data: an invented survey, free to use.")

    static func study(
        waves: [String], isSynthetic: Bool = true, design: DesignSpecification? = nil,
        expected: [(code: String, count: Int)] = []
    ) -> StudySpecification {
        StudySpecification(
            id: "demo",
            title: text("Жеке қауіпсіздік сұрастыруы", "Опрос о личной безопасности", "Survey of personal safety"),
            attribution: attribution, isSynthetic: isSynthetic,
            waves: waves.map { wave in
                StudySpecification.Wave(
                    id: wave, file: "data/safety-\(wave).csv", questionnaire: "questionnaire.yaml", rows: nil,
                    encoding: nil, delimiter: nil, decimal: nil, fieldStart: "\(wave)-03-01", fieldEnd: "\(wave)-04-30")
            },
            design: design
                ?? DesignSpecification(strata: ["EST_DIS"], psu: ["UPM_DIS"], weight: "FAC_ELE", lonelyPSU: .adjust),
            indicatorFiles: ["indicators.yaml"], publication: PublicationRules(), languages: Language.spoken,
            studyFile: "demo.saual", output: "results", expectedFindings: expected)
    }

    static func wave(_ id: String, _ findings: [(code: String, count: Int)] = []) -> ReportInput.Wave {
        let seed = id.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }
        let hash = (0..<64).map { String((seed &* ($0 &+ 3) &* 2_654_435_761) >> 12 & 15, radix: 16) }.joined()
        return ReportInput.Wave(
            id: id, file: "/home/someone/data/safety-\(id).csv", sha256: hash, rowsRead: 2412, imported: 2409,
            quarantined: 3, findings: findings, strata: 38, psus: 412, sumWeights: 1_453_871,
            questionnaire: "safety 2021")
    }

    static let programs = [("saual", "0.1.0"), ("gsl", "2.7.1"), ("sqlite", "3.40.1"), ("gnuplot", "5.4 patchlevel 4")]

    static func expression(_ source: String) -> Expression { Expression(source: source, root: .truth(true)) }

    static func definition(
        _ id: String, _ name: LocalizedText, formula: IndicatorDefinition.Formula? = nil,
        base: IndicatorDefinition.Base = .everyone, direction: IndicatorDefinition.Direction? = .down,
        unit: String = "percent", breakdowns: [[String]] = []
    ) -> IndicatorDefinition {
        IndicatorDefinition(
            id: id, version: "1", name: name, formula: formula ?? .share(expression("\(id) = 1")), base: base,
            domain: nil,
            direction: direction, unit: unit,
            source: text("Сұрастыру әдістемесі, 4-бөлім", "Методика опроса, раздел 4", "Survey methodology, section 4"),
            breakdowns: breakdowns)
    }

    static func estimate(
        _ value: Double?, error: Double, n: Int, nBase: Int, by: Estimate.By = [], statistic: StatisticKind = .share,
        method: String = "logit", flags: [Estimate.Flag] = [], hasInterval: Bool = true
    ) -> Estimate {
        let low = value.map { statistic == .share ? max(0, $0 - 1.9 * error) : $0 - 1.96 * error }
        let high = value.map { statistic == .share ? min(1, $0 + 2.05 * error) : $0 + 1.96 * error }
        return Estimate(
            statistic: statistic, variable: "v", answer: nil, by: by, value: value,
            standardError: value.map { _ in error },
            low: hasInterval ? low : nil, high: hasInterval ? high : nil, intervalMethod: hasInterval ? method : nil,
            level: 0.95, degreesOfFreedom: 374, n: n, nBase: nBase, psus: 40, sumWeights: Double(nBase) * 604,
            effectiveN: Double(nBase) / 1.6, designEffect: 1.6, designEffectKind: "wor", flags: flags)
    }

    static func result(
        _ definition: IndicatorDefinition, wave: String, _ estimate: Estimate,
        labels: [(variable: LocalizedText, category: LocalizedText)] = [], base: LocalizedText = everyone,
        expression: String = "true", display: IndicatorResult.Display = .shown, notes: [IndicatorResult.Note] = []
    ) -> IndicatorResult {
        let key = "\(definition.id) \(wave) \(estimate.by)"
        let number = key.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let hex = String(number | 1 << 60, radix: 16)
        return IndicatorResult(
            id: String(hex.prefix(12)), definition: definition, wave: wave, estimate: estimate, labels: labels,
            base: base,
            baseExpression: expression, display: display, notes: notes)
    }

    static let everyone = text(
        "барлық 18 жастан асқан тұрғындар", "все жители старше 18 лет", "all residents aged 18 and over")
}
