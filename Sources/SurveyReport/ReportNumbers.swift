internal import SurveySchema

/// Numbers as people of a language read them.
struct ReportNumbers: Sendable {
    let language: Language
    private let decimalSign: String
    private let groupSign: String
    private let percentSign: String

    init(_ language: Language) {
        self.language = language
        let isEnglish = language == .english
        decimalSign = isEnglish ? "." : ","
        groupSign = isEnglish ? "," : "\u{202F}"
        percentSign = isEnglish ? "%" : "\u{A0}%"
    }

    /// A whole number in groups of three digits.
    func count(_ value: Int) -> String {
        (value < 0 ? "\u{2212}" : "") + grouped(String(value.magnitude))
    }

    /// A number with a fixed number of decimals; `shift` moves the decimal point first (2 for percent).
    func text(_ value: Double, decimals: Int, shift: Int = 0) -> String {
        guard let rounded = DecimalRounding.rounded(value, places: decimals + shift) else { return String(value) }
        return placed(rounded.digits, decimals: decimals, isNegative: rounded.isNegative)
    }

    /// A number followed by the percent sign as the language writes it.
    func percent(_ text: String) -> String { text + percentSign }

    /// A confidence level such as 0.95 as a percentage without needless decimals.
    func level(_ level: Double) -> String {
        let one = text(level, decimals: 1, shift: 2)
        return percent(one.hasSuffix("0") ? text(level, decimals: 0, shift: 2) : one)
    }

    /// Two numbers joined by an en dash, with spaces about it where a minus sign stands.
    func range(_ low: String, _ high: String) -> String {
        low.hasPrefix("\u{2212}") || high.hasPrefix("\u{2212}") ? "\(low)\u{A0}– \(high)" : "\(low)–\(high)"
    }

    private func placed(_ digits: UInt128, decimals: Int, isNegative: Bool) -> String {
        var text = String(digits)
        if text.count <= decimals { text = String(repeating: "0", count: decimals + 1 - text.count) + text }
        let whole = grouped(String(text.dropLast(decimals)))
        let sign = isNegative ? "\u{2212}" : ""
        return decimals == 0 ? sign + whole : sign + whole + decimalSign + text.suffix(decimals)
    }

    private func grouped(_ digits: String) -> String {
        var result = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { result += groupSign }
            result.append(digit)
        }
        return result
    }
}
