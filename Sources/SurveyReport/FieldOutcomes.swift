public import SurveySchema
public import SurveyWeighting

/// What became of the cases that were issued for a wave.
public struct FieldOutcomes: Sendable {
    /// The cases of each outcome, in the order of the questionnaire.
    public let codes: [(code: String, label: LocalizedText, cases: Int)]
    /// AAPOR's rates, by counts; nil where the codes are not AAPOR's.
    public let rates: OutcomeRates?

    public init(codes: [(code: String, label: LocalizedText, cases: Int)], rates: OutcomeRates?) {
        self.codes = codes
        self.rates = rates
    }

    /// The number of issued cases.
    public var issued: Int { codes.reduce(0) { $0 + $1.cases } }
}
