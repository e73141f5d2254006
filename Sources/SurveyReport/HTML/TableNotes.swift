internal import SurveyEstimation
internal import SurveyIndicators

/// The marks and flags that one table used, to be explained below it.
struct TableNotes {
    /// A sign that stands for, or beside, a figure.
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

    private var marks: Set<Mark> = []
    private var flags: [Estimate.Flag] = []

    /// Notes that a mark stands in the table, and returns its sign.
    mutating func sign(_ mark: Mark) -> String {
        marks.insert(mark)
        return mark.sign
    }

    /// The raised signs of the footnotes of a figure.
    mutating func letters(_ figure: Estimate) -> String {
        var letters: [String] = []
        for flag in figure.flags {
            if !flags.contains(flag) { flags.append(flag) }
            if let place = flags.firstIndex(of: flag) { letters.append(TableNotes.letter(place)) }
        }
        return letters.joined(separator: " ")
    }

    private static func letter(_ place: Int) -> String { ["¹", "²", "³", "⁴", "⁵"][place % 5] }

    /// Writes the explanations of what was used; nothing if nothing was.
    func write(to markup: inout Markup, words: ReportWords.Marks, rules: PublicationRules, numbers: ReportNumbers) {
        guard !marks.isEmpty || !flags.isEmpty else { return }
        markup.newLine()
        markup.element("ul", ["class": "notes", "aria-label": words.legend]) { list in
            for mark in Mark.allCases where marks.contains(mark) {
                list.element("li") { item in
                    item.element("span", ["class": "sign"], text: mark.sign)
                    item.write(" " + TableNotes.text(mark, words: words, rules: rules, numbers: numbers))
                }
            }
            for (place, flag) in flags.enumerated() {
                list.element("li") { item in
                    item.element("span", ["class": "sign"], text: TableNotes.letter(place))
                    item.write(" " + TableNotes.text(flag, words: words))
                }
            }
        }
    }

    private static func text(
        _ mark: Mark, words: ReportWords.Marks, rules: PublicationRules, numbers: ReportNumbers
    ) -> String {
        switch mark {
        case .hidden: words.hidden.filled(numbers.count(rules.minimumBase), numbers.count(rules.minimumPSUs))
        case .complementary: words.complementary
        case .bracketed: words.bracketed.filled(numbers.count(rules.lowBase))
        case .noData: words.noData
        case .notComputed: words.notComputed
        }
    }

    private static func text(_ flag: Estimate.Flag, words: ReportWords.Marks) -> String {
        switch flag {
        case .edge: words.edge
        case .emptyDomain, .undefined: words.emptyDomain
        case .noDegreesOfFreedom: words.noDegreesOfFreedom
        case .lonelyPSU: words.lonelyPSU
        case .negativeWeight: words.negativeWeight
        }
    }
}
