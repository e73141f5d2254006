public import SurveyDesign
public import SurveyIndicators
public import SurveySchema
public import SurveyWeighting

/// A study as its `study.yaml` states it: the record of what is done from raw files to reports.
public struct StudySpecification: Sendable {
    /// One wave: which rows of which file, asked with which questionnaire.
    public struct Wave: Sendable {
        public let id: String
        /// The data file; relative paths stand beside study.yaml.
        public let file: String
        public let questionnaire: String
        /// Rows of the file that belong to the wave: column = value, as text; nil means all.
        public let rows: (column: String, value: String)?
        /// Encoding, delimiter and decimal sign, where they are not found from the file.
        public let encoding: String?
        public let delimiter: String?
        /// The sheet of a workbook, by name or number; nil for the first that is not hidden.
        public var sheet: String? = nil
        public let decimal: String?
        /// Field period, ISO 8601 dates as written.
        public let fieldStart: String?
        public let fieldEnd: String?
        /// The file of the joint probabilities of the wave's PSUs, where the design takes its variance over pairs.
        public var joint: String?
        /// The file that says which columns are which questions; nil where names say it.
        public var map: String? = nil

        public init(
            id: String, file: String, questionnaire: String, rows: (column: String, value: String)?, encoding: String?,
            delimiter: String?, decimal: String?, fieldStart: String?, fieldEnd: String?
        ) {
            self.id = id
            self.file = file
            self.questionnaire = questionnaire
            self.rows = rows
            self.encoding = encoding
            self.delimiter = delimiter
            self.decimal = decimal
            self.fieldStart = fieldStart
            self.fieldEnd = fieldEnd
        }
    }

    public let id: String
    public let title: LocalizedText
    /// Who made the data, and the terms and attribution that must be printed with every figure.
    public let attribution: LocalizedText
    /// True if the data is made up; every report then says so across the page.
    public let isSynthetic: Bool
    public let waves: [Wave]
    public let design: DesignSpecification
    /// Indicator files, relative to study.yaml.
    public let indicatorFiles: [String]
    public let publication: PublicationRules
    /// Languages of the reports.
    public let languages: [Language]
    /// The study file and the folder of the outputs, relative to study.yaml.
    public let studyFile: String
    public let output: String
    /// Codes of findings, with their number, that are known and accepted.
    public let expectedFindings: [(code: String, count: Int)]
    /// The changes between waves that are computed; nil for none.
    public var change: ChangePlan?
    /// The analytical report form; nil leaves the plain report.
    public var report: ReportForm?
    /// How the weights of each wave are made; nil if they come with the files.
    public var weighting: WeightingRecipe?
    /// The condition that tells which rows are interviews, as written; nil means all.
    public var complete: String?
    /// How the field is audited; nil for no audit.
    public var quality: QualityPlan? = nil

    public init(
        id: String, title: LocalizedText, attribution: LocalizedText, isSynthetic: Bool, waves: [Wave],
        design: DesignSpecification, indicatorFiles: [String], publication: PublicationRules, languages: [Language],
        studyFile: String, output: String, expectedFindings: [(code: String, count: Int)]
    ) {
        self.id = id
        self.title = title
        self.attribution = attribution
        self.isSynthetic = isSynthetic
        self.waves = waves
        self.design = design
        self.indicatorFiles = indicatorFiles
        self.publication = publication
        self.languages = languages
        self.studyFile = studyFile
        self.output = output
        self.expectedFindings = expectedFindings
    }
}
