public import SurveyProblems

/// Response, cooperation, refusal and contact rates of a sample of issued cases.
///
/// - Shapes: counts of cases, or sums of base weights, by disposition.
/// - Source: AAPOR, Standard Definitions, 9th edition (2016), pages 61–65.
public struct OutcomeRates: Sendable, Equatable {
    /// Complete interviews, partial ones.
    public var complete: Double
    public var partial: Double
    public var refusal: Double
    public var nonContact: Double
    /// Eligible without interview for other reasons.
    public var other: Double
    /// Unknown eligibility of the household, and of the person.
    public var unknownHousehold: Double
    public var unknownOther: Double
    public var notEligible: Double
    /// The share of cases of unknown eligibility that is eligible; nil means the share among the known ones.
    public var eligibleShare: Double?

    public init(
        complete: Double = 0, partial: Double = 0, refusal: Double = 0, nonContact: Double = 0, other: Double = 0,
        unknownHousehold: Double = 0, unknownOther: Double = 0, notEligible: Double = 0, eligibleShare: Double? = nil
    ) {
        self.complete = complete
        self.partial = partial
        self.refusal = refusal
        self.nonContact = nonContact
        self.other = other
        self.unknownHousehold = unknownHousehold
        self.unknownOther = unknownOther
        self.notEligible = notEligible
        self.eligibleShare = eligibleShare
    }

    /// Adds up cases by AAPOR's three-digit codes; `weights` counts them by weight instead.
    ///
    /// 110 complete, other 1xx partial; 21x refusal, 22x non-contact, other 2xx other; 31x unknown household, other 3xx
    /// unknown person; 4xx not eligible.
    /// - Throws: ``Problem`` `weighting.unmapped-outcome` for a code that is none of these, with its rows.
    public init(codes: [String], weights: [Double]? = nil) throws(Problem) {
        self.init()
        for (row, code) in codes.enumerated() {
            let amount = weights.map { row < $0.count ? $0[row] : 0 } ?? 1
            switch (OutcomeMap.aapor.outcome(of: code), code.utf8.dropFirst().first) {
            case (.respondent?, _): if code == "110" { complete += amount } else { partial += amount }
            case (.nonRespondent?, 0x31?): refusal += amount
            case (.nonRespondent?, 0x32?): nonContact += amount
            case (.nonRespondent?, _): other += amount
            case (.unknown?, 0x31?): unknownHousehold += amount
            case (.unknown?, _): unknownOther += amount
            case (.ineligible?, _): notEligible += amount
            case (nil, _):
                let rows = codes.indices.filter { codes[$0] == code }.map { $0 + 1 }
                throw .unmappedOutcome(code, of: "", rows: rows, known: OutcomeMap.aapor.known)
            }
        }
    }

    /// Cases known to be eligible, N.
    public var eligible: Double { complete + partial + refusal + nonContact + other }

    /// Cases of unknown eligibility, U.
    public var unknown: Double { unknownHousehold + unknownOther }

    /// The share e of the unknown that counts as eligible; nil where nothing is known.
    public var e: Double? {
        if let eligibleShare { return eligibleShare }
        return eligible + notEligible > 0 ? eligible / (eligible + notEligible) : nil
    }

    private var interviews: Double { complete + partial }
    private var contacts: Double { interviews + refusal + other }
    private var assumed: Double? { unknown == 0 ? eligible : e.map { eligible + $0 * unknown } }

    public var rr1: Double? { OutcomeRates.share(complete, eligible + unknown) }
    public var rr2: Double? { OutcomeRates.share(interviews, eligible + unknown) }
    public var rr3: Double? { assumed.flatMap { OutcomeRates.share(complete, $0) } }
    public var rr4: Double? { assumed.flatMap { OutcomeRates.share(interviews, $0) } }
    public var rr5: Double? { OutcomeRates.share(complete, eligible) }
    public var rr6: Double? { OutcomeRates.share(interviews, eligible) }
    public var coop1: Double? { OutcomeRates.share(complete, contacts) }
    public var coop2: Double? { OutcomeRates.share(interviews, contacts) }
    public var coop3: Double? { OutcomeRates.share(complete, interviews + refusal) }
    public var coop4: Double? { OutcomeRates.share(interviews, interviews + refusal) }
    public var ref1: Double? { OutcomeRates.share(refusal, eligible + unknown) }
    public var ref2: Double? { assumed.flatMap { OutcomeRates.share(refusal, $0) } }
    public var ref3: Double? { OutcomeRates.share(refusal, eligible) }
    public var con1: Double? { OutcomeRates.share(contacts, eligible + unknown) }
    public var con2: Double? { assumed.flatMap { OutcomeRates.share(contacts, $0) } }
    public var con3: Double? { OutcomeRates.share(contacts, eligible) }

    /// Every rate by its name, in AAPOR's order.
    public var all: [(name: String, value: Double?)] {
        [
            ("RR1", rr1), ("RR2", rr2), ("RR3", rr3), ("RR4", rr4), ("RR5", rr5), ("RR6", rr6), ("COOP1", coop1),
            ("COOP2", coop2), ("COOP3", coop3), ("COOP4", coop4), ("REF1", ref1), ("REF2", ref2), ("REF3", ref3),
            ("CON1", con1), ("CON2", con2), ("CON3", con3),
        ]
    }

    private static func share(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
}
