/// A set of rules by which another program computes, where they differ from the default ones here.
///
/// Each rule is an option of its own; a preset only sets several at once, and single options overrule it. Rules that
/// belong to a design (``DesignSpecification``) or to weighting are set where those are read.
public enum ConformancePreset: String, Sendable, CaseIterable {
    /// R 4.2 with the package survey 4.1-1: Documentation/Methods.md, "Conformance".
    case rSurvey41 = "r-survey-4.1"

    /// Sets the rules of estimation.
    public func apply(to options: inout EstimationOptions) {
        switch self {
        case .rSurvey41:
            // The degrees of freedom of rows by group are those of the whole design.
            options.degreesOfFreedom = .full
            // A row that lacks one of several variables is out for all.
            options.complete = .all
            options.rakeResiduals = .sweeps
            options.replicateRaking = .sweeps
        }
    }
}
