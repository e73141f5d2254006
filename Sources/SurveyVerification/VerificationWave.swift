public import SurveyData
public import SurveyDesign
public import SurveyIndicators
public import SurveySchema

/// One wave as a second program needs it: answers as stored, and what is to be made of them.
public struct VerificationWave: Sendable {
    public let id: String
    /// The columns of the design and of the definitions, without derived variables: those R makes itself.
    public let table: Table
    public let questionnaire: Questionnaire
    public let design: DesignSpecification
    /// The definitions of the study, typed by the wave's questionnaire.
    public let definitions: [IndicatorDefinition]

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
        for definitions: [IndicatorDefinition], of questionnaire: Questionnaire, design: DesignSpecification
    ) -> [String] {
        var seen: Set<String> = []
        let names = design.columns + IndicatorComputation.columns(for: definitions, of: questionnaire)
        return questionnaire.requiredColumns(for: names).filter { seen.insert($0).inserted }
    }
}
