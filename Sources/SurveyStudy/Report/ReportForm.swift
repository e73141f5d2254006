public import SurveySchema

/// What a person states for the analytical report of a monitoring: `report:` of `study.yaml`.
///
/// The form follows the annex to the Rules for anti-corruption monitoring (Order No. 22 of 28.01.2020, in the wording of
/// Order No. 192 of 16.06.2023). What may stay open while work goes on is optional here; ``openPlaces(of:)`` lists it.
public struct ReportForm: Sendable {
    /// The kind of monitoring.
    public enum Kind: String, Sendable, CaseIterable { case comprehensive, thematic }

    /// Who carries the monitoring out; decides where the report must go.
    public enum Maker: String, Sendable, CaseIterable {
        case authorisedBody = "authorised-body"
        case territorialDepartment = "territorial-department"
        case other
    }

    /// The six sources of information of item 7 of the rules.
    public enum Source: String, Sendable, CaseIterable {
        case legalStatistics = "legal_statistics"
        case appeals
        case ngoInternational = "ngo_international"
        case surveys, media, other
    }

    /// The person or organisation that carried the monitoring out.
    public struct Conductor: Sendable {
        public let name: LocalizedText
        public let email: String?
        public let phone: String?
        /// True for a human being, whose address and number are personal data.
        public let isNaturalPerson: Bool
        /// True if a human being agrees to have address and number printed.
        public let isContactPublished: Bool

        public init(
            name: LocalizedText, email: String?, phone: String?, isNaturalPerson: Bool, isContactPublished: Bool
        ) {
            self.name = name
            self.email = email
            self.phone = phone
            self.isNaturalPerson = isNaturalPerson
            self.isContactPublished = isContactPublished
        }
    }

    /// The recommendation to analyse corruption risks (item 16.2), once a person has decided.
    public enum RiskAnalysis: Sendable, Equatable {
        /// A person decided that none is needed.
        case none
        case recommended(LocalizedText)
    }

    /// What the survey itself does not tell of how it was made.
    public struct Passport: Sendable {
        public var population = LocalizedText.empty
        public var sample = LocalizedText.empty
        public var mode = LocalizedText.empty
        public var response = LocalizedText.empty

        public init() {}
    }

    /// A map of equal tiles, one for each category of a variable.
    public struct TileMap: Sendable, Equatable {
        public let variable: String
        /// A file `code,column,row`, relative to study.yaml.
        public let file: String

        public init(variable: String, file: String) {
            self.variable = variable
            self.file = file
        }
    }

    /// Own experience beside perception, group by group: two indicators with the same breakdown.
    public struct Comparison: Sendable, Equatable {
        public let variable: String
        public let experience: String
        public let perception: String

        public init(variable: String, experience: String, perception: String) {
            self.variable = variable
            self.experience = experience
            self.perception = perception
        }
    }

    public let kind: Kind
    public let maker: Maker
    public var spheres: [LocalizedText] = []
    public var bodies: [LocalizedText] = []
    public var conductor: Conductor?
    /// First and last day of the monitoring, ISO 8601.
    public var started: String?
    public var finished: String?
    /// The effect of the measures taken, with proposals (item 16.1), once a person has written it.
    public var assessment: LocalizedText?
    public var riskAnalysis: RiskAnalysis?
    /// Conclusions that a person adds to those the figures support.
    public var conclusions: [LocalizedText] = []
    /// The source of information that the figures of the study are.
    public var source = Source.surveys
    public var passport = Passport()
    public var register: [RegisterEntry] = []
    public var tileMap: TileMap?
    public var comparison: Comparison?

    public init(kind: Kind, maker: Maker) {
        self.kind = kind
        self.maker = maker
    }
}

extension ReportForm {
    /// A place of the form that a person has yet to fill in.
    public enum OpenPlace: Sendable, Hashable {
        case subject, conductor, email, phone, started, finished
        /// When the interviews of a wave were made: the date of its figures.
        case fieldDates(wave: String)
        /// A figure of the register that lacks its date or its reference.
        case registerDate(id: String)
        case registerReference(id: String)
        case assessment, riskAnalysis

        /// The key of study.yaml that fills the place.
        public var key: String {
            switch self {
            case .subject: "report: spheres"
            case .conductor: "report: conducted by"
            case .email: "report: conducted by: email"
            case .phone: "report: conducted by: phone"
            case .started: "report: started"
            case .finished: "report: finished"
            case .fieldDates(let wave): "waves: \(wave): field"
            case .registerDate(let id): "report: register: \(id): date"
            case .registerReference(let id): "report: register: \(id): reference"
            case .assessment: "report: decision: assessment"
            case .riskAnalysis: "report: decision: risk analysis"
            }
        }
    }

    /// The open places in the order of the form; `waves` are those of the study.
    public func openPlaces(of waves: [StudySpecification.Wave]) -> [OpenPlace] {
        var places: [OpenPlace] = []
        if spheres.isEmpty, bodies.isEmpty { places.append(.subject) }
        if let conductor {
            if conductor.email == nil { places.append(.email) }
            if conductor.phone == nil { places.append(.phone) }
        } else {
            places.append(.conductor)
        }
        if started == nil { places.append(.started) }
        if finished == nil { places.append(.finished) }
        for wave in waves where wave.fieldStart == nil { places.append(.fieldDates(wave: wave.id)) }
        for entry in register where entry.fact != nil {
            if entry.date == nil { places.append(.registerDate(id: entry.id)) }
            if entry.reference.isEmpty { places.append(.registerReference(id: entry.id)) }
        }
        if assessment == nil { places.append(.assessment) }
        if riskAnalysis == nil { places.append(.riskAnalysis) }
        return places
    }
}
