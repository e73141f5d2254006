public import SurveyIndicators
public import SurveyProblems
public import SurveyQuality
public import SurveySchema
public import SurveyStudy
public import SurveyWeighting

/// All that a report is made of: results, never rows.
public struct ReportInput: Sendable {
    /// What is said of one wave.
    public struct Wave: Sendable {
        public let id: String
        /// Name of the raw file without its folder, and the SHA-256 of its bytes in hex.
        public let file: String
        public let sha256: String
        public let rowsRead: Int
        public let imported: Int
        public let quarantined: Int
        /// Number of findings by code.
        public let findings: [(code: String, count: Int)]
        public let strata: Int
        public let psus: Int
        public let sumWeights: Double
        public let questionnaire: String
        /// What the study's weighting did; nil if the weights came with the file.
        public var weighting: WeightingSummary?
        /// The rows that are interviews; nil if every imported row is one.
        public var interviews: Int?
        /// What became of the issued cases; nil if the file holds interviews only.
        public var outcomes: FieldOutcomes?
        /// The field audit of the wave; nil if the study does not say who asked and when.
        public var audit: FieldAudit? = nil

        public init(
            id: String, file: String, sha256: String, rowsRead: Int, imported: Int, quarantined: Int,
            findings: [(code: String, count: Int)], strata: Int, psus: Int, sumWeights: Double, questionnaire: String
        ) {
            self.id = id
            self.file = file
            self.sha256 = sha256
            self.rowsRead = rowsRead
            self.imported = imported
            self.quarantined = quarantined
            self.findings = findings
            self.strata = strata
            self.psus = psus
            self.sumWeights = sumWeights
            self.questionnaire = questionnaire
        }
    }

    public let study: StudySpecification
    public let waves: [Wave]
    /// Every figure in the order: indicator, wave, breakdown, category.
    public let results: [IndicatorResult]
    /// Version of Saual and of the C libraries that took part: name, version.
    public let programs: [(name: String, version: String)]
    /// True when the figures were made without publication rules; stamps every page.
    public let isInternal: Bool
    /// The changes between waves that the study asks for, in the order: indicator, pair of waves, breakdown, category.
    public var changes: [IndicatorChange] = []
    /// Where the categories of the study's tile map stand; nil without one.
    public var tiles: TileLayout?
    /// What was asked in the latest wave, for the annex; nil leaves the annex out.
    public var questionnaire: Questionnaire?
    /// What the figures must be read with; the report says it under its methods.
    public var cautions: [Problem] = []

    public init(
        study: StudySpecification, waves: [Wave], results: [IndicatorResult],
        programs: [(name: String, version: String)],
        isInternal: Bool
    ) {
        self.study = study
        self.waves = waves
        self.results = results
        self.programs = programs
        self.isInternal = isInternal
    }
}

extension ReportInput.Wave {
    /// The number of interviews: of the rows that were imported, those that are one.
    var interviewCount: Int { interviews ?? imported }
}
