internal import SurveyEstimation
internal import SurveyProblems
internal import SurveySchema

/// Rounded numbers for the tables of the terminal, with the language's decimal sign.
enum PlainNumber {
    /// A proportion as a percentage with two decimals.
    static func percent(_ value: Double, in language: Language) -> String {
        text(value * 100, decimals: 2, in: language) + "%"
    }

    /// A number with about five significant digits.
    static func text(_ value: Double, in language: Language) -> String {
        let size = abs(value)
        return text(value, decimals: size >= 1000 ? 1 : size >= 10 ? 3 : 5, in: language)
    }

    /// What a figure was asked at, a quantile's p for one; nothing for most.
    static func parameter(_ estimate: Estimate, in language: Language) -> String {
        guard let parameter = estimate.parameter else { return "" }
        let text = JSONText.shortest(parameter.value)
        return language == .english ? text : text.replacing(".", with: ",")
    }

    /// A number with so many decimals, rounded to nearest; a rounded zero has no sign.
    static func text(_ value: Double, decimals: Int, in language: Language) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * scale).rounded(.toNearestOrEven)
        guard value.isFinite, scaled < 9e15 else { return value.description }
        let whole = Int(scaled)
        var digits = String(whole)
        if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
        let sign = value < 0 && whole != 0 ? "\u{2212}" : ""
        guard decimals > 0 else { return sign + digits }
        return sign + digits.dropLast(decimals) + (language == .english ? "." : ",") + digits.suffix(decimals)
    }
}
