internal import SurveyProblems

/// A number of a plan, held against the range in which it means something.
struct SamplingRange {
    /// The range as it is shown, such as `0 < x < 1`.
    let text: String
    let contains: (Double) -> Bool

    /// Above 0 and below 1.
    static var share: SamplingRange { SamplingRange(text: "0 < x < 1") { $0 > 0 && $0 < 1 } }
    /// From 0 to 1.
    static var fraction: SamplingRange { SamplingRange(text: "0 ≤ x ≤ 1") { $0 >= 0 && $0 <= 1 } }
    /// Above 0, up to 1.
    static var rate: SamplingRange { SamplingRange(text: "0 < x ≤ 1") { $0 > 0 && $0 <= 1 } }
    /// Above 0.
    static var positive: SamplingRange { SamplingRange(text: "x > 0") { $0 > 0 } }
    /// At least 0.
    static var notNegative: SamplingRange { SamplingRange(text: "x ≥ 0") { $0 >= 0 } }
    /// At least 1.
    static var counting: SamplingRange { SamplingRange(text: "x ≥ 1") { $0 >= 1 } }

    /// Refuses a number outside the range; `name` is the option that gives it.
    func check(_ value: Double, _ name: String) throws(Problem) {
        guard value.isFinite, contains(value) else { throw .samplingRange(name, range: text, found: value) }
    }
}

extension Problem {
    /// A number that a plan cannot use.
    static func samplingRange(_ name: String, range: String, found: Double) -> Problem {
        Problem(
            "sampling.out-of-range", .usage, what: "--\(name) is outside its range",
            why: "the number x must be finite with \(range); found \(JSONText.shortest(found))",
            fix: "correct the number of --\(name)")
    }
}
