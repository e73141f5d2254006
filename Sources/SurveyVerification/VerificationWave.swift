public import SurveyData
public import SurveyDesign
public import SurveyIndicators
public import SurveySchema
public import SurveyWeighting

/// One wave as a second program needs it: answers as stored, and what is to be made of them.
public struct VerificationWave: Sendable {
    public let id: String
    /// The columns of the design and of the definitions, without derived variables: those R makes itself.
    public let table: Table
    public let questionnaire: Questionnaire
    public let design: DesignSpecification
    /// The definitions of the study, typed by the wave's questionnaire.
    public let definitions: [IndicatorDefinition]
    /// Which rows are interviews, nil for all; the others have weight 0.
    public var complete: Expression?
    /// How the weights were fitted to totals, if they were.
    public var calibration: CalibrationRecord?
    /// What the weighting aimed at.
    public var weighting: WeightingSummary?

    public init(
        id: String, table: Table, questionnaire: Questionnaire, design: DesignSpecification,
        definitions: [IndicatorDefinition]
    ) {
        self.id = id
        self.table = table
        self.questionnaire = questionnaire
        self.design = design
        self.definitions = definitions
    }

    /// The names of the columns that `table` must have.
    public static func columns(
        for definitions: [IndicatorDefinition], of questionnaire: Questionnaire, design: DesignSpecification,
        complete: Expression? = nil, calibration: CalibrationRecord? = nil
    ) -> [String] {
        var seen: Set<String> = []
        var names = design.columns + IndicatorComputation.columns(for: definitions, of: questionnaire)
        names += complete?.names ?? []
        names += calibration?.variables ?? []
        return questionnaire.requiredColumns(for: names).filter { seen.insert($0).inserted }
    }
}

extension CalibrationRecord {
    /// The variables of all margins.
    var variables: [String] { steps.flatMap(\.margins).flatMap { $0 } }

    /// True if each step begins with the weights of the one before and nothing came after the last, so that they can be
    /// fitted again.
    func isChain(endingIn weights: [Double]) -> Bool {
        guard let first = steps.first, let last = steps.last, steps.allSatisfy({ $0.controls == nil }) else {
            return false
        }
        let follow = zip(steps, steps.dropFirst()).allSatisfy { $0.after == $1.before }
        let keepsRows = zip(first.before, weights).allSatisfy { ($0 != 0) == ($1 != 0) }
        return follow && keepsRows && last.after == weights
    }
}
