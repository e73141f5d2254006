internal import SurveyEstimation
internal import SurveyIndicators

/// The marks and footnotes that one table used, to be explained below it.
struct TableNotes {
    /// A sign that stands for, or around, a figure.
    enum Mark: Int, CaseIterable {
        case hidden, complementary, bracketed, noData, notComputed

        var sign: String {
            switch self {
            case .hidden: "×"
            case .complementary: "××"
            case .bracketed: "[ ]"
            case .noData: "…"
            case .notComputed: "–"
            }
        }
    }

    /// What is said of a figure below its table.
    enum Footnote: Hashable {
        case flag(Estimate.Flag)
        case note(IndicatorResult.Note)
    }

    private var marks: Set<Mark> = []
    private var footnotes: [Footnote] = []

    /// Notes that a mark stands in the table, and returns its sign.
    mutating func sign(_ mark: Mark) -> String {
        marks.insert(mark)
        return mark.sign
    }

    /// The raised numbers of the footnotes of a figure.
    mutating func references(_ figure: FigureText.Shown) -> String {
        if figure.isBracketed { marks.insert(.bracketed) }
        var numbers: [String] = []
        for footnote in figure.footnotes {
            if !footnotes.contains(footnote) { footnotes.append(footnote) }
            if let place = footnotes.firstIndex(of: footnote) { numbers.append(TableNotes.raised(place + 1)) }
        }
        return numbers.joined(separator: "\u{2009}")
    }

    private static func raised(_ number: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return String(String(number).compactMap { digit in digit.wholeNumberValue.map { digits[$0] } })
    }

    /// Writes the explanations of what was used; nothing if nothing was.
    func write(to markup: inout Markup, words: ReportWords.Marks, rules: PublicationRules, numbers: ReportNumbers) {
        guard !marks.isEmpty || !footnotes.isEmpty else { return }
        markup.newLine()
        markup.element("ul", ["class": "notes", "aria-label": words.legend]) { list in
            for mark in Mark.allCases where marks.contains(mark) {
                list.element("li") { item in
                    item.element("span", ["class": "sign"], text: mark.sign)
                    item.write(" " + TableNotes.text(mark, words: words, rules: rules, numbers: numbers))
                }
            }
            for (place, footnote) in footnotes.enumerated() {
                list.element("li") { item in
                    item.element("span", ["class": "sign"], text: TableNotes.raised(place + 1))
                    item.write(" " + TableNotes.text(footnote, words: words))
                }
            }
        }
    }

    private static func text(
        _ mark: Mark, words: ReportWords.Marks, rules: PublicationRules, numbers: ReportNumbers
    ) -> String {
        switch mark {
        case .hidden:
            (rules.shareStandard == .none ? words.hidden : words.hiddenImprecise)
                .filled(numbers.count(rules.minimumBase), numbers.count(rules.minimumPSUs))
        case .complementary: words.complementary
        case .bracketed: words.bracketed.filled(numbers.count(rules.lowBase))
        case .noData: words.noData
        case .notComputed: words.notComputed
        }
    }

    private static func text(_ footnote: Footnote, words: ReportWords.Marks) -> String {
        switch footnote {
        case .flag(.edge): words.edge
        case .flag(.emptyDomain): words.emptyDomain
        case .flag(.undefined): words.undefined
        case .flag(.noDegreesOfFreedom): words.noDegreesOfFreedom
        case .flag(.lonelyPSU): words.lonelyPSU
        case .flag(.negativeWeight): words.negativeWeight
        case .note(.complementImprecise): words.complementImprecise
        case .note(.review): words.review
        }
    }
}

extension ReportWords.Marks {
    /// What a hidden figure says of itself in its cell.
    func hiddenShort(_ rules: PublicationRules) -> String {
        rules.shareStandard == .none ? hiddenShort : hiddenImpreciseShort
    }
}
