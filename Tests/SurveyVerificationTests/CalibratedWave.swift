import SurveyData
import SurveyDesign
import SurveyIndicators
import SurveyProblems
import SurveySchema
import SurveyWeighting
import Testing

@testable import SurveyVerification

/// A wave whose weights were fitted to invented totals, by one step or several.
struct CalibratedWave: Sendable, CustomStringConvertible {
    typealias Step = (method: CalibrationRecord.Step.Method, margins: [[String]])

    let description: String
    let source: StrangeWave
    let steps: [Step]
    /// False if the weights were cut after the first step.
    let isChain: Bool
    /// Which rows are interviews.
    var complete: String?

    private static func wave(_ lonely: LonelyPSU) -> StrangeWave {
        StrangeWave(
            "2026",
            design: DesignSpecification(strata: ["stratum"], psu: ["psu"], weight: "weight", lonelyPSU: lonely), seed: 9
        )
    }

    private static let tick = StrangeWave.tickName

    static let all = [
        CalibratedWave(
            description: "raking", source: wave(.certainty), steps: [(.rake, [["stratum"], [tick]])], isChain: true),
        CalibratedWave(
            description: "post-stratification of interviews", source: wave(.adjustZero),
            steps: [(.poststratify, [["stratum", tick]])], isChain: true, complete: "missing(age) or age > 30"),
        CalibratedWave(
            description: "raking of crossed margins, then post-stratification", source: wave(.certainty),
            steps: [(.rake, [["stratum"], [tick]]), (.poststratify, [[tick]])], isChain: true),
        CalibratedWave(
            description: "raking, cut, raking", source: wave(.certainty),
            steps: [(.rake, [["stratum"], [tick]]), (.rake, [[tick], ["stratum"]])], isChain: false),
        CalibratedWave(
            description: "raking with the rule adjust", source: wave(.adjust),
            steps: [(.rake, [["stratum"], [tick]])], isChain: true),
        CalibratedWave(
            description: "raking with the rule average", source: wave(.average),
            steps: [(.rake, [["stratum"], [tick]])], isChain: true),
    ]

    /// Totals of 10,000 people that differ from the sample by category.
    private func targets(_ margins: [[String]], _ table: Table, _ weights: [Double]) throws -> WeightingTargets {
        WeightingTargets(
            margins: try margins.map { variables in
                var sums: [[String]: Double] = [:]
                let columns = try variables.map { try table.column($0).asCodes() }
                for row in weights.indices where weights[row] != 0 {
                    let codes = columns.map { column -> String in
                        guard case .bytes(let bytes) = column.values else { return "" }
                        return column.dictionary[Int(bytes[row])]
                    }
                    sums[codes, default: 0] += weights[row]
                }
                let cells = sums.sorted { $0.key.joined(separator: "*") < $1.key.joined(separator: "*") }
                let raised = cells.enumerated().map { ($1.key, $1.value * (1 + 0.15 * Double($0))) }
                let whole = raised.reduce(0) { $0 + $1.1 }
                return WeightingTargets.Margin(
                    variables: variables, categories: raised.map { .init(codes: $0, total: $1 / whole * 10_000) })
            })
    }

    private func fitted() throws -> (table: Table, record: CalibrationRecord, summary: WeightingSummary) {
        let table = source.table
        guard case .numbers(var weights, _) = try table.column("weight").values else { throw NotNumbers() }
        if let complete {
            let truth = try condition(complete).truth(in: table)
            for row in weights.indices where truth.values[row] != Truth.yes { weights[row] = 0 }
        }
        var made: [CalibrationRecord.Step] = []
        var margins: [WeightingSummary.Margin] = []
        for (number, step) in steps.enumerated() {
            let variables = try Set(step.margins.joined()).sorted().map { try WeightingVariable(try table.column($0)) }
            let fit = try Calibration(method: step.method).fitted(
                weights, to: try targets(step.margins, table, weights), variables: variables
            ).get()
            made.append(fit.step)
            margins += fit.margins
            weights = fit.weights
            if !isChain, number == 0 { weights = weights.map { min($0, 60) } }
        }
        let column = Column(name: "weight", kind: .number, values: .numbers(weights, kinds: []))
        let columns = table.columns.map { $0.name == "weight" ? column : $0 }
        return (
            Table(rowCount: table.rowCount, columns: columns), CalibrationRecord(steps: made),
            WeightingSummary(steps: [], margins: margins)
        )
    }

    private struct NotNumbers: Error {}

    private func condition(_ text: String) throws -> Expression {
        try Expression(parsing: text, in: try StrangeWave.questionnaire(), expecting: .truth)
    }

    func wave(only ids: [String]) throws -> VerificationWave {
        let fitted = try fitted()
        var wave = try source.wave(fitted.table, only: ids)
        wave.calibration = fitted.record
        wave.weighting = fitted.summary
        wave.complete = try complete.map(condition)
        return wave
    }

    func figures() throws -> [VerifiedFigure] {
        let fitted = try fitted()
        let wave = try source.wave(fitted.table)
        let design = try SampleDesign(source.design, table: fitted.table, calibration: fitted.record)
        let computation = IndicatorComputation(
            wave: source.id, table: fitted.table, questionnaire: wave.questionnaire, design: design, rules: nil,
            identify: { String($0.utf8.count) })
        return try computation.results(of: wave.definitions).results.flatMap {
            VerifiedFigure.all(of: $0, isWithheld: false)
        }
    }
}
