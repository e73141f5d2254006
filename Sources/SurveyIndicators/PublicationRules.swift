/// Which figures may leave the house (Documentation/Publication.md, "Publication").
public struct PublicationRules: Sendable, Equatable {
    /// Bases below this are hidden.
    public var minimumBase: Int
    /// Bases below this stand in brackets.
    public var lowBase: Int
    /// Domains with fewer PSUs are hidden.
    public var minimumPSUs: Int

    /// By which standard the precision of shares is judged.
    public var shareStandard: ShareStandardName

    /// The standards for the precision of shares.
    public enum ShareStandardName: String, Sendable, CaseIterable {
        /// That of the U.S. National Center for Health Statistics (Parker et al. 2017).
        case nchs
        /// Only bases and PSUs are looked at.
        case none
    }

    /// No study may show a figure of fewer people than this: a reader could recognise a person.
    public static let leastMinimumBase = 5

    public init(
        minimumBase: Int = 30, lowBase: Int = 50, minimumPSUs: Int = 3, shareStandard: ShareStandardName = .nchs
    ) {
        self.minimumBase = minimumBase
        self.lowBase = lowBase
        self.minimumPSUs = minimumPSUs
        self.shareStandard = shareStandard
    }
}
