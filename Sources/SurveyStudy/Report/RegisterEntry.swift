public import SurveyIndicators
public import SurveySchema

/// An indicator that is entered, not computed: a line of the register of plan and fact.
///
/// Source of the structure: report on the Action plan of the Anti-corruption policy Concept, 2023, section 1.
public struct RegisterEntry: Sendable {
    /// A number as it was written: its value, and how many decimals it was given with.
    public struct Number: Sendable, Equatable {
        public let value: Double
        public let decimals: Int

        public init(value: Double, decimals: Int) {
            self.value = value
            self.decimals = decimals
        }
    }

    /// A planned value, or a range that is met from its nearer end.
    public struct Plan: Sendable, Equatable {
        public let least: Number
        public let greatest: Number

        public init(least: Number, greatest: Number) {
            self.least = least
            self.greatest = greatest
        }
    }

    /// What the entry counts in: a word that the report translates, or the study's own text.
    public enum Unit: Sendable, Equatable {
        case known(Word)
        case text(LocalizedText)

        public enum Word: String, Sendable, CaseIterable { case percent, points, percentile, place, count, tenge }
    }

    /// What stands in the source where the fact should be; a mark is never read as 0.
    public enum Mark: String, Sendable, CaseIterable { case blank, dash }

    public let id: String
    public let name: LocalizedText
    /// The year, or another period, of plan and fact.
    public let year: String
    public let unit: Unit
    public let source: ReportForm.Source
    public var direction: IndicatorDefinition.Direction?
    /// The day that the fact is of, ISO 8601.
    public var date: String?
    /// Where the fact can be looked up.
    public var reference = LocalizedText.empty
    public var plan: Plan?
    public var fact: Number?
    public var mark: Mark?
    /// The status as printed, never overwritten.
    public var printedStatus: String?
    public var note = LocalizedText.empty
    public var responsible: [LocalizedText] = []
    /// The date of the copy, ISO 8601.
    public var vintage: String?

    public init(id: String, name: LocalizedText, year: String, unit: Unit, source: ReportForm.Source) {
        self.id = id
        self.name = name
        self.year = year
        self.unit = unit
        self.source = source
    }

    /// Whether the fact meets the plan: at least its lower end where higher is better, at most its upper end else.
    ///
    /// No fact is no data, whatever status is printed; without a plan or a direction there is nothing to meet.
    public var status: IndicatorResult.Status? {
        guard let plan else { return nil }
        guard let fact else { return .noData }
        switch direction {
        case .up: return fact.value >= plan.least.value ? .reached : .notReached
        case .down: return fact.value <= plan.greatest.value ? .reached : .notReached
        case nil: return nil
        }
    }
}
