/// What was asked: a questionnaire as read from its YAML file and found free of errors.
public struct Questionnaire: Sendable {
    public let id: String
    public let version: String
    public let title: LocalizedText
    public let languages: [Language]
    /// All questions in the order of the file; a roster has one for each of its items, `gave[01]`, `gave[02]`….
    public let questions: [Question]
    public let derived: [DerivedVariable]
    /// The questionnaire's own missing kinds: name of each byte from 249.
    public let ownMissingKinds: [String]
    /// Columns that identify an interview within a wave; empty when none is declared.
    public let key: [String]
    /// The YAML text it was read from, kept with every wave imported under it.
    public let source: [UInt8]
    /// How older versions of this questionnaire map onto it, in the order of the file.
    public var versions: [VersionMap] = []
    /// Languages whose texts no native speaker has read.
    public var unreviewed: [Language] = []
    /// The rosters in the order of the file.
    public var rosters: [Roster] = [] {
        didSet {
            rosterPositions = Dictionary(
                rosters.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }
    /// The rules that answers must obey, in the order of the file.
    public var checks: [ConsistencyCheck] = []
    private var rosterPositions: [String: Int] = [:]
    private let questionPositions: [String: Int]
    private let derivedPositions: [String: Int]

    public init(
        id: String, version: String, title: LocalizedText, languages: [Language], questions: [Question],
        derived: [DerivedVariable], ownMissingKinds: [String], key: [String], source: [UInt8]
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.languages = languages
        self.questions = questions
        self.derived = derived
        self.ownMissingKinds = ownMissingKinds
        self.key = key
        self.source = source
        questionPositions = Dictionary(
            questions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        derivedPositions = Dictionary(derived.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public func question(_ id: String) -> Question? { questionPositions[id].map { questions[$0] } }

    /// The roster of an id; its items are questions of their own.
    public func roster(_ id: String) -> Roster? { rosterPositions[id].map { rosters[$0] } }

    public func derivedVariable(_ id: String) -> DerivedVariable? { derivedPositions[id].map { derived[$0] } }

    /// The name of a missing kind, own kinds by the name that the questionnaire gave them.
    public func name(of kind: MissingKind) -> String {
        let own = Int(kind.rawValue) - Int(MissingKind.firstOwn)
        return ownMissingKinds.indices.contains(own) ? ownMissingKinds[own] : kind.name
    }
}
