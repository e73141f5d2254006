/// The limits of the audit; every one is printed with the result.
///
/// - Source: the threshold of 0.85 is that of Kuriakose and Robbins (2016), which Simmons, Mercer, Schwarzer and Kennedy
///   (2016) show to be exceeded by honest interviews too; so it is never used alone (Documentation/Quality.md).
public struct AuditRule: Sendable, Equatable {
    /// From which share of equal answers two interviews are near duplicates.
    public var match = 0.85
    /// How many answers both interviews must have before their match is judged.
    public var leastCompared = 20
    /// An interview shorter than this part of the wave's median is short.
    public var shortPart = 0.5
    /// An interview shorter than this many minutes is short, whatever the median.
    public var leastMinutes: Double?
    /// An interviewer is flagged from so many suspect interviews on.
    public var leastSuspects = 3
    /// They must also make up at least this share of the interviewer's interviews.
    public var suspectShare = 0.2
    /// Where nothing says how long interviews took: so many near duplicates, and at least this share.
    public var leastCopies = 5
    public var copyShare = 0.5
    /// From so many interviews on every pair of a wave is no longer compared.
    public var mostForAllPairs = 30_000
    /// Compares only interviews of one interviewer or one PSU, however few there are.
    public var comparesWithinOnly = false

    public init() {}
}
