/// Why there is no answer, stored as the byte 241…255 beside answer indexes 0…240.
public struct MissingKind: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init?(rawValue: UInt8) {
        guard rawValue >= MissingKind.lowest else { return nil }
        self.rawValue = rawValue
    }

    private init(_ byte: UInt8) { rawValue = byte }

    /// The least byte that is a missing kind; answer indexes stay below it.
    public static let lowest: UInt8 = 241

    /// Routing did not lead here; outside the base.
    public static let notAsked = MissingKind(241)
    /// The wave did not have this question.
    public static let notInWave = MissingKind(242)
    /// Asked, and the cell is empty.
    public static let noAnswer = MissingKind(243)
    /// A value that the questionnaire does not know; a finding says which.
    public static let unreadable = MissingKind(244)
    public static let dontKnow = MissingKind(245)
    public static let refused = MissingKind(246)
    public static let notApplicable = MissingKind(247)
    public static let neverDealt = MissingKind(248)

    /// The kinds that have a name of their own, in byte order; 249…255 are a questionnaire's.
    public static let named: [(kind: MissingKind, name: String)] = [
        (.notAsked, "not-asked"), (.notInWave, "not-in-wave"), (.noAnswer, "no-answer"), (.unreadable, "unreadable"),
        (.dontKnow, "dont-know"), (.refused, "refused"), (.notApplicable, "not-applicable"),
        (.neverDealt, "never-dealt"),
    ]

    /// The first byte that a questionnaire's own kinds take.
    public static let firstOwn: UInt8 = 249

    /// True if the question was put: the row belongs to the base `asked`.
    public var wasAsked: Bool { self != .notAsked && self != .notInWave && self != .notApplicable }

    /// The standard name, or `own-1`… for a questionnaire's own kinds.
    public var name: String {
        MissingKind.named.first { $0.kind == self }?.name ?? "own-\(rawValue - MissingKind.firstOwn + 1)"
    }
}
