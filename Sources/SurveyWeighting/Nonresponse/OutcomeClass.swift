/// What became of an issued case, as a non-response step needs to know it.
public enum OutcomeClass: String, Sendable, CaseIterable {
    case respondent
    case nonRespondent = "non-respondent"
    case ineligible
    /// It is not known whether there was an eligible person.
    case unknown
}

/// Which outcome codes mean which class.
public enum OutcomeMap: Sendable, Equatable {
    /// AAPOR's three-digit codes: 1xx interviews, 2xx eligible without interview, 3xx unknown eligibility, 4xx not eligible.
    case aapor
    /// Codes listed by class.
    case codes([String: OutcomeClass])

    /// `--status` of the command line: 1 respondent, 2 non-respondent, 3 ineligible, 4 unknown.
    public static let status = OutcomeMap.codes([
        "1": .respondent, "2": .nonRespondent, "3": .ineligible, "4": .unknown,
    ])

    /// The class of a code, nil if it has none.
    public func outcome(of code: String) -> OutcomeClass? {
        switch self {
        case .codes(let classes): return classes[code]
        case .aapor:
            guard code.utf8.count == 3, code.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
            return switch code.utf8.first {
            case 0x31: .respondent
            case 0x32: .nonRespondent
            case 0x33: .unknown
            case 0x34: .ineligible
            default: nil
            }
        }
    }

    /// The codes as a message lists them.
    var known: [String] {
        switch self {
        case .aapor: ["1xx", "2xx", "3xx", "4xx"]
        case .codes(let classes): classes.keys.sorted()
        }
    }
}
