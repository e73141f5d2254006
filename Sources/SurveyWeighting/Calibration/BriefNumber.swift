internal import SurveyProblems

extension Double {
    /// The number as messages quote it: at most three decimals, unless it is so small or large that these say nothing.
    var brief: String {
        guard magnitude < 1e15, magnitude >= 0.01 || self == 0 else { return JSONText.shortest(self) }
        return JSONText.shortest((self * 1_000).rounded() / 1_000)
    }

    /// The number as messages quote it beside another one: with all digits where it would read like that.
    func brief(beside other: Double) -> String { brief == other.brief ? JSONText.shortest(self) : brief }
}
