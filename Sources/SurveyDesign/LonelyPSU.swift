/// What a stratum with one sampled PSU contributes to a variance (Documentation/Methods.md, "Lonely PSU").
public enum LonelyPSU: String, Sendable, CaseIterable {
    /// The work stops and lists the strata.
    case fail
    /// Contributes 0.
    case certainty
    /// Contributes the mean of the other strata.
    case average
    /// Centres on the mean of all PSU sums.
    case adjust
    /// Centres on 0, as R survey 4.1.
    case adjustZero = "adjust-zero"
    /// Joins the stratum with the nearest one before anything is computed.
    case collapse

    /// Reads the name of a rule; `remove` is another name of `certainty`.
    public init?(named name: String) {
        self.init(rawValue: name == "remove" ? "certainty" : name)
    }
}
