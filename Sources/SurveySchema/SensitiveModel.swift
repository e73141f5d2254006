/// How a question hides the single answer, so that it can be estimated and not known.
public enum SensitiveModel: Sendable, Equatable {
    /// List experiment: the question counts true statements; who has this answer to the question of the variants has the
    /// sensitive statement among them (Blair and Imai, Political Analysis 20, 2012).
    case list(treatment: String)
    /// Crosswise model: the first answer says that two statements are both true or both false; the innocent one is true
    /// with this probability, which is not 0.5 (Yu, Tian and Tang, Metrika 67, 2008).
    case crosswise(prevalence: Double)
}
